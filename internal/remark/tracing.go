package remark

// Why a file is in the result of a search or is not, and what helps.
const (
	TraceEmpty             Code = "trace.empty"
	TraceEmptyNext         Code = "trace.empty_next"
	TraceNoPassage         Code = "trace.no_passage"
	TraceNoPassageNext     Code = "trace.no_passage_next"
	TraceFolded            Code = "trace.folded"
	TraceFoldedAt          Code = "trace.folded_at"
	TraceFoldedNext        Code = "trace.folded_next"
	TraceRank              Code = "trace.rank"
	TraceBetterNext        Code = "trace.better_next"
	TraceGate              Code = "trace.gate"
	TraceGateNext          Code = "trace.gate_next"
	TraceBudget            Code = "trace.budget"
	TraceBudgetNext        Code = "trace.budget_next"
	TraceFound             Code = "trace.found"
	TraceScope             Code = "trace.scope"
	TraceScopeNext         Code = "trace.scope_next"
	TraceLimits            Code = "trace.limits"
	TraceLimitsNext        Code = "trace.limits_next"
	TraceNoVector          Code = "trace.no_vector"
	TraceNoVectorNext      Code = "trace.no_vector_next"
	TraceWords             Code = "trace.words"
	TraceWordsNext         Code = "trace.words_next"
	TraceNoMatch           Code = "trace.no_match"
	TraceFar               Code = "trace.far"
	RankByWords            Code = "trace.rank_words"
	RankByMeaning          Code = "trace.rank_meaning"
	RankFused              Code = "trace.rank_fused"
	TraceNoSuchFile        Code = "trace.no_such_file"
	TraceGoneFile          Code = "trace.gone_file"
	TraceNoFileNext        Code = "trace.no_file_next"
	TraceNoFolder          Code = "trace.no_folder"
	TraceNoFolderNext      Code = "trace.no_folder_next"
	TraceIsFolder          Code = "trace.is_folder"
	TraceIsFolderNext      Code = "trace.is_folder_next"
	TraceFolderMissing     Code = "trace.folder_missing"
	TraceFolderMissingNext Code = "trace.folder_missing_next"
	TraceNoAccess          Code = "trace.no_access"
	TraceLeftOut           Code = "trace.left_out"
	TraceWaiting           Code = "trace.waiting"
	TraceUnseen            Code = "trace.unseen"
	TraceWaitingNext       Code = "trace.waiting_next"
	TraceNothing           Code = "trace.nothing"
	TraceNothingAs         Code = "trace.nothing_as"
	TraceNothingNext       Code = "trace.nothing_next"
	TraceSkipped           Code = "trace.skipped"
	TraceUnsupported       Code = "trace.unsupported"
	TraceUnsupportedNext   Code = "trace.unsupported_next"
	TraceFailed            Code = "trace.failed"
	TraceFailedNext        Code = "trace.failed_next"
	TraceAgain             Code = "trace.again"
	DropNoText             Code = "trace.drop_no_text"
	DropFull               Code = "trace.drop_full"
	DropWindow             Code = "trace.drop_window"
	DropInside             Code = "trace.drop_inside"
	DropModelFull          Code = "trace.drop_model_full"
)

