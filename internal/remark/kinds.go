package remark

// What files are that nobody reads text in.
const (
	IsSQLite        Code = "kind.sqlite"
	IsAccess        Code = "kind.access"
	IsDBase         Code = "kind.dbase"
	IsParquet       Code = "kind.parquet"
	IsPostScript    Code = "kind.postscript"
	IsFormData      Code = "kind.form_data"
	IsKindle        Code = "kind.kindle"
	IsReader        Code = "kind.reader"
	IsHelp          Code = "kind.help"
	IsOneNote       Code = "kind.onenote"
	IsWordPerfect   Code = "kind.wordperfect"
	IsFrameMaker    Code = "kind.framemaker"
	IsLotus         Code = "kind.lotus"
	IsShortcut      Code = "kind.shortcut"
	IsTorrent       Code = "kind.torrent"
	IsTraffic       Code = "kind.traffic"
	IsMedical       Code = "kind.medical"
	IsSignature     Code = "kind.signature"
	IsFont          Code = "kind.font"
	IsFlash         Code = "kind.flash"
	IsProgram       Code = "kind.program"
	IsDump          Code = "kind.dump"
	IsJava          Code = "kind.java"
	IsPython        Code = "kind.python"
	IsWasm          Code = "kind.wasm"
	IsLibrary       Code = "kind.library"
	IsExtension     Code = "kind.extension"
	IsAstronomy     Code = "kind.astronomy"
	IsCompressed    Code = "kind.compressed"
	IsDjVu          Code = "kind.djvu"
	IsDWG           Code = "kind.dwg"
	IsDXF           Code = "kind.dxf"
	IsPhotoshop     Code = "kind.photoshop"
	IsGIMP          Code = "kind.gimp"
	IsGIMPPattern   Code = "kind.gimp_pattern"
	IsGIMPBrush     Code = "kind.gimp_brush"
	IsHDR           Code = "kind.hdr"
	IsIcon          Code = "kind.icon"
	IsModel3D       Code = "kind.model_3d"
	IsPlist         Code = "kind.plist"
	IsDSStore       Code = "kind.ds_store"
	IsWeights       Code = "kind.weights"
	IsAvro          Code = "kind.avro"
	IsHDF5          Code = "kind.hdf5"
	IsNumPy         Code = "kind.numpy"
	IsArrow         Code = "kind.arrow"
	IsPST           Code = "kind.pst"
	IsPGP           Code = "kind.pgp"
	IsCertificate   Code = "kind.certificate"
	IsDisk          Code = "kind.disk"
	IsPickle        Code = "kind.pickle"
	IsNoWord        Code = "kind.no_word"
	IsNoPDF         Code = "kind.no_pdf"
	IsPages         Code = "kind.pages"
	IsLZ4           Code = "kind.lz4"
	IsIndex         Code = "kind.index"
	IsDatabase      Code = "kind.database"
	IsAudio         Code = "kind.audio"
	IsArchiveOf     Code = "kind.archive_of"
	IsArchive       Code = "kind.archive"
	IsAudioOf       Code = "kind.audio_of"
	IsVideoOf       Code = "kind.video_of"
	IsMediaOf       Code = "kind.media_of"
	IsNotText       Code = "kind.not_text"
	IsNoParser      Code = "kind.no_parser"
	IsOldWord       Code = "kind.old_word"
	IsOldExcel      Code = "kind.old_excel"
	IsOldPowerPoint Code = "kind.old_powerpoint"
	IsOutlook       Code = "kind.outlook"
	IsOldOffice     Code = "kind.old_office"
	IsOldOfficeOf   Code = "kind.old_office_of"
	IsXLSB          Code = "kind.xlsb"
	IsVisio         Code = "kind.visio"
	IsOtherODF      Code = "kind.other_odf"
	IsImage         Code = "kind.image"
	IsImageKind     Code = "kind.image_kind"
	IsNested        Code = "kind.nested"
)

