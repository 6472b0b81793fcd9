//go:build unix

package watch

import (
	"net"
	"os"
	"syscall"
	"testing"
)

// specialFiles are what makeSpecial makes, and why each is skipped.
var specialFiles = map[string]string{
	"pipe": "it is a named pipe (FIFO), not a regular file",
	"sock": "it is a socket, not a regular file",
}

func makeSpecial(h *house) {
	h.must(syscall.Mkfifo(h.path("pipe"), 0o644))
	short, err := os.MkdirTemp("", "s") // a socket's path must be short
	h.must(err)
	l, err := net.Listen("unix", short+"/s")
	h.must(err)
	h.Cleanup(func() { l.Close() })
	h.must(os.Rename(short+"/s", h.path("sock")))
	h.must(os.Remove(short))
}

func makePipe(t testing.TB, path string) {
	if err := syscall.Mkfifo(path, 0o644); err != nil {
		t.Fatal(err)
	}
}
