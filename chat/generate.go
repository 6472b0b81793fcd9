package chat

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"golocal"
)

// generate lets the model write, and checks each sentence as it is finished.
func (r *run) generate(question string, model Model) error {
	packed := r.sources[:r.packed]
	messages := r.prompt(model, question, packed, r.room.history)
	if err := r.emit(Status{Phase: PhaseGenerate, Text: fmt.Sprintf(r.words.reads, model.Name), Model: model.Name}); err != nil {
		return err
	}
	w := writer{run: r, clean: cleaner{sources: r.packed}, verifier: newVerifier(packed), asked: time.Now()}
	w.verifier.words, w.verifier.likeness = r.words, r.likeness()
	if r.counted == nil { // a summary answers no question by a word
		w.verifier.ask(question)
	}
	var broken error
	continues := styleOf(model).continues
	limits := golocal.Limits{Model: model.Name, Window: r.room.window, Tokens: r.room.reply + r.room.thought, Think: r.think(model)}
	for delta, err := range r.o.Generator.Generate(r.ctx, messages, limits) {
		if err != nil {
			broken = err
			break
		}
		if delta.Usage != nil {
			r.spent(*delta.Usage, messages)
		}
		if delta.Thinking != "" {
			if err := w.reason(delta.Thinking); err != nil {
				return err
			}
		}
		if delta.Text == "" {
			continue
		}
		if r.ledger.Seconds.FirstToken == 0 {
			r.ledger.Seconds.FirstToken = time.Since(w.asked).Seconds()
		}
		w.answers()
		text := delta.Text
		if continues {
			text = w.one.write(text)
		}
		if err := w.write(w.clean.write(text)); err != nil {
			return err
		}
		w.loops = w.loops || w.lines.write(text)
		if w.one.over {
			break
		}
		if w.loops {
			broken = errLoops
			break
		}
	}
	w.answers()
	if err := r.ctx.Err(); err != nil {
		return err
	}
	if !w.loops {
		if err := w.write(w.clean.write(w.one.end()) + w.clean.end()); err != nil {
			return err
		}
	}
	if !w.loops {
		if err := w.close(broken != nil || r.ledger.Cut); err != nil {
			return err
		}
	}
	if r.ledger.Seconds.Generate == 0 {
		r.ledger.Seconds.Generate = time.Since(w.asked).Seconds()
	}
	r.reasoning = w.thoughts.text.String()
	return r.conclude(w.sentences, model, broken)
}

// spent takes the runner's own figures over, and compares them with the plan.
func (r *run) spent(u golocal.Usage, messages []golocal.Message) {
	l := &r.ledger
	if u.Model != "" {
		l.Model = u.Model
	}
	if u.Window > 0 {
		l.Window = u.Window
	}
	l.PromptTokens, l.Tokens, l.Cut = u.PromptTokens, u.Tokens, u.Cut
	l.PromptRate, l.Rate, l.Where, l.WhereRemark = u.PromptRate, u.Rate, u.Where, u.WhereRemark
	l.Seconds.Load, l.Seconds.Prompt, l.Seconds.Generate = u.Load, u.Prompt, u.Generate
	if l.Estimated { // the vocabulary may have come meanwhile
		n, exact := r.planned(r.room.model, messages)
		l.Planned, l.Estimated = n, !exact
	}
	l.Warning = r.words.shortfall(l.Planned, u.PromptTokens, l.Window, l.Estimated)
	r.note(l.Warning)
	if l.Warning == "" && l.Window > 0 && u.PromptTokens >= l.Window {
		r.note(fmt.Sprintf(r.words.full, l.Window))
	}
}

