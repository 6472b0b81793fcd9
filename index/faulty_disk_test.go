package index

import (
	"os"
	"path/filepath"
	"sync"
	"testing"
	"unsafe"

	"modernc.org/libc"
	lib "modernc.org/sqlite/lib"
)

// faulty is the disk as SQLite sees it in these tests: its own file system layer,
// whose writes, syncs, truncations and deletions are counted and made to fail.
// https://www.sqlite.org/vfs.html
var faulty struct {
	once  sync.Once
	keep  []uintptr // methods that stand before others
	funcs []any     // SQLite has their addresses

	mu    sync.Mutex // owns the rest
	armed bool
	left  int   // operations until one fails
	how   fault // of it
	dead  bool  // and all after it
}

// fault is how an operation fails.
type fault int

const (
	full   fault = iota // once, for want of space
	broken              // once, by an error of the disk
	killed              // not at all, nor does any after it: what lies on the disk then is what kill -9 leaves
	torn                // as killed, but half of a write is done
)

// methods are a file's operations with those that they stand before.
type methods struct {
	lib.Tsqlite3_io_methods
	before uintptr
}

// inC is a copy of v where SQLite expects things to be, which stays there.
func inC[T any](tls *libc.TLS, v T) uintptr {
	p := libc.Xmalloc(tls, libc.Tsize_t(unsafe.Sizeof(v)))
	*at[T](p) = v
	return p
}

// at is the value that a pointer of SQLite's points to.
func at[T any](p uintptr) *T { return *(**T)(unsafe.Pointer(&p)) }

// pointer is a Go function as SQLite calls it, and called the way back.
func pointer[F any](f F) uintptr {
	faulty.funcs = append(faulty.funcs, f)
	return *(*uintptr)(unsafe.Pointer(&f))
}

func called[F any](p uintptr) F {
	return *(*F)(unsafe.Pointer(&p))
}

type (
	openFunc     = func(*libc.TLS, uintptr, uintptr, uintptr, int32, uintptr) int32
	deleteFunc   = func(*libc.TLS, uintptr, uintptr, int32) int32
	writeFunc    = func(*libc.TLS, uintptr, uintptr, int32, int64) int32
	truncateFunc = func(*libc.TLS, uintptr, int64) int32
	syncFunc     = func(*libc.TLS, uintptr, int32) int32
)

// useFaultyDisk puts the layer under all databases that are opened from now on.
func useFaultyDisk(t testing.TB) {
	faulty.once.Do(func() {
		tls := libc.NewTLS()
		usual := lib.Xsqlite3_vfs_find(tls, 0)
		layer := *at[lib.Tsqlite3_vfs](usual)
		open, remove := called[openFunc](layer.FxOpen), called[deleteFunc](layer.FxDelete)
		layer.FxOpen = pointer(openFunc(func(tls *libc.TLS, _, name, file uintptr, flags int32, out uintptr) int32 {
			rc := open(tls, usual, name, file, flags, out)
			f := at[lib.Tsqlite3_file](file)
			if rc == lib.SQLITE_OK && f.FpMethods != 0 {
				f.FpMethods = standBefore(tls, f.FpMethods)
			}
			return rc
		}))
		layer.FxDelete = pointer(deleteFunc(func(tls *libc.TLS, _, name uintptr, dir int32) int32 {
			if rc, fails := operation(lib.SQLITE_IOERR_DELETE); fails {
				return rc
			}
			return remove(tls, usual, name, dir)
		}))
		if rc := lib.Xsqlite3_vfs_register(tls, inC(tls, layer), 1); rc != lib.SQLITE_OK {
			t.Fatal("register:", rc)
		}
	})
	t.Cleanup(func() { mended() })
}

// standBefore are methods that fail when asked to, and else do what others do.
func standBefore(tls *libc.TLS, before uintptr) uintptr {
	faulty.mu.Lock()
	defer faulty.mu.Unlock()
	for _, m := range faulty.keep {
		if at[methods](m).before == before {
			return m
		}
	}
	m := methods{*at[lib.Tsqlite3_io_methods](before), before}
	m.FxWrite, m.FxSync, m.FxTruncate = pointer(writeFunc(faultyWrite)), pointer(syncFunc(faultySync)), pointer(truncateFunc(faultyTruncate))
	faulty.keep = append(faulty.keep, inC(tls, m))
	return faulty.keep[len(faulty.keep)-1]
}

func beforeOf(file uintptr) *lib.Tsqlite3_io_methods {
	return at[lib.Tsqlite3_io_methods](at[methods](at[lib.Tsqlite3_file](file).FpMethods).before)
}

func faultyWrite(tls *libc.TLS, file, data uintptr, n int32, offset int64) int32 {
	write := called[writeFunc](beforeOf(file).FxWrite)
	if rc, fails := operation(lib.SQLITE_IOERR_WRITE); fails {
		faulty.mu.Lock()
		half := faulty.how == torn && faulty.left == 0
		faulty.mu.Unlock()
		if half {
			write(tls, file, data, n/2, offset)
		}
		return rc
	}
	return write(tls, file, data, n, offset)
}

func faultySync(tls *libc.TLS, file uintptr, flags int32) int32 {
	if rc, fails := operation(lib.SQLITE_IOERR_FSYNC); fails {
		return rc
	}
	return called[syncFunc](beforeOf(file).FxSync)(tls, file, flags)
}

func faultyTruncate(tls *libc.TLS, file uintptr, size int64) int32 {
	if rc, fails := operation(lib.SQLITE_IOERR_TRUNCATE); fails {
		return rc
	}
	return called[truncateFunc](beforeOf(file).FxTruncate)(tls, file, size)
}

// operation counts one, and tells whether it fails.
func operation(code int32) (rc int32, fails bool) {
	faulty.mu.Lock()
	defer faulty.mu.Unlock()
	if !faulty.armed {
		return 0, false
	}
	faulty.left--
	switch {
	case faulty.left > 0:
		return 0, false
	case faulty.left < 0 && !faulty.dead:
		return 0, false
	}
	faulty.dead = faulty.how == killed || faulty.how == torn
	if faulty.how == full {
		return lib.SQLITE_FULL, true
	}
	return code, true
}

// fail has the n-th operation from now on fail.
func fail(n int, how fault) {
	faulty.mu.Lock()
	defer faulty.mu.Unlock()
	faulty.armed, faulty.left, faulty.how, faulty.dead = true, n, how, false
}

// mended has none fail any more, and reports whether one did.
func mended() bool {
	faulty.mu.Lock()
	defer faulty.mu.Unlock()
	met := faulty.armed && faulty.left <= 0
	faulty.armed, faulty.dead = false, false
	return met
}

// copyFolder copies the files of a folder to a new one.
func copyFolder(t testing.TB, from string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "data")
	must(t, os.Mkdir(to, 0o700))
	for _, name := range names(t, from) {
		data, err := os.ReadFile(filepath.Join(from, name))
		must(t, err)
		must(t, os.WriteFile(filepath.Join(to, name), data, 0o600))
	}
	return to
}
