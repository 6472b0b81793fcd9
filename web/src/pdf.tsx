import { useEffect, useRef, useState } from "preact/hooks";
import type { PdfView } from "./pdfview";
import type { Doc } from "./api";
import { Icon } from "./icons";
import { Offsets } from "./locate";
import type { Target } from "./place";
import { number } from "./text/catalogue";
import { sourceWords } from "./text/source";

/** The page that a byte of a document's text stands on; 0 where that is not known. */
const pageAt = (doc: Doc, at: number) => doc.marks?.findLast((m) => m.at <= at)?.place.page ?? 0;

/** The page to open: where the words stand that were searched for, else where the passage begins. */
const pageOf = (doc: Doc, t: Target) => (t.words?.[0] && pageAt(doc, t.words[0].start)) || t.place.page || 1;

/** What of the passage stands on a page, where it is known what does. */
function partOn(doc: Doc, t: Target, page: number): string {
  const text = doc.text ?? "", span = t.span, marks = doc.marks ?? [];
  const first = marks.findIndex((m) => m.place.page === page), next = marks.findIndex((m, i) => i > first && m.place.page !== page);
  if (!span || first < 0) return t.quote;
  const at = new Offsets(text), start = at.at(span.start), end = at.at(span.end);
  if (text.slice(start, end) !== t.quote) return t.quote;
  const from = at.at(marks[first]?.at ?? 0), to = next < 0 ? text.length : at.at(marks[next]?.at ?? 0);
  return text.slice(Math.max(start, from), Math.min(end, to)) || t.quote;
}

const zooms = [.5, .75, 1, 1.5, 2, 3];

/** A page of a PDF, turned by buttons; onProblem when the file cannot be shown. */
export function Pdf(p: { doc: Doc; target: Target; onProblem: (message: string) => void }) {
  const holder = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<PdfView | null>(null);
  const [page, setPage] = useState(() => pageOf(p.doc, p.target));
  const [note, setNote] = useState("");
  const [width, setWidth] = useState(0);
  const [zoom, setZoom] = useState(2); // of zooms
  const w = sourceWords();

  useEffect(() => {
    let gone = false, open: PdfView | null = null;
    setView(null);
    void (async () => {
      try {
        open = await (await import("./pdfview")).PdfView.open(p.target.doc);
        if (gone) open.close(); else setView(open);
      } catch (e) {
        if (!gone) p.onProblem(e instanceof Error ? e.message : w.notOpen);
      }
    })();
    return () => { gone = true; open?.close(); };
  }, [p.target.doc]);

  useEffect(() => setPage(pageOf(p.doc, p.target)), [p.target]);

  useEffect(() => {
    const h = holder.current;
    if (!h) return undefined;
    const o = new ResizeObserver(() => setWidth(Math.round(h.clientWidth / 20)));
    o.observe(h);
    return () => o.disconnect();
  }, []);

  useEffect(() => {
    const h = holder.current;
    if (!view || !h) return undefined;
    const stop = new AbortController();
    const first = p.target.place.page || 1, last = p.target.place.page_end || first;
    const quote = page >= first && page <= last ? partOn(p.doc, p.target, page) : "";
    const span = p.target.span;
    const boxes = quote && span ? (p.doc.lines ?? []).filter((l) => l.page === page && l.span.start < span.end && l.span.end > span.start).map((l) => l.box) : [];
    view.show(h, page, quote, boxes, zooms[zoom] ?? 1, stop.signal).then(
      (s) => { if (!stop.signal.aborted) setNote(!s.letters && boxes.length === 0 ? p.doc.state === "no text" ? w.noTextPages : w.noTextPage : quote && !s.marked ? w.pageOnly : ""); },
      (e: unknown) => { if (!stop.signal.aborted) p.onProblem(e instanceof Error ? e.message : w.notDrawn); });
    return () => stop.abort();
  }, [view, page, p.doc, p.target, width, zoom]);

  const go = (n: number) => { if (view && n >= 1 && n <= view.pages) setPage(n); };
  const turn = (e: KeyboardEvent) => {
    const by = e.key === "PageDown" || e.key === "ArrowRight" ? 1 : e.key === "PageUp" || e.key === "ArrowLeft" ? -1 : 0;
    if (by && zoom <= 2 && !e.ctrlKey && !e.metaKey && !e.altKey) { e.preventDefault(); go(page + by); }
  };
  return <div class="pdf">
    {view && <div class="pdf-bar">
      <button class="plain" disabled={page <= 1} onClick={() => go(page - 1)} aria-label={w.previousPage}><Icon name="left" /></button>
      <span>{w.pageOf(number(page), number(view.pages))}</span>
      <button class="plain" disabled={page >= view.pages} onClick={() => go(page + 1)} aria-label={w.nextPage}><Icon name="right" /></button>
      <button class="plain" disabled={zoom === 0} onClick={() => setZoom(zoom - 1)} aria-label={w.smaller} title={w.smaller}><Icon name="minus" /></button>
      <button class="plain" disabled={zoom === zooms.length - 1} onClick={() => setZoom(zoom + 1)} aria-label={w.larger} title={w.larger}><Icon name="plus" /></button>
    </div>}
    {note && <p class="notice" role="status">{note}</p>}
    <div class="pdf-holder" ref={holder} tabIndex={0} role="group" aria-label={`${w.page} ${page}`} onKeyDown={turn}>{!view && <p class="quiet pad">{w.pageOpening}</p>}</div>
  </div>;
}
