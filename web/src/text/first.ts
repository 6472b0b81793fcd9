import { catalogue, number } from "./catalogue";

/** The words of the first run, and of the questions that the first files offer. */
export const firstWords = catalogue({
  en: {
    title: "Three steps, and you can ask", lead: "Each may be skipped and done later. Everything stays on this machine.", step: (i: number) => `Step ${i} of 3`, skip: "Skip this step", skipAll: "Skip the set-up", back: "Back", next: "Next", done: "done",
    runner: "What runs the models", runnerFound: (name: string) => `${name} answers. Nothing to do.`, runnerNone: "No runner answers yet. Search by words and quotes from your files work without one.", looks: "golocal looks again every few seconds.", names: { ollama: "Ollama", engine: "The built-in engine" } as Record<string, string>,
    models: "Models", modelsText: "One makes passages searchable by meaning; one writes answers. Without them you search by words and get quotes.", embedding: "Search by meaning", chat: "Written answers", have: (m: string) => `${m} is ready`, noRunner: "Without a runner there are none; skip this step.", larger: "More models, and which fit this machine",
    folder: "A folder", folderText: "Choose one that holds documents. golocal reads it, follows every change and changes nothing in it.", readingNow: (x: number) => `${number(x)} files are being read. You can ask meanwhile.`,
    samples: "Try asking", sample: (title: string, heading: string) => heading ? `What does “${title}” say about ${heading}?` : `What does “${title}” say?`,
  },
  de: {
    title: "Drei Schritte bis zur ersten Frage", lead: "Jeder lässt sich überspringen und später nachholen. Alles bleibt auf diesem Rechner.", step: (i: number) => `Schritt ${i} von 3`, skip: "Schritt überspringen", skipAll: "Einrichtung überspringen", back: "Zurück", next: "Weiter", done: "erledigt",
    runner: "Womit die Modelle laufen", runnerFound: (name: string) => `${name} antwortet. Nichts zu tun.`, runnerNone: "Noch antwortet kein Programm für Sprachmodelle. Wortsuche und Zitate aus den Dateien gehen auch ohne.", looks: "golocal sieht alle paar Sekunden nach.", names: { ollama: "Ollama", engine: "Die eingebaute Engine" } as Record<string, string>,
    models: "Sprachmodelle", modelsText: "Eines macht Textstellen nach Bedeutung auffindbar, eines schreibt Antworten. Ohne sie geht die Suche nach Wörtern, und Antworten sind Zitate.", embedding: "Suche nach Bedeutung", chat: "Geschriebene Antworten", have: (m: string) => `${m} ist bereit`, noRunner: "Ohne Programm für Sprachmodelle gibt es keine; dieser Schritt lässt sich überspringen.", larger: "Weitere Modelle, und welche hier passen",
    folder: "Ein Ordner", folderText: "Am besten einer mit Dokumenten. golocal liest ihn, folgt jeder Änderung und ändert nichts darin.", readingNow: (x: number) => `${number(x)} Dateien werden gelesen. Fragen geht schon jetzt.`,
    samples: "Zum Ausprobieren", sample: (title: string, heading: string) => heading ? `Was steht in „${title}“ über ${heading}?` : `Was steht in „${title}“?`,
  },
});
