package retrieve

import (
	"strings"
	"testing"
	"time"

	"golocal"
	"golocal/internal/remark"

	"github.com/google/go-cmp/cmp"
)

// saturday is a day in the middle of things: its week began on 23 November.
var saturday = time.Date(2026, 11, 28, 14, 30, 0, 0, time.UTC)

func TestAnalyse_Conditions(t *testing.T) {
	with := func(pairs ...string) (out []golocal.Term) {
		for i := 0; i < len(pairs); i += 2 {
			out = append(out, golocal.Term{Field: pairs[i], Text: pairs[i+1]})
		}
		return out
	}
	for in, want := range map[string]struct {
		text  string
		scope golocal.Scope
	}{
		"":                                      {},
		"  how many  days ":                     {"how many days", golocal.Scope{}},
		`what is "net income" now`:              {"what is net income now", golocal.Scope{With: with("", "net income")}},
		`„Netto Ertrag“ und «bénéfice»`:         {"Netto Ertrag und bénéfice", golocal.Scope{With: with("", "Netto Ertrag", "", "bénéfice")}},
		`an open "quote here`:                   {"an open quote here", golocal.Scope{}},
		`""`:                                    {},
		"path:invoices/2024 total":              {"total", golocal.Scope{With: with("path", "invoices/2024")}},
		`PATH:"my notes" -path:old x`:           {"x", golocal.Scope{With: with("path", "my notes"), Without: with("path", "old")}},
		"type:pdf type:.DOCX tax":               {"tax", golocal.Scope{Types: []string{"pdf", "docx"}}},
		"type:pdf,md tax":                       {"tax", golocal.Scope{Types: []string{"pdf", "markdown"}}},
		"-type:excel":                           {"", golocal.Scope{Without: with("type", "xlsx", "type", "xls", "type", "ods", "type", "csv")}},
		"folder:~/Documents letter":             {"letter", golocal.Scope{With: with("folder", "~/Documents")}},
		"author:ann to:Bob subject:lease":       {"", golocal.Scope{With: with("author", "ann", "to", "Bob", "title", "lease")}},
		"von:ann an:Bob betreff:Miete":          {"", golocal.Scope{With: with("author", "ann", "to", "Bob", "title", "Miete")}},
		"tag:#tax -tag:done language:de":        {"", golocal.Scope{With: with("tag", "tax", "language", "de"), Without: with("tag", "done")}},
		"budget -draft":                         {"budget", golocal.Scope{Without: with("", "draft")}},
		`budget -"first draft"`:                 {"budget", golocal.Scope{Without: with("", "first draft")}},
		"合同 -草":                                 {"合同", golocal.Scope{Without: with("", "草")}},
		"after:2024-03-05 x":                    {"x", golocal.Scope{After: "2024-03-05"}},
		"before:2024 x":                         {"x", golocal.Scope{Before: "2024-01-01"}},
		"until:2024-02 x":                       {"x", golocal.Scope{Before: "2024-03-01"}},
		"date:2024-05":                          {"", golocal.Scope{After: "2024-05-01", Before: "2024-06-01"}},
		"date:3.5.2024":                         {"", golocal.Scope{After: "2024-05-03", Before: "2024-05-04"}},
		"date:2024-01..2024-03":                 {"", golocal.Scope{After: "2024-01-01", Before: "2024-04-01"}},
		"date:yesterday after:last-week":        {"", golocal.Scope{After: "2026-11-27", Before: "2026-11-28"}},
		`after:"last month" -before:2026-11-05`: {"", golocal.Scope{After: "2026-11-05"}},
		// What is no condition stays words.
		"note: http://x.y re:invent 12:30": {"note: http://x.y re:invent 12:30", golocal.Scope{}},
		"title: budget":                    {"title: budget", golocal.Scope{}},
		"after:dinner before:2024-02-30":   {"after:dinner before:2024-02-30", golocal.Scope{}},
		"it is -5 degrees":                 {"it is -5 degrees", golocal.Scope{}},
		"what does ls -l --all - do":       {"what does ls -l --all - do", golocal.Scope{}},
		"well-known e-mail":                {"well-known e-mail", golocal.Scope{}},
		"in:nowhere x":                     {"in:nowhere x", golocal.Scope{}},
		"in:tax report":                    {"report", golocal.Scope{With: with("path", "steuer"), Types: []string{"pdf"}, After: "2024-01-01"}},
		"-in:tax x":                        {"-in:tax x", golocal.Scope{}},
		"a\x00b":                           {"a b", golocal.Scope{}},
	} {
		got := Analyse(in, saturday, func(name string) (string, bool) { return "path:steuer type:pdf after:2024", name == "tax" })
		if d := cmp.Diff(want.scope, got.Scope); got.Text != want.text || d != "" {
			t.Errorf("%q: text %q, want %q %s", in, got.Text, want.text, d)
		}
	}
}

