package index

import (
	"context"
	"errors"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"golocal"
)

// none names no document.
var none golocal.Ref

// Reading is what a document's file gives when it is read again.
type Reading struct {
	Text    string // the document's text
	Changed bool   // the file's bytes are others than those that were indexed, or gone; no Text
	Reason  string // one line, "" with a Text: why it cannot be compared
}

// files compares every stored text with what its file gives now. Spans, sections
// and quotes are places in that text, so it proves them all.
func (c *checker) files(ctx context.Context) error {
	known := map[int64]golocal.Root{}
	roots, err := c.x.Roots(ctx)
	if err != nil {
		return err
	}
	for _, r := range roots {
		known[r.ID] = r
	}
	var docs []golocal.Document
	for d, err := range c.x.Documents(ctx, 0) {
		if errors.Is(err, ErrDamaged) {
			continue // said already
		}
		if err != nil {
			return err
		}
		if d.State == golocal.StateReady {
			docs = append(docs, d)
		}
	}
	var mu sync.Mutex // owns what follows, and the report
	done, why := 0, map[string]int{}
	g, group := errgroup.WithContext(ctx)
	g.SetLimit(2 * runtime.GOMAXPROCS(0))
	for _, d := range docs {
		if group.Err() != nil {
			break
		}
		g.Go(func() error {
			now, err := c.Reread(group, known[d.Ref.Root], d)
			if err != nil {
				return err
			}
			stored := d
			if now.Reason == "" && !now.Changed {
				var found bool
				if stored, found, err = c.x.DocumentByID(group, d.ID); err != nil && !errors.Is(err, ErrDamaged) {
					return err
				}
				if err != nil || !found || stored.Sum != d.Sum { // said already, or indexed again meanwhile
					return nil
				}
			}
			mu.Lock()
			defer mu.Unlock()
			switch {
			case now.Changed:
				if len(c.report.Changed) < maxProblems {
					c.report.Changed = append(c.report.Changed, d.Ref)
				}
			case now.Reason != "":
				why[now.Reason]++
			case now.Text != stored.Text:
				c.report.Compared++
				if len(c.report.Problems) < maxProblems {
					c.report.Problems = append(c.report.Problems, Problem{d.Ref, "its stored text is not that of its file, whose bytes have not changed", true})
				}
			default:
				c.report.Compared++
			}
			done++
			c.doing("reading the files again to compare", done, len(docs))
			return nil
		})
	}
	if err := errors.Join(g.Wait(), ctx.Err()); err != nil {
		return err
	}
	for _, reason := range slices.Sorted(maps.Keys(why)) {
		c.report.Uncompared = append(c.report.Uncompared, Uncompared{reason, why[reason]})
	}
	slices.SortFunc(c.report.Changed, func(a, b golocal.Ref) int { return strings.Compare(a.Path, b.Path) })
	return nil
}
