package watch

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"golocal"
	"golocal/internal/remark"
)

// check tells whether the root is still there and the same folder; if not, the
// tree is detached.
func (t *tree) check() bool {
	t.checked = time.Now()
	if t.dir == nil {
		t.attach()
		return t.dir != nil
	}
	fi, err := os.Lstat(t.root.Path)
	switch {
	case err != nil:
		t.detach(missingRemark(err), ErrMissing)
	case !fi.IsDir():
		t.detach(remark.New(remark.RootNoFolder), ErrMissing)
	case !os.SameFile(fi, t.self):
		t.detach(remark.New(remark.RootOther), ErrMissing)
		t.attach()
	}
	return t.dir != nil
}

// missingRemark says that a root cannot be reached.
func missingRemark(err error) golocal.Remark {
	return remark.New(remark.RuleUnreachable, errorCause(err).Error())
}

// attach opens the root and marks all of it dirty.
func (t *tree) attach() {
	t.checked = time.Now()
	fi, err := os.Lstat(t.root.Path)
	if err == nil && !fi.IsDir() {
		err = fs.ErrNotExist
	}
	if err != nil {
		t.absent = missingRemark(err)
		return
	}
	stranger := t.self != nil && !os.SameFile(fi, t.self)
	if stranger && emptyFolder(t.root.Path) {
		// The mount point that an unplugged disk leaves behind.
		t.absent = remark.New(remark.RootEmpty)
		return
	}
	dir, err := os.OpenRoot(t.root.Path)
	if err != nil {
		t.absent = missingRemark(err)
		return
	}
	t.dir, t.self, t.absent = dir, fi, golocal.Remark{}
	t.stranger = t.stranger || stranger
	t.folders = &folder{}
	t.inodes = make(map[inode]*folder)
	t.remoteKind = ""
	if kind, ok := t.w.remote(t.root.Path); ok {
		t.remoteKind = kind
		t.w.opt.Log.Info("root is polled", "root", t.root.ID, "filesystem", kind)
	}
	t.hearing = hearing{trusted: t.w.trusted(t.root.Path)}
	t.listen()
	t.soil("")
	t.dirtyFrom = time.Time{}
}

func emptyFolder(path string) bool {
	f, err := os.Open(filepath.Clean(path))
	if err != nil {
		return false
	}
	defer f.Close()
	_, err = f.Readdirnames(1)
	return err == io.EOF
}

// detach lets go of the root, forgets what was found but not given to the
// queue, and answers who waits with err.
func (t *tree) detach(why golocal.Remark, err error) {
	t.deafen()
	if t.dir != nil {
		t.dir.Close()
		if !errors.Is(err, errEnded) {
			t.w.opt.Log.Warn("root is missing, keeping its index", "root", t.root.ID, "reason", remark.Say("en", why))
		}
	}
	t.dir, t.absent = nil, why
	t.folders, t.inodes = nil, nil
	clear(t.gone)
	clear(t.dirty)
	if t.scan != nil {
		answer(t.scan.requests, err)
		t.scan.close()
		t.scan = nil
	}
	answer(append(t.waiting, t.owed...), err)
	t.waiting, t.owed = nil, nil
	t.publish()
}

// listen starts the system's reports, without any watch yet.
func (t *tree) listen() {
	t.unwatched = 0
	if t.remoteKind != "" {
		return
	}
	n, err := t.w.newNotifier()
	if err != nil {
		t.exhausted(err)
		return
	}
	t.notify = n
	t.pumping.Go(func() { t.events.pump(n) })
}

// deafen ends the system's reports.
func (t *tree) deafen() {
	if t.notify == nil {
		return
	}
	t.notify.close()
	t.pumping.Wait()
	t.notify = nil
	t.events.take()
}

// exhausted notes that a watch could not be had, and says so once.
func (t *tree) exhausted(err error) {
	t.remedy, _ = watchLimit(err)
	if !t.warned {
		t.warned = true
		t.w.opt.Log.Warn("not every folder can be watched, the rest is polled", "root", t.root.ID, "err", errorCause(err), "remedy", t.remedy)
	}
}