func TestAnalyse_DatesOfFiles(t *testing.T) {
	type want struct{ after, before, limit, text string }
	for in, want := range map[string]want{
		"notes from last week about the move":      {"2026-11-16", "2026-11-23", "from last week", "notes about the move"},
		"yesterday's mails":                        {"2026-11-27", "2026-11-28", "yesterday's", "mails"},
		"which files changed today?":               {"2026-11-28", "2026-11-29", "today", "which files changed ?"},
		"what did I write in my notes last month":  {"2026-10-01", "2026-11-01", "last month", "what did I write in my notes"},
		"invoices in March 2024":                   {"2024-03-01", "2024-04-01", "in March 2024", "invoices"},
		"invoices since June":                      {"2026-06-01", "", "since June", "invoices"},
		"reports before 2020":                      {"", "2020-01-01", "before 2020", "reports"},
		"reports after 2020":                       {"2021-01-01", "", "after 2020", "reports"},
		"letters until March 5, 2025":              {"", "2025-03-06", "until March 5, 2025", "letters"},
		"letters of 5 March":                       {"2026-03-05", "2026-03-06", "of 5 March", "letters"},
		"emails from December":                     {"2025-12-01", "2026-01-01", "from December", "emails"},
		"documents from the last 3 days on tax":    {"2026-11-26", "2026-11-29", "from the last 3 days", "documents on tax"},
		"messages from 2024-05-03":                 {"2024-05-03", "2024-05-04", "from 2024-05-03", "messages"},
		"minutes from May to July 2026":            {"2026-05-01", "2026-08-01", "from May to July 2026", "minutes"},
		"notes on Monday":                          {"2026-11-23", "2026-11-24", "on Monday", "notes"},
		"documents created two weeks ago":          {"2026-11-09", "2026-11-16", "two weeks ago", "documents created"},
		"Notizen von letzter Woche zum Umzug":      {"2026-11-16", "2026-11-23", "von letzter Woche", "Notizen zum Umzug"},
		"Rechnungen aus dem März 2024":             {"2024-03-01", "2024-04-01", "aus dem März 2024", "Rechnungen"},
		"Mails seit gestern":                       {"2026-11-27", "", "seit gestern", "Mails"},
		"Arztrechnungen vom 3.5.2024":              {"2024-05-03", "2024-05-04", "vom 3.5.2024", "Arztrechnungen"},
		"welche Dateien habe ich gestern geändert": {"2026-11-27", "2026-11-28", "gestern", "welche Dateien habe ich geändert"},
		// Dates that a text is about are no filter.
		"what happened in March 2024":                     {text: "what happened in March 2024"},
		"who won last year":                               {text: "who won last year"},
		"minutes of the meeting in March":                 {text: "minutes of the meeting in March"},
		"what does the report say about sales since 2020": {text: "what does the report say about sales since 2020"},
		"the book was written in 1984":                    {text: "the book was written in 1984"},
		"may I carry vacation days over":                  {text: "may I carry vacation days over"},
		"how many days are in a week":                     {text: "how many days are in a week"},
		"Was geschah im März 2024?":                       {text: "Was geschah im März 2024?"},
		`notes "from last week"`:                          {text: "notes from last week"}, // quoted: these words
		"notes from last week date:2020":                  {"2020-01-01", "2021-01-01", "", "notes from last week"},
		"notes from 99999 and 2024-13":                    {text: "notes from 99999 and 2024-13"},
	} {
		got := Analyse(in, saturday, nil)
		limit := ""
		for _, l := range got.Limits {
			if l.Guessed {
				limit = l.Text
			}
		}
		if got.Scope.After != want.after || got.Scope.Before != want.before || limit != want.limit || got.Text != want.text {
			t.Errorf("%q: %s to %s by %q, text %q, want %+v", in, got.Scope.After, got.Scope.Before, limit, got.Text, want)
		}
	}
}

