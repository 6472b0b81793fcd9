package retrieve

import (
	"strings"
	"time"

	"golocal"
)

// Words that make a date one of files, not one that a text is about. German
// nouns stand in their usual forms.
var (
	fileNouns = wordSet(`file files document documents note notes mail mails email emails e-mail e-mails message messages letter letters report reports minutes
		memo memos invoice invoices receipt receipts contract contracts scan scans pdf pdfs presentation presentations slides spreadsheet spreadsheets page pages entry entries post posts draft drafts
		datei dateien dokument dokumente dokumenten notiz notizen nachricht nachrichten brief briefe briefen bericht berichte berichten protokoll protokolle protokollen
		rechnung rechnungen beleg belege belegen vertrag vertrage vertragen eintrag eintrage eintragen entwurf entwurfe unterlagen`)
	madeWords = wordSet(`written created changed modified edited updated saved sent received added scanned wrote sent got made took dated
		geschrieben erstellt geandert bearbeitet gespeichert gesendet geschickt bekommen erhalten schrieb`)
	weWords = wordSet("i we ich wir")
)

// relations are the words before a date, and what they make of it.
var relations = map[string]func(period) period{
	"from": same, "of": same, "in": same, "on": same, "during": same, "since": onward, "before": until, "after": later, "until": through, "till": through,
	"aus": same, "von": same, "vom": same, "im": same, "am": same, "seit": onward, "vor": until, "nach": later, "bis": through, "ab": onward,
}

func same(p period) period    { return p }
func onward(p period) period  { return period{start: p.start} }
func until(p period) period   { return period{end: p.start} }
func later(p period) period   { return period{start: p.end} }
func through(p period) period { return period{end: p.end} }

// dateFilter finds a date in plain words that is clearly one of files: it stands
// right behind or before a word for a file, as in "notes from last week" and
// "yesterday's mails", or behind what was done to one. "What happened in March
// 2024" has none: files that tell it may be of any time. skip tells the bytes
// that were read otherwise; start is where the limit stands.
func dateFilter(text string, now time.Time, skip func(start int) bool) (l golocal.Limit, p period, start int, ok bool) {
	ws := dateWords(text)
	folds := make([]string, len(ws))
	for i, w := range ws {
		folds[i] = w.Fold
	}
	for i := range ws {
		if skip(ws[i].Start) {
			continue
		}
		from, relation, related := i, same, false
		if r, ok := relations[folds[i]]; ok && i+1 < len(ws) {
			relation, related = r, true
		}
		first := i
		if related {
			first++
		}
		p, n, ok := readDate(folds[first:], now)
		if !ok {
			continue
		}
		last := ws[first+n-1]
		p = relation(p)
		if related && first+n+1 < len(ws) && (folds[first+n] == "to" || folds[first+n] == "bis") {
			if q, m, ok := readDate(folds[first+n+1:], now); ok && !p.start.IsZero() {
				p.end, last = q.end, ws[first+n+m]
			}
		}
		if skip(last.Start) || p.end.Before(p.start) && !p.end.IsZero() {
			continue
		}
		// "notes from last week", "yesterday's mails", "files changed today", "what I
		// wrote today", "habe ich gestern geschrieben"
		before := i > 0 && fileNoun(folds[i-1])
		after := last.own && first+n < len(ws) && fileNoun(folds[first+n])
		made := i > 0 && madeWords[folds[i-1]] && anyOf(folds[:i-1], func(w string) bool { return fileNoun(w) || weWords[w] })
		wrote := i > 1 && weWords[folds[i-1]] && madeWords[folds[i-2]] // "schrieb ich gestern"
		thenMade := first+n < len(ws) && madeWords[folds[first+n]] && anyOf(folds[:i], func(w string) bool { return weWords[w] || fileNoun(w) })
		bare := !related && bareDate(folds[first:first+n])
		if !(related && before || bare && before || after || made || wrote || thenMade) {
			continue
		}
		end := last.End
		if last.own {
			end += len("'s")
			if strings.HasPrefix(text[last.End:], "’s") {
				end = last.End + len("’s")
			}
		}
		start := ws[from].Start
		return golocal.Limit{Text: text[start:end], Says: "only files " + p.says(now), Remark: p.limit(), Rest: without(text, start, end), Guessed: true}, p, start, true
	}
	return golocal.Limit{}, period{}, 0, false
}

// bareDate tells dates that need no word before them: "notes last week".
func bareDate(ws []string) bool {
	for _, w := range ws {
		switch {
		case lastWords[w], thisWords[w], w == "today", w == "yesterday", w == "heute", w == "gestern", w == "vorgestern", w == "ago":
			return true
		}
	}
	return false
}

// fileNoun tells words for files, German compounds such as Arbeitsvertrag too.
func fileNoun(w string) bool {
	if fileNouns[w] {
		return true
	}
	for _, end := range []string{"notizen", "protokoll", "protokolle", "bericht", "berichte", "rechnung", "rechnungen", "vertrag", "vertrage", "dateien", "mails"} {
		if len(w) > len(end)+2 && strings.HasSuffix(w, end) {
			return true
		}
	}
	return false
}

func anyOf(ws []string, f func(string) bool) bool {
	for _, w := range ws {
		if f(w) {
			return true
		}
	}
	return false
}
