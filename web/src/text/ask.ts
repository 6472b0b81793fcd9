import type { Mode } from "../api";
import { count } from "../format";
import { catalogue, number } from "./catalogue";

const modes = <T>(auto: T, quotes: T, generate: T): [Mode, T][] => [["auto", auto], ["quotes", quotes], ["generate", generate]];

/** Asking, and what becomes of a question until its answer is there. */
export const askWords = catalogue({
  en: {
    modes: modes({ word: "Best", title: "What suits the models you have" }, { word: "Quotes", title: "Sentences from your files, nothing else" }, { word: "Written", title: "A model writes; each sentence is checked" }),
    files: "Files", offered: (n: number) => n === 1 ? "1 file offered" : `${n} files offered`, noFile: "No file has this in its name.",
    kind: "Kind of answer", question: "Your question", first: "Ask about your files, @ names one", on: "Ask on, or ask something else",
    open: "General knowledge", openTitle: "Let the model add what it knows itself, marked as not from your files",
    fresh: "New conversation", stop: "Stop answering", ask: "Ask", title: "What do your files say?",
    noFolder: "No folder yet", noFolderText: "Choose a folder and golocal reads the documents in it. They stay where they are, and nothing leaves this machine.", addFolder: "Add a folder",
    read: (documents: string, folders: string) => `${documents} in ${folders}, read on this machine.`, more: " More are being read; you can ask meanwhile.",
    gone: "This conversation is not there any more", goneText: "It was deleted, or kept longer than the settings say.", unreadable: "The conversation cannot be shown", opening: "Opening the conversation…",
    conversation: "Conversation", save: "Save", saveAs: "Save as Markdown", asMarkdown: " as Markdown", saveJSON: "Save as JSON", jump: "Jump to latest",
    searching: "Searching", searchingFiles: "Searching your files", searchingIn: (files: string) => `Searching ${files}`, freshens: (n: number, left: number) => `Reading ${count(n, "changed file")} first${left < n ? `, ${number(left)} left` : ""}`, choosing: "Choosing the best sentences", loads: (model: string) => `Loading ${model}`, reads: (model: string) => `${model} reads them`, answering: "Answering", found: (passages: string) => `Found ${passages}`, reasoning: "Reasoning", writing: "Writing", goingOn: "Going on", stopped: "Stopped",
    none: "Your files don’t answer this", complete: (sources: string) => `Answer complete, ${sources}`,
    unread: "the answer could not be read", again: "ask again", unheard: "the answer was made while nobody listened", openAgain: "open the conversation again", brokeOff: "the answer broke off",
  },
  de: {
    modes: modes({ word: "Beste", title: "Was zu den vorhandenen Modellen passt" }, { word: "Zitate", title: "Sätze aus Ihren Dateien, sonst nichts" }, { word: "Verfasst", title: "Ein Modell schreibt; jeder Satz wird geprüft" }),
    files: "Dateien", offered: (n: number) => n === 1 ? "1 Datei zur Wahl" : `${n} Dateien zur Wahl`, noFile: "Keine Datei heißt so.",
    kind: "Art der Antwort", question: "Ihre Frage", first: "Ihre Dateien fragen, @ nennt eine", on: "Weiterfragen, oder etwas anderes",
    open: "Allgemeinwissen", openTitle: "Das Modell darf ergänzen, was es selbst weiß; das ist dann gekennzeichnet",
    fresh: "Neue Unterhaltung", stop: "Antwort abbrechen", ask: "Fragen", title: "Was steht in Ihren Dateien?",
    noFolder: "Noch kein Ordner", noFolderText: "Einen Ordner wählen, und golocal liest die Dokumente darin. Sie bleiben, wo sie sind, und nichts verlässt diesen Rechner.", addFolder: "Ordner hinzufügen",
    read: (documents: string, folders: string) => `${documents} in ${folders}, auf diesem Rechner gelesen.`, more: " Weitere werden gelesen; fragen geht schon.",
    gone: "Diese Unterhaltung gibt es nicht mehr", goneText: "Sie wurde gelöscht, oder ihre Zeit nach den Einstellungen ist um.", unreadable: "Die Unterhaltung lässt sich nicht zeigen", opening: "Die Unterhaltung wird geöffnet…",
    conversation: "Unterhaltung", save: "Speichern", saveAs: "Als Markdown speichern", asMarkdown: " als Markdown", saveJSON: "Als JSON speichern", jump: "Zum Neuesten",
    searching: "Sucht", searchingFiles: "Durchsucht die Dateien", searchingIn: (files: string) => `Durchsucht ${files}`, freshens: (n: number, left: number) => `Liest zuerst ${count(n, "geänderte Datei", "geänderte Dateien")}${left < n ? `, noch ${number(left)}` : ""}`, choosing: "Wählt die besten Sätze", loads: (model: string) => `Lädt ${model}`, reads: (model: string) => `${model} liest sie`, answering: "Antwortet", found: (passages: string) => `${passages} gefunden`, reasoning: "Denkt nach", writing: "Schreibt", goingOn: "Geht weiter", stopped: "Abgebrochen",
    none: "Ihre Dateien beantworten das nicht", complete: (sources: string) => `Antwort fertig, ${sources}`,
    unread: "die Antwort ließ sich nicht lesen", again: "noch einmal fragen", unheard: "die Antwort entstand, während niemand zuhörte", openAgain: "die Unterhaltung noch einmal öffnen", brokeOff: "die Antwort brach ab",
  },
});
