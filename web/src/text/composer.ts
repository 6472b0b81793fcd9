import { catalogue } from "./catalogue";

/** The words around the box that questions are written in: where is asked, and which model answers. */
export const composerWords = catalogue({
  en: {
    all: "All files", some: (n: number) => n === 1 ? "1 filter" : `${n} filters`, narrow: "Narrow where the question is asked",
    limits: "What the question is asked of", without: (what: string) => `Ask without: ${what}`, removed: (what: string) => `No longer narrowed: ${what}`, clear: "Ask all files",
    lostFolder: "a folder that is gone", oneFile: "1 file", manyFiles: (n: string) => `${n} files`, savedAs: (name: string) => `saved filters: ${name}`, not: (what: string) => `not ${what}`,
    since: (day: string) => `since ${day}`, until: (day: string) => `until ${day}`, between: (from: string, to: string) => `${from} to ${to}`, within: (place: string) => `in ${place}`,
    noModel: "No model", noModelTitle: "No model answers here: see what there is", modelIs: (name: string) => `Model: ${name}`, modelTitle: "Which model answers", againWith: (name: string) => `Ask again with ${name}`,
  },
  de: {
    all: "Alle Dateien", some: (n: number) => n === 1 ? "1 Filter" : `${n} Filter`, narrow: "Eingrenzen, wo gefragt wird",
    limits: "Worin gefragt wird", without: (what: string) => `Fragen ohne: ${what}`, removed: (what: string) => `Nicht mehr eingegrenzt: ${what}`, clear: "Alle Dateien fragen",
    lostFolder: "ein entfernter Ordner", oneFile: "1 Datei", manyFiles: (n: string) => `${n} Dateien`, savedAs: (name: string) => `gespeicherte Filter: ${name}`, not: (what: string) => `nicht ${what}`,
    since: (day: string) => `seit ${day}`, until: (day: string) => `bis ${day}`, between: (from: string, to: string) => `${from} bis ${to}`, within: (place: string) => `in ${place}`,
    noModel: "Kein Modell", noModelTitle: "Hier antwortet kein Sprachmodell: nachsehen, was es gibt", modelIs: (name: string) => `Modell: ${name}`, modelTitle: "Welches Sprachmodell antwortet", againWith: (name: string) => `Noch einmal mit ${name} fragen`,
  },
});
