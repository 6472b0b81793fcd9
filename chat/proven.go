package chat

import "golocal"

// Verify checks one sentence without markers against sources, as each sentence of a
// generated answer is checked: the verdict, and for people why it is no better.
func Verify(sources []golocal.Source, sentence string) (Verdict, []string) {
	verdict, reasons, _ := newVerifier(sources).check(draft{text: sentence})
	return verdict, reasons
}
