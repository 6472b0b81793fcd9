package chat

import "strings"

// repeats notices a reply that writes one line over and over, which is no sentence
// before it ends.
type repeats struct {
	line  strings.Builder
	last  string
	times int
}

// sameLines is how often a line may stand below itself.
const sameLines = 3

// write takes the next piece and tells whether the reply goes round in circles.
func (r *repeats) write(piece string) bool {
	for i, part := range strings.Split(piece, "\n") {
		if i > 0 {
			switch line := strings.TrimSpace(r.line.String()); {
			case line == "":
			case line == r.last:
				r.times++
			default:
				r.last, r.times = line, 1
			}
			r.line.Reset()
		}
		r.line.WriteString(part)
	}
	return r.times > sameLines
}
