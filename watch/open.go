package watch

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"syscall"

	"golocal"
	"golocal/internal/remark"
)

// Refused says why a file was not opened. It wraps the system's error where
// there is one, so errors.Is finds [fs.ErrNotExist] and [fs.ErrPermission].
type Refused struct {
	Ref  golocal.Ref
	Why  string         // one line for the user, without the file's name
	said golocal.Remark // Why
	Err  error          // may be nil
}

func (e *Refused) Error() string { return fmt.Sprintf("open %q: %s", e.Ref.Path, e.Why) }

// Unwrap returns the system's error.
func (e *Refused) Unwrap() error { return e.Err }

// Reason returns one line for the user, without the file's name.
func (e *Refused) Reason() string { return e.Why }

// Remark is the reason in every language.
func (e *Refused) Remark() golocal.Remark { return e.said }

// refuse is a Refused that a remark explains.
func refuse(ref golocal.Ref, said golocal.Remark, err error) *Refused {
	return &Refused{Ref: ref, Why: remark.Say("en", said), said: said, Err: err}
}

// saying is an error that is said in every language.
type saying struct{ said golocal.Remark }

func say(code remark.Code, values ...any) error { return saying{remark.New(code, values...)} }

func (s saying) Error() string { return remark.Say("en", s.said) }

// Remark is what is said.
func (s saying) Remark() golocal.Remark { return s.said }

// Is tells whether an error says the same.
func (s saying) Is(target error) bool {
	o, ok := target.(saying)
	return ok && o.said.Code == s.said.Code
}

// Open opens the file at ref for reading. It opens regular files alone, never
// through a link, never outside the root, never waits for a FIFO, and returns
// only what it has looked at again after opening. The error is a *[Refused]; it
// wraps [ErrMissing] where the whole root is not there now.
// The root must be known to w; the watcher need not run.
func (w *Watcher) Open(ref golocal.Ref) (*os.File, error) {
	c, ok := w.choice(ref.Root)
	if !ok {
		return nil, refuse(ref, remark.New(remark.Unwatched), fs.ErrNotExist)
	}
	dir, err := os.OpenRoot(c.root.Path)
	if errors.Is(err, fs.ErrNotExist) || w.missing(ref.Root) || err == nil && w.replaced(ref.Root, dir) {
		if err == nil {
			dir.Close()
		}
		return nil, refuse(ref, remark.New(remark.RootMissing), ErrMissing) // not ErrNotExist: this is no deletion
	}
	if err != nil {
		return nil, refused(ref, err)
	}
	defer dir.Close()
	if rule, ok := w.guarded(c, ref.Path); ok {
		return nil, refuse(ref, rule, nil)
	}
	// A file that is replaced between the look and the opening is looked at
	// again: editors save by renaming over it.
	for try := 0; ; try++ {
		f, err := openRegular(dir, ref.Path)
		if err == nil {
			return f, nil
		}
		if !errors.Is(err, errReplaced) || try == 3 {
			return nil, refused(ref, err)
		}
	}
}

// guarded returns the rule that forbids to open path below root, whatever the
// ignore files say.
func (w *Watcher) guarded(c *choice, name string) (rule golocal.Remark, ok bool) {
	for at := range ancestors(name) {
		if _, ok := secretFolder(at); ok {
			return secretReason(at[strings.LastIndexByte(at, '/')+1:] + "/"), true
		}
		if w.own(filepath.Join(c.root.Path, filepath.FromSlash(at))) {
			return remark.New(remark.OwnData), true
		}
	}
	if rule, ok := secretFile(name); ok && !c.allow[name] {
		return secretReason(rule), true
	}
	return golocal.Remark{}, false
}

// ancestors yields the folders above name, outermost first, the root left out.
func ancestors(name string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for i := range len(name) {
			if name[i] == '/' && !yield(name[:i]) {
				return
			}
		}
	}
}

var (
	errReplaced  = say(remark.RuleReplaced)
	errLink      = say(remark.RuleLink)
	errUnder     = say(remark.RuleUnderLink)
	errElsewhere = say(remark.Elsewhere)
)

// irregular is the error of a file that is no regular file.
func irregular(m fs.FileMode) error {
	switch {
	case m.IsDir():
		return say(remark.KindFolder)
	case m&fs.ModeNamedPipe != 0:
		return say(remark.KindFIFO)
	case m&fs.ModeSocket != 0:
		return say(remark.KindSocket)
	case m&fs.ModeDevice != 0:
		return say(remark.KindDevice)
	case m&fs.ModeSymlink != 0:
		return say(remark.KindLink)
	}
	return say(remark.KindSpecial)
}

// openRegular opens the regular file name below dir, following no link.
func openRegular(dir *os.Root, name string) (*os.File, error) {
	if !validName(name) {
		return nil, fs.ErrInvalid
	}
	for at := range ancestors(name) {
		fi, err := dir.Lstat(at)
		if err != nil {
			return nil, err
		}
		switch {
		case fi.IsDir():
		case fi.Mode().IsRegular():
			return nil, fs.ErrNotExist
		default:
			return nil, errUnder
		}
	}
	return openHere(dir, name)
}

// openHere is openRegular for a name whose folders were looked at already.
func openHere(dir *os.Root, name string) (*os.File, error) {
	before, err := dir.Lstat(name)
	if err != nil {
		return nil, err
	}
	if before.Mode()&fs.ModeSymlink != 0 {
		return nil, errLink
	}
	if !before.Mode().IsRegular() {
		return nil, irregular(before.Mode())
	}
	if placeholder(before) {
		return nil, errElsewhere
	}
	return openSame(dir, name, before)
}

// openSame opens the regular file name if it is still the one that before tells
// of: what is opened may be reached through a link that was put in its place.
func openSame(dir *os.Root, name string, before fs.FileInfo) (*os.File, error) {
	f, err := openQuietly(dir, name)
	if err != nil {
		return nil, err
	}
	fi, err := f.Stat()
	if err == nil && !os.SameFile(before, fi) {
		err = errReplaced
	}
	if err == nil && !fi.Mode().IsRegular() {
		err = irregular(fi.Mode())
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// validName tells whether name is a clean path below a root. Its bytes may be
// anything else.
func validName(name string) bool {
	return name != "" && name != "." && name != ".." && path.Clean(name) == name &&
		!strings.HasPrefix(name, "/") && !strings.HasPrefix(name, "../") && strings.IndexByte(name, 0) < 0 &&
		(filepath.Separator == '/' || !strings.ContainsRune(name, filepath.Separator))
}

// refused words err for the user.
func refused(ref golocal.Ref, err error) *Refused {
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		return refuse(ref, remark.New(remark.RuleGone), fmt.Errorf("%w: %w", fs.ErrNotExist, err))
	case errors.Is(err, fs.ErrPermission):
		return refuse(ref, remark.New(remark.RuleDenied), err)
	case errors.Is(err, fs.ErrInvalid):
		return refuse(ref, remark.New(remark.RuleNoPath), err)
	case errors.Is(err, syscall.ELOOP):
		return refuse(ref, remark.New(remark.RuleLink), err)
	case errors.Is(err, syscall.ENXIO):
		return refuse(ref, remark.New(remark.KindSocket), err)
	}
	if s, ok := errors.AsType[saying](err); ok {
		return refuse(ref, s.said, err)
	}
	r := &Refused{Ref: ref, Why: err.Error(), Err: err}
	if pe, ok := errors.AsType[*fs.PathError](err); ok {
		r.Why = pe.Err.Error()
	}
	return r
}
