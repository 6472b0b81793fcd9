package retrieve

import (
	"strconv"
	"strings"
	"time"

	"golocal/internal/prose"
)

// whenWords are English and German, folded: lower case without diacritics.
var (
	months = map[string]time.Month{
		"january": 1, "jan": 1, "januar": 1, "february": 2, "feb": 2, "februar": 2, "march": 3, "mar": 3, "marz": 3, "april": 4, "apr": 4, "may": 5, "mai": 5,
		"june": 6, "jun": 6, "juni": 6, "july": 7, "jul": 7, "juli": 7, "august": 8, "aug": 8, "september": 9, "sep": 9, "sept": 9,
		"october": 10, "oct": 10, "oktober": 10, "okt": 10, "november": 11, "nov": 11, "december": 12, "dec": 12, "dezember": 12, "dez": 12,
	}
	weekdays = map[string]time.Weekday{
		"monday": 1, "montag": 1, "tuesday": 2, "dienstag": 2, "wednesday": 3, "mittwoch": 3, "thursday": 4, "donnerstag": 4,
		"friday": 5, "freitag": 5, "saturday": 6, "samstag": 6, "sonnabend": 6, "sunday": 0, "sonntag": 0,
	}
	unitWords = map[string]string{
		"day": "day", "days": "day", "tag": "day", "tage": "day", "tagen": "day", "week": "week", "weeks": "week", "woche": "week", "wochen": "week",
		"month": "month", "months": "month", "monat": "month", "monats": "month", "monate": "month", "monaten": "month",
		"year": "year", "years": "year", "jahr": "year", "jahres": "year", "jahre": "year", "jahren": "year",
	}
	counts = map[string]int{
		"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10, "a": 1, "few": 3,
		"ein": 1, "einer": 1, "einem": 1, "zwei": 2, "drei": 3, "vier": 4, "funf": 5, "sechs": 6, "sieben": 7, "zehn": 10,
	}
	lastWords = wordSet("last previous past letzte letzten letzter letztes letztem vergangene vergangenen vergangener vergangenes vergangenem vorige vorigen voriger voriges vorigem")
	thisWords = wordSet("this current diese diesen dieser dieses diesem")
	articles  = wordSet("the der den dem die des")
)

func wordSet(list string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		m[w] = true
	}
	return m
}

// readDate reads a date at the head of folded words, and how many of them it
// takes. Names of months and days mean the latest that has begun.
func readDate(ws []string, now time.Time) (period, int, bool) {
	today := day(now)
	at := func(i int) string {
		if i < len(ws) {
			return ws[i]
		}
		return ""
	}
	skip := 0
	if articles[at(0)] {
		skip = 1
	}
	w, next := at(skip), at(skip+1)
	switch {
	case w == "":
		return period{}, 0, false
	case w == "today" || w == "heute":
		return days(today, 1), skip + 1, true
	case w == "yesterday" || w == "gestern":
		return days(today.AddDate(0, 0, -1), 1), skip + 1, true
	case w == "vorgestern":
		return days(today.AddDate(0, 0, -2), 1), skip + 1, true
	case lastWords[w]:
		if n, ok := number(next); ok {
			if unit := unitWords[at(skip+2)]; unit != "" && n > 0 {
				return period{back(today.AddDate(0, 0, 1), unit, n), today.AddDate(0, 0, 1)}, skip + 3, true
			}
			return period{}, 0, false
		}
		if d, ok := weekdays[next]; ok {
			return days(latest(today, d), 1), skip + 2, true
		}
		if m, ok := months[next]; ok {
			return latestMonth(today, m, true), skip + 2, true
		}
		if unit := unitWords[next]; unit != "" {
			return whole(back(today, unit, 1), unit), skip + 2, true
		}
	case thisWords[w]:
		if unit := unitWords[next]; unit != "" {
			return whole(today, unit), skip + 2, true
		}
	}
	if d, ok := weekdays[w]; ok {
		return days(latest(today, d), 1), skip + 1, true
	}
	if n, ok := number(w); ok && unitWords[next] != "" && at(skip+2) == "ago" {
		return whole(back(today, unitWords[next], n), unitWords[next]), skip + 3, true
	}
	if p, ok := numericDate(w); ok {
		return p, skip + 1, true
	}
	if m, ok := months[w]; ok { // March 2024, March 5, 2024, March
		if d, ok := ordinal(next); ok && fourth.MatchString(at(skip+2)) {
			if p, ok := numericDate(at(skip+2) + "-" + strconv.Itoa(int(m)) + "-" + strconv.Itoa(d)); ok {
				return p, skip + 3, true
			}
		}
		if y, ok := numericDate(next); ok && fourth.MatchString(next) {
			return month(y.start.Year(), m), skip + 2, true
		}
		return latestMonth(today, m, false), skip + 1, true
	}
	if d, ok := ordinal(w); ok { // 5 March 2024, 5. März
		if m, ok := months[next]; ok {
			y, n := at(skip+2), skip+3
			if !fourth.MatchString(y) {
				y, n = strconv.Itoa(latestMonth(today, m, false).start.Year()), skip+2
			}
			if p, ok := numericDate(y + "-" + strconv.Itoa(int(m)) + "-" + strconv.Itoa(d)); ok {
				return p, n, true
			}
		}
	}
	return period{}, 0, false
}

