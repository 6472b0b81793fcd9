package chat

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"golocal"
	"golocal/internal/remark"
)

// englishWords are words that sentences of English are built with and German ones never
// have: in what golocal says to a German question none may stand.
var englishWords = func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(`the of is are not and with has had have no file files there its it to by from only were read left row rows page pages line lines
		could cannot be or for that this which your nothing searched search more than on as other model reader`) {
		m[w] = true
	}
	return m
}()

// golocalCommand is what a reader types.
var golocalCommand = regexp.MustCompile(`golocal models( pull chat)?`)

// ownWords is all that golocal itself says with an answer.
func ownWords(events []Event) (out []string) {
	for _, e := range events {
		switch e := e.(type) {
		case Status:
			out = append(out, e.Text)
		case Answer:
			out = append(out, e.Note, e.Ledger.KeywordOnly, e.Ledger.Warning)
			for _, w := range e.Widen {
				out = append(out, w.Text)
			}
			for _, s := range e.Sentences {
				out = append(out, s.Reasons...)
				if e.Kind == KindComputed {
					out = append(out, s.Text)
				}
			}
			if e.Kind == KindNone {
				out = append(out, e.Text)
			}
			if c := e.Counted; c != nil {
				out = append(out, c.Coverage)
				for _, u := range c.Unread {
					out = append(out, u.Why)
				}
				for _, p := range c.Parts {
					out = append(out, p.Where)
				}
			}
		}
	}
	return out
}

