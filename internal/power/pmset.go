package power

import (
	"regexp"
	"strconv"
	"strings"
)

var charge = regexp.MustCompile(`InternalBattery[^\n]*?(\d{1,3})%`)

// pmset reads what "pmset -g batt" of macOS prints.
func pmset(out string) State {
	if !strings.Contains(out, "'Battery Power'") {
		return State{}
	}
	s := State{Battery: true}
	if m := charge.FindStringSubmatch(out); m != nil {
		s.Percent, _ = strconv.Atoi(m[1])
	}
	return s
}