func number(w string) (int, bool) {
	if n, ok := counts[w]; ok {
		return n, true
	}
	n, err := strconv.Atoi(w)
	return n, err == nil && n > 0 && n < 1000
}

// ordinal reads a day of a month: 5, 5th.
func ordinal(w string) (int, bool) {
	for _, end := range []string{"st", "nd", "rd", "th", "."} {
		w = strings.TrimSuffix(w, end)
	}
	n, err := strconv.Atoi(w)
	return n, err == nil && n >= 1 && n <= 31
}

func back(t time.Time, unit string, n int) time.Time {
	switch unit {
	case "day":
		return t.AddDate(0, 0, -n)
	case "week":
		return t.AddDate(0, 0, -7*n)
	case "month":
		first := month(t.Year(), t.Month()).start.AddDate(0, -n, 0) // 31 March less a month is in February
		return first.AddDate(0, 0, min(t.Day(), month(first.Year(), first.Month()).end.AddDate(0, 0, -1).Day())-1)
	}
	return t.AddDate(-n, 0, 0)
}

func whole(t time.Time, unit string) period {
	switch unit {
	case "day":
		return days(day(t), 1)
	case "week":
		return week(t)
	case "month":
		return month(t.Year(), t.Month())
	}
	return year(t.Year())
}

// latest is the last such day before today.
func latest(today time.Time, d time.Weekday) time.Time {
	n := (int(today.Weekday()) - int(d) + 7) % 7
	if n == 0 {
		n = 7
	}
	return today.AddDate(0, 0, -n)
}

// latestMonth is the last such month that has begun; over tells that it must be
// over, too.
func latestMonth(today time.Time, m time.Month, over bool) period {
	y := today.Year()
	if m > today.Month() || over && m == today.Month() {
		y--
	}
	return month(y, m)
}

// dateWord is a word with what may be behind it: "week's", "5.".
type dateWord struct {
	prose.Word
	own bool // a genitive: "last week's notes"
}

// dateWords are the words of a text as dates are made of.
func dateWords(text string) []dateWord {
	var out []dateWord
	for _, w := range prose.Words(text) {
		out = append(out, dateWord{Word: w})
		tail := text[w.End:]
		if strings.HasPrefix(tail, "'s") || strings.HasPrefix(tail, "’s") {
			out[len(out)-1].own = true
		}
	}
	return joinNumbers(text, out)
}

// joinNumbers puts 2024-05-03 and 3.5.2024 together, which are words apart.
func joinNumbers(text string, ws []dateWord) []dateWord {
	var out []dateWord
	for i := 0; i < len(ws); i++ {
		for n := 3; n >= 2; n-- {
			if i+n > len(ws) || ws[i+n-1].End-ws[i].Start > 10 {
				continue
			}
			s := text[ws[i].Start:ws[i+n-1].End]
			if _, ok := numericDate(s); ok {
				w := ws[i]
				w.End, w.Fold, w.own = ws[i+n-1].End, s, ws[i+n-1].own
				out = append(out, w)
				i += n
				break
			}
		}
		if i < len(ws) {
			out = append(out, ws[i])
		}
	}
	return out
}
