package index

import (
	"crypto/sha256"
	"testing"
	"time"

	"golocal"
)

func TestTouch_RenewsTimesAlone(t *testing.T) {
	x, root := ready(t, Options{})
	put(t, x, root.ID, "a.md", "the passage stays")
	ref := golocal.Ref{Root: root.ID, Path: "a.md"}
	old, _, err := x.Document(t.Context(), ref)
	must(t, err)
	before := match(t, x, "passage", golocal.Scope{})

	touched := old
	touched.Modified, touched.Indexed = time.Unix(1e9, 5), time.Unix(2e9, 7)
	must(t, x.Touch(t.Context(), touched))
	now, ok, err := x.Document(t.Context(), ref)
	must(t, err)
	if !ok || now.ID != old.ID || !now.Modified.Equal(touched.Modified) || !now.Indexed.Equal(touched.Indexed) || now.State != old.State || now.Chunks != old.Chunks {
		t.Errorf("touched document is %+v, was %+v", now, old)
	}
	if got := match(t, x, "passage", golocal.Scope{}); len(got) != 1 || got[0] != before[0] {
		t.Errorf("matches %q after a touch, %q before", got, before)
	}
	sound(t, x)
}

func TestTouch_LeavesOthersAlone(t *testing.T) {
	x, root := ready(t, Options{})
	put(t, x, root.ID, "a.md", "the passage stays")
	ref := golocal.Ref{Root: root.ID, Path: "a.md"}
	old, _, err := x.Document(t.Context(), ref)
	must(t, err)

	replaced := old
	replaced.Sum, replaced.Modified = sha256.Sum256([]byte("other bytes")), time.Unix(1e9, 0)
	must(t, x.Touch(t.Context(), replaced))
	if now, _, err := x.Document(t.Context(), ref); err != nil || !now.Modified.Equal(old.Modified) {
		t.Errorf("a touch with another sum changed the document: %v, %v", now.Modified, err)
	}
	unknown := golocal.Document{Ref: golocal.Ref{Root: root.ID, Path: "none.md"}}
	must(t, x.Touch(t.Context(), unknown))
	if _, ok, err := x.Document(t.Context(), unknown.Ref); err != nil || ok {
		t.Errorf("a touch made a document: %v, %v", ok, err)
	}
}
