package web

import (
	"context"
	"encoding/json"
	"iter"
	"net/http"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"golocal"
	"golocal/chat"
	"golocal/chat/history"
	"golocal/chat/runs"
)

func spec(t *testing.T) *openapi3.T {
	t.Helper()
	b, err := os.ReadFile("openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := openapi3.NewLoader().LoadFromData(b)
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestOpenAPI_HasEveryRouteAndNoOther(t *testing.T) {
	doc := spec(t)
	s, _ := newServer()
	have := map[string]bool{}
	for _, r := range s.routes() {
		have[r.pattern] = true
		method, path, _ := strings.Cut(r.pattern, " ")
		if item := doc.Paths.Find(path); item == nil || item.GetOperation(method) == nil {
			t.Errorf("%s is not in openapi.yaml", r.pattern)
		}
	}
	for path, item := range doc.Paths.Map() {
		for method := range item.Operations() {
			if !have[method+" "+path] {
				t.Errorf("%s %s is in openapi.yaml only", method, path)
			}
		}
	}
}

// fill sets every field under v to something that is not zero, so that no
// omitempty hides it.
func fill(v reflect.Value) {
	switch {
	case !v.CanSet(): // unexported
	case v.Type() == reflect.TypeFor[time.Time]():
		v.Set(reflect.ValueOf(time.Unix(1e9, 0).UTC()))
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i))
		}
	case v.Kind() == reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem())
	case v.Kind() == reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0))
	case v.Kind() == reflect.String:
		v.SetString("x")
	case v.CanInt():
		v.SetInt(1)
	case v.CanUint():
		v.SetUint(1)
	case v.CanFloat():
		v.SetFloat(1)
	case v.Kind() == reflect.Bool:
		v.SetBool(true)
	}
}

func filled[T any](fix func(*T)) T {
	var v T
	fill(reflect.ValueOf(&v).Elem())
	if fix != nil {
		fix(&v)
	}
	return v
}

var (
	someSettings = map[string]string{"golocal": "1"}
	someShares   = map[string]float64{"answered": 1, "right_file": 1, "right_quote": 1, "standing": 1, "refused": 1}
)

// parsed, sourced, quoted, checked and said put words into filled values where
// only some words are allowed.

func parsed(d *golocal.Document) { d.State, d.Sections[0].Kind = golocal.StateReady, golocal.KindList }

func sourced(l []golocal.Source) { parsed(&l[0].Hit.Doc) }

func quoted(l []chat.Quote) { l[0].Citation.State = golocal.Moved }

func checked(s *chat.Sentence) { s.Verdict, s.Citations[0].State = chat.NotFromFiles, golocal.Current }

func said(a *chat.Answer) {
	a.Kind, a.Verdict, a.Widen[0].Kind = chat.KindComputed, chat.Partly, chat.WidenFile
	sourced(a.Sources)
	quoted(a.Quotes)
	checked(&a.Sentences[0])
}

// everyEvent is each event of an answer as full and as bare as it comes.
func everyEvent() []chat.Event {
	return []chat.Event{
		chat.Status{Phase: chat.PhaseSearch}, filled(func(e *chat.Status) { e.Phase = chat.PhaseProgress }),
		chat.Standalone{By: chat.ByUser}, filled(func(e *chat.Standalone) { e.By = chat.ByModel }),
		chat.Found{}, filled(func(e *chat.Found) { parsed(&e.Hits[0].Doc) }),
		chat.Sources{}, filled(func(e *chat.Sources) { sourced(e.Sources) }),
		chat.Quotes{}, filled(func(e *chat.Quotes) { quoted(e.Quotes) }),
		filled[chat.Reasoning](nil), filled[chat.Token](nil),
		chat.Sentence{Verdict: chat.NotAClaim}, filled(checked),
		chat.Answer{Kind: chat.KindNone, Verdict: chat.Unsupported}, filled(said),
	}
}

// What the page reads of a stream is what openapi.yaml says, field by field, as
// it comes over the wire.
func TestOpenAPI_EventsOfAnAnswerFit(t *testing.T) {
	schema := spec(t).Components.Schemas["AnswerEvent"].Value
	s, w := newServer()
	w.events = func(context.Context) iter.Seq2[chat.Event, error] {
		return func(yield func(chat.Event, error) bool) {
			for _, e := range everyEvent() {
				if !yield(e, nil) {
					return
				}
			}
		}
	}
	seen := map[string]int{}
	for e, err := range client(t, s).Ask(t.Context(), Ask{Question: "q"}) {
		if err != nil {
			t.Fatal(err)
		}
		seen[e.Name]++
		var v any
		if err := json.Unmarshal(e.Data, &v); err != nil {
			t.Fatal(err)
		}
		if err := schema.VisitJSON(v); err != nil {
			t.Errorf("%s: %v\n%s", e.Name, err, e.Data)
		}
	}
	for name := range schema.Discriminator.Mapping {
		if seen[name] == 0 {
			t.Errorf("no event %s came", name)
		}
		delete(seen, name)
	}
	if len(seen) > 0 {
		t.Errorf("not in openapi.yaml: %v", seen)
	}
}

