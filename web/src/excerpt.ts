import type { Hit } from "./api";
import { fromBytes } from "./locate";

/** A piece of an excerpt; marked where the query's words stand. */
export interface Piece { text: string; mark: boolean }

/** The part of a passage that the daemon chose to show, in one line, with the words marked that it found, and "…" where it was cut. */
export function excerpt(h: Hit): Piece[] {
  const text = h.chunk.text, part = h.excerpt ?? { start: 0, end: Number.MAX_SAFE_INTEGER };
  const from = fromBytes(text, part.start), to = fromBytes(text, part.end);
  const out: Piece[] = [];
  let blank = true; // white space, or nothing, stands before
  const add = (s: string, mark: boolean) => {
    s = s.replace(/\s+/g, " ");
    if (blank) s = s.trimStart();
    if (s === "") return;
    blank = s.endsWith(" ");
    out.push({ text: s, mark });
  };
  if (text.slice(0, from).trim()) out.push({ text: "… ", mark: false });
  let at = from;
  for (const m of h.highlights ?? []) {
    if (m.start < part.start || m.end > part.end) continue;
    const a = fromBytes(text, m.start), b = fromBytes(text, m.end);
    add(text.slice(at, a), false);
    add(text.slice(a, b), true);
    at = b;
  }
  add(text.slice(at, to), false);
  if (text.slice(to).trim()) out.push({ text: blank ? "…" : " …", mark: false });
  return out;
}
