package retrieve

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"golocal"
	"golocal/internal/remark"
)

// period is a run of whole days, end exclusive. A zero end is open.
type period struct{ start, end time.Time }

func day(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

func days(start time.Time, n int) period { return period{start, start.AddDate(0, 0, n)} }

func month(year int, m time.Month) period {
	start := time.Date(year, m, 1, 0, 0, 0, 0, time.UTC)
	return period{start, start.AddDate(0, 1, 0)}
}

func year(y int) period { return period{month(y, time.January).start, month(y+1, time.January).start} }

// week is the Monday to Sunday that t lies in (ISO 8601).
func week(t time.Time) period {
	back := (int(t.Weekday()) + 6) % 7
	return days(day(t).AddDate(0, 0, -back), 7)
}

var (
	isoDay    = regexp.MustCompile(`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$`)
	isoMonth  = regexp.MustCompile(`^(\d{4})[-/.](\d{1,2})$`)
	europeDay = regexp.MustCompile(`^(\d{1,2})\.(\d{1,2})\.(\d{4})$`)
	fourth    = regexp.MustCompile(`^\d{4}$`)
)

// numericDate reads 2024, 2024-05, 2024-05-03 and 3.5.2024 (slashes and dots
// too). Days that no calendar has are refused.
func numericDate(s string) (period, bool) {
	number := func(s string) int {
		n, _ := strconv.Atoi(s)
		return n
	}
	exact := func(y, m, d int) (period, bool) {
		t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
		return days(t, 1), t.Year() == y && int(t.Month()) == m && t.Day() == d && plausible(y)
	}
	if m := isoDay.FindStringSubmatch(s); m != nil {
		return exact(number(m[1]), number(m[2]), number(m[3]))
	}
	if m := europeDay.FindStringSubmatch(s); m != nil {
		return exact(number(m[3]), number(m[2]), number(m[1]))
	}
	if m := isoMonth.FindStringSubmatch(s); m != nil {
		y, n := number(m[1]), number(m[2])
		return month(y, time.Month(n)), n >= 1 && n <= 12 && plausible(y)
	}
	if fourth.MatchString(s) {
		return year(number(s)), plausible(number(s))
	}
	return period{}, false
}

// plausible tells years that files may be of from other numbers of four digits.
func plausible(year int) bool { return year >= 1900 && year < 2100 }

// within narrows a scope's days to p; what was asked for before stays in force.
func (p period) within(after, before string) (string, string) {
	if !p.start.IsZero() {
		after = max(after, p.start.Format(time.DateOnly))
	}
	if end := p.end; !end.IsZero() {
		if s := end.Format(time.DateOnly); before == "" || s < before {
			before = s
		}
	}
	return after, before
}

// limit says that only files of the period are searched.
func (p period) limit() golocal.Remark {
	return remark.New(remark.LimitDate, remark.Period(p.start, p.end))
}

// says writes the period for people, the year only where it is another than
// now's.
func (p period) says(now time.Time) string {
	write := func(t time.Time, layout string) string {
		if t.Year() != now.Year() {
			layout += " 2006"
		}
		return t.Format(layout)
	}
	switch {
	case p.end.IsZero():
		return "from " + write(p.start, "2 January") + " on"
	case p.start.IsZero():
		return "before " + write(p.end, "2 January")
	}
	last := p.end.AddDate(0, 0, -1)
	switch {
	case p.start.Equal(last):
		return "of " + write(last, "2 January")
	case p == year(p.start.Year()):
		return fmt.Sprintf("of %d", p.start.Year())
	case p == month(p.start.Year(), p.start.Month()):
		return "of " + write(p.start, "January")
	case p.start.Year() == last.Year() && p.start.Month() == last.Month():
		return fmt.Sprintf("of %d–%s", p.start.Day(), write(last, "2 January"))
	case p.start.Year() == last.Year():
		return "of " + p.start.Format("2 January") + " – " + write(last, "2 January")
	}
	return "of " + p.start.Format("2 January 2006") + " – " + last.Format("2 January 2006")
}

// asDate reads the value of before:, after: and date:, a number or words like
// "yesterday" and "last-week".
func asDate(value string, now time.Time) (period, bool) {
	value = strings.ToLower(strings.TrimSpace(value))
	if p, ok := numericDate(value); ok {
		return p, true
	}
	words := strings.FieldsFunc(value, func(r rune) bool { return r == ' ' || r == '-' || r == '_' })
	p, n, ok := readDate(words, now)
	return p, ok && n == len(words)
}