var kinds = map[Code]words{
	IsSQLite: {"a SQLite database",
		"eine SQLite-Datenbank"},
	IsAccess: {"an Access database",
		"eine Access-Datenbank"},
	IsDBase: {"a dBASE table; save it as .csv",
		"eine dBASE-Tabelle; als .csv speichern"},
	IsParquet: {"a Parquet table; save it as .csv",
		"eine Parquet-Tabelle; als .csv speichern"},
	IsPostScript: {"a PostScript file; save it as PDF",
		"eine PostScript-Datei; als PDF speichern"},
	IsFormData: {"the data of a PDF form",
		"die Daten eines PDF-Formulars"},
	IsKindle: {"a Kindle book; save it as EPUB",
		"ein Kindle-Buch; als EPUB speichern"},
	IsReader: {"an e-book of Microsoft Reader; save it as EPUB",
		"ein E-Book von Microsoft Reader; als EPUB speichern"},
	IsHelp: {"a Windows help file",
		"eine Windows-Hilfedatei"},
	IsOneNote: {"a OneNote section; export it as PDF or Word",
		"ein OneNote-Abschnitt; als PDF oder Word ausgeben"},
	IsWordPerfect: {"a WordPerfect document; save it as .docx",
		"ein WordPerfect-Dokument; als .docx speichern"},
	IsFrameMaker: {"a FrameMaker document; save it as PDF",
		"ein FrameMaker-Dokument; als PDF speichern"},
	IsLotus: {"a Lotus 1-2-3 sheet; save it as .xlsx",
		"eine Lotus-1-2-3-Tabelle; als .xlsx speichern"},
	IsShortcut: {"a shortcut to another file",
		"eine Verknüpfung zu einer anderen Datei"},
	IsTorrent: {"a torrent",
		"ein Torrent"},
	IsTraffic: {"a recording of network traffic",
		"eine Aufzeichnung von Netzverkehr"},
	IsMedical: {"a medical image (DICOM)",
		"ein medizinisches Bild (DICOM)"},
	IsSignature: {"a signature",
		"eine Signatur"},
	IsFont: {"a font",
		"eine Schrift"},
	IsFlash: {"a Flash film",
		"ein Flash-Film"},
	IsProgram: {"a program",
		"ein Programm"},
	IsDump: {"a memory dump of a program",
		"ein Speicherabbild eines Programms"},
	IsJava: {"a compiled Java class",
		"eine übersetzte Java-Klasse"},
	IsPython: {"compiled Python",
		"übersetztes Python"},
	IsWasm: {"a program (WebAssembly)",
		"ein Programm (WebAssembly)"},
	IsLibrary: {"a program library",
		"eine Programmbibliothek"},
	IsExtension: {"a browser extension",
		"eine Browser-Erweiterung"},
	IsAstronomy: {"astronomical data (FITS)",
		"astronomische Daten (FITS)"},
	IsCompressed: {"compressed data",
		"komprimierte Daten"},
	IsDjVu: {"a DjVu document; save it as PDF",
		"ein DjVu-Dokument; als PDF speichern"},
	IsDWG: {"a CAD drawing (.dwg)",
		"eine CAD-Zeichnung (.dwg)"},
	IsDXF: {"a CAD drawing (.dxf)",
		"eine CAD-Zeichnung (.dxf)"},
	IsPhotoshop: {"a Photoshop image",
		"ein Photoshop-Bild"},
	IsGIMP: {"a GIMP image",
		"ein GIMP-Bild"},
	IsGIMPPattern: {"a GIMP pattern",
		"ein GIMP-Muster"},
	IsGIMPBrush: {"a GIMP brush",
		"ein GIMP-Pinsel"},
	IsHDR: {"an image (.hdr)",
		"ein Bild (.hdr)"},
	IsIcon: {"an icon",
		"ein Symbol"},
	IsModel3D: {"a 3D model",
		"ein 3D-Modell"},
	IsPlist: {"settings in Apple's binary form (.plist)",
		"Einstellungen in Apples Binärform (.plist)"},
	IsDSStore: {"a folder's view settings (.DS_Store)",
		"Ansichtseinstellungen eines Ordners (.DS_Store)"},
	IsWeights: {"the weights of a model",
		"die Gewichte eines Modells"},
	IsAvro: {"an Avro table; save it as .csv",
		"eine Avro-Tabelle; als .csv speichern"},
	IsHDF5: {"scientific data (HDF5)",
		"wissenschaftliche Daten (HDF5)"},
	IsNumPy: {"a NumPy array",
		"ein NumPy-Feld"},
	IsArrow: {"an Arrow table; save it as .csv",
		"eine Arrow-Tabelle; als .csv speichern"},
	IsPST: {"an Outlook mailbox (.pst); export it as .mbox or .eml",
		"ein Outlook-Postfach (.pst); als .mbox oder .eml ausgeben"},
	IsPGP: {"an encrypted message, key or signature (PGP)",
		"eine verschlüsselte Nachricht, ein Schlüssel oder eine Signatur (PGP)"},
	IsCertificate: {"a certificate or a key",
		"ein Zertifikat oder ein Schlüssel"},
	IsDisk: {"a disk image",
		"ein Datenträgerabbild"},
	IsPickle: {"a Python pickle",
		"ein Python-Pickle"},
	IsNoWord: {"no Word file inside, whatever its name says",
		"innen keine Word-Datei, was immer der Name sagt"},
	IsNoPDF: {"no PDF inside, whatever its name says",
		"innen kein PDF, was immer der Name sagt"},
	IsPages: {"a Pages document; export it as PDF or Word",
		"ein Pages-Dokument; als PDF oder Word ausgeben"},
	IsLZ4: {"an archive (.lz4); files in archives are not read",
		"ein Archiv (.lz4); Dateien in Archiven werden nicht gelesen"},
	IsIndex: {"an index of another program",
		"ein Index eines anderen Programms"},
	IsDatabase: {"a database",
		"eine Datenbank"},
	IsAudio: {"an audio file",
		"eine Tondatei"},
	IsArchiveOf: {"an archive ({0}); files in archives are not read",
		"ein Archiv ({0}); Dateien in Archiven werden nicht gelesen"},
	IsArchive: {"an archive; files in archives are not read",
		"ein Archiv; Dateien in Archiven werden nicht gelesen"},
	IsAudioOf: {"an audio file ({0})",
		"eine Tondatei ({0})"},
	IsVideoOf: {"a video file ({0})",
		"eine Videodatei ({0})"},
	IsMediaOf: {"an audio or video file ({0})",
		"eine Ton- oder Videodatei ({0})"},
	IsNotText: {"not text, and not a type that is known",
		"kein Text und keine bekannte Art von Datei"},
	IsNoParser: {"no parser for {0}",
		"kein Leser für {0}"},
	IsOldWord: {"Word files before 2007 are not read; save it as .docx",
		"Word-Dateien von vor 2007 werden nicht gelesen; als .docx speichern"},
	IsOldExcel: {"Excel files before 2007 are not read",
		"Excel-Dateien von vor 2007 werden nicht gelesen"},
	IsOldPowerPoint: {"PowerPoint files before 2007 are not read",
		"PowerPoint-Dateien von vor 2007 werden nicht gelesen"},
	IsOutlook: {"an Outlook message that cannot be read",
		"eine Outlook-Nachricht, die sich nicht lesen lässt"},
	IsOldOffice: {"an Office file of before 2007",
		"eine Office-Datei von vor 2007"},
	IsOldOfficeOf: {"{0} from before 2007 (.{1}): install LibreOffice and golocal reads it, or save it as .{2}",
		"{0} von vor 2007 (.{1}): mit LibreOffice liest golocal es, sonst als .{2} speichern"},
	IsXLSB: {"a binary workbook (.xlsb); save it as .xlsx",
		"eine binäre Arbeitsmappe (.xlsb); als .xlsx speichern"},
	IsVisio: {"a Visio drawing; save it as .pdf",
		"eine Visio-Zeichnung; als .pdf speichern"},
	IsOtherODF: {"an OpenDocument chart, formula or database; texts, sheets, slides and drawings are read",
		"ein OpenDocument-Diagramm, eine Formel oder Datenbank; gelesen werden Texte, Tabellen, Folien und Zeichnungen"},
	IsImage: {"an image; text in images is read only with ocr: on in the config, and tesseract installed",
		"ein Bild; Text in Bildern wird nur mit ocr: on in der Konfiguration und mit tesseract gelesen"},
	IsImageKind: {"an image of a kind ({0}) that is not read; save it as PNG or JPEG",
		"ein Bild einer Art ({0}), die nicht gelesen wird; als PNG oder JPEG speichern"},
	IsNested: {"lies deeper than {0} files in files",
		"liegt tiefer als {0} Dateien in Dateien"},
}
