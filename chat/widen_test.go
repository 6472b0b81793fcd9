package chat

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"

	"golocal"
)

// within finds enough where no scope narrows the search.
type within struct{ none, all golocal.Found }

func (w within) Retrieve(_ context.Context, q string, s golocal.Scope, _ int) (golocal.Found, error) {
	if s.Folder == "" && len(s.Roots) == 0 && len(s.Types) == 0 {
		return w.all, nil
	}
	return w.none, nil
}

// shelf is a catalogue of documents without conditions in questions.
type shelf []golocal.Document

func (s shelf) Understand(text string, scope golocal.Scope) (golocal.Query, error) {
	return golocal.Query{Text: text, Scope: scope}, nil
}
func (s shelf) Documents(context.Context, golocal.Scope) iter.Seq2[golocal.Document, error] {
	return func(yield func(golocal.Document, error) bool) {
		for _, d := range s {
			if !yield(d, nil) {
				return
			}
		}
	}
}
func (s shelf) DocumentByID(context.Context, int64) (golocal.Document, bool, error) {
	return golocal.Document{}, false, nil
}

func TestWiden_SaysWhatIsTrue(t *testing.T) {
	none := golocal.Found{Hits: hits(), Evidence: .1}
	limited := none
	limited.Asked = golocal.Query{Text: "budget", Limits: []golocal.Limit{{Text: `"boat house"`, Says: "only passages with “boat house”", Rest: "what is the budget"}, {Text: "from last week", Says: "only files of 16–22 November 2026", Rest: "what is the budget"}, {Says: "only work: type:pdf", Rest: "x"}},
		Meant: "what is the budget", Notes: []string{"no file has “budgit”: if “budget” was meant, search for that"}}
	fewer := golocal.Found{Hits: hits()[1:], Evidence: .1}
	full := golocal.Found{Hits: hits(), Evidence: .9, Enough: true}
	folders := func(context.Context) ([]Folder, error) {
		return []Folder{{Root: 1, Path: "/home/ada/Notes", State: FolderIndexing, Left: 12}, {Root: 2, Path: "/home/ada/Mail", State: FolderPaused}, {Root: 3, Path: "/mnt/stick", State: FolderMissing}, {Root: 4, Path: "/home/ada/Settled"}}, nil
	}
	doc := func(id int64, path string, s golocal.State, reason string) golocal.Document {
		return golocal.Document{ID: id, Ref: golocal.Ref{Root: 1, Path: path}, State: s, Reason: reason}
	}
	files := shelf{doc(1, "a/budget.md", golocal.StateReady, ""), doc(2, "a/Budget 2024.pdf", golocal.StateNoText, "its pages are pictures"), doc(3, "a/budgets.docx", golocal.StateFailed, "it is encrypted"),
		doc(4, "a/holiday.pdf", golocal.StateFailed, "broken"), doc(5, "budget/other.pdf", golocal.StateFailed, "broken")}
	for _, c := range []struct {
		name     string
		o        Options
		question string
		scope    golocal.Scope
		want     []string // kinds with a piece of the text
	}{
		{"nothing narrows it", Options{Retriever: finder{found: none}}, "What is the budget?", golocal.Scope{}, nil},
		{"a scope that hides it", Options{Retriever: within{none, full}, Path: func(r golocal.Ref) string { return "/home/ada/Notes" }}, "What is the budget?",
			golocal.Scope{Roots: []int64{1}, Types: []string{"pdf"}, After: "2024-01-01"}, []string{"scope: The search was limited to the folder Notes, files of type pdf and from 2024-01-01 on; your other files have"}},
		{"a scope that holds all", Options{Retriever: within{none, none}}, "What is the budget?", golocal.Scope{Folder: "2024"}, nil},
		{"a scope that hides nothing that helps", Options{Retriever: within{fewer, none}}, "What is the budget?", golocal.Scope{Folder: "2024"}, []string{"scope: The search was limited to the folder 2024; nothing that fits"}},
		{"words and a spelling", Options{Retriever: finder{found: limited}}, "what is the budgit from last week", golocal.Scope{},
			[]string{"spelling: Ask “what is the budget”", "limit: “boat house” limits the search (only passages with “boat house”)", "limit: “from last week” limits the search (only files of 16–22 November 2026)"}},
		{"folders", Options{Retriever: finder{found: none}, Folders: folders}, "What is the budget?", golocal.Scope{},
			[]string{"folder: /home/ada/Notes is still being read: 12 left", "folder: /home/ada/Mail is paused", "folder: /mnt/stick is not there"}},
		{"folders out of scope", Options{Retriever: within{none, none}, Folders: folders}, "What is the budget?", golocal.Scope{Roots: []int64{4}}, nil},
		{"files", Options{Retriever: finder{found: none}, Files: files}, "Where do we write of the budget of 2024?", golocal.Scope{},
			[]string{"file: a/Budget 2024.pdf has no text that could be searched: its pages are pictures", "file: a/budgets.docx could not be read: it is encrypted"}},
		{"general knowledge", Options{Retriever: finder{found: none}, Model: big, Generator: unwanted{t}}, "What is the budget?", golocal.Scope{}, []string{"open: Ask big for general knowledge"}},
		{"a tiny model's is not worth it", Options{Retriever: finder{found: none}, Model: tiny, Generator: unwanted{t}}, "What is the budget?", golocal.Scope{}, nil},
		{"in German", Options{Retriever: within{fewer, none}, Path: func(r golocal.Ref) string { return fmt.Sprint("/f", r.Root) }, Folders: folders, Files: files}, "Wie hoch ist das Budget?", golocal.Scope{Roots: []int64{1, 2, 3}},
			[]string{"scope: Die Suche war begrenzt (die Ordner f1, f2, f3)", "folder: /home/ada/Notes wird noch gelesen: 12 fehlen noch", "folder: ", "folder: ", "file: a/Budget 2024.pdf enthält keinen", "file: a/budgets.docx ließ sich nicht lesen: it is encrypted"}},
	} {
		_, a, err := ask(t, c.o, Request{Question: c.question, Scope: c.scope})
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		if a.Kind != KindNone || len(a.Widen) != len(c.want) {
			t.Errorf("%s: %s with %+v", c.name, a.Kind, a.Widen)
			continue
		}
		for i, w := range a.Widen {
			if !strings.HasPrefix(w.Kind+": "+w.Text, c.want[i]) {
				t.Errorf("%s: %s: %s, want %q", c.name, w.Kind, w.Text, c.want[i])
			}
		}
		if strings.Contains(a.Note, "was meant") {
			t.Errorf("%s: said twice: %q", c.name, a.Note)
		}
	}
}

func TestWiden_FailsWithTheAnswer(t *testing.T) {
	broken := errors.New("broken")
	o := Options{Retriever: finder{found: golocal.Found{Hits: hits()}}, Folders: func(context.Context) ([]Folder, error) { return nil, broken }}
	if _, _, err := ask(t, o, Request{Question: question}); !errors.Is(err, broken) {
		t.Errorf("error %v", err)
	}
}
