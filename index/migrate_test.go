package index

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"golocal"
)

// versionOne makes the index that the first version of golocal would have
// written: one document with a vector.
func versionOne(t testing.TB, dir string) golocal.Document {
	t.Helper()
	must(t, os.Mkdir(dir, 0o700))
	path := filepath.Join(dir, fileName)
	old, err := openDatabase(path, migrations[:1])
	must(t, err)
	doc, chunks := document(1, "old.md", "Twelve boats lie in the harbour.")
	doc.Title, doc.Chunks = "Harbour", 1
	c := chunks[0]
	r := newChunkRow(doc, c)
	sections, err := json.Marshal([]golocal.Section{{Kind: golocal.KindParagraph, Span: golocal.Span{End: len(doc.Text)}}})
	must(t, err)
	vec := encode(vector(c.Input))
	must(t, old.update(t.Context(), false, func(t *tx) error {
		for _, s := range []struct {
			sql  string
			args []any
		}{
			{`INSERT INTO root (id, path, added) VALUES (1, ?, 0)`, []any{[]byte("/home/me/notes")}},
			{`INSERT INTO document (id, root, path, sum, size, modified, indexed, type, title, pages, blank, chunks, state, reason, parser, length, seal)
				VALUES (1, 1, ?, ?, ?, ?, ?, ?, ?, 0, 0, 1, ?, '', ?, ?, ?)`, []any{[]byte(doc.Ref.Path), doc.Sum[:], doc.Size, nanos(doc.Modified), nanos(doc.Indexed),
				doc.Type, doc.Title, string(doc.State), doc.Parser, len(doc.Text), sealDocument(doc, len(doc.Text))}},
			{`INSERT INTO text (doc, block, data, seal) VALUES (1, 0, ?, ?)`, []any{[]byte(doc.Text), seal([]byte(doc.Text))}},
			{`INSERT INTO section (doc, data, seal) VALUES (1, ?, ?)`, []any{sections, seal(sections)}},
			{`INSERT INTO space (id, model, digest, dims, query, document, tokens, active, retired) VALUES (1, ?, ?, ?, '', '', ?, 1, 0)`,
				[]any{testSpace.Model, testSpace.Digest, testSpace.Dims, testSpace.MaxTokens}},
			{`INSERT INTO vector (id, space, sum, data, seal, unused) VALUES (1, 1, ?, ?, ?, 0)`, []any{c.Sum[:], vec, seal(vec)}},
			{`INSERT INTO chunk (id, doc, ordinal, sum, start, stop, tokens, code, heading, place, lead, whole, vector, seal) VALUES (1, 1, 0, ?, ?, ?, ?, 0, ?, ?, ?, ?, 1, ?)`,
				[]any{r.sum, c.Span.Start, c.Span.End, c.Tokens, r.heading, r.place, r.lead, number(r.whole), chunkFields(r).sum()}},
			{`INSERT INTO posting (rowid, text, heading, title, path) VALUES (1, ?, '', ?, ?)`, []any{segment(c.Text), segment(doc.Title), segment(doc.Ref.Path)}},
		} {
			if err := t.exec(s.sql, s.args...); err != nil {
				return err
			}
		}
		return nil
	}))
	_, err = old.writer.ExecContext(t.Context(), `PRAGMA user_version = 1`) // it did not number commits
	must(t, err)
	must(t, old.close(t.Context()))
	return doc
}

// TestMigrate_KilledAtEveryOperation brings an index of version 1 to this one,
// with the disk stopping, or failing, at the n-th operation: what is there then
// opens, and holds all, and the copy of version 1 is whole.
func TestMigrate_KilledAtEveryOperation(t *testing.T) {
	useFaultyDisk(t)
	start := filepath.Join(t.TempDir(), "data")
	versionOne(t, start)
	original := files(t, start)[fileName]
	for _, how := range []fault{killed, torn, full, broken} {
		for n := range points {
			dir := copyFolder(t, start)
			fail(n, how)
			x, err := Open(dir, Options{})
			left := copyFolder(t, dir)
			met := mended()
			if err == nil {
				must(t, x.Close())
			}
			y := open(t, Options{}, left)
			must(t, y.awaitWords(t.Context()))
			var number int32
			must(t, y.db.readers.QueryRow(`PRAGMA user_version`).Scan(&number))
			if got := match(t, y, "title:harbour boats", golocal.Scope{}); len(got) != 1 || versionOf(number) != len(migrations) {
				t.Errorf("%q in version %d", got, versionOf(number))
			}
			loaded(t, y)
			if got := nearest(t, y, "Twelve boats lie in the harbour.", 1, golocal.Scope{}); len(got) != 1 {
				t.Errorf("by vector: %q", got)
			}
			sound(t, y)
			must(t, y.Close())
			kept := files(t, left)[fileName+".version-1"]
			if old, err := openCopy(t, kept); err != nil || old != 1 {
				t.Errorf("the copy of version 1 (%d bytes, of %d) is version %d, %v", len(kept), len(original), old, err)
			}
			for _, name := range names(t, left) {
				if filepath.Ext(name) == ".part" {
					t.Errorf("%s is left", name)
				}
			}
			if t.Failed() {
				t.Fatalf("operation %d, %v", n, how)
			}
			if !met {
				if n < 20 || err != nil {
					t.Fatalf("only %d operations seen: %v", n, err)
				}
				break
			}
		}
	}
}

