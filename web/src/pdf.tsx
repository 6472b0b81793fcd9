import { useEffect, useRef, useState } from "preact/hooks";
import type { PdfView } from "./pdfview";
import type { Doc } from "./api";
import type { Target } from "./place";

/** A page of a PDF, turned by buttons; onProblem when the file cannot be shown. */
export function Pdf(p: { doc: Doc; target: Target; onProblem: (message: string) => void }) {
  const holder = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<PdfView | null>(null);
  const [page, setPage] = useState(p.target.place.page || 1);
  const [note, setNote] = useState("");
  const [width, setWidth] = useState(0);

  useEffect(() => {
    let gone = false, open: PdfView | null = null;
    setView(null);
    void (async () => {
      try {
        open = await (await import("./pdfview")).PdfView.open(p.target.doc);
        if (gone) open.close(); else setView(open);
      } catch (e) {
        if (!gone) p.onProblem(e instanceof Error ? e.message : "it cannot be opened");
      }
    })();
    return () => { gone = true; open?.close(); };
  }, [p.target.doc]);

  useEffect(() => setPage(p.target.place.page || 1), [p.target]);

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
    const quote = page >= first && page <= last ? p.target.quote : "";
    const span = p.target.span;
    const boxes = quote && span ? (p.doc.lines ?? []).filter((l) => l.page === page && l.span.start < span.end && l.span.end > span.start).map((l) => l.box) : [];
    view.show(h, page, quote, boxes, stop.signal).then(
      (s) => { if (!stop.signal.aborted) setNote(quote && !s.marked ? "This is the page; the exact passage was not found in it." : ""); },
      (e: unknown) => { if (!stop.signal.aborted) p.onProblem(e instanceof Error ? e.message : "the page cannot be drawn"); });
    return () => stop.abort();
  }, [view, page, p.doc, p.target, width]);

  return <div class="pdf">
    {view && <div class="pdf-bar">
      <button class="plain" disabled={page <= 1} onClick={() => setPage(page - 1)} aria-label="Previous page">‹</button>
      <span>page {page} of {view.pages}</span>
      <button class="plain" disabled={page >= view.pages} onClick={() => setPage(page + 1)} aria-label="Next page">›</button>
    </div>}
    {note && <p class="notice" role="status">{note}</p>}
    <div class="pdf-holder" ref={holder} tabIndex={0} role="group" aria-label={`Page ${page}`}>{!view && <p class="quiet pad">Opening the PDF…</p>}</div>
  </div>;
}
