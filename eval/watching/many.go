package watching

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// many measures a large folder: from nothing, at a start with nothing changed,
// at rest, and when a tree in it is moved.
func (b *bench) many(ctx context.Context) (err error) {
	home, err := b.home("h3")
	if err != nil {
		return err
	}
	dir := filepath.Join(b.Dir, "many")
	b.done("writing files")
	tree := make(map[string]string) // five levels deep
	for i := range b.Moved {
		rel := fmt.Sprintf("tree/a%d/b%d/c%d/d%d/%d.md", i%2, i/2%3, i/6%4, i/24%5, i)
		tree[rel] = fmt.Sprintf("tree%dq", i)
		if err := b.write(dir, rel, b.note(tree[rel])); err != nil {
			return err
		}
	}
	if _, err := b.fill(dir, "many", b.Many-b.Moved); err != nil {
		return err
	}
	b.delay(batchTime)
	began := time.Now()
	d, err := b.start(ctx, home, dir)
	if err != nil {
		return err
	}
	defer func() { err = firstOf(err, d.stop()) }()
	if err := d.settled(ctx, b.Many, func(n int) { b.done(fmt.Sprintf("indexing %d of %d", n, b.Many)) }); err != nil {
		return err
	}
	b.add("new_files_s", fmt.Sprintf("%d new small files, %v for a batch, settled", b.Many, batchTime), "s", time.Since(began).Seconds(), 600)

	b.done("start with nothing changed")
	if d, err = b.unchanged(ctx, d, home, dir); err != nil {
		return err
	}
	if err := b.rest(ctx, d); err != nil {
		return err
	}

	b.done("move of a tree")
	before, began := b.embedded(), time.Now()
	if err := os.Rename(filepath.Join(dir, "tree"), filepath.Join(dir, "moved")); err != nil {
		return err
	}
	want := make(map[string]string)
	for rel, word := range tree {
		if want[word] = "moved" + rel[len("tree"):]; len(want) == 50 {
			break
		}
	}
	if err := d.until(ctx, want); err != nil {
		return err
	}
	if err := d.settled(ctx, b.Many, func(int) {}); err != nil {
		return err
	}
	b.add("move_s", fmt.Sprintf("move of a tree of %d files, five levels deep, settled", b.Moved), "s", time.Since(began).Seconds(), 10)
	if err := d.compared(ctx); err != nil {
		return err
	}
	b.add("move_embeddings", "the same: texts embedded", "texts", b.embedded()-before, 0)
	return nil
}

// unchanged starts golocal anew, without the folder and then with it.
func (b *bench) unchanged(ctx context.Context, d *daemon, home, dir string) (*daemon, error) {
	again := func() (usage, bool, float64, error) {
		if err := d.stop(); err != nil {
			return usage{}, false, 0, err
		}
		began := time.Now()
		next, err := b.start(ctx, home, dir)
		if err != nil {
			return usage{}, false, 0, err
		}
		d = next
		if err := d.compared(ctx); err != nil {
			return usage{}, false, 0, err
		}
		took := time.Since(began).Seconds()
		if _, err := d.at(ctx, "many0q"); err != nil { // the vectors are in memory then
			return usage{}, false, 0, err
		}
		u, ok := used(d.cmd.Process.Pid)
		return u, ok, took, nil
	}
	// Files that are as young as their reading are read once more.
	if err := wait(ctx, 3*time.Second); err != nil {
		return d, err
	}
	if err := d.compared(ctx); err != nil {
		return d, err
	}
	if err := os.Rename(dir, dir+".away"); err != nil {
		return d, err
	}
	base, _, _, err := again()
	if err != nil {
		return d, err
	}
	if err := os.Rename(dir+".away", dir); err != nil {
		return d, err
	}
	before := b.embedded()
	now, ok, took, err := again()
	if err != nil {
		return d, err
	}
	b.add("unchanged_s", fmt.Sprintf("start with %d unchanged files, until all are compared", b.Many), "s", took, 10)
	b.add("unchanged_embeddings", "the same: texts embedded", "texts", b.embedded()-before, 0)
	const what = "the same: memory at most, over a start with the folder away"
	if ok {
		b.add("unchanged_mb", what, "MB", float64(now.peak-base.peak)/1e6, 60)
	} else {
		b.lack("unchanged_mb", what, "MB", 60, "the system does not tell")
	}
	return d, nil
}

// rest leaves golocal alone.
func (b *bench) rest(ctx context.Context, d *daemon) error {
	b.done("settling")
	if err := wait(ctx, min(b.Rest, 30*time.Second)); err != nil {
		return err
	}
	b.done(fmt.Sprintf("nothing for %v", b.Rest))
	embedded := b.embedded()
	before, ok := used(d.cmd.Process.Pid)
	if err := wait(ctx, b.Rest); err != nil {
		return err
	}
	after, still := used(d.cmd.Process.Pid)
	b.add("idle_embeddings", fmt.Sprintf("nothing happens for %v: texts embedded", b.Rest), "texts", b.embedded()-embedded, 0)
	if !ok || !still {
		b.lack("idle_written", "the same: bytes written to the disk", "bytes", 0, "the system does not tell")
		b.lack("idle_processor", "the same: processor time, share of one", "%", 1, "the system does not tell")
		return nil
	}
	b.add("idle_written", "the same: bytes written to the disk", "bytes", float64(after.written-before.written), 0)
	b.add("idle_processor", "the same: processor time, share of one", "%", 100*(after.processor-before.processor).Seconds()/b.Rest.Seconds(), 1)
	return nil
}
