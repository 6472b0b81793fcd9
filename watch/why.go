package watch

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golocal"
	"golocal/internal/remark"
)

// Verdict is what the rules make of a path.
type Verdict string

// The verdicts.
const (
	Taken   Verdict = "taken"     // to be indexed
	Listed  Verdict = "listed"    // not read, but listed as skipped with Reason
	LeftOut Verdict = "left out"  // a rule keeps it out
	Absent  Verdict = "not there" // there is nothing at the path, or it cannot be looked at
	Outside Verdict = "outside"   // in no watched folder
)

// Why tells what becomes of a path, and which rule decides.
type Why struct {
	Path       string      // absolute, as asked
	Ref        golocal.Ref // Root is 0 outside
	Folder     bool        // it is a folder
	Verdict    Verdict
	Rule       string         // one line: what decides; of Taken what takes it
	Next       string         // what the user can do about it, may be ""
	Remark     golocal.Remark // Rule
	NextRemark golocal.Remark // Next
}

// Why tells what becomes of the file or folder at the absolute path by the
// rules as they stand on the disk now. It reads no file but ignore files.
func (w *Watcher) Why(path string) (y Why) {
	y.Path = path
	defer func() { y.Rule, y.Next = remark.Say("en", y.Remark), remark.Say("en", y.NextRemark) }()
	clean := filepath.Clean(path)
	c, rel, ok := w.innermost(clean)
	if !ok { // the way to it may lead through a link above the root
		if real, err := filepath.EvalSymlinks(filepath.Dir(clean)); err == nil {
			c, rel, ok = w.innermost(filepath.Join(real, filepath.Base(clean)))
		}
	}
	if !ok {
		y.Verdict, y.Remark, y.NextRemark = Outside, remark.New(remark.RuleOutside), remark.New(remark.RuleOutsideNext)
		return y
	}
	y.Ref = golocal.Ref{Root: c.root.ID, Path: rel}
	dir, err := os.OpenRoot(c.root.Path)
	if err != nil {
		y.Verdict, y.Remark = Absent, missingRemark(err)
		return y
	}
	defer dir.Close()
	if rel == "" {
		y.Folder, y.Verdict, y.Remark = true, Taken, remark.New(remark.RuleRoot)
		return y
	}
	w.decide(&y, c, dir)
	return y
}

// innermost returns the rules of the root that the clean path lies in.
func (w *Watcher) innermost(path string) (c *choice, rel string, ok bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, t := range w.trees {
		if r, in := below(t.root.Path, path); in && (!ok || len(r) < len(rel)) {
			c, rel, ok = t.choice.Load(), r, true
		}
	}
	return c, rel, ok
}

// decide goes down to y.Ref.Path and stops at the first rule that keeps it out.
func (w *Watcher) decide(y *Why, c *choice, dir *os.Root) {
	rel := y.Ref.Path
	in, _ := loadRules(dir, "", nil)
	for at := range ancestors(rel + "/") {
		fi, err := dir.Lstat(at)
		last := at == rel
		switch {
		case vanished(err):
			y.Verdict, y.Remark = Absent, remark.New(remark.RuleAbsent)
			return
		case err != nil:
			y.Verdict, y.Remark = Absent, remark.New(remark.RuleUnseen, errorCause(err).Error())
			return
		case last && !fi.IsDir():
			y.file(c, in, fi)
			return
		case fi.Mode()&fs.ModeSymlink != 0:
			y.keptOut(c, at, cause{by: byLink})
			return
		case !fi.IsDir():
			y.Verdict, y.Remark = Absent, remark.New(remark.RuleNoFolder, at)
			return
		}
		if w.own(filepath.Join(c.root.Path, filepath.FromSlash(at))) {
			y.keptOut(c, at, cause{by: byOwn})
			return
		}
		if k := c.enters(at, in); k.by != byNothing {
			y.keptOut(c, at, k)
			return
		}
		if pseudo(filepath.Join(c.root.Path, filepath.FromSlash(at))) {
			y.keptOut(c, at, cause{by: byKernel})
			return
		}
		in, _ = loadRules(dir, at, in)
	}
	y.Folder, y.Verdict, y.Remark = true, Taken, remark.New(remark.RuleNone)
}

// keptOut says that the folder at, which is the path or lies above it, is not
// looked into.
func (y *Why) keptOut(c *choice, at string, k cause) {
	y.Verdict, y.NextRemark = LeftOut, k.next(c, at)
	if at == y.Ref.Path {
		y.Folder = k.by != byLink
		y.Remark = k.text(c, "")
		return
	}
	name := at[strings.LastIndexByte(at, '/')+1:]
	y.Remark = remark.New(remark.RuleAbove, at, k.text(c, name))
}

// file says what becomes of a file.
func (y *Why) file(c *choice, in *rules, fi fs.FileInfo) {
	v := c.judge(y.Ref.Path, in, fi)
	y.NextRemark = v.cause.next(c, y.Ref.Path)
	switch v.fate {
	case take:
		y.Verdict, y.Remark = Taken, c.takes(y.Ref.Path, in)
	case skip:
		y.Verdict, y.Remark = Listed, v.why
		switch {
		case v.cause.by == bySecret:
			y.NextRemark = remark.New(remark.RuleAllowNext, quoted(c.root.Path), quoted(y.Ref.Path))
		case c.capByOwn && fi.Size() > c.most:
			y.NextRemark = remark.New(remark.RuleMaxNext, quoted(c.root.Path))
		case fi.Mode().IsRegular() && fi.Size() > c.most:
			y.NextRemark = remark.New(remark.RuleConfigNext)
		}
	default:
		y.Verdict, y.Remark = LeftOut, v.cause.text(c, "")
	}
}

// takes says what takes the file at rel in.
func (c *choice) takes(rel string, in *rules) golocal.Remark {
	if p := in.decides(rel, false); p != nil && p.keep {
		return cause{by: byIgnore, pattern: p}.text(c, "")
	}
	if _, name := split(rel); slices.Contains(ignoreNames, name) {
		return remark.New(remark.RuleAskedSettings)
	}
	if c.allow[rel] {
		return remark.New(remark.RuleAllowed)
	}
	return remark.New(remark.RuleNone)
}

// quoted is s as one word of a command line, where that is simple.
func quoted(s string) string {
	if strings.ContainsAny(s, " '\"\\$`&;|<>()*?[]!#~") {
		return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
	}
	return s
}
