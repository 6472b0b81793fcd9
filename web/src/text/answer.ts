import { catalogue } from "./catalogue";

/** An answer and its proof. */
export const answerWords = catalogue({
  en: {
    verdicts: { supported: "supported", partly: "partly supported", unsupported: "not in your files", "not from your files": "general knowledge, not from your files", "not a claim": "" },
    reasoning: "Reasoning", reasoned: (t: string) => `Reasoned for ${t}`, notes: "The model’s own notes, not checked against your files.",
    open: (f: string) => `Open ${f}`, verbatim: "Verbatim, in the file now", goesOn: "It goes on in the file.", quotes: "Quotes", nearest: "Nearest passages",
    none: "Your files don’t answer this", noneText: "Nothing in them says enough about it.", nearer: " These passages came nearest:", everywhere: "Ask in all folders", widen: "What may help", toFolder: "Show the folder", toFile: "Show the file",
    searchedAs: "searched as:", quotesOn: (quotes: string) => `${quotes} on this from your files`, folded: "Little of what the model wrote is supported, so the quotes come first.",
    stop: "Stop", stopped: "Stopped. What had arrived stays.", copy: "Copy", copyLink: "Copy link", sourceList: "Sources:", again: "Ask again", askThis: "Ask this", instead: (q: string) => `Ask this: “${q}”`, fromKnowledge: "Ask this for general knowledge", withKnowledge: "general knowledge allowed",
    question: "The question", ask: "Ask", cancel: "Cancel", kept: "The earlier answer is kept.", edit: "Edit the question", editTitle: "Edit and ask again", versions: "Versions", earlier: "Earlier version", later: "Later version",
    quoted: (t: string) => `Quoted from your files in ${t}; nothing was written by a model`, supportedOf: (good: number, statements: string) => `${good} of ${statements} supported by your files`,
    sources: (passages: string, cited: number) => `${passages} found, ${cited} cited`, alsoFound: (passages: string) => `Also found: ${passages}`,
    ledger: "How this answer was made", searchedFor: "Searched for", evidence: "Evidence in your files", tooLittle: ", too little", keywordOnly: "Searched by keyword only", model: "Model", context: "Context", tokensOf: (n: string, of: string) => `${n} of ${of} tokens`,
    prompt: "Prompt", planned: (about: boolean, planned: string, read: string) => `planned ${about ? "about " : ""}${planned}, read ${read} tokens`, warning: "Warning", sent: "Passages sent", tokens: "tokens", left: "Passages left out",
    written: "Written", writtenTokens: (n: string, cut: boolean) => `${n} tokens${cut ? ", cut short" : ""}`, reads: "reads", writes: "writes", ran: "Ran", time: "Time",
    steps: { search: "search", quotes: "quotes", load: "model load", prompt: "reading", reasoning: "reasoning", generate: "writing" }, inAll: (t: string) => `in all ${t}`,
    source: (n: number, f: string) => `Source ${n}: ${f}`,
  },
  de: {
    verdicts: { supported: "belegt", partly: "zum Teil belegt", unsupported: "nicht in Ihren Dateien", "not from your files": "Allgemeinwissen, nicht aus Ihren Dateien", "not a claim": "" },
    reasoning: "Denkt nach", reasoned: (t: string) => `${t} nachgedacht`, notes: "Eigene Notizen des Modells, nicht an den Dateien geprüft.",
    open: (f: string) => `${f} öffnen`, verbatim: "Wörtlich, so in der Datei", goesOn: "In der Datei geht es weiter.", quotes: "Zitate", nearest: "Nächstliegende Textstellen",
    none: "Ihre Dateien beantworten das nicht", noneText: "Nichts darin sagt genug dazu.", nearer: " Am nächsten kommen diese Textstellen:", everywhere: "In allen Ordnern fragen", widen: "Was helfen kann", toFolder: "Ordner zeigen", toFile: "Datei zeigen",
    searchedAs: "gesucht als:", quotesOn: (quotes: string) => `${quotes} dazu aus Ihren Dateien`, folded: "Wenig von dem, was das Modell schrieb, ist belegt. Darum stehen die Zitate vorn.",
    stop: "Abbrechen", stopped: "Abgebrochen. Was schon da war, bleibt.", copy: "Kopieren", copyLink: "Link kopieren", sourceList: "Quellen:", again: "Noch einmal fragen", askThis: "So fragen", instead: (q: string) => `So fragen: „${q}“`, fromKnowledge: "So fragen: nach Allgemeinwissen", withKnowledge: "Allgemeinwissen erlaubt",
    question: "Die Frage", ask: "Fragen", cancel: "Abbrechen", kept: "Die frühere Antwort bleibt erhalten.", edit: "Die Frage ändern", editTitle: "Ändern und noch einmal fragen", versions: "Fassungen", earlier: "Frühere Fassung", later: "Spätere Fassung",
    quoted: (t: string) => `Aus Ihren Dateien zitiert in ${t}; kein Modell hat etwas geschrieben`, supportedOf: (good: number, statements: string) => `${good} von ${statements} in Ihren Dateien belegt`,
    sources: (passages: string, cited: number) => `${passages} gefunden, ${cited} zitiert`, alsoFound: (passages: string) => `Auch gefunden: ${passages}`,
    ledger: "Wie diese Antwort entstand", searchedFor: "Gesucht nach", evidence: "Belege in Ihren Dateien", tooLittle: ", zu wenig", keywordOnly: "Nur nach Wörtern gesucht", model: "Modell", context: "Kontext", tokensOf: (n: string, of: string) => `${n} von ${of} Token`,
    prompt: "Anfrage", planned: (about: boolean, planned: string, read: string) => `geplant ${about ? "etwa " : ""}${planned}, gelesen ${read} Token`, warning: "Warnung", sent: "Gesandte Textstellen", tokens: "Token", left: "Weggelassene Textstellen",
    written: "Geschrieben", writtenTokens: (n: string, cut: boolean) => `${n} Token${cut ? ", abgeschnitten" : ""}`, reads: "liest", writes: "schreibt", ran: "Gelaufen", time: "Zeit",
    steps: { search: "Suche", quotes: "Zitate", load: "Modell laden", prompt: "Lesen", reasoning: "Nachdenken", generate: "Schreiben" }, inAll: (t: string) => `zusammen ${t}`,
    source: (n: number, f: string) => `Quelle ${n}: ${f}`,
  },
});
