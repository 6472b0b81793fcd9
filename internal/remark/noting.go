package remark

// What of a file is not in its text, and why.
const (
	NoteText                Code = "note.as_is"
	NoteIn                  Code = "note.within"
	NoteMessage             Code = "note.message"
	NoteAttachment          Code = "note.attachment"
	NoteNamelessAttachment  Code = "note.nameless"
	NoteMessageAttachment   Code = "note.message_attachment"
	NoteMoreAttachments     Code = "note.more_attachments"
	NoteAttachmentsFull     Code = "note.attachments_full"
	NoteReadingSlow         Code = "note.reading_slow"
	NoteEncrypted           Code = "note.encrypted"
	NoteTextFull            Code = "note.text_full"
	NoteTNEF                Code = "note.tnef"
	NoteOnlyPart            Code = "note.only_part"
	NoteOnlyLink            Code = "note.only_link"
	NoteObject              Code = "note.object"
	NoteLongText            Code = "note.long_text"
	NoteBrokenText          Code = "note.broken_text"
	NoteEncryptedMail       Code = "note.encrypted_mail"
	NotePageLeft            Code = "note.page_left"
	NoteTextLeft            Code = "note.text_left"
	NoteReadMessages        Code = "note.read_messages"
	NoteBrokenMessage       Code = "note.broken_message"
	NoteMoreBroken          Code = "note.more_broken"
	NoteDeletedMessages     Code = "note.deleted_messages"
	NoteEncryptedMessages   Code = "note.encrypted_messages"
	NotePartBroken          Code = "note.part_broken"
	NoteLeft                Code = "note.left"
	NoteEmbeddedFull        Code = "note.embedded_full"
	NoteEmbeddedLeft        Code = "note.embedded_left"
	NoteObjectsUnread       Code = "note.objects_unread"
	NoteChapter             Code = "note.chapter"
	NoteTooLargeForHeadings Code = "note.too_large_for_headings"
	NoteTooDeep             Code = "note.too_deep"
	NoteManyTags            Code = "note.many_tags"
	NoteFurniture           Code = "note.furniture"
	NoteOCR                 Code = "note.ocr"
	NoteOCRPages            Code = "note.ocr_pages"
	NoteOCROnePage          Code = "note.ocr_one"
	NoteOCR1Page            Code = "note.ocr_1"
	NoteUnsurePages         Code = "note.unsure_pages"
	NoteUnsureOnePage       Code = "note.unsure_one"
	NoteUnsure1Page         Code = "note.unsure_1"
	NoteBlankPages          Code = "note.blank_pages"
	NoteBlankOnePage        Code = "note.blank_one"
	NoteBlank1Page          Code = "note.blank_1"
	NoteGarbledPages        Code = "note.garbled_pages"
	NoteGarbledOnePage      Code = "note.garbled_one"
	NoteGarbled1Page        Code = "note.garbled_1"
	NoteOCRStopped          Code = "note.ocr_stopped"
	NoteOCRSlow             Code = "note.ocr_slow"
	NoteOCRFailed           Code = "note.ocr_failed"
	NoteAfterPage           Code = "note.after_page"
	NotePagesSlow           Code = "note.pages_slow"
	NoteHidden              Code = "note.hidden"
	NoteBadJSON             Code = "note.bad_json"
	NoteBadJSONLine         Code = "note.bad_json_line"
	NoteBadJSONLines        Code = "note.bad_json_lines"
	NoteCut                 Code = "note.cut"
	NoteOnlyFirst           Code = "note.only_first"
	NoteTooLong             Code = "note.too_long"
	NoteIncludes            Code = "note.includes"
	NoteBadNotebook         Code = "note.bad_notebook"
	NotePicture             Code = "note.picture"
	NotePictures            Code = "note.pictures"
	NoteBrokenAfter         Code = "note.broken_after"
	NoteHiddenSlide1        Code = "note.hidden_slide_1"
	NoteHiddenSlideN        Code = "note.hidden_slide_n"
	NoteHiddenSheet1        Code = "note.hidden_sheet_1"
	NoteHiddenSheetN        Code = "note.hidden_sheet_n"
	NoteHiddenRow1          Code = "note.hidden_row_1"
	NoteHiddenRowN          Code = "note.hidden_row_n"
	NoteRowsRepeat          Code = "note.rows_repeat"
	NoteSlideLeft           Code = "note.slide_left"
	NoteHiddenSlides        Code = "note.hidden_slides"
	NoteSlideNotes          Code = "note.slide_notes"
	NoteNoSubtitles         Code = "note.no_subtitles"
	NoteSheetUnread         Code = "note.sheet_unread"
	NoteSheetUntil          Code = "note.sheet_until"
	NoteSheetFailed         Code = "note.sheet_failed"
	NoteHiddenSheets        Code = "note.hidden_sheets"
	NoteCellTexts           Code = "note.cell_texts"
	NoteHiddenRows          Code = "note.hidden_rows"
	NoteHiddenColumns       Code = "note.hidden_columns"
	NoteByte                Code = "note.byte"
	NoteBytes               Code = "note.bytes"
	NoteBadXML              Code = "note.bad_xml"
)

