package watching

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// saves measures how soon a save, and the rename of a folder, is seen in a
// search, and what a file that is written all the time costs.
func (b *bench) saves(ctx context.Context) (err error) {
	home, err := b.home("h1")
	if err != nil {
		return err
	}
	dir := filepath.Join(b.Dir, "saved")
	words, err := b.fill(dir, "saved", b.Saved)
	if err != nil {
		return err
	}
	b.delay(batchTime)
	d, err := b.start(ctx, home, dir)
	if err != nil {
		return err
	}
	defer func() { err = firstOf(err, d.stop()) }()
	if err := d.settled(ctx, len(words), func(n int) { b.done(fmt.Sprintf("indexing %d of %d", n, len(words))) }); err != nil {
		return err
	}
	b.done("saves")
	b.delay(textTime)
	var took []float64
	for i := range b.Saves {
		rel := fmt.Sprintf("saved%d/%d.md", (i*37%b.Saved)/100, i*37%b.Saved)
		word := fmt.Sprintf("resaved%dq", i)
		text := b.note(word)
		if err := wait(ctx, time.Duration(b.random.IntN(300))*time.Millisecond); err != nil {
			return err
		}
		if err := b.write(dir, rel, text); err != nil {
			return err
		}
		began := time.Now()
		if err := d.until(ctx, map[string]string{word: rel}); err != nil {
			return err
		}
		took = append(took, time.Since(began).Seconds())
		words[rel] = word
	}
	b.add("save_p95_s", fmt.Sprintf("save to found by a search, folder of %d files, quiet time of %v and %v of embedding included, p95", b.Saved, quiet, textTime),
		"s", quantile(took, .95), .8)

	b.done("renames of a folder")
	if took, err = b.renames(ctx, d, dir, words); err != nil {
		return err
	}
	b.add("rename_max_s", "rename of a folder of 100 of them to all found at the new place, slowest", "s", slices.Max(took), 2)
	return b.storm(ctx, d, dir)
}

func (b *bench) renames(ctx context.Context, d *daemon, dir string, words map[string]string) (took []float64, err error) {
	at := "saved0"
	for i := range b.Renames {
		to := fmt.Sprint("renamed", i)
		want, files := make(map[string]string), 0 // three of them are searched for
		for rel, word := range words {
			if filepath.Dir(rel) != "saved0" {
				continue
			}
			if files++; len(want) < 3 {
				want[word] = to + "/" + filepath.Base(rel)
			}
		}
		if err := os.Rename(filepath.Join(dir, at), filepath.Join(dir, to)); err != nil {
			return nil, err
		}
		began := time.Now()
		if err := d.moved(ctx, at+"/", to+"/", files); err != nil {
			return nil, err
		}
		if err := d.until(ctx, want); err != nil {
			return nil, err
		}
		took = append(took, time.Since(began).Seconds())
		at = to
	}
	return took, nil
}

// storm writes one file as fast as ten thousand times a second.
func (b *bench) storm(ctx context.Context, d *daemon, dir string) error {
	b.done("one file written without pause")
	before, began, writes := b.embedded(), time.Now(), 0
	f, err := os.Create(filepath.Join(dir, "storm.md"))
	if err != nil {
		return err
	}
	for ; time.Since(began) < b.Storm && ctx.Err() == nil; writes++ {
		if due := time.Duration(writes) * 100 * time.Microsecond; due > time.Since(began) {
			time.Sleep(due - time.Since(began))
		}
		if _, err = f.WriteAt(fmt.Appendf(nil, opening+" of the meter reads %09d.\n", writes), 0); err != nil {
			break
		}
	}
	if err := firstOf(err, f.Close()); err != nil {
		return err
	}
	rate := float64(writes) / time.Since(began).Seconds()
	if err := d.compared(ctx); err != nil {
		return err
	}
	n := b.embedded() - before
	b.add("storm_embeddings", fmt.Sprintf("one file written %.0f times a second for %v: %.0f embeddings, per quiet period", rate, b.Storm, n),
		"", n/(b.Storm.Seconds()/quiet.Seconds()), 1)
	return nil
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// quantile is the least of the values that a share p of them does not exceed.
func quantile(values []float64, p float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[min(len(sorted)-1, int(p*float64(len(sorted))))]
}
