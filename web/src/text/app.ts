import { catalogue } from "./catalogue";

/** The frame around every page, signing in, and what holds for all of golocal. */
export const appWords = catalogue({
  en: {
    pages: { ask: "Ask", search: "Search", library: "Library", models: "Models", evaluation: "Evaluation" } as Record<string, string>,
    pagesLabel: "Pages", page: "page", settings: "Settings", keys: "Shortcuts", help: "help", looks: "language, colours, text size",
    failedFiles: "Files that failed", filesIn: (f: string) => `Files in ${f}`, folder: "folder", conversations: "Conversations", closeConversations: "Close conversations", newConversation: "New conversation",
    stays: "Nothing leaves this machine", opening: "Opening…",
    signIn: "This tab has no key to your files", signInWhy: "Other programs and web sites on this machine must not read them, so each tab needs a code that only you can see. Get one in a terminal:",
    code: "Or paste the address or code that golocal printed", open: "Open", codeRefused: "the code was not taken",
    gone: "not answering", connecting: "connecting…", noFolder: "no folder yet", reading: (files: string, left: string) => `reading ${files}${left ? `, ${left}` : ""}`, paused: "paused", somePaused: (folders: string) => `${folders} paused`, upToDate: (documents: string) => `${documents}, up to date`,
    undo: "Undo", undoKeys: "Ctrl Z",
  },
  de: {
    pages: { ask: "Fragen", search: "Suchen", library: "Bibliothek", models: "Modelle", evaluation: "Auswertung" } as Record<string, string>,
    pagesLabel: "Seiten", page: "Seite", settings: "Einstellungen", keys: "Kürzel", help: "Hilfe", looks: "Sprache, Farben, Schriftgröße",
    failedFiles: "Dateien mit Fehlern", filesIn: (f: string) => `Dateien in ${f}`, folder: "Ordner", conversations: "Unterhaltungen", closeConversations: "Unterhaltungen schließen", newConversation: "Neue Unterhaltung",
    stays: "Nichts verlässt diesen Rechner", opening: "Wird geöffnet…",
    signIn: "Dieser Tab hat keinen Schlüssel zu den Dateien", signInWhy: "Andere Programme und Webseiten auf diesem Rechner dürfen sie nicht lesen. Darum braucht jeder Tab einen Code, den nur Sie sehen. Im Terminal gibt ihn:",
    code: "Oder die Adresse oder den Code einfügen, den golocal ausgegeben hat", open: "Öffnen", codeRefused: "der Code wurde nicht angenommen",
    gone: "antwortet nicht", connecting: "verbindet…", noFolder: "noch kein Ordner", reading: (files: string, left: string) => `liest ${files}${left ? `, ${left}` : ""}`, paused: "angehalten", somePaused: (folders: string) => `${folders} angehalten`, upToDate: (documents: string) => `${documents}, aktuell`,
    undo: "Rückgängig", undoKeys: "Strg Z",
  },
});
