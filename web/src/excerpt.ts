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

/** An excerpt of about so many characters, in which the first word that was found stands in the first third. */
export function shortened(all: Piece[], most: number): Piece[] {
  const text = all.map((p) => p.text).join("");
  if (text.length <= most) return all;
  let before = 0;
  for (const p of all) { if (p.mark) break; before += p.text.length; }
  if (before === text.length) before = 0; // nothing is marked
  const word = (at: number) => { const i = text.indexOf(" ", at); return i < 0 || i > at + 30 ? at : i + 1; };
  const from = before <= most / 3 ? 0 : word(Math.floor(before - most / 4)), back = text.lastIndexOf(" ", from + most), to = text.length <= from + most ? text.length : back > from + most - 30 ? back : from + most;
  const out: Piece[] = from > 0 ? [{ text: "… ", mark: false }] : [];
  let at = 0;
  for (const p of all) {
    const cut = p.text.slice(Math.max(0, from - at), Math.max(0, to - at));
    if (cut) out.push({ text: cut, mark: p.mark });
    at += p.text.length;
  }
  if (to < text.length) out.push({ text: " …", mark: false });
  return out;
}
