package chat

import (
	"errors"
	"fmt"
	"strings"

	"golocal"
	"golocal/internal/prose"
	"golocal/internal/remark"
)

// wording is what the assistant itself says, in one language. Each is a format of
// package fmt; a test holds the verbs of all languages to be the same.
type wording struct {
	// steps
	searching, fresh, freshFirst, choosing, reads, hasRead, looking, readOf, andMore string

	// refusals
	none, nothing                     string
	noSentence, foundNone, noRoom     string
	onlyQuotes, tiny, noModel, unfit  string
	saidNothing, usedUp, stopped      string
	repeats, noRunner, longest, full  string
	folded, stale, asSays, meant      string
	about, cutPrompt, longPrompt      string
	firstFiles, evenly, notesHaveRoom string

	halfway, foldedHalfway, unfinished string // of an answer that was stopped

	// reasons of a verdict
	unproven, noSource, opposite, notThere, astray, notOf, ofOther, otherWords, beside, otherKind, inPlaces, unsaid, cutOff, changed string

	// what to widen
	widenScope, widenScopeNone, widenLimit, widenSpelling       string
	paused, missing, indexing, scanning, failed, noText, unread string
	open                                                        string

	// parts of a scope
	folder, folders, files, types, paths, after, before, with, without, saved, and string
}

var english = wording{
	searching: "Searching your files", freshFirst: "Changed files are read first: %d", fresh: "Changed files are read first: %d, %d left", choosing: "Reading the best passages", reads: "%s reads the passages", hasRead: "%s has read %d of %d",
	looking: "Looking through your files", readOf: "Read %d of %d", andMore: "and %d more",

	none: "Your files don't answer this.", nothing: "Your files don't answer this: nothing in them comes near the question.",
	noSentence:  "the passages that were found hold no sentence to quote",
	foundNone:   "%s found no answer in the passages; the quotes are what comes nearest",
	noRoom:      "no passage fits into the window of %s: here are the quotes",
	onlyQuotes:  "there is no chat model, so these are quotes; `golocal models` shows how to get one",
	noModel:     "general knowledge needs a chat model, and there is none; `golocal models` shows how to get one",
	tiny:        "%s is a very small model and makes things up: mind the marks",
	unfit:       "your files don't answer this: what follows is what %s has learned elsewhere, and nothing here proves it",
	saidNothing: "%s said nothing, so these are quotes",
	usedUp:      "%s used up its %s tokens while it reasoned and wrote no answer, so these are quotes",
	stopped:     "%s stopped: %s", repeats: "it began to repeat itself", noRunner: "no model runner answers any more",
	longest: "the reply reached its longest length and ends early",
	full:    "the prompt filled the window of %d tokens: the model may not have read all sources",
	about:   "about ", cutPrompt: "the runner read %s of %s%s planned tokens: it has cut the prompt, so the model may not have seen all sources; " +
		"give the runner a context of %s tokens (Ollama: OLLAMA_CONTEXT_LENGTH=%d), or ask in a new conversation",
	longPrompt: "the runner read %s tokens where %s%s were planned: it writes its prompts in another way than it tells, so long ones may not fit; update the model or the runner",
	folded:     "only %.0f %% of what %s wrote is in your files: read the quotes first",
	halfway:    "it was stopped before it was finished", unfinished: "it was stopped here, before this could be checked",
	foldedHalfway: "only %.0f %% of what was written is in your files: read the quotes first",
	stale:         "the files have changed since they were indexed: what is quoted is not in them any more",
	asSays:        "%s, as the question says “%s”", meant: "no file has all of these words: “%s” may be meant",
	firstFiles: "only the first %d files were read", evenly: "%d of %d parts were read, evenly spread",
	notesHaveRoom: "the notes on %d of %d parts had no room in the window of %s",

	unproven: "no source says this", noSource: "there is no source for it",
	opposite: "the source says the opposite: one of them has a “not”",
	notThere: "“%s” is not in the cited source", astray: "“%s” is in the cited source, but in another place",
	otherWords: "the source seems to say this in other words: compare them", notOf: "the source says this, but not of “%s”", ofOther: "the source says this of “%s”, not of “%s”",
	beside: "the source has these words, but not as the answer to the question", otherKind: "the question asks for a number or a time, and this is none",
	inPlaces: "the source says part of this, in other places", unsaid: "the source does not mention: %s",
	cutOff: "the reply ends in the middle of this sentence", changed: "the file has changed since it was indexed and does not hold this any more",

	widenScope:     "The search was limited to %s; your other files have passages that fit",
	widenScopeNone: "The search was limited to %s; nothing that fits was found in your other files either",
	widenLimit:     "“%s” limits the search (%s): ask without it", widenSpelling: "Ask “%s”: that is how your files spell it",
	paused: "%s is paused: its changes are not read until you resume it", missing: "%s is not there now: what is known of it may be old",
	indexing: "%s is still being read: %d left", scanning: "%s is still being looked through",
	failed: "%s could not be read: %s", noText: "%s has no text that could be searched: %s", unread: "%s is not indexed: %s",
	open: "Ask %s for general knowledge: what it adds is marked as not from your files",

	folder: "the folder %s", folders: "the folders %s", files: "%d chosen files", types: "files of type %s", paths: "what lies in %s",
	after: "from %s on", before: "before %s", with: "with “%s”", without: "without “%s”", saved: "the saved scope %s", and: "and",
}

