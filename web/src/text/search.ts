import { catalogue } from "./catalogue";
import { count } from "../format";

/** The words of the search page. */
export const searchWords = catalogue({
  en: {
    title: "Search", label: "Search your files", placeholder: "Words or a question", hits: "Passages",
    found: (n: string, one: boolean) => `${n} ${one ? "passage" : "passages"}`, said: (n: string, one: boolean) => `${n} ${one ? "passage" : "passages"} found`, inSeconds: (s: string) => `in ${s}`,
    none: "Nothing found", noneText: "No passage holds these words or means the same.", noneFiltered: "Nothing within these filters.", everywhere: "Search without filters", weak: "No passage fits well. These come nearest.",
    filters: "Filters", filtersOn: (n: string) => `Filters (${n})`, folder: "Look in", allFolders: "All folders", type: "Type", allTypes: "All types", from: "From", to: "To", tag: "Tag", tagFiles: (n: number) => count(n, "file", "files"), tagHint: "any tag", clear: "Clear filters",
    types: { text: "Word and other documents", sheets: "Tables and sheets", slides: "Slides", pdf: "PDF", notes: "Markdown and other markup", plain: "Plain text", web: "Web pages", mail: "Mail", books: "Books", code: "Code", data: "Data files", images: "Images" },
    inFolder: (name: string) => `in ${name}`, onlyFolder: (name: string) => `Only in the folder ${name}`, without: (what: string) => `Search without: ${what}`,
    saved: "Saved", noScope: "No saved filters", save: "Save filters…", saveAs: "Name for these filters", saveGo: "Save", cancel: "Cancel", forget: (name: string) => `Forget ${name}`, savedSaid: (name: string) => `Saved as ${name}`, nothingToSave: "Choose a filter first.",
    understood: "How it was understood", narrows: "What narrows the search", searchedFor: "Searched for", exact: "Exactly:",
    ask: "Ask about these", askFiles: (n: string, one: boolean) => `Ask about ${one ? "this file" : `these ${n} files`}`, like: "More like this", likeOf: (name: string) => `like a passage of ${name}`, other: "Search for something else",
    byBoth: "by words and meaning", byMeaning: "by meaning", byWords: "by words", also: "also in", otherPlaces: (n: string) => `${n} other places`,
    help: "Results appear while you type.", keys: [["↑ ↓", "choose, and see the passage at the right"], ["Enter", "open it"], ["Home End", "first and last"], ["Esc", "close it, then start over"]],
    examples: [['"two words"', "together"], ["budg*", "a beginning"], ["title:  path:  author:", "only there"], ["type:pdf", "only this type"], ["after:2024-05", "dated then or later"], ["-draft", "leave out"]],
    noFolders: "No folder yet", noFoldersText: "Add a folder, and what its files say can be searched.", addFolder: "Add a folder", unread: "The search could not be read",
  },
  de: {
    title: "Suche", label: "In den Dateien suchen", placeholder: "Wörter oder eine Frage", hits: "Textstellen",
    found: (n: string, one: boolean) => `${n} ${one ? "Textstelle" : "Textstellen"}`, said: (n: string, one: boolean) => `${n} ${one ? "Textstelle" : "Textstellen"} gefunden`, inSeconds: (s: string) => `in ${s}`,
    none: "Nichts gefunden", noneText: "Keine Textstelle enthält diese Wörter oder sagt dasselbe.", noneFiltered: "Nichts, was zu diesen Filtern passt.", everywhere: "Ohne Filter suchen", weak: "Keine Textstelle passt gut. Diese kommen am nächsten.",
    filters: "Filter", filtersOn: (n: string) => `Filter (${n})`, folder: "Suchen in", allFolders: "Alle Ordner", type: "Art", allTypes: "Alle Arten", from: "Von", to: "Bis", tag: "Schlagwort", tagFiles: (n: number) => count(n, "Datei", "Dateien"), tagHint: "beliebig", clear: "Filter löschen",
    types: { text: "Word und andere Dokumente", sheets: "Tabellen", slides: "Folien", pdf: "PDF", notes: "Markdown und Ähnliches", plain: "Reiner Text", web: "Webseiten", mail: "E-Mail", books: "Bücher", code: "Quelltext", data: "Datendateien", images: "Bilder" },
    inFolder: (name: string) => `in ${name}`, onlyFolder: (name: string) => `Nur im Ordner ${name}`, without: (what: string) => `Suchen ohne: ${what}`,
    saved: "Gespeichert", noScope: "Keine gespeicherten Filter", save: "Filter speichern …", saveAs: "Name für diese Filter", saveGo: "Speichern", cancel: "Abbrechen", forget: (name: string) => `${name} vergessen`, savedSaid: (name: string) => `Gespeichert als ${name}`, nothingToSave: "Erst einen Filter wählen.",
    understood: "So wurde die Suche verstanden", narrows: "Was die Suche eingrenzt", searchedFor: "Gesucht nach", exact: "Genau:",
    ask: "Dazu fragen", askFiles: (n: string, one: boolean) => one ? "Zu dieser Datei fragen" : `Zu diesen ${n} Dateien fragen`, like: "Mehr davon", likeOf: (name: string) => `ähnlich einer Textstelle aus ${name}`, other: "Etwas anderes suchen",
    byBoth: "nach Wörtern und Sinn", byMeaning: "nach dem Sinn", byWords: "nach Wörtern", also: "auch in", otherPlaces: (n: string) => `${n} anderen Dateien`,
    help: "Ergebnisse erscheinen beim Tippen.", keys: [["↑ ↓", "wählen und rechts die Textstelle sehen"], ["Eingabe", "öffnen"], ["Pos1 Ende", "zur ersten, zur letzten"], ["Esc", "schließen, dann neu beginnen"]],
    examples: [['"zwei Wörter"', "zusammen"], ["budg*", "Wortanfang"], ["title:  path:  author:", "nur dort"], ["type:pdf", "nur diese Art"], ["after:2024-05", "seit diesem Monat"], ["-Entwurf", "ausschließen"]],
    noFolders: "Noch kein Ordner", noFoldersText: "Ordner hinzufügen, und der Inhalt der Dateien lässt sich durchsuchen.", addFolder: "Ordner hinzufügen", unread: "Die Suche ließ sich nicht lesen",
  },
});
