// Texts of the daemon in the language of the page. They are English; of those that have
// a code the words of other languages are loaded when the first is shown.
import type { Remark } from "./schema";
import { language } from "./text/catalogue";

let words: typeof import("./said") | null = null;

/** Loads the words of the language that is shown, if they are not those of the daemon. */
export async function bringWords(): Promise<typeof import("./said") | null> {
  if (language() === "en") return null;
  try { words ??= await import("./said"); } catch { /* the daemon is gone: its own words stay */ }
  return words;
}

/** A text of the daemon in the language that is shown: by its remark, or as it is. */
export const said = (r: Remark | undefined, text: string): string => language() !== "en" && r?.code && words?.say(r) || text;

/** Lines with a remark each. */
export const saidAll = (rs: Remark[] | undefined, lines: string[] | undefined): string[] => (lines ?? []).map((l, i) => said(rs?.[i], l));
