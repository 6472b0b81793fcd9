import { catalogue, number } from "./catalogue";

const n = (x: number, one: string, many: string) => `${number(x)} ${x === 1 ? one : many}`;

/** The words of the Evaluation page. */
export const evaluationWords = catalogue({
  en: {
    title: "Evaluation", lead: "golocal makes questions from sentences of your files, asks them, and sees whether the file is found, answered with the right sentence, and refused where the file is withheld. Nothing is changed, and nothing leaves this machine.",
    run: "Measure now", again: "Measure again", questions: "Questions", begun: "The evaluation goes on when this page is closed", stop: "Stop", stopped: "The evaluation is stopped", done: "The evaluation is done",
    steps: { questions: "Making questions", asking: "Asking" }, progress: (d: number, of: number) => `${number(d)} of ${number(of)}`, left: (t: string) => `about ${t} left`, took: (t: string) => `${t} so far`,
    failed: (why: string) => `The last evaluation ended without a result: ${why}`, beginFailed: "the evaluation could not begin", readFailed: "the evaluations cannot be shown", none: "Not measured yet", noneText: "Measure once before you change a model or a rule and once after: the two stand beside each other then.", noFiles: "Add a folder first: questions are made from your files.",
    of: (x: number, written: number) => `${n(x, "question", "questions")}${written ? `, ${number(written)} in the chat model’s words` : ""}`, against: "Compare with", noCompare: "nothing", before: "before", now: "now",
    shares: { recall: "Found among the first 10", answered: "Answered", right_file: "First quote from the right file", right_quote: "and with the answer in it", standing: "First quote stands in its file", refused: "Refused, the file withheld" },
    sharesTitle: "Found, answered, refused", better: "better", worse: "worse", chance: "may be chance", interval: (low: string, high: string) => `${low} to ${high}`, change: (d: string) => `${d} points`, same: "as before",
    curve: "Recall by how many passages one looks at", curveText: (k1: string, k10: string) => `${k1} at the first place, ${k10} among the first 10`, curveBefore: (leg: string) => `${leg}, before`, legs: { keyword: "by words", dense: "by meaning", hybrid: "both, as you see it" } as Record<string, string>,
    figures: "All figures", figure: "Figure", settings: "Measured with", changedSettings: "What has changed", auroc: "Evidence tells there from withheld (AUROC)",
    worst: "What went wrong", worstNone: "Nothing: each question was found first, answered rightly and refused rightly.", place: (r: number) => `the file is at place ${number(r)}`, notFound: "the file is not among the first 100", notAnswered: "not answered", wrongFile: "quoted another file", wrongQuote: "quoted another sentence", notRefused: "answered although the file was withheld", why: "Why?", whyOf: (q: string) => `Why: ${q}`, sentence: "It stands there:", openLibrary: "Search for it",
    whyFailed: "That could not be found out.", found: "Found",
    earlier: "Earlier evaluations", when: "When", forget: "Forget this evaluation", forgotten: "The evaluation is forgotten", show: (t: string) => `Show the evaluation of ${t}`, settingNames: { "embedding model": "embedding model", files: "files", golocal: "golocal" } as Record<string, string>, notSame: "The two asked no question in common.",
  },
  de: {
    title: "Auswertung", lead: "golocal macht aus Sätzen der eigenen Dateien Fragen, stellt sie und prüft, ob die Datei gefunden wird, ob die Antwort den richtigen Satz zitiert und ob ohne die Datei abgelehnt wird. Nichts wird geändert, und nichts verlässt diesen Rechner.",
    run: "Jetzt messen", again: "Noch einmal messen", questions: "Fragen", begun: "Die Auswertung läuft weiter, wenn diese Seite zu ist", stop: "Abbrechen", stopped: "Die Auswertung ist abgebrochen", done: "Die Auswertung ist fertig",
    steps: { questions: "Fragen entstehen", asking: "Fragen werden gestellt" }, progress: (d: number, of: number) => `${number(d)} von ${number(of)}`, left: (t: string) => `noch etwa ${t}`, took: (t: string) => `bisher ${t}`,
    failed: (why: string) => `Die letzte Auswertung endete ohne Ergebnis: ${why}`, beginFailed: "die Auswertung konnte nicht beginnen", readFailed: "die Auswertungen lassen sich nicht zeigen", none: "Noch nicht gemessen", noneText: "Am besten einmal vor und einmal nach dem Wechsel eines Modells oder einer Regel messen: Dann stehen beide nebeneinander.", noFiles: "Zuerst einen Ordner hinzufügen: Die Fragen entstehen aus den Dateien.",
    of: (x: number, written: number) => `${n(x, "Frage", "Fragen")}${written ? `, ${number(written)} davon vom Sprachmodell formuliert` : ""}`, against: "Vergleichen mit", noCompare: "nichts", before: "vorher", now: "jetzt",
    shares: { recall: "Unter den ersten 10 gefunden", answered: "Beantwortet", right_file: "Erstes Zitat aus der richtigen Datei", right_quote: "und mit der Antwort darin", standing: "Erstes Zitat steht so in der Datei", refused: "Abgelehnt, wenn die Datei fehlt" },
    sharesTitle: "Gefunden, beantwortet, abgelehnt", better: "besser", worse: "schlechter", chance: "kann Zufall sein", interval: (low: string, high: string) => `${low} bis ${high}`, change: (d: string) => `${d} Punkte`, same: "wie zuvor",
    curve: "Trefferanteil nach Zahl der betrachteten Textstellen", curveText: (k1: string, k10: string) => `${k1} an erster Stelle, ${k10} unter den ersten 10`, curveBefore: (leg: string) => `${leg}, vorher`, legs: { keyword: "nach Wörtern", dense: "nach Bedeutung", hybrid: "beides, wie in der Suche" } as Record<string, string>,
    figures: "Alle Zahlen", figure: "Zahl", settings: "Gemessen mit", changedSettings: "Was sich geändert hat", auroc: "Belege trennen vorhanden von fehlend (AUROC)",
    worst: "Was schiefging", worstNone: "Nichts: Jede Frage wurde zuerst gefunden, richtig beantwortet und richtig abgelehnt.", place: (r: number) => `die Datei steht an Stelle ${number(r)}`, notFound: "die Datei ist nicht unter den ersten 100", notAnswered: "nicht beantwortet", wrongFile: "eine andere Datei zitiert", wrongQuote: "einen anderen Satz zitiert", notRefused: "beantwortet, obwohl die Datei fehlte", why: "Warum?", whyOf: (q: string) => `Warum: ${q}`, sentence: "Dort steht:", openLibrary: "Danach suchen",
    whyFailed: "Das ließ sich nicht herausfinden.", found: "Gefunden",
    earlier: "Frühere Auswertungen", when: "Wann", forget: "Diese Auswertung vergessen", forgotten: "Die Auswertung ist vergessen", show: (t: string) => `Auswertung von ${t} zeigen`, settingNames: { "embedding model": "Modell für Einbettung", files: "Dateien", golocal: "golocal" } as Record<string, string>, notSame: "Beide haben keine Frage gemeinsam.",
  },
});
