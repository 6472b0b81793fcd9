package history

import (
	"strings"

	"golocal"
	"golocal/internal/prose"
)

// alike is the share of words that a sentence must have in common with a quote to
// be what has become of it: with "27 days a year" for "33 days a year" it is about
// .9, and sentences about the same thing that say something else stay below .4.
const alike = .5

// Relocate finds what stands in a text where a quote stood: the quote itself, the
// one nearest to byte at, else the sentence, list entry or row that has most words
// in common with it. same tells that it is the quote; ok that there is anything.
func Relocate(text, quote string, at int) (span golocal.Span, same, ok bool) {
	if quote == "" {
		return span, false, false
	}
	nearest := -1
	for from := 0; ; {
		i := strings.Index(text[from:], quote)
		if i < 0 {
			break
		}
		if i += from; nearest < 0 || abs(i-at) < abs(nearest-at) {
			nearest = i
		}
		from = i + 1
	}
	if nearest >= 0 {
		return golocal.Span{Start: nearest, End: nearest + len(quote)}, true, true
	}
	want := counted(quote)
	best := alike
	for _, u := range prose.Units(text, prose.Wrapped) {
		if u.Kind == prose.Rule {
			continue
		}
		share := dice(want, counted(text[u.Start:u.End]))
		if share > best || ok && share == best && abs(u.Start-at) < abs(span.Start-at) {
			best, span, ok = share, golocal.Span{Start: u.Start, End: u.End}, true
		}
	}
	return span, false, ok
}

func abs(n int) int { return max(n, -n) }

// counted are the stems of a text, each as often as it stands there.
func counted(text string) map[string]int {
	n := map[string]int{}
	for _, w := range prose.Words(text) {
		n[w.Stem]++
	}
	return n
}

// dice is the share of words that two texts have in common, 0 to 1 (Dice, 1945).
func dice(a, b map[string]int) float64 {
	common, all := 0, 0
	for w, n := range a {
		common += min(n, b[w])
		all += n
	}
	for _, n := range b {
		all += n
	}
	if all == 0 {
		return 0
	}
	return 2 * float64(common) / float64(all)
}
