package corpus

import (
	"fmt"
	"strings"
	"time"

	"golocal"
)

var (
	relating = set("in from since before after on during until till of for within aus von vom im am seit vor nach bis ab fur zwischen between")
	relative = set("last this today yesterday previous past letzte letzten letzter letztes letztem diese diesen dieser dieses diesem heute gestern vorgestern current")
	opening  = set("between from zwischen von vom")
	closing  = set("and to until till through bis und")
	months   = set("january february march april may june july august september october november december januar februar marz mai juni juli oktober dezember jan feb mar apr jun jul aug sep sept oct okt nov dec dez")
)

// readDates takes the first run of words that is a date.
func (p *parse) readDates() {
	for i := range p.toks {
		if !p.open(i) || !relating[p.toks[i].fold] && !relative[p.toks[i].fold] {
			continue
		}
		if p.span(i) {
			return
		}
		for n := min(8, len(p.toks)-i); n > 0; n-- {
			if after, before, says, ok := p.date(i, n, ""); ok {
				p.bare = n == 2 && months[p.toks[i+1].fold] || n == 3 && months[p.toks[i+2].fold] && p.toks[i+1].fold == "the"
				p.use(i, n)
				p.q.After, p.q.Before, p.q.When = after, before, says
				return
			}
		}
	}
}

// date reads n words from i on as a date, by the rules that searches have; first, if
// any, is read in the place of the first of them.
func (p *parse) date(i, n int, first string) (after, before, says string, ok bool) {
	var words []string
	for j := i; j < i+n; j++ {
		t := p.toks[j]
		if t.used || t.phrase != "" || t.file > 0 {
			return "", "", "", false
		}
		word := t.raw
		if j == i && (t.fold == "for" || t.fold == "fur" || t.fold == "of" || t.fold == "within") {
			word = "in"
		}
		if j == i && first != "" {
			word = first
		}
		if t.dash && len(words) > 0 {
			words[len(words)-1] += "-" + word
			continue
		}
		words = append(words, word)
	}
	return p.understand(words)
}

// understand reads words as a date.
func (p *parse) understand(words []string) (after, before, says string, ok bool) {
	q, err := p.cat.Understand("files changed "+strings.Join(words, " "), golocal.Scope{})
	if err != nil || len(q.Limits) != 1 || !q.Limits[0].Guessed || q.Text != "files changed" {
		return "", "", "", false
	}
	return q.Scope.After, q.Scope.Before, strings.TrimPrefix(q.Limits[0].Says, "only files "), true
}

// span takes "between 1 May 2024 and 31 August 2024", whose ends both belong to it.
func (p *parse) span(i int) bool {
	if !opening[p.toks[i].fold] {
		return false
	}
	for mid := i + 2; mid < min(i+7, len(p.toks)-1); mid++ {
		if !p.is(mid, closing) {
			continue
		}
		after, _, _, ok := p.date(i, mid-i, "in")
		for n := min(5, len(p.toks)-mid); ok && n > 1; n-- {
			_, before, _, good := p.date(mid, n, "in")
			if end := p.toks[mid+n-1].raw; good && months[p.toks[mid-1].fold] && len(end) == 4 { // from March to May 2024
				after, _, _, good = p.understand([]string{"in", p.toks[mid-1].raw, end})
			}
			if !good || before <= after {
				continue
			}
			last, err := time.Parse(time.DateOnly, before)
			if err != nil {
				return false
			}
			p.use(i, mid-i+n)
			p.q.After, p.q.Before = after, before
			p.q.When = fmt.Sprintf("from %s to %s", after, last.AddDate(0, 0, -1).Format(time.DateOnly))
			return true
		}
	}
	return false
}

// lastSuch moves a month that is named without its year to the latest of the
// table's that has rows.
func (f *fitting) lastSuch(date int) {
	began, err := time.Parse(time.DateOnly, f.q.After)
	if !f.bare || err != nil {
		return
	}
	dated, best := daysOf(f.t, date), ""
	for r := range f.t.rows {
		if first, _, ok := dated.read(r.cell(date)); ok && len(first) == len(time.DateOnly) && first[5:7] == f.q.After[5:7] && first[:4] > best {
			best = first[:4]
		}
	}
	if best == "" || best == f.q.After[:4] {
		return
	}
	var year int
	fmt.Sscan(best, &year)
	from := time.Date(year, began.Month(), 1, 0, 0, 0, 0, time.UTC)
	f.q.After, f.q.Before = from.Format(time.DateOnly), from.AddDate(0, 1, 0).Format(time.DateOnly)
	f.q.When = "of " + from.Format("January 2006")
}
