package chat

import (
	"fmt"
	"strings"

	"golocal"
	"golocal/chat/corpus"
	"golocal/internal/place"
)

// Bounds of a digest: texts longer than a model's window are read stretch by stretch,
// and what it noted of each is read together.
const (
	maxStretches  = 48 // read in all; of longer texts some are passed over
	stretchTokens = 1500
	tinyStretch   = 600 // for a tiny model
	notesReply    = 140 // tokens of notes on a stretch
	fineStretches = 8   // of a text that fits whole, so that what is said of it is cited closely
	leastStretch  = 120
)

// stretch is a run of sections of a document.
type stretch struct {
	hit    golocal.Hit
	notes  string // what the model noted of it; "" where it is read as it is
	tokens int
}

// digest lets the model write a summary or a comparison. The quotes of the
// computed answer come first; they are also what is left where the model fails.
func (r *run) digest(question string, q corpus.Question, a corpus.Answerer, result corpus.Result, model Model) error {
	docs, _, err := a.Chosen(r.ctx, q)
	if err != nil {
		return err
	}
	r.tell(result)
	r.note(result.Coverage.String())
	r.quotes = []Quote{}
	for _, it := range result.Items {
		if it.Quote != "" && len(r.quotes) < quotesShown {
			c, err := r.citeItem(it, len(r.sources)+1)
			if err != nil {
				return err
			}
			r.quotes = append(r.quotes, Quote{Citation: c, Plain: plain(it.Quote, false), Title: it.Doc.Title, Score: 1})
		}
	}
	quoted := r.sources
	if err := r.emit(Sources{Sources: quoted}); err != nil {
		return err
	}
	if err := r.emit(Quotes{r.quotes}); err != nil {
		return err
	}
	budget, limit := r.windowFor(model)
	stretches, err := r.stretches(docs, model, budget, limit)
	if err != nil {
		return err
	}
	if len(stretches) == 0 {
		return r.computed(result)
	}
	total := 0
	for _, p := range stretches {
		total += p.tokens
	}
	if total > budget {
		if stretches, err = r.annotate(stretches, model, budget); err != nil {
			return err
		}
	}
	// The stretches are the sources that the sentences are checked against; the quotes
	// keep theirs behind them.
	r.sources = nil
	for i, p := range stretches {
		text := p.notes
		if text == "" {
			text = p.hit.Chunk.Text
		}
		r.sources = append(r.sources, golocal.Source{Number: i + 1, Hit: p.hit, Text: text, Tokens: p.tokens})
		r.ledger.Sources = append(r.ledger.Sources, Spent{Source: i + 1, Doc: p.hit.Doc.ID, Tokens: p.tokens})
	}
	r.packed = len(r.sources)
	for i := range r.quotes {
		r.quotes[i].Citation.Source += r.packed
	}
	for _, s := range quoted {
		s.Number += r.packed
		r.sources = append(r.sources, s)
	}
	if err := r.emit(Sources{Sources: r.sources, Dropped: r.ledger.Dropped}); err != nil {
		return err
	}
	return r.generate(question, model)
}

// windowFor asks for the model's context and says how many tokens of sources fit
// beside instructions and reply, and how many a stretch may have.
func (r *run) windowFor(model Model) (budget, limit int) {
	r.room = room{model: model, window: 4096, reply: r.o.Reply}
	limit = stretchTokens
	if model.Tiny {
		r.room.reply, limit = min(r.room.reply, tinyReply), tinyStretch
	}
	if r.think(model) || model.Always {
		r.room.thought = thoughts
	}
	fixed, _ := r.planned(model, r.prompt(model, r.req.Question, nil, nil))
	if model.Window != nil {
		r.room.window = model.Window(r.ctx, 2*limit+fixed+r.room.reply+r.room.thought)
	}
	r.room.reply = min(r.room.reply, r.room.window/4)
	r.room.thought = min(r.room.thought, r.room.window/4)
	r.ledger.Model, r.ledger.Window = model.Name, r.room.window
	budget = (r.room.window - r.room.reply - r.room.thought - fixed) * 7 / 8
	if model.Tiny {
		budget = min(budget, tinyBudget)
	}
	return budget, max(leastStretch, min(limit, budget-4*perMessage))
}

// stretches cuts documents at their sections into stretches of at most limit tokens;
// where all fit together, into smaller ones. More than maxStretches are thinned out
// evenly, and a note says so.
func (r *run) stretches(docs []golocal.Document, model Model, budget, limit int) ([]stretch, error) {
	count := r.count(model)
	var whole []golocal.Document
	total := 0
	for i, d := range docs {
		if d.State != golocal.StateReady {
			continue
		}
		doc, ok, err := r.o.Files.DocumentByID(r.ctx, d.ID)
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		if i >= maxStretches {
			r.note(fmt.Sprintf(r.words.firstFiles, maxStretches))
			break
		}
		whole = append(whole, doc)
		total += estimate(doc.Text)
	}
	if total <= budget {
		limit = max(leastStretch, min(limit, total/fineStretches))
	}
	var all []stretch
	for _, d := range whole {
		all = append(all, cut(d, limit, count)...)
	}
	if len(all) > maxStretches {
		r.note(fmt.Sprintf(r.words.evenly, maxStretches, len(all)))
		var some []stretch
		for i := range maxStretches {
			some = append(some, all[i*len(all)/maxStretches])
		}
		all = some
	}
	return all, nil
}

