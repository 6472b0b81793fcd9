package corpus

import (
	"strings"

	"golocal/internal/prose"
)

func set(list string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		m[w] = true
	}
	return m
}

// Words are folded: lower case, no accents, ss for ß.
var (
	fileNouns = set("everything alles thing things unterlagen papers papiere textdatei file files document documents doc docs datei dateien dokument dokumente dokumenten")

	// kindNouns are nouns that mean files of a kind by themselves.
	kindNouns = map[string]string{
		"note": "note", "notes": "note", "notiz": "note", "notizen": "note",
		"pdf": "pdf", "pdfs": "pdf", "csv": "csv", "csvs": "csv",
		"spreadsheet": "spreadsheet", "spreadsheets": "spreadsheet", "workbook": "spreadsheet", "workbooks": "spreadsheet", "tabellen": "spreadsheet",
		"presentation": "presentation", "presentations": "presentation", "prasentation": "presentation", "prasentationen": "presentation",
		"docx": "docx", "xlsx": "xlsx", "html": "html", "txt": "txt", "pptx": "pptx", "mail": "mail", "mails": "mail", "email": "mail", "emails": "mail",
		"image": "image", "images": "image", "picture": "image", "pictures": "image", "photo": "image", "photos": "image", "bild": "image", "bilder": "image", "foto": "image", "fotos": "image",
	}

	// kindAdjectives stand before a noun for files.
	kindAdjectives = map[string]string{
		"pdf": "pdf", "csv": "csv", "word": "word", "excel": "excel", "spreadsheet": "spreadsheet", "powerpoint": "presentation",
		"markdown": "markdown", "md": "markdown", "text": "text", "txt": "text", "html": "html", "mail": "mail", "image": "image", "source": "code", "code": "code",
	}

	// kindTypes are the document types and name endings of a kind.
	kindTypes = map[string]map[string]bool{
		"note":         set("markdown md text txt org asciidoc adoc rst"),
		"pdf":          set("pdf"),
		"csv":          set("csv"), // tsv is its type, too, and no .csv
		"spreadsheet":  set("xlsx xls ods csv tsv xlsm"),
		"excel":        set("xlsx xls xlsm"),
		"presentation": set("pptx ppt odp"),
		"word":         set("docx doc odt rtf"),
		"mail":         set("mail mailbox eml msg mbox"),
		"image":        set("image png jpg jpeg gif tif tiff webp bmp heic"),
		"markdown":     set("markdown md"),
		"text":         set("text txt"),
		"html":         set("html htm"),
		"code":         set("code"),
	}

	counting = [][]string{{"how", "many"}, {"number", "of"}, {"count"}, {"are", "there", "any"}, {"is", "there", "a"}, {"is", "there", "any"},
		{"wie", "viele"}, {"wie", "vielen"}, {"wieviele"}, {"wieviel"}, {"anzahl"}, {"zahle"}, {"gibt", "es"}, {"do", "i", "have", "any"}, {"habe", "ich", "irgendwelche"}}
	listing = [][]string{{"looking", "for"}, {"ich", "suche"}, {"search", "for"}, {"list"}, {"show"}, {"which"}, {"what"}, {"give"}, {"find"}, {"name"}, {"liste"}, {"zeig"}, {"zeige"}, {"welche"}, {"welcher"}, {"welches"}, {"welchen"}, {"nenne"}}

	superlatives = map[string]Task{
		"newest": Newest, "latest": Newest, "neueste": Newest, "neuesten": Newest, "neuestes": Newest, "neuester": Newest, "neuste": Newest, "neusten": Newest, "aktuellste": Newest, "aktuellsten": Newest,
		"oldest": Oldest, "alteste": Oldest, "altesten": Oldest, "altestes": Oldest, "altester": Oldest,
		"largest": Largest, "biggest": Largest, "grosste": Largest, "grossten": Largest, "grosstes": Largest, "grosster": Largest,
		"smallest": Smallest, "kleinste": Smallest, "kleinsten": Smallest, "kleinstes": Smallest, "kleinster": Smallest,
	}

	changing = set("change changed changes modify modified edit edited update updated touched save saved andern geandert bearbeitet bearbeiten aktualisiert gespeichert")
	making   = set("created create written wrote write made added erstellt geschrieben angelegt")

	numbers = map[string]int{"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
		"zwei": 2, "drei": 3, "vier": 4, "funf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10}

	// fillers say nothing beside what prose.Stop holds.
	fillers = set(`please one ones wir uns unser unsere unseren unserem unserer every each any used t exist exists existing there indexed altogether currently watched s
		ich habe haben hat der die das den dem des ein eine einen einer es gibt in im ins auf an am aus von vom mit mir mein meine meinen meiner meinem alle allen aller sind ist war waren wurde wurden
		bitte insgesamt vorhanden liegen liegt stehen steht befinden sich zu zum zur und welche welcher welches welchen was wieviel jede jeder jedes jeden jedem samtliche fur bei als aber du kommt kommen
		wort worter begriff namen name word words term terms phrase`)

	// contextual point at something said before, or ask for what no catalogue has.
	contextual = set(`these those them it they this he she him her his their who whom whose when where why because
		can could should must may might would need shall how wie not no never without except don doesn didn isn aren wasn weren haven hasn nicht kein keine keinen keiner ohne ausser
		diese dieser dieses sie er wer wem wen wann wo warum wohin kann konnen soll sollen muss mussen darf durfen`)

	ops = map[string]Op{
		"total": Sum, "sum": Sum, "totals": Sum, "summe": Sum, "gesamtsumme": Sum, "insgesamt": Sum, "add": Sum, "altogether": Sum, "gesamtbetrag": Sum, "gesamtkosten": Sum, "gesamtumsatz": Sum, "gesamtpreis": Sum, "zusammenrechnen": Sum, "zusammenzahlen": Sum, "addiere": Sum, "addieren": Sum, "aufsummieren": Sum, "summiere": Sum, "summieren": Sum,
		"median": Median, "average": Average, "mean": Average, "avg": Average, "durchschnitt": Average, "durchschnittliche": Average, "durchschnittlicher": Average, "durchschnittlichen": Average, "durchschnittlich": Average, "mittelwert": Average,
		"minimum": Min, "min": Min, "lowest": Min, "niedrigste": Min, "niedrigster": Min, "niedrigsten": Min, "kleinste": Min, "kleinster": Min, "smallest": Min,
		"maximum": Max, "max": Max, "highest": Max, "hochste": Max, "hochster": Max, "hochsten": Max, "grosste": Max, "grosster": Max, "largest": Max, "biggest": Max,
	}
	rowNouns  = set("row rows entry entries record records line lines zeile zeilen eintrag eintrage eintragen datensatze datensatz")
	tableWord = set("single gab kategorie category across still noch yet appear appears people sagen money geld kamen kam got get gets received bekommen erhalten header kopfzeile workbook workbooks spreadsheet spreadsheets arbeitsmappe excel csv column columns spalte spalten sheet sheets table tables tabelle blatt file value values wert werte datei up add all each where did does was were be been according entry to laut gemass come comes came live lives liegen liegt lag lagen kommen kommt wohnen wohnt stand stands altogether insgesamt gesamt total overall")
	grouping  = set("per by pro je nach each")
)

// fold is a word as the rules compare it.
func fold(s string) string { return strings.ReplaceAll(prose.Fold(s), "ß", "ss") }
