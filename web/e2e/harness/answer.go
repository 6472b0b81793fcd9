package main

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"sort"
	"strings"
	"time"
	"unicode"

	"golocal"
	"golocal/chat"
	"golocal/internal/remark"
	"golocal/web"
)

// passages cuts a text into its lines; each is a chunk with its place.
func passages(doc golocal.Document) []golocal.Chunk {
	var out []golocal.Chunk
	page, line, start := 1, 1, 0
	heading := []string{}
	for i := 0; i <= len(doc.Text); i++ {
		if i < len(doc.Text) && doc.Text[i] != '\n' && doc.Text[i] != '\f' {
			continue
		}
		text := doc.Text[start:i]
		if h, ok := strings.CutPrefix(text, "## "); ok {
			heading = []string{h}
		}
		if strings.TrimSpace(text) != "" && !strings.HasPrefix(text, "#") {
			c := golocal.Chunk{ID: doc.ID*100_000 + int64(len(out)), Doc: doc.ID, Ordinal: len(out), Heading: heading, Span: golocal.Span{Start: start, End: i}, Text: text, Tokens: len(strings.Fields(text)), Code: doc.Type == "code"}
			switch doc.Type {
			case "pdf":
				c.Place = golocal.Place{Page: page}
			case "docx":
				c.Place = golocal.Place{Paragraph: line}
			default:
				c.Place = golocal.Place{Line: line}
			}
			out = append(out, c)
		}
		if i < len(doc.Text) && doc.Text[i] == '\f' {
			page++
		}
		line++
		start = i + 1
	}
	return out
}

func words(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }) {
		if len(w) > 3 {
			m[strings.TrimSuffix(w, "s")] = true
		}
	}
	return m
}

// marks are where the words that are wanted begin in a text of ASCII.
func marks(want map[string]bool, text string) []golocal.Span {
	var found []golocal.Span
	for i := 0; i < len(text); {
		end := i
		for end < len(text) && (text[end]|32 >= 'a' && text[end]|32 <= 'z') {
			end++
		}
		for w := range words(text[i:end]) {
			if want[w] {
				found = append(found, golocal.Span{Start: i, End: end})
			}
		}
		i = max(end, i+1)
	}
	return found
}

func (d *daemon) Retrieve(_ context.Context, query string, scope golocal.Scope, n int) (golocal.Found, error) {
	asked := limits(query)
	want := words(asked.Text)
	f := golocal.Found{Query: query, Asked: asked, Seconds: .004}
	for _, doc := range d.all() {
		if len(scope.Roots) > 0 && scope.Roots[0] != doc.Ref.Root || len(asked.Scope.Types) > 0 && asked.Scope.Types[0] != doc.Type {
			continue
		}
		for _, c := range passages(doc) {
			have, both := words(c.Text), 0
			for w := range want {
				if have[w] {
					both++
				}
			}
			if both > 0 {
				f.Hits = append(f.Hits, golocal.Hit{Doc: bare(doc), Chunk: c, Score: float64(both) / float64(len(want)), Parts: golocal.Parts{Keyword: float64(both), KeywordRank: 1},
					Highlights: marks(want, c.Text), Excerpt: golocal.Span{End: len(c.Text)}})
			}
		}
	}
	sort.SliceStable(f.Hits, func(i, j int) bool { return f.Hits[i].Score > f.Hits[j].Score })
	if len(f.Hits) > 0 {
		f.Evidence = f.Hits[0].Score
		f.Enough = f.Evidence >= .5
	}
	f.Hits = f.Hits[:min(n, len(f.Hits))]
	if strings.Contains(query, "twice") && len(f.Hits) > 1 { // the second says what the first does
		h := f.Hits[1]
		f.Hits[0].Also = []golocal.Elsewhere{{Doc: h.Doc.ID, Ref: h.Doc.Ref, Chunk: h.Chunk.ID, Place: h.Chunk.Place}}
		f.Hits = append(f.Hits[:1], f.Hits[2:]...)
	}
	return f, nil
}

// limits takes type:… and "last week" out of a query.
func limits(query string) golocal.Query {
	q := golocal.Query{Text: query}
	for _, w := range strings.Fields(query) {
		if kind, ok := strings.CutPrefix(w, "type:"); ok {
			q.Scope.Types = []string{kind}
			q.Text = strings.Join(strings.Fields(strings.Replace(q.Text, w, "", 1)), " ")
			q.Limits = append(q.Limits, golocal.Limit{Text: w, Says: "only files of type " + kind, Remark: remark.New(remark.LimitType, kind), Rest: q.Text})
		}
	}
	if before, after, ok := strings.Cut(q.Text, "from last week"); ok {
		q.Text = strings.Join(strings.Fields(before+after), " ")
		q.Limits = append(q.Limits, golocal.Limit{Text: "from last week", Says: "only files of 16–22 November", Remark: remark.New(remark.LimitDate, "2026-11-16/2026-11-23"), Rest: q.Text, Guessed: true})
	}
	return q
}

