package ingest

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"golocal"
)

// TestReread reads a file again in every state that it may be in by then.
func TestReread(t *testing.T) {
	for name, c := range map[string]struct {
		change          func(b *bench, doc *golocal.Document)
		changed, unread bool
	}{
		"as it was":          {func(*bench, *golocal.Document) {}, false, false},
		"touched":            {func(b *bench, _ *golocal.Document) { b.write("a.md", "# Title\n\nThe text.\n") }, false, false},
		"written to":         {func(b *bench, _ *golocal.Document) { b.write("a.md", "# Title\n\nThe next.\n") }, true, false},
		"gone":               {func(b *bench, _ *golocal.Document) { os.Remove(filepath.Join(b.folder.dir, "a.md")) }, true, false},
		"folder missing":     {func(b *bench, _ *golocal.Document) { b.folder.fault = golocal.ErrMissing }, false, true},
		"not to be read":     {func(b *bench, _ *golocal.Document) { b.folder.fault = fs.ErrPermission }, false, true},
		"by another version": {func(_ *bench, d *golocal.Document) { d.Parser = "golocal parser 0" }, false, true},
	} {
		b := newBench(t, nil)
		b.write("a.md", "# Title\n\nThe text.\n")
		doc := b.apply("a.md")
		stored := doc.Text
		c.change(b, &doc)
		now, err := b.Reread(context.Background(), doc)
		changed, unread := new(Changed), new(Unread)
		if errors.As(err, &changed) != c.changed || errors.As(err, &unread) != c.unread || (err == nil) != (!c.changed && !c.unread) {
			t.Errorf("%s: %v", name, err)
		}
		if err == nil && (now.Text != stored || stored == "") {
			t.Errorf("%s: %q, stored %q", name, now.Text, stored)
		}
		if err != nil && err.Error() == "" {
			t.Errorf("%s: no reason", name)
		}
	}
	// The memory of the files under way is given back.
	b := newBench(t, nil)
	b.write("a.md", "# Title\n\nThe text.\n")
	doc := b.apply("a.md")
	before := b.small.used
	if _, err := b.Reread(context.Background(), doc); err != nil || b.small.used != before {
		t.Errorf("%d bytes are held, before %d, %v", b.small.used, before, err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := b.Reread(ctx, doc); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
}
