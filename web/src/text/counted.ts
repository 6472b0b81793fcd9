import { catalogue, number } from "./catalogue";

const n = (one: string, many: string) => (x: number) => `${number(x)} ${x === 1 ? one : many}`;

/** What is counted on more than one part of the page. */
export const counted = catalogue({
  en: { files: n("file", "files"), documents: n("document", "documents"), folders: n("folder", "folders"), passages: n("passage", "passages"), quotes: n("quote", "quotes"), sources: n("source", "sources"), statements: n("statement", "statements"), conversations: n("conversation", "conversations"), days: n("day", "days") },
  de: { files: n("Datei", "Dateien"), documents: n("Dokument", "Dokumente"), folders: n("Ordner", "Ordner"), passages: n("Textstelle", "Textstellen"), quotes: n("Zitat", "Zitate"), sources: n("Quelle", "Quellen"), statements: n("Aussage", "Aussagen"), conversations: n("Unterhaltung", "Unterhaltungen"), days: n("Tag", "Tage") },
});
