package chat

import (
	"fmt"
	"path"
	"reflect"
	"slices"
	"strings"

	"golocal"
	"golocal/internal/prose"
)

// The kinds of Widening.
const (
	WidenScope    = "scope"    // only a part of the files was searched, as the request wants
	WidenLimit    = "limit"    // the same, as the question's words want
	WidenSpelling = "spelling" // no file has one of the words, but a word like it
	WidenFolder   = "folder"   // one is paused, missing or still being read
	WidenFile     = "file"     // one whose name fits holds no text that could be searched
	WidenOpen     = "open"     // a model could answer from general knowledge: Request.Open
)

// Widening is a reason, true now, for which the files may not have answered, with
// the step that helps.
type Widening struct {
	Kind  string       `json:"kind"`
	Text  string       `json:"text"`            // one line for people, in the question's language
	Helps bool         `json:"helps,omitempty"` // of a scope: all files together hold enough for an answer
	Query string       `json:"query,omitempty"` // of a limit or a spelling: what to ask instead
	Root  int64        `json:"root,omitempty"`  // of a folder
	State string       `json:"state,omitempty"` // of a folder (see Folder) or of a file (see golocal.State)
	Left  int          `json:"left,omitempty"`  // of a folder: files that are not read yet
	Doc   int64        `json:"doc,omitempty"`   // of a file
	Ref   *golocal.Ref `json:"ref,omitempty"`   // of a file
}

// Folder is a watched folder as far as it is read.
type Folder struct {
	Root  int64
	Path  string // absolute
	State string // FolderPaused, FolderMissing, FolderIndexing or ""
	Left  int    // files that are not read yet
}

// The states of a Folder that matter to who gets no answer.
const (
	FolderPaused   = "paused"
	FolderMissing  = "missing"
	FolderIndexing = "indexing"
)

// filesNamed is how many unread files a refusal names at most.
const filesNamed = 3

// widen gathers what may help who got no answer. It is asked for only then, so it
// may take another search and a pass over the catalogue.
func (r *run) widen() ([]Widening, error) {
	var out []Widening
	if meant := r.found.Asked.Meant; meant != "" {
		out = append(out, Widening{Kind: WidenSpelling, Text: fmt.Sprintf(r.words.widenSpelling, meant), Query: meant})
	}
	if !reflect.ValueOf(r.req.Scope).IsZero() {
		w, hides, err := r.widenScope()
		if err != nil {
			return nil, err
		}
		if hides {
			out = append(out, w)
		}
	}
	for _, l := range r.found.Asked.Limits {
		if l.Text != "" && strings.TrimSpace(l.Rest) != "" { // a saved scope has no words in the question
			out = append(out, Widening{Kind: WidenLimit, Text: fmt.Sprintf(r.words.widenLimit, strings.Trim(l.Text, "\"“”„«»"), r.says(l.Remark, l.Says)), Query: l.Rest})
		}
	}
	folders, err := r.unreadFolders()
	if err != nil {
		return nil, err
	}
	files, err := r.unreadFiles()
	if err != nil {
		return nil, err
	}
	out = append(append(out, folders...), files...)
	if r.req.Open || r.o.Generator == nil || r.o.Model == nil {
		return out, nil
	}
	if model, ok, err := r.o.Model(r.ctx, r.req.Model); err == nil && ok && !model.Tiny {
		out = append(out, Widening{Kind: WidenOpen, Text: fmt.Sprintf(r.words.open, model.Name)})
	}
	return out, nil
}

// widenScope names the scope, and tells by a search without it whether it hides
// anything that comes as near, and an answer.
func (r *run) widenScope() (w Widening, hides bool, err error) {
	w.Kind = WidenScope
	all, err := r.retrieve(r.ledger.Question, golocal.Scope{})
	if err != nil {
		return w, false, err
	}
	w.Helps = all.Enough
	format := r.words.widenScopeNone
	if w.Helps {
		format = r.words.widenScope
	}
	w.Text = fmt.Sprintf(format, r.words.scope(r.req.Scope, r.folderName))
	same := slices.EqualFunc(all.Hits, r.found.Hits, func(a, b golocal.Hit) bool { return a.Chunk.ID == b.Chunk.ID })
	return w, w.Helps || !same, nil
}

