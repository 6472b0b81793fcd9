package chat

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"golocal"
	"golocal/chat/corpus"
)

// Counted is what a computed answer was made from.
type Counted struct {
	Task     corpus.Task   `json:"task"`
	Value    string        `json:"value,omitempty"` // the number alone, plain decimal; of a superlative the file's path
	Total    int           `json:"total"`           // items; Items are the first of them
	Items    []Listed      `json:"items"`
	Of       int           `json:"of"`       // files that the question is about
	Read     int           `json:"read"`     // of these whose text was read
	Coverage string        `json:"coverage"` // in words: "read 33 of 35 files; 2 had no text"
	Unread   []Unread      `json:"unread"`   // the first that were not read
	Parts    []corpus.Part `json:"parts,omitempty"`
}

// Listed is a file that an answer counts, or a place in one.
type Listed struct {
	Doc      int64         `json:"doc"`
	Ref      golocal.Ref   `json:"ref"`
	Path     string        `json:"path"` // absolute, for people
	Type     string        `json:"type,omitempty"`
	Size     int64         `json:"size"` // bytes
	Modified time.Time     `json:"modified"`
	Text     string        `json:"text"`
	Place    golocal.Place `json:"place"`
	Quote    string        `json:"quote,omitempty"`
}

// Unread is a file that could not be looked into.
type Unread struct {
	Doc  int64       `json:"doc"`
	Ref  golocal.Ref `json:"ref"`
	Path string      `json:"path"` // absolute, for people
	Why  string      `json:"why"`
}

const (
	itemsShown  = 20  // in the text of an answer
	itemsKept   = 500 // in Counted
	unreadShown = 5
	unreadKept  = 200
	wholeCheck  = 8 << 20 // bytes up to which a file that is cited without a quote is looked at
)

// aboutFiles answers a question about the files themselves; done is false for
// every other one. The question is read as it is, then as it stands alone.
func (r *run) aboutFiles(model Model, generate bool, questions ...string) (done bool, err error) {
	if r.o.Files == nil {
		return false, nil
	}
	root := func(id int64) string {
		if r.o.Path == nil {
			return ""
		}
		return r.o.Path(golocal.Ref{Root: id})
	}
	a := corpus.Answerer{Catalogue: r.o.Files, Root: root, Progress: func(done, all int) error {
		return r.emit(Status{Phase: PhaseProgress, Text: fmt.Sprintf(r.words.readOf, done, all), Done: done, Of: all})
	}}
	for _, text := range slices.Compact(questions) {
		q, ok, err := corpus.Recognise(r.ctx, r.o.Files, root, text, r.req.Scope)
		if err != nil {
			return false, err
		}
		if !ok {
			continue
		}
		if err := r.emit(Status{Phase: PhaseSearch, Text: r.words.looking}); err != nil {
			return false, err
		}
		if q.Language = languageOf(text); q.Language == "" && r.words == &german {
			q.Language = "de"
		}
		result, err := a.Answer(r.ctx, q)
		if errors.Is(err, corpus.ErrOrdinary) {
			continue
		}
		if err != nil {
			return false, err
		}
		r.ledger.Question = text
		r.found = golocal.Found{Query: text, Asked: golocal.Query{Text: text}, Hits: []golocal.Hit{}, Evidence: 1, Enough: true}
		r.ledger.Evidence, r.ledger.Enough = 1, true
		r.ledger.Seconds.Search = time.Since(r.start).Seconds()
		if err := r.emit(Found{r.found}); err != nil {
			return false, err
		}
		if generate && result.Total > 0 && (q.Task == corpus.Summary || q.Task == corpus.Compare) {
			return true, r.digest(text, q, a, result, model)
		}
		return true, r.computed(result)
	}
	return false, nil
}