// conclude decides what a finished or broken reply is worth.
func (r *run) conclude(sentences []Sentence, model Model, broken error) error {
	if broken != nil {
		r.ledger.Cut = true
		r.o.Log.Warn("generate an answer", "model", model.Name, "err", broken)
		r.note(r.words.broken(model.Name, broken))
	}
	if r.ledger.Cut && broken == nil && len(sentences) > 0 {
		r.note(r.words.longest)
	}
	claims, refused := 0, false
	for _, s := range sentences {
		if s.Verdict != NotAClaim {
			claims++
		}
		refused = refused || refuses(s.Text)
	}
	switch {
	case len(sentences) == 0, claims == 0 && !refused && r.counted == nil: // "Sure!", or the question again
		switch {
		case broken == nil && r.reasoning != "" && r.ledger.Cut:
			r.note(fmt.Sprintf(r.words.usedUp, model.Name, thousands(r.room.reply+r.room.thought)))
		case broken == nil:
			r.note(fmt.Sprintf(r.words.saidNothing, model.Name))
		}
		if !r.ledger.Enough { // nothing was asked of the model but what it knows itself
			return r.refuse("")
		}
		return r.quote()
	case refused && claims == 0:
		return r.refuse(fmt.Sprintf(r.words.foundNone, model.Name))
	}
	share, whole := support(sentences)
	a := Answer{Kind: KindGenerated, Sentences: sentences, Text: spoken(sentences), Verdict: whole, Support: share}
	if a.Folded = folds(sentences, r.o.Support); a.Folded {
		r.note(fmt.Sprintf(r.words.folded, 100*share, model.Name))
	}
	return r.finish(a)
}

// spoken is the text of the sentences with their markers. What each of them is
// cleaned of must not come about where two meet.
func spoken(sentences []Sentence) string {
	var b strings.Builder
	for _, s := range sentences {
		b.WriteString(s.Lead + s.Text)
		for i, c := range s.Citations {
			if i == 0 {
				b.WriteByte(' ')
			}
			fmt.Fprintf(&b, "[%d]", c.Source)
		}
	}
	var c cleaner
	c.put(strings.TrimSpace(b.String()))
	return c.take()
}

// writer turns the cleaned stream into tokens and checked sentences.
type writer struct {
	*run
	one       continued // of a base model
	lines     repeats
	clean     cleaner
	stream    stream
	verifier  *verifier
	asked     time.Time // when the model was
	thoughts  reasoning
	sentences []Sentence
	loops     bool // the model has begun to repeat itself
}

// sayings is how often a reply may say a thing of a few words: "Yes." stands more
// than once in some.
const sayings = 2

// errLoops ends a reply that goes round in circles, as small models' do.
var errLoops = errors.New("it began to repeat itself")

func (w *writer) write(text string) error {
	if text == "" {
		return nil
	}
	if err := w.emit(Token{text}); err != nil {
		return err
	}
	for _, d := range w.stream.add(text) {
		if err := w.finish(d); err != nil {
			return err
		}
	}
	return nil
}

// close finishes what is left. A last sentence that was cut off is shown, but
// never as proven.
func (w *writer) close(cut bool) error {
	rest := w.stream.rest()
	for i, d := range rest {
		if cut && i == len(rest)-1 && !strings.HasSuffix(strings.TrimRight(d.text, `"'”’)*_`), ".") {
			d.text, d.cut = d.text+" …", true
		}
		if err := w.finish(d); err != nil {
			return err
		}
	}
	return nil
}

// finish checks a sentence and hands it out.
func (w *writer) finish(d draft) error {
	if d.text == "" || w.loops {
		return nil
	}
	times := 0
	for _, s := range w.sentences {
		if s.Text == d.text {
			times++
		}
	}
	if times >= sayings || times > 0 && len(strings.Fields(d.text)) >= 4 {
		w.loops = true
		return nil
	}
	s := Sentence{Index: len(w.sentences), Lead: d.lead, Text: d.text, Citations: []golocal.Citation{}}
	verdict, reasons, f := w.verifier.check(d)
	if w.req.Open && beyond(verdict, f) {
		verdict, reasons, f = NotFromFiles, nil, nil
	}
	s.Verdict, s.Reasons = verdict, reasons
	if d.cut && verdict == Supported {
		s.Verdict, s.Reasons = Partly, []string{w.words.cutOff}
	}
	for _, f := range f.all() {
		x := w.verifier.sources[f.source]
		c := cite(x.Hit, x.Number, f.start, f.end)
		if err := w.settle(&c, x.Hit.Doc); err != nil {
			return err
		}
		if s.Verdict == Supported && (c.State == golocal.Changed || c.State == golocal.Gone) {
			s.Verdict = Partly
			s.Reasons = append(s.Reasons, w.words.changed)
		}
		s.Citations = append(s.Citations, c)
	}
	w.sentences = append(w.sentences, s)
	return w.emit(s)
}
