package remark

// Why a file is not taken into the inbox.
const (
	NameNotUTF8   Code = "inbox.not_utf8"
	NameFromTop   Code = "inbox.from_top"
	NameDeep      Code = "inbox.deep"
	NameOut       Code = "inbox.out"
	NameEmpty     Code = "inbox.empty"
	NameLong      Code = "inbox.long"
	InboxTooLarge Code = "inbox.too_large"
	InboxMany     Code = "inbox.many"
	InboxNoFolder Code = "inbox.no_folder"
)

var arriving = map[Code]words{
	NameNotUTF8: {"its name is no UTF-8",
		"der Name ist kein UTF-8"},
	NameFromTop: {"its path begins at the top of the disk",
		"der Pfad beginnt an der Wurzel des Datenträgers"},
	NameDeep: {"it lies in more than {0} folders",
		"die Datei liegt in mehr als {0} Ordnern"},
	NameOut: {"its path leads out of the folder",
		"der Pfad führt aus dem Ordner heraus"},
	NameEmpty: {"it, or a folder that it lies in, has no name",
		"die Datei oder ein Ordner, in dem sie liegt, hat keinen Namen"},
	NameLong: {"its path is longer than {0} bytes",
		"der Pfad ist länger als {0} Byte"},
	InboxTooLarge: {"it is larger than {0} MB",
		"die Datei ist größer als {0} MB"},
	InboxMany: {"{0} files of this name are there already",
		"{0} Dateien dieses Namens sind schon da"},
	InboxNoFolder: {"{0} in the inbox is no folder",
		"{0} im Eingangsordner ist kein Ordner"},
}