// cut parts a document's text at its sections; one that is too long by itself is
// parted at lines, and at a space where a line is too long.
func cut(doc golocal.Document, limit int, count func(string) int) []stretch {
	ruler := place.NewRuler(doc.Marks, doc.Text)
	bare := doc
	bare.Text, bare.Sections, bare.Marks, bare.Lines = "", nil, nil, nil
	var spans []golocal.Span
	for _, s := range doc.Sections {
		spans = append(spans, lineSpans(doc.Text, s.Span, limit, count)...)
	}
	if len(spans) == 0 {
		spans = lineSpans(doc.Text, golocal.Span{End: len(doc.Text)}, limit, count)
	}
	var out []stretch
	begin, end, tokens := -1, 0, 0
	close := func() {
		if begin < 0 {
			return
		}
		text := doc.Text[begin:end]
		trimmed := strings.TrimRight(text, " \n\t\f\r")
		start := begin + len(trimmed) - len(strings.TrimLeft(trimmed, " \n\t\f\r"))
		span := golocal.Span{Start: start, End: begin + len(trimmed)}
		if span.End > span.Start {
			c := golocal.Chunk{Doc: doc.ID, Ordinal: len(out), Place: ruler.Of(span), Marks: ruler.Inside(span), Span: span, Text: doc.Text[span.Start:span.End]}
			for _, s := range doc.Sections {
				if s.Span.Start <= span.Start {
					c.Heading = s.Heading
				}
			}
			hit := golocal.Hit{Doc: bare, Chunk: c, Score: 1}
			out = append(out, stretch{hit: hit, tokens: tokens + count(label(hit)) + 4*perMessage})
		}
		begin, tokens = -1, 0
	}
	for _, s := range spans {
		n := count(doc.Text[s.Start:s.End])
		if begin >= 0 && tokens+n > limit {
			close()
		}
		if begin < 0 {
			begin = s.Start
		}
		end = s.End
		tokens += n
	}
	close()
	return out
}

// lineSpans parts a span that is longer than limit tokens at its lines.
func lineSpans(text string, s golocal.Span, limit int, count func(string) int) []golocal.Span {
	if count(text[s.Start:s.End]) <= limit {
		return []golocal.Span{s}
	}
	var out []golocal.Span
	for at := s.Start; at < s.End; {
		end := at + strings.IndexByte(text[at:s.End]+"\n", '\n') + 1
		end = min(end, s.End)
		if most := 2 * limit; end-at > most { // tokens have two bytes at least, nearly always
			if i := strings.LastIndexByte(text[at:at+most], ' '); i > 0 {
				end = at + i + 1
			} else {
				for end = at + most; end < s.End && text[end]&0xC0 == 0x80; end++ {
				}
			}
		}
		out = append(out, golocal.Span{Start: at, End: end})
		at = end
	}
	return out
}

// annotate lets the model note what each stretch says, and drops what its window has
// no room for even so.
func (r *run) annotate(stretches []stretch, model Model, budget int) ([]stretch, error) {
	each := max(notesReply/2, min(notesReply, budget/len(stretches)-4*perMessage-16))
	count := r.count(model)
	var out []stretch
	for i, p := range stretches {
		if err := r.emit(Status{Phase: PhaseProgress, Text: fmt.Sprintf(r.words.hasRead, model.Name, i, len(stretches)), Done: i, Of: len(stretches), Model: model.Name}); err != nil {
			return nil, err
		}
		notes, err := r.notesOn(p, model, each)
		if err != nil {
			return nil, err
		}
		if notes == "" {
			continue
		}
		p.notes = notes
		p.tokens = count(notes) + count(label(p.hit)) + 4*perMessage
		out = append(out, p)
	}
	var kept []stretch
	for _, p := range out {
		if p.tokens > budget {
			r.ledger.Dropped = append(r.ledger.Dropped, golocal.Dropped{Doc: p.hit.Doc.ID, Ref: p.hit.Doc.Ref, Tokens: p.tokens, Why: "the model's window is full"})
			continue
		}
		budget -= p.tokens
		kept = append(kept, p)
	}
	if lost := len(out) - len(kept); lost > 0 {
		r.note(fmt.Sprintf(r.words.notesHaveRoom, lost, len(out), model.Name))
	}
	return kept, r.emit(Status{Phase: PhaseProgress, Text: fmt.Sprintf(r.words.hasRead, model.Name, len(stretches), len(stretches)), Done: len(stretches), Of: len(stretches), Model: model.Name})
}

// notesOn asks the model what a stretch says. A model that fails is left alone with
// it: the other stretches may do.
func (r *run) notesOn(p stretch, model Model, most int) (string, error) {
	source := golocal.Source{Number: 1, Hit: p.hit, Text: p.hit.Chunk.Text}
	messages := styleOf(model).prompt("What does source [1] say? Answer in at most three short sentences, with its names and numbers.", []golocal.Source{source}, nil, false,
		languageOf(source.Text[:min(len(source.Text), 2000)]))
	c := cleaner{sources: 1}
	var b strings.Builder
	for delta, err := range r.o.Generator.Generate(r.ctx, messages, golocal.Limits{Model: model.Name, Window: r.room.window, Tokens: most + r.room.thought, Think: r.think(model)}) {
		if err != nil {
			if r.ctx.Err() != nil {
				return "", r.ctx.Err()
			}
			r.o.Log.Warn("note what a part says", "model", model.Name, "err", err)
			break
		}
		b.WriteString(c.write(delta.Text))
	}
	b.WriteString(c.end())
	notes := strings.TrimSpace(oneLine(unmarked(b.String())))
	if refuses(notes) {
		return "", nil
	}
	return notes, nil
}
