// Command serve runs the scripted Ollama of internal/fakeollama for tests in
// other languages. It prints its address on one line and serves until it is
// killed.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"time"

	"golocal/internal/fakeollama"
)

func main() {
	addr := flag.String("addr", "127.0.0.1:0", "address to listen on, loopback only")
	version := flag.String("version", "", "the Ollama version to claim")
	models := flag.String("models", "normal", "what is installed: normal, tiny (chat model under 1 B), thinking (it reasons first and tells its vocabulary), embedding (no chat model), all (another embedding model too), several (three chat models: one reasons, one is tiny), none")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *addr, *version, *models); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, addr, version, models string) error {
	o := fakeollama.Options{Version: version}
	switch models {
	case "normal":
	case "tiny":
		o.Models = []fakeollama.Model{fakeollama.Embedding(), fakeollama.Tiny()}
	case "thinking":
		thinker := fakeollama.Thinker()
		thinker.Counts = true
		o.Models = []fakeollama.Model{fakeollama.Embedding(), thinker}
	case "embedding":
		o.Models = []fakeollama.Model{fakeollama.Embedding()}
	case "all":
		o.Models = fakeollama.Catalogue()
	case "several":
		o.Models = append(fakeollama.Defaults(), fakeollama.Thinker(), fakeollama.Tiny())
	case "none":
		o.Models = []fakeollama.Model{}
	default:
		return fmt.Errorf("--models %s: not one of normal, tiny, thinking, embedding, all, several, none", models)
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", addr, err)
	}
	if ip := l.Addr().(*net.TCPAddr).IP; !ip.IsLoopback() {
		l.Close()
		return fmt.Errorf("listen on %s: not a loopback address", addr)
	}
	fmt.Println("http://" + l.Addr().String())
	srv := &http.Server{Handler: fakeollama.New(o), ReadHeaderTimeout: 10 * time.Second}
	done := context.AfterFunc(ctx, func() { srv.Close() })
	defer done()
	if err := srv.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
