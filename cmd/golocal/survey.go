package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"time"

	"golocal"
	"golocal/ingest/parse"
	"golocal/internal/remark"
	"golocal/watch"
	"golocal/web"
)

// surveyor is the app as web.Surveyor.
type surveyor struct{ a *app }

// surveyTime bounds the walk of a survey: whoever asks waits for it.
const surveyTime = 8 * time.Second

// The most of each that a survey names; the rest is summed up.
const (
	surveyTypes   = 12
	leftExamples  = 3
	moreExamples  = 5
	sampleMinimum = 5 // files of a type that tell how many passages others have
)

// walk surveys for as long as it may take; whole tells whether it came to the end.
func (s surveyor) walk(ctx context.Context, path string, rules []golocal.Rules, see func(watch.Seen)) (whole bool, err error) {
	bounded, cancel := context.WithTimeout(ctx, surveyTime)
	defer cancel()
	err = s.a.watcher.Survey(bounded, path, rules, see)
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		return false, nil
	}
	return err == nil, err
}

func (s surveyor) Survey(ctx context.Context, path string) (web.Survey, error) {
	clean, err := watch.CheckRoot(path, s.a.c.paths.own())
	if err != nil {
		return web.Survey{Problem: err.Error(), Remark: remark.By(err)}, nil
	}
	out := web.Survey{Path: clean}
	roots, err := s.a.index.Roots(ctx)
	if err != nil {
		return out, err
	}
	out.Watched = slices.ContainsFunc(roots, func(r golocal.Root) bool { return r.Path == clean })
	t := newTally()
	if out.Whole, err = s.walk(ctx, clean, []golocal.Rules{{}}, t.see); err != nil {
		return out, err
	}
	out.Files, out.Bytes, out.Types, out.Left = t.files, t.bytes, t.sorted(), t.leftOut()
	per, err := s.passagesPerByte(ctx)
	if err != nil {
		return out, err
	}
	passages := 0.0
	for _, c := range t.types {
		passages += max(float64(c.Files), per(c.Type)*float64(c.Bytes))
	}
	out.Passages = int(passages)
	if perSecond := s.a.embedding.perSecond(); perSecond > 0 {
		out.Seconds = passages / perSecond
	} else if perSecond := s.a.growth.pace(); perSecond > 0 { // of an earlier day
		out.Seconds = passages / perSecond
	}
	return out, nil
}

// tally sums up a survey by the first of its rules.
type tally struct {
	files int
	bytes int64
	types map[string]*web.TypeCount
	left  map[watch.Cause]*web.LeftOut
}

func newTally() *tally {
	return &tally{types: map[string]*web.TypeCount{}, left: map[watch.Cause]*web.LeftOut{}}
}

func (t *tally) see(s watch.Seen) {
	if s.Judged[0].Verdict == watch.Taken {
		t.files++
		t.bytes += s.Size
		kind := parse.TypeByName(s.Path[lastSlash(s.Path):])
		c := t.types[kind]
		if c == nil {
			c = &web.TypeCount{Type: kind}
			t.types[kind] = c
		}
		c.Files++
		c.Bytes += s.Size
		return
	}
	cause := s.Judged[0].Cause
	l := t.left[cause]
	if l == nil {
		l = &web.LeftOut{Cause: string(cause), Examples: []string{}}
		t.left[cause] = l
	}
	name := s.Path
	if s.Folder {
		l.Folders++
		name += "/"
	} else {
		l.Files++
		l.Bytes += s.Size
	}
	if len(l.Examples) < leftExamples {
		l.Examples = append(l.Examples, printableName(name))
	}
}

// sorted are the types, most files first; all after the first few are one of
// type "".
func (t *tally) sorted() []web.TypeCount {
	var out []web.TypeCount
	for _, c := range t.types {
		out = append(out, *c)
	}
	slices.SortFunc(out, func(a, b web.TypeCount) int {
		return cmp.Or(cmp.Compare(b.Files, a.Files), cmp.Compare(a.Type, b.Type))
	})
	if len(out) <= surveyTypes {
		return out
	}
	rest := web.TypeCount{}
	kept := slices.DeleteFunc(slices.Clone(out[:surveyTypes-1]), func(c web.TypeCount) bool { return c.Type == "" })
	for _, c := range out {
		if !slices.Contains(kept, c) {
			rest.Files, rest.Bytes = rest.Files+c.Files, rest.Bytes+c.Bytes
		}
	}
	return append(kept, rest)
}

