// Package inbox owns the one folder of a user's that golocal writes to: where the
// files lie that people drop on the page. What lies there is theirs; golocal adds
// files and never changes or removes one.
package inbox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"sync"
	"time"

	"golocal"
	"golocal/internal/remark"
)

// Options say where the inbox is and what it takes. All but Free are needed.
type Options struct {
	Folder string // absolute; made when it is first needed
	Most   int64  // bytes of the largest file
	// Refuse tells why a file with this clean path and these first bytes is not
	// taken; the zero Remark takes it. head may be empty.
	Refuse func(path string, head []byte) golocal.Remark
	// Free is how many bytes may still be written below a folder, and whether that
	// is known; nil never knows.
	Free func(dir string) (uint64, bool)
}

// Inbox takes files. It is safe for concurrent use.
type Inbox struct {
	o Options

	mu    sync.Mutex // one file is put into its place at a time
	swept bool
}

// New returns the inbox of o. Nothing is written before Open.
func New(o Options) *Inbox { return &Inbox{o: o} }

// Folder is where the inbox is.
func (b *Inbox) Folder() string { return b.o.Folder }

// Most is how large a file may be, bytes.
func (b *Inbox) Most() int64 { return b.o.Most }

// File is a file on its way in.
type File struct {
	Path     string    // as the browser tells it, below the inbox, with slashes
	Size     int64     // bytes; -1 when it is not known
	Modified time.Time // zero when it is not known
	Content  io.Reader
}

// Placed is where a file lies now.
type Placed struct {
	Path  string // below the inbox, with slashes
	There bool   // it lay there before with the same content; nothing was written
}

// Refused says why a file is not taken.
type Refused struct {
	Said golocal.Remark // why, without the file's name
	Size bool           // it is too large
}

func refuse(code remark.Code, values ...any) *Refused {
	return &Refused{Said: remark.New(code, values...)}
}

func tooLarge(most int64) *Refused {
	return &Refused{remark.New(remark.InboxTooLarge, most>>20), true}
}

// Error is why in English, one line.
func (e *Refused) Error() string { return remark.Say("en", e.Said) }

// Remark is why in all languages.
func (e *Refused) Remark() golocal.Remark { return e.Said }

// ErrFull is that the disk has no room for the file.
var ErrFull = errors.New("there is no room for it on the disk")

// reserve is how much of a disk is left free, bytes: the index wants to grow, too.
const reserve = 64 << 20

// headSize is how many bytes of a file tell its type.
const headSize = 4096

// Check tells whether a file would be taken, by its path, size and first bytes,
// and gives the path that it would have. The error is a *[Refused] or [ErrFull].
func (b *Inbox) Check(path string, size int64, head []byte) (string, error) {
	clean, err := Clean(path)
	if err != nil {
		return "", err
	}
	if size > b.o.Most {
		return clean, tooLarge(b.o.Most)
	}
	if why := b.o.Refuse(clean, head[:min(len(head), headSize)]); why.Code != "" {
		return clean, &Refused{why, false}
	}
	if !b.room(size) {
		return clean, ErrFull
	}
	return clean, nil
}

// room tells whether so many bytes more may be written.
func (b *Inbox) room(size int64) bool {
	if b.o.Free == nil {
		return true
	}
	at := b.o.Folder
	for { // the folder may not be there yet
		if free, known := b.o.Free(at); known {
			return size < 0 || uint64(size)+reserve <= free
		}
		up := strings.TrimRight(at, `/\`)
		cut := strings.LastIndexAny(up, `/\`)
		if cut <= 0 {
			return true
		}
		at = up[:cut]
	}
}

// Open makes the folder if it is not there, private to the user, and tells
// whether it did.
func (b *Inbox) Open() (made bool, err error) {
	if info, err := os.Stat(b.o.Folder); err == nil {
		if !info.IsDir() {
			return false, fmt.Errorf("make the inbox: %s is a file", b.o.Folder)
		}
		return false, nil
	}
	if err := os.MkdirAll(b.o.Folder, 0o700); err != nil {
		return false, fmt.Errorf("make the inbox: %w", err)
	}
	return true, nil
}

// Put copies a file into the inbox, which Open has made. The file appears whole
// or not at all, also when the machine stops meanwhile. A file that lies there is
// never written over: with the same content it is left as it is, else the new one
// gets a number, as in "b (2).md". No link is followed. The error is a *[Refused],
// [ErrFull], the content's own or the system's.
func (b *Inbox) Put(ctx context.Context, f File) (Placed, error) {
	head := make([]byte, headSize)
	n, err := io.ReadFull(f.Content, head)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return Placed{}, err
	}
	clean, err := b.Check(f.Path, f.Size, head[:n])
	if err != nil {
		return Placed{}, err
	}
	root, err := os.OpenRoot(b.o.Folder)
	if err != nil {
		return Placed{}, fmt.Errorf("open the inbox: %w", err)
	}
	defer root.Close()
	b.sweep(root)
	w := writer{root: root, most: b.o.Most}
	defer w.discard()
	if err := w.write(ctx, head[:n], f); err != nil {
		return Placed{}, worded(err)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	placed, err := w.place(clean)
	return placed, worded(err)
}

// worded makes of a full disk ErrFull.
func worded(err error) error {
	if full(err) {
		return ErrFull
	}
	return err
}

// stale is how old a file on its way must be to be what a crash left.
const stale = 24 * time.Hour

// sweep removes, once, what a process that died left behind.
func (b *Inbox) sweep(root *os.Root) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.swept {
		return
	}
	b.swept = true
	entries, err := fs.ReadDir(root.FS(), ".")
	if err != nil {
		return // what is wrong with the folder shows when it is written to
	}
	for _, e := range entries {
		info, err := e.Info()
		if err == nil && info.Mode().IsRegular() && strings.HasPrefix(e.Name(), onItsWay) && strings.HasSuffix(e.Name(), onItsWayEnding) && time.Since(info.ModTime()) > stale {
			root.Remove(e.Name())
		}
	}
}
