// Texts of the daemon in the language of the page. They are English; of those that have
// a code the words of other languages are loaded before the first is shown.
import { placeText } from "./place";
import type { Place, Remark } from "./schema";
import { language, number } from "./text/catalogue";
import type { ProblemCode } from "./text/problems";
import type { RemarkCode } from "./text/remarks";

export type Words = Pick<typeof import("./manage"), "remarks" | "problems">;
let words: Words | null = null;

/** Loads the words of the language that is shown, if they are not those of the daemon. */
export async function bringWords(): Promise<Words | null> {
  if (language() === "en") return null;
  try { words ??= await import("./manage"); } catch { /* the daemon is gone: its own words stay */ }
  return words;
}

/** Takes words that were loaded with something else. */
export function haveWords(w: Words): void { words ??= w; }

/** A text of the daemon in the language that is shown: by its remark, or as it is. */
export const said = (r: Remark | undefined, text: string): string => language() !== "en" && words && r?.code && say(r, words) || text;

/** Lines with a remark each. */
export const saidAll = (rs: Remark[] | undefined, lines: string[] | undefined): string[] => (lines ?? []).map((l, i) => said(rs?.[i], l));

const hole = /\{(\d+)(?::([^}]*))?\}/g;

/** A remark in words, "" for a code that is not known. */
export function say(r: Remark, words: Words): string {
  const texts = words.remarks[language()];
  if (!Object.hasOwn(texts, r.code)) return "";
  return texts[r.code as RemarkCode].replace(hole, (_, n: string, kind: string | undefined) => fill((r.values ?? [])[Number(n)] ?? "", kind ?? "", words));
}

function fill(value: string, kind: string, words: Words): string {
  switch (kind) {
    case "": return value;
    case "size": return size(Number(value));
    case "bytes": return Number(value) >= 1e9 ? `${number(Number(value) / 1e9, 1)} GB` : `${number(Math.max(1, Math.round(Number(value) / 1e6)))} MB`;
    case "decimal": return language() === "de" ? value.replace(/[.,]/g, (c) => c === "." ? "," : ".") : value; // as English writes it
    case "place": return placeText(JSON.parse(value) as Place);
    case "remark": return value.startsWith("{") ? say(JSON.parse(value) as Remark, words) : value;
    case "remarks": return (JSON.parse(value) as Remark[]).map((r) => say(r, words)).join(", ");
    case "period": return period(value);
  }
  const [one, many] = kind.split("|");
  return `${value} ${value === "1" ? one : many}`;
}

const size = (bytes: number) => `${number(bytes / 1e6, bytes < 10e6 ? 1 : 0)} MB`;

/** Days from one until before another, either of which may be missing. */
function period(value: string): string {
  const [from = "", until = ""] = value.split("/"), w = periods[language()];
  const day = (d: Date) => d.toLocaleDateString(language(), { timeZone: "UTC" });
  const start = new Date(from), end = new Date(until), last = new Date(end.getTime() - 86_400_000);
  if (!until) return w.since(day(start));
  if (!from) return w.before(day(end));
  if (start.getTime() === last.getTime()) return w.on(day(start));
  return from.endsWith("-01-01") && until === `${start.getUTCFullYear() + 1}-01-01` ? w.year(start.getUTCFullYear()) : w.span(day(start), day(last));
}
const periods = {
  en: { since: (d: string) => `from ${d} on`, before: (d: string) => `before ${d}`, on: (d: string) => `of ${d}`, year: (y: number) => `of ${y}`, span: (a: string, b: string) => `of ${a} to ${b}` },
  de: { since: (d: string) => `ab dem ${d}`, before: (d: string) => `vor dem ${d}`, on: (d: string) => `vom ${d}`, year: (y: number) => `aus dem Jahr ${y}`, span: (a: string, b: string) => `vom ${a} bis zum ${b}` },
};

const sentence = (s: string) => s.charAt(0).toUpperCase() + s.slice(1);

/** A refusal in words; message and next are the daemon's own, and remark is the message where it has a code. */
export function refusal(code: string, message: string, next: string, remark: Remark | undefined, words: Words): { message: string; next: string } {
  const texts = words.problems[language()], own = remark ? say(remark, words) : "";
  if (!Object.hasOwn(texts, code)) return { message: sentence(own) || message, next };
  const t = texts[code as ProblemCode];
  return { message: typeof t.message === "function" ? t.message(own || message) : sentence(own) || t.message, next: t.next ?? "" };
}
