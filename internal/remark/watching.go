package remark

// Which rule decides about a file, and what changes that.
const (
	RuleNone          Code = "rule.none"
	RuleOutside       Code = "rule.outside"
	RuleOutsideNext   Code = "rule.outside_next"
	RuleRoot          Code = "rule.root"
	RuleUnreachable   Code = "rule.unreachable"
	RuleAbsent        Code = "rule.absent"
	RuleUnseen        Code = "rule.unseen"
	RuleNoFolder      Code = "rule.no_folder"
	RuleAbove         Code = "rule.above"
	RuleLink          Code = "rule.link"
	RuleLinkNext      Code = "rule.link_next"
	RuleUnderLink     Code = "rule.under_link"
	RuleLitter        Code = "rule.litter"
	RuleLitterOf      Code = "rule.litter_of"
	RuleSecret        Code = "rule.secret"
	RuleSecretOf      Code = "rule.secret_of"
	RuleOwnRoot       Code = "rule.own_root"
	RuleKernel        Code = "rule.kernel"
	RuleIgnore        Code = "rule.ignore"
	RuleIgnoreNext    Code = "rule.ignore_next"
	RuleExclude       Code = "rule.exclude"
	RuleExcludeNext   Code = "rule.exclude_next"
	RuleInclude       Code = "rule.include"
	RuleIncludeNext   Code = "rule.include_next"
	RuleType          Code = "rule.type"
	RuleTypeNext      Code = "rule.type_next"
	RuleSettings      Code = "rule.settings"
	RuleAllowNext     Code = "rule.allow_next"
	RuleMaxNext       Code = "rule.max_next"
	RuleConfigNext    Code = "rule.config_next"
	RuleAskedSettings Code = "rule.asked_settings"
	RuleAllowed       Code = "rule.allowed"
	RuleGone          Code = "rule.gone"
	RuleDenied        Code = "rule.denied"
	RuleNoPath        Code = "rule.no_path"
	RuleReplaced      Code = "rule.replaced"
	RuleSystem        Code = "rule.system"
	KindFolder        Code = "rule.is_folder"
	KindFIFO          Code = "rule.is_fifo"
	KindSocket        Code = "rule.is_socket"
	KindDevice        Code = "rule.is_device"
	KindLink          Code = "rule.is_link"
	KindSpecial       Code = "rule.is_special"
	RootNoFolder      Code = "rule.root_no_folder"
	RootOther         Code = "rule.root_other"
	RootEmpty         Code = "rule.root_empty"
	RootNew           Code = "rule.root_new"
	RootEnded         Code = "rule.root_ended"
	RootHeld          Code = "rule.root_held"
	RootUnknown       Code = "rule.root_unknown"
	RootRemote        Code = "rule.root_remote"
	RootDeaf          Code = "rule.root_deaf"
	RootUnwatched     Code = "rule.root_unwatched"
	RootUnwatchedAs   Code = "rule.root_unwatched_as"
	RootUnreadable    Code = "rule.root_unreadable"
)

