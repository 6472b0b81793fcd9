package watch

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"
	"syscall"

	"golocal"
	"golocal/internal/remark"
)

// fate is what becomes of a path.
type fate uint8

const (
	keep fate = iota // cannot be told now: what is indexed stays
	gone             // there is no file, or a link
	out              // left out by a rule
	take             // a file to index
	skip             // a file to list with the reason why it is not indexed
)

// verdict is a fate and what it rests on.
type verdict struct {
	fate  fate
	why   golocal.Remark // of skip
	info  fs.FileInfo    // of take and skip
	cause cause
}

func (v verdict) weight() weight {
	return weight{size: v.info.Size(), modified: v.info.ModTime()}
}

func secretReason(rule string) golocal.Remark { return remark.New(remark.SecretName, rule) }

// reason is why a file is skipped, in English: so it is kept.
func (v verdict) reason() string { return remark.Say("en", v.why) }

// judge decides about the file at rel, no folder, under the rules of its folder.
func (c *choice) judge(rel string, r *rules, fi fs.FileInfo) verdict {
	if fi.Mode()&fs.ModeSymlink != 0 {
		return verdict{fate: gone, cause: cause{by: byLink}}
	}
	_, name := split(rel)
	if entry, ok := litterList.match(name); ok {
		return verdict{fate: out, cause: cause{by: byLitter, entry: entry}}
	}
	if p := c.exclude.ignores(rel, false); p != nil {
		return verdict{fate: out, cause: cause{by: byExclude, pattern: p}}
	}
	if p := r.ignores(rel, false); p != nil {
		return verdict{fate: out, cause: cause{by: byIgnore, pattern: p}}
	}
	if !c.wants(rel) {
		return verdict{fate: out, cause: cause{by: byInclude}}
	}
	if !c.takesType(name) {
		return verdict{fate: out, cause: cause{by: byType}}
	}
	if slices.Contains(ignoreNames, name) && !c.names(rel) {
		return verdict{fate: out, cause: cause{by: bySettings, entry: name}}
	}
	v := verdict{fate: skip, info: fi}
	rule, secret := secretFile(rel)
	switch {
	case secret && !c.allow[rel]:
		v.why, v.cause = secretReason(rule), cause{by: bySecret, entry: rule}
	case !fi.Mode().IsRegular():
		v.why = irregular(fi.Mode()).(saying).said
	case placeholder(fi):
		v.why = remark.New(remark.Elsewhere)
	case fi.Size() > c.most:
		v.why = remark.New(remark.TooLargeRule, c.most>>20)
		if c.capByOwn {
			v.why = remark.New(remark.TooLargeFolder, c.most>>20)
		}
	default:
		v.fate = take
	}
	return v
}

// enters decides about the folder at rel under the rules of the folder above;
// no cause says that it is entered.
func (c *choice) enters(rel string, r *rules) cause {
	_, name := split(rel)
	if entry, ok := litterFolderList.match(name); ok {
		return cause{by: byLitter, entry: entry}
	}
	if entry, ok := secretFolder(rel); ok {
		return cause{by: bySecret, entry: entry}
	}
	if p := c.exclude.ignores(rel, true); p != nil {
		return cause{by: byExclude, pattern: p}
	}
	if p := r.ignores(rel, true); p != nil {
		return cause{by: byIgnore, pattern: p}
	}
	return cause{}
}

// judge decides about the file at rel, no folder, under the rules of its folder.
func (t *tree) judge(rel string, r *rules, fi fs.FileInfo) verdict {
	return t.choice.Load().judge(rel, r, fi)
}

// enters decides about the folder at rel under the rules of the folder above.
func (t *tree) enters(rel string, r *rules) cause {
	if slices.Contains(t.inner, rel) {
		return cause{by: byRoot}
	}
	if t.w.own(t.absolute(rel)) {
		return cause{by: byOwn}
	}
	return t.choice.Load().enters(rel, r)
}

// looker judges single paths. It remembers the folders above them, so it must
// not outlive the events or the comparison it was made for.
type looker struct {
	t       *tree
	folders map[string]place
	names   map[string]map[string]bool // of folders, for spelling
}

// place is what a looker knows of a folder: fate take means that it is in.
type place struct {
	fate  fate
	rules *rules
}

func newLooker(t *tree) *looker {
	return &looker{t: t, folders: make(map[string]place)}
}

// at judges the path rel below the root. With spelling, a file that answers to
// rel but is listed under another spelling counts as gone.
func (l *looker) at(rel string, spelling bool) verdict {
	dir, name := split(rel)
	p := l.folder(dir)
	if p.fate != take {
		return verdict{fate: p.fate}
	}
	fi, err := l.t.dir.Lstat(rel)
	switch {
	case vanished(err):
		return verdict{fate: gone}
	case err != nil:
		return verdict{fate: keep}
	case fi.IsDir():
		return verdict{fate: gone} // the folder has its own events
	case spelling && !l.spelled(dir, name):
		return verdict{fate: gone}
	}
	return l.t.judge(rel, p.rules, fi)
}

func (l *looker) folder(rel string) place {
	if rel == "" {
		return place{take, l.t.folders.rules}
	}
	if p, ok := l.folders[rel]; ok {
		return p
	}
	dir, _ := split(rel)
	p := l.folder(dir)
	if p.fate == take {
		fi, err := l.t.dir.Lstat(rel)
		seen := l.t.folders.find(rel)
		switch {
		case l.t.enters(rel, p.rules) != cause{}:
			p.fate = out
		case vanished(err), err == nil && !fi.IsDir():
			p.fate = gone
		case err != nil, seen == nil:
			p.fate = keep // not readable, or about to be compared
		default:
			p.rules = seen.rules
		}
	}
	l.folders[rel] = p
	return p
}

// vanished tells whether err says that there is no such file.
func vanished(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}

// spelled tells whether the folder at dir lists exactly this name.
func (l *looker) spelled(dir, name string) bool {
	names, ok := l.names[dir]
	if !ok {
		names = make(map[string]bool)
		if f, err := openQuietly(l.t.dir, dirName(dir)); err == nil {
			list, _ := f.Readdirnames(-1)
			f.Close()
			for _, n := range list {
				names[n] = true
			}
		}
		if l.names == nil {
			l.names = make(map[string]map[string]bool)
		}
		l.names[dir] = names
	}
	return names[name]
}

// dirName returns rel as an os.Root wants it.
func dirName(rel string) string {
	if rel == "" {
		return "."
	}
	return rel
}

// load reads the ignore files of the folder at rel.
func (t *tree) load(rel string, above *rules) *rules {
	r, err := loadRules(t.dir, rel, above)
	if err != nil {
		t.w.opt.Log.Warn("ignore file not read", "root", t.root.ID, "err", errorCause(err))
	}
	return r
}

// loadRules returns the rules in force in the folder at rel below dir: those of
// its ignore files, and those above. An error tells of one that was left out.
func loadRules(dir *os.Root, rel string, above *rules) (_ *rules, failed error) {
	var patterns []pattern
	for _, name := range ignoreNames {
		f, err := openHere(dir, join(rel, name))
		if err != nil {
			continue
		}
		data, err := io.ReadAll(io.LimitReader(f, maxIgnore))
		f.Close()
		if err != nil {
			failed = err
			continue
		}
		patterns = append(patterns, parseIgnore(join(rel, name), data)...)
	}
	if len(patterns) == 0 {
		return above, failed
	}
	return &rules{above: above, base: rel, patterns: patterns}, failed
}
