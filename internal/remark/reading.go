package remark

// Why a file has no text to search.
const (
	Encrypted        Code = "read.encrypted"
	Denied           Code = "read.denied"
	NoText           Code = "read.no_text"
	NoSeenText       Code = "read.no_seen_text"
	NoSheetText      Code = "read.no_sheet_text"
	NoSlideText      Code = "read.no_slide_text"
	NoWords          Code = "read.no_words"
	NoImageText      Code = "read.no_image_text"
	UnsureText       Code = "read.unsure_text"
	NoPages          Code = "read.no_pages"
	GarbledText      Code = "read.garbled"
	Scan             Code = "read.scan"
	ScanEmpty        Code = "read.scan_empty"
	ScanNoted        Code = "read.scan_noted"
	Both             Code = "read.both"
	Broken           Code = "read.broken"
	BrokenStopped    Code = "read.broken_stopped"
	BrokenUncut      Code = "read.broken_uncut"
	BrokenNoMessage  Code = "read.broken_no_message"
	BrokenNoPage     Code = "read.broken_no_page"
	BrokenNoWord     Code = "read.broken_no_word"
	BrokenNoWorkbook Code = "read.broken_no_workbook"
	BrokenNoSlides   Code = "read.broken_no_slides"
	BrokenCharset    Code = "read.broken_charset"
	BrokenBomb       Code = "read.broken_bomb"
	DRM              Code = "read.drm"
	UnknownCrypt     Code = "read.unknown_crypt"
	OCRFailed        Code = "read.ocr_failed"
	OCRSlow          Code = "read.ocr_slow"
	TooLargeKind     Code = "read.too_large_kind"
	TooLargeImage    Code = "read.too_large_image"
	TooLargePage     Code = "read.too_large_page"
	TooLargeOffice   Code = "read.too_large_office"
	TooLargeRule     Code = "read.too_large_rule"
	TooLargeFolder   Code = "read.too_large_folder"
	TooMuchText      Code = "read.too_much_text"
	TooMuchUnpacked  Code = "read.too_much_unpacked"
	TooManyEntries   Code = "read.too_many_entries"
	OfficeRefused    Code = "read.office_refused"
	OfficeBroken     Code = "read.office_broken"
	Unreadable       Code = "read.unreadable"
	Moving           Code = "read.moving"
	TooSlow          Code = "read.too_slow"
	Crashes          Code = "read.crashes"
	TooMuchMemory    Code = "read.too_much_memory"
	Interrupted      Code = "read.interrupted"
	SecretName       Code = "read.secret_name"
	SecretIn         Code = "read.secret_in"
	SecretAt         Code = "read.secret_at"
	Elsewhere        Code = "read.elsewhere"
	Irregular        Code = "read.irregular"
	OwnData          Code = "read.own_data"
	Unwatched        Code = "read.unwatched"
	RootMissing      Code = "read.root_missing"
)

