import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Content } from "./api";
import { fromBytes, locate } from "./locate";
import type { Target } from "./place";
import { rows } from "./rows";

const margin = 150; // lines shown around the passage at first

/** A document's text, line by line with numbers (or paragraph by paragraph), with the passage marked and in view. */
export function Lines({ content, target }: { content: Content; target: Target }) {
  const text = content.document.text ?? "";
  const begin = content.document.marks?.[0]?.place;
  const byParagraph = begin ? !begin.line && !begin.page : content.document.type === "html" || content.document.type === "docx";
  const all = useMemo(() => rows(content.document), [content]);
  const kinds = useMemo(() => {
    const m = new Map<number, string>(); // start of a line → kind of the section there
    for (const s of content.document.sections ?? []) m.set(fromBytes(text, s.span.start), s.kind === "heading" ? `heading h${s.level ?? 2}` : s.kind);
    return m;
  }, [content]);
  const place = useMemo(() => target.quote || target.span ? locate(text, target.quote, target.span) : null, [text, target]);
  const first = place ? all.findIndex((r) => r.end >= place.start) : 0;
  const last = place ? all.findIndex((r) => r.end >= place.end) : 0;
  const [from, setFrom] = useState(0);
  const [to, setTo] = useState(0);
  useEffect(() => { setFrom(Math.max(0, first - margin)); setTo(Math.max(first, last) + 2 * margin); }, [content, target]);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => { box.current?.querySelector("mark")?.scrollIntoView({ block: "center" }); }, [content, target, from === 0 && to === 0]);

  const code = content.document.type === "code";
  const shown = all.slice(from, to).map((r, k) => {
    const n = from + k + 1;
    const s = text.slice(r.start, r.end);
    const here = place && place.start < Math.max(r.end, r.start + 1) && place.end > r.start;
    const a = here ? Math.max(0, place.start - r.start) : 0, b = here ? Math.min(s.length, place.end - r.start) : 0;
    const line = <li key={n} class={`line ${here ? "here" : ""} ${byParagraph ? kinds.get(r.start) ?? "" : ""}`}>
      <span class="number" aria-hidden="true">{r.number}</span>
      <span class="words" dir="auto">{here ? <>{s.slice(0, a)}<mark>{s.slice(a, b)}</mark>{s.slice(b)}</> : s || " "}</span>
    </li>;
    return r.unit ? [<li key={`u${n}`} class="page-end">{r.unit}</li>, line] : line;
  });

  return <div ref={box} class={code ? "text code" : "text"}>
    {target.quote && !place && <p class="notice" role="status">The document is shown as it is now; the exact passage is not in it any more.</p>}
    {place && !place.whole && <p class="notice" role="status">The passage was found in part.</p>}
    {from > 0 && <button class="more" onClick={() => setFrom(Math.max(0, from - 500))}>Show earlier lines</button>}
    <ol class={byParagraph ? "lines paragraphs" : "lines"}>{shown}</ol>
    {to < all.length && <button class="more" onClick={() => setTo(to + 500)}>Show later lines</button>}
  </div>;
}
