package remark

// What a conversation as a file says of itself, and why an answer failed.
const (
	ExportSearched   Code = "export.searched"
	ExportOpen       Code = "export.open"
	ExportFolded     Code = "export.folded"
	ExportNearest    Code = "export.nearest"
	ExportStopped    Code = "export.stopped"
	ExportNone       Code = "export.none"
	ExportProven     Code = "export.proven"
	ExportQuote      Code = "export.quote"
	ProvenNot        Code = "export.not_proven"
	ProvenPartly     Code = "export.partly_proven"
	ProvenElsewhere  Code = "export.not_from_files"
	StillThere       Code = "standing.current"
	StillThereAt     Code = "standing.current_at"
	ChangedSince     Code = "standing.changed"
	ChangedSinceNow  Code = "standing.changed_now"
	FileMoved        Code = "standing.moved"
	FileMovedTo      Code = "standing.moved_to"
	FileGone         Code = "standing.gone"
	StandingChecked  Code = "standing.checked"
	AnswerTooLong    Code = "answer.too_long"
	TooManyAnswers   Code = "answer.too_many"
	QuestionEmpty    Code = "question.empty"
	QuestionTooLong  Code = "question.too_long"
	QuestionQuotes   Code = "question.quotes_open"
	QuestionBadModes Code = "question.mode"
)

var exporting = map[Code]words{
	ExportSearched: {"Searched as: {0}",
		"Gesucht als: {0}"},
	ExportOpen: {"General knowledge was allowed.",
		"Allgemeinwissen war erlaubt."},
	ExportFolded: {"Too little of this answer is proven. What the files say, word for word:",
		"Zu wenig von dieser Antwort ist belegt. Was die Dateien wörtlich sagen:"},
	ExportNearest: {"The nearest that was found:",
		"Was der Frage am nächsten kommt:"},
	ExportStopped: {"This answer was stopped before it was finished.",
		"Diese Antwort wurde vor dem Ende abgebrochen."},
	ExportNone: {"There is no answer: {0}",
		"Es gibt keine Antwort: {0}"},
	ExportProven: {"{0}, {1} % proven",
		"{0}, zu {1} % belegt"},
	ExportQuote: {"{0}: “{1}”",
		"{0}: „{1}“"},
	ProvenNot: {"not proven",
		"nicht belegt"},
	ProvenPartly: {"partly proven",
		"teilweise belegt"},
	ProvenElsewhere: {"not from your files",
		"nicht aus Ihren Dateien"},
	StillThere: {"still there",
		"steht noch da"},
	StillThereAt: {"still there, now at {0:place}",
		"steht noch da, jetzt: {0:place}"},
	ChangedSince: {"changed since",
		"seither geändert"},
	ChangedSinceNow: {"changed since, now: “{0}”",
		"seither geändert, jetzt: „{0}“"},
	FileMoved: {"moved",
		"verschoben"},
	FileMovedTo: {"moved to {0}",
		"verschoben nach {0}"},
	FileGone: {"the file is gone",
		"die Datei gibt es nicht mehr"},
	StandingChecked: {"{0:remark} (checked {1})",
		"{0:remark} (geprüft {1})"},
	AnswerTooLong: {"the answer is longer than can be kept",
		"die Antwort ist länger, als sich aufbewahren lässt"},
	TooManyAnswers: {"too many answers are being made at once: {0} are; wait for one or stop one",
		"zu viele Antworten entstehen zugleich, gerade {0}; auf eine warten oder eine abbrechen"},
	QuestionEmpty: {"bad question: the question is empty",
		"die Frage ist leer"},
	QuestionTooLong: {"bad question: the question has {0} bytes, {1} are the most",
		"die Frage hat {0} Byte, höchstens {1} sind erlaubt"},
	QuestionQuotes: {"bad question: quotes are from your files only: leave open out, or ask for another mode",
		"Zitate kommen nur aus den Dateien: open weglassen oder eine andere Art der Antwort wählen"},
	QuestionBadModes: {"bad question: there is no mode {0}: use {1}, {2} or {3}",
		"die Art {0} der Antwort gibt es nicht: {1}, {2} oder {3} nehmen"},
}
