package chat

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"time"

	"golocal"
	"golocal/chat/corpus"
	"golocal/internal/remark"
)

// Retriever finds passages for a question.
type Retriever interface {
	Retrieve(ctx context.Context, question string, scope golocal.Scope, n int) (golocal.Found, error)
}

// Generator lets a model reply. The last Delta carries Usage. Leaving the loop
// or ending ctx stops the model.
type Generator interface {
	Generate(ctx context.Context, messages []golocal.Message, limits golocal.Limits) iter.Seq2[golocal.Delta, error]
}

// Checker tells whether a quote stands in the document's file now.
type Checker interface {
	Check(ctx context.Context, doc golocal.Document, quote string) (golocal.Freshness, error)
}

// Options are what an Assistant works with. Only Retriever is needed.
type Options struct {
	Retriever Retriever
	Refresher Refresher // nil: passages are as they were indexed
	Generator Generator // nil: quotes only
	// Model is asked before each answer for the chat model of a Request's Model, ""
	// for the one in use. Nil or false: there is none that could write now. The
	// error says why a named one cannot, and ends the answer.
	Model    func(ctx context.Context, name string) (Model, bool, error)
	Checker  Checker  // nil: citations have no State
	Embedder Embedder // nil: quotes are ranked by words
	Blocks   Blocks   // nil: rows of tables are quoted without their header, save Markdown's
	// Pack chooses the passages that fit into budget tokens and numbers them;
	// nil takes them in order while they fit.
	Pack  func(ctx context.Context, question string, hits []golocal.Hit, budget int, count func(string) int) ([]golocal.Source, []golocal.Dropped)
	Count func(string) int // tokens of a text where the model has no Tokens; nil estimates
	Files corpus.Catalogue // nil: every question is one about passages
	// Folders tells how far the watched folders are read, for a refusal; nil: nothing
	// is said of them.
	Folders  func(ctx context.Context) ([]Folder, error)
	Path     func(golocal.Ref) string // absolute path of a file, for people; nil leaves it empty
	Passages int                      // passages searched for; 0 is 10
	Reply    int                      // longest reply, tokens; 0 is 512, and never over a quarter of the window
	Evidence float64                  // confidence from which quotes count as an answer, 0 to 1; 0 is Threshold
	Support  float64                  // share of claims under which an answer is Folded; 0 is Support
	Log      *slog.Logger
}

// The modes of a Request.
const (
	ModeAuto     = "auto"     // generated where a good enough model is there, else quotes
	ModeQuotes   = "quotes"   // never ask a chat model
	ModeGenerate = "generate" // ask it even when it is tiny
)

// Request is a question.
type Request struct {
	Question string        `json:"question"`
	Scope    golocal.Scope `json:"scope"`
	Mode     string        `json:"mode,omitempty"`  // "" is auto
	Model    string        `json:"model,omitempty"` // that writes, a tiny one too; "" is the one in use
	Think    bool          `json:"think,omitempty"` // let a model reason first that could be told not to
	// Open lets the model add general knowledge, also where the files say nothing;
	// each sentence of that is NotFromFiles.
	Open     bool              `json:"open,omitempty"`
	Messages []golocal.Message `json:"messages,omitempty"` // the conversation so far, oldest first, without Question
	// Standalone is Question in words that need nothing before them, by who asks;
	// it is searched as it is. "" finds it from Messages.
	Standalone string `json:"standalone,omitempty"`
	// Cited are documents that the last answers cited: their passages stay
	// candidates where they fit the question.
	Cited []golocal.Citation `json:"cited,omitempty"`
}

// ErrRequest says that a Request makes no sense; its text says why.
var ErrRequest = errors.New("bad question")

// maxQuestion is the longest question, in bytes.
const maxQuestion = 8 << 10

// quotesShown is how many quotes an answer has at most; quoted how many hits
// they are taken from.
const (
	quotesShown = 5
	quoted      = 8
)

