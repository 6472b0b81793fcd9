package corpus

import (
	"fmt"
	"strings"
)

// noun is what is counted.
type noun struct{ one, many, no string } // no: "no note", "keine Notiz"

// wording is what answers say, in one language.
type wording struct {
	code  string // BCP 47
	nouns map[string]noun
	kind  func(kind string) noun // of files that have no noun of their own

	// conditions
	in, tagged, changed, mentioning, with, called, lacking, and, or, of string
	days                                                                func(q Question) string

	// counts and lists
	none, one, some       string // what, conditions
	first, firsts         string
	superlatives          map[Task]string
	ordinals              []string // from the second on
	lastChanged           string
	level                 string
	noPages, has, pagesOf string
	pagesUnknown          string
	noTag                 string

	// types, folders, sizes, days and words
	endless, outside, mostFiles, changedAt, standsIn, standsMost, nowhere, alikes, noneAlike, same string

	// comparisons and summaries
	onlyOne, onlyMany, only, compared                           string
	saysMost, saysMostEach, noText, without, firstQuoted, twins string

	// computed over columns
	over                                  string
	ops                                   map[Op]string
	rowsBy, by, rowsIn, noNumber, result  string
	rounded, noneOf, counted              string
	empty, notOne, notMany, at            string
	leftOut, moreSuch, undated, notLooked string
	mostly                                map[Op]string
	alike, differs, ranked                string
	odd                                   map[string]string // what a row has that is counted for none
	places                                map[string][2]string
	more                                  string

	// coverage
	read                                         string
	noTextOf, leftOutByRule, notOfType, couldNot string
}

var english = wording{
	code: "en",
	nouns: map[string]noun{
		"file": {"file", "files", "no file"}, "byte": {"byte", "bytes", "no byte"}, "page": {"page", "pages", "no page"}, "tag": {"tag", "tags", "no tag"}, "type": {"file type", "file types", "no file type"}, "folder": {"folder", "folders", "no folder"}, "place": {"place", "places", "no place"}, "term": {"word", "words", "no word"}, "value": {"different value", "different values", "no value"}, "row": {"row", "rows", "no row"},
		"sentence": {"sentence", "sentences", "no sentence"}, "table": {"table", "tables", "no table"}, "note": {"note", "notes", "no note"}, "spreadsheet": {"spreadsheet", "spreadsheets", "no spreadsheet"},
		"presentation": {"presentation", "presentations", "no presentation"}, "mail": {"mail", "mails", "no mail"}, "image": {"image", "images", "no image"}, "excel": {"Excel file", "Excel files", "no Excel file"}, "word": {"Word document", "Word documents", "no Word document"},
	},
	kind: func(kind string) noun { return noun{kind + " file", kind + " files", "no " + kind + " file"} },
	in:   "in %s", tagged: "tagged #%s", changed: "changed in the time %s", mentioning: "“%s”", lacking: "without %s", and: " and ", or: " or ", with: "with %s", called: "called “%s…”", of: " for %s", days: func(q Question) string { return q.When },
	none: "There is %s%s.", one: "There is %s%s.", some: "There are %s%s.",
	first: "The %s of %s%s is %s.", firsts: "The %d %s of %s%s:", ordinals: []string{"second ", "third ", "fourth ", "fifth "}, superlatives: map[Task]string{Newest: "newest", Oldest: "oldest", Largest: "largest", Smallest: "smallest"},
	lastChanged: ", last changed ", level: "others are level with the last one shown",
	noPages: "%s has no pages that could be counted.", has: "%s has %s.", pagesOf: "%s%s have %s together.", noTag: "No file has a tag.", endless: "without an ending", outside: "in no folder", mostFiles: "Most files lie in %s: %s.", changedAt: "%s was last changed on %s.", standsIn: "%s stands at %s in %s.", standsMost: "%s stands most often in %s: at %s.", nowhere: "%s stands in no file.", alikes: "%s%s have the same content as another.", noneAlike: "No two files%s have the same content.", same: "the same as %s", pagesUnknown: "no pages are known of it",
	onlyOne: "%s of %s in %s has nothing like it in %s.", onlyMany: "%s of %s in %s have nothing like them in %s.", only: "only %s: ",
	compared: "%s has %s, %s has %s; %d are word for word the same.",
	saysMost: "The sentences that say most of %s:", saysMostEach: "The sentence that says most of each of %s:", noText: "There is no running text to summarise.",
	without: "%s without sentences, such as tables and code", firstQuoted: "the first %d files are quoted",
	twins: "more than one file is called so: this is about %s; for %s write more of its path",
	over:  "Over %s: %s.", ops: map[Op]string{Distinct: "The number of values", Sum: "The total", Average: "The average", Median: "The median", Min: "The lowest value", Max: "The highest value"},
	rowsBy: "Rows%s in %s by %s:", by: "%s of %s%s in %s by %s:", rowsIn: "%s%s in %s.", noNumber: "No number stands in the column %s%s in %s.", result: "%s of %s%s in %s is %s%s.",
	rounded: " (rounded)", noneOf: "no number", counted: "%s: %s counted", empty: "; %d empty", notOne: "; %d is no number: %s", notMany: "; %d are no numbers: %s", at: "%q at %s",
	leftOut: "; left out: %s, which sums up others", moreSuch: ", and %d more such", undated: "; %d without a day that could be read", notLooked: "not looked into: name the file in the question",
	mostly: map[Op]string{Max: "%s has the highest total of %s%s in %s: %s.", Min: "%s has the lowest total of %s%s in %s: %s."}, alike: "level with it: %s", differs: "%s%s in %s: %s (%s).", ranked: "The %d %s values of %s%s in %s:",
	odd:    map[string]string{oddEmpty: oddEmpty, oddLong: oddLong, groupless: groupless},
	places: map[string][2]string{"line": {"line", "lines"}, "row": {"row", "rows"}, "paragraph": {"paragraph", "paragraphs"}}, more: " and %d more",
	read: "read %d of %s", noTextOf: "had no text", leftOutByRule: "left out by a rule", notOfType: "of a type that is not read", couldNot: "could not be read",
}

