package remark

// What keeps a model from its work, and what helps.
const (
	WithNext          Code = "model.with_next"
	TextBefore        Code = "model.text_before"
	BothLack          Code = "model.both_lack"
	NoEmbeddingModel  Code = "model.none_embedding"
	NoChatModel       Code = "model.none_chat"
	ModelsTooLarge    Code = "model.all_too_large"
	NoModelNamed      Code = "model.not_installed"
	NoModelAnyMore    Code = "model.not_any_more"
	NoModelSays       Code = "model.none_says"
	ModelGone         Code = "model.gone"
	ModelWrites       Code = "model.writes"
	ModelEmbeds       Code = "model.embeds"
	ModelRefused      Code = "model.refused"
	RunsElsewhere     Code = "model.elsewhere"
	RunsInCloud       Code = "model.cloud"
	NoDescription     Code = "model.unreadable"
	NoPrefix          Code = "model.no_prefix"
	TinyModel         Code = "model.tiny"
	ModelAnswers      Code = "model.answers"
	ModelInUseSearch  Code = "model.in_use_search"
	ModelInUseAnswers Code = "model.in_use_answers"
	Shutting          Code = "runner.shutting"
	NoRunnerAtAll     Code = "runner.none"
	NoModelList       Code = "runner.no_list"
	RunnerSilent      Code = "runner.silent"
	RunnerSilentAt    Code = "runner.silent_at"
	RunnerBusy        Code = "runner.busy"
	RunnerFailed      Code = "runner.failed"
	RunnerFailsAlways Code = "runner.fails_always"
	RunnerRefuses     Code = "runner.refuses"
	RunnerSlow        Code = "runner.slow"
	NoMemory          Code = "runner.no_memory"
	EngineStarts      Code = "engine.does_not_start"
	EngineEnded       Code = "engine.ended"
	NoEngine          Code = "engine.none"
	NoOllama          Code = "ollama.none"
	OllamaRemote      Code = "ollama.remote"
	OllamaRedirects   Code = "ollama.redirects"
	OllamaOld         Code = "ollama.old"
	OllamaHangs       Code = "ollama.hangs"
	NotOllama         Code = "ollama.other"
	OllamaOdd         Code = "ollama.odd"
	OllamaAway        Code = "ollama.away"
	OllamaUnused      Code = "ollama.unused"
	OllamaStoreUnused Code = "ollama.store_unused"
	PromptTooLong     Code = "reply.too_long"
	ReplyBroke        Code = "reply.broke"
	ReplyStalled      Code = "reply.stalled"
	ReplySays         Code = "reply.says"
	ReplyUnreadable   Code = "reply.unreadable"
	ReplyEmpty        Code = "reply.empty"
	ReplyHalf         Code = "reply.half"
	ReplyGoesOn       Code = "reply.goes_on"
	ReplyEndless      Code = "reply.endless"
	ReplyTooMuch      Code = "reply.too_much"

	NextChooseLocal    Code = "next.choose_local"
	NextFetchEmbedding Code = "next.fetch_embedding"
	NextFetchChat      Code = "next.fetch_chat"
	NextChooseSmaller  Code = "next.choose_smaller"
	NextAskAgain       Code = "next.ask_again"
	NextAskAgainLog    Code = "next.ask_again_log"
	NextByItself       Code = "next.by_itself"
	NextByItselfLog    Code = "next.by_itself_log"
	NextSeeOllama      Code = "next.see_ollama"
	NextStartsAgain    Code = "next.starts_again"
	NextDoctor         Code = "next.doctor_ollama"
	NextInstall        Code = "next.install_ollama"
	NextCloseOrSmaller Code = "next.close_or_smaller"
	NextHost           Code = "next.host"
	NextLoopback       Code = "next.loopback"
	NextPointHost      Code = "next.point_host"
	NextSetHost        Code = "next.set_host"
	NextRestartOllama  Code = "next.restart_ollama"
	NextServe          Code = "next.serve"
	NextServeOrHost    Code = "next.serve_or_host"
	NextUpdateOllama   Code = "next.update_ollama"
)

