package runs

import (
	"errors"
	"fmt"

	"golocal/chat"
	"golocal/chat/history"
)

// wording is what is said of an answer beside it, in one language. question and
// answer are formats of package fmt and take the cause.
type wording struct {
	question, answer     string
	full, damaged, newer string
}

var wordings = map[string]wording{
	"en": {
		question: "this question is not kept: %s", answer: "this answer is not kept: %s",
		full: "the disk is full", damaged: "the file of the conversations is damaged; golocal doctor tells more", newer: "the file of the conversations is of a newer golocal: update this one",
	},
	"de": {
		question: "diese Frage wird nicht aufbewahrt: %s", answer: "diese Antwort wird nicht aufbewahrt: %s",
		full: "der Datenträger ist voll", damaged: "die Datei der Unterhaltungen ist beschädigt; golocal doctor sagt mehr", newer: "die Datei der Unterhaltungen stammt von einem neueren golocal: bitte dieses aktualisieren",
	},
}

// notKept says that a question or an answer could not be kept, and why.
func notKept(format string, w wording, err error) chat.Status {
	why := err.Error()
	switch {
	case errors.Is(err, history.ErrFull):
		why = w.full
	case errors.Is(err, history.ErrDamaged):
		why = w.damaged
	case errors.Is(err, history.ErrNewer):
		why = w.newer
	}
	return chat.Status{Phase: chat.PhaseNotice, Text: fmt.Sprintf(format, why)}
}
