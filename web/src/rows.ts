import type { Doc } from "./api";
import { Offsets } from "./locate";
import { Outline } from "./outline";
import { numberText, unitText } from "./place";
import { placeWords } from "./text/place";

/**
 * A line of the text: its number in the file (of the line, row, paragraph or cue), the slide, sheet or page that begins
 * with it, the kind of the section that it lies in, the section's place among all, what level of heading it is (0 is none), and how deep among the headings.
 */
export interface Row { start: number; end: number; number: string; unit: string; kind: string; section: number; level: number; depth: number }

/** Where the next line end or form feed stands; the text's end if there is none. */
function lineEnd(text: string, from: number, feed: { at: number }): number {
  if (feed.at < from && feed.at >= 0) feed.at = text.indexOf("\f", from);
  const line = text.indexOf("\n", from), ends = [line, feed.at].filter((n) => n >= 0);
  return ends.length ? Math.min(...ends) : text.length;
}

/** The code in a document, by the row that ends each block of it. */
export function codeBlocks(all: Row[], text: string): Map<Row, string> {
  const out = new Map<Row, string>();
  let first: Row | null = null;
  all.forEach((r, i) => {
    if (r.kind !== "code") return;
    if (!first || first.section !== r.section) first = r;
    if (all[i + 1]?.section !== r.section) { out.set(r, text.slice(first.start, r.end)); first = null; }
  });
  return out;
}

export function rows(doc: Doc): Row[] {
  const text = doc.text ?? "", offsets = new Offsets(text), again = new Offsets(text);
  const marks = (doc.marks ?? []).map((m) => ({ at: offsets.at(m.at), place: m.place }));
  const sections = (doc.sections ?? []).map((s) => ({ start: again.at(s.span.start), end: again.at(s.span.end), kind: s.kind, level: s.kind === "heading" ? s.level ?? 2 : 0 }));
  const out: Row[] = [], outline = new Outline(), feed = { at: text.indexOf("\f") };
  let next = 0, since = 0, unit = "", page = 1, section = 0; // page counts where there are no marks
  for (let at = 0; at <= text.length;) {
    const end = lineEnd(text, at, feed);
    for (; next < marks.length && (marks[next]?.at ?? 0) <= at; next++) since = out.length;
    while (section < sections.length && (sections[section]?.end ?? 0) <= at && end > at) section++;
    const here = marks[next - 1]?.place, inside = sections[section];
    const name = here ? unitText(here) : doc.pages && page > 1 ? `${placeWords().page[0]} ${page}` : "";
    if (end > at || text[end] !== "\f") {
      const of = inside && inside.start <= at && inside.end > at ? inside : null;
      out.push({ start: at, end, number: here ? numberText(here, out.length - since) : String(out.length + 1), unit: name === unit ? "" : name, kind: of?.kind ?? "", section: of ? section : -1, level: of?.level ?? 0, depth: of?.level ? outline.depth(of.level) : 0 });
      unit = name;
    }
    if (text[end] === "\f") page++;
    at = end + 1;
  }
  if (out.length > 1 && out[out.length - 1]?.start === out[out.length - 1]?.end) out.pop();
  return out;
}
