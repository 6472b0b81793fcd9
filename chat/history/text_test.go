package history

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"golocal"
	"golocal/chat"
	"golocal/internal/remark"
)

func TestTitle(t *testing.T) {
	for question, want := range map[string]string{
		"How long is the sabbatical?":                "How long is the sabbatical",
		"Can you tell me what the notice period is?": "What the notice period is",
		"What is the notice period for interns?":     "Notice period for interns",
		"please, what is it?":                        "Please, what is it",
		"  \n ":                                      "Conversation",
		"???":                                        "???",
		"The":                                        "The",
		"Kannst du mir sagen, wie lange die Garantie gilt?":                                               "Wie lange die Garantie gilt",
		"what is\n\x1b[31mred\tand long?":                                                                 "[31mred and long",
		"Which of the agreements that we signed with suppliers in the last five years end before summer?": "Which of the agreements that we signed with suppliers in the…",
		strings.Repeat("x", 100):                                                                          "X" + strings.Repeat("x", 59) + "…",
	} {
		if got := Title(question); got != want {
			t.Errorf("%q: %q, want %q", question, got, want)
		}
	}
}

func FuzzTitle(f *testing.F) {
	f.Add("Can you tell me what is the the ß?")
	f.Add("\xff\xfe what is \x00")
	f.Fuzz(func(t *testing.T, question string) {
		got := Title(question)
		if got == "" || strings.ContainsAny(got, "\n\r\x00") || len([]rune(got)) > titleSize+3 {
			t.Errorf("%q: %q", question, got)
		}
	})
}

func TestRelocate(t *testing.T) {
	text := "# Time off\n\nEverybody gets 33 paid vacation days a year. Days lapse in March.\n\n## Sick leave\n\nTell your team before ten in the morning. Days lapse in March.\n"
	for _, c := range []struct {
		quote string
		at    int
		want  string
		same  bool
	}{
		{"Everybody gets 27 paid vacation days a year.", 12, "Everybody gets 33 paid vacation days a year.", false},
		{"Tell your team before nine in the morning.", 0, "Tell your team before ten in the morning.", false},
		{"Flights under 600 kilometres are not paid.", 12, "", false},
		{"Days lapse in March.", 0, "Days lapse in March.", true},
		{"", 0, "", false},
	} {
		span, same, ok := Relocate(text, c.quote, c.at)
		if text[span.Start:span.End] != c.want || same != c.same || ok != (c.want != "") {
			t.Errorf("%q: %q, %v, %v", c.quote, text[span.Start:span.End], same, ok)
		}
	}
	first, _, _ := Relocate(text, "Days lapse in March.", 60)
	last, _, _ := Relocate(text, "Days lapse in March.", len(text))
	if first.Start >= last.Start {
		t.Error("not the nearest of two")
	}
}

// examiner says of every file that it has changed.
type examiner struct{ looked int }

func (e *examiner) Examine(_ context.Context, c golocal.Citation) (golocal.Citation, error) {
	e.looked++
	c.State, c.Now = golocal.Changed, &golocal.Standing{Quote: "It lasts seven weeks."}
	return c, nil
}

func TestRecheck_KeepsTheQuoteAndLooksOnce(t *testing.T) {
	a := says("It lasts six weeks.")
	a.Sentences = []chat.Sentence{{Text: "It lasts six weeks.", Citations: []golocal.Citation{a.Quotes[0].Citation}}}
	e := &examiner{}
	before := time.Now().Add(-2 * time.Second)
	if err := Recheck(t.Context(), []Turn{{}, {Answer: a}, {Answer: a}}, e); err != nil || e.looked != 1 {
		t.Errorf("looked %d times, %v", e.looked, err)
	}
	for _, c := range []golocal.Citation{a.Quotes[0].Citation, a.Sentences[0].Citations[0]} {
		if c.Quote != "It lasts six weeks." || c.State != golocal.Changed || c.Now.Quote != "It lasts seven weeks." || c.Checked.Before(before) {
			t.Errorf("%+v", c)
		}
	}
}

