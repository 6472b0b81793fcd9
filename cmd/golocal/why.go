package main

import (
	"context"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"golocal"
	"golocal/internal/remark"
	"golocal/watch"
	"golocal/web"
)

// explainer is the app as web.Explainer.
type explainer struct{ a *app }

// Why judges the path by the rules, and adds what the index knows of it.
func (e explainer) Why(ctx context.Context, path string) (web.Why, error) {
	w := e.a.watcher.Why(path)
	y := web.Why{Path: path, Folder: w.Folder, Verdict: string(w.Verdict), Rule: w.Rule, Next: w.Next, Remark: w.Remark, NextRemark: w.NextRemark}
	if w.Ref.Root == 0 {
		return y, nil
	}
	y.Ref = &w.Ref
	if w.Folder {
		return y, nil
	}
	doc, known, err := e.a.index.Document(ctx, w.Ref)
	if err != nil {
		return y, err
	}
	if known {
		y.Document = &doc
		if strings.HasPrefix(doc.Reason, "skipped as secret") && y.Next == "" {
			y.NextRemark = remark.New(remark.RuleAllowNext, shellWord(e.a.rootPath(w.Ref.Root)), shellWord(w.Ref.Path))
			y.Next = remark.Say("en", y.NextRemark)
		}
	}
	y.Waiting = e.a.watcher.Queue().Has(w.Ref)
	return y, nil
}

// Path is where a document's file lies, or lay.
func (e explainer) Path(ctx context.Context, document int64) (string, error) {
	doc, known, err := e.a.index.DocumentByID(ctx, document)
	if err != nil {
		return "", err
	}
	if !known {
		return "", fmt.Errorf("document %d: %w", document, fs.ErrNotExist)
	}
	return e.a.path(doc.Ref), nil
}

// printWhy explains one path.
func (c *cli) printWhy(ctx context.Context, s *session, typed string) error {
	abs, err := filepath.Abs(typed)
	if err != nil {
		return fmt.Errorf("find %s: %w", printableName(typed), err)
	}
	y, err := s.Why(ctx, abs)
	if err != nil {
		return err
	}
	if c.asJSON {
		return c.t.json(y)
	}
	var paused bool
	if y.Ref != nil {
		roots, err := s.Roots(ctx)
		if err != nil {
			return err
		}
		for _, r := range roots {
			paused = paused || r.ID == y.Ref.Root && r.Paused
		}
	}
	c.t.printf("%s", whyText(y, paused))
	return nil
}

// whyText writes the verdict, the rule behind it and the next step.
func whyText(y web.Why, paused bool) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, "  "+format+"\n", args...) }
	fmt.Fprintf(&b, "%s: %s\n", shortPath(y.Path), bold.Render(whyHead(y, paused)))
	line("rule: %s", printableName(y.Rule))
	if d := y.Document; d != nil {
		if d.Reason != "" && d.Reason != y.Rule {
			line("reason: %s", printableName(d.Reason))
		}
		for _, n := range d.Notes {
			line("note: %s", printableName(n))
		}
	}
	if paused && y.Waiting {
		line("next: golocal resume goes on with its folder")
	}
	if y.Next != "" && (y.Document == nil || y.Document.State != golocal.StateReady) {
		line("next: %s", printableName(y.Next))
	}
	return b.String()
}

// whyHead is the state in a few words.
func whyHead(y web.Why, paused bool) string {
	d := y.Document
	switch {
	case y.Folder && y.Verdict == string(watch.Taken):
		return "looked into"
	case y.Verdict == string(watch.LeftOut):
		return "left out"
	case y.Verdict == string(watch.Outside), y.Verdict == string(watch.Absent) && d == nil:
		return "not indexed"
	case y.Verdict == string(watch.Absent):
		return "gone, about to leave the index"
	case y.Waiting && paused:
		return "waits, its folder is paused"
	case y.Waiting && d == nil:
		return "about to be read"
	case d == nil:
		return "not read yet; golocal sync reads it now"
	case y.Waiting && d.State == golocal.StateReady:
		return fmt.Sprintf("indexed, %s; about to be looked at again", plural(d.Chunks, "passage"))
	case d.State == golocal.StateReady:
		return "indexed, " + plural(d.Chunks, "passage")
	}
	return string(d.State)
}

// shellWord is s as one word of a command line.
func shellWord(s string) string {
	if s == "" || strings.ContainsAny(s, " '\"\\$`&;|<>()*?[]!#~\n\t") {
		return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
	}
	return s
}
