package watching

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// vault changes between two commits of a git history and back.
func (b *bench) vault(ctx context.Context) (err error) {
	const key, unit, bar = "checkout_embeddings", "texts", 1
	what := fmt.Sprintf("git checkout in %d files: texts embedded / texts that are new", b.Vault)
	if _, err := exec.LookPath("git"); err != nil {
		b.lack(key, what, unit, bar, "git is not installed")
		return nil
	}
	home, err := b.home("h2")
	if err != nil {
		return err
	}
	dir := filepath.Join(b.Dir, "vault")
	words, err := b.fill(dir, "vault", b.Vault)
	if err != nil {
		return err
	}
	git := func(args ...string) error {
		cmd := exec.CommandContext(ctx, "git", args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1", "GIT_DIR="+filepath.Join(b.Dir, "vault.git"), "GIT_WORK_TREE="+dir)
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("git %v: %w: %s", args, err, out)
		}
		return nil
	}
	commit := func(tag string) error {
		return firstOf(git("add", "-A"), git("-c", "user.name=bench", "-c", "user.email=bench@example.org", "commit", "-q", "-m", tag), git("tag", tag))
	}
	if err := firstOf(git("init", "-q"), commit("first")); err != nil {
		return err
	}
	// Of eight changed files four are written anew, one is new, one is gone, and two are moved.
	documents, fresh, i := b.Vault, 0, 0
	for rel := range words {
		path := filepath.Join(dir, rel)
		var err error
		switch i % 8 {
		case 0, 1, 2, 3:
			fresh++
			err = b.write(dir, rel, b.note(fmt.Sprintf("changed%dq", i)))
		case 4:
			fresh++
			documents++
			err = b.write(dir, fmt.Sprintf("new/%d.md", i), b.note(fmt.Sprintf("new%dq", i)))
		case 5:
			documents--
			err = os.Remove(path)
		default:
			err = errors.Join(os.MkdirAll(filepath.Join(dir, "moved"), 0o755), os.Rename(path, filepath.Join(dir, "moved", filepath.Base(path))))
		}
		if err != nil {
			return err
		}
		if i++; i == b.Changed {
			break
		}
	}
	if err := firstOf(commit("second"), git("checkout", "-q", "first")); err != nil {
		return err
	}
	b.delay(batchTime)
	d, err := b.start(ctx, home, dir)
	if err != nil {
		return err
	}
	defer func() { err = firstOf(err, d.stop()) }()
	if err := d.settled(ctx, b.Vault, func(n int) { b.done(fmt.Sprintf("indexing %d of %d", n, b.Vault)) }); err != nil {
		return err
	}
	b.done("git checkout")
	before, began := b.embedded(), time.Now()
	if err := git("checkout", "-q", "second"); err != nil {
		return err
	}
	if err := d.settled(ctx, documents, func(int) {}); err != nil {
		return err
	}
	took := time.Since(began).Seconds()
	if err := d.compared(ctx); err != nil {
		return err
	}
	there := b.embedded() - before
	if err := git("checkout", "-q", "first"); err != nil {
		return err
	}
	if err := d.settled(ctx, b.Vault, func(int) {}); err != nil {
		return err
	}
	if err := d.compared(ctx); err != nil {
		return err
	}
	b.add(key, fmt.Sprintf("%s (%d), in %.1f s", what, fresh, took), unit, there/float64(fresh), bar)
	b.add("checkout_back_embeddings", "git checkout back: texts embedded", unit, b.embedded()-before-there, 0)
	return nil
}
