package watch

import (
	"errors"
	"io"
	"os"
	"slices"
	"time"

	"golocal"
	"golocal/internal/remark"
)

// batch is how many entries of a folder are looked at between two looks at the
// events.
const batch = 1000

// scan is a comparison of folders with the catalogue. It goes folder by folder,
// so that its memory does not grow with depth or width.
type scan struct {
	number   int
	full     bool // of the whole root
	release  bool // a person confirmed: deletions are let through
	requests []*request
	prefixes []string
	started  time.Time

	known  known
	queued map[string]golocal.Op // what was in the queue and is not met yet
	late   map[string]bool       // files that events brought meanwhile

	stack  []string // folders to visit
	at     *folder  // being listed
	path   string   // of at
	handle *os.File // of at

	kept      []string // folders that could not be read to the end
	exhausted bool
	tally     tally
}

func (s *scan) close() {
	if s.handle != nil {
		s.handle.Close()
		s.handle = nil
	}
}

// begin starts to compare the dirty folders.
func (t *tree) begin() {
	s := &scan{started: time.Now(), queued: make(map[string]golocal.Op), late: make(map[string]bool)}
	s.prefixes, s.full = outermost(t.dirty)
	// What is in the queue may be in the catalogue soon. Asked before the
	// catalogue, so that nothing slips through between.
	t.w.queue.each(t.root.ID, func(c golocal.Change) {
		if s.covers(c.Ref.Path) {
			s.queued[c.Ref.Path] = c.Op
		}
	})
	if err := t.remember(s); err != nil {
		t.failed(err)
		return
	}
	t.loading[s.full] = time.Since(s.started)
	t.trouble = golocal.Remark{}
	clear(t.dirty)
	if s.full {
		s.requests, t.waiting = t.waiting, nil
		s.release = slices.ContainsFunc(s.requests, func(r *request) bool { return r.release })
	}
	s.requests, t.owed = append(s.requests, t.owed...), nil
	t.visits++
	s.number = t.visits
	for _, p := range s.prefixes {
		dir, _ := split(p)
		above := t.folders.find(dir)
		if p == "" || above != nil && t.enters(p, above.rules) == (cause{}) {
			s.stack = append(s.stack, p)
		}
	}
	t.scan = s
}

// remember fills s with what is indexed of the folders to compare.
func (t *tree) remember(s *scan) error {
	if t.w.opt.Catalogue == nil {
		return nil
	}
	for _, p := range s.prefixes {
		for d, err := range t.w.opt.Catalogue.Documents(t.ctx, t.root.ID, p) {
			if err != nil {
				return err
			}
			if inside(d.Ref.Path, p) {
				s.known.add(d)
			}
		}
	}
	s.known.sort()
	if s.full {
		t.least = len(s.known.records)
	}
	return nil
}

// failed puts the comparison off, as the catalogue does not answer.
func (t *tree) failed(err error) {
	if t.ctx.Err() == nil {
		t.w.opt.Log.Warn("index not read, comparing later", "root", t.root.ID, "err", err)
	}
	t.trouble = remark.New(remark.RootUnknown, err)
	t.dirtyFrom = time.Now().Add(retry)
	t.publish()
	answer(append(t.waiting, t.owed...), err)
	t.waiting, t.owed = nil, nil
}

// outermost returns the folders of the set that lie in no other of it.
func outermost(set map[string]bool) (paths []string, all bool) {
	if set[""] {
		return []string{""}, true
	}
	for p := range set {
		covered := false
		for a := range ancestors(p) {
			covered = covered || set[a]
		}
		if !covered {
			paths = append(paths, p)
		}
	}
	slices.Sort(paths)
	return paths, false
}

// covers tells whether path is compared.
func (s *scan) covers(path string) bool {
	return slices.ContainsFunc(s.prefixes, func(p string) bool { return inside(path, p) })
}

// step does one piece of the comparison.
func (t *tree) step() {
	s := t.scan
	switch {
	case s.handle != nil:
		t.list()
	case len(s.stack) > 0:
		path := s.stack[len(s.stack)-1]
		s.stack = s.stack[:len(s.stack)-1]
		t.visit(path)
	default:
		t.finish()
	}
}

