import { catalogue } from "./catalogue";

/** The words of what opens in the box: the choice of files and the menu of models. */
export const pickersWords = catalogue({
  en: {
    fileGo: "Name a file…", below: "Folder in it", belowHint: "any", done: "Done",
    models: "Models that can answer", runsIn: (runner: string) => `Run by ${runner} on this machine`, runners: { ollama: "Ollama", engine: "the built-in engine" } as Record<string, string>, looking: "Looking what is installed…", unread: "The models could not be listed.",
    usual: "default", loaded: (where: string) => `in memory, ${where}`, unloaded: "not in memory", gpu: (p: string) => `${p} % GPU`, context: (n: string) => `${n} tokens of context`, tiny: "very small: it makes things up", thinks: "reasons first",
    gone: (name: string) => `${name} is not installed any more. Choose another.`, willAnswer: (name: string) => `${name} answers the next question`, forAll: (name: string) => `Use ${name} for all questions`, forAllSaid: (name: string) => `${name} answers all questions from now on`, manage: "Get and manage models",
    overridden: (v: string) => `${v} is set in golocal’s environment and stands above this: it counts once that is unset.`, failed: "that did not work; try again",
  },
  de: {
    fileGo: "Datei nennen …", below: "Ordner darin", belowHint: "alle", done: "Fertig",
    models: "Sprachmodelle für Antworten", runsIn: (runner: string) => `${runner} auf diesem Rechner`, runners: { ollama: "Ollama", engine: "Eingebaute Engine" } as Record<string, string>, looking: "Wird nachgesehen …", unread: "Die Modelle ließen sich nicht auflisten.",
    usual: "Standard", loaded: (where: string) => `geladen, ${where}`, unloaded: "nicht geladen", gpu: (p: string) => `${p} % GPU`, context: (n: string) => `Kontext ${n} Token`, tiny: "sehr klein: erfindet Dinge", thinks: "denkt zuerst nach",
    gone: (name: string) => `${name} ist nicht mehr installiert. Bitte ein anderes wählen.`, willAnswer: (name: string) => `${name} beantwortet die nächste Frage`, forAll: (name: string) => `${name} für alle Fragen verwenden`, forAllSaid: (name: string) => `${name} beantwortet ab jetzt alle Fragen`, manage: "Modelle holen und verwalten",
    overridden: (v: string) => `${v} ist in golocals Umgebung gesetzt und geht vor: Die Wahl gilt erst ohne diese Variable.`, failed: "das ging nicht; bitte noch einmal versuchen",
  },
});