var german = wording{
	searching: "Durchsucht die Dateien", freshFirst: "Geänderte Dateien werden zuerst gelesen: %d", fresh: "Geänderte Dateien werden zuerst gelesen: %d, noch %d", choosing: "Liest die besten Textstellen", reads: "%s liest die Textstellen", hasRead: "%s hat %d von %d gelesen",
	looking: "Sieht die Dateien durch", readOf: "%d von %d gelesen", andMore: "und %d weitere",

	none: "Ihre Dateien beantworten das nicht.", nothing: "Ihre Dateien beantworten das nicht: Nichts darin kommt der Frage nahe.",
	noSentence:  "in den gefundenen Textstellen steht kein Satz, der sich zitieren ließe",
	foundNone:   "%s fand in den Textstellen keine Antwort; die Zitate kommen ihr am nächsten",
	noRoom:      "keine Textstelle passt in das Kontextfenster von %s: hier sind die Zitate",
	onlyQuotes:  "es gibt kein Sprachmodell, daher sind dies Zitate; `golocal models` zeigt, wie man eines bekommt",
	noModel:     "Allgemeinwissen braucht ein Sprachmodell, und es gibt keines; `golocal models` zeigt, wie man eines bekommt",
	tiny:        "%s ist ein sehr kleines Modell und erfindet manches: bitte die Zeichen beachten",
	unfit:       "Ihre Dateien beantworten das nicht: Was folgt, hat %s anderswo gelernt, und nichts hier belegt es",
	saidNothing: "%s hat nichts gesagt, daher sind dies Zitate",
	usedUp:      "%s hat seine %s Token mit Nachdenken verbraucht und keine Antwort geschrieben, daher sind dies Zitate",
	stopped:     "%s hat aufgehört: %s", repeats: "es begann sich zu wiederholen", noRunner: "kein Modellserver antwortet mehr",
	longest: "die Antwort hat ihre größte Länge erreicht und endet vorzeitig",
	about:   "etwa ", cutPrompt: "der Modellserver las %s von %s%s geplanten Token: Er hat die Anfrage gekürzt, das Modell hat vielleicht nicht alle Quellen gesehen; " +
		"dem Server ein Kontextfenster von %s Token geben (Ollama: OLLAMA_CONTEXT_LENGTH=%d) oder in einem neuen Gespräch fragen",
	longPrompt: "der Modellserver las %s Token, wo %s%s geplant waren: Er schreibt seine Anfragen anders, als er angibt, lange passen vielleicht nicht; Modell oder Server aktualisieren",
	full:       "die Anfrage füllte das Kontextfenster von %d Token: Das Modell hat vielleicht nicht alle Quellen gelesen",
	folded:     "nur %.0f %% von dem, was %s schrieb, steht in Ihren Dateien: bitte zuerst die Zitate lesen",
	halfway:    "vor dem Ende abgebrochen", unfinished: "hier abgebrochen, bevor dies geprüft werden konnte",
	foldedHalfway: "nur %.0f %% von dem, was geschrieben wurde, steht in Ihren Dateien: bitte zuerst die Zitate lesen",
	stale:         "die Dateien haben sich geändert, seit sie erfasst wurden: Was zitiert ist, steht nicht mehr darin",
	asSays:        "%s, weil die Frage „%s“ sagt", meant: "keine Datei enthält alle diese Wörter: vielleicht ist „%s“ gemeint",
	firstFiles: "nur die ersten %d Dateien wurden gelesen", evenly: "%d von %d Teilen wurden gelesen, gleichmäßig verteilt",
	notesHaveRoom: "die Notizen zu %d von %d Teilen hatten keinen Platz im Kontextfenster von %s",

	unproven: "keine Quelle sagt das", noSource: "dafür gibt es keine Quelle",
	opposite: "die Quelle sagt das Gegenteil: nur eines von beiden ist verneint",
	notThere: "„%s“ steht nicht in der angegebenen Quelle", astray: "„%s“ steht in der angegebenen Quelle, aber an anderer Stelle",
	otherWords: "die Quelle scheint das mit anderen Worten zu sagen: beides vergleichen", notOf: "die Quelle sagt das, aber nicht von „%s“", ofOther: "die Quelle sagt das von „%s“, nicht von „%s“",
	beside: "die Quelle enthält diese Wörter, aber nicht als Antwort auf die Frage", otherKind: "die Frage verlangt eine Zahl oder eine Zeit, und dies ist keine",
	inPlaces: "die Quelle sagt einen Teil davon, an anderen Stellen", unsaid: "die Quelle erwähnt nicht: %s",
	cutOff: "die Antwort endet mitten in diesem Satz", changed: "die Datei hat sich geändert, seit sie erfasst wurde, und enthält dies nicht mehr",

	widenScope:     "Die Suche war begrenzt (%s); in den anderen Dateien gibt es passende Textstellen",
	widenScopeNone: "Die Suche war begrenzt (%s); auch in den anderen Dateien fand sich nichts Passendes",
	widenLimit:     "„%s“ schränkt die Suche ein (%s): ohne das noch einmal fragen", widenSpelling: "„%s“ fragen: so steht es in den Dateien",
	paused: "%s ist angehalten: Änderungen darin werden nicht gelesen, bis es weitergeht", missing: "%s ist gerade nicht da: Was davon bekannt ist, kann alt sein",
	indexing: "%s wird noch gelesen: %d fehlen noch", scanning: "%s wird noch durchgesehen",
	failed: "%s ließ sich nicht lesen: %s", noText: "%s enthält keinen durchsuchbaren Text: %s", unread: "%s ist nicht erfasst: %s",
	open: "%s nach Allgemeinwissen fragen: Was es ergänzt, wird als nicht aus Ihren Dateien gekennzeichnet",

	folder: "der Ordner %s", folders: "die Ordner %s", files: "%d gewählte Dateien", types: "Dateien vom Typ %s", paths: "was unter %s liegt",
	after: "ab %s", before: "vor %s", with: "mit „%s“", without: "ohne „%s“", saved: "der gespeicherte Bereich %s", and: "und",
}

