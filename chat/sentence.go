package chat

import (
	"bytes"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

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

// markersIn finds the markers of a text outside of its code, as
// FindAllStringSubmatchIndex gives them.
func markersIn(text string, code [][2]int) [][]int {
	return slices.DeleteFunc(markerPattern.FindAllStringSubmatchIndex(text, -1), func(m []int) bool { return inCode(code, m[0]) })
}

// unmarked is a text without its markers.
func unmarked(text string) string {
	var b strings.Builder
	from := 0
	for _, m := range markersIn(text, codeRanges(text)) {
		b.WriteString(text[from:m[0]])
		from = m[1]
	}
	return b.String() + text[from:]
}

// drafts splits a cleaned reply into sentences. Markers behind a sentence's
// full stop belong to it.
func drafts(reply string) []draft { return cutDrafts(reply, true) }

// cutDrafts splits a reply, or what is left of one that has begun before.
func cutDrafts(reply string, begins bool) []draft {
	code := codeRanges(reply)
	marks := markersIn(reply, code)
	masked, bare := []byte(reply), []byte(reply) // bare has bytes of value 0 for markers
	for _, m := range marks {
		for i := m[0]; i < m[1]; i++ {
			masked[i], bare[i] = ' ', 0
		}
	}
	unwrap(masked, code)
	units := prose.Units(string(masked), prose.Lines)
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
		d.lead = strings.ReplaceAll(string(bare[min(from, u.Start):head]), "\x00", "")
		if i == 0 && begins {
			d.lead = strings.TrimLeft(d.lead, " \t\n")
		}
		d.text = tidy(string(bare[head:u.End]))
		from = d.end
		out = append(out, d)
	}
	return out
}

// unwrap joins lines that a sentence runs over, byte for byte: models break lines
// between statements, and within one only where they repeat text that does. Lines of
// code stay.
func unwrap(reply []byte, code [][2]int) {
	for i, b := range reply {
		if b != '\n' || inCode(code, i) {
			continue
		}
		before := bytes.TrimRight(reply[:i], " \t")
		last, _ := utf8.DecodeLastRune(before)
		next, _ := utf8.DecodeRune(bytes.TrimLeft(reply[i+1:], " \t"))
		if len(before) > 0 && !strings.ContainsRune("\n.!?:…", last) && unicode.IsLower(next) {
			reply[i] = ' '
		}
	}
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
	code := codeRanges(s.text)
	for len(done) > 0 && inCode(code, done[len(done)-1].end) {
		done = done[:len(done)-1] // what follows is not known for code without its head
	}
	if len(done) == 0 {
		return nil
	}
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
