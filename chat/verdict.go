package chat

import (
	"fmt"
	"slices"
	"strings"
)

// judge turns findings into a verdict and its reasons. It is pure.
func judge(f findings, say *wording) (Verdict, []string) {
	var reasons []string
	if f.coverage < someCoverage {
		return Unsupported, []string{say.unproven}
	}
	if f.flipped {
		return Unsupported, []string{say.opposite}
	}
	for _, m := range f.missing {
		reasons = append(reasons, fmt.Sprintf(say.notThere, m.text))
	}
	for _, m := range f.astray {
		reasons = append(reasons, fmt.Sprintf(say.astray, m.text))
	}
	if f.of != nil && len(f.missing)+len(f.astray) == 0 { // a name astray says it already
		reasons = append(reasons, say.saidOf(*f.of))
	}
	switch {
	case len(f.missing) > 0 && f.kept <= len(f.missing):
		return Unsupported, reasons
	case len(reasons) > 0:
		return Partly, reasons
	case f.coverage < fullCoverage, f.plainly < mostPlain:
		return Partly, []string{say.unmentioned(f.words)}
	}
	return Supported, nil
}

// saidOf tells whom the source says it of.
func (w *wording) saidOf(a attribution) string {
	if a.instead == "" {
		return fmt.Sprintf(w.notOf, a.subject)
	}
	return fmt.Sprintf(w.ofOther, a.instead, a.subject)
}

// unmentioned names what of a sentence the source has not.
func (w *wording) unmentioned(words []string) string {
	if len(words) == 0 {
		return w.inPlaces
	}
	return fmt.Sprintf(w.unsaid, strings.Join(words[:min(len(words), 4)], ", "))
}

// support is the share of an answer's claims that are proven, partly ones
// counting half, and the verdict on the whole.
func support(sentences []Sentence) (share float64, whole Verdict) {
	var claims, sum, elsewhere float64
	for _, s := range sentences {
		switch s.Verdict {
		case NotAClaim:
			continue
		case Supported:
			sum++
		case Partly:
			sum += .5
		case NotFromFiles:
			elsewhere++
		}
		claims++
	}
	switch claims {
	case 0:
		return 0, NotAClaim
	case elsewhere:
		return 0, NotFromFiles
	}
	switch share = sum / claims; {
	case share == 1:
		return share, Supported
	case share == 0:
		return share, Unsupported
	}
	return share, Partly
}

// folds tells that less than the share least of what sentences claim of the files is
// proven. What may come from elsewhere says nothing about the rest.
func folds(sentences []Sentence, least float64) bool {
	own := slices.DeleteFunc(slices.Clone(sentences), func(s Sentence) bool { return s.Verdict == NotFromFiles })
	share, verdict := support(own)
	return verdict != NotAClaim && share < least
}
