// Package corpus answers questions about the files themselves rather than about
// one passage of them: how many there are, which mention a name, what the newest
// is, what a column adds up to, what two files have in common. Every number is
// counted from the catalogue or computed from the text that was read of the
// files; nothing is written by a model.
//
// A question is recognised by grammar, in English and German, and only where
// every word of it that means something is accounted for: by the kind of file it
// asks about, by a folder, file, tag, column or cell that is really there, by a
// date or by the words that the files are to mention. All others are ordinary
// questions.
package corpus

import (
	"context"
	"fmt"
	"iter"
	"strings"

	"golocal"
)

// Catalogue is what is known of the files.
type Catalogue interface {
	// Understand reads the conditions of a text, as searches do, and what is left
	// of it; they narrow scope, whose saved part is resolved.
	Understand(text string, scope golocal.Scope) (golocal.Query, error)
	// Documents lists the documents in scope by path, without their text. One is in
	// scope where each condition holds for the file or for any passage of it.
	Documents(ctx context.Context, scope golocal.Scope) iter.Seq2[golocal.Document, error]
	// DocumentByID gives a document whole; false when it is gone.
	DocumentByID(ctx context.Context, id int64) (golocal.Document, bool, error)
}

// Task is what a question wants.
type Task string

// The tasks.
const (
	Count    Task = "count"
	List     Task = "list"
	Newest   Task = "newest"
	Oldest   Task = "oldest"
	Largest  Task = "largest"
	Smallest Task = "smallest"
	Pages    Task = "pages"
	Tags     Task = "tags"
	Total    Task = "total"
	Compare  Task = "compare"
	Only     Task = "only" // what the first file has and the second has not
	Summary  Task = "summary"
	Types    Task = "types"   // what the files' names end with
	Folders  Task = "folders" // with the number of files in each
	Size     Task = "size"    // in bytes
	Changed  Task = "changed" // when
	Words    Task = "words"
	// Duplicates are files that are alike, byte for byte.
	Duplicates Task = "duplicates"
	// Occurrences is how often words stand in the files, or in which the most often.
	Occurrences Task = "occurrences"
)

// Op is what a Total does with a column.
type Op string

// The operations.
const (
	Sum     Op = "sum"
	Average Op = "average"
	Median  Op = "median"
	Min     Op = "min"
	Max     Op = "max"
	Rows    Op = "count"
	// Distinct counts the different values.
	Distinct Op = "distinct"
)

// Question is a question about the files, understood.
type Question struct {
	Task     Task
	Kind     string // of files, as a noun says it: "pdf", "note"; "" is every file
	Folder   string // name of a folder
	Tag      string
	Called   string // a word in the files' names
	Mentions Mention
	Guessed  bool   // Mentions may be a description rather than words of the files
	After    string // days, as in a Scope
	Before   string
	Changed  bool    // they are when the file was changed, not what it says of itself
	When     string  // the days, for the user
	Sized    string  // how large they are: ">", ">=", "<" or "<=" Than; "" is any
	Than     float64 // bytes
	N        int     // files asked for; 0 is one
	Nth      int     // which of those in order; 0 is the first
	Names    []golocal.Document
	Total    Calculation
	scope    golocal.Scope
	folders  []folder    // that Folder names
	Language string      // of the answer, a BCP 47 code; German or else English
	twins    [][2]string // files of one name: which it is taken for, and another
	say      *wording
}

// String is the question in a fixed form, for tests and logs.
func (q Question) String() string {
	parts := []string{string(q.Task)}
	add := func(name, value string) {
		if value != "" {
			parts = append(parts, name+"="+value)
		}
	}
	add("type", q.Kind)
	add("folder", q.Folder)
	add("tag", q.Tag)
	add("called", q.Called)
	for _, w := range q.Mentions.All {
		add("mentions", w)
	}
	for _, w := range q.Mentions.Any {
		add("any", w)
	}
	for _, w := range q.Mentions.None {
		add("none", w)
	}
	add("op", string(q.Total.Op))
	add("column", q.Total.Column)
	add("group", q.Total.Group)
	if q.Total.Whose {
		add("label", q.Total.Label)
	}
	for _, f := range q.Total.Filters {
		add("filter", f)
	}
	add("bound", strings.ReplaceAll(q.Total.Bound, " ", ""))
	if q.Total.Most {
		parts = append(parts, "most=true")
	}
	if q.Total.N > 0 {
		add("n", fmt.Sprint(q.Total.N))
	}
	add("after", q.After)
	add("before", q.Before)
	if q.Changed {
		parts = append(parts, "changed")
	}
	if q.Sized != "" {
		add("size", fmt.Sprintf("%s%.0f", q.Sized, q.Than))
	}
	if q.Nth > 0 {
		add("nth", fmt.Sprint(q.Nth))
	}
	if q.N > 0 {
		add("n", fmt.Sprint(q.N))
	}
	if len(q.Names) > 0 {
		add("names", fmt.Sprint(len(q.Names)))
	}
	return strings.Join(parts, " ")
}

// Item is a file of an answer, or a place in one.
type Item struct {
	Doc   golocal.Document // without its text
	Text  string           // what is said of it, for the user; "" is its path alone
	Span  golocal.Span
	Place golocal.Place
	Quote string // verbatim from the document's text; "" where the whole file is meant
}

// Unread is a file that could not be looked into.
type Unread struct {
	Doc    golocal.Document
	Why    string
	passed bool // there were too many to look into
}

// Coverage says how much of what was asked about was looked at.
type Coverage struct {
	Of     int // files that the question is about
	Read   int // of these with text that was read, or all where no text is needed
	Unread []Unread
	say    *wording // nil: English
}

// String says it: "read 33 of 35 files; 2 had no text".
func (c Coverage) String() string {
	w := c.say
	if w == nil {
		w = &english
	}
	s := fmt.Sprintf(w.read, c.Read, w.amount(c.Of, "file"))
	var why []string
	counts := map[string]int{}
	for _, u := range c.Unread {
		word := w.cause(u.Doc)
		if counts[word] == 0 {
			why = append(why, word)
		}
		counts[word]++
	}
	for i, w := range why {
		sep := ", "
		if i == 0 {
			sep = "; "
		}
		s += fmt.Sprintf("%s%d %s", sep, counts[w], w)
	}
	return s
}

// cause says what a document's state means for the reader of a list.
func (w *wording) cause(d golocal.Document) string {
	switch d.State {
	case golocal.StateNoText:
		return w.noTextOf
	case golocal.StateSkipped:
		return w.leftOutByRule
	case golocal.StateUnsupported:
		return w.notOfType
	}
	return w.couldNot
}

// Result is an answer.
type Result struct {
	Task     Task
	Text     string   // the answer in one sentence or a few
	Value    string   // the number alone, plain decimal; "" where the answer is none
	Total    int      // items in all, of which Items may be the first
	Lines    []string // of the answer, below Text: what is counted and no file
	Items    []Item
	Coverage Coverage
	Parts    []Part   // of a Total: what each number was made of
	Notes    []string // for the user
}
