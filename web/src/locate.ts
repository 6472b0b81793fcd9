// Finds a quote in a text. The daemon counts in bytes of UTF-8, strings here in
// UTF-16 units.
import type { Span } from "./api";

/** Turns offsets in bytes into offsets in UTF-16 units; those that grow are turned in one walk through the text. */
export class Offsets {
  private byte = 0;
  private unit = 0;
  constructor(private readonly text: string) {}

  /** The UTF-16 offset of a UTF-8 byte offset; the text's end if it lies beyond. */
  at(bytes: number): number {
    if (bytes < this.byte) { this.byte = 0; this.unit = 0; }
    let b = this.byte, i = this.unit;
    for (; i < this.text.length && b < bytes; i++) {
      const c = this.text.charCodeAt(i);
      if (c < 0x80) b += 1;
      else if (c < 0x800) b += 2;
      else if (c >= 0xd800 && c < 0xdc00) { b += 4; i++; }
      else b += 3;
    }
    this.byte = b;
    return this.unit = Math.min(i, this.text.length);
  }
}

/** The UTF-16 offset of one UTF-8 byte offset. */
export const fromBytes = (text: string, bytes: number) => new Offsets(text).at(bytes);

/** A text with case, compatibility forms, white space and line-end hyphens taken out, and for each folded unit where it stood. */
export interface Folded { text: string; at: number[] }

export function fold(s: string): Folded {
  const out: string[] = [], at: number[] = [];
  const lower = s.toLowerCase(), alike = lower.length === s.length; // ASCII is taken from there
  for (let i = 0; i < s.length;) {
    const c = s.charCodeAt(i);
    if (c < 0x80 && c !== 0x2d && alike) {
      if (c > 0x20 && c !== 0x7f) { out.push(lower.charAt(i)); at.push(i); }
      i++;
      continue;
    }
    const unit = String.fromCodePoint(s.codePointAt(i) ?? 0);
    const softBreak = (unit === "-" || unit === "\u00ad") && /^[\s]*[\n\f]/.test(s.slice(i + 1, i + 4));
    if (!softBreak && !/\s|\u00ad|\u200b/.test(unit)) {
      const f = unit.normalize("NFKC").toLowerCase();
      for (let k = 0; k < f.length; k++) at.push(i);
      out.push(f);
    }
    i += unit.length;
  }
  return { text: out.join(""), at };
}

/**
 * Where the quote stands in the text: at the span if the text there is the
 * quote, else its nearest literal place, else where it stands when case, white
 * space and hyphenation are ignored, else the longest start of at least half of
 * it. Null when it is not there.
 */
export function locate(text: string, quote: string, span: Span | null): { start: number; end: number; whole: boolean } | null {
  if (quote === "") {
    if (!span || span.end <= span.start) return null;
    return { start: fromBytes(text, span.start), end: fromBytes(text, span.end), whole: true };
  }
  const near = span ? fromBytes(text, span.start) : 0;
  if (text.startsWith(quote, near)) return { start: near, end: near + quote.length, whole: true };
  let best = -1;
  for (let i = text.indexOf(quote); i >= 0; i = text.indexOf(quote, i + 1)) {
    if (best < 0 || Math.abs(i - near) < Math.abs(best - near)) best = i;
  }
  if (best >= 0) return { start: best, end: best + quote.length, whole: true };
  return locateFolded(fold(text), quote);
}

/** locate's last two steps, for a text that is folded already. */
export function locateFolded(f: Folded, quote: string): { start: number; end: number; whole: boolean } | null {
  const q = fold(quote).text;
  if (q === "") return null;
  for (const part of [1, 0.75, 0.5]) {
    const want = q.slice(0, Math.ceil(q.length * part));
    if (part < 1 && want.length < 12) return null;
    const i = f.text.indexOf(want);
    if (i >= 0) return { start: f.at[i] ?? 0, end: (f.at[i + want.length - 1] ?? 0) + 1, whole: part === 1 };
  }
  return null;
}
