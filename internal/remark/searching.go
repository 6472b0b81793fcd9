package remark

// What a search says of itself and of its text.
const (
	NoVectors       Code = "search.no_vectors"
	NoEmbedder      Code = "search.no_embedder"
	VectorsBusy     Code = "search.vectors_busy"
	Unembedded      Code = "search.unembedded"
	NoRunner        Code = "search.no_runner"
	EmbedderSlow    Code = "search.embedder_slow"
	EmbedderFailed  Code = "search.embedder_failed"
	PassageNoVector Code = "search.passage_no_vector"
	EmptyQuestion   Code = "search.empty"
	DateLeft        Code = "search.date_left"
	PhraseLeft      Code = "search.phrase_left"
	SpellingMeant   Code = "search.spelling_meant"
	SpellingTaken   Code = "search.spelling_taken"
	LimitPhrase     Code = "search.limit_phrase"
	LimitPath       Code = "search.limit_path"
	LimitFolder     Code = "search.limit_folder"
	LimitAuthor     Code = "search.limit_author"
	LimitTo         Code = "search.limit_to"
	LimitTag        Code = "search.limit_tag"
	LimitTitle      Code = "search.limit_title"
	LimitHeading    Code = "search.limit_heading"
	LimitLanguage   Code = "search.limit_language"
	LimitType       Code = "search.limit_type"
	LimitDate       Code = "search.limit_date"
	LimitSaved      Code = "search.limit_saved"
	NotPhrase       Code = "search.not_phrase"
	NotPath         Code = "search.not_path"
	NotFolder       Code = "search.not_folder"
	NotAuthor       Code = "search.not_author"
	NotTo           Code = "search.not_to"
	NotTag          Code = "search.not_tag"
	NotTitle        Code = "search.not_title"
	NotHeading      Code = "search.not_heading"
	NotLanguage     Code = "search.not_language"
	NotType         Code = "search.not_type"
	FilesOf         Code = "search.files_of"
)

var searching = map[Code]words{
	NoVectors: {"nothing here has a vector yet: searched by words only",
		"hier hat noch nichts einen Vektor: nur nach Wörtern gesucht"},
	NoEmbedder: {"no embedding model: searched by words only",
		"kein Modell für Vektoren: nur nach Wörtern gesucht"},
	VectorsBusy: {"no vectors can be searched now: searched by words only",
		"gerade lassen sich keine Vektoren durchsuchen: nur nach Wörtern gesucht"},
	Unembedded: {"{0:remark}: searched by words only",
		"{0:remark}: nur nach Wörtern gesucht"},
	NoRunner: {"no model runner answers: searched by words only",
		"kein Modellserver antwortet: nur nach Wörtern gesucht"},
	EmbedderSlow: {"the embedding model took longer than {0}: searched by words only",
		"das Modell für Vektoren brauchte länger als {0}: nur nach Wörtern gesucht"},
	EmbedderFailed: {"the question could not be embedded ({0}): searched by words only",
		"die Frage ließ sich nicht in einen Vektor wandeln ({0}): nur nach Wörtern gesucht"},
	PassageNoVector: {"the passage has no vector yet: searched by words only",
		"die Textstelle hat noch keinen Vektor: nur nach Wörtern gesucht"},
	EmptyQuestion: {"the question is empty",
		"die Frage ist leer"},
	DateLeft: {"the {0:remark} do not answer this: all files were searched",
		"{0:remark} beantworten das nicht: alle Dateien wurden durchsucht"},
	PhraseLeft: {"no passage has the quoted words together: they were searched for one by one",
		"keine Textstelle enthält die Wörter in Anführungszeichen zusammen: sie wurden einzeln gesucht"},
	SpellingMeant: {"no file has “{0}”: if “{1}” was meant, search for that",
		"keine Datei enthält „{0}“: falls „{1}“ gemeint war, danach suchen"},
	SpellingTaken: {"nothing matches “{0}”: searched for “{1}”",
		"zu „{0}“ passt nichts: gesucht wurde „{1}“"},
	LimitPhrase: {"only passages with “{0}”",
		"nur Textstellen mit „{0}“"},
	LimitPath: {"only files with “{0}” in their path",
		"nur Dateien mit „{0}“ im Pfad"},
	LimitFolder: {"only files in {0}",
		"nur Dateien in {0}"},
	LimitAuthor: {"only files by or from “{0}”",
		"nur Dateien von „{0}“"},
	LimitTo: {"only messages to “{0}”",
		"nur Nachrichten an „{0}“"},
	LimitTag: {"only files tagged “{0}”",
		"nur Dateien mit dem Schlagwort „{0}“"},
	LimitTitle: {"only files with “{0}” in their title",
		"nur Dateien mit „{0}“ im Titel"},
	LimitHeading: {"only passages under a heading with “{0}”",
		"nur Textstellen unter einer Überschrift mit „{0}“"},
	LimitLanguage: {"only files in the language {0}",
		"nur Dateien in der Sprache {0}"},
	LimitType: {"only files of type {0}",
		"nur Dateien vom Typ {0}"},
	LimitDate: {"only files {0:period}",
		"nur Dateien {0:period}"},
	LimitSaved: {"only {0}: {1}",
		"nur {0}: {1}"},
	NotPhrase: {"not passages with “{0}”",
		"keine Textstellen mit „{0}“"},
	NotPath: {"not files with “{0}” in their path",
		"keine Dateien mit „{0}“ im Pfad"},
	NotFolder: {"not files in {0}",
		"keine Dateien in {0}"},
	NotAuthor: {"not files by or from “{0}”",
		"keine Dateien von „{0}“"},
	NotTo: {"not messages to “{0}”",
		"keine Nachrichten an „{0}“"},
	NotTag: {"not files tagged “{0}”",
		"keine Dateien mit dem Schlagwort „{0}“"},
	NotTitle: {"not files with “{0}” in their title",
		"keine Dateien mit „{0}“ im Titel"},
	NotHeading: {"not passages under a heading with “{0}”",
		"keine Textstellen unter einer Überschrift mit „{0}“"},
	NotLanguage: {"not files in the language {0}",
		"keine Dateien in der Sprache {0}"},
	NotType: {"not files of type {0}",
		"keine Dateien vom Typ {0}"},
	FilesOf: {"files {0:period}",
		"Dateien {0:period}"},
}