func (t *tally) leftOut() []web.LeftOut {
	out := []web.LeftOut{}
	for _, cause := range slices.Sorted(maps.Keys(t.left)) {
		out = append(out, *t.left[cause])
	}
	slices.SortStableFunc(out, func(a, b web.LeftOut) int { return cmp.Compare(b.Files+b.Folders, a.Files+a.Folders) })
	return out
}

func lastSlash(path string) int {
	for i := len(path) - 1; i >= 0; i-- {
		if path[i] == '/' {
			return i + 1
		}
	}
	return 0
}

// usualPassages is how many bytes of a file of a type make a passage, where too
// few were read here to tell: about 900 bytes of plain text, and as much more as
// the formats add. A type that is not named is taken for no document: its files
// cost one look.
var usualPassages = map[string]float64{
	parse.Markdown: 900, parse.Text: 900, parse.Code: 900, "csv": 900, "json": 1500, "xml": 3000, parse.HTML: 4000,
	parse.PDF: 15_000, "docx": 8000, "odt": 8000, "rtf": 4000, "pptx": 40_000, "odp": 40_000, "xlsx": 2500, "ods": 2500, "epub": 3000,
	parse.Mail: 4000, parse.Mailbox: 4000, "doc": 12_000, "ppt": 40_000, "xls": 4000,
}

// passagesPerByte tells how many passages a byte of a type makes: by the files
// that are indexed where there are enough of them.
func (s surveyor) passagesPerByte(ctx context.Context) (func(kind string) float64, error) {
	type seen struct {
		files, chunks int
		bytes         int64
	}
	by := map[string]*seen{}
	for d, err := range s.a.index.Documents(ctx, 0) {
		if err != nil {
			return nil, err
		}
		if d.State != golocal.StateReady {
			continue
		}
		if by[d.Type] == nil {
			by[d.Type] = &seen{}
		}
		of := by[d.Type]
		of.files++
		of.chunks += d.Chunks
		of.bytes += d.Size
	}
	return func(kind string) float64 {
		if of := by[kind]; of != nil && of.files >= sampleMinimum && of.bytes > 0 {
			return float64(of.chunks) / float64(of.bytes)
		}
		if usual := usualPassages[kind]; usual > 0 {
			return 1 / usual
		}
		return 0
	}, nil
}

func (s surveyor) Preview(ctx context.Context, root int64, rules golocal.Rules) (web.Preview, error) {
	out := web.Preview{}
	rules, err := watch.CheckRules(rules, s.a.c.config.MaxFileMB)
	if err != nil {
		out.Problem, out.Remark = err.Error(), remark.By(err)
		return out, nil
	}
	roots, err := s.a.index.Roots(ctx)
	if err != nil {
		return out, err
	}
	at := slices.IndexFunc(roots, func(r golocal.Root) bool { return r.ID == root })
	if at < 0 {
		return out, fmt.Errorf("root %d: %w", root, fs.ErrNotExist)
	}
	out.Whole, err = s.walk(ctx, roots[at].Path, []golocal.Rules{roots[at].Rules, rules}, func(f watch.Seen) {
		if f.Folder {
			return
		}
		before, now := f.Judged[0].Verdict == watch.Taken, f.Judged[1].Verdict == watch.Taken
		if before {
			out.Before++
		}
		if now {
			out.Files++
		}
		switch {
		case now && !before:
			changed(&out.More, f)
		case before && !now:
			changed(&out.Fewer, f)
		}
	})
	return out, err
}

func changed(c *web.Changed, f watch.Seen) {
	c.Files++
	c.Bytes += f.Size
	if len(c.Examples) < moreExamples {
		c.Examples = append(c.Examples, printableName(f.Path))
	}
}

func (s surveyor) RetryFailed(ctx context.Context, root int64) (int, error) {
	if root != 0 && s.a.rootPath(root) == "" {
		return 0, fmt.Errorf("root %d: %w", root, fs.ErrNotExist)
	}
	var failed []int64
	for d, err := range s.a.index.Documents(ctx, root) {
		if err != nil {
			return 0, err
		}
		if d.State == golocal.StateFailed {
			failed = append(failed, d.ID)
		}
	}
	n := 0
	for _, id := range failed {
		err := daemon(s).Retry(ctx, id)
		if errors.Is(err, fs.ErrNotExist) {
			continue // it has gone meanwhile
		}
		if err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}