var models = map[Code]words{
	WithNext: {"{0:remark}; {1:remark}",
		"{0:remark}; {1:remark}"},
	TextBefore: {"{0}: {1:remark}",
		"{0}: {1:remark}"},
	BothLack: {"{0:remark}, and {1:remark}",
		"{0:remark}, und {1:remark}"},
	NoEmbeddingModel: {"no model for embedding is installed",
		"kein Modell für Vektoren ist installiert"},
	NoChatModel: {"no model for answers is installed",
		"kein Sprachmodell für Antworten ist installiert"},
	ModelsTooLarge: {"no model for answers fits into memory: {0} is too large",
		"kein Sprachmodell passt in den Arbeitsspeicher: {0} ist zu groß"},
	NoModelNamed: {"no model named {0} is installed",
		"kein Modell namens {0} ist installiert"},
	NoModelAnyMore: {"no model named {0} is installed any more",
		"kein Modell namens {0} ist noch installiert"},
	NoModelSays: {"no model: {0}",
		"kein Modell: {0}"},
	ModelGone: {"{0}, which made the index of meanings, is not installed any more",
		"{0}, von dem die Vektoren des Index stammen, ist nicht mehr installiert"},
	ModelWrites: {"model {0} is named for embedding but writes text: no model for embedding",
		"das Modell {0} ist für Vektoren genannt, schreibt aber Text: kein Modell für Vektoren"},
	ModelEmbeds: {"model {0} is named for answers but only makes vectors: no model for answers",
		"das Modell {0} ist für Antworten genannt, macht aber nur Vektoren: kein Sprachmodell für Antworten"},
	ModelRefused: {"model {0} refused: it {1:remark}",
		"das Modell {0} ist abgelehnt: es {1:remark}"},
	RunsElsewhere: {"runs on another machine ({0})",
		"läuft auf einem anderen Rechner ({0})"},
	RunsInCloud: {"is a cloud model: it runs on its vendor's servers",
		"ist ein Cloud-Modell: es läuft auf den Servern seines Anbieters"},
	NoDescription: {"cannot be read: {0}",
		"ist nicht lesbar: {0}"},
	NoPrefix: {"golocal does not know this model: questions and passages are embedded without a prefix",
		"golocal kennt dieses Modell nicht: Fragen und Textstellen werden ohne Vorsatz in Vektoren gewandelt"},
	TinyModel: {"a model this small makes things up: quotes from the files are the default answer",
		"ein so kleines Modell erfindet manches: die übliche Antwort sind Zitate aus den Dateien"},
	ModelAnswers: {"model {0} answers until the index for another is built",
		"das Modell {0} antwortet, bis der Index für ein anderes gebaut ist"},
	ModelInUseSearch: {"model {0} is in use for search by meaning",
		"das Modell {0} dient der Suche nach Bedeutung"},
	ModelInUseAnswers: {"model {0} is in use for writing answers",
		"das Modell {0} schreibt die Antworten"},
	Shutting: {"golocal is shutting down",
		"golocal wird beendet"},
	NoRunnerAtAll: {"no model runner",
		"kein Modellserver"},
	NoModelList: {"the model runner at {0} does not list its models",
		"der Modellserver unter {0} nennt seine Modelle nicht"},
	RunnerSilent: {"the model runner stopped answering",
		"der Modellserver antwortet nicht mehr"},
	RunnerSilentAt: {"the model runner at {0} stopped answering",
		"der Modellserver unter {0} antwortet nicht mehr"},
	RunnerBusy: {"the model runner is busy",
		"der Modellserver ist ausgelastet"},
	RunnerFailed: {"the model runner failed: {0}",
		"der Modellserver ist gescheitert: {0}"},
	RunnerFailsAlways: {"the model runner fails on every text: {0:remark}",
		"der Modellserver scheitert an jedem Text: {0:remark}"},
	RunnerRefuses: {"the model runner refuses golocal: {0}",
		"der Modellserver weist golocal ab: {0}"},
	RunnerSlow: {"the model runner does not begin to answer",
		"der Modellserver beginnt nicht zu antworten"},
	NoMemory: {"the model does not fit into memory: {0}",
		"das Modell passt nicht in den Arbeitsspeicher: {0}"},
	EngineStarts: {"golocal's engine does not start: {0:remark}",
		"golocals Engine startet nicht: {0:remark}"},
	EngineEnded: {"the engine ended: {0}",
		"die Engine hat geendet: {0}"},
	NoEngine: {"this build of golocal has no engine",
		"dieses golocal ist ohne eigene Engine gebaut"},
	NoOllama: {"no Ollama answers at {0}",
		"unter {0} antwortet kein Ollama"},
	OllamaRemote: {"Ollama at {0} is refused: it may not be this machine, and questions and files would leave it",
		"Ollama unter {0} ist abgelehnt: das ist vielleicht nicht dieser Rechner, und Fragen und Dateien verließen ihn"},
	OllamaRedirects: {"Ollama at {0} is refused: it redirects to another address",
		"Ollama unter {0} ist abgelehnt: es leitet an eine andere Adresse weiter"},
	OllamaOld: {"Ollama {0} at {1} is older than {2}, which closes a security hole (CVE-2026-7482)",
		"Ollama {0} unter {1} ist älter als {2}, das eine Sicherheitslücke schließt (CVE-2026-7482)"},
	OllamaHangs: {"Ollama at {0} accepts connections but does not answer",
		"Ollama unter {0} nimmt Verbindungen an, antwortet aber nicht"},
	NotOllama: {"what listens at {0} is not Ollama",
		"was unter {0} antwortet, ist nicht Ollama"},
	OllamaOdd: {"Ollama reports the version “{0}”, which golocal cannot judge",
		"Ollama nennt die Version „{0}“, die golocal nicht beurteilen kann"},
	OllamaAway: {"questions and passages go to {0}, as configured",
		"Fragen und Textstellen gehen an {0}, wie eingestellt"},
	OllamaUnused: {"Ollama is not used: {0:remark}",
		"Ollama wird nicht verwendet: {0:remark}"},
	OllamaStoreUnused: {"the models that Ollama has in {0} are not used: {1}",
		"die Modelle, die Ollama unter {0} hat, werden nicht verwendet: {1}"},
	PromptTooLong: {"too long for the model: the question and its sources exceed the window of {0} tokens",
		"zu lang für das Modell: die Frage und ihre Quellen übersteigen das Kontextfenster von {0} Token"},
	ReplyBroke: {"the answer is incomplete: the connection to the model runner broke",
		"die Antwort ist unvollständig: die Verbindung zum Modellserver riss ab"},
	ReplyStalled: {"the answer is incomplete: the runner stopped sending",
		"die Antwort ist unvollständig: der Modellserver sendet nicht mehr"},
	ReplySays: {"the answer is incomplete: the model runner says: {0}",
		"die Antwort ist unvollständig: der Modellserver meldet: {0}"},
	ReplyUnreadable: {"the answer is incomplete: the model runner says: something that golocal cannot read",
		"die Antwort ist unvollständig: der Modellserver meldet etwas, das golocal nicht lesen kann"},
	ReplyEmpty: {"the answer is incomplete: the reply is empty",
		"die Antwort ist unvollständig: es kam kein Text"},
	ReplyHalf: {"the answer is incomplete: the reply ended in the middle",
		"die Antwort ist unvollständig: sie endete mittendrin"},
	ReplyGoesOn: {"the answer is incomplete: the runner goes on after the end",
		"die Antwort ist unvollständig: der Modellserver sendet nach dem Ende weiter"},
	ReplyEndless: {"the answer is incomplete: the runner does not stop at {0} tokens",
		"die Antwort ist unvollständig: der Modellserver hört bei {0} Token nicht auf"},
	ReplyTooMuch: {"the answer is incomplete: the reply is larger than any honest one",
		"die Antwort ist unvollständig: es kam mehr, als eine ehrliche Antwort haben kann"},

	NextChooseLocal: {"choose a model that runs on this machine: golocal models",
		"ein Modell wählen, das auf diesem Rechner läuft: golocal models"},
	NextFetchEmbedding: {"fetch one: golocal models pull embedding",
		"eines holen: golocal models pull embedding"},
	NextFetchChat: {"fetch one: golocal models pull chat",
		"eines holen: golocal models pull chat"},
	NextChooseSmaller: {"choose a smaller model: golocal models",
		"ein kleineres Modell wählen: golocal models"},
	NextAskAgain: {"ask again in a moment",
		"gleich noch einmal fragen"},
	NextAskAgainLog: {"ask again; if it stays so, see the runner's log",
		"noch einmal fragen; bleibt es so, steht mehr im Protokoll des Modellservers"},
	NextByItself: {"golocal tries again by itself",
		"golocal versucht es von selbst wieder"},
	NextByItselfLog: {"golocal tries again by itself; see the runner's log",
		"golocal versucht es von selbst wieder; mehr steht im Protokoll des Modellservers"},
	NextSeeOllama: {"golocal tries again by itself; see that Ollama runs",
		"golocal versucht es von selbst wieder; nachsehen, ob Ollama läuft"},
	NextStartsAgain: {"golocal starts it again by itself",
		"golocal startet ihn von selbst wieder"},
	NextDoctor: {"run golocal doctor, or install Ollama from ollama.com and start it",
		"weiter hilft golocal doctor, oder Ollama von ollama.com installieren und starten"},
	NextInstall: {"install Ollama from ollama.com and start it, or build golocal on a machine with a C++ compiler",
		"Ollama von ollama.com installieren und starten, oder golocal auf einem Rechner mit C++-Compiler bauen"},
	NextCloseOrSmaller: {"close other programs, or choose a smaller model: golocal models",
		"andere Programme schließen, oder ein kleineres Modell wählen: golocal models"},
	NextHost: {"set OLLAMA_HOST to an address such as 127.0.0.1:11434",
		"OLLAMA_HOST auf eine Adresse wie 127.0.0.1:11434 setzen"},
	NextLoopback: {"use a loopback address such as 127.0.0.1:11434, or name the host in the configuration and allow it there",
		"eine Adresse dieses Rechners wie 127.0.0.1:11434 verwenden, oder den Rechner in der Konfiguration nennen und dort erlauben"},
	NextPointHost: {"point OLLAMA_HOST at Ollama itself",
		"OLLAMA_HOST auf Ollama selbst zeigen lassen"},
	NextSetHost: {"set OLLAMA_HOST to the address of Ollama",
		"OLLAMA_HOST auf die Adresse von Ollama setzen"},
	NextRestartOllama: {"restart Ollama",
		"Ollama neu starten"},
	NextServe: {"start it: ollama serve",
		"es starten: ollama serve"},
	NextServeOrHost: {"start it: ollama serve; or take OLLAMA_HOST out of the environment",
		"es starten: ollama serve; oder OLLAMA_HOST aus der Umgebung nehmen"},
	NextUpdateOllama: {"update Ollama from ollama.com",
		"Ollama von ollama.com aktualisieren"},
}
