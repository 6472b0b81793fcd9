//go:build e2e

package e2e

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	"golocal/web"
)

// TestStatus_TellsOfDamage breaks the seal of a passage, which no start looks
// at. A daemon that meets it goes on, and its status says what helps.
func TestStatus_TellsOfDamage(t *testing.T) {
	t.Parallel()
	dir := folder(t, handbook())
	write(t, filepath.Join(dir, "zebra.md"), "# Zebrafish\n\nThe zebrafish swims in the upper lake.\n")
	h := newHome(t)
	h.run("add", dir).want(t, 0)
	db, err := sql.Open("sqlite", "file:"+h.indexFile())
	if err != nil {
		t.Fatal(err)
	}
	done, err := db.Exec("UPDATE chunk SET seal = seal + 1 WHERE doc = (SELECT id FROM document WHERE path = CAST('zebra.md' AS BLOB))")
	if err != nil {
		t.Fatal(err)
	}
	if n, err := done.RowsAffected(); n == 0 || err != nil {
		t.Fatalf("%d passages damaged, %v", n, err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}

	s := h.serve("serve")
	status := func() web.Status { return decode[web.Status](t, h.run("status", "--json").want(t, 0)) }
	if tr := status().Index.Trouble; tr != nil {
		t.Fatalf("before anybody met it: %+v", tr)
	}
	if r := h.run("search", "--no-sync", "zebrafish").want(t, 0); strings.Contains(r.out, "zebra.md") {
		t.Errorf("a damaged passage was shown: %s", r.out)
	}
	st := status()
	if st.Index.Trouble == nil || st.Index.Trouble.Code != "index_damaged" || len(st.Roots) != 1 {
		t.Errorf("after it: %+v, %d folders", st.Index.Trouble, len(st.Roots))
	}
	contains(t, "status", h.run("status").out, []string{"the index file is damaged; golocal repair"})
	h.run("search", "--no-sync", "vacation").want(t, 0)
	s.stop()
	h.run("repair").want(t, 0)
	contains(t, "after the repair", h.run("search", "zebrafish").want(t, 0).out, []string{"zebra.md"})
}
