package watch

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"golocal"
)

// Seen is what a survey meets: a file, or a folder that no rules look into.
type Seen struct {
	Path   string // below the folder that is surveyed
	Folder bool
	Size   int64    // of a file, bytes
	Judged []Judged // by the rules asked for, in their order
}

// Judged is what rules make of a file or folder.
type Judged struct {
	Verdict Verdict // Taken, Listed or LeftOut
	Cause   Cause   // of Listed and LeftOut
}

// Cause is what kind of rule or fact keeps a file or folder out.
type Cause string

// The causes.
const (
	CauseLink      Cause = "link"      // links are not followed
	CauseLitter    Cause = "litter"    // what programs leave behind or can make again
	CauseSecret    Cause = "secret"    // its name is that of keys or passwords
	CauseOwn       Cause = "own"       // golocal's own data
	CauseRoot      Cause = "root"      // a watched folder of its own
	CauseKernel    Cause = "kernel"    // it shows the kernel's state
	CauseIgnore    Cause = "ignore"    // a line of an ignore file
	CauseExclude   Cause = "exclude"   // the folder's own rules, as are the next two
	CauseInclude   Cause = "include"   //
	CauseType      Cause = "type"      //
	CauseSettings  Cause = "settings"  // an ignore file itself
	CauseSize      Cause = "size"      // too large
	CauseElsewhere Cause = "elsewhere" // its content is not on this machine
	CauseSpecial   Cause = "special"   // no regular file
	CauseClosed    Cause = "closed"    // it may not be read
)

var causes = map[by]Cause{
	byLink: CauseLink, byLitter: CauseLitter, bySecret: CauseSecret, byOwn: CauseOwn, byRoot: CauseRoot, byKernel: CauseKernel,
	byIgnore: CauseIgnore, byExclude: CauseExclude, byInclude: CauseInclude, byType: CauseType, bySettings: CauseSettings,
}

// seen is a file's verdict as a survey tells it.
func (v verdict) seen() Judged {
	switch v.fate {
	case take:
		return Judged{Verdict: Taken}
	case skip:
		j := Judged{Verdict: Listed, Cause: causes[v.cause.by]}
		switch {
		case j.Cause != "":
		case !v.info.Mode().IsRegular():
			j.Cause = CauseSpecial
		case placeholder(v.info):
			j.Cause = CauseElsewhere
		default:
			j.Cause = CauseSize
		}
		return j
	}
	return Judged{Verdict: LeftOut, Cause: causes[v.cause.by]}
}

// visit is a folder that a survey will look into.
type visit struct {
	rel   string
	above *rules
	out   []Judged // by rules that keep the folder out; the zero Judged lets it in
}

// Survey walks the folder at an absolute path, watched or not, and tells what
// each of several rules would take of it, as a comparison would decide now. It
// opens no file but ignore files, keeps no more in memory than the folders that
// are still to be visited, and ends early with ctx's error.
func (w *Watcher) Survey(ctx context.Context, path string, of []golocal.Rules, see func(Seen)) error {
	path = filepath.Clean(path)
	dir, err := os.OpenRoot(path)
	if err != nil {
		return err
	}
	defer dir.Close()
	choices := make([]*choice, len(of))
	for i, r := range of {
		choices[i] = newChoice(golocal.Root{Path: path, Rules: r}, w.opt)
	}
	s := survey{w: w, path: path, dir: dir, choices: choices, inner: w.rootsBelow(path), see: see}
	if fi, err := dir.Lstat("."); err == nil {
		s.device, _ = inodeOf(fi)
	}
	stack := []visit{{out: make([]Judged, len(of))}}
	for len(stack) > 0 {
		at := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		found, err := s.list(ctx, at)
		if err != nil {
			return err
		}
		stack = append(stack, found...)
	}
	return nil
}

// rootsBelow are the watched folders inside the one at path.
func (w *Watcher) rootsBelow(path string) map[string]bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	inner := map[string]bool{}
	for _, t := range w.trees {
		if rel, in := below(path, t.root.Path); in && rel != "" {
			inner[rel] = true
		}
	}
	return inner
}

// survey is one walk.
type survey struct {
	w       *Watcher
	path    string
	dir     *os.Root
	device  inode
	choices []*choice
	inner   map[string]bool
	see     func(Seen)
}

// list looks at what is in a folder and gives the folders in it to visit.
func (s *survey) list(ctx context.Context, at visit) ([]visit, error) {
	handle, err := openQuietly(s.dir, dirName(at.rel))
	if err != nil {
		if !vanished(err) {
			s.all(at.rel, Judged{LeftOut, CauseClosed})
		}
		return nil, nil
	}
	defer handle.Close()
	in, _ := loadRules(s.dir, at.rel, at.above)
	var found []visit
	for {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		entries, err := handle.ReadDir(batch)
		for _, e := range entries {
			rel := join(at.rel, e.Name())
			if e.IsDir() {
				if v, ok := s.folder(at, rel, in, e); ok {
					found = append(found, v)
				}
				continue
			}
			fi, err := e.Info()
			if err != nil {
				continue // it has gone meanwhile, or cannot be looked at now
			}
			one := Seen{Path: rel, Size: fi.Size(), Judged: make([]Judged, len(s.choices))}
			for i, c := range s.choices {
				if one.Judged[i] = at.out[i]; one.Judged[i] == (Judged{}) {
					one.Judged[i] = c.judge(rel, in, fi).seen()
				}
			}
			s.see(one)
		}
		if errors.Is(err, io.EOF) {
			return found, nil
		}
		if err != nil {
			s.all(at.rel, Judged{LeftOut, CauseClosed})
			return found, nil
		}
	}
}

// folder tells whether any of the rules look into the folder at rel.
func (s *survey) folder(at visit, rel string, in *rules, e fs.DirEntry) (visit, bool) {
	if s.inner[rel] {
		s.all(rel, Judged{LeftOut, CauseRoot})
		return visit{}, false
	}
	abs := filepath.Join(s.path, filepath.FromSlash(rel))
	if s.w.own(abs) {
		s.all(rel, Judged{LeftOut, CauseOwn})
		return visit{}, false
	}
	v, enters := visit{rel: rel, above: in, out: make([]Judged, len(s.choices))}, false
	for i, c := range s.choices {
		if v.out[i] = at.out[i]; v.out[i] != (Judged{}) {
			continue
		}
		if k := c.enters(rel, in); k.by != byNothing {
			v.out[i] = Judged{LeftOut, causes[k.by]}
			continue
		}
		enters = true
	}
	if !enters {
		s.see(Seen{Path: rel, Folder: true, Judged: v.out})
		return v, false
	}
	if fi, err := e.Info(); err == nil {
		if id, known := inodeOf(fi); known && id.dev != s.device.dev && pseudo(abs) {
			s.all(rel, Judged{LeftOut, CauseKernel})
			return v, false
		}
	}
	return v, true
}

// all reports a folder that all rules leave out for one cause.
func (s *survey) all(rel string, j Judged) {
	one := Seen{Path: rel, Folder: true, Judged: make([]Judged, len(s.choices))}
	for i := range one.Judged {
		one.Judged[i] = j
	}
	s.see(one)
}
