import { catalogue } from "./catalogue";

/** The words of the source pane. */
export const sourceWords = catalogue({
  en: {
    pane: "Source", body: "Document text", of: (n: string, all: string) => `${n} of ${all}`, pages: (n: string, one: boolean) => `${n} ${one ? "page" : "pages"}`, fileOf: (when: string) => `file of ${when}`,
    previous: "Previous citation", next: "Next citation", close: "Close source", closeKeys: "Close", view: "View",
    page: "Page", image: "Image", text: "Text", rendered: "Rendered", lines: "Lines", table: "Table",
    copyPath: "Copy path", copied: "Path copied", openIn: "Open in its program", opened: "Handed to its program",
    changedNow: "File changed since; this is what stands there now", then: "What it said when this was answered",
    goneTitle: "This file is gone", goneText: "It was removed after the answer was given. This is what it said:", goneBare: "It is no longer in the index.",
    cannot: "The document cannot be shown", opening: "Opening…",
    notPlaced: "The document is shown as it is now; the exact passage was not found in it.", inPart: "The passage was found in part.",
    noText: "No text was read from this file.", noTextPage: "This page is a picture: it holds no text.", noTextPages: "The pages are pictures: the file holds no text that could be searched.",
    pdfBad: (why: string) => `The PDF cannot be shown (${why}); this is the text that was read from it.`,
    pageOpening: "Opening the PDF…", pageOf: (n: string, all: string) => `page ${n} of ${all}`, previousPage: "Previous page", nextPage: "Next page", pageNumber: "Page number", larger: "Larger", smaller: "Smaller",
    pageOnly: "This is the page; the exact passage was not found in it.", notOpen: "it cannot be opened", notDrawn: "the page cannot be drawn",
    pictureBad: "This browser cannot show the image; open it in its program.", pictureLarge: (size: string) => `The image is too large to be shown here (${size}); open it in its program.`, picture: (name: string) => `Image ${name}`,
    htmlBad: "The page cannot be shown as it looks; this is the text that was read from it.", imageNote: (alt: string) => `[image: ${alt}]`, noAlt: "no description",
    frontMatter: "Properties of the file", row: "Row",
  },
  de: {
    pane: "Quelle", body: "Text des Dokuments", of: (n: string, all: string) => `${n} von ${all}`, pages: (n: string, one: boolean) => `${n} ${one ? "Seite" : "Seiten"}`, fileOf: (when: string) => `Stand der Datei: ${when}`,
    previous: "Vorige Quelle", next: "Nächste Quelle", close: "Quelle schließen", closeKeys: "Schließen", view: "Ansicht",
    page: "Seite", image: "Bild", text: "Text", rendered: "Gesetzt", lines: "Zeilen", table: "Tabelle",
    copyPath: "Pfad kopieren", copied: "Pfad kopiert", openIn: "Im Programm öffnen", opened: "Ans Programm übergeben",
    changedNow: "Datei seither geändert; das steht jetzt dort", then: "Was zur Zeit der Antwort dort stand",
    goneTitle: "Diese Datei gibt es nicht mehr", goneText: "Sie wurde nach der Antwort entfernt. Das stand darin:", goneBare: "Sie steht nicht mehr im Index.",
    cannot: "Das Dokument lässt sich nicht zeigen", opening: "Wird geöffnet …",
    notPlaced: "Das Dokument, wie es jetzt ist; die genaue Textstelle wurde darin nicht gefunden.", inPart: "Die Textstelle wurde nur zum Teil gefunden.",
    noText: "Aus dieser Datei wurde kein Text gelesen.", noTextPage: "Diese Seite ist ein Bild: Sie enthält keinen Text.", noTextPages: "Die Seiten sind Bilder: Die Datei enthält keinen Text, der sich durchsuchen ließe.",
    pdfBad: (why: string) => `Das PDF lässt sich nicht zeigen (${why}); das ist der Text, der daraus gelesen wurde.`,
    pageOpening: "PDF wird geöffnet …", pageOf: (n: string, all: string) => `Seite ${n} von ${all}`, previousPage: "Vorige Seite", nextPage: "Nächste Seite", pageNumber: "Seitenzahl", larger: "Größer", smaller: "Kleiner",
    pageOnly: "Das ist die Seite; die genaue Textstelle wurde darauf nicht gefunden.", notOpen: "es lässt sich nicht öffnen", notDrawn: "die Seite lässt sich nicht zeichnen",
    pictureBad: "Dieser Browser kann das Bild nicht zeigen; im Programm öffnen.", pictureLarge: (size: string) => `Das Bild ist zu groß, um hier gezeigt zu werden (${size}); im Programm öffnen.`, picture: (name: string) => `Bild ${name}`,
    htmlBad: "Die Seite lässt sich nicht so zeigen, wie sie aussieht; das ist der Text, der daraus gelesen wurde.", imageNote: (alt: string) => `[Bild: ${alt}]`, noAlt: "ohne Beschreibung",
    frontMatter: "Eigenschaften der Datei", row: "Zeile",
  },
});
