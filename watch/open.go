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
)

// Refused says why a file was not opened. It wraps the system's error where
// there is one, so errors.Is finds [fs.ErrNotExist] and [fs.ErrPermission].
type Refused struct {
	Ref golocal.Ref
	Why string // one line for the user, without the file's name
	Err error  // may be nil
}

func (e *Refused) Error() string { return fmt.Sprintf("open %q: %s", e.Ref.Path, e.Why) }

// Unwrap returns the system's error.
func (e *Refused) Unwrap() error { return e.Err }

// Reason returns one line for the user, without the file's name.
func (e *Refused) Reason() string { return e.Why }

// Open opens the file at ref for reading. It opens regular files alone, never
// through a link, never outside the root, never waits for a FIFO, and returns
// only what it has looked at again after opening. The error is a *[Refused]; it
// wraps [ErrMissing] where the whole root is not there now.
// The root must be known to w; the watcher need not run.
func (w *Watcher) Open(ref golocal.Ref) (*os.File, error) {
	c, ok := w.choice(ref.Root)
	if !ok {
		return nil, &Refused{Ref: ref, Why: "its folder is not watched", Err: fs.ErrNotExist}
	}
	dir, err := os.OpenRoot(c.root.Path)
	if errors.Is(err, fs.ErrNotExist) || w.missing(ref.Root) || err == nil && w.replaced(ref.Root, dir) {
		if err == nil {
			dir.Close()
		}
		return nil, &Refused{Ref: ref, Why: ErrMissing.Error(), Err: ErrMissing} // not ErrNotExist: this is no deletion
	}
	if err != nil {
		return nil, refused(ref, err)
	}
	defer dir.Close()
	if rule, ok := w.guarded(c, ref.Path); ok {
		return nil, &Refused{Ref: ref, Why: rule}
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
func (w *Watcher) guarded(c *choice, name string) (rule string, ok bool) {
	for at := range ancestors(name) {
		if _, ok := secretFolder(at); ok {
			return secretReason(at[strings.LastIndexByte(at, '/')+1:] + "/"), true
		}
		if w.own(filepath.Join(c.root.Path, filepath.FromSlash(at))) {
			return "it is golocal's own data", true
		}
	}
	if rule, ok := secretFile(name); ok && !c.allow[name] {
		return secretReason(rule), true
	}
	return "", false
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
	errReplaced  = errors.New("it was replaced while it was opened")
	errLink      = errors.New("it is a link, and links are not followed")
	errUnder     = errors.New("a folder above it is a link, and links are not followed")
	errElsewhere = errors.New("its content is kept elsewhere; open it once in its own program to bring it here")
)

// irregular is the error of a file that is no regular file.
type irregular fs.FileMode

func (m irregular) Error() string { return "it is " + kindOf(fs.FileMode(m)) + ", not a regular file" }

func kindOf(m fs.FileMode) string {
	switch {
	case m.IsDir():
		return "a folder"
	case m&fs.ModeNamedPipe != 0:
		return "a named pipe (FIFO)"
	case m&fs.ModeSocket != 0:
		return "a socket"
	case m&fs.ModeDevice != 0:
		return "a device"
	case m&fs.ModeSymlink != 0:
		return "a link"
	}
	return "something special"
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
	r := &Refused{Ref: ref, Err: err}
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		r.Why = "it is not there any more"
		r.Err = fmt.Errorf("%w: %w", fs.ErrNotExist, err)
	case errors.Is(err, fs.ErrPermission):
		r.Why = "permission denied: golocal's user may not read it"
	case errors.Is(err, fs.ErrInvalid):
		r.Why = "this is no path below a folder"
	case errors.Is(err, syscall.ELOOP):
		r.Why = errLink.Error()
	case errors.Is(err, syscall.ENXIO):
		r.Why = irregular(fs.ModeSocket).Error()
	default:
		r.Why = err.Error()
		if pe, ok := errors.AsType[*fs.PathError](err); ok {
			r.Why = pe.Err.Error()
		}
	}
	return r
}