func TestWriteMarkdown(t *testing.T) {
	moved := golocal.Citation{Source: 1, Path: "/notes/a_b.md", Place: golocal.Place{Line: 3}, Quote: "It lasts *six* weeks.", State: golocal.Moved,
		Now: &golocal.Standing{Path: "/notes/old/a_b.md"}, Checked: time.Date(2026, 11, 28, 9, 40, 0, 0, time.Local)}
	w := Whole{Title: "Long <b>one</b>", Created: time.Date(2026, 11, 28, 9, 30, 0, 0, time.Local), Turns: []Turn{
		{Question: "How long is it?", Standalone: "How long is the sabbatical?", State: Done, Answer: &chat.Answer{Kind: chat.KindGenerated, Support: .5, Ledger: chat.Ledger{Model: "m"}, Sentences: []chat.Sentence{
			{Text: "It lasts six weeks.", Verdict: chat.Supported, Citations: []golocal.Citation{moved, moved}},
			{Text: "It is blue.", Verdict: chat.Unsupported},
			{Text: "And …", Verdict: chat.NotAClaim, Reasons: []string{"it was stopped here"}},
		}}},
		{Question: "Who?", Open: true, State: Failed, Problem: "no model runner answers"},
		{Question: "What does the file say?", State: Stopped, Answer: &chat.Answer{Kind: chat.KindQuotes, Quotes: []chat.Quote{{Plain: "one\ntwo", Citation: golocal.Citation{Path: "/x", Quote: "one\ntwo"}}}}},
	}}
	var b bytes.Buffer
	if err := WriteMarkdown(&b, w); err != nil {
		t.Fatal(err)
	}
	want := `# Long \<b>one\</b>

2026-11-28 09:30

## How long is it?

*Searched as: How long is the sabbatical?*

It lasts six weeks.[^1][^1] It is blue. *(not proven)* And … *(it was stopped here)*

*m, 50 % proven*

## Who?

*General knowledge was allowed.*

*There is no answer: no model runner answers*

## What does the file say?

> one
> two[^2]

*This answer was stopped before it was finished.*

[^1]: /notes/a\_b.md, line 3: “It lasts \*six\* weeks.” — moved to /notes/old/a\_b.md (checked 2026-11-28 09:40)
[^2]: /x: “one two”
`
	if b.String() != want {
		t.Errorf("%s", b.String())
	}
	for i, q := range []string{"Wie lange dauert das Sabbatical?", "Who?", "Was sagt die Datei?"} {
		w.Turns[i].Question = q
	}
	w.Turns[1].Why = remark.New(remark.RunnerBusy)
	w.Turns[0].Answer.Folded, w.Turns[0].Answer.Quotes = true, []chat.Quote{{Plain: "eins", Citation: golocal.Citation{Path: "/x", Place: golocal.Place{Line: 7}, Quote: "eins", State: golocal.Changed, Now: &golocal.Standing{Quote: "zwei"}}}}
	b.Reset()
	if err := WriteMarkdown(&b, w); err != nil {
		t.Fatal(err)
	}
	want = `# Long \<b>one\</b>

28.11.2026, 09:30

## Wie lange dauert das Sabbatical?

*Gesucht als: How long is the sabbatical?*

It lasts six weeks.[^1][^1] It is blue. *(nicht belegt)* And … *(it was stopped here)*

*Zu wenig von dieser Antwort ist belegt. Was die Dateien wörtlich sagen:*

> eins[^2]

*m, zu 50 % belegt*

## Who?

*Allgemeinwissen war erlaubt.*

*Es gibt keine Antwort: der Modellserver ist ausgelastet*

## Was sagt die Datei?

> one
> two[^3]

*Diese Antwort wurde vor dem Ende abgebrochen.*

[^1]: /notes/a\_b.md, Zeile 3: „It lasts \*six\* weeks.“ — verschoben nach /notes/old/a\_b.md (geprüft 28.11.2026, 09:40)
[^2]: /x, Zeile 7: „eins“ — seither geändert, jetzt: „zwei“
[^3]: /x: „one two“
`
	if b.String() != want {
		t.Errorf("%s", b.String())
	}
	for title, name := range map[string]string{"a/b: c?": "ab c", "…": "conversation", "..": "conversation", strings.Repeat("ü", 80): strings.Repeat("ü", 50)} {
		if got := FileTitle(title); got != name {
			t.Errorf("%q: %q, want %q", title, got, name)
		}
	}
}
