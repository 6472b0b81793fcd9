import type { Doc } from "./api";
import { fromBytes } from "./locate";
import { numberText, unitText } from "./place";

/** A line of the text: its number in the file (of the line, row, paragraph or cue), and the slide, sheet or page that begins with it. */
export interface Row { start: number; end: number; number: string; unit: string }

export function rows(doc: Doc): Row[] {
  const text = doc.text ?? "";
  const marks = (doc.marks ?? []).map((m) => ({ at: fromBytes(text, m.at), place: m.place }));
  const out: Row[] = [];
  let next = 0, since = 0, unit = "", page = 1; // page counts where there are no marks
  for (let at = 0; at <= text.length;) {
    const m = /[\n\f]/.exec(text.slice(at, at + 20000)) ?? /[\n\f]/.exec(text.slice(at));
    const end = m ? at + m.index : text.length;
    for (; next < marks.length && (marks[next]?.at ?? 0) <= at; next++) since = out.length;
    const here = marks[next - 1]?.place;
    const name = here ? unitText(here) : doc.pages && page > 1 ? `page ${page}` : "";
    if (end > at || m?.[0] !== "\f") {
      out.push({ start: at, end, number: here ? numberText(here, out.length - since) : String(out.length + 1), unit: name === unit ? "" : name });
      unit = name;
    }
    if (m?.[0] === "\f") page++;
    at = end + 1;
  }
  if (out.length > 1 && out[out.length - 1]?.start === out[out.length - 1]?.end) out.pop();
  return out;
}
