// Command harness serves the page over an in-memory daemon, so that browser
// tests can put every state on it: no runner, indexing, slow and broken
// answers. Folders are real: what is asked is read from the files as they are.
//
//	harness -addr 127.0.0.1:0 -token T -delay 20ms -keep DIR -fixtures DIR [FOLDER…]
//	harness -samples DIR
//
// The second writes a file of each format into a folder, and ends.
// It prints one line of JSON with the page's address and the control address,
// where POST /?runner=off|on&indexing=on|off&chat=off&hold=load|read changes the state and GET /code
// gives a new code.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"time"

	"golocal"
	"golocal/chat/history"
	"golocal/chat/runs"
	"golocal/web"
)

func main() {
	addr := flag.String("addr", "127.0.0.1:0", "loopback address to serve on")
	token := flag.String("token", "", "token of the page")
	delay := flag.Duration("delay", 15*time.Millisecond, "between two words of a written answer")
	keep := flag.String("keep", "", "keep conversations in this folder; empty keeps none")
	fixtures := flag.String("fixtures", "", "write the sample folder here and watch it")
	samples := flag.String("samples", "", "write a file of each format here and end")
	flag.Parse()
	if *samples != "" {
		if err := writeSamples(*samples); err != nil {
			fmt.Fprintln(os.Stderr, "harness:", err)
			os.Exit(1)
		}
		return
	}
	if err := run(*addr, *token, *delay, *keep, *fixtures, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "harness:", err)
		os.Exit(1)
	}
}

func run(addr, token string, delay time.Duration, keep, fixtures string, folders []string) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	d := &daemon{delay: delay, runner: true, chat: "qwen3:4b", embedding: "all-minilm:22m", shelf: shelves(), unloaded: map[string]bool{}}
	if fixtures != "" {
		if err := writeFixtures(fixtures); err != nil {
			return err
		}
		folders = append(folders, fixtures)
	}
	for _, f := range folders {
		if _, err := d.Add(ctx, f, golocal.Rules{}); err != nil {
			return err
		}
	}
	made := runs.Options{Answerer: d}
	var conversations interface {
		web.Conversations
		web.Archivist
	} = nothingKept{}
	if keep != "" {
		store, err := history.Open(ctx, keep, history.Options{Words: plainWords{}})
		if err != nil {
			return err
		}
		defer store.Close()
		d.history, made.Book, conversations = store, store, store
	}
	answers := runs.New(made)
	defer answers.Close()
	measured := newEvaluating(d)
	s := web.New(web.Options{Runner: answers, Onlooker: answers, Conversations: conversations, Archivist: conversations, Searcher: d, Library: d, Folders: d, Daemon: d, Explainer: d, Keeper: d, Fetcher: d, Downloader: d, Shelf: models{d}, Chooser: models{d}, Tracer: d, Scopes: saved{}, Tagger: d, Launcher: d, Inbox: noInbox{}, Surveyor: d, Chronicler: d, Suggester: models{d}, Evaluator: measured, Evaluations: measured, Token: token, Version: "test"})
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	control, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /code", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, s.Code()) })
	mux.HandleFunc("GET /asked", func(w http.ResponseWriter, r *http.Request) { json.NewEncoder(w).Encode(d.counts()) })
	mux.HandleFunc("POST /", func(w http.ResponseWriter, r *http.Request) { d.set(r.URL.Query()) })
	json.NewEncoder(os.Stdout).Encode(map[string]string{
		"page":    fmt.Sprintf("http://%s/#code=%s", ln.Addr(), s.Code()),
		"control": "http://" + control.Addr().String(),
	})
	failed := make(chan error, 2)
	go func() { failed <- web.Serve(ctx, control, mux) }()
	go func() { failed <- web.Serve(ctx, ln, s.Handler(ln.Addr().String())) }()
	err = <-failed
	stop()
	<-failed
	return err
}
