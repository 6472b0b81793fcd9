import { catalogue } from "./catalogue";

type Words = [one: string, many: string];

/** What a place in a file is counted by. */
export const placeWords = catalogue<Record<"page" | "slide" | "chapter" | "message" | "cell" | "line" | "paragraph", Words>>({
  en: { page: ["page", "pages"], slide: ["slide", "slides"], chapter: ["chapter", "chapters"], message: ["message", "messages"], cell: ["cell", "cells"], line: ["line", "lines"], paragraph: ["paragraph", "paragraphs"] },
  de: { page: ["Seite", "Seiten"], slide: ["Folie", "Folien"], chapter: ["Kapitel", "Kapitel"], message: ["Nachricht", "Nachrichten"], cell: ["Zelle", "Zellen"], line: ["Zeile", "Zeilen"], paragraph: ["Absatz", "Absätze"] },
});
