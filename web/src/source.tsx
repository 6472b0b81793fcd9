import { useEffect, useRef, useState } from "preact/hooks";
import { ApiError, call, content, type Doc, type Root } from "./api";
import { CopyButton } from "./copy";
import { when } from "./format";
import { Icon } from "./icons";
import { Lines } from "./lines";
import { Pdf } from "./pdf";
import { Picture } from "./picture";
import type { Opened } from "./opened";
import { pathText, placeText } from "./place";
import { said } from "./remark";
import { largestMarkdown, Markdown, WebPage } from "./rendered";
import { number } from "./text/catalogue";
import { commandWords } from "./text/command";
import { freshWords } from "./text/fresh";
import { sourceWords } from "./text/source";
import { largestPage } from "./webpage";

/** How a document can be shown beside its plain text, if it can. */
type Look = "page" | "picture" | "markdown" | "web" | "";

function look(d: Doc): Look {
  if (d.type === "pdf") return "page";
  if (d.type === "image") return "picture";
  if (d.type === "markdown" && d.state === "ready" && (d.text ?? "").length <= largestMarkdown) return "markdown";
  if (d.type === "html" && d.state === "ready" && d.size <= largestPage) return "web";
  return "";
}

/** Hands the document's file to the system's program for it, where the daemon runs. */
const launch = async (id: number) => { await call("POST /api/v1/documents/{id}/open", { path: { id }, takes: {} }); };

/** The pane beside the conversation: the document with the cited passage marked. */
export function SourcePane(p: { roots: Root[]; opened: Opened; onMove: (at: number) => void; onClose: () => void }) {
  const target = p.opened.list[p.opened.at], w = sourceWords();
  const [doc, setDoc] = useState<Doc | null>(null);
  const [problem, setProblem] = useState<ApiError | null>(null);
  const [second, setSecond] = useState(false); // the plain text, of a document that looks like more
  const [unseen, setUnseen] = useState(""); // why it cannot be shown as it looks
  const [done, setDone] = useState<"" | "copied" | "opened">("");
  const [refused, setRefused] = useState<ApiError | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    if (!target) return undefined;
    const stop = new AbortController();
    setProblem(null); setUnseen(""); setDone(""); setRefused(null);
    setDoc((d) => d?.id === target.doc ? d : null);
    content(target.doc, stop.signal).then((c) => setDoc((d) => d && d.id === c.document.id && d.indexed === c.document.indexed ? d : c.document), (e: unknown) => {
      if (!stop.signal.aborted) { setDoc(null); setProblem(e instanceof ApiError ? e : new ApiError(0, "internal", w.cannot)); }
    });
    return () => stop.abort();
  }, [target]);
  useEffect(() => { setSecond(false); }, [target?.doc]);
  useEffect(() => { if (!p.opened.preview) heading.current?.focus({ preventScroll: true }); }, [target, p.opened.preview]);
  if (!target) return null;

  const as = doc && !unseen ? look(doc) : "", shown = second && doc?.text ? "" : as;
  const root = p.roots.find((r) => r.id === doc?.ref.root);
  const path = doc && root && target.path === pathText(doc.ref) ? `${pathText(root).replace(/[\\/]$/, "")}${root.path.includes("\\") ? "\\" : "/"}${target.path}` : target.path;
  const copy = async () => { await navigator.clipboard.writeText(path); setDone("copied"); };
  const open = async () => {
    setRefused(null); setDone("");
    try { await launch(target.doc); setDone("opened"); } catch (e) { setRefused(e instanceof ApiError ? e : new ApiError(0, "internal", w.notOpen)); }
  };
  const looks = as === "page" ? [w.page, w.text] : as === "picture" ? [w.image, w.text] : as === "web" ? [w.rendered, w.text] : [w.rendered, w.lines];
  const gone = problem?.code === "not_found";
  return <aside class="source" aria-label={w.pane}>
    <header>
      <div class="source-nav">
        {p.opened.list.length > 1 && <>
          <button class="plain" disabled={p.opened.at === 0} onClick={() => p.onMove(p.opened.at - 1)} aria-label={w.previous} title={`${w.previous}  [`}><Icon name="left" /></button>
          <span class="quiet">{w.of(number(p.opened.at + 1), number(p.opened.list.length))}</span>
          <button class="plain" disabled={p.opened.at === p.opened.list.length - 1} onClick={() => p.onMove(p.opened.at + 1)} aria-label={w.next} title={`${w.next}  ]`}><Icon name="right" /></button>
        </>}
        <span class="grow" />
        {doc && as !== "" && doc.text && <div class="switch" role="group" aria-label={w.view}>
          {looks.map((word, i) => <button key={i} aria-pressed={second === (i === 1)} onClick={() => setSecond(i === 1)}>{word}</button>)}
        </div>}
        {doc && <button class="plain" onClick={() => void open()} aria-label={w.openIn} title={w.openIn}><Icon name={done === "opened" ? "check" : "out"} /></button>}
        <button class="plain" onClick={p.onClose} aria-label={w.close} title={`${w.closeKeys}  Esc`}><Icon name="close" /></button>
      </div>
      <h2 ref={heading} tabIndex={-1} dir="auto">{target.name}</h2>
      <p class="quiet path"><bdi title={path}>{path}</bdi>
        <button class="plain small" onClick={() => void copy()} aria-label={w.copyPath} title={w.copyPath}><Icon name={done === "copied" ? "check" : "copy"} /></button>
        <span role="status" class="said">{done === "copied" ? w.copied : done === "opened" ? w.opened : ""}</span></p>
      <p class="quiet facts-line"><span>{[placeText(target.place), doc?.pages ? w.pages(number(doc.pages), doc.pages === 1) : "", doc ? w.fileOf(when(doc.modified)) : ""].filter(Boolean).join(" · ")}</span>
        {doc?.type === "code" && doc.text && <CopyButton key={doc.id} text={() => doc.text ?? ""} label={commandWords().copyCode} />}</p>
      {refused && <p class="error" role="alert"><strong>{refused.message}.</strong> {refused.next}</p>}
      {target.state && target.state !== "current" && <p class={`fresh ${target.state}`}><Icon name="cross" />{target.then ? w.changedNow : freshWords()[target.state]}</p>}
      {target.then && <details class="fold"><summary>{w.then}</summary><blockquote class="then" dir="auto">{target.then}</blockquote></details>}
    </header>
    <div class="source-body" tabIndex={0} role="region" aria-label={w.body}>
      {problem && <div class="empty-state"><h3>{gone ? w.goneTitle : w.cannot}</h3>
        <p>{gone ? target.quote ? w.goneText : w.goneBare : problem.message}</p>
        {gone && target.quote && <blockquote dir="auto">{target.quote}</blockquote>}</div>}
      {!problem && !doc && <p class="quiet pad">{w.opening}</p>}
      {doc && unseen && <p class="notice" role="status">{unseen}</p>}
      {doc && shown === "page" && <Pdf doc={doc} target={target} onProblem={(why) => setUnseen(w.pdfBad(why))} />}
      {doc && shown === "picture" && <Picture doc={doc} target={target} />}
      {doc && shown === "markdown" && <Markdown doc={doc} target={target} />}
      {doc && shown === "web" && <WebPage doc={doc} target={target} onProblem={setUnseen} />}
      {doc && shown === "" && (doc.text ? <Lines doc={doc} target={target} />
        : <div class="empty-state"><h3>{w.noText}</h3>{doc.reason && <p dir="auto">{said(doc.why, doc.reason)}</p>}</div>)}
    </div>
  </aside>;
}
