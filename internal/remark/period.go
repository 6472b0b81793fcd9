package remark

import (
	"fmt"
	"strings"
	"time"
)

// Period is the value of {0:period}: the days from start until before end, a zero
// time standing for no bound.
func Period(start, end time.Time) string {
	day := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.Format(time.DateOnly)
	}
	return day(start) + "/" + day(end)
}

// sayPeriod says days: "from 2024-03-01 on", "vom 1.3.2024 bis 5.3.2024".
func sayPeriod(language, value string) string {
	from, until, _ := strings.Cut(value, "/")
	start, noStart := time.Parse(time.DateOnly, from)
	end, noEnd := time.Parse(time.DateOnly, until)
	layout, since, before, on, span, of := time.DateOnly, "from %s on", "before %s", "of %s", "of %s to %s", "of %d"
	if language == "de" {
		layout, since, before, on, span, of = "2.1.2006", "ab dem %s", "vor dem %s", "vom %s", "vom %s bis zum %s", "aus dem Jahr %d"
	}
	switch last := end.AddDate(0, 0, -1); {
	case noStart != nil && noEnd != nil:
		return value
	case noEnd != nil:
		return fmt.Sprintf(since, start.Format(layout))
	case noStart != nil:
		return fmt.Sprintf(before, end.Format(layout))
	case start.Equal(last):
		return fmt.Sprintf(on, start.Format(layout))
	case start.YearDay() == 1 && end.Equal(start.AddDate(1, 0, 0)):
		return fmt.Sprintf(of, start.Year())
	default:
		return fmt.Sprintf(span, start.Format(layout), last.Format(layout))
	}
}
