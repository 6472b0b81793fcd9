package main

import (
	"context"
	"fmt"
	"iter"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golocal"
	"golocal/chat/corpus"
	"golocal/retrieve"
)

// shelved is a catalogue in memory that understands dates as searches do.
type shelved struct {
	*retrieve.Retriever
	docs []golocal.Document
}

func (s shelved) Documents(context.Context, golocal.Scope) iter.Seq2[golocal.Document, error] {
	return func(yield func(golocal.Document, error) bool) {
		for _, d := range s.docs {
			d.Text, d.Sections = "", nil
			if !yield(d, nil) {
				return
			}
		}
	}
}

func (s shelved) DocumentByID(_ context.Context, id int64) (golocal.Document, bool, error) {
	return s.docs[id-1], true, nil
}

// someFiles are two folders: Notes and Work.
func someFiles() shelved {
	s := shelved{Retriever: retrieve.New(retrieve.Options{Now: func() time.Time { return time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC) }})}
	for _, f := range []struct {
		root       int64
		path, text string
	}{
		{1, "lisbon.md", "Lisbon is a city."}, {1, "travel/porto.md", "Porto is a city."}, {1, "recipes/bread.md", "Bread needs time."}, {1, "old/todo.txt", "Call Ann."},
		{2, "report-2023.pdf", "The year 2023."}, {2, "report-2024.pdf", "The year 2024."}, {2, "handbook.docx", "The rules."},
		{2, "expenses.csv", "Date,City,Category,Amount\n2024-03-01,Berlin,Travel,12.50\n2024-04-02,Porto,Food,8\n"},
		{2, "sales.xlsx", "Product | Region | Revenue\nChair | North | 100\nTable | South | 200\n"},
	} {
		kind := strings.TrimPrefix(path.Ext(f.path), ".")
		d := golocal.Document{ID: int64(len(s.docs) + 1), Ref: golocal.Ref{Root: f.root, Path: f.path}, Type: map[string]string{"md": "markdown", "txt": "text"}[kind], State: golocal.StateReady, Text: f.text}
		if d.Type == "" {
			d.Type = kind
		}
		if kind == "csv" || kind == "xlsx" {
			d.Sections = []golocal.Section{{Kind: golocal.KindTable, Span: golocal.Span{End: len(f.text)}}}
		}
		d.Meta.Tags = map[string][]string{"lisbon.md": {"idea"}, "report-2023.pdf": {"tax"}}[f.path]
		s.docs = append(s.docs, d)
	}
	return s
}

// right tells whether a question was recognised as a line of testdata wants it.
func right(t *testing.T, files shelved, question, want string) (string, bool) {
	t.Helper()
	root := func(id int64) string { return []string{"", "/home/u/Notes", "/home/u/Work"}[id] }
	q, ok, err := corpus.Recognise(t.Context(), files, root, question, golocal.Scope{})
	if err != nil {
		t.Fatalf("%q: %v", question, err)
	}
	got := "-"
	if ok {
		got = q.String()
	}
	if want == "-" || got == "-" {
		return got, got == want
	}
	// The last fields are all there, and none that want does not speak of but the end of the days.
	has := func(s, f string) bool { return strings.Contains(" "+s+" ", " "+f+" ") }
	name, rest, _ := strings.Cut(want, " ")
	ok = strings.HasPrefix(got+" ", name+" ")
	for _, f := range fields(rest) {
		ok = ok && has(got, f)
	}
	_, other, _ := strings.Cut(got, " ")
	for _, f := range fields(other) {
		ok = ok && (has(want, f) || strings.HasPrefix(f, "before="))
	}
	return got, ok
}

// fields are the fields of a question in its fixed form, whose values may have
// spaces.
func fields(s string) []string {
	var out []string
	for w := range strings.FieldsSeq(s) {
		if strings.Contains(w, "=") || w == "changed" {
			out = append(out, w)
		} else if len(out) > 0 {
			out[len(out)-1] += " " + w
		}
	}
	return out
}

func lines(t *testing.T, name string) [][2]string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	var out [][2]string
	for line := range strings.Lines(string(data)) {
		if q, want, ok := strings.Cut(strings.TrimSpace(line), " | "); ok && !strings.HasPrefix(line, "#") {
			out = append(out, [2]string{q, want})
		}
	}
	return out
}