var german = wording{
	code: "de",
	nouns: map[string]noun{
		"file": {"Datei", "Dateien", "keine Datei"}, "byte": {"Byte", "Byte", "kein Byte"}, "page": {"Seite", "Seiten", "keine Seite"}, "tag": {"Schlagwort", "Schlagwörter", "kein Schlagwort"}, "type": {"Dateityp", "Dateitypen", "kein Dateityp"}, "folder": {"Ordner", "Ordner", "kein Ordner"}, "place": {"Stelle", "Stellen", "keine Stelle"}, "term": {"Wort", "Wörter", "kein Wort"}, "value": {"verschiedener Wert", "verschiedene Werte", "kein Wert"}, "row": {"Zeile", "Zeilen", "keine Zeile"},
		"sentence": {"Satz", "Sätze", "kein Satz"}, "table": {"Tabelle", "Tabellen", "keine Tabelle"}, "note": {"Notiz", "Notizen", "keine Notiz"}, "spreadsheet": {"Tabellendatei", "Tabellendateien", "keine Tabellendatei"},
		"presentation": {"Präsentation", "Präsentationen", "keine Präsentation"}, "mail": {"E-Mail", "E-Mails", "keine E-Mail"}, "image": {"Bild", "Bilder", "kein Bild"}, "excel": {"Excel-Datei", "Excel-Dateien", "keine Excel-Datei"}, "word": {"Word-Dokument", "Word-Dokumente", "kein Word-Dokument"},
	},
	kind: func(kind string) noun { return noun{kind + "-Datei", kind + "-Dateien", "keine " + kind + "-Datei"} },
	in:   "in %s", tagged: "mit dem Schlagwort #%s", changed: "geändert %s", mentioning: "„%s“", lacking: "ohne %s", and: " und ", or: " oder ", with: "mit %s", called: "namens „%s…“", of: " für %s", days: germanDays,
	none: "Es gibt %s%s.", one: "Es gibt %s%s.", some: "Es gibt %s%s.",
	first: "Am %s (%s%s): %s.", firsts: "Die %d %s (%s%s):", ordinals: []string{"zweit", "dritt", "viert", "fünft"}, superlatives: map[Task]string{Newest: "neuesten", Oldest: "ältesten", Largest: "größten", Smallest: "kleinsten"},
	lastChanged: ", zuletzt geändert ", level: "andere stehen der letzten gezeigten gleich",
	noPages: "%s hat keine Seiten, die sich zählen ließen.", has: "%s hat %s.", pagesOf: "%s%s haben zusammen %s.", noTag: "Keine Datei hat ein Schlagwort.", endless: "ohne Endung", outside: "in keinem Ordner", mostFiles: "Die meisten Dateien liegen in %s: %s.", changedAt: "%s wurde zuletzt am %s geändert.", standsIn: "%s steht an %s in %s.", standsMost: "%s steht am häufigsten in %s: an %s.", nowhere: "%s steht in keiner Datei.", alikes: "%s%s haben den gleichen Inhalt wie eine andere.", noneAlike: "Keine zwei Dateien%s haben den gleichen Inhalt.", same: "gleich wie %s", pagesUnknown: "die Zahl der Seiten ist nicht bekannt",
	onlyOne: "%s (von %s) in %s ohne etwas Ähnliches in %s.", onlyMany: "%s (von %s) in %s ohne etwas Ähnliches in %s.", only: "nur %s: ",
	compared: "%s hat %s, %s hat %s; %d stimmen Wort für Wort überein.",
	saysMost: "Was am meisten über %s sagt:", saysMostEach: "Der Satz, der jeweils am meisten sagt (%s):", noText: "Es gibt keinen fortlaufenden Text zum Zusammenfassen.",
	without: "%s ohne Sätze, etwa Tabellen und Programmcode", firstQuoted: "zitiert sind die ersten %d Dateien",
	twins: "mehrere Dateien heißen so: dies gilt für %s; für %s bitte mehr vom Pfad angeben",
	over:  "Über %s: %s.", ops: map[Op]string{Distinct: "Die Zahl der Werte", Sum: "Die Summe", Average: "Der Durchschnitt", Median: "Der Median", Min: "Der niedrigste Wert", Max: "Der höchste Wert"},
	rowsBy: "Zeilen%s in %s nach %s:", by: "%s von %s%s in %s nach %s:", rowsIn: "%s%s in %s.", noNumber: "In der Spalte %s%s steht in %s keine Zahl.", result: "%s von %s%s in %s ist %s%s.",
	rounded: " (gerundet)", noneOf: "keine Zahl", counted: "%s: %s gezählt", empty: "; %d leer", notOne: "; %d ist keine Zahl: %s", notMany: "; %d sind keine Zahlen: %s", at: "%q in %s",
	leftOut: "; ausgelassen: %s, was andere zusammenzählt", moreSuch: " und %d weitere", undated: "; %d ohne lesbares Datum", notLooked: "nicht durchgesehen: bitte die Datei in der Frage nennen",
	mostly: map[Op]string{Max: "%s: die größte Summe von %s%s in %s, %s.", Min: "%s: die kleinste Summe von %s%s in %s, %s."}, alike: "ebenso viel: %s", differs: "%s%s in %s: %s (%s).", ranked: "Die %d %s Werte von %s%s in %s:",
	odd:    map[string]string{oddEmpty: "viele leere Zellen hintereinander", oddLong: "mehr Zellen als die Kopfzeile", groupless: "(leer)"},
	places: map[string][2]string{"line": {"Zeile", "Zeilen"}, "row": {"Zeile", "Zeilen"}, "paragraph": {"Absatz", "Absätze"}}, more: " und %d weitere",
	read: "gelesen: %d von %s", noTextOf: "ohne Text", leftOutByRule: "durch eine Regel ausgelassen", notOfType: "von einem Typ, der nicht gelesen wird", couldNot: "nicht lesbar",
}

