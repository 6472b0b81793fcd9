package chat

import (
	"strings"
	"testing"

	"golocal"
)

func TestFragment_IsCheckedAsAnAnswer(t *testing.T) {
	source := func(n int, title, text string) golocal.Source {
		h := golocal.Hit{Doc: golocal.Document{ID: int64(n), Title: title}, Chunk: golocal.Chunk{ID: int64(n), Doc: int64(n), Text: text, Span: golocal.Span{End: len(text)}}}
		return golocal.Source{Number: n, Hit: h, Text: text}
	}
	sources := []golocal.Source{
		source(1, "Warsaw", "Warsaw had a significant minority of Jews before the war. The Wianki festival gathers 50,000 people along the banks of the Vistula. The Royal Castle was built in 1619."),
		source(2, "Normans", "The Normans gave their name to Normandy, a region in France. Rollo was their first leader."),
		source(3, "Prices", "A badge costs 15 euros. These are paid:\n\n- trains in second class\n- meals on journeys\n"),
	}
	for _, c := range []struct {
		question, reply string
		want            Verdict
	}{
		{"What was there a significant minority of in Warsaw?", "Jews", Supported},
		{"What was there a significant minority of in Warsaw?", "Jews [1].", Supported},
		{"What was there a significant minority of in Warsaw?", "Warsaw", NotAClaim}, // the question again
		{"What was there a significant minority of in Warsaw?", "Normans", Unsupported},
		{"What was there a significant minority of in Warsaw?", "the Royal Castle", Unsupported}, // another matter of the same source
		{"What was there a significant minority of in Warsaw?", "Martians", Unsupported},
		{"How many people gather along the Vistula for the Wianki festival?", "Jews", Unsupported}, // no number
		{"How many people gather along the Vistula for the Wianki festival?", "50,000", Supported},
		{"What gathers along the Vistula for the Wianki festival?", "people", Supported},
		{"Who had a significant minority of Jews before the war?", "Warsaw", Partly}, // the text is about it all along
		{"How many people gather along the Vistula for the Wianki festival?", "1619", Unsupported},
		{"When was the Royal Castle built?", "In 1619.", Supported},
		{"Who was the first leader of the Normans?", "Rollo", Supported},
		{"Who was the first leader of the Normans?", "The answer to this question is: Rollo.", Supported},
		{"Who was Rollo?", "The answer is: Rollo", NotAClaim},
		{"Who was Rollo?", "The answer is not known to the Normans of today.", Unsupported},
		{"Who was the first leader of the Jews?", "Rollo", Partly},
		{"Which journeys are paid for?", "meals", Supported},
		{"What does a badge cost?", "15 euros", Supported},
		{"What does a badge cost?", "20 euros", Unsupported},
		{"What does a badge cost?", "It costs 15 euros.", Supported},
	} {
		v := newVerifier(sources)
		v.ask(c.question)
		s := stream{}
		d := append(s.add(c.reply), s.rest()...)
		got, reasons, f := v.check(d[0])
		if got != c.want {
			t.Errorf("%q %q is %s, want %s: %v", c.question, c.reply, got, c.want, reasons)
		}
		if (got == Supported || got == Partly) != (f != nil) {
			t.Errorf("%q %q is %s and cites %+v", c.question, c.reply, got, f)
		}
	}
}

func TestAnswer_RepliesThatClaimNothingGiveWayToQuotes(t *testing.T) {
	for _, say := range []string{"Paid vacation days", "Sure! Here is the answer:", strings.Repeat("Vacation\n\n", 30), strings.Repeat("Paid vacation days\n", 30)} {
		_, a, err := ask(t, Options{Retriever: enough(hits()...), Model: big, Generator: script{say: words(say)}}, Request{Question: question})
		if err != nil {
			t.Fatal(err)
		}
		if a.Kind != KindQuotes || len(a.Quotes) == 0 || !strings.Contains(a.Note, "said nothing") && !strings.Contains(a.Note, "repeat itself") {
			t.Errorf("%q: %s, note %q", say, a.Kind, a.Note)
		}
	}
}

func TestAnswer_SaysWhatAReplyRepeatsTwiceAtMost(t *testing.T) {
	_, a, err := ask(t, Options{Retriever: enough(hits()...), Model: big, Generator: script{say: words(strings.Repeat("Twenty days\n", 30))}}, Request{Question: question})
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(a.Text, "Twenty days"); a.Kind != KindGenerated || n < 1 || n > sayings || !strings.Contains(a.Note, "repeat itself") {
		t.Errorf("%s with %d times the same: %q, note %q", a.Kind, n, a.Text, a.Note)
	}
}
