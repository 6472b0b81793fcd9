// Marks a passage in a text that is set: what was found in the letters of the file is looked for in those on the page.
import { fold, locateFolded } from "./locate";
import type { Stretch } from "./pieces";

interface Letters { text: string; nodes: { node: Text; start: number }[] }

const blocks = "p, li, td, th, dt, dd, h1, h2, h3, h4, h5, h6, pre, blockquote, figcaption, caption, summary";

/** The letters under elements, a line end after each. */
function letters(of: Element[]): Letters {
  const nodes: Letters["nodes"] = [];
  let text = "";
  for (const e of of) {
    const walk = document.createTreeWalker(e, NodeFilter.SHOW_TEXT);
    for (let n = walk.nextNode(); n; n = walk.nextNode()) if (n instanceof Text) { nodes.push({ node: n, start: text.length }); text += n.data; }
    text += "\n";
  }
  return { text, nodes };
}

/** Puts a mark around every stretch, which are in order and apart; answers the marks. */
function wrap(l: Letters, stretches: Stretch[]): HTMLElement[] {
  const marks: HTMLElement[] = [];
  for (const { node, start } of l.nodes.toReversed()) {
    for (const s of stretches.toReversed()) {
      const a = Math.max(s.start, start), b = Math.min(s.end, start + node.length);
      if (b <= a || node.data.slice(a - start, b - start).trim() === "") continue;
      const range = new Range(), mark = document.createElement("mark");
      range.setStart(node, a - start);
      range.setEnd(node, b - start);
      range.surroundContents(mark);
      marks.unshift(mark);
    }
  }
  return marks;
}

/** Where a quote stands in a text: whole, or else line by line, if most of it is there. */
function find(text: string, quote: string): Stretch[] {
  const folded = fold(text), whole = locateFolded(folded, quote);
  if (whole?.whole) return [whole];
  const lines = quote.split(/[\n\f]/).filter((x) => x.trim() !== ""), found: Stretch[] = [];
  let all = 0, there = 0, from = 0;
  for (const line of lines) {
    const want = fold(line).text;
    all += want.length;
    const i = folded.text.indexOf(want, from);
    if (i < 0 || want === "") continue;
    there += want.length;
    from = i + want.length;
    found.push({ start: folded.at[i] ?? 0, end: (folded.at[from - 1] ?? 0) + 1 });
  }
  return lines.length > 1 && there * 2 >= all ? found : whole ? [whole] : [];
}

/** Every place of some words in a text. */
function findWords(text: string, words: string[]): Stretch[] {
  const low = text.toLowerCase(), found: Stretch[] = [];
  if (low.length !== text.length) return found;
  for (const w of new Set(words.map((x) => x.toLowerCase()))) for (let i = low.indexOf(w); w !== "" && i >= 0; i = low.indexOf(w, i + w.length)) found.push({ start: i, end: i + w.length });
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  return found.filter((s, i) => found.findIndex((o) => o.end > s.start) === i);
}

/** Marks words, or, where there are none of them, the quote, in elements, and the blocks that hold it. False when it is not there. */
export function markPassage(of: Element[], quote: string, words: string[]): boolean {
  const l = letters(of);
  const there = find(l.text, quote);
  if (there.length === 0) return false;
  for (const { node, start } of l.nodes) if (there.some((s) => s.start < start + node.length && s.end > start)) node.parentElement?.closest(blocks)?.classList.add("here");
  const inside = findWords(l.text, words).filter((w) => there.some((s) => w.start >= s.start && w.end <= s.end));
  wrap(l, inside.length ? inside : there);
  return true;
}