// folderName is what a watched folder is called.
func (r *run) folderName(root int64) string {
	if r.o.Path == nil {
		return ""
	}
	return path.Base(strings.ReplaceAll(r.o.Path(golocal.Ref{Root: root}), `\`, "/"))
}

// scope says what a scope leaves: "the folder Notes, files of type pdf and from
// 2024-01-01 on".
func (w *wording) scope(s golocal.Scope, name func(root int64) string) string {
	var parts []string
	add := func(format string, values ...string) {
		if len(values) > 0 && strings.Join(values, "") != "" {
			parts = append(parts, fmt.Sprintf(format, strings.Join(values, ", ")))
		}
	}
	var roots []string
	for _, id := range s.Roots {
		if n := name(id); n != "" {
			roots = append(roots, n)
		}
	}
	if s.Folder != "" {
		add(w.folder, strings.Join(append(roots, s.Folder), "/"))
	} else if len(roots) == 1 {
		add(w.folder, roots[0])
	} else {
		add(w.folders, roots...)
	}
	if len(s.Docs) > 0 {
		parts = append(parts, fmt.Sprintf(w.files, len(s.Docs)))
	}
	add(w.paths, s.Paths...)
	add(w.types, s.Types...)
	add(w.after, s.After)
	add(w.before, s.Before)
	for _, t := range s.With {
		add(w.with, t.Text)
	}
	for _, t := range s.Without {
		add(w.without, t.Text)
	}
	add(w.saved, s.In)
	if n := len(parts); n > 1 {
		return strings.Join(parts[:n-1], ", ") + " " + w.and + " " + parts[n-1]
	}
	return strings.Join(parts, "")
}

// unreadFolders are the folders in scope of which not all can be found.
func (r *run) unreadFolders() ([]Widening, error) {
	if r.o.Folders == nil {
		return nil, nil
	}
	folders, err := r.o.Folders(r.ctx)
	if err != nil {
		return nil, err
	}
	var out []Widening
	for _, f := range folders {
		if len(r.req.Scope.Roots) > 0 && !slices.Contains(r.req.Scope.Roots, f.Root) {
			continue
		}
		w := Widening{Kind: WidenFolder, Root: f.Root, State: f.State, Left: f.Left}
		switch f.State {
		case FolderPaused:
			w.Text = fmt.Sprintf(r.words.paused, f.Path)
		case FolderMissing:
			w.Text = fmt.Sprintf(r.words.missing, f.Path)
		case FolderIndexing:
			w.Text = fmt.Sprintf(r.words.scanning, f.Path)
			if f.Left > 0 {
				w.Text = fmt.Sprintf(r.words.indexing, f.Path, f.Left)
			}
		default:
			continue
		}
		out = append(out, w)
	}
	return out, nil
}

// unreadFiles are the files in scope that hold nothing to search although their
// names have words of the question, those with most of them first.
func (r *run) unreadFiles() ([]Widening, error) {
	asked := prose.Stems(prose.Content(prose.Words(r.ledger.Question)))
	if r.o.Files == nil || len(asked) == 0 {
		return nil, nil
	}
	type named struct {
		doc  golocal.Document
		fits int
	}
	var best []named
	for d, err := range r.o.Files.Documents(r.ctx, golocal.Scope{Roots: r.req.Scope.Roots, Folder: r.req.Scope.Folder, Docs: r.req.Scope.Docs, Paths: r.req.Scope.Paths}) {
		if err != nil {
			return nil, err
		}
		switch d.State {
		case golocal.StateReady, golocal.StateUnsupported: // a picture is no answer, however it is called
			continue
		}
		fits := 0
		for stem := range prose.Stems(prose.Words(path.Base(d.Ref.Path))) {
			if asked[stem] {
				fits++
			}
		}
		if fits == 0 {
			continue
		}
		best = append(best, named{d, fits})
		slices.SortStableFunc(best, func(a, b named) int { return b.fits - a.fits })
		best = best[:min(len(best), filesNamed)]
	}
	var out []Widening
	for _, n := range best {
		format := r.words.unread
		switch n.doc.State {
		case golocal.StateFailed, golocal.StateUnstable:
			format = r.words.failed
		case golocal.StateNoText:
			format = r.words.noText
		}
		out = append(out, Widening{Kind: WidenFile, Text: fmt.Sprintf(format, n.doc.Ref.Path, r.says(n.doc.Why, n.doc.Reason)), State: string(n.doc.State), Doc: n.doc.ID, Ref: &n.doc.Ref})
	}
	return out, nil
}