// Support is the share of an answer's claims that its sources must support, or it
// is Folded, unless Options say otherwise.
const Support = .5

// Assistant answers questions. It is safe for concurrent use.
type Assistant struct{ o Options }

// New returns an Assistant.
func New(o Options) *Assistant {
	if o.Pack == nil {
		o.Pack = packInOrder
	}
	if o.Count == nil {
		o.Count = estimate
	}
	if o.Passages == 0 {
		o.Passages = 10
	}
	if o.Reply == 0 {
		o.Reply = 512
	}
	if o.Evidence == 0 {
		o.Evidence = Threshold
	}
	if o.Support == 0 {
		o.Support = Support
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &Assistant{o}
}

// Answer answers one question as a run of events; the last is an Answer, or an
// error comes instead and ends the run. All work is done in the caller's
// goroutine and stops when the caller leaves the loop.
//
// Errors: ErrRequest for an empty or too long question or an unknown mode,
// ctx's error, those of the search, and Options.Model's. A model that is missing or fails is no
// error: the answer falls back to quotes and its Note says so.
func (a *Assistant) Answer(ctx context.Context, req Request) iter.Seq2[Event, error] {
	return func(yield func(Event, error) bool) {
		r := &run{Assistant: a, ctx: ctx, req: req, start: time.Now(), yield: yield, checked: map[checkKey]golocal.Freshness{},
			words: wordingFor(req.Question, req.Messages)}
		err := r.answer()
		if r.left {
			return
		}
		if err != nil {
			yield(nil, err)
		}
	}
}

// Plan is what a chat model would be given for a question that brought back found:
// the sources, and what its window has no room for. Nothing for both where no
// model would write the answer.
func (a *Assistant) Plan(ctx context.Context, question string, found golocal.Found) ([]golocal.Source, []golocal.Dropped) {
	r := &run{Assistant: a, ctx: ctx, req: Request{Question: question}, found: found, words: wordingFor(question, nil)}
	model, ok, err := r.chooses()
	if !ok || err != nil {
		return nil, nil
	}
	r.pack(question, model)
	return r.sources, r.ledger.Dropped
}

// errLeft says that the caller has left the loop.
var errLeft = errors.New("the reader has left")

// run is one answer being made.
type run struct {
	*Assistant
	ctx       context.Context
	req       Request
	start     time.Time
	yield     func(Event, error) bool
	left      bool // the caller has left the loop: yield must not be called again
	found     golocal.Found
	ledger    Ledger
	room      room             // of the chat model's context
	reasoning string           // of the model, bounded
	sources   []golocal.Source // packed ones first
	packed    int              // how many of sources the model may cite
	quotes    []Quote
	notes     []string
	checked   map[checkKey]golocal.Freshness
	counted   *Counted // what an answer about the files themselves was made from
	words     *wording // in the question's language
}

// emit hands an event out, or says that work should stop.
func (r *run) emit(e Event) error {
	if err := r.ctx.Err(); err != nil {
		return err
	}
	if !r.yield(e, nil) {
		r.left = true
		return errLeft
	}
	return nil
}

func (r *run) note(text string) {
	if text != "" {
		r.notes = append(r.notes, text)
	}
}

func (r *run) answer() error {
	question := strings.TrimSpace(r.req.Question)
	switch {
	case question == "":
		return remark.Error(ErrRequest, remark.QuestionEmpty)
	case len(question) > maxQuestion:
		return remark.Error(ErrRequest, remark.QuestionTooLong, len(question), maxQuestion)
	}
	switch r.req.Mode {
	case "", ModeAuto, ModeQuotes, ModeGenerate:
	default:
		return remark.Error(ErrRequest, remark.QuestionBadModes, strconv.Quote(r.req.Mode), ModeAuto, ModeQuotes, ModeGenerate)
	}
	if r.req.Open && r.req.Mode == ModeQuotes {
		return remark.Error(ErrRequest, remark.QuestionQuotes)
	}
	model, generate, err := r.chooses()
	if err != nil {
		return err
	}
	if generate && model.Tokens != nil {
		model.Tokens.Prepare() // while the search runs
	}
	searched, err := r.alone(question, model, generate)
	if err != nil {
		return err
	}
	r.ledger = Ledger{Question: searched, Sources: []Spent{}, Dropped: []golocal.Dropped{}}
	if done, err := r.aboutFiles(model, generate, question, searched); done || err != nil {
		return err
	}
	if err := r.emit(Status{Phase: PhaseSearch, Text: r.words.searching}); err != nil {
		return err
	}
	if r.found, err = r.retrieve(searched, r.req.Scope); err != nil {
		return err
	}
	if r.found.Hits == nil {
		r.found.Hits = []golocal.Hit{}
	}
	if asked := r.found.Asked; asked.Text != "" {
		searched = asked.Text
		if slices.ContainsFunc(asked.Limits, func(l golocal.Limit) bool { return !l.Guessed }) {
			question = asked.Text // conditions are nothing for a model
		}
	}
	for _, l := range r.found.Asked.Limits {
		if l.Guessed {
			r.note(fmt.Sprintf(r.words.asSays, r.says(l.Remark, l.Says), l.Text))
		}
	}
	notes := r.found.Asked.Notes
	meant := r.found.Asked.Meant
	if meant != "" && len(notes) > 0 { // said in the question's language, of a refusal by widen
		notes = notes[:len(notes)-1]
	}
	for i, n := range notes {
		if i < len(r.found.Asked.Remarks) {
			n = r.says(r.found.Asked.Remarks[i], n)
		}
		r.note(n)
	}
	if err := r.remember(searched); err != nil {
		return err
	}
	r.ledger.Seconds.Search = time.Since(r.start).Seconds()
	r.ledger.KeywordOnly = r.says(r.found.Remark, r.found.Note)
	if err := r.emit(Found{r.found}); err != nil {
		return err
	}
	if r.found.Note != "" && len(r.found.Hits) > 0 {
		if err := r.emit(Status{Phase: PhaseNotice, Text: r.ledger.KeywordOnly}); err != nil {
			return err
		}
	}
	open := generate && r.req.Open // the model may answer what the files don't
	if err := r.choose(searched, model, generate); err != nil {
		return err
	}
	if meant != "" && len(r.found.Asked.Notes) > 0 && r.ledger.Enough {
		r.note(fmt.Sprintf(r.words.meant, meant))
	}
	if !r.ledger.Enough && !open {
		return r.refuse("")
	}
	if open && !r.ledger.Enough {
		r.note(fmt.Sprintf(r.words.unfit, model.Name))
	}
	if generate && r.packed > 0 || open {
		return r.generate(question, model)
	}
	if generate {
		r.note(fmt.Sprintf(r.words.noRoom, model.Name))
	}
	return r.quote()
}

// chooses decides whether a model writes the answer. Who names one wants it to.
func (r *run) chooses() (model Model, ok bool, err error) {
	if r.req.Mode == ModeQuotes {
		return Model{}, false, nil
	}
	if r.o.Generator != nil && r.o.Model != nil {
		if model, ok, err = r.o.Model(r.ctx, r.req.Model); err != nil {
			return Model{}, false, err
		}
	}
	wanted := r.req.Mode == ModeGenerate || r.req.Model != ""
	switch {
	case !ok && r.req.Open:
		r.note(r.words.noModel)
		return Model{}, false, nil
	case !ok && wanted:
		r.note(r.words.onlyQuotes)
		return Model{}, false, nil
	case !ok, model.Tiny && !wanted && !r.req.Open:
		return Model{}, false, nil
	case model.Tiny:
		r.note(fmt.Sprintf(r.words.tiny, model.Name))
	}
	return model, true, nil
}