var reading = map[Code]words{
	Encrypted: {"needs a password",
		"braucht ein Kennwort"},
	Denied: {"no permission to read it",
		"keine Erlaubnis, sie zu lesen"},
	NoText: {"holds no text",
		"enthält keinen Text"},
	NoSeenText: {"holds no text that can be seen",
		"enthält keinen sichtbaren Text"},
	NoSheetText: {"no text in its {0:sheet|sheets}",
		"kein Text in {0:Tabelle|Tabellen}"},
	NoSlideText: {"no text on its {0:slide|slides}",
		"kein Text auf {0:Folie|Folien}"},
	NoWords: {"a drawing without words",
		"eine Zeichnung ohne Wörter"},
	NoImageText: {"an image in which no text was found",
		"ein Bild, in dem kein Text gefunden wurde"},
	UnsureText: {"an image of which OCR makes no sense; its text may be in another language than ocr-languages names",
		"ein Bild, aus dem OCR nicht klug wird; vielleicht ist der Text in einer Sprache, die ocr-languages nicht nennt"},
	NoPages: {"has no pages",
		"hat keine Seiten"},
	GarbledText: {"garbled: its fonts do not say which letters they draw",
		"unleserlich: die Schriften sagen nicht, welche Buchstaben sie zeichnen"},
	Scan: {"its pages hold no text, as scans do; text in images is read only with ocr: on in the config, and tesseract installed",
		"die Seiten enthalten keinen Text, wie bei gescannten; Text in Bildern wird nur mit ocr: on in der Konfiguration und mit tesseract gelesen"},
	ScanEmpty: {"its pages hold no text, as scans do, and OCR finds none",
		"die Seiten enthalten keinen Text, wie bei gescannten, und OCR findet keinen"},
	ScanNoted: {"its pages hold no text, as scans do; {0:remark}",
		"die Seiten enthalten keinen Text, wie bei gescannten; {0:remark}"},
	Both: {"{0:remark}; {1:remark}",
		"{0:remark}; {1:remark}"},
	Broken: {"broken: {0:remark}",
		"beschädigt: {0:remark}"},
	BrokenStopped: {"broken: the parser stopped at it",
		"beschädigt: der Leser blieb daran hängen"},
	BrokenUncut: {"broken: its text could not be cut into passages",
		"beschädigt: der Text ließ sich nicht in Textstellen teilen"},
	BrokenNoMessage: {"broken: no message in it",
		"beschädigt: keine Nachricht darin"},
	BrokenNoPage: {"broken: there is no page in it",
		"beschädigt: keine Seite darin"},
	BrokenNoWord: {"broken: no Word document in it",
		"beschädigt: kein Word-Dokument darin"},
	BrokenNoWorkbook: {"broken: no workbook in it",
		"beschädigt: keine Arbeitsmappe darin"},
	BrokenNoSlides: {"broken: no presentation in it",
		"beschädigt: keine Präsentation darin"},
	BrokenCharset: {"broken: the bytes are no text in any known charset",
		"beschädigt: die Bytes sind kein Text in einem bekannten Zeichensatz"},
	BrokenBomb: {"broken: its parts lie in one another, as in a zip bomb",
		"beschädigt: die Teile liegen ineinander, wie in einer Zip-Bombe"},
	DRM: {"protected by DRM",
		"durch DRM geschützt"},
	UnknownCrypt: {"encrypted in a way that is not known",
		"auf unbekannte Weise verschlüsselt"},
	OCRFailed: {"OCR: {0:remark}",
		"OCR: {0:remark}"},
	OCRSlow: {"takes longer than {0}",
		"dauert länger als {0}"},
	TooLargeKind: {"too large: {0:size}, and files of this kind are read up to {1:size}",
		"zu groß: {0:size}, Dateien dieser Art werden bis {1:size} gelesen"},
	TooLargeImage: {"too large: {0} by {1} pixels, and images are read up to {2} million",
		"zu groß: {0} mal {1} Bildpunkte, Bilder werden bis {2} Millionen gelesen"},
	TooLargePage: {"too large: {0:size}, and pages are read up to {1:size}",
		"zu groß: {0:size}, Webseiten werden bis {1:size} gelesen"},
	TooLargeOffice: {"too large: LibreOffice makes more than {0:size} of it",
		"zu groß: LibreOffice macht mehr als {0:size} daraus"},
	TooLargeRule: {"too large: more than {0} MiB",
		"zu groß: mehr als {0} MiB"},
	TooLargeFolder: {"too large: more than {0} MiB, the limit of its folder",
		"zu groß: mehr als {0} MiB, die Grenze ihres Ordners"},
	TooMuchText: {"there is more text than is kept: {0} MiB",
		"mehr Text, als aufbewahrt wird: {0} MiB"},
	TooMuchUnpacked: {"unpacks to more than is read: {0} MiB a part, {1} MiB in all",
		"entpackt sich zu mehr, als gelesen wird: {0} MiB je Teil, {1} MiB insgesamt"},
	TooManyEntries: {"an archive of {0} entries; up to {1} are read",
		"ein Archiv mit {0} Einträgen; bis zu {1} werden gelesen"},
	OfficeRefused: {"LibreOffice does not open it: {0}",
		"LibreOffice öffnet die Datei nicht: {0}"},
	OfficeBroken: {"LibreOffice does not open it: it is broken, or needs a password",
		"LibreOffice öffnet die Datei nicht: sie ist beschädigt oder braucht ein Kennwort"},
	Unreadable: {"could not be read: {0}",
		"ließ sich nicht lesen: {0}"},
	Moving: {"changes while it is read",
		"ändert sich, während sie gelesen wird"},
	TooSlow: {"takes longer than {0} to read",
		"braucht zum Lesen länger als {0}"},
	Crashes: {"crashes the parser",
		"bringt den Leser zum Absturz"},
	TooMuchMemory: {"takes more than {0:size} of memory to read",
		"braucht zum Lesen mehr als {0:size} Speicher"},
	Interrupted: {"golocal was stopped while it read this file, three times; it is read again when it changes",
		"golocal wurde dreimal beendet, während es diese Datei las; sie wird wieder gelesen, wenn sie sich ändert"},
	SecretName: {"skipped as secret: its name matches {0}",
		"als geheim ausgelassen: der Name passt zu {0}"},
	SecretIn: {"skipped as secret: holds {0:remark}",
		"als geheim ausgelassen: enthält {0:remark}"},
	SecretAt: {"skipped as secret: holds {0:remark} ({1:place})",
		"als geheim ausgelassen: enthält {0:remark} ({1:place})"},
	Elsewhere: {"its content is kept elsewhere; open it once in its own program to bring it here",
		"der Inhalt liegt anderswo; einmal im eigenen Programm öffnen, um ihn herzuholen"},
	Irregular: {"not a regular file",
		"keine gewöhnliche Datei"},
	OwnData: {"it is golocal's own data",
		"das sind eigene Daten von golocal"},
	Unwatched: {"its folder is not watched",
		"der Ordner wird nicht beobachtet"},
	RootMissing: {"the folder is missing; what is indexed of it is kept",
		"der Ordner fehlt; was davon erfasst ist, bleibt"},
}