// openCopy is the version of a database, which must be whole, with one document.
func openCopy(t *testing.T, data []byte) (version int, err error) {
	path := filepath.Join(t.TempDir(), "copy")
	must(t, os.WriteFile(path, data, 0o600))
	readers, err := openReaders(path, "")
	if err != nil {
		return 0, err
	}
	defer readers.Close()
	var whole string
	var docs int
	err = readers.QueryRow(`SELECT (SELECT * FROM pragma_integrity_check), (SELECT count(*) FROM document), (SELECT * FROM pragma_user_version)`).Scan(&whole, &docs, &version)
	if err == nil && (whole != "ok" || docs != 1) {
		err = fmt.Errorf("%s, %d documents", whole, docs)
	}
	return version, err
}

// TestMigrate_FailsAtEveryStatement fails the n-th statement of the steps.
func TestMigrate_FailsAtEveryStatement(t *testing.T) {
	start := filepath.Join(t.TempDir(), "data")
	versionOne(t, start)
	seen := 0
	for n := 1; ; n++ {
		dir := copyFolder(t, start)
		left := n
		steps := slices.Clone(migrations)
		for i, s := range steps {
			steps[i] = func(t *tx) error {
				t.d.fault = func(string) error {
					if left--; left == 0 {
						return os.ErrDeadlineExceeded
					}
					return nil
				}
				return s(t)
			}
		}
		d, err := openDatabase(filepath.Join(dir, fileName), steps)
		if err == nil {
			must(t, d.close(t.Context()))
		}
		x := open(t, Options{}, dir)
		if got := match(t, x, "boats", golocal.Scope{}); len(got) != 1 {
			t.Fatalf("statement %d: %q", n, got)
		}
		sound(t, x)
		must(t, x.Close())
		if err == nil {
			break
		}
		seen = n
	}
	if seen < 15 {
		t.Errorf("only %d statements seen", seen)
	}
}

// TestMigrate_StartsAgain fails the second of two steps, then lets it pass.
func TestMigrate_StartsAgain(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	x, root := ready(t, Options{}, dir)
	put(t, x, root.ID, "a.md", "kept")
	must(t, x.Close())
	path := filepath.Join(dir, fileName)
	add, now := statements(`CREATE TABLE extra (id INTEGER PRIMARY KEY)`), len(migrations)
	if d, err := openDatabase(path, append(migrations[:now:now], add, statements(`INSERT INTO extra VALUES (1); INSERT INTO nowhere VALUES (1)`))); err == nil {
		d.close(t.Context())
		t.Fatal("a broken step passed")
	}
	d, err := openDatabase(path, append(migrations[:now:now], add, statements(`INSERT INTO extra VALUES (2)`)))
	must(t, err)
	var version, n int
	must(t, d.readers.QueryRow(`PRAGMA user_version`).Scan(&version))
	must(t, d.readers.QueryRow(`SELECT sum(id) FROM extra`).Scan(&n))
	if version&(1<<versionBits-1) != now+2 || n != 2 {
		t.Errorf("version %d, rows %d", version, n)
	}
	must(t, d.close(t.Context()))
	for _, version := range []int{now, now + 1} {
		info, err := os.Stat(fmt.Sprintf("%s.version-%d", path, version))
		must(t, err)
		if info.Mode().Perm() != 0o600 && runtime.GOOS != "windows" {
			t.Errorf("copy has mode %v", info.Mode())
		}
	}
}