// wordingFor is the wording in the language of a question, or where it is too
// short to tell in that of the questions before it; English for every language
// but German.
func wordingFor(question string, before []golocal.Message) *wording {
	if code := languageOf(question); code != "" {
		return wordingOf(code)
	}
	for i := len(before) - 1; i >= 0; i-- {
		if code := languageOf(before[i].Content); before[i].Role == "user" && code != "" {
			return wordingOf(code)
		}
	}
	return &english
}

// Language is what the request is answered in, a BCP 47 code: "de", or "en" for
// every other language.
func (q Request) Language() string {
	return wordingFor(q.Question, q.Messages).code()
}

func wordingOf(code string) *wording {
	if code == "de" {
		return &german
	}
	return &english
}

// germanCommands are words of short questions that are German only, folded: "Fasse
// time-off.md zusammen" has no other.
var germanCommands = func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq("fasse zusammen vergleiche zeige zeig nenne liste datei dateien ordner notizen summe durchschnitt seiten worum wieviel") {
		m[w] = true
	}
	return m
}()

// languageOf is the BCP 47 code of a question's language, "" where it cannot be told.
func languageOf(question string) string {
	words := prose.Words(question)
	for _, w := range words {
		if germanCommands[w.Fold] {
			return "de"
		}
	}
	code := prose.Language(words)
	if code == "" && strings.ContainsAny(question, "äöüßÄÖÜ") {
		return "de" // by letters that few others of the languages here have
	}
	return code
}

// code is the language of a wording.
func (w *wording) code() string {
	if w == &german {
		return "de"
	}
	return "en"
}

// says is what another part of golocal found, in the answer's language; text is it in
// English.
func (r *run) says(m golocal.Remark, text string) string {
	if r.words == &german {
		return remark.Or("de", m, text)
	}
	return text
}

// broken says why a model wrote no further. An error of another room has its own
// words in every language, or is told as it is.
func (w *wording) broken(model string, err error) string {
	switch {
	case errors.Is(err, errLoops):
		return fmt.Sprintf(w.stopped, model, w.repeats)
	case errors.Is(err, golocal.ErrUnavailable) && remark.By(err).Code == "":
		return w.noRunner
	}
	return fmt.Sprintf(w.stopped, model, remark.Say(w.code(), remark.Of(err)))
}