// TestQuestions_Known is every question that the rules were written with.
func TestQuestions_Known(t *testing.T) {
	files := someFiles()
	for _, l := range lines(t, "questions_known.txt") {
		if got, ok := right(t, files, l[0], l[1]); !ok {
			t.Errorf("%s\n got %s\nwant %s", l[0], got, l[1])
		}
	}
}

// TestQuestions_Unseen is a floor under questions that no rule was written for:
// none that is about something else may be taken for one about the files.
func TestQuestions_Unseen(t *testing.T) {
	files := someFiles()
	all := lines(t, "questions_unseen.txt")
	good := 0
	for _, l := range all {
		got, ok := right(t, files, l[0], l[1])
		if ok {
			good++
			continue
		}
		t.Logf("%s\n got %s\nwant %s", l[0], got, l[1])
		if l[1] == "-" {
			t.Errorf("%q is taken for %s", l[0], got)
		}
	}
	t.Logf("%d of %d as wanted", good, len(all))
	if !slices.ContainsFunc(all, func(l [2]string) bool { return l[1] == "-" }) || good*100 < 70*len(all) {
		t.Errorf("%d of %d as wanted", good, len(all))
	}
}

// Of two files with one name the answer says which it is about; folders of one name
// count together.
func TestQuestions_NamesThatAreThereTwice(t *testing.T) {
	files := someFiles()
	for _, path := range []string{"a/list.csv", "b/list.csv"} {
		text := "Name,Amount\nx,1\n"
		if path == "b/list.csv" {
			text = "Name,Amount\nx,2\n"
		}
		files.docs = append(files.docs, golocal.Document{ID: int64(len(files.docs) + 1), Ref: golocal.Ref{Root: 1, Path: path}, Type: "csv", State: golocal.StateReady, Text: text,
			Sections: []golocal.Section{{Kind: golocal.KindTable, Span: golocal.Span{End: len(text)}}}})
	}
	for i, root := range []int64{1, 2} {
		files.docs = append(files.docs, golocal.Document{ID: int64(len(files.docs) + 1), Ref: golocal.Ref{Root: root, Path: "plans/p" + string(rune('0'+i)) + ".md"}, Type: "markdown", State: golocal.StateReady, Text: "A plan."})
	}
	root := func(id int64) string { return []string{"", "/home/u/Notes", "/home/u/Work"}[id] }
	for _, c := range []struct {
		question, value string
		notes           int
	}{
		{"total amount in list.csv", "1", 1}, {"total amount in b/list.csv", "2", 0}, {"How many files are in plans?", "2", 0},
	} {
		q, ok, err := corpus.Recognise(t.Context(), files, root, c.question, golocal.Scope{})
		if err != nil || !ok {
			t.Fatalf("%s: %v, %v", c.question, ok, err)
		}
		r, err := corpus.Answerer{Catalogue: files, Root: root}.Answer(t.Context(), q)
		if err != nil || r.Value != c.value || len(r.Notes) != c.notes {
			t.Errorf("%s: %q, %q, %v", c.question, r.Value, r.Notes, err)
		}
	}
}

func BenchmarkQuestions_TotalOf100kRows(b *testing.B) {
	files := someFiles()
	var csv strings.Builder
	csv.WriteString("Date,City,Amount\n")
	for i := range 100_000 {
		fmt.Fprintf(&csv, "2024-%02d-%02d,City %d,%d.%02d\n", i%12+1, i%28+1, i%50, i, i%100)
	}
	text := csv.String()
	files.docs = append(files.docs, golocal.Document{ID: int64(len(files.docs) + 1), Ref: golocal.Ref{Root: 1, Path: "long.csv"}, Type: "csv", State: golocal.StateReady, Text: text,
		Sections: []golocal.Section{{Kind: golocal.KindTable, Span: golocal.Span{End: len(text)}}}})
	root := func(id int64) string { return []string{"", "/home/u/Notes", "/home/u/Work"}[id] }
	for b.Loop() {
		q, ok, err := corpus.Recognise(b.Context(), files, root, "total amount for City 7 since March 2024 in long.csv", golocal.Scope{})
		if err != nil || !ok {
			b.Fatal(ok, err)
		}
		if r, err := (corpus.Answerer{Catalogue: files, Root: root}).Answer(b.Context(), q); err != nil || r.Value == "" {
			b.Fatal(r.Value, err)
		}
	}
}