// Like finds the passages that share most words with one.
func (d *daemon) Like(ctx context.Context, chunk int64, scope golocal.Scope, n int) (golocal.Found, error) {
	_, chunks, err := d.Document(ctx, chunk/100_000)
	if err != nil {
		return golocal.Found{}, err
	}
	f, err := d.Retrieve(ctx, chunks[chunk%100_000].Text, scope, n+1)
	f.Query, f.Asked = "a passage", golocal.Query{}
	f.Hits = slices.DeleteFunc(f.Hits, func(h golocal.Hit) bool { return h.Chunk.ID == chunk })
	return f, err
}

// Trace knows three ends: read and found, not read, not there.
func (d *daemon) Trace(ctx context.Context, path string, document int64, query string, scope golocal.Scope, n int) (golocal.Outcome, error) {
	for _, doc := range d.all() {
		if doc.ID != document && d.path(doc.Ref) != path {
			continue
		}
		doc = bare(doc)
		if doc.State == golocal.StateFailed {
			return outcome(golocal.Outcome{Path: d.path(doc.Ref), Doc: &doc, Cause: "failed"}, remark.New(remark.TraceFailed, doc.Why), remark.New(remark.TraceFailedNext)), nil
		}
		return outcome(golocal.Outcome{Path: d.path(doc.Ref), Doc: &doc, Cause: "found"}, remark.New(remark.TraceFound, 1), golocal.Remark{}), nil
	}
	return outcome(golocal.Outcome{Path: path, Cause: "no file"}, remark.New(remark.TraceGoneFile), golocal.Remark{}), nil
}

func outcome(o golocal.Outcome, said, next golocal.Remark) golocal.Outcome {
	o.Remark, o.NextRemark = said, next
	o.Text, o.Next = remark.Say("en", said), remark.Say("en", next)
	return o
}

func (d *daemon) Duplicates(context.Context, float64) ([]golocal.Twins, error) { return nil, nil }

// saved keeps no scopes.
type saved struct{}

func (saved) List(context.Context) ([]web.SavedScope, error) { return nil, nil }
func (saved) Save(context.Context, web.SavedScope) error     { return nil }
func (saved) Remove(context.Context, string) error           { return nil }

func plain(s string) string {
	return strings.NewReplacer("**", "", "- ", "").Replace(s)
}

// Answer quotes the best lines, and in mode "generate" writes two sentences:
// the first repeats the best line, the second claims what no file says. Words
// in the question ask for trouble: "stale", "picture", "break", "cut"; "reason"
// makes the model reason first.
func (d *daemon) Answer(ctx context.Context, q chat.Request) iter.Seq2[chat.Event, error] {
	return func(yield func(chat.Event, error) bool) {
		d.mu.Lock()
		d.asked++
		runner := d.runner
		d.mu.Unlock()
		began := time.Now()
		if !yield(chat.Status{Phase: chat.PhaseSearch, Text: "Searching your files"}, nil) {
			return
		}
		found, _ := d.Retrieve(ctx, q.Question, q.Scope, 5)
		var sources []golocal.Source
		var quotes []chat.Quote
		for i, h := range found.Hits {
			state := golocal.Current
			if strings.Contains(q.Question, "stale") {
				state = golocal.Changed
			}
			sources = append(sources, golocal.Source{Number: i + 1, Hit: h, Text: h.Chunk.Text, Tokens: h.Chunk.Tokens})
			quotes = append(quotes, chat.Quote{Plain: plain(h.Chunk.Text), Heading: h.Chunk.Heading, Score: h.Score,
				Citation: golocal.Citation{Source: i + 1, Doc: h.Doc.ID, Ref: h.Doc.Ref, Path: d.path(h.Doc.Ref), Place: h.Chunk.Place, Span: h.Chunk.Span, Quote: h.Chunk.Text, State: state}})
		}
		a := chat.Answer{Kind: chat.KindQuotes, Sources: sources, Quotes: quotes, Verdict: chat.Supported, Support: 1,
			Ledger: chat.Ledger{Question: q.Question, Evidence: found.Evidence, Enough: found.Enough}}
		if !found.Enough {
			d.refuse(ctx, q, &a)
			yield(a, nil)
			return
		}
		if !yield(chat.Found{Found: found}, nil) || !yield(chat.Sources{Sources: sources}, nil) || !yield(chat.Quotes{Quotes: quotes}, nil) {
			return
		}
		if string(q.Mode) == "generate" && runner {
			if !d.generate(ctx, q, quotes, &a, yield) {
				return
			}
		}
		a.Ledger.Seconds.Search, a.Ledger.Seconds.Total = .01, time.Since(began).Seconds()
		yield(a, nil)
	}
}

