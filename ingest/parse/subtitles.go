package parse

import (
	"html"
	"math"
	"regexp"
	"strconv"
	"strings"

	"golocal"
	"golocal/ingest/normal"
	"golocal/internal/remark"
)

// Where a paragraph of cues ends: at a pause, in seconds, at a number of cues,
// sooner at the end of a sentence.
const (
	cuePause = 3
	cueMost  = 12
	cueFew   = 6
)

// cue is what is shown or said at a time, in seconds.
type cue struct {
	from, to float64
	speaker  string
	text     string
}

// parseSubtitles reads SubRip, WebVTT, SubViewer (.sbv), SubStation Alpha and
// song lines (.lrc). Cues that go on without a pause make a paragraph on one
// line; every cue keeps its time. A line that captions roll up once more is
// taken once.
func parseSubtitles(text string) (golocal.Document, error) {
	text = normal.Text(text)
	title := ""
	var cues []cue
	switch {
	case strings.Contains(text, "\nDialogue:"):
		cues = dialogue(text)
	case songLine.MatchString(text) && !strings.Contains(text, "-->"):
		cues, title = songCues(text)
	default:
		cues = timedCues(text)
	}
	if len(cues) == 0 {
		doc, err := parseText("x.txt", text)
		doc.Type = Subtitles
		if err == nil {
			note(&doc, remark.NoteNoSubtitles)
		}
		return doc, err
	}
	l := &layout{}
	var runs []run
	flush := func() {
		l.addRuns(golocal.KindParagraph, 0, " ", runs...)
		runs = nil
	}
	var last cue
	for i, c := range unrolled(cues) {
		if i > 0 && (c.from-last.to > cuePause || c.from < last.from || c.speaker != last.speaker || len(runs) >= cueMost || len(runs) >= cueFew && sentenceEnd(last.text)) {
			flush()
		}
		said := c.text
		if c.speaker != "" && len(runs) == 0 {
			said = c.speaker + ": " + said
		}
		runs = append(runs, run{said, golocal.Place{Time: c.from, TimeEnd: c.to}})
		last = c
	}
	flush()
	doc, err := l.document(Subtitles, title)
	if m := cueLanguage.FindStringSubmatch(text[:min(len(text), 500)]); m != nil {
		doc.Meta.Language = languageTag(m[1])
	}
	return doc, err
}

func sentenceEnd(s string) bool {
	return strings.ContainsAny(s[max(0, len(s)-1):], ".!?") || strings.HasSuffix(s, "。")
}

var (
	cueTime     = regexp.MustCompile(`^\s*((?:\d+:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?)\s*(?:-->|,)\s*((?:\d+:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?)(?:\s.*)?$`)
	cueLanguage = regexp.MustCompile(`(?m)\AWEBVTT[^\n]*\n(?:[A-Z]\w+:[^\n]*\n)*?Language: *(\S+)`)
	voiceTag    = regexp.MustCompile(`<v(?:\.[^\s>]*)?\s+([^>]+)>`)
	cueTag      = regexp.MustCompile(`</?[A-Za-z0-9][^<>]*>|\{\\[^}]*\}`)
	songLine    = regexp.MustCompile(`(?m)^\[\d+:\d\d(?:[.:]\d+)?\]`)
	songTime    = regexp.MustCompile(`^\[(\d+:\d\d(?:[.:]\d+)?)\]`)
	songTag     = regexp.MustCompile(`^\[(ti|ar|al|by):([^\]]*)\]`)
)

// timedCues reads blocks of a line with two times and the lines under it, up to
// a blank line (WebVTT, section 4; SubRip has no standard).
func timedCues(text string) []cue {
	var cues []cue
	var open *cue
	skip := false
	for line := range strings.SplitSeq(text, "\n") {
		if m := cueTime.FindStringSubmatch(line); m != nil {
			cues = append(cues, cue{from: seconds(m[1]), to: seconds(m[2])})
			open, skip = &cues[len(cues)-1], false
			continue
		}
		t := strings.TrimSpace(line)
		switch {
		case t == "":
			open, skip = nil, false
		case open == nil && (strings.HasPrefix(t, "NOTE") || t == "STYLE" || t == "REGION"):
			skip = true
		case open != nil && !skip:
			if m := voiceTag.FindStringSubmatch(t); m != nil && open.speaker == "" {
				open.speaker = normal.OneLine(m[1])
			}
			t = normal.OneLine(html.UnescapeString(cueTag.ReplaceAllString(t, "")))
			if t != "" && open.text != "" {
				open.text += "\n"
			}
			open.text += t
		}
	}
	return cues
}

// dialogue reads the events of SubStation Alpha: ten fields, the text last.
func dialogue(text string) []cue {
	var cues []cue
	for line := range strings.SplitSeq(text, "\n") {
		rest, ok := strings.CutPrefix(line, "Dialogue:")
		if !ok {
			continue
		}
		f := strings.SplitN(rest, ",", 10)
		if len(f) < 10 {
			continue
		}
		said := strings.NewReplacer(`\N`, "\n", `\n`, "\n", `\h`, " ").Replace(cueTag.ReplaceAllString(f[9], ""))
		cues = append(cues, cue{seconds(f[1]), seconds(f[2]), strings.TrimSpace(f[4]), strings.TrimSpace(said)})
	}
	return cues
}

// songCues reads the lines of a song, each up to the next one's time.
func songCues(text string) (cues []cue, title string) {
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimSpace(line)
		if m := songTag.FindStringSubmatch(line); m != nil && m[1] == "ti" {
			title = strings.TrimSpace(m[2])
		}
		m := songTime.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		at := seconds(m[1])
		if n := len(cues); n > 0 && at > cues[n-1].from {
			cues[n-1].to = at
		}
		said := line
		for songTime.MatchString(said) {
			said = strings.TrimSpace(songTime.ReplaceAllString(said, ""))
		}
		cues = append(cues, cue{at, at + cuePause, "", said})
	}
	return cues, title
}

// unrolled drops empty cues, and of each cue the lines that the one before
// showed already, as captions of broadcasts and video platforms roll.
func unrolled(cues []cue) []cue {
	var out []cue
	var shown []string
	for _, c := range cues {
		lines := strings.Split(c.text, "\n")
		same := 0
		for n := min(len(lines), len(shown)); n > 0 && same == 0; n-- {
			if equal(shown[len(shown)-n:], lines[:n]) {
				same = n
			}
		}
		if n := len(out); same > 0 && n > 0 && c.from-out[n-1].to > cuePause {
			same = 0 // said again
		}
		shown = lines
		rest := normal.OneLine(strings.Join(lines[same:], " "))
		if rest == "" {
			if n := len(out); n > 0 && same > 0 {
				out[n-1].to = max(out[n-1].to, c.to)
			}
			continue
		}
		c.text = rest
		if c.to <= 0 {
			c.to = c.from + 0.001 // a place in time has an end
		}
		out = append(out, c)
	}
	return out
}

func equal(a, b []string) bool {
	for i := range a {
		if a[i] != b[i] || a[i] == "" {
			return false
		}
	}
	return true
}

// seconds reads 1:02:03.5, 02:03,5 or 02:03.
func seconds(s string) float64 {
	total := 0.0
	for part := range strings.SplitSeq(strings.Replace(strings.TrimSpace(s), ",", ".", 1), ":") {
		n, err := strconv.ParseFloat(part, 64)
		if err != nil {
			return total
		}
		total = total*60 + n
	}
	return math.Round(total*1000) / 1000
}
