import type { Citation, Doc, Hit, Place, Span } from "./api";
import { placeWords } from "./text/place";

const range = ([one, many]: [string, string], a: number, b?: number) => b && b > a ? `${many} ${a}–${b}` : `${one} ${a}`;

function cells(p: Place): string {
  if (!p.row) return p.sheet ?? "";
  const [from, to] = (p.columns ?? "").split(":");
  const last = Math.max(p.row, p.row_end ?? 0);
  return `${p.sheet}!${from}${p.row}${last === p.row && (!to || to === from) ? "" : `:${to || from}${last}`}`;
}

const clock = (seconds: number) => [seconds / 3600, seconds / 60 % 60, seconds % 60].map((n) => String(Math.floor(n)).padStart(2, "0")).join(":");

/** "page iv (4)", "slide 3", "Budget!A5:D20", "report.pdf, pages 2–3", "lines 4–6"; "" when nothing is known. */
export function placeText(p: Place): string {
  const parts: string[] = [], w = placeWords();
  if (p.message) parts.push(`${w.message[0]} ${p.message}`);
  if (p.part) parts.push(p.part);
  if (p.chapter) parts.push(`${w.chapter[0]} ${p.chapter}`);
  if (p.page) parts.push(p.label && !(p.page_end && p.page_end > p.page) ? `${w.page[0]} ${p.label} (${p.page})` : range(w.page, p.page, p.page_end));
  if (p.slide) parts.push(`${w.slide[0]} ${p.slide}`);
  if (p.cell) parts.push(`${w.cell[0]} ${p.cell}`);
  if (p.sheet) parts.push(cells(p));
  else if (p.time_end) parts.push(`${clock(p.time ?? 0)}–${clock(p.time_end)}`);
  else if (p.line && !p.page) parts.push(range(w.line, p.line, p.line_end));
  else if (p.paragraph && !p.slide && !p.page) parts.push(range(w.paragraph, p.paragraph, p.paragraph_end));
  return parts.join(", ");
}

/** The part of a place that a whole stretch of text shares: page, slide, sheet, message. */
export const unitText = (p: Place) => placeText({ ...p, page_end: undefined, columns: undefined, row: undefined, time_end: undefined, line: undefined, paragraph: undefined });

/** The number of the nth line after a mark at p: of the line, the row or the paragraph, or the cue's time. */
export function numberText(p: Place, n: number): string {
  if (p.time_end) return n === 0 ? clock(p.time ?? 0) : "";
  const first = p.row || p.line || p.paragraph;
  return first ? String(first + n) : "";
}

const escapes: Record<string, string> = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\u001b": "\\x1b" };

/** A name as it can be shown in one line: control characters, and those that turn the writing round, are spelled out. */
export const visible = (name: string) => name.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069]/g,
  (c) => escapes[c] ?? (c < "\u0100" ? `\\x${c.charCodeAt(0).toString(16).padStart(2, "0")}` : `\\u${c.charCodeAt(0).toString(16)}`));

/** The path of a file or folder for people, every byte that is no UTF-8 spelled out: names that differ look different. */
export function pathText(r: { path: string; path_bytes?: string }): string {
  if (!r.path_bytes) return visible(r.path);
  const raw = Uint8Array.from(atob(r.path_bytes), (c) => c.charCodeAt(0));
  const utf8 = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  for (let i = 0; i < raw.length;) {
    const first = raw[i] ?? 0, n = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    try { text += visible(utf8.decode(raw.subarray(i, i + n))); i += n; } catch { text += `\\x${first.toString(16).padStart(2, "0")}`; i++; }
  }
  return text;
}

export const baseName = (path: string) => path.slice(path.lastIndexOf("/") + 1);
export const folderName = (path: string) => path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";

/** What the source pane opens: a document and, where there is one, the passage in it. */
export interface Target {
  doc: number; name: string; path: string; place: Place; span: Span | null; quote: string; state: Citation["state"] | null;
  then?: string; // what stood there when the answer was given, if another text stands there now
  words?: Span[]; // of the document's text: what the passage was found by
}

/** A passage that a search found. What its words are is known where the passage is the very text of its span. */
export function hitTarget(h: Hit): Target {
  const span = h.chunk.span, words = h.highlights?.map((m) => ({ start: span.start + m.start, end: span.start + m.end }));
  const whole = new TextEncoder().encode(h.chunk.text).length === span.end - span.start;
  return { ...documentTarget(h.document), place: h.chunk.place, span, quote: h.chunk.text, ...(words?.length && whole ? { words } : {}) };
}

export function citationTarget(c: Citation): Target {
  const n = c.now;
  if (n) return { doc: n.doc, name: baseName(pathText(n.ref)), path: visible(n.path) || pathText(n.ref), place: n.place, span: n.span, quote: n.quote || c.quote, state: c.state, ...(n.quote && n.quote !== c.quote ? { then: c.quote } : {}) };
  return { doc: c.doc, name: baseName(pathText(c.ref)), path: visible(c.path) || pathText(c.ref), place: c.place, span: c.span, quote: c.quote, state: c.state };
}

export function documentTarget(d: Doc): Target {
  return { doc: d.id, name: baseName(pathText(d.ref)), path: pathText(d.ref), place: {}, span: null, quote: "", state: null };
}

/** The citations' targets without repeats, in order. */
export function targets(cs: Citation[]): Target[] {
  const seen = new Set<string>();
  const out: Target[] = [];
  for (const c of cs) {
    const k = `${c.doc}:${c.span.start}:${c.span.end}`;
    if (seen.has(k)) continue;
    seen.add(k);
    out.push(citationTarget(c));
  }
  return out;
}

export const sameTarget = (a: Target, b: Target) => a.doc === b.doc && a.span?.start === b.span?.start && a.span?.end === b.span?.end;