var watching = map[Code]words{
	RuleNone: {"no rule leaves it out",
		"keine Regel lässt sie aus"},
	RuleOutside: {"no watched folder holds it",
		"kein beobachteter Ordner enthält sie"},
	RuleOutsideNext: {"golocal add FOLDER watches one",
		"golocal add ORDNER beobachtet einen"},
	RuleRoot: {"it is a watched folder",
		"das ist ein beobachteter Ordner"},
	RuleUnreachable: {"the folder cannot be reached: {0}; what is indexed of it is kept",
		"der Ordner ist nicht erreichbar: {0}; was davon erfasst ist, bleibt"},
	RuleAbsent: {"there is nothing at this path",
		"unter diesem Pfad ist nichts"},
	RuleUnseen: {"it cannot be looked at: {0}",
		"sie lässt sich nicht ansehen: {0}"},
	RuleNoFolder: {"{0} is no folder",
		"{0} ist kein Ordner"},
	RuleAbove: {"the folder {0} above it is left out: {1:remark}",
		"der Ordner {0} darüber ist ausgelassen: {1:remark}"},
	RuleLink: {"it is a link, and links are not followed",
		"das ist eine Verknüpfung, und denen wird nicht gefolgt"},
	RuleLinkNext: {"add the folder that it leads to",
		"den Ordner hinzufügen, zu dem sie führt"},
	RuleUnderLink: {"a folder above it is a link, and links are not followed",
		"ein Ordner darüber ist eine Verknüpfung, und denen wird nicht gefolgt"},
	RuleLitter: {"built-in list: its name matches {0}, which programs leave behind or can make again",
		"eingebaute Liste: der Name passt zu {0}, was Programme hinterlassen oder wieder machen können"},
	RuleLitterOf: {"built-in list: the name {1} matches {0}, which programs leave behind or can make again",
		"eingebaute Liste: der Name {1} passt zu {0}, was Programme hinterlassen oder wieder machen können"},
	RuleSecret: {"built-in list of secrets: its name matches {0}",
		"eingebaute Liste von Geheimem: der Name passt zu {0}"},
	RuleSecretOf: {"built-in list of secrets: the name {1} matches {0}",
		"eingebaute Liste von Geheimem: der Name {1} passt zu {0}"},
	RuleOwnRoot: {"it is a watched folder of its own",
		"das ist selbst ein beobachteter Ordner"},
	RuleKernel: {"it shows the kernel's state and holds no documents",
		"er zeigt den Zustand des Kerns und enthält keine Dokumente"},
	RuleIgnore: {"{0} line {1}: {2}",
		"{0}, Zeile {1}: {2}"},
	RuleIgnoreNext: {"the line !{0} in {1} takes it back in",
		"die Zeile !{0} in {1} nimmt sie wieder auf"},
	RuleExclude: {"exclude pattern of its watched folder: {0}",
		"Ausschlussmuster des beobachteten Ordners: {0}"},
	RuleExcludeNext: {"golocal add {0} with other --exclude patterns changes that",
		"golocal add {0} mit anderen --exclude-Mustern ändert das"},
	RuleInclude: {"no include pattern of its watched folder takes it: {0}",
		"kein Auswahlmuster des beobachteten Ordners nimmt sie: {0}"},
	RuleIncludeNext: {"golocal add {0} with other --include patterns changes that",
		"golocal add {0} mit anderen --include-Mustern ändert das"},
	RuleType: {"its type is none of those chosen for its watched folder: {0}",
		"der Typ gehört nicht zu denen, die für den beobachteten Ordner gewählt sind: {0}"},
	RuleTypeNext: {"golocal add {0} with other --types changes that",
		"golocal add {0} mit anderen --types ändert das"},
	RuleSettings: {"built-in rule: a {0} file says what to leave out and is no document itself",
		"eingebaute Regel: eine {0}-Datei sagt, was ausgelassen wird, und ist selbst kein Dokument"},
	RuleAllowNext: {"golocal add {0} --allow {1} indexes it all the same",
		"golocal add {0} --allow {1} erfasst sie trotzdem"},
	RuleMaxNext: {"golocal add {0} --max-mb raises the limit of the folder",
		"golocal add {0} --max-mb erhöht die Grenze des Ordners"},
	RuleConfigNext: {"max-file-mb in the config raises the limit",
		"max-file-mb in der Konfiguration erhöht die Grenze"},
	RuleAskedSettings: {"the folder's rules ask for it although it is an ignore file",
		"die Regeln des Ordners verlangen sie, obwohl sie eine Ausschlussdatei ist"},
	RuleAllowed: {"the folder's rules allow it although it may hold secrets",
		"die Regeln des Ordners erlauben sie, obwohl sie Geheimes enthalten kann"},
	RuleGone: {"it is not there any more",
		"sie ist nicht mehr da"},
	RuleDenied: {"permission denied: golocal's user may not read it",
		"keine Erlaubnis: der Benutzer von golocal darf sie nicht lesen"},
	RuleNoPath: {"this is no path below a folder",
		"das ist kein Pfad unter einem Ordner"},
	RuleReplaced: {"it was replaced while it was opened",
		"sie wurde ersetzt, während sie geöffnet wurde"},
	RuleSystem: {"{0}",
		"{0}"},
	KindFolder: {"it is a folder, not a regular file",
		"das ist ein Ordner, keine gewöhnliche Datei"},
	KindFIFO: {"it is a named pipe (FIFO), not a regular file",
		"das ist eine benannte Pipe (FIFO), keine gewöhnliche Datei"},
	KindSocket: {"it is a socket, not a regular file",
		"das ist ein Socket, keine gewöhnliche Datei"},
	KindDevice: {"it is a device, not a regular file",
		"das ist ein Gerät, keine gewöhnliche Datei"},
	KindLink: {"it is a link, not a regular file",
		"das ist eine Verknüpfung, keine gewöhnliche Datei"},
	KindSpecial: {"it is something special, not a regular file",
		"das ist etwas Besonderes, keine gewöhnliche Datei"},
	RootNoFolder: {"it is no folder any more; what is indexed of it is kept",
		"das ist kein Ordner mehr; was davon erfasst ist, bleibt"},
	RootOther: {"another folder is in its place",
		"ein anderer Ordner ist an seiner Stelle"},
	RootEmpty: {"the folder is empty and not the one that was indexed; is its disk connected?",
		"der Ordner ist leer und nicht der, der erfasst wurde; ist sein Datenträger angeschlossen?"},
	RootNew: {"not looked at yet",
		"noch nicht angesehen"},
	RootEnded: {"watching has ended",
		"die Beobachtung ist beendet"},
	RootHeld: {"{0} files vanished at once; they stay indexed until they come back or `golocal sync` confirms",
		"{0} Dateien sind auf einmal verschwunden; sie bleiben erfasst, bis sie wiederkommen oder `golocal sync` es bestätigt"},
	RootUnknown: {"the index could not be read: {0}; trying again",
		"der Index ließ sich nicht lesen: {0}; neuer Versuch folgt"},
	RootRemote: {"{0} reports no changes made elsewhere; compared every {1} instead",
		"{0} meldet keine Änderungen von anderswo; stattdessen wird alle {1} verglichen"},
	RootDeaf: {"changes here bring no events; compared every {0} instead",
		"Änderungen hier werden nicht gemeldet; stattdessen wird alle {0} verglichen"},
	RootUnwatched: {"{0:folder|folders} cannot be watched; compared every {1} instead",
		"{0:Ordner lässt|Ordner lassen} sich nicht beobachten; stattdessen wird alle {1} verglichen"},
	RootUnwatchedAs: {"{0:folder|folders} cannot be watched; compared every {1} instead; {2}",
		"{0:Ordner lässt|Ordner lassen} sich nicht beobachten; stattdessen wird alle {1} verglichen; {2}"},
	RootUnreadable: {"{0:folder|folders} cannot be read",
		"{0:Ordner lässt|Ordner lassen} sich nicht lesen"},
}
