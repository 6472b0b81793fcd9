// Shows one page of a PDF with the quote marked; loaded only when a PDF is
// opened. No script, form or link of the file is run.
import * as pdfjs from "pdfjs-dist";
import { authorization, type Line } from "./api";
import { fold, locateFolded } from "./locate";

pdfjs.GlobalWorkerOptions.workerSrc = document.querySelector<HTMLMetaElement>('meta[name="pdfworker"]')?.content ?? "";

/** What a page that was drawn holds: whether the quote was marked, and whether there are letters at all. */
export interface Shown { marked: boolean; letters: boolean }

/** A PDF that is open; close gives its memory back. */
export class PdfView {
  private constructor(private readonly doc: pdfjs.PDFDocumentProxy, private readonly task: pdfjs.PDFDocumentLoadingTask) {}

  static async open(id: number): Promise<PdfView> {
    const task = pdfjs.getDocument({
      url: `/api/v1/documents/${id}/file`,
      httpHeaders: { Authorization: authorization() },
      cMapUrl: "/pdf/cmaps/", cMapPacked: true, standardFontDataUrl: "/pdf/standard_fonts/", wasmUrl: "/pdf/wasm/",
      verbosity: pdfjs.VerbosityLevel.ERRORS, // what is odd in a file is the file's own, and one that is left while it loads warns too
      useWasm: false, // its compilation would need 'wasm-unsafe-eval'
      disableWorkerRendering: true, enableXfa: false, stopAtErrors: false, disableAutoFetch: true, disableStream: true,
    });
    return new PdfView(await task.promise, task);
  }

  get pages(): number { return this.doc.numPages; }

  close(): void { void this.task.destroy(); }

  /** Draws a page into the holder, zoom times as wide as it is, and marks the quote: its letters, or where the page has no text of its own (a scan) the boxes of its lines. */
  async show(holder: HTMLElement, number: number, quote: string, boxes: Line["box"][], zoom: number, signal: AbortSignal): Promise<Shown> {
    const page = await this.doc.getPage(Math.min(Math.max(1, number), this.doc.numPages));
    const base = page.getViewport({ scale: 1 });
    const viewport = page.getViewport({ scale: Math.max(0.25, Math.min(2, holder.clientWidth / base.width)) * zoom });
    const ratio = Math.min(2, window.devicePixelRatio || 1);

    const sheet = document.createElement("div");
    sheet.className = "pdf-sheet";
    sheet.style.width = `${viewport.width}px`;
    sheet.style.height = `${viewport.height}px`;
    sheet.style.setProperty("--total-scale-factor", String(viewport.scale));
    const canvas = document.createElement("canvas");
    canvas.width = Math.floor(viewport.width * ratio);
    canvas.height = Math.floor(viewport.height * ratio);
    canvas.setAttribute("aria-hidden", "true");
    const layer = document.createElement("div");
    layer.className = "pdf-text";
    sheet.append(canvas, layer);

    await page.render({ canvas, viewport, transform: [ratio, 0, 0, ratio, 0, 0], annotationMode: pdfjs.AnnotationMode.DISABLE }).promise;
    const text = new pdfjs.TextLayer({ textContentSource: page.streamTextContent(), container: layer, viewport });
    await text.render();
    const letters = (layer.textContent ?? "").trim() !== "";
    if (signal.aborted) return { marked: false, letters };
    holder.replaceChildren(sheet);
    const marked = quote !== "" && (mark(layer, quote) || draw(sheet, boxes, viewport));
    return { marked, letters };
  }
}

/** Draws boxes, in points from the page's bottom left corner, over the sheet. */
function draw(sheet: HTMLElement, boxes: Line["box"][], v: { scale: number; height: number }): boolean {
  const drawn = boxes.map(([left, bottom, right, top]) => {
    const d = document.createElement("div");
    d.className = "pdf-box";
    Object.assign(d.style, { left: `${left * v.scale}px`, top: `${v.height - top * v.scale}px`, width: `${(right - left) * v.scale}px`, height: `${(top - bottom) * v.scale}px` });
    return d;
  });
  sheet.append(...drawn);
  drawn[0]?.scrollIntoView({ block: "center" });
  return drawn.length > 0;
}

/** Marks the quote in the layer's text without changing its nodes. */
function mark(layer: HTMLElement, quote: string): boolean {
  CSS.highlights.delete("quote");
  const nodes: { node: Text; start: number }[] = [];
  let all = "";
  const walk = document.createTreeWalker(layer, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let n = walk.nextNode(); n; n = walk.nextNode()) {
    if (n instanceof Text) { nodes.push({ node: n, start: all.length }); all += n.data; }
    else if (n.nodeName === "BR") all += "\n";
  }
  const place = locateFolded(fold(all), quote);
  if (!place) return false;
  const point = (offset: number) => {
    let found = nodes[0];
    for (const n of nodes) { if (n.start <= offset) found = n; else break; }
    return found ? { node: found.node, offset: Math.min(found.node.length, offset - found.start) } : null;
  };
  const a = point(place.start), b = point(place.end - 1);
  if (!a || !b) return false;
  const range = new Range();
  range.setStart(a.node, a.offset);
  range.setEnd(b.node, Math.min(b.node.length, b.offset + 1));
  CSS.highlights.set("quote", new Highlight(range));
  a.node.parentElement?.scrollIntoView({ block: "center" });
  return true;
}
