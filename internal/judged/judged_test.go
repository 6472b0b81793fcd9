package judged

import (
	"reflect"
	"testing"

	"golocal/eval"
)

func TestCollections_AreWhole(t *testing.T) {
	for name, make := range map[string]func(uint64) Collection{"notices": Notices, "likings": Likings} {
		c := make(1)
		if !reflect.DeepEqual(c, make(1)) || reflect.DeepEqual(c, make(2)) {
			t.Errorf("%s: a seed does not decide", name)
		}
		dir := t.TempDir()
		if err := c.Write(dir); err != nil {
			t.Fatal(err)
		}
		set, err := eval.Read(dir, "test")
		if err != nil {
			t.Fatal(err)
		}
		if len(set.Documents) != len(c.Documents) || len(set.Queries) != len(c.Questions) {
			t.Errorf("%s: %d documents and %d questions are read, %d and %d made", name, len(set.Documents), len(set.Queries), len(c.Documents), len(c.Questions))
		}
		texts, ids := map[string]bool{}, map[string]bool{}
		for _, d := range set.Documents {
			ids[d.ID], texts[d.Text] = true, true
		}
		if len(texts) != len(set.Documents) {
			t.Errorf("%s: two documents say the same", name)
		}
		for q, judged := range set.Judged {
			for d := range judged {
				if !ids[d] {
					t.Errorf("%s: %s is answered by %s, which is not there", name, q, d)
				}
			}
		}
	}
}