func TestOpenAPI_SchemasNameEveryField(t *testing.T) {
	doc := spec(t)
	for name, v := range map[string]any{
		"Status": filled(func(s *Status) {
			s.State, s.Roots[0].State, s.Models.Runner, s.Index.Room.Short, s.Index.Trouble.Code = Indexing, Missing, "ollama", "disk", "disk_full"
			s.Queue.Now[0].Stage = "embedding"
		}),
		"Found":     filled(func(f *golocal.Found) { parsed(&f.Hits[0].Doc) }),
		"Progress":  filled(func(p *Progress) { p.State, p.Queue.Now[0].Stage = Settled, "storing" }),
		"FetchStep": filled(func(f *FetchStep) { f.Stage = "ready" }),
		"Ask":       filled(func(a *Ask) { a.Mode, a.Messages[0].Role = "auto", "user" }),
		"Outcome":   filled(func(o *golocal.Outcome) { parsed(o.Doc) }),
		"Twins": filled(func(t *golocal.Twins) {
			parsed(&t.Documents[0].Doc)
			t.Documents[0].Kind = golocal.SameText
		}),
		"Running":      filled[runs.Running](nil),
		"Widening":     filled(func(w *chat.Widening) { w.Kind = chat.WidenFile }),
		"Conversation": filled[history.Conversation](nil),
		"Whole": filled(func(w *history.Whole) {
			w.Turns[0].State, w.Turns[0].Mode = history.Done, "auto"
			said(w.Turns[0].Answer)
		}),
		"Problem":   filled(func(p *Problem) { p.Code = "token" }),
		"Session":   filled[Session](nil),
		"Root":      filled[golocal.Root](nil),
		"Why":       filled(func(y *Why) { y.Verdict, y.Document = "taken", nil }),
		"Download":  filled(func(d *Download) { d.State, d.For = "running", "chat" }),
		"Installed": filled(func(m *Installed) { m.Capability, m.Use = "chat", "chat" }),
		"Survey":    filled(func(s *Survey) { s.Left[0].Cause = "size" }),
		"Preview":   filled[Preview](nil),
		"Arrived":   filled[Arrived](nil), "InboxState": filled[InboxState](nil), "Inspected": filled(func(i *Inspected) { i.Problem.Code = "file_refused" }),
		"Grown":  filled[Grown](nil),
		"Sample": filled[Sample](nil),
		"Suggestions": filled(func(s *Suggestions) {
			s.Embedding[0].Fit, s.Chat[0].Fit = "gpu", "too large"
		}),
		"EvaluationList": filled(func(l *EvaluationList) {
			l.Running.Step, l.Runs[0].Settings, l.Runs[0].Shares = "asking", someSettings, someShares
		}),
		"Evaluation": filled(func(e *Evaluation) {
			e.Settings, e.Shares, e.Against.Settings, e.Against.Shares = someSettings, someShares, someSettings, someShares
			e.Legs, e.Curves = map[string]map[string]float64{"hybrid": someShares}, map[string][]float64{"hybrid": {1}}
			e.Worst[0].Ranks = map[string]int{"hybrid": 1}
			e.Differences = map[string]EvaluatedDifference{"recall": filled[EvaluatedDifference](nil)}
		}),
		"Switch": filled(func(s *Switch) { s.For = "chat" }),
	} {
		b, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		var value any
		if err := json.Unmarshal(b, &value); err != nil {
			t.Fatal(err)
		}
		if err := doc.Components.Schemas[name].Value.VisitJSON(value); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestOpenAPI_ResponsesFit(t *testing.T) {
	doc := spec(t)
	s, w := newServer()
	check := func(t *testing.T, r *http.Request, pattern string) {
		got := answer(s.LocalHandler(), r)
		method, path, _ := strings.Cut(pattern, " ")
		op := doc.Paths.Find(path).GetOperation(method)
		response := op.Responses.Status(got.Code)
		if response == nil {
			response = op.Responses.Default()
		}
		kind := strings.Split(got.Header().Get("Content-Type"), ";")[0]
		media := response.Value.Content[kind]
		if got.Body.Len() == 0 && len(response.Value.Content) == 0 {
			return
		}
		if media == nil {
			t.Fatalf("%s: status %d with %s is not in openapi.yaml", pattern, got.Code, kind)
		}
		bodies := []string{got.Body.String()}
		switch kind {
		case "text/event-stream":
			bodies = nil
			for e, err := range readEvents(got.Body) {
				if err != nil {
					t.Fatal(err)
				}
				bodies = append(bodies, string(e.Data))
			}
			if len(bodies) == 0 {
				t.Fatal("no event")
			}
		case "application/json":
		default:
			return
		}
		for _, b := range bodies {
			var v any
			if err := json.Unmarshal([]byte(b), &v); err != nil {
				t.Fatal(err)
			}
			if err := media.Schema.Value.VisitJSON(v); err != nil {
				t.Errorf("%s: %v\n%s", pattern, err, b)
			}
		}
	}
	for _, r := range s.routes() {
		t.Run(r.pattern, func(t *testing.T) {
			check(t, sample(r), r.pattern)
			w.fail = &Problem{Status: 500, Code: "internal", Message: "m", Next: "n"}
			defer func() { w.fail = nil }()
			if !r.stream {
				check(t, sample(r), r.pattern)
			}
		})
	}
}
