package inbox

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"time"

	"golocal/internal/remark"
)

// Files on their way in are called so. The watcher leaves *.part out.
const (
	onItsWay       = ".golocal-"
	onItsWayEnding = ".part"
)

// writer brings one file in: to the disk under a name of its own, then into its
// place.
type writer struct {
	root *os.Root
	most int64  // bytes
	temp string // name of the file on its way, "" when there is none
	size int64
	sum  [sha256.Size]byte
}

// write streams head and the rest of f's content to the disk.
func (w *writer) write(ctx context.Context, head []byte, f File) error {
	w.temp = onItsWay + rand.Text() + onItsWayEnding
	file, err := w.root.OpenFile(w.temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		w.temp = ""
		return fmt.Errorf("write into the inbox: %w", err)
	}
	err = w.fill(ctx, file, io.MultiReader(bytes.NewReader(head), f.Content), f.Size)
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return err
	}
	if !f.Modified.IsZero() && f.Modified.Before(time.Now()) {
		// Dates are searched by; a disk that keeps none is no reason to refuse the file.
		_ = w.root.Chtimes(w.temp, time.Time{}, f.Modified)
	}
	return nil
}

func (w *writer) fill(ctx context.Context, to io.Writer, from io.Reader, size int64) error {
	sum := sha256.New()
	n, err := io.Copy(io.MultiWriter(to, sum), io.LimitReader(from, w.most+1))
	switch {
	case err != nil:
		return err
	case ctx.Err() != nil:
		return ctx.Err()
	case n > w.most:
		return tooLarge(w.most)
	case size >= 0 && n != size:
		return fmt.Errorf("%d of %d bytes came: %w", n, size, io.ErrUnexpectedEOF)
	}
	w.size = n
	sum.Sum(w.sum[:0])
	return nil
}

// discard removes the file on its way, if it is not in its place.
func (w *writer) discard() {
	if w.temp != "" {
		w.root.Remove(w.temp)
	}
}

// mostNumbers bounds how many files of one name are looked at.
const mostNumbers = 1000

// place gives the file its name, which is clean.
func (w *writer) place(clean string) (Placed, error) {
	if err := w.folders(path.Dir(clean)); err != nil {
		return Placed{}, err
	}
	for n := 1; n <= mostNumbers; n++ {
		name := numbered(clean, n)
		same, err := w.same(name)
		if err != nil {
			return Placed{}, err
		}
		if same {
			return Placed{Path: name, There: true}, nil
		}
		err = w.claim(name)
		if err == nil {
			w.flush(path.Dir(name))
			return Placed{Path: name}, nil
		}
		if !errors.Is(err, fs.ErrExist) {
			return Placed{}, fmt.Errorf("write into the inbox: %w", err)
		}
	}
	return Placed{}, refuse(remark.InboxMany, mostNumbers)
}

// folders makes the folders of dir that are not there. What stands in the way,
// and a link that leads somewhere else, is a *Refused.
func (w *writer) folders(dir string) error {
	if dir == "." {
		return nil
	}
	at := ""
	for name := range strings.SplitSeq(dir, "/") {
		at = path.Join(at, name)
		err := w.root.Mkdir(at, 0o700)
		if err != nil && !errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("make a folder in the inbox: %w", err)
		}
		info, err := w.root.Lstat(at)
		switch {
		case err != nil:
			return fmt.Errorf("make a folder in the inbox: %w", err)
		case !info.IsDir():
			return refuse(remark.InboxNoFolder, at)
		}
	}
	return nil
}

// same tells whether a file of that name is there with the same content.
func (w *writer) same(name string) (bool, error) {
	info, err := w.root.Lstat(name)
	if err != nil || !info.Mode().IsRegular() || info.Size() != w.size {
		return false, nil // what is wrong with it shows when the name is claimed
	}
	f, err := w.root.Open(name)
	if err != nil {
		return false, nil // it cannot be compared, so it is another
	}
	defer f.Close()
	if now, err := f.Stat(); err != nil || !os.SameFile(info, now) {
		return false, nil
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return false, nil
	}
	return bytes.Equal(sum.Sum(nil), w.sum[:]), nil
}

// claim gives the file on its way a name that nothing has; [fs.ErrExist] when
// something has it. A link does that in one step and never writes over anything;
// where a disk knows no links (FAT, some servers), an empty file claims the name
// first, which the file then replaces by renaming.
func (w *writer) claim(name string) error {
	err := w.root.Link(w.temp, name)
	if err == nil {
		w.root.Remove(w.temp) // if that fails, discard or the next sweep does it
		return nil
	}
	if errors.Is(err, fs.ErrExist) {
		return err
	}
	empty, err := w.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	empty.Close()
	if err := w.root.Rename(w.temp, name); err != nil {
		w.root.Remove(name)
		return err
	}
	w.temp = ""
	return nil
}

// flush has the new name survive a crash, on systems where folders can be
// flushed; on the others it is the system's to do.
func (w *writer) flush(dir string) {
	if d, err := w.root.Open(dir); err == nil {
		_ = d.Sync()
		d.Close()
	}
}
