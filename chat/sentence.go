package chat

import (
	"regexp"
	"strconv"
	"strings"

	"golocal/internal/prose"
)

// draft is a sentence of a reply before it is checked.
type draft struct {
	lead    string // white space and list bullet before it
	text    string // without markers
	markers []int  // the sources it names, in order, each once
	kind    prose.Kind
	cut     bool // the reply ended inside it
	end     int  // byte behind it and its markers in the reply
}

var markerPattern = regexp.MustCompile(`\[(\d{1,3})\]`)

// drafts splits a cleaned reply into sentences. Markers behind a sentence's
// full stop belong to it.
func drafts(reply string) []draft { return cutDrafts(reply, true) }

// cutDrafts splits a reply, or what is left of one that has begun before.
func cutDrafts(reply string, begins bool) []draft {
	marks := markerPattern.FindAllStringSubmatchIndex(reply, -1)
	masked := []byte(reply)
	for _, m := range marks {
		for i := m[0]; i < m[1]; i++ {
			masked[i] = ' '
		}
	}
	units := prose.Units(string(masked), prose.Wrapped)
	out := make([]draft, 0, len(units))
	from := 0 // behind the last sentence
	m := 0
	for i, u := range units {
		d := draft{kind: u.Kind}
		next := len(reply)
		if i+1 < len(units) {
			next = units[i+1].Start
		}
		start := u.Start
		if i == 0 {
			start = 0 // a marker before the first sentence has no other
		}
		d.end = u.End
		for m < len(marks) && marks[m][0] < next {
			a, b := marks[m][0], marks[m][1]
			// Behind the sentence, but in a later line before the next: the next one's.
			if a >= u.End && i+1 < len(units) && strings.Contains(reply[u.End:a], "\n") {
				break
			}
			if a >= start || a >= from {
				n, _ := strconv.Atoi(reply[a+1 : b-1])
				d.mark(n)
				d.end = max(d.end, b)
			}
			m++
		}
		head := u.Start
		if u.Kind == prose.Item {
			head += prose.Bullet(reply[u.Start:u.End])
		}
		d.lead = markerPattern.ReplaceAllString(reply[min(from, u.Start):head], "")
		if i == 0 && begins {
			d.lead = strings.TrimLeft(d.lead, " \t\n")
		}
		d.text = tidy(markerPattern.ReplaceAllString(reply[head:u.End], "\x00"))
		from = d.end
		out = append(out, d)
	}
	return out
}

func (d *draft) mark(n int) {
	for _, x := range d.markers {
		if x == n {
			return
		}
	}
	d.markers = append(d.markers, n)
}

var gap = regexp.MustCompile(`[ \t]*\x00+(?:[ \t]*\x00)*`)

// tidy takes the places of removed markers out, with the space before them.
func tidy(s string) string { return strings.TrimSpace(gap.ReplaceAllString(s, "")) }

// stream cuts a reply that is still being written into finished sentences.
type stream struct {
	text  string
	begun bool // sentences stood before text
}

// add takes the next cleaned piece and returns the sentences that it finishes.
// A sentence is finished when another has begun behind it.
func (s *stream) add(piece string) []draft {
	s.text += piece
	if !strings.ContainsAny(piece, ".!?…。！？\n:") && !strings.Contains(piece, " ") {
		return nil
	}
	all := cutDrafts(s.text, !s.begun)
	if len(all) < 2 {
		return nil
	}
	done := all[:len(all)-1]
	s.text = s.text[done[len(done)-1].end:]
	s.begun = true
	return done
}

// rest returns what is left at the end of the reply.
func (s *stream) rest() []draft {
	all := cutDrafts(s.text, !s.begun)
	s.text = ""
	return all
}