func TestAnalyse_SaysItsLimits(t *testing.T) {
	for in, want := range map[string]struct {
		limit golocal.Limit
		de    string
	}{
		"notes from last week on tax": {golocal.Limit{Text: "from last week", Says: "only files of 16–22 November", Rest: "notes on tax", Guessed: true}, "nur Dateien vom 16.11.2026 bis zum 22.11.2026"},
		"date:2024-03 tax":            {golocal.Limit{Text: "date:2024-03", Says: "only files of March 2024", Rest: "tax"}, "nur Dateien vom 1.3.2024 bis zum 31.3.2024"},
		"date:2024 tax":               {golocal.Limit{Text: "date:2024", Says: "only files of 2024", Rest: "tax"}, "nur Dateien aus dem Jahr 2024"},
		"tax after:2024":              {golocal.Limit{Text: "after:2024", Says: "only files from 1 January 2024 on", Rest: "tax"}, "nur Dateien ab dem 1.1.2024"},
		"tax before:2026-02-01 a":     {golocal.Limit{Text: "before:2026-02-01", Says: "only files before 1 February", Rest: "tax a"}, "nur Dateien vor dem 1.2.2026"},
		"date:2025-12..2026-01":       {golocal.Limit{Text: "date:2025-12..2026-01", Says: "only files of 1 December 2025 – 31 January 2026"}, "nur Dateien vom 1.12.2025 bis zum 31.1.2026"},
		`my "net income" here`:        {golocal.Limit{Text: `"net income"`, Says: "only passages with “net income”", Rest: "my here"}, "nur Textstellen mit „net income“"},
		`x -type:pdf`:                 {golocal.Limit{Text: "-type:pdf", Says: "not files of type pdf", Rest: "x"}, "keine Dateien vom Typ pdf"},
		`x -draft`:                    {golocal.Limit{Text: "-draft", Says: "not passages with “draft”", Rest: "x"}, "keine Textstellen mit „draft“"},
	} {
		got := Analyse(in, saturday, nil)
		for i := range got.Limits {
			if de := remark.Say("de", got.Limits[i].Remark); de != want.de {
				t.Errorf("%q: in German %q, want %q", in, de, want.de)
			}
			got.Limits[i].Remark = golocal.Remark{}
		}
		if d := cmp.Diff([]golocal.Limit{want.limit}, got.Limits); d != "" {
			t.Errorf("%q: %s", in, d)
		}
	}
}

func TestExact(t *testing.T) {
	for in, want := range map[string]string{
		"what is INV-2024-0031?":           "INV-2024-0031",
		"parse_config and maxRetryCount()": "parse_config maxRetryCount",
		"error 4711, version 10.4.2.":      "4711 10.4.2",
		"the room B12's key":               "B12",
		"in 2024 we had 12 of 5 days":      "",
		"on 2024-05-03 or 3.5.2024":        "",
		"well-known e-mail NASA":           "",
		"GPT-4 costs 46.80":                "GPT-4 46.80",
		"東京2020大会":                         "",
	} {
		if got := strings.Join(exact(in), " "); got != want {
			t.Errorf("exact(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestHolds(t *testing.T) {
	for _, c := range []struct {
		text, word string
		want       bool
	}{
		{"see inv-1.", "inv-1", true}, {"see inv-1-2.", "inv-1", false}, {"inv-12", "inv-1", false}, {"at 10.4.2", "10.4", false}, {"costs 10.4. then", "10.4", true},
		{"a4711", "4711", false}, {"no 4711 yet 4711x", "4711", true}, {"", "x", false}, {"x_y", "x", false},
	} {
		if got := holds(c.text, c.word); got != c.want {
			t.Errorf("holds(%q, %q) = %v", c.text, c.word, got)
		}
	}
}

func TestConditions(t *testing.T) {
	for in, ok := range map[string]bool{
		"path:steuer type:pdf": true, `"net income" -draft`: true, "tax path:a": false, "": false, "tax": false, "notes from last week": false,
	} {
		if err := Conditions(in, saturday); (err == nil) != ok {
			t.Errorf("Conditions(%q) = %v", in, err)
		}
	}
}

func FuzzAnalyse(f *testing.F) {
	for _, s := range []string{"", `"`, `a "b c" -"d`, "path:x -type:pdf", "notes from last week", "date:1..2", "after:0000", `in:tax "a`, "-", "--", "a:b:c", "«x» „y“", "notes from the last 999 years", "\xff:\x00 -\xff", "mails of 31 February", "yesterday’s mails", "title:\"", "in:in"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q := Analyse(text, saturday, func(name string) (string, bool) { return name, true })
		for _, l := range q.Limits {
			if !strings.Contains(text, l.Text) {
				t.Fatalf("%q: the limit %q is not in it", text, l.Text)
			}
			if l.Says == "" || len(l.Rest) >= len(text) {
				t.Fatalf("%q: limit %+v", text, l)
			}
		}
		for _, d := range []string{q.Scope.After, q.Scope.Before} {
			if d != "" {
				if _, err := time.Parse(time.DateOnly, d); err != nil {
					t.Fatalf("%q: %v", text, err)
				}
			}
		}
		again := Analyse(q.Text, saturday, nil)
		if len(again.Text) > len(q.Text) {
			t.Fatalf("%q: %q grows to %q", text, q.Text, again.Text)
		}
	})
}
