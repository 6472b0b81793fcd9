import { useEffect, useMemo, useRef } from "preact/hooks";
import { block } from "./markdown";
import { fold, locateFolded } from "./locate";
import type { Target } from "./place";

const markup = /(^|\n)\s{0,3}(?:[#>]+|[-*+]|\d+[.)])\s+|[*_`~|]|\[([^\]]*)\]\([^)]*\)/g;

/** A Markdown file as read, with the passage marked through the Highlight API. */
export function Rendered({ text, target }: { text: string; target: Target }) {
  const box = useRef<HTMLDivElement>(null);
  const html = useMemo(() => block(text), [text]);
  useEffect(() => {
    const el = box.current;
    CSS.highlights.delete("quote");
    if (!el || !target.quote) return undefined;
    const nodes: { node: Text; start: number }[] = [];
    let all = "";
    const walk = document.createTreeWalker(el, NodeFilter.SHOW_TEXT);
    for (let n = walk.nextNode(); n; n = walk.nextNode()) if (n instanceof Text) { nodes.push({ node: n, start: all.length }); all += n.data; }
    const place = locateFolded(fold(all), target.quote.replace(markup, "$1$2"));
    if (!place) return undefined;
    const at = (offset: number) => nodes.findLast((n) => n.start <= offset);
    const a = at(place.start), b = at(place.end - 1);
    if (!a || !b) return undefined;
    const range = new Range();
    range.setStart(a.node, place.start - a.start);
    range.setEnd(b.node, Math.min(b.node.length, place.end - b.start));
    CSS.highlights.set("quote", new Highlight(range));
    a.node.parentElement?.scrollIntoView({ block: "center" });
    return () => { CSS.highlights.delete("quote"); };
  }, [html, target]);
  return <div ref={box} class="rendered prose" dir="auto" dangerouslySetInnerHTML={{ __html: html }} />;
}