// refuse ends without an answer, with a step for each thing that may help; where
// general knowledge is allowed there is some.
func (d *daemon) refuse(ctx context.Context, q chat.Request, a *chat.Answer) {
	if q.Open {
		a.Kind, a.Verdict, a.Support = chat.KindGenerated, chat.NotFromFiles, 0
		a.Sentences = []chat.Sentence{{Text: "The Soviet team won it.", Verdict: chat.NotFromFiles}}
		a.Text = a.Sentences[0].Text
		return
	}
	a.Kind, a.Verdict, a.Support = chat.KindNone, chat.Unsupported, 0
	a.Text = "Your files don't answer this."
	if all, _ := d.Retrieve(ctx, q.Question, golocal.Scope{}, 1); len(q.Scope.Roots) > 0 {
		a.Widen = append(a.Widen, chat.Widening{Kind: chat.WidenScope, Text: "The search was limited to a folder; your other files have passages that fit", Helps: all.Enough})
	}
	if strings.Contains(q.Question, "memberr") {
		meant := strings.Replace(q.Question, "memberr", "member", 1)
		a.Widen = append(a.Widen, chat.Widening{Kind: chat.WidenSpelling, Text: "Ask “" + meant + "”: that is how your files spell it", Query: meant})
	}
	a.Widen = append(a.Widen, chat.Widening{Kind: chat.WidenOpen, Text: "Ask qwen3:4b for general knowledge: what it adds is marked as not from your files"})
}

func (d *daemon) generate(ctx context.Context, q chat.Request, quotes []chat.Quote, a *chat.Answer, yield func(chat.Event, error) bool) bool {
	first := chat.Sentence{Text: quotes[0].Plain, Verdict: chat.Supported, Citations: []golocal.Citation{quotes[0].Citation}}
	second := chat.Sentence{Index: 1, Lead: " ", Text: "This was decided in **1994** by the mayor.", Verdict: chat.Unsupported, Reasons: []string{`"1994" is not in the cited source`}}
	if strings.Contains(q.Question, "picture") {
		second.Text = `Look ![x](http://evil.invalid/leak.png) <img src=http://evil.invalid/b.png> <style>*{display:none}</style> [here](javascript:alert(1)) now.`
	}
	a.Kind, a.Verdict, a.Support = chat.KindGenerated, chat.Partly, .5
	a.Ledger.Model, a.Ledger.Window, a.Ledger.PromptTokens, a.Ledger.Tokens = cmp.Or(q.Model, "qwen3:4b"), 8192, 612, 24
	if !yield(chat.Status{Phase: chat.PhaseGenerate, Text: "Reading 5 passages with " + a.Ledger.Model, Model: a.Ledger.Model}, nil) {
		return false
	}
	for d.held() {
		if !d.pause(ctx) {
			return false
		}
	}
	if strings.Contains(q.Question, "cut") {
		a.Ledger.Planned, a.Ledger.Warning = 3301, "the runner read 612 of 3,301 planned tokens: it has cut the prompt"
		a.Note = a.Ledger.Warning
	}
	if strings.Contains(q.Question, "reason") {
		reasoned := time.Now()
		for _, w := range strings.SplitAfter("The user asks about a key. Source [1] says <b>30 euros</b>. I name the 99 sources.", " ") {
			if !d.pause(ctx) || !yield(chat.Reasoning{Text: w}, nil) {
				return false
			}
			a.Reasoning += w
		}
		a.Ledger.Seconds.Reasoning = time.Since(reasoned).Seconds()
	}
	for i, s := range []chat.Sentence{first, second} {
		for _, w := range strings.SplitAfter(s.Lead+s.Text, " ") {
			if !d.pause(ctx) || !yield(chat.Token{Text: w}, nil) {
				return false
			}
		}
		if i == 0 {
			if !yield(chat.Token{Text: " [1]"}, nil) {
				return false
			}
		}
		if !yield(s, nil) {
			return false
		}
		if strings.Contains(q.Question, "break") {
			return yield(nil, fmt.Errorf("write an answer: the connection to the runner broke: %w", golocal.ErrUnavailable)) && false
		}
		a.Sentences = append(a.Sentences, s)
		a.Text += s.Lead + s.Text
	}
	return true
}

// held tells whether what the model writes is held back.
func (d *daemon) held() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.hold != ""
}

// pause waits between two words; false when the page has left.
func (d *daemon) pause(ctx context.Context) bool {
	select {
	case <-ctx.Done():
		d.mu.Lock()
		d.cancelled++
		d.mu.Unlock()
		return false
	case <-time.After(d.delay):
		return true
	}
}
