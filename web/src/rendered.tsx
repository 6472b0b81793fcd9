import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Doc } from "./api";
import { copyable } from "./codecopy";
import { locate, Offsets } from "./locate";
import { page } from "./markdown";
import { markPassage } from "./passage";
import type { Target } from "./place";
import { sourceWords } from "./text/source";
import { readPage } from "./webpage";
import { levels } from "./outline";

/** The largest Markdown file that is set, in UTF-16 units: beyond, its lines are shown. */
export const largestMarkdown = 400_000;

const markup = /(^|\n)\s{0,3}(?:[#>]+|[-*+]|\d+[.)])\s+|[*_`~]|\[([^\]]*)\]\([^)]*\)/g;
const bars = / ?\|[ -]*(?:\| ?)*/g;

/** The words of a target as they stand in the document's text. */
function wordsOf(text: string, target: Target): string[] {
  const at = new Offsets(text);
  return (target.words ?? []).map((w) => text.slice(at.at(w.start), at.at(w.end)));
}

function show(box: HTMLElement): void { (box.querySelector("mark") ?? box.querySelector(".here"))?.scrollIntoView({ block: "center" }); }

/** A Markdown file as read, with the passage's lines and the passage in them marked. */
export function Markdown({ doc, target }: { doc: Doc; target: Target }) {
  const text = doc.text ?? "", w = sourceWords();
  const box = useRef<HTMLDivElement>(null);
  const front = useMemo(() => /^---\n[\s\S]*?\n(?:---|\.\.\.)(?:\n|$)/.exec(text)?.[0] ?? "", [text]);
  const html = useMemo(() => page(text.slice(front.length)), [text, front]);
  const place = useMemo(() => target.quote || target.span ? locate(text, target.quote, target.span) : null, [text, target]);
  useLayoutEffect(() => {
    const el = box.current;
    if (!el) return;
    el.innerHTML = html; // anew for each target: marks are put into it
    copyable(el);
    levels(el);
    if (!place) return;
    const lines = (from: number, to: number) => text.slice(from, to).split("\n").length - 1;
    const skipped = lines(0, front.length), first = lines(0, place.start) - skipped, last = first + lines(place.start, Math.max(place.start, place.end - 1));
    const of = [...el.querySelectorAll("[data-from]")].filter((e) => Number(e.getAttribute("data-from")) <= last && Number(e.getAttribute("data-to")) > first);
    const leaves = of.filter((e) => !of.some((o) => o !== e && e.contains(o)));
    const quote = text.slice(place.start, place.end).replace(markup, "$1$2");
    if (!markPassage(leaves, quote.replace(bars, " "), wordsOf(text, target)) && !markPassage(leaves, quote, [])) for (const e of leaves) e.classList.add("here");
    show(el);
  }, [html, target, place]);
  return <>
    {target.quote && !place && <p class="notice" role="status">{w.notPlaced}</p>}
    {place && !place.whole && <p class="notice" role="status">{w.inPart}</p>}
    <div class="rendered" dir="auto">
      {front && <details class="front" open={place !== null && place.start < front.length}><summary>{w.frontMatter}</summary><pre>{front.split("\n").slice(1, -2).join("\n")}</pre></details>}
      <div ref={box} class="prose" />
    </div>
  </>;
}

/** A web page as it was saved, cleaned, with the passage marked; onProblem when it cannot be read. */
export function WebPage(p: { doc: Doc; target: Target; onProblem: (message: string) => void }) {
  const box = useRef<HTMLDivElement>(null);
  const [body, setBody] = useState<DocumentFragment | null>(null);
  const [missing, setMissing] = useState(false);
  const w = sourceWords();
  useEffect(() => {
    const stop = new AbortController();
    setBody(null);
    readPage(p.doc.id, stop.signal).then(setBody, () => { if (!stop.signal.aborted) p.onProblem(w.htmlBad); });
    return () => stop.abort();
  }, [p.doc.id]);
  useLayoutEffect(() => {
    const el = box.current;
    if (!el || !body) return;
    el.replaceChildren(body.cloneNode(true));
    copyable(el);
    levels(el);
    const { quote } = p.target;
    const found = quote === "" || markPassage([el], quote.replace(bars, " "), wordsOf(p.doc.text ?? "", p.target)) || markPassage([el], quote, []);
    setMissing(!found);
    show(el);
  }, [body, p.target]);
  return <>
    {missing && <p class="notice" role="status">{w.notPlaced}</p>}
    {!body && <p class="quiet pad">{w.opening}</p>}
    <div ref={box} class="rendered prose" dir="auto" />
  </>;
}
