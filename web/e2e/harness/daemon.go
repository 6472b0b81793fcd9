package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"sync"
	"time"

	"golocal"
	"golocal/chat/history"
	"golocal/internal/remark"
	"golocal/web"
)

// daemon keeps nothing: each request reads the folders anew.
type daemon struct {
	delay   time.Duration
	history *history.Store // nil keeps nothing

	mu        sync.Mutex
	roots     []golocal.Root
	ids       map[golocal.Ref]int64
	runner    bool
	indexing  bool
	advice    string
	hold      string // what a written answer waits for: "load", as long as its model is loaded, or "read"
	trouble   string // code of what is wrong with the index
	offline   bool
	chat      string // name of the model for it; "" is none
	embedding string
	before    string    // the embedding model before
	building  time.Time // since when the index for embedding is built; zero when none is
	shelf     []web.Installed
	unloaded  map[string]bool
	downloads []*download
	asked     int
	cancelled int
	retried   int
}

func (d *daemon) set(q url.Values) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if v := q.Get("runner"); v != "" {
		d.runner = v == "on"
	}
	if v := q.Get("indexing"); v != "" {
		d.indexing = v == "on"
	}
	if v := q.Get("offline"); v != "" {
		d.offline = v == "on"
	}
	if q.Has("trouble") {
		d.trouble = q.Get("trouble")
	}
	if q.Get("embedding") == "off" { // no model for it
		d.embedding = ""
	}
	if q.Has("hold") {
		d.hold = q.Get("hold")
		d.unloaded[d.chat] = d.hold == "load"
	}
	if q.Has("advice") {
		d.advice = q.Get("advice")
	}
	if q.Get("chat") == "off" { // its model is not there
		d.chat = ""
		for i, m := range d.shelf {
			if m.Name == "qwen3:4b" {
				d.shelf = append(d.shelf[:i:i], d.shelf[i+1:]...)
				break
			}
		}
	}
}

func (d *daemon) counts() map[string]int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return map[string]int{"asked": d.asked, "cancelled": d.cancelled, "retried": d.retried}
}

func (d *daemon) Add(_ context.Context, path string, rules golocal.Rules) (golocal.Root, error) {
	if i, err := os.Stat(path); err != nil {
		return golocal.Root{}, fmt.Errorf("add %s: %w", path, err)
	} else if !i.IsDir() {
		return golocal.Root{}, &web.Problem{Status: 422, Code: "not_a_folder", Message: path + " is not a folder", Next: "choose the folder that it lies in"}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	n := int64(1)
	for _, r := range d.roots {
		if r.Path == path {
			return r, fmt.Errorf("add %s: it is watched already: %w", path, fs.ErrExist)
		}
		n = max(n, r.ID+1)
	}
	r := golocal.Root{ID: n, Path: path, Added: time.Now(), Rules: rules}
	d.roots = append(d.roots, r)
	return r, nil
}

func (d *daemon) Set(_ context.Context, id int64, change web.RootChange) (golocal.Root, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for i := range d.roots {
		r := &d.roots[i]
		if r.ID != id {
			continue
		}
		if change.Rules != nil {
			r.Rules = *change.Rules
		}
		if change.Paused != nil {
			r.Paused = *change.Paused
		}
		return *r, nil
	}
	return golocal.Root{}, fmt.Errorf("set root %d: %w", id, fs.ErrNotExist)
}

func (d *daemon) Path(_ context.Context, document int64) (string, error) {
	doc, err := d.find(document)
	return d.path(doc.Ref), err
}

func (d *daemon) Why(_ context.Context, path string) (web.Why, error) {
	return web.Why{Path: path, Verdict: "outside", Rule: "no watched folder holds it"}, nil
}

func (d *daemon) Remove(_ context.Context, id int64) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	for i, r := range d.roots {
		if r.ID == id {
			d.roots = append(d.roots[:i], d.roots[i+1:]...)
			return nil
		}
	}
	return fmt.Errorf("remove root %d: %w", id, fs.ErrNotExist)
}

