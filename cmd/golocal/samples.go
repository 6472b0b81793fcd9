package main

import (
	"context"
	"path"
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golocal"
	"golocal/web"
)

const (
	sampleCount = 4
	sampleReads = 24 // documents that are read for samples, at most
)

// samples finds good first questions about what is indexed and keeps them until
// more has come.
type samples struct {
	mu    sync.Mutex // held over the finding, so that two tabs cause one
	found []web.Sample
	of    int // documents that were indexed then
}

// dull are headings that a document of any matter may have, lower case.
var dull = regexp.MustCompile(`^(introduction|overview|summary|abstract|contents|table of contents|index|references|bibliography|appendix|notes?|see also|(external )?links|licen[cs]e|acknowledge?ments|foreword|preface|about|usage|examples?|installation|getting started|todo|changelog|history|conclusions?|background|results|discussion|methods|faq|` +
	`einleitung|einführung|übersicht|überblick|zusammenfassung|inhalt|inhaltsverzeichnis|literatur(verzeichnis)?|anhang|anmerkungen|notizen|siehe auch|weblinks|lizenz|danksagung|vorwort|beispiele?|fazit|hintergrund|ergebnisse|diskussion|methoden|anlagen?|verzeichnis)$`)

// numbering stands before headings.
var numbering = regexp.MustCompile(`^(§\s*)?\d{1,2}(\.\d{1,2})*[.)]?\s+`)

// stale tells whether so much has come or gone that samples are sought again.
func (s *samples) stale(documents int) bool {
	if len(s.found) < sampleCount {
		return documents != s.of
	}
	return documents < s.of/2 || documents > 2*s.of+10
}

// list gives the samples, sought anew where the index has become another.
func (s *samples) list(ctx context.Context, a *app) ([]web.Sample, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	stats, err := a.index.Stats(ctx)
	if err != nil {
		return nil, err
	}
	ready := stats.Documents[golocal.StateReady]
	if ready == 0 {
		s.found, s.of = nil, 0
		return nil, nil
	}
	if s.of > 0 && !s.stale(ready) && s.there(ctx, a) {
		return s.found, nil
	}
	found, err := seek(ctx, a)
	if err != nil {
		return nil, err
	}
	s.found, s.of = found, ready
	return found, nil
}

// there tells whether the samples' documents are still indexed.
func (s *samples) there(ctx context.Context, a *app) bool {
	for _, one := range s.found {
		if d, ok, err := a.index.Document(ctx, one.Ref); err != nil || !ok || d.State != golocal.StateReady {
			return false
		}
	}
	return true
}

// seek reads documents of different kinds and folders until it has enough
// headings that a search for them finds there.
func seek(ctx context.Context, a *app) ([]web.Sample, error) {
	docs, err := candidates(ctx, a)
	if err != nil {
		return nil, err
	}
	var out, plain []web.Sample // plain are about a document as a whole
	for _, d := range docs {
		if len(out) == sampleCount {
			break
		}
		whole, ok, err := a.index.DocumentByID(ctx, d.ID)
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		one := web.Sample{Title: documentTitle(whole), Doc: d.ID, Ref: d.Ref}
		for _, heading := range headings(whole, one.Title) {
			found, err := finds(ctx, a, one.Title+" "+heading, d.ID)
			if err != nil {
				return nil, err
			}
			if found {
				one.Heading = heading
				out = append(out, one)
				break
			}
		}
		if one.Heading == "" && len(plain) < sampleCount {
			found, err := finds(ctx, a, one.Title, d.ID)
			if err != nil {
				return nil, err
			}
			if found {
				plain = append(plain, one)
			}
		}
	}
	return append(out, plain[:min(len(plain), sampleCount-len(out))]...), nil
}

// finds tells whether a search leads to a document first, with evidence enough to
// answer.
func finds(ctx context.Context, a *app, query string, doc int64) (bool, error) {
	found, err := a.retriever.Retrieve(ctx, query, golocal.Scope{}, 3)
	return err == nil && found.Enough && len(found.Hits) > 0 && found.Hits[0].Doc.ID == doc, err
}

// candidates are documents of prose, those of a new type or folder first, so
// that the questions show what there is.
func candidates(ctx context.Context, a *app) ([]golocal.Document, error) {
	var first, rest []golocal.Document
	seen := map[string]bool{}
	for d, err := range a.index.Documents(ctx, 0) {
		if err != nil {
			return nil, err
		}
		if d.State != golocal.StateReady || d.Chunks == 0 || d.Type == "code" || d.Type == "csv" || d.Type == "json" || d.Type == "xml" {
			continue
		}
		kind := d.Type + "\x00" + path.Dir(d.Ref.Path)
		switch {
		case !seen[kind] && len(first) < sampleReads:
			seen[kind] = true
			first = append(first, d)
		case len(rest) < sampleReads:
			rest = append(rest, d)
		}
		if len(first) == sampleReads {
			break
		}
	}
	docs := append(first, rest...)
	return docs[:min(sampleReads, len(docs))], nil
}

// documentTitle is what people call a document.
func documentTitle(d golocal.Document) string {
	if t := plainTitle(d.Title); t != "" {
		return t
	}
	name := path.Base(d.Ref.Path)
	return printableName(strings.TrimSuffix(name, path.Ext(name)))
}

// headings are up to three of a document's headings that name something.
func headings(d golocal.Document, title string) []string {
	var out []string
	had := map[string]bool{strings.ToLower(title): true}
	for _, s := range d.Sections {
		if s.Kind != golocal.KindHeading || s.Span.Start < 0 || s.Span.End > len(d.Text) {
			continue
		}
		h := plainTitle(d.Text[s.Span.Start:s.Span.End])
		low := strings.ToLower(h)
		if h == "" || had[low] || dull.MatchString(low) || strings.Contains(strings.ToLower(title), low) {
			continue
		}
		had[low] = true
		if out = append(out, h); len(out) == 3 {
			break
		}
	}
	return out
}

// plainTitle is a heading without its number and marks where it is one of a few
// words that a question can hold; else "".
func plainTitle(s string) string {
	s, _, _ = strings.Cut(strings.TrimSpace(s), "\n")
	s = strings.Trim(numbering.ReplaceAllString(strings.Trim(s, "#*_=`-– \t"), ""), "#*_=`:;,.-– \t\"“”„'")
	words := strings.Fields(s)
	letters := strings.Count(s, "") - 1
	if len(words) == 0 || len(words) > 8 || letters < 3 || letters > 60 || !utf8.ValidString(s) || strings.ContainsAny(s, "<>{}|\\/@") {
		return ""
	}
	if !strings.ContainsFunc(s, unicode.IsLetter) {
		return ""
	}
	return strings.Join(words, " ")
}