func TestAnswer_AGermanQuestionHasGermanWords(t *testing.T) {
	search := golocal.Found{Hits: hits(), Evidence: .9, Enough: true, Note: "no embedding model: searched by words only", Remark: remark.New(remark.NoEmbedder)}
	search.Asked = golocal.Query{Text: "Urlaub", Limits: []golocal.Limit{{Text: "von letzter Woche", Says: "only files of 16–22 November", Remark: remark.New(remark.LimitDate, "2026-11-16/2026-11-23"), Rest: "Urlaub", Guessed: true}},
		Notes: []string{"no passage has the quoted words together: they were searched for one by one"}, Remarks: []golocal.Remark{remark.New(remark.PhraseLeft)}}
	nothing := search
	nothing.Evidence, nothing.Enough = .1, false
	nothing.Asked.Limits[0].Guessed = true
	spelt := nothing
	spelt.Asked.Meant, spelt.Asked.Notes = "Urlaub", []string{"no file has “Urlab”: if “Urlaub” was meant, search for that"}
	spelt.Asked.Remarks = []golocal.Remark{remark.New(remark.SpellingMeant, "Urlab", "Urlaub")}
	refused := func(id int64, path string, s golocal.State, code remark.Code, values ...any) golocal.Document {
		why := remark.New(code, values...)
		return golocal.Document{ID: id, Ref: golocal.Ref{Root: 1, Path: path}, State: s, Reason: remark.Say("en", why), Why: why}
	}
	files := library{
		filed(1, 1, "reise.md", "markdown", "Im Mai ging es nach Lissabon, und das Wetter war gut. Der Zug kam spät an, aber das Zimmer war schon fertig."),
		filed(2, 1, "haus.md", "markdown", "Das Dach ist wieder undicht. Der Dachdecker kommt am Montag und bringt die Leiter mit. Danach wird gestrichen."),
		filed(3, 2, "kosten.csv", "csv", "Ort,Betrag\nBonn,1.50\nKiel,2.25\nKiel,x\nSumme,3.75\n"),
		refused(4, "Urlaub.pdf", golocal.StateNoText, remark.Scan),
		refused(5, "Urlaubsplan.docx", golocal.StateFailed, remark.Broken, errors.New("EOF")),
		refused(6, "bild.png", golocal.StateUnsupported, remark.IsImage),
		refused(7, "schluessel.txt", golocal.StateSkipped, remark.SecretAt, remark.New(remark.SecretPrivateKey), golocal.Place{Line: 1}),
	}
	folders := func(context.Context) ([]Folder, error) {
		return []Folder{{Root: 1, Path: "/home/Notizen", State: FolderIndexing, Left: 12}, {Root: 2, Path: "/home/Post", State: FolderPaused}, {Root: 3, Path: "/mnt/stick", State: FolderMissing}, {Root: 4, Path: "/home/Neu", State: FolderIndexing}}, nil
	}
	answering := func(err error) error { return fmt.Errorf("answer with m: %w", err) }
	say := func(reply string) Generator { return script{say: words(reply)} }
	for name, c := range map[string]struct {
		o        Options
		question string
		scope    golocal.Scope
		mode     string
		open     bool
		kind     Kind
	}{
		"quotes":                       {Options{Retriever: finder{found: search}}, "Wie viele Tage Urlaub habe ich?", golocal.Scope{}, "", false, KindQuotes},
		"quotes that are stale":        {Options{Retriever: finder{found: search}, Checker: disk{text: "ganz anders"}}, "Wie viele Tage Urlaub habe ich?", golocal.Scope{}, "", false, KindQuotes},
		"no model":                     {Options{Retriever: finder{found: search}}, "Wie viele Tage Urlaub habe ich?", golocal.Scope{}, ModeGenerate, false, KindQuotes},
		"no model for open":            {Options{Retriever: finder{found: search}}, "Wie viele Tage Urlaub habe ich?", golocal.Scope{}, "", true, KindQuotes},
		"a tiny model":                 {Options{Retriever: finder{found: search}, Model: tiny, Generator: say("Acme offers 20 days of paid vacation every year [1].")}, "Wie viele Tage Urlaub habe ich?", golocal.Scope{}, ModeGenerate, false, KindGenerated},
		"written and flagged":          {Options{Retriever: finder{found: search}, Model: big, Generator: say("Acme offers 45 days of paid vacation every year [1]. Das Schwimmbad ist im Keller. Vacation does not roll over [1].")}, "Wie viele Tage Urlaub habe ich?", golocal.Scope{}, "", false, KindGenerated},
		"written in fragments":         {Options{Retriever: finder{found: search}, Model: big, Generator: say("Sofort.")}, "Wie viele Tage Urlaub habe ich?", golocal.Scope{}, "", false, KindGenerated},
		"a model that says nothing":    {Options{Retriever: finder{found: search}, Model: big, Generator: say("")}, "Wie viele Tage Urlaub habe ich?", golocal.Scope{}, "", false, KindQuotes},
		"a model that breaks off":      {Options{Retriever: finder{found: search}, Model: big, Generator: script{say: words("Acme offers 20 days of paid vacation every year [1]. Vacation"), err: golocal.ErrUnavailable}}, "Wie viele Tage Urlaub habe ich?", golocal.Scope{}, "", false, KindGenerated},
		"a model that stops sending":   {Options{Retriever: finder{found: search}, Model: big, Generator: script{say: words("Acme offers 20 days of paid vacation every year [1]. Vacation"), err: answering(remark.Error(errors.New("incomplete"), remark.ReplyStalled))}}, "Wie viele Tage Urlaub habe ich?", golocal.Scope{}, "", false, KindGenerated},
		"a model without memory":       {Options{Retriever: finder{found: search}, Model: big, Generator: script{err: answering(remark.Error(golocal.ErrUnavailable, remark.WithNext, remark.New(remark.NoMemory, "5 GiB"), remark.New(remark.NextCloseOrSmaller)))}}, "Wie viele Tage Urlaub habe ich?", golocal.Scope{}, "", false, KindQuotes},
		"a model that is gone":         {Options{Retriever: finder{found: search}, Model: big, Generator: script{err: answering(remark.Error(golocal.ErrUnavailable, remark.WithNext, remark.New(remark.NoModelAnyMore, "m"), remark.New(remark.NextFetchChat)))}}, "Wie viele Tage Urlaub habe ich?", golocal.Scope{}, "", false, KindQuotes},
		"a runner that has gone":       {Options{Retriever: finder{found: search}, Model: big, Generator: script{err: answering(remark.Error(golocal.ErrUnavailable, remark.WithNext, remark.New(remark.RunnerSilentAt, "127.0.0.1"), remark.New(remark.NextSeeOllama)))}}, "Wie viele Tage Urlaub habe ich?", golocal.Scope{}, "", false, KindQuotes},
		"a model that goes in circles": {Options{Retriever: finder{found: search}, Model: big, Generator: say(strings.Repeat("Acme offers 20 days of paid vacation every year [1]. ", 4))}, "Wie viele Tage Urlaub habe ich?", golocal.Scope{}, "", false, KindGenerated},
		"the model's own refusal":      {Options{Retriever: finder{found: search}, Model: big, Generator: say("Das wird in den Quellen nicht erwähnt, ich weiß es nicht.")}, "Wie viele Tage Urlaub habe ich?", golocal.Scope{}, "", false, KindNone},
		"open to what is not there":    {Options{Retriever: finder{found: nothing}, Model: big, Generator: say("Die Hauptstadt hat zwei Millionen Einwohner und einen hohen Turm.")}, "Wo liegt Paris?", golocal.Scope{}, "", true, KindGenerated},
		"refused": {Options{Retriever: within{nothing, search}, Files: files, Folders: folders, Model: big, Generator: unwanted{t}, Path: places}, "Wie viele Tage Urlaub habe ich?",
			golocal.Scope{Roots: []int64{1, 2, 3, 4}, Types: []string{"md"}, After: "2024-01-01", With: []golocal.Term{{Text: "x"}}, Without: []golocal.Term{{Text: "y"}}, In: "arbeit"}, "", false, KindNone},
		"refused in a folder":     {Options{Retriever: within{nothing, nothing}, Path: places}, "Wie viele Tage Urlaub habe ich?", golocal.Scope{Folder: "2024", Docs: []int64{1}}, "", false, KindNone},
		"refused with a spelling": {Options{Retriever: finder{found: spelt}}, "Wie viele Tage Urlab habe ich?", golocal.Scope{}, "", false, KindNone},
		"nothing at all":          {Options{Retriever: finder{}}, "Wie viele Tage Urlaub habe ich?", golocal.Scope{}, "", false, KindNone},
		"counted":                 {Options{Files: files, Path: places}, "Wie viele Dateien gibt es?", golocal.Scope{}, "", false, KindComputed},
		"mentioned":               {Options{Files: files, Path: places}, "Welche Dateien erwähnen Lissabon?", golocal.Scope{}, "", false, KindComputed},
		"the newest":              {Options{Files: files, Path: places}, "Was ist die neueste Datei?", golocal.Scope{}, "", false, KindComputed},
		"the three largest":       {Options{Files: files, Path: places}, "Was sind die 3 größten Dateien?", golocal.Scope{}, "", false, KindComputed},
		"pages":                   {Options{Files: files, Path: places}, "Wie viele Seiten hat Urlaub.pdf?", golocal.Scope{}, "", false, KindComputed},
		"tags":                    {Options{Files: files, Path: places}, "Welche Tags gibt es?", golocal.Scope{}, "", false, KindComputed},
		"a total":                 {Options{Files: files, Path: places}, "Summe von Betrag in kosten.csv", golocal.Scope{}, "", false, KindComputed},
		"a total by group":        {Options{Files: files, Path: places}, "Summe von Betrag nach Ort in kosten.csv", golocal.Scope{}, "", false, KindComputed},
		"an average":              {Options{Files: files, Path: places}, "Durchschnitt von Betrag in kosten.csv", golocal.Scope{}, "", false, KindComputed},
		"a summary":               {Options{Files: files, Path: places}, "Fasse haus.md zusammen", golocal.Scope{}, "", false, KindComputed},
		"a comparison":            {Options{Files: files, Path: places}, "Vergleiche haus.md und reise.md", golocal.Scope{}, "", false, KindComputed},
	} {
		if c.o.Retriever == nil {
			c.o.Retriever = finder{err: errors.New("searched")}
		}
		events, a, err := ask(t, c.o, Request{Question: c.question, Scope: c.scope, Mode: c.mode, Open: c.open})
		if err != nil || a.Kind != c.kind {
			t.Errorf("%s: %s, want %s (%v)", name, a.Kind, c.kind, err)
			continue
		}
		said := 0
		for _, text := range ownWords(events) {
			said += len(text)
			text = strings.ReplaceAll(text, "ocr: on", "") // a setting
			text = golocalCommand.ReplaceAllString(text, "")
			for w := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) && r != '/' && r != '.' && r != '-' && r != '`' }) {
				if englishWords[strings.ToLower(strings.Trim(w, ".-"))] {
					t.Errorf("%s: “%s” in %q", name, w, text)
				}
			}
		}
		if said == 0 {
			t.Errorf("%s: golocal says nothing", name)
		}
	}
}