// all reads every document with its text.
func (d *daemon) all() []golocal.Document {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.ids == nil {
		d.ids = map[golocal.Ref]int64{}
	}
	var docs []golocal.Document
	for _, r := range d.roots {
		filepath.WalkDir(r.Path, func(p string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return nil
			}
			info, err := e.Info()
			b, err2 := os.ReadFile(p)
			if err != nil || err2 != nil {
				return nil
			}
			rel, _ := filepath.Rel(r.Path, p)
			ref := golocal.Ref{Root: r.ID, Path: filepath.ToSlash(rel)}
			if d.ids[ref] == 0 {
				d.ids[ref] = int64(len(d.ids) + 1)
			}
			doc := golocal.Document{ID: d.ids[ref], Ref: ref, Size: info.Size(), Modified: info.ModTime(), Indexed: info.ModTime(), State: golocal.StateReady, Text: string(b)}
			switch filepath.Ext(p) {
			case ".md":
				doc.Type = "markdown"
			case ".go":
				doc.Type = "code"
			case ".pdf":
				doc.Type, doc.Pages, doc.Text = "pdf", len(pages), ""
				for _, lines := range pages {
					doc.Text += strings.Join(lines, "\n") + "\f"
				}
				if bytes.HasSuffix(b, []byte("broken")) {
					doc.State, doc.Text, doc.Pages, doc.Why = golocal.StateFailed, "", 0, remark.New(remark.UnknownCrypt)
					doc.Reason = remark.Say("en", doc.Why)
				}
			case ".docx":
				doc.Type, doc.Text = "docx", letter
				doc.Sections = []golocal.Section{{Kind: golocal.KindHeading, Level: 1, Span: golocal.Span{Start: 0, End: strings.Index(letter, "\n")}}}
			default:
				doc.Type = "text"
			}
			doc.Chunks = len(passages(doc))
			docs = append(docs, doc)
			return nil
		})
	}
	sort.Slice(docs, func(i, j int) bool { return docs[i].Ref.Path < docs[j].Ref.Path })
	return docs
}

func bare(doc golocal.Document) golocal.Document {
	doc.Text, doc.Sections = "", nil
	return doc
}

func (d *daemon) Documents(_ context.Context, f web.Filter) (web.Page, error) {
	var fit []golocal.Document
	for _, doc := range d.all() {
		if (len(f.IDs) == 0 || slices.Contains(f.IDs, doc.ID)) && (f.Root == 0 || f.Root == doc.Ref.Root) && (f.State == "" || f.State == doc.State) && strings.Contains(strings.ToLower(doc.Ref.Path), strings.ToLower(f.Query)) {
			fit = append(fit, bare(doc))
		}
	}
	p := web.Page{Total: len(fit)}
	for i := f.Offset; i < len(fit) && i < f.Offset+f.Limit; i++ {
		p.Documents = append(p.Documents, fit[i])
	}
	return p, nil
}

func (d *daemon) find(id int64) (golocal.Document, error) {
	for _, doc := range d.all() {
		if doc.ID == id {
			return doc, nil
		}
	}
	return golocal.Document{}, fmt.Errorf("document %d: %w", id, fs.ErrNotExist)
}

func (d *daemon) Document(_ context.Context, id int64) (golocal.Document, []golocal.Chunk, error) {
	doc, err := d.find(id)
	return doc, passages(doc), err
}

func (d *daemon) Open(_ context.Context, id int64) (web.File, error) {
	doc, err := d.find(id)
	if err != nil {
		return web.File{}, err
	}
	f, err := os.Open(d.path(doc.Ref))
	return web.File{Content: f, Modified: doc.Modified}, err
}

// Launch opens nothing: there is no screen here.
func (d *daemon) Launch(_ context.Context, id int64) error {
	if _, err := d.find(id); err != nil {
		return err
	}
	return &web.Problem{Status: 409, Code: "no_display", Message: "golocal runs without a display here, so no program could be seen", Next: "copy the path and open the file where you are"}
}

