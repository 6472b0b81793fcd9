package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"golocal"
	"golocal/index"
	"golocal/watch"
	"golocal/web"
)

func (c *cli) syncCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "sync [PATH…]",
		Short: "Return when the index equals the folders, or those that the paths lie in",
		Long: `Compare the folders with the disk and return when everything that was written
before is searchable. A path may be a watched folder, or any file or folder in
one; of a file it is told how it stands. Where no daemon runs, an index that is being built for
another embedding model is finished too. Where most of a folder had vanished at once its deletion was held;
this command lets it through. Exit code 4 says that some files could not be read;
golocal status --failed names them.`,
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			ctx := cmd.Context()
			s, err := c.connect(ctx)
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, s.close()) }()
			var ids []int64
			var files []string
			for _, a := range args {
				abs, err := filepath.Abs(a)
				if err != nil {
					return fmt.Errorf("sync %s: %w", printableName(a), err)
				}
				y, err := s.Why(ctx, abs)
				if err != nil {
					return fmt.Errorf("sync %s: %w", printableName(a), err)
				}
				if y.Ref == nil {
					return usagef("%s lies in no watched folder; golocal ls lists them, golocal add adds one", printableName(a))
				}
				if !slices.Contains(ids, y.Ref.Root) {
					ids = append(ids, y.Ref.Root)
				}
				if y.Ref.Path != "" && !y.Folder {
					files = append(files, abs)
				}
			}
			if err := c.needModels(ctx, s, false, false); err != nil {
				return err
			}
			if err := c.syncAll(ctx, s, ids, true); err != nil {
				return err
			}
			if len(files) > 0 && len(files) == len(args) {
				return c.syncedFiles(ctx, s, files)
			}
			return c.syncResult(ctx, s, ids)
		},
	}
}

// syncedFiles tells how the files at these paths stand after a sync.
func (c *cli) syncedFiles(ctx context.Context, s *session, paths []string) error {
	var all []web.Why
	missing := 0
	for _, p := range paths {
		y, err := s.Why(ctx, p)
		if err != nil {
			return err
		}
		if d := y.Document; y.Verdict != string(watch.Absent) && (d == nil || d.State != golocal.StateReady) {
			missing++
		}
		all = append(all, y)
	}
	if c.asJSON {
		if err := c.t.json(all); err != nil {
			return err
		}
	} else {
		for _, y := range all {
			c.t.printf("%s", whyText(y, false))
		}
	}
	if missing > 0 {
		return exitStatus{exitPartly, fmt.Sprintf("golocal: %s not searchable", plural(missing, "file"))}
	}
	return nil
}

// syncAll brings the roots up to date, all of them when ids is empty, and
// shows how it goes. confirm lets held deletions through.
func (c *cli) syncAll(ctx context.Context, s *session, ids []int64, confirm bool) error {
	if s.app != nil && s.app.index.ReadOnly() {
		if confirm { // nothing else was asked for
			return index.ErrReadOnly
		}
		return nil
	}
	if len(ids) == 0 {
		ids = []int64{0}
	}
	bar := c.progress()
	defer bar.clear()
	began := time.Now()
	files := 0
	for _, id := range ids {
		for p, err := range s.Sync(ctx, id, confirm) {
			if err != nil {
				return fmt.Errorf("sync: %w", err)
			}
			q := p.Queue
			files = max(files, q.Done)
			bar.set("indexing", int64(q.Done), int64(q.Done+q.Waiting+q.Working), false)
		}
	}
	if s.app != nil && confirm { // nobody else would go on with it
		if err := c.finishBuilding(ctx, s, bar); err != nil {
			return err
		}
	}
	bar.clear()
	if took := time.Since(began).Seconds(); files > 0 && took >= 0.5 && !c.quiet {
		c.t.notef("%s\n", faint.Render(fmt.Sprintf("indexed %s in %.1f s", plural(files, "file"), took)))
	}
	return nil
}

// freshen is syncAll for who only wants to read: where the index takes nothing
// now, what it holds is good enough.
func (c *cli) freshen(ctx context.Context, s *session, ids []int64) error {
	err := c.syncAll(ctx, s, ids, false)
	if code, ok := refusalExit(err); ok && (code == exitFull || code == exitReadOnly) {
		c.t.notef("%s\n", warn.Render("not everything new is found: "+printable(err.Error())))
		return nil
	}
	return err
}

// finishBuilding waits until the index of another embedding model has taken
// over, unless that has to wait itself.
func (c *cli) finishBuilding(ctx context.Context, s *session, bar *progress) error {
	if bar != nil {
		bar.items = "passages"
	}
	for {
		st, err := s.Status(ctx)
		if err != nil {
			return fmt.Errorf("sync: %w", err)
		}
		b := st.Index.Building
		switch {
		case b == nil:
			return nil
		case b.Reason != "":
			bar.clear()
			c.t.notef("%s\n", warn.Render(printable(b.Text)))
			return nil
		}
		bar.set("building the index for "+b.Model, int64(b.Done), int64(b.Total), false)
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// syncResult prints what is indexed now and whether files are missing from it.
func (c *cli) syncResult(ctx context.Context, s *session, ids []int64) error {
	st, err := s.Status(ctx)
	if err != nil {
		return err
	}
	if c.asJSON {
		if err := c.t.json(st); err != nil {
			return err
		}
	}
	failed := 0
	for _, r := range st.Roots {
		if len(ids) > 0 && !slices.Contains(ids, r.ID) {
			continue
		}
		failed += r.Documents.Failed
		if !c.asJSON {
			c.t.printf("%s: %s\n", shortPath(r.Path), countsText(r.Documents, r.Chunks))
			if r.Paused {
				c.t.printf("  %s\n", warn.Render("paused; golocal resume goes on with it"))
			}
		}
	}
	if failed > 0 {
		return exitStatus{exitPartly, fmt.Sprintf("golocal: %s could not be read: golocal status --failed", plural(failed, "file"))}
	}
	return nil
}

// countsText writes "14 files, 151 passages; 1 failed, 2 skipped".
func countsText(n web.Counts, chunks int) string {
	s := fmt.Sprintf("%s, %s", plural(n.Ready, "file"), plural(chunks, "passage"))
	sep := "; "
	for _, p := range []struct {
		n    int
		word string
	}{{n.Partly, "read in part"}, {n.Failed, "failed"}, {n.Unstable, "unstable"}, {n.NoText, "without text"}, {n.Unsupported, "of an unsupported type"}, {n.Skipped, "skipped"}} {
		if p.n > 0 {
			s += fmt.Sprintf("%s%d %s", sep, p.n, p.word)
			sep = ", "
		}
	}
	return s
}
