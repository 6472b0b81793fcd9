// The languages that the page speaks. Each part of the page has its words in a file of this folder.

export const languages = { en: "English", de: "Deutsch" } as const;
export type Language = keyof typeof languages;

let spoken: Language = "en";

/** The language that is shown. */
export const language = (): Language => spoken;

/** What the browser asks for, if the page speaks it. */
export const asked = (of: readonly string[] = navigator.languages): Language =>
  of.map((l) => l.slice(0, 2).toLowerCase()).find((l): l is Language => l in languages) ?? "en";

export function speak(l: Language): void {
  spoken = l;
  document.documentElement.lang = l;
}

/** The words of one part, in every language; the result gives those of the one that is shown. */
export const catalogue = <T>(of: Record<Language, T>) => (): T => of[spoken];

/** A number as the language writes it. */
export const number = (n: number, digits = 0) =>
  n.toLocaleString(spoken, { minimumFractionDigits: digits, maximumFractionDigits: digits });
