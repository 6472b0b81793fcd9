package main

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"golocal/chat"
)

// shown plays an answer with reasoning to the printer and returns both streams.
func shown(whole bool) (out, err string) {
	var o, e strings.Builder
	t := terminal{out: &o, err: &e}
	p := &answerPrinter{t: t, bar: &progress{t: t, live: true}, notes: reasoning{whole: whole}}
	p.event(chat.Status{Phase: chat.PhaseGenerate, Text: "deep reads the passages"})
	for _, piece := range []string{"Let me see. ", "Source [1]\nsays\x1b[2J ", "thirty."} {
		p.event(chat.Reasoning{Text: piece})
		time.Sleep(4 * time.Second)
	}
	s := chat.Sentence{Text: "A lost key costs 30 euros.", Verdict: chat.Supported}
	p.event(s)
	p.event(chat.Answer{Kind: chat.KindGenerated, Sentences: []chat.Sentence{s}, Text: s.Text, Support: 1, Reasoning: "Let me see."})
	return o.String(), e.String()
}

func TestAnswerPrinter_ReasoningFoldsToALine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out, err := shown(false)
		if strings.Contains(out, "see") || strings.Contains(err, "see") || !strings.Contains(out, "A lost key costs 30 euros.") {
			t.Errorf("out %q, err %q", out, err)
		}
		for _, want := range []string{"reasoning… 0 s", "reasoning… 4 s", "reasoning… 8 s", "reasoned for 12 s; --thinking prints it\n"} {
			if strings.Count(err, want) != 1 {
				t.Errorf("%q is not there once: %q", want, err)
			}
		}
	})
}

func TestAnswerPrinter_ThinkingPrintsIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out, err := shown(true)
		if strings.Contains(out, "see") || !strings.Contains(err, "Let me see. Source [1]\nsays") || !strings.Contains(err, "thirty.\nreasoned for 12 s\n") {
			t.Errorf("out %q, err %q", out, err)
		}
		if strings.Contains(err, "\x1b[2J") || strings.Contains(err, "reasoning…") {
			t.Errorf("err %q", err)
		}
	})
}