// What a row or cell has that is counted for no number.
const (
	oddEmpty  = "has a long run of empty cells"
	oddLong   = "has more cells than the header"
	groupless = "(empty)"
)

// oddity says what a cell has where it is one of the oddities, else its text.
func (w *wording) oddity(text string) string {
	if s, ok := w.odd[text]; ok {
		return s
	}
	return text
}

// wordingIn is the wording of a language, a BCP 47 code; English for every other
// than German.
func wordingIn(language string) *wording {
	if language == "de" {
		return &german
	}
	return &english
}

// words are the question's wording.
func (q Question) words() *wording {
	if q.say == nil {
		return &english
	}
	return q.say
}

// germanDays names the days of a question: its own words for them are English.
func germanDays(q Question) string {
	switch {
	case q.After != "" && q.Before != "":
		return "ab " + q.After + ", vor " + q.Before
	case q.After != "":
		return "ab " + q.After
	case q.Before != "":
		return "vor " + q.Before
	}
	return ""
}

// amount counts things: "1 file", "3 files".
func (n noun) amount(count int) string {
	if count == 1 {
		return "1 " + n.one
	}
	return fmt.Sprintf("%d %s", count, n.many)
}

func (w *wording) amount(count int, what string) string { return w.nouns[what].amount(count) }

// what names the files that a question is about: "PDF file".
func (w *wording) what(q Question) noun {
	switch q.Kind {
	case "":
		return w.nouns["file"]
	case "pdf", "csv", "html":
		return w.kind(strings.ToUpper(q.Kind))
	}
	if n, ok := w.nouns[q.Kind]; ok && q.Kind != "table" {
		return n
	}
	return w.kind(q.Kind)
}

// conditions says what narrows the files: " in Notes, tagged #tax".
func (w *wording) conditions(q Question) string {
	var s []string
	add := func(format, value string) {
		if value != "" {
			s = append(s, fmt.Sprintf(format, value))
		}
	}
	add(w.in, q.Folder)
	add(w.called, q.Called)
	if q.Sized != "" {
		add("%s", fmt.Sprintf("%s %s%s", q.Sized, w.amount(int(q.Than), "byte"), roughly(int64(q.Than))))
	}
	add(w.tagged, q.Tag)
	if q.When != "" && q.Changed {
		add(w.changed, w.days(q))
	} else if q.When != "" {
		add("%s", w.days(q))
	}
	add(w.with, w.words(w.and, q.Mentions.All))
	add(w.with, w.words(w.or, q.Mentions.Any))
	add(w.lacking, w.words(w.or, q.Mentions.None))
	if len(s) == 0 {
		return ""
	}
	return " " + strings.Join(s, ", ")
}

// words are quoted words, joined.
func (w *wording) words(join string, words []string) string {
	var s []string
	for _, one := range words {
		s = append(s, fmt.Sprintf(w.mentioning, one))
	}
	return strings.Join(s, join)
}

// nth is the word before a superlative: "second ", "zweit".
func (w *wording) nth(n int) string {
	if n < 2 || n > len(w.ordinals)+1 {
		return ""
	}
	return w.ordinals[n-2]
}
