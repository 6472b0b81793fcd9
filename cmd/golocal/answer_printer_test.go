package main

import (
	"bytes"
	"strings"
	"testing"

	"golocal"
	"golocal/chat"
)

func printed(open bool, events ...chat.Event) string {
	var out, errs bytes.Buffer
	p := &answerPrinter{t: terminal{out: &out, err: &errs}, open: open}
	for _, e := range events {
		p.event(e)
	}
	return out.String()
}

func TestAnswerPrinter_MarksStandInAColumn(t *testing.T) {
	sentence := func(v chat.Verdict) chat.Sentence { return chat.Sentence{Text: "It rains.", Verdict: v} }
	all := []chat.Event{sentence(chat.Supported), sentence(chat.Partly), sentence(chat.Unsupported), sentence(chat.NotAClaim)}
	for _, open := range []bool{false, true} {
		if open {
			all = append(all, sentence(chat.NotFromFiles))
		}
		at := -1
		for line := range strings.Lines(printed(open, all...)) {
			i := len([]rune(line[:strings.Index(line, "It rains.")]))
			if at < 0 {
				at = i
			}
			if i != at {
				t.Errorf("open %v: %q begins at %d, not %d", open, line, i, at)
			}
		}
	}
	if out := printed(true, sentence(chat.NotFromFiles)); !strings.Contains(out, "not from your files") || strings.Contains(out, "supported") {
		t.Errorf("%q", out)
	}
}

func TestAnswerPrinter_WidenNamesTheCommand(t *testing.T) {
	out := printed(false, chat.Answer{Kind: chat.KindNone, Text: "Ihre Dateien beantworten das nicht.", Widen: []chat.Widening{
		{Kind: chat.WidenOpen, Text: "Ask m for general knowledge"}, {Kind: chat.WidenFolder, Text: "/n is paused", State: chat.FolderPaused},
		{Kind: chat.WidenFile, Text: "a\x1b[31m.pdf has no text", Ref: &golocal.Ref{}}, {Kind: chat.WidenLimit, Text: "“from 2020” limits the search", Query: "what is it"}}})
	for _, want := range []string{"Ihre Dateien beantworten das nicht.", "→ Ask m for general knowledge: --open", "→ /n is paused: golocal resume", ".pdf has no text", "limits the search: “what is it”"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in:\n%s", want, out)
		}
	}
	if strings.Contains(out, "\x1b[31m") {
		t.Errorf("a file's name reaches the terminal as it is: %q", out)
	}
}

func TestAnswerPrinter_PlacesInTheQuestionsLanguage(t *testing.T) {
	for language, want := range map[string]string{"de": "a.pdf Seiten 2-3", "en": "a.pdf pages 2-3"} {
		var out, errs strings.Builder
		p := &answerPrinter{t: terminal{out: &out, err: &errs}, speaks: language}
		p.event(chat.Answer{Kind: chat.KindQuotes, Quotes: []chat.Quote{{Plain: "x", Citation: golocal.Citation{Path: "a.pdf", Place: golocal.Place{Page: 2, PageEnd: 3}}}}})
		if !strings.Contains(out.String(), want) {
			t.Errorf("%s: %q", language, out.String())
		}
	}
}
