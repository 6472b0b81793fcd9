import { catalogue } from "./catalogue";

/** The words around the box that questions are written in: where is asked, and which model answers. */
export const composerWords = catalogue({
  en: {
    all: "All files", some: (n: number) => n === 1 ? "1 filter" : `${n} filters`, narrow: "Narrow where the question is asked",
    limits: "What the question is asked of", without: (what: string) => `Ask without: ${what}`, removed: (what: string) => `No longer narrowed: ${what}`, clear: "Ask all files",
    lostFolder: "a folder that is gone", oneFile: "1 file", manyFiles: (n: string) => `${n} files`, savedAs: (name: string) => `saved filters: ${name}`, not: (what: string) => `not ${what}`,
    since: (day: string) => `since ${day}`, until: (day: string) => `until ${day}`, between: (from: string, to: string) => `${from} to ${to}`, within: (place: string) => `in ${place}`,
    file: "Single files", fileGo: "Name a file…", below: "Folder in it", belowHint: "any", done: "Done",
    noModel: "No model", noModelTitle: "No model answers here: see what there is", modelIs: (name: string) => `Model: ${name}`, modelTitle: "Which model answers",
    models: "Models that can answer", runsIn: (runner: string) => `Run by ${runner} on this machine`, runners: { ollama: "Ollama", engine: "the built-in engine" } as Record<string, string>, looking: "Looking what is installed…", unread: "The models could not be listed.",
    usual: "default", loaded: (where: string) => `in memory, ${where}`, unloaded: "not in memory", gpu: (p: string) => `${p} % GPU`, context: (n: string) => `${n} tokens of context`, tiny: "very small: it makes things up", thinks: "reasons first",
    gone: (name: string) => `${name} is not installed any more. Choose another.`, willAnswer: (name: string) => `${name} answers the next question`, forAll: (name: string) => `Use ${name} for all questions`, forAllSaid: (name: string) => `${name} answers all questions from now on`, manage: "Get and manage models",
    overridden: (v: string) => `${v} is set in golocal’s environment and stands above this: it counts once that is unset.`, failed: "that did not work; try again", againWith: (name: string) => `Ask again with ${name}`,
  },
  de: {
    all: "Alle Dateien", some: (n: number) => n === 1 ? "1 Filter" : `${n} Filter`, narrow: "Eingrenzen, wo gefragt wird",
    limits: "Worin gefragt wird", without: (what: string) => `Fragen ohne: ${what}`, removed: (what: string) => `Nicht mehr eingegrenzt: ${what}`, clear: "Alle Dateien fragen",
    lostFolder: "ein entfernter Ordner", oneFile: "1 Datei", manyFiles: (n: string) => `${n} Dateien`, savedAs: (name: string) => `gespeicherte Filter: ${name}`, not: (what: string) => `nicht ${what}`,
    since: (day: string) => `seit ${day}`, until: (day: string) => `bis ${day}`, between: (from: string, to: string) => `${from} bis ${to}`, within: (place: string) => `in ${place}`,
    file: "Einzelne Dateien", fileGo: "Datei nennen …", below: "Ordner darin", belowHint: "alle", done: "Fertig",
    noModel: "Kein Modell", noModelTitle: "Hier antwortet kein Sprachmodell: nachsehen, was es gibt", modelIs: (name: string) => `Modell: ${name}`, modelTitle: "Welches Sprachmodell antwortet",
    models: "Sprachmodelle für Antworten", runsIn: (runner: string) => `${runner} auf diesem Rechner`, runners: { ollama: "Ollama", engine: "Eingebaute Engine" } as Record<string, string>, looking: "Wird nachgesehen …", unread: "Die Modelle ließen sich nicht auflisten.",
    usual: "Standard", loaded: (where: string) => `geladen, ${where}`, unloaded: "nicht geladen", gpu: (p: string) => `${p} % GPU`, context: (n: string) => `Kontext ${n} Token`, tiny: "sehr klein: erfindet Dinge", thinks: "denkt zuerst nach",
    gone: (name: string) => `${name} ist nicht mehr installiert. Bitte ein anderes wählen.`, willAnswer: (name: string) => `${name} beantwortet die nächste Frage`, forAll: (name: string) => `${name} für alle Fragen verwenden`, forAllSaid: (name: string) => `${name} beantwortet ab jetzt alle Fragen`, manage: "Modelle holen und verwalten",
    overridden: (v: string) => `${v} ist in golocals Umgebung gesetzt und geht vor: Die Wahl gilt erst ohne diese Variable.`, failed: "das ging nicht; bitte noch einmal versuchen", againWith: (name: string) => `Noch einmal mit ${name} fragen`,
  },
});
