package corpus

import (
	"regexp"
	"strconv"
	"time"
)

var (
	dayFirst  = regexp.MustCompile(`^(\d{1,2})[./-](\d{1,2})[./-](\d{4})`)
	yearFirst = regexp.MustCompile(`^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?`)
	yearOnly  = regexp.MustCompile(`^(19|20)\d\d$`)
)

// dateWords head the columns of days.
var dateWords = set("date day datum tag when wann month monat year jahr booked gebucht buchungstag")

// days reads cells as days. monthFirst is for 12/31/2024.
type days struct{ monthFirst bool }

// read is the first and the last day of a cell, as a Scope writes them; a month
// and a year have many.
func (d days) read(cell string) (first, last string, ok bool) {
	exact := func(y, m, day string) (string, string, bool) {
		yi, _ := strconv.Atoi(y)
		mi, _ := strconv.Atoi(m)
		di, _ := strconv.Atoi(day)
		t := time.Date(yi, time.Month(mi), di, 0, 0, 0, 0, time.UTC)
		if t.Month() != time.Month(mi) || t.Day() != di {
			return "", "", false
		}
		s := t.Format(time.DateOnly)
		return s, s, true
	}
	if m := yearFirst.FindStringSubmatch(cell); m != nil {
		if m[3] != "" {
			return exact(m[1], m[2], m[3])
		}
		first, _, ok := exact(m[1], m[2], "1")
		if !ok {
			return "", "", false
		}
		t, _ := time.Parse(time.DateOnly, first)
		return first, t.AddDate(0, 1, -1).Format(time.DateOnly), true
	}
	if m := dayFirst.FindStringSubmatch(cell); m != nil {
		if d.monthFirst {
			return exact(m[3], m[1], m[2])
		}
		return exact(m[3], m[2], m[1])
	}
	if yearOnly.MatchString(cell) {
		return cell + "-01-01", cell + "-12-31", true
	}
	for _, layout := range []string{"2 January 2006", "January 2, 2006", "2 Jan 2006", "Jan 2, 2006", "02-Jan-2006", "2-Jan-06", "Jan 2006", "January 2006"} {
		if t, err := time.Parse(layout, cell); err == nil {
			end := t
			if layout == "Jan 2006" || layout == "January 2006" {
				end = t.AddDate(0, 1, -1)
			}
			return t.Format(time.DateOnly), end.Format(time.DateOnly), true
		}
	}
	return "", "", false
}

// daysOf tells how a column writes days: a slash date whose second number is no
// month says that months come first.
func daysOf(t *Table, column int) days {
	for r := range t.rows {
		if m := dayFirst.FindStringSubmatch(r.cell(column)); m != nil {
			a, _ := strconv.Atoi(m[1])
			b, _ := strconv.Atoi(m[2])
			switch {
			case b > 12:
				return days{monthFirst: true}
			case a > 12:
				return days{}
			}
		}
	}
	return days{}
}

// dates is the column of the table's days: most of its first cells are some, the
// one whose header says so before others; -1 for none.
func (t *Table) dates() int {
	read := make([]int, len(t.header))
	seen := make([]int, len(t.header))
	n := 0
	for r := range t.rows {
		for i := range t.header {
			if c := r.cell(i); c != "" {
				seen[i]++
				if _, _, ok := (days{}).read(c); ok {
					read[i]++
				} else if _, _, ok := (days{monthFirst: true}).read(c); ok {
					read[i]++
				}
			}
		}
		if n++; n == 200 {
			break
		}
	}
	best := -1
	for i, h := range t.header {
		if read[i] == 0 || read[i]*10 < seen[i]*7 {
			continue
		}
		if best < 0 || !dateWords[fold(t.header[best])] && dateWords[fold(h)] {
			best = i
		}
	}
	return best
}