var tracing = map[Code]words{
	TraceEmpty: {"The question is empty.",
		"Die Frage ist leer."},
	TraceEmptyNext: {"ask something",
		"etwas fragen"},
	TraceNoPassage: {"It has no passages to search in.",
		"Die Datei hat keine Textstellen, die sich durchsuchen lassen."},
	TraceNoPassageNext: {"golocal check --deep compares the index with the file",
		"golocal check --deep vergleicht den Index mit der Datei"},
	TraceFolded: {"Nearly the same passage stands in {0}, which stands for it.",
		"Fast dieselbe Textstelle steht in {0}; sie wird an ihrer Stelle gezeigt."},
	TraceFoldedAt: {"Nearly the same passage stands in {0}, {1:place}, which stands for it.",
		"Fast dieselbe Textstelle steht in {0}, {1:place}; sie wird an ihrer Stelle gezeigt."},
	TraceFoldedNext: {"golocal dups lists files that hold the same",
		"golocal dups nennt Dateien, die dasselbe enthalten"},
	TraceRank: {"Its best passage is number {0} of the search, and the first {1} are used.",
		"Ihre beste Textstelle ist die Nummer {0} der Suche, und die ersten {1} zählen."},
	TraceBetterNext: {"ask in words that the file uses, or only in its folder (folder:…)",
		"mit Wörtern der Datei fragen, oder nur in ihrem Ordner (folder:…)"},
	TraceGate: {"Its best passage is number {0} of the search, but what was found is not sure enough to answer the question: {1} %, and {2} % are needed.",
		"Ihre beste Textstelle ist die Nummer {0} der Suche, aber das Gefundene ist für eine Antwort nicht sicher genug: {1} %, nötig sind {2} %."},
	TraceGateNext: {"ask in words that the file uses; golocal search shows the passages all the same",
		"mit Wörtern der Datei fragen; golocal search zeigt die Textstellen trotzdem"},
	TraceBudget: {"Its best passage is number {0} of the search, but the chat model did not get it: it {1:remark}.",
		"Ihre beste Textstelle ist die Nummer {0} der Suche, aber das Sprachmodell bekam sie nicht: {1:remark}."},
	TraceBudgetNext: {"ask a narrower question, or use a model with a larger context (golocal models)",
		"enger fragen, oder ein Modell mit größerem Kontext verwenden (golocal models)"},
	TraceFound: {"It is there: its best passage is number {0} of the search.",
		"Sie ist da: Ihre beste Textstelle ist die Nummer {0} der Suche."},
	TraceScope: {"The search was limited to a part of your files, and this file is not in it.",
		"Die Suche war auf einen Teil der Dateien begrenzt, und diese Datei ist nicht darin."},
	TraceScopeNext: {"search without the limit",
		"ohne die Einschränkung suchen"},
	TraceLimits: {"The search is limited, and no passage of this file is within: {0:remarks}.",
		"Die Suche ist eingeschränkt, und keine Textstelle dieser Datei liegt darin: {0:remarks}."},
	TraceLimitsNext: {"leave that out of the search: {0}",
		"das in der Suche weglassen: {0}"},
	TraceNoVector: {"No word of the question stands in it, and its passages have no vectors yet, so that they cannot be found by meaning.",
		"Kein Wort der Frage steht darin, und ihre Textstellen haben noch keine Vektoren, sodass sie nicht dem Sinn nach zu finden sind."},
	TraceNoVectorNext: {"wait until they are made; golocal status shows how far it is",
		"warten, bis sie da sind; golocal status zeigt, wie weit es ist"},
	TraceWords: {"No word of the question stands in it, and the search did not go by meaning ({0:remark}).",
		"Kein Wort der Frage steht darin, und die Suche ging nicht nach dem Sinn ({0:remark})."},
	TraceWordsNext: {"golocal doctor says what the embedding model lacks; or ask in words that the file uses",
		"golocal doctor sagt, was dem Modell für Vektoren fehlt; oder mit Wörtern der Datei fragen"},
	TraceNoMatch: {"No word of the question stands in it, and more than {0} passages are nearer to its meaning.",
		"Kein Wort der Frage steht darin, und mehr als {0} Textstellen sind ihrem Sinn näher."},
	TraceFar: {"Its best passage is {0:remarks}: too far behind to be looked at.",
		"Ihre beste Textstelle ist {0:remarks}: zu weit hinten, um angesehen zu werden."},
	RankByWords: {"number {0} by words",
		"die Nummer {0} nach Wörtern"},
	RankByMeaning: {"number {0} by meaning",
		"die Nummer {0} nach dem Sinn"},
	RankFused: {"number {0} of both together",
		"die Nummer {0} nach beidem zusammen"},
	TraceNoSuchFile: {"There is no such file, and no watched folder holds it.",
		"Diese Datei gibt es nicht, und kein beobachteter Ordner enthält sie."},
	TraceGoneFile: {"There is no such file.",
		"Diese Datei gibt es nicht."},
	TraceNoFileNext: {"golocal ls --files lists the files that golocal knows",
		"golocal ls --files nennt die Dateien, die golocal kennt"},
	TraceNoFolder: {"It lies in no watched folder.",
		"Die Datei liegt in keinem beobachteten Ordner."},
	TraceNoFolderNext: {"golocal add {0}",
		"golocal add {0}"},
	TraceIsFolder: {"It is a folder.",
		"Das ist ein Ordner."},
	TraceIsFolderNext: {"name a file in it",
		"eine Datei darin nennen"},
	TraceFolderMissing: {"Its folder is not there now, and the file was not indexed before.",
		"Der Ordner ist gerade nicht da, und die Datei war vorher nicht erfasst."},
	TraceFolderMissingNext: {"mount or restore {0}",
		"{0} einhängen oder zurückholen"},
	TraceNoAccess: {"It cannot be looked at: {0:remark}.",
		"Die Datei lässt sich nicht ansehen: {0:remark}."},
	TraceLeftOut: {"A rule leaves it out: {0:remark}.",
		"Eine Regel lässt sie aus: {0:remark}."},
	TraceWaiting: {"It is about to be read.",
		"Sie wird gleich gelesen."},
	TraceUnseen: {"It has not been looked at yet.",
		"Sie wurde noch nicht angesehen."},
	TraceWaitingNext: {"golocal sync {0} waits for that",
		"golocal sync {0} wartet darauf"},
	TraceNothing: {"It was read, but there is nothing to search in it.",
		"Sie wurde gelesen, enthält aber nichts zum Durchsuchen."},
	TraceNothingAs: {"It was read, but there is nothing to search in it: {0:remark}.",
		"Sie wurde gelesen, enthält aber nichts zum Durchsuchen: {0:remark}."},
	TraceNothingNext: {"ocr: on in {0} has text in images read, with tesseract installed",
		"mit ocr: on in {0} wird Text in Bildern gelesen, wenn tesseract installiert ist"},
	TraceSkipped: {"It is left unread on purpose: {0:remark}.",
		"Sie bleibt mit Absicht ungelesen: {0:remark}."},
	TraceUnsupported: {"golocal cannot read this type of file: {0:remark}.",
		"golocal kann diese Art von Datei nicht lesen: {0:remark}."},
	TraceUnsupportedNext: {"save it as PDF or text beside it",
		"sie daneben als PDF oder Text speichern"},
	TraceFailed: {"It could not be read: {0:remark}.",
		"Sie ließ sich nicht lesen: {0:remark}."},
	TraceFailedNext: {"mend the file and save it; golocal reads it again",
		"die Datei richten und speichern; golocal liest sie wieder"},
	TraceAgain: {"{0:remark} It has changed and is about to be read again.",
		"{0:remark} Sie hat sich geändert und wird gleich wieder gelesen."},
	DropNoText: {"has no text",
		"kein Text darin"},
	DropFull: {"takes {0} tokens, {1} were left of {2}",
		"{0} Token nötig, {1} von {2} waren noch frei"},
	DropWindow: {"takes {0} tokens, the window leaves {1} for sources",
		"{0} Token nötig, das Kontextfenster lässt {1} für Quellen"},
	DropInside: {"its text is in source {0} already",
		"der Text steht schon in Quelle {0}"},
	DropModelFull: {"the model's window is full",
		"das Kontextfenster des Modells ist voll"},
}
