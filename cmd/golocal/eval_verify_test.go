package main

import (
	"testing"

	"golocal/eval/verify"
)

// The bars of the check of sentences, on sentences that no limit was chosen with.
func TestEvalVerify_Bars(t *testing.T) {
	r := verify.Run(verify.Make(200, 20, true), verifies)
	if r.WrongFlagged < .95 || r.TrueFlagged > .03 || r.Kinds[verify.Negation].WrongFlagged < .8 || r.Kinds[verify.Swap].WrongFlagged < .9 {
		t.Errorf("%+v", r)
	}
	for _, p := range append(r.Missed, r.Blamed...) {
		t.Logf("%s: %q against %q in %q", p.Kind, p.Wrong, p.True, p.Paragraph)
	}
}