// computed ends with a computed answer.
func (r *run) computed(result corpus.Result) error {
	shown := result.Items[:min(len(result.Items), itemsShown)]
	r.sources = make([]golocal.Source, 0, len(shown))
	var sentences []Sentence
	say := func(lead, text string, verdict Verdict, cited ...golocal.Citation) {
		sentences = append(sentences, Sentence{Index: len(sentences), Lead: lead, Text: text, Verdict: verdict, Citations: append([]golocal.Citation{}, cited...)})
	}
	for i, line := range strings.Split(result.Text, "\n") {
		lead := ""
		if i > 0 {
			lead = "\n\n"
		}
		say(lead, line, Supported)
	}
	for _, line := range result.Lines {
		say("\n- ", line, Supported)
	}
	for i, it := range shown {
		c, err := r.citeItem(it, i+1)
		if err != nil {
			return err
		}
		say("\n- ", itemText(it), Supported, c)
	}
	if len(shown) > 0 && len(sentences) == 1+len(shown) { // the headline rests on all of them
		sentences[0].Citations = append(sentences[0].Citations, sentences[1].Citations...)
	}
	if more := result.Total - len(shown); more > 0 {
		say("\n- ", fmt.Sprintf(r.words.andMore, more), NotAClaim)
	}
	r.tell(result)
	say("\n\n", r.coverage(result.Coverage), NotAClaim)
	for _, n := range result.Notes {
		r.note(n)
	}
	r.quotes = []Quote{}
	if err := r.emit(Sources{Sources: r.sources}); err != nil {
		return err
	}
	return r.finish(Answer{Kind: KindComputed, Text: spoken(sentences), Sentences: sentences, Verdict: Supported, Support: 1})
}

// itemText is what is said of an item, with the words that it is quoted for.
func itemText(it corpus.Item) string {
	if it.Text == "" {
		return it.Doc.Ref.Path
	}
	return it.Text
}

// citeItem makes an item a source and cites it.
func (r *run) citeItem(it corpus.Item, number int) (golocal.Citation, error) {
	chunk := golocal.Chunk{Doc: it.Doc.ID, Place: it.Place, Span: it.Span, Text: it.Quote}
	r.sources = append(r.sources, golocal.Source{Number: number, Hit: golocal.Hit{Doc: it.Doc, Chunk: chunk, Score: 1}, Text: it.Quote})
	c := golocal.Citation{Source: number, Doc: it.Doc.ID, Ref: it.Doc.Ref, Place: it.Place, Span: it.Span, Quote: it.Quote}
	if it.Quote == "" && it.Doc.Size > wholeCheck {
		if r.o.Path != nil {
			c.Path = r.o.Path(c.Ref)
		}
		return c, nil
	}
	return c, r.settle(&c, it.Doc)
}

// tell keeps what the answer was made from.
func (r *run) tell(result corpus.Result) {
	path := func(ref golocal.Ref) string {
		if r.o.Path == nil {
			return ""
		}
		return r.o.Path(ref)
	}
	c := &Counted{Task: result.Task, Value: result.Value, Total: result.Total, Items: []Listed{}, Unread: []Unread{}, Parts: result.Parts,
		Of: result.Coverage.Of, Read: result.Coverage.Read, Coverage: result.Coverage.String()}
	for _, it := range result.Items[:min(len(result.Items), itemsKept)] {
		c.Items = append(c.Items, Listed{Doc: it.Doc.ID, Ref: it.Doc.Ref, Path: path(it.Doc.Ref), Type: it.Doc.Type, Size: it.Doc.Size, Modified: it.Doc.Modified,
			Text: itemText(it), Place: it.Place, Quote: it.Quote})
	}
	for _, u := range result.Coverage.Unread[:min(len(result.Coverage.Unread), unreadKept)] {
		c.Unread = append(c.Unread, Unread{Doc: u.Doc.ID, Ref: u.Doc.Ref, Path: path(u.Doc.Ref), Why: u.Why})
	}
	r.counted = c
}

// coverage says what was read, and of what was not, which and why.
func (r *run) coverage(c corpus.Coverage) string {
	s := c.String()
	s = strings.ToUpper(s[:1]) + s[1:]
	for i, u := range c.Unread[:min(len(c.Unread), unreadShown)] {
		sep := ", "
		if i == 0 {
			sep = ": "
		}
		s += fmt.Sprintf("%s%s (%s)", sep, u.Doc.Ref.Path, u.Why)
	}
	if more := len(c.Unread) - unreadShown; more > 0 {
		s += " " + fmt.Sprintf(r.words.andMore, more)
	}
	return s + "."
}
