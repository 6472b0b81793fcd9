package remark

// Why a folder is not added and rules are not taken, and why indexing is slow.
const (
	AddNothing    Code = "add.nothing"
	AddNotThere   Code = "add.not_there"
	AddDenied     Code = "add.denied"
	AddUnreadable Code = "add.unreadable"
	AddFind       Code = "add.find"
	AddNoFolder   Code = "add.no_folder"
	AddDisk       Code = "add.disk"
	AddSystem     Code = "add.system"
	AddOwn        Code = "add.own"
	AddHome       Code = "add.home"
	AddHomes      Code = "add.homes"
	AddSecrets    Code = "add.secrets"
	AddWhole      Code = "add.whole_path"
	RulesMany     Code = "rules.many"
	RulesSmallest Code = "rules.smallest"
	RulesLargest  Code = "rules.largest"
	RulesLong     Code = "rules.long"
	RulesBytes    Code = "rules.bytes"
	RulesAllow    Code = "rules.allow"
	RulesType     Code = "rules.type"
	RulesPattern  Code = "rules.pattern"
	PaceWaits     Code = "pace.waits"
	PaceBattery   Code = "pace.battery"
	PacePolite    Code = "pace.polite"
)

var adding = map[Code]words{
	AddNothing: {"no folder is named; name one, such as ~/Documents",
		"kein Ordner ist genannt; einen nennen, etwa ~/Documents"},
	AddNotThere: {"{0} is not there; check the spelling",
		"{0} gibt es nicht; die Schreibweise prüfen"},
	AddDenied: {"{0} cannot be read: permission denied; choose a folder that you may read",
		"{0} ist nicht lesbar: keine Erlaubnis; einen Ordner wählen, der sich lesen lässt"},
	AddUnreadable: {"{0} cannot be read: {1}; choose a folder that you may read",
		"{0} ist nicht lesbar: {1}; einen Ordner wählen, der sich lesen lässt"},
	AddFind: {"find folder {0}: {1}",
		"{0} ließ sich nicht ansehen: {1}"},
	AddNoFolder: {"{0} is not a folder; add the folder that it lies in: {1}",
		"{0} ist kein Ordner; den Ordner hinzufügen, in dem es liegt: {1}"},
	AddDisk: {"{0} is the whole disk; choose a folder on it, such as your Documents",
		"{0} ist der ganze Datenträger; einen Ordner darauf wählen, etwa Dokumente"},
	AddSystem: {"{0} belongs to the system and holds no documents; choose a folder of your own",
		"{0} gehört dem System und enthält keine Dokumente; einen eigenen Ordner wählen"},
	AddOwn: {"{0} is golocal's own data; choose a folder of documents",
		"{0} sind golocals eigene Daten; einen Ordner mit Dokumenten wählen"},
	AddHome: {"{0} is your whole home folder, with keys and programs' data in it; choose folders inside it, such as {1}",
		"{0} ist der ganze persönliche Ordner, mit Schlüsseln und Daten von Programmen darin; Ordner darin wählen, etwa {1}"},
	AddHomes: {"{0} holds whole home folders; choose folders inside yours, such as {1}",
		"{0} enthält ganze persönliche Ordner; Ordner im eigenen wählen, etwa {1}"},
	AddSecrets: {"{0} holds secrets, which are never indexed; choose a folder of documents",
		"{0} enthält Geheimnisse, die nie erfasst werden; einen Ordner mit Dokumenten wählen"},
	AddWhole: {"give the folder's whole path, from the top",
		"den ganzen Pfad des Ordners angeben, von der Wurzel an"},
	RulesMany: {"{0} has {1} entries; {2} are the most; a .golocalignore file in the folder holds more",
		"{0} hat {1} Einträge, höchstens {2} sind möglich; mehr fasst eine Datei .golocalignore im Ordner"},
	RulesSmallest: {"max-mb is {0}; the smallest is 1, and 0 leaves it to the config",
		"max-mb ist {0}; das Kleinste ist 1, und 0 überlässt es der Konfiguration"},
	RulesLargest: {"max-mb is {0}, but max-file-mb in the config takes no file above {1}; raise that first",
		"max-mb ist {0}, aber max-file-mb in der Konfiguration nimmt keine Datei über {1}; zuerst das erhöhen"},
	RulesLong: {"an entry of {0} is longer than {1} bytes",
		"ein Eintrag von {0} ist länger als {1} Byte"},
	RulesBytes: {"{0} {1}: holds a line break or bytes that are no UTF-8; use ? or * in their place",
		"{0} {1}: enthält einen Zeilenumbruch oder Bytes, die kein UTF-8 sind; stattdessen ? oder * nehmen"},
	RulesAllow: {"allow {0}: name one file by its path below the folder, such as notes/keys.md",
		"allow {0}: eine Datei mit ihrem Pfad im Ordner nennen, etwa notes/keys.md"},
	RulesType: {"type {0}: name an ending or a type, such as md, pdf or code; for patterns there is include",
		"Art {0}: eine Endung oder Art nennen, etwa md, pdf oder code; für Muster gibt es include"},
	RulesPattern: {"{0} {1}: this pattern matches nothing; it is written as in a .gitignore file",
		"{0} {1}: zu diesem Muster passt nichts; geschrieben wird es wie in einer .gitignore-Datei"},
	PaceWaits: {"the battery is at {0} %: indexing waits for the mains; golocal sync does it now",
		"der Akku ist bei {0} %: das Erfassen wartet auf Netzstrom; golocal sync holt es jetzt nach"},
	PaceBattery: {"on battery: indexing takes half of the time",
		"Akkubetrieb: das Erfassen nutzt die halbe Zeit"},
	PacePolite: {"polite: indexing takes half of the time",
		"rücksichtsvoll: das Erfassen nutzt die halbe Zeit"},
}
