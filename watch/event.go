package watch

import (
	"errors"
	"io/fs"
	"slices"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"
	"golocal"
)

// handle works off the events that came in.
func (t *tree) handle() {
	events, lost, cause := t.events.take()
	if t.dir == nil {
		return
	}
	if lost {
		// What moved meanwhile is unknown, so every watch is set anew.
		t.w.opt.Log.Info("events were lost, comparing the whole root", "root", t.root.ID, "err", cause)
		t.deafen()
		t.folders, t.inodes = &folder{}, make(map[inode]*folder)
		t.listen()
		if t.scan != nil {
			t.waiting = append(t.scan.requests, t.waiting...)
			t.scan.close()
			t.scan = nil
		}
		t.excused = true
		t.soil("")
		return
	}
	look := newLooker(t)
	files := make(map[string]bool)
	for _, ev := range events {
		rel, ok := below(t.root.Path, ev.Name)
		if !ok {
			continue
		}
		if rel == "" {
			if ev.Has(fsnotify.Remove|fsnotify.Rename) && !t.check() {
				return
			}
			continue
		}
		if t.folderEvent(ev, rel) {
			look = newLooker(t)
			continue
		}
		dir, name := split(rel)
		if slices.Contains(ignoreNames, name) {
			t.soil(dir)
		}
		files[rel] = files[rel] || foldsNames && ev.Has(fsnotify.Remove|fsnotify.Rename)
	}
	for rel, spelling := range files {
		v := look.at(rel, spelling)
		t.report(rel, v)
		if v.fate == take && linked(v.info) {
			t.nextFull = earlier(t.nextFull, time.Now().Add(t.pollEvery()))
		}
		if t.scan != nil {
			t.scan.late[rel] = true
		}
	}
}

// folderEvent handles ev if it is about a folder.
func (t *tree) folderEvent(ev fsnotify.Event, rel string) bool {
	seen := t.folders.find(rel)
	switch {
	case seen != nil && ev.Has(fsnotify.Remove|fsnotify.Rename):
		// The watches below keep their old paths after a rename, so they go;
		// where the folder went, its arrival is another event.
		t.forget(seen)
		t.soil(rel)
		return true
	case ev.Has(fsnotify.Create):
		fi, err := t.dir.Lstat(rel)
		if err != nil || !fi.IsDir() {
			return false
		}
		if seen != nil {
			t.forget(seen)
		}
		dir, _ := split(rel)
		if above := t.folders.find(dir); seen != nil || above == nil || t.enters(rel, above.rules) == (cause{}) {
			t.soil(rel)
		}
		return true
	case seen != nil && ev.Has(fsnotify.Chmod):
		f, err := openQuietly(t.dir, rel)
		if err == nil {
			f.Close()
		}
		if seen.unreadable || errors.Is(err, fs.ErrPermission) {
			t.soil(rel)
		}
		return true
	case seen == nil && ev.Has(fsnotify.Chmod):
		// A folder that could not be looked into before.
		fi, err := t.dir.Lstat(rel)
		return err == nil && fi.IsDir()
	}
	return seen != nil
}

// forget drops a folder, all below it, and their watches.
func (t *tree) forget(f *folder) {
	for sub := range f.all {
		t.unwatch(sub)
		if sub.known && t.inodes[sub.id] == sub {
			delete(t.inodes, sub.id)
		}
	}
	if f.above != nil {
		delete(f.above.within, f.name)
	}
}

func (t *tree) unwatch(f *folder) {
	if f.watched && t.notify != nil {
		// An error says that the system has dropped the watch already.
		_ = t.notify.remove(t.absolute(f.path()))
	}
	f.watched = false
}

// watch sets a watch on f, which was opened and is id where known.
func (t *tree) watch(f *folder, id inode, known bool) {
	if known {
		if other := t.inodes[id]; other != nil && other != f {
			// The folder was moved here, and the event that says so is on its
			// way. A watch set now would be the old one, which goes with the
			// old path. Only a folder mounted twice really has two paths.
			path := other.path()
			if fi, err := t.dir.Lstat(dirName(path)); err != nil || !isInode(fi, id) {
				if !inside(f.path(), path) {
					t.forget(other)
				}
				t.soil(path)
			}
		}
		if f.known && f.id != id {
			if t.inodes[f.id] == f {
				delete(t.inodes, f.id)
			}
			t.unwatch(f)
		}
		f.id, f.known = id, true
		t.inodes[id] = f
	}
	if t.remoteKind != "" {
		return
	}
	if t.notify == nil {
		f.unheard = true
		return
	}
	if t.scan.exhausted && !f.watched {
		f.unheard = true
		return
	}
	err := t.notify.add(t.absolute(f.path()))
	switch {
	case err == nil:
		if !f.watched {
			f.since = t.scan.number
		}
		f.watched = true
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		// It went again; its parent's watch tells.
		f.watched = false
	case errors.Is(err, fs.ErrPermission):
		f.watched = false
	default:
		f.watched = false
		f.unheard = true
		if _, ok := watchLimit(err); ok {
			t.scan.exhausted = true
		}
		t.exhausted(err)
	}
}

func isInode(fi fs.FileInfo, id inode) bool {
	got, ok := inodeOf(fi)
	return ok && got == id
}

// report acts on what a look at the file at rel gave.
func (t *tree) report(rel string, v verdict) {
	ref := golocal.Ref{Root: t.root.ID, Path: rel}
	switch v.fate {
	case take:
		t.back(rel)
		t.w.queue.add(golocal.Change{Ref: ref, Op: golocal.Upsert}, v.weight())
	case skip:
		t.back(rel)
		t.w.queue.add(golocal.Change{Ref: ref, Op: golocal.Skip, Reason: v.reason(), Why: &v.why}, v.weight())
	case gone:
		t.lose(rel)
	}
}

// back says that the file at rel is there.
func (t *tree) back(rel string) {
	delete(t.gone, rel)
	delete(t.held, rel)
}