func (d *daemon) Backup(context.Context) (web.File, error) {
	return web.File{}, errors.New("no index here")
}

func (d *daemon) BackupChats(context.Context) (web.File, error) {
	return web.File{}, errors.New("no conversations here")
}

func (d *daemon) path(ref golocal.Ref) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, r := range d.roots {
		if r.ID == ref.Root {
			return filepath.Join(r.Path, filepath.FromSlash(ref.Path))
		}
	}
	return ref.Path
}

func (d *daemon) Status(ctx context.Context) (web.Status, error) {
	kept, err := d.kept(ctx)
	if err != nil {
		return web.Status{}, err
	}
	docs := d.all()
	d.mu.Lock()
	defer d.mu.Unlock()
	s := web.Status{State: web.Settled, Folder: "/home/user/.local/share/golocal", History: kept, Index: web.Index{Documents: len(docs), Bytes: 1_234_567, TextBytes: 234_567, VectorBytes: 600_000, PostingBytes: 123_456, MemoryBytes: 650_000,
		Room: &web.Room{Chunks: 1_935_483, Short: "memory"}, Advice: d.advice}}
	if s.Offline = d.offline; d.trouble != "" {
		s.Index.Trouble = &web.Trouble{Code: d.trouble, Text: "the index is in trouble"}
	}
	state, waiting := web.Settled, 0
	if d.indexing {
		s.State, state, waiting = web.Indexing, web.Indexing, 34
		s.Queue = web.Queue{Waiting: 27, Working: 7, Done: len(docs), Rate: 2.4, ETA: 14, Now: d.reading()}
	}
	for _, r := range d.roots {
		rs := web.RootStatus{Root: r, State: state, Waiting: waiting}
		if r.Paused {
			rs.State = web.Paused
		}
		for _, doc := range docs {
			if doc.Ref.Root != r.ID {
				continue
			}
			rs.Chunks += doc.Chunks
			if doc.State == golocal.StateFailed {
				rs.Documents.Failed++
			} else {
				rs.Documents.Ready++
			}
		}
		s.Index.Chunks += rs.Chunks
		s.Roots = append(s.Roots, rs)
	}
	s.Index.Vectors = s.Index.Chunks
	if !d.runner {
		s.Models = web.Models{Address: "127.0.0.1:11434", Reason: "Ollama does not answer and this build has no engine of its own", Next: "ollama serve"}
		return s, nil
	}
	d.move()
	s.Index.Building = d.built()
	s.Models = web.Models{Runner: "ollama", Address: "127.0.0.1:11434", Version: "0.17.4",
		Embedding: d.job(d.embedding), Chat: d.job(d.chat), Loaded: d.loaded(),
		Swaps: web.Swaps{Count: 3, Seconds: 4.2, Text: "all-minilm:22m and qwen3:4b do not fit into memory together: swapped 3 times", Next: "choose a smaller chat model or context: golocal models suggest"}}
	if s.Index.Building == nil {
		s.Models.Before = d.before
	}
	return s, nil
}

// Fetch is the command line's way; the page starts downloads.
func (d *daemon) Fetch(context.Context, string, bool) iter.Seq2[web.FetchStep, error] {
	return func(yield func(web.FetchStep, error) bool) { yield(web.FetchStep{Stage: "ready"}, nil) }
}

func (d *daemon) Retry(_ context.Context, id int64) error {
	if _, err := d.find(id); err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.retried++
	return nil
}

func (d *daemon) Sync(ctx context.Context, _ int64, _ bool) iter.Seq2[web.Progress, error] {
	return func(yield func(web.Progress, error) bool) {
		if !yield(web.Progress{State: web.Indexing}, nil) {
			return
		}
		select {
		case <-ctx.Done():
			yield(web.Progress{}, errors.New("cancelled"))
		case <-time.After(d.delay):
			yield(web.Progress{State: web.Settled}, nil)
		}
	}
}
