import { useEffect, useRef, useState } from "preact/hooks";
import { call, type Doc } from "./api";
import { bytes } from "./format";
import type { Target } from "./place";
import { said } from "./remark";
import { sourceWords } from "./text/source";

const largest = 60_000_000; // bytes of a file, and pixels that are drawn

/** An image, drawn by the page itself: no address of it is made that anything else could load. What OCR read in it is marked by its lines' boxes. */
export function Picture(p: { doc: Doc; target: Target }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [size, setSize] = useState<{ width: number; height: number } | null>(null);
  const [problem, setProblem] = useState("");
  const w = sourceWords();
  useEffect(() => {
    const stop = new AbortController();
    setSize(null); setProblem("");
    if (p.doc.size > largest) { setProblem(w.pictureLarge(bytes(p.doc.size))); return undefined; }
    void (async () => {
      try {
        const blob = await (await call("GET /api/v1/documents/{id}/file", { path: { id: p.doc.id } }, stop.signal)).blob();
        const image = await createImageBitmap(blob);
        const c = canvas.current, scale = Math.min(1, Math.sqrt(largest / (image.width * image.height)));
        if (stop.signal.aborted || !c) { image.close(); return; }
        c.width = Math.round(image.width * scale);
        c.height = Math.round(image.height * scale);
        c.getContext("2d")?.drawImage(image, 0, 0, c.width, c.height);
        setSize({ width: image.width, height: image.height });
        image.close();
      } catch { if (!stop.signal.aborted) setProblem(w.pictureBad); }
    })();
    return () => stop.abort();
  }, [p.doc.id]);
  const span = p.target.quote ? p.target.span : null;
  const boxes = span && size ? (p.doc.lines ?? []).filter((l) => l.page === 1 && l.span.start < span.end && l.span.end > span.start).map((l) => l.box) : [];
  const part = (n: number, of: number) => `${n / of * 100}%`;
  return <div class="picture">
    {problem && <p class="notice" role="status">{problem}</p>}
    {!problem && !size && <p class="quiet pad">{w.opening}</p>}
    {p.doc.state !== "ready" && <p class="notice" role="status">{w.noText}{p.doc.reason ? ` ${said(p.doc.why, p.doc.reason)}.` : ""}</p>}
    <div class="picture-sheet" hidden={!size}>
      <canvas ref={canvas} role="img" aria-label={w.picture(p.target.name)} />
      {size && boxes.map(([left, bottom, right, top], i) => <div key={i} class="pdf-box" ref={i === 0 ? (e) => e?.scrollIntoView({ block: "center" }) : null}
        style={{ left: part(left, size.width), top: part(size.height - top, size.height), width: part(right - left, size.width), height: part(top - bottom, size.height) }} />)}
    </div>
  </div>;
}
