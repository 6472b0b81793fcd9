import type { ComponentChildren } from "preact";

/** A stretch of a text in UTF-16 units. */
export interface Stretch { start: number; end: number }

/** The text between two offsets, with those parts marked that lie in it; marks are in order and apart. */
export function pieces(text: string, start: number, end: number, marks: Stretch[]): ComponentChildren {
  const out: ComponentChildren[] = [];
  let at = start;
  for (const m of marks) {
    const a = Math.max(m.start, at), b = Math.min(m.end, end);
    if (b <= a) continue;
    if (a > at) out.push(text.slice(at, a));
    out.push(<mark key={a}>{text.slice(a, b)}</mark>);
    at = b;
  }
  if (at < end) out.push(text.slice(at, end));
  return out;
}
