package main

import (
	"fmt"
	"strings"
	"time"
)

// reasoning shows what a model writes for itself: one line that counts the
// seconds and folds to a summary, or, where it was asked for, all of it. It
// goes to standard error, since it is no part of the answer.
type reasoning struct {
	whole bool // print it
	began time.Time
	shown int // seconds on the screen
	ended bool
}

func (r *reasoning) add(t terminal, bar *progress, text string) {
	first := r.began.IsZero()
	if first {
		r.began = time.Now()
	}
	if !r.whole {
		if s := int(time.Since(r.began).Seconds()); first || s > r.shown {
			r.shown = s
			bar.phase(fmt.Sprintf("reasoning… %d s", s))
		}
		return
	}
	if first {
		bar.clear()
	}
	for i, line := range strings.Split(text, "\n") { // a style pads lines that it gets together
		if i > 0 {
			t.notef("\n")
		}
		if line != "" {
			t.notef("%s", faint.Render(printable(line)))
		}
	}
}

// end folds what was shown when the answer begins.
func (r *reasoning) end(t terminal, bar *progress) {
	if r.began.IsZero() || r.ended {
		return
	}
	r.ended = true
	line := fmt.Sprintf("reasoned for %.0f s", time.Since(r.began).Seconds())
	if r.whole {
		line = "\n" + line + "\n"
	} else {
		bar.clear()
		line += "; --thinking prints it"
	}
	for l := range strings.SplitSeq(line, "\n") {
		t.notef("%s\n", faint.Render(l))
	}
}
