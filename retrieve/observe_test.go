package retrieve

import (
	"testing"

	"golocal"
)

func TestObserved_GivesWhatTheEvidenceComesFrom(t *testing.T) {
	plain := New(Options{Searcher: handbook()})
	var seen []Features
	found, err := plain.Observed(func(f Features) { seen = append(seen, f) }).Retrieve(t.Context(), "how many vacation days?", golocal.Scope{}, 3)
	if err != nil || len(seen) != 1 || Evidence(seen[0]) != found.Evidence {
		t.Errorf("%v, %v, evidence %v", seen, err, found.Evidence)
	}
	if _, err := plain.Retrieve(t.Context(), "how many vacation days?", golocal.Scope{}, 3); err != nil || len(seen) != 1 {
		t.Errorf("the one that it came from tells too: %v, %v", seen, err)
	}
}