var noting = map[Code]words{
	NoteText: {"{0:remark}",
		"{0:remark}"},
	NoteIn: {"{0}: {1:remark}",
		"{0}: {1:remark}"},
	NoteMessage: {"message {0}: {1:remark}",
		"Nachricht {0}: {1:remark}"},
	NoteAttachment: {"attachment {0:remark}: {1:remark}",
		"Anhang {0:remark}: {1:remark}"},
	NoteNamelessAttachment: {"without a name",
		"ohne Namen"},
	NoteMessageAttachment: {"message {0}, attachment {1:remark}: {2:remark}",
		"Nachricht {0}, Anhang {1:remark}: {2:remark}"},
	NoteMoreAttachments: {"{0} more attachments were not read",
		"{0} weitere Anhänge wurden nicht gelesen"},
	NoteAttachmentsFull: {"the attachments before it were already {0:size}",
		"die Anhänge davor hatten schon {0:size}"},
	NoteReadingSlow: {"reading the file took too long",
		"das Lesen der Datei dauerte zu lange"},
	NoteEncrypted: {"encrypted",
		"verschlüsselt"},
	NoteTextFull: {"its text would be too much",
		"der Text wäre zu viel"},
	NoteTNEF: {"Outlook's own format (TNEF) is not read",
		"Outlooks eigenes Format (TNEF) wird nicht gelesen"},
	NoteOnlyPart: {"only a part or a link, not the file itself",
		"nur ein Teil oder ein Verweis, nicht die Datei selbst"},
	NoteOnlyLink: {"only a link, not the file itself",
		"nur ein Verweis, nicht die Datei selbst"},
	NoteObject: {"an embedded object",
		"ein eingebettetes Objekt"},
	NoteLongText: {"its text is too long",
		"der Text ist zu lang"},
	NoteBrokenText: {"its text is broken",
		"der Text ist beschädigt"},
	NoteEncryptedMail: {"the message is encrypted: only its header is read",
		"die Nachricht ist verschlüsselt: nur ihr Kopf ist gelesen"},
	NotePageLeft: {"a page of {0:size} in the message was left out",
		"eine Seite von {0:size} in der Nachricht wurde ausgelassen"},
	NoteTextLeft: {"a text of {0:size} in the message was left out",
		"ein Text von {0:size} in der Nachricht wurde ausgelassen"},
	NoteReadMessages: {"read up to message {0} of {1}",
		"gelesen bis zur Nachricht {0} von {1}"},
	NoteBrokenMessage: {"message {0} is broken: {1:remark}",
		"Nachricht {0} ist beschädigt: {1:remark}"},
	NoteMoreBroken: {"{0} more messages are broken",
		"{0} weitere Nachrichten sind beschädigt"},
	NoteDeletedMessages: {"{0} deleted messages were left out",
		"{0} gelöschte Nachrichten wurden ausgelassen"},
	NoteEncryptedMessages: {"{0} encrypted messages: only their headers are read",
		"{0} verschlüsselte Nachrichten: nur ihre Köpfe sind gelesen"},
	NotePartBroken: {"{0} is broken and was left out from there: {1:remark}",
		"{0} ist beschädigt und wurde von dort an ausgelassen: {1:remark}"},
	NoteLeft: {"{0} is left out: {1:remark}",
		"{0} ist ausgelassen: {1:remark}"},
	NoteEmbeddedFull: {"the embedded file {0} is left out: there is too much text",
		"die eingebettete Datei {0} ist ausgelassen: zu viel Text"},
	NoteEmbeddedLeft: {"the embedded file {0} is left out: {1:remark}",
		"die eingebettete Datei {0} ist ausgelassen: {1:remark}"},
	NoteObjectsUnread: {"{0:embedded object|embedded objects} not read",
		"{0:eingebettetes Objekt|eingebettete Objekte} nicht gelesen"},
	NoteChapter: {"chapter {0} cannot be read: {1:remark}",
		"Kapitel {0} lässt sich nicht lesen: {1:remark}"},
	NoteTooLargeForHeadings: {"it is too large for its headings to be found: read as plain text",
		"zu groß, um die Überschriften zu finden: als einfacher Text gelesen"},
	NoteTooDeep: {"its quotes and lists are nested too deep: read as plain text",
		"Zitate und Listen liegen zu tief ineinander: als einfacher Text gelesen"},
	NoteManyTags: {"read without headings, lists and tables: more than a million tags",
		"ohne Überschriften, Listen und Tabellen gelesen: mehr als eine Million Tags"},
	NoteFurniture: {"navigation and page furniture was left out",
		"Navigation und Beiwerk der Seite wurden ausgelassen"},
	NoteOCR: {"read by OCR; words may be wrong",
		"mit OCR gelesen; Wörter können falsch sein"},
	NoteOCRPages: {"{0} of {1:page|pages} were read by OCR; words may be wrong",
		"{0} von {1:Seite|Seiten} mit OCR gelesen; Wörter können falsch sein"},
	NoteOCROnePage: {"its one page was read by OCR; words may be wrong",
		"die einzige Seite ist mit OCR gelesen; Wörter können falsch sein"},
	NoteOCR1Page: {"1 of {0:page|pages} was read by OCR; words may be wrong",
		"1 von {0:Seite|Seiten} ist mit OCR gelesen; Wörter können falsch sein"},
	NoteUnsurePages: {"{0} of {1:page|pages} make no sense to OCR: ocr-languages may not name the language",
		"{0} von {1:Seite|Seiten} ergeben für OCR keinen Sinn: vielleicht nennt ocr-languages die Sprache nicht"},
	NoteUnsureOnePage: {"its one page makes no sense to OCR: ocr-languages may not name the language",
		"die einzige Seite ergibt für OCR keinen Sinn: vielleicht nennt ocr-languages die Sprache nicht"},
	NoteUnsure1Page: {"1 of {0:page|pages} makes no sense to OCR: ocr-languages may not name the language",
		"1 von {0:Seite|Seiten} ergibt für OCR keinen Sinn: vielleicht nennt ocr-languages die Sprache nicht"},
	NoteBlankPages: {"{0} of {1:page|pages} have no text (scanned images?)",
		"{0} von {1:Seite|Seiten} haben keinen Text (gescannte Bilder?)"},
	NoteBlankOnePage: {"its one page has no text (a scanned image?)",
		"die einzige Seite hat keinen Text (ein gescanntes Bild?)"},
	NoteBlank1Page: {"1 of {0:page|pages} has no text (a scanned image?)",
		"1 von {0:Seite|Seiten} hat keinen Text (ein gescanntes Bild?)"},
	NoteGarbledPages: {"{0} of {1:page|pages} are garbled: their fonts do not say which letters they draw",
		"{0} von {1:Seite|Seiten} sind unleserlich: ihre Schriften sagen nicht, welche Buchstaben sie zeichnen"},
	NoteGarbledOnePage: {"its one page is garbled: its fonts do not say which letters they draw",
		"die einzige Seite ist unleserlich: ihre Schriften sagen nicht, welche Buchstaben sie zeichnen"},
	NoteGarbled1Page: {"1 of {0:page|pages} is garbled: its fonts do not say which letters they draw",
		"1 von {0:Seite|Seiten} ist unleserlich: ihre Schriften sagen nicht, welche Buchstaben sie zeichnen"},
	NoteOCRStopped: {"OCR stopped after {0} of {1} pages without text: it takes too long",
		"OCR endete nach {0} von {1} Seiten ohne Text: es dauert zu lange"},
	NoteOCRSlow: {"OCR of page {0} {1:remark}",
		"OCR von Seite {0} {1:remark}"},
	NoteOCRFailed: {"OCR of page {0}: {1:remark}",
		"OCR von Seite {0}: {1:remark}"},
	NoteAfterPage: {"the text after page {0} was left out: {1:size} are read of a document",
		"der Text nach Seite {0} wurde ausgelassen: von einem Dokument werden {1:size} gelesen"},
	NotePagesSlow: {"read up to page {0} of {1}: the rest takes too long",
		"gelesen bis Seite {0} von {1}: der Rest dauert zu lange"},
	NoteHidden: {"hidden text was left out ({0} characters)",
		"versteckter Text wurde ausgelassen ({0} Zeichen)"},
	NoteBadJSON: {"it is not valid JSON (line {0}: {1:remark}): read as plain text",
		"kein gültiges JSON (Zeile {0}: {1:remark}): als einfacher Text gelesen"},
	NoteBadJSONLine: {"1 line is not valid JSON and stands as in the file",
		"1 Zeile ist kein gültiges JSON und steht wie in der Datei"},
	NoteBadJSONLines: {"{0} lines are not valid JSON and stand as in the file",
		"{0} Zeilen sind kein gültiges JSON und stehen wie in der Datei"},
	NoteCut: {"the text was cut off after {0:size}",
		"der Text wurde nach {0:size} abgeschnitten"},
	NoteOnlyFirst: {"only the first {0} MiB of its text were read",
		"nur die ersten {0} MiB des Textes wurden gelesen"},
	NoteTooLong: {"too long: the first {0:size} of its {1:size} of text are read",
		"zu lang: die ersten {0:size} von {1:size} Text sind gelesen"},
	NoteIncludes: {"it takes in other files, which are read on their own: {0}",
		"sie bindet andere Dateien ein, die für sich gelesen werden: {0}"},
	NoteBadNotebook: {"it is not a valid notebook: read as text",
		"kein gültiges Notebook: als Text gelesen"},
	NotePicture: {"1 picture was left out",
		"1 Bild wurde ausgelassen"},
	NotePictures: {"{0} pictures were left out",
		"{0} Bilder wurden ausgelassen"},
	NoteBrokenAfter: {"broken: {0:remark}; what stands before is read",
		"beschädigt: {0:remark}; was davor steht, ist gelesen"},
	NoteHiddenSlide1: {"1 slide is hidden in the document and searched here",
		"1 Folie ist im Dokument ausgeblendet und wird hier durchsucht"},
	NoteHiddenSlideN: {"{0} slides are hidden in the document and searched here",
		"{0} Folien sind im Dokument ausgeblendet und werden hier durchsucht"},
	NoteHiddenSheet1: {"1 sheet is hidden in the document and searched here",
		"1 Tabelle ist im Dokument ausgeblendet und wird hier durchsucht"},
	NoteHiddenSheetN: {"{0} sheets are hidden in the document and searched here",
		"{0} Tabellen sind im Dokument ausgeblendet und werden hier durchsucht"},
	NoteHiddenRow1: {"1 row is hidden in the document and searched here",
		"1 Zeile ist im Dokument ausgeblendet und wird hier durchsucht"},
	NoteHiddenRowN: {"{0} rows are hidden in the document and searched here",
		"{0} Zeilen sind im Dokument ausgeblendet und werden hier durchsucht"},
	NoteRowsRepeat: {"rows {0} to {1} of sheet {2} are left out: they repeat row {3}",
		"die Zeilen {0} bis {1} der Tabelle {2} sind ausgelassen: sie wiederholen Zeile {3}"},
	NoteSlideLeft: {"slide {0} is left out: {1:remark}",
		"Folie {0} ist ausgelassen: {1:remark}"},
	NoteHiddenSlides: {"{0:hidden slide|hidden slides} included",
		"{0:ausgeblendete Folie|ausgeblendete Folien} mit gelesen"},
	NoteSlideNotes: {"the notes of slide {0} are left out: {1:remark}",
		"die Notizen zu Folie {0} sind ausgelassen: {1:remark}"},
	NoteNoSubtitles: {"no subtitles are in it: read as plain text",
		"keine Untertitel darin: als einfacher Text gelesen"},
	NoteSheetUnread: {"sheet {0} was not read",
		"die Tabelle {0} wurde nicht gelesen"},
	NoteSheetUntil: {"sheet {0} was read up to row {1}: {2:remark}",
		"die Tabelle {0} wurde bis Zeile {1} gelesen: {2:remark}"},
	NoteSheetFailed: {"sheet {0} was not read: {1:remark}",
		"die Tabelle {0} wurde nicht gelesen: {1:remark}"},
	NoteHiddenSheets: {"{0:hidden sheet|hidden sheets} included: {1}",
		"{0:ausgeblendete Tabelle|ausgeblendete Tabellen} mit gelesen: {1}"},
	NoteCellTexts: {"some cells' texts were left out: {0:remark}",
		"die Texte einiger Zellen wurden ausgelassen: {0:remark}"},
	NoteHiddenRows: {"sheet {0}: {1:hidden row|hidden rows} included",
		"Tabelle {0}: {1:ausgeblendete Zeile|ausgeblendete Zeilen} mit gelesen"},
	NoteHiddenColumns: {"sheet {0}: {1:hidden column|hidden columns} included",
		"Tabelle {0}: {1:ausgeblendete Spalte|ausgeblendete Spalten} mit gelesen"},
	NoteByte: {"1 byte that is no character was replaced",
		"1 Byte, das kein Zeichen ist, wurde ersetzt"},
	NoteBytes: {"{0} bytes that are no characters were replaced",
		"{0} Bytes, die keine Zeichen sind, wurden ersetzt"},
	NoteBadXML: {"it is not valid XML ({0:remark}): read as plain text",
		"kein gültiges XML ({0:remark}): als einfacher Text gelesen"},
}
