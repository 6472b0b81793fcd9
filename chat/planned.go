package chat

import (
	"fmt"
	"strconv"
)

// shortfall compares the prompt that was planned with what the runner says it
// read, in tokens, and returns a warning for people, or "". A runner that cuts
// a prompt in silence leaves the model without what the answer should rest on.
//
// An exact plan is held to 2 %. An estimate counts up to twice of what there
// is, so it says nothing before the runner read less than half of it, or half
// as much again. A runner that does not count (read 0) is not judged; reasoning
// is no part of a prompt, and a prefix that the runner had in memory counts as
// read with Ollama and with golocal's engine.
func (w *wording) shortfall(planned, read, window int, estimated bool) string {
	if planned <= 0 || read <= 0 {
		return ""
	}
	low, high, about := planned-planned/50, planned+planned/50, ""
	if estimated {
		low, high, about = planned/2, planned+planned/2, w.about
	}
	switch {
	case read < low:
		return fmt.Sprintf(w.cutPrompt, thousands(read), about, thousands(planned), thousands(window), window)
	case read > high:
		return fmt.Sprintf(w.longPrompt, thousands(read), about, thousands(planned))
	}
	return ""
}

// thousands writes a number of tokens: 3,301.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
