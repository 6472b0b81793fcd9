// What the daemon says by code, in the language that is shown. The page loads this
// only where that is not the daemon's own.
import type { Place, Remark } from "./schema";
import { placeText } from "./place";
import { language, number } from "./text/catalogue";
import { type ProblemCode, problems } from "./text/problems";
import { remarks, type RemarkCode } from "./text/remarks";

const hole = /\{(\d+)(?::([^}]*))?\}/g;

/** A remark in words, "" for a code that is not known. */
export function say(r: Remark): string {
  const texts = remarks[language()];
  if (!Object.hasOwn(texts, r.code)) return "";
  return texts[r.code as RemarkCode].replace(hole, (_, n: string, kind: string | undefined) => fill((r.values ?? [])[Number(n)] ?? "", kind ?? ""));
}

function fill(value: string, kind: string): string {
  switch (kind) {
    case "": return value;
    case "size": return size(Number(value));
    case "place": return placeText(JSON.parse(value) as Place);
    case "remark": return value.startsWith("{") ? say(JSON.parse(value) as Remark) : value;
    case "remarks": return (JSON.parse(value) as Remark[]).map(say).join(", ");
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

/** A refusal in words; message and next are the daemon's own. */
export function refusal(code: string, message: string, next: string): { message: string; next: string } {
  const texts = problems();
  if (!Object.hasOwn(texts, code)) return { message, next };
  const t = texts[code as ProblemCode];
  return { message: typeof t.message === "function" ? t.message(message) : t.message, next: t.next ?? "" };
}