// visit opens the folder at path, watches it and reads its rules.
func (t *tree) visit(path string) {
	s := t.scan
	dir, name := split(path)
	f := t.folders
	if path != "" {
		above := f.find(dir)
		if above == nil { // gone meanwhile, and dirty again
			return
		}
		f = above.add(name)
	}
	f.visit = s.number
	before, err := t.dir.Lstat(dirName(path))
	if err == nil && !before.IsDir() {
		err = os.ErrNotExist
	}
	var handle *os.File
	if err == nil {
		handle, err = openQuietly(t.dir, dirName(path))
	}
	if err == nil {
		fi, serr := handle.Stat()
		if serr != nil || !os.SameFile(before, fi) {
			handle.Close()
			t.soil(path)
			s.kept = append(s.kept, path)
			return
		}
	}
	if vanished(err) {
		if path != "" {
			t.forget(f)
		}
		return
	}
	f.unreadable = err != nil
	if err != nil {
		s.kept = append(s.kept, path)
		return
	}
	id, known := inodeOf(before)
	if f.above != nil && known && id.dev != f.above.id.dev && pseudo(t.absolute(path)) {
		handle.Close()
		t.forget(f)
		s.tally.ignored++
		return
	}
	if f.unheard = t.mounted(f, id, known); !f.unheard {
		t.watch(f, id, known)
	}
	var above *rules
	if f.above != nil {
		above = f.above.rules
	}
	f.rules = t.load(path, above)
	s.at, s.path, s.handle = f, path, handle
}

// mounted tells whether another file system begins at f, one without events.
func (t *tree) mounted(f *folder, id inode, known bool) bool {
	if !known || f.above == nil || t.remoteKind != "" {
		return false
	}
	f.mount = f.above.mount
	if id.dev != f.above.id.dev {
		_, f.mount = t.w.remote(t.absolute(f.path()))
	}
	return f.mount
}

// list looks at the next entries of the folder that is open.
func (t *tree) list() {
	s := t.scan
	entries, err := s.handle.ReadDir(batch)
	now := time.Now().UnixNano()
	for _, e := range entries {
		rel := join(s.path, e.Name())
		if e.IsDir() {
			switch t.enters(rel, s.at.rules).by {
			case byNothing:
				s.stack = append(s.stack, rel)
			case bySecret:
				s.tally.secret++
			case byLitter, byExclude, byIgnore:
				s.tally.ignored++
			}
			continue
		}
		if e.Type()&os.ModeSymlink != 0 {
			s.tally.links++
			continue
		}
		fi, err := e.Info()
		if vanished(err) {
			continue
		}
		if err != nil {
			s.kept = append(s.kept, rel)
			continue
		}
		t.meet(rel, t.judge(rel, s.at.rules, fi), now)
	}
	if err == nil {
		return
	}
	if !errors.Is(err, io.EOF) {
		s.at.unreadable = true
		s.kept = append(s.kept, s.path)
	}
	s.close()
}

// meet compares the file at rel, which is there, with what is known of it.
func (t *tree) meet(rel string, v verdict, now int64) {
	s := t.scan
	r, queued := s.known.find(rel), s.queued[rel]
	var ok bool
	switch v.fate {
	case take:
		s.tally.files++
		// A worker may have read a file in the queue before it was last written, in a
		// folder that was not watched then.
		ok = queued == golocal.Upsert && t.w.queue.waits(golocal.Ref{Root: t.root.ID, Path: rel}) || queued == 0 && r != nil && !r.stale(v.info, now)
	case skip:
		s.tally.skipped++
		ok = queued == 0 && r != nil && r.skipped && s.known.reasons[r.reason] == v.reason()
	case out:
		s.tally.ignored++
		return
	default:
		return
	}
	if r != nil {
		r.met = true
	}
	delete(s.queued, rel)
	t.back(rel)
	if !ok {
		if v.fate == take && queued == 0 {
			t.missed(rel, r, v.info, time.Unix(0, now))
		}
		t.report(rel, v)
	}
}
