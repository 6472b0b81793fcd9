import { useEffect, useRef, useState } from "preact/hooks";
import { ApiError, content, type Content, type Root } from "./api";
import { count, when } from "./format";
import { Icon } from "./icons";
import { Lines } from "./lines";
import { Pdf } from "./pdf";
import { placeText, type Target } from "./place";
import { Rendered } from "./rendered";

/** What the source pane shows: passages to go through and which of them is open. */
export interface Opened { list: Target[]; at: number }

export const freshWords = {
  current: "Still in the file", changed: "File changed since: passage not found in it now", moved: "File is gone; another one holds the passage", gone: "File is gone",
} as const;

/** The pane beside the conversation: the document with the cited passage marked. */
export function SourcePane(p: { roots: Root[]; opened: Opened; onMove: (at: number) => void; onClose: () => void }) {
  const target = p.opened.list[p.opened.at];
  const [loaded, setLoaded] = useState<Content | null>(null);
  const [problem, setProblem] = useState<ApiError | null>(null);
  const [view, setView] = useState<"first" | "second">("first");
  const [pdfProblem, setPdfProblem] = useState("");
  const [copied, setCopied] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    if (!target) return undefined;
    const stop = new AbortController();
    setProblem(null); setPdfProblem(""); setCopied(false);
    setLoaded((l) => l?.document.id === target.doc ? l : null);
    content(target.doc, stop.signal).then(setLoaded, (e: unknown) => {
      if (!stop.signal.aborted) { setLoaded(null); setProblem(e instanceof ApiError ? e : new ApiError(0, "internal", "the document cannot be shown")); }
    });
    return () => stop.abort();
  }, [target]);
  useEffect(() => { setView("first"); }, [target?.doc]);
  useEffect(() => heading.current?.focus({ preventScroll: true }), [target]);
  if (!target) return null;

  const doc = loaded?.document;
  const pdf = doc?.type === "pdf", markdown = doc?.type === "markdown";
  const root = p.roots.find((r) => r.id === doc?.ref.root);
  const path = doc && root && target.path === doc.ref.path ? `${root.path.replace(/[\\/]$/, "")}${root.path.includes("\\") ? "\\" : "/"}${target.path}` : target.path;
  const copy = async () => { await navigator.clipboard.writeText(path); setCopied(true); };
  const extracted = !pdf || view === "second" || pdfProblem !== "";
  return <aside class="source" aria-label="Source">
    <header>
      <div class="source-nav">
        {p.opened.list.length > 1 && <>
          <button class="plain" disabled={p.opened.at === 0} onClick={() => p.onMove(p.opened.at - 1)} aria-label="Previous citation" title="Previous citation  [">
            <Icon name="left" /></button>
          <span class="quiet">{p.opened.at + 1} of {p.opened.list.length}</span>
          <button class="plain" disabled={p.opened.at === p.opened.list.length - 1} onClick={() => p.onMove(p.opened.at + 1)} aria-label="Next citation" title="Next citation  ]">
            <Icon name="right" /></button>
        </>}
        <span class="grow" />
        {doc && (pdf || markdown) && <div class="switch" role="group" aria-label="View">
          <button aria-pressed={view === "first"} onClick={() => setView("first")}>{pdf ? "Page" : "Lines"}</button>
          <button aria-pressed={view === "second"} onClick={() => setView("second")}>{pdf ? "Text" : "Rendered"}</button>
        </div>}
        <button class="plain" onClick={p.onClose} aria-label="Close source" title="Close  Esc"><Icon name="close" /></button>
      </div>
      <h2 ref={heading} tabIndex={-1} dir="auto">{target.name}</h2>
      <p class="quiet path"><bdi title={path}>{path}</bdi>
        <button class="plain small" onClick={() => void copy()} aria-label="Copy path" title="Copy path"><Icon name={copied ? "check" : "copy"} /></button>
        <span role="status" class="said">{copied ? "Path copied" : ""}</span></p>
      <p class="quiet">{[placeText(target.place), doc?.pages ? count(doc.pages, "page") : "", doc ? `file of ${when(doc.modified)}` : ""].filter(Boolean).join(" · ")}</p>
      {target.state && target.state !== "current" && <p class={`fresh ${target.state}`}><Icon name="cross" />{target.then ? "File changed since; this is what stands there now" : freshWords[target.state]}</p>}
      {target.then && <details class="fold"><summary>What it said when this was answered</summary><blockquote class="then" dir="auto">{target.then}</blockquote></details>}
    </header>
    <div class="source-body" tabIndex={0} role="region" aria-label="Document text">
      {problem && <div class="empty-state"><h3>{problem.code === "not_found" ? "This file is gone" : "The document cannot be shown"}</h3>
        <p>{problem.code === "not_found" ? "It was removed after the answer was given. This is what it said:" : problem.message}</p>
        {problem.code === "not_found" && target.quote && <blockquote dir="auto">{target.quote}</blockquote>}</div>}
      {!problem && !loaded && <p class="quiet pad">Opening…</p>}
      {doc && pdfProblem && <p class="notice" role="status">The PDF cannot be shown ({pdfProblem}); this is the text that was read from it.</p>}
      {doc && pdf && !extracted && <Pdf doc={doc} target={target} onProblem={setPdfProblem} />}
      {loaded && doc && extracted && (markdown && view === "second" ? <Rendered text={doc.text ?? ""} target={target} /> : <Lines content={loaded} target={target} />)}
    </div>
  </aside>;
}
