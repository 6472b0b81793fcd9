// The part of a streamed answer that no checked sentence covers yet.

const skipped = /^(?:\s+|\[\d+(?:\s*,\s*\d+)*\])/;

/**
 * Where the stream goes on after a sentence that begins at or after pos. The
 * sentence has no markers and its own white space, so both are ignored. When
 * the two differ the sentence's length decides.
 */
export function consume(stream: string, pos: number, sentence: string): number {
  const want = sentence.replace(/\s+/g, "");
  let p = pos;
  for (let i = 0; i < want.length;) {
    const skip = skipped.exec(stream.slice(p, p + 40));
    if (skip && !want.startsWith(stream.slice(p, p + skip[0].length), i)) { p += skip[0].length; continue; }
    if (stream[p] !== want[i]) return Math.min(stream.length, Math.max(p, pos + sentence.length));
    p++; i++;
  }
  for (let skip = skipped.exec(stream.slice(p)); skip; skip = skipped.exec(stream.slice(p))) p += skip[0].length;
  return p;
}

/** The tail made ready to show: markers, whole or half-arrived, taken out. */
export const showTail = (s: string) => s.replace(/\s?\[\d+(?:\s*,\s*\d+)*\]/g, "").replace(/\s?\[[\d,\s]*$/, "");
