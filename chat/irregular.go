package chat

import (
	"strings"

	"golocal/internal/prose"
)

// irregular maps the stems of English past forms to those of their verbs, which
// no stemmer finds: a reply says "built" where the source says "build". Forms
// that are nouns of their own ("saw", "left", "ground", "found") are left out.
var irregular = func() map[string]string {
	m := map[string]string{}
	for line := range strings.Lines(`become became
begin began begun
break broke broken
bring brought
build built
burn burnt
buy bought
catch caught
choose chose chosen
draw drew drawn
drive drove driven
eat ate eaten
fall fell fallen
fight fought
fly flew flown
forbid forbade forbidden
forget forgot forgotten
freeze froze frozen
give gave given
go went gone
grow grew grown
hide hid hidden
hold held
keep kept
know knew known
lend lent
lose lost
make made
pay paid
ride rode ridden
rise rose risen
run ran
sell sold
send sent
shrink shrank shrunk
sing sang sung
sink sank sunk
sleep slept
speak spoke spoken
spend spent
stand stood
steal stole stolen
swear swore sworn
swim swam swum
take took taken
teach taught
throw threw thrown
wear wore worn
win won
write wrote written
`) {
		forms := strings.Fields(line)
		for _, f := range forms[1:] {
			for _, prefix := range []string{"", "re", "under", "over", "with"} {
				m[prefix+f] = prose.Stem(prefix + forms[0])
			}
		}
	}
	return m
}()

// terms are the words of a text with the stems that claims and sources are
// compared by.
func terms(text string) []prose.Word {
	words := prose.Words(text)
	for i, w := range words {
		if s, ok := irregular[w.Fold]; ok {
			words[i].Stem = s
		} else if head, ok := strings.CutSuffix(w.Stem, "is"); ok && len(head) > 3 {
			words[i].Stem = head + "iz" // organise, organize
		}
	}
	return words
}
