import { useEffect, useRef, useState } from "preact/hooks";
import { ApiError, documents, retry, type Doc, type DocumentState, type Reading, type Status } from "./api";
import { bytes, when } from "./format";
import { baseName, documentTarget, folderName, pathText, type Target } from "./place";
import { useRowsInView } from "./rowsview";
import { readingsOf } from "./readings";
import { said, saidAll } from "./remark";
import { RetryAll } from "./retryall";
import { libraryWords } from "./text/library";

const marks: Record<DocumentState, string> = { ready: "●", "no text": "○", failed: "▲", skipped: "–", unsupported: "–", unstable: "◌" };
const part = 200; // documents that one request brings
const settles = 2000; // ms, until the parts above the list have come

type State = DocumentState | "partly" | "";
interface Asked { root: number; state: State; q: string }

/** A state in the address, "" for what is none. */
const stateNamed = (s: string): State => s === "partly" || Object.hasOwn(marks, s) ? s as State : "";

/**
 * The documents that fit, brought in parts as they come into view. What is shown
 * stays until what replaces it is there.
 */
function useDocuments(asked: Asked, version: string, from: number, to: number) {
  const key = JSON.stringify(asked);
  const [total, setTotal] = useState<number | null>(null);
  const [problem, setProblem] = useState("");
  const [, redraw] = useState(0);
  const parts = useRef(new Map<number, { of: string; list: Doc[] }>());
  const of = useRef("");
  const now = key + version;
  if (of.current !== key) { of.current = key; parts.current = new Map(); }
  useEffect(() => {
    const stop = new AbortController();
    void (async () => {
      try {
        for (let p = Math.floor(from / part); p <= Math.floor(Math.max(from, to - 1) / part); p++) {
          if (parts.current.get(p)?.of === now) continue;
          const got = await documents({ ...asked, limit: part, offset: p * part }, stop.signal);
          parts.current.set(p, { of: now, list: got.documents });
          setTotal(got.total); setProblem(""); redraw((n) => n + 1);
        }
      } catch (e) { if (!stop.signal.aborted) setProblem(e instanceof ApiError ? e.message : libraryWords().listFailed); }
    })();
    return () => stop.abort();
  }, [now, Math.floor(from / part), Math.floor(Math.max(from, to - 1) / part)]);
  return { total: parts.current.size === 0 ? null : total, problem, get: (i: number) => parts.current.get(Math.floor(i / part))?.list[i % part] };
}

/** Whether there is something of a document to look at: its text, or the pages and pictures themselves. */
const shows = (d: Doc) => d.state === "ready" || d.state === "no text" || d.type === "image";

function Row(p: { d: Doc; at: number; reading: Reading | undefined; leaving: boolean; retried: boolean; onRetry: () => void; onWhy: () => void; onOpen: (list: Target[], at: number) => void }) {
  const w = libraryWords(), d = p.d, name = baseName(pathText(d.ref)), folder = folderName(d.ref.path) ? folderName(pathText(d.ref)) : "";
  return <tr data-row={p.at} aria-rowindex={p.at + 2} class={p.leaving ? "leaving" : undefined}>
    <td><span class="file">{shows(d) ? <button class="link" onClick={() => p.onOpen([documentTarget(d)], 0)}><bdi>{name}</bdi></button> : <bdi>{name}</bdi>}</span>
      {folder && <span class="quiet folder"><bdi>{folder}</bdi></span>}
      {d.reason && <span class="reason">{said(d.why, d.reason)}</span>}{saidAll(d.remarks, d.notes).map((n) => <span class="reason" key={n}>{n}</span>)}</td>
    {p.reading || p.leaving ? <td class="state"><span aria-hidden="true">◌</span> {p.reading ? w.stages[p.reading.stage] : w.leaving}</td> : <td class={`state ${d.state.replace(" ", "-")}`}><span aria-hidden="true">{marks[d.state]}</span> {w.stateOf[d.state]}
      {d.state === "failed" && <button class="plain small" aria-disabled={p.retried} onClick={() => { if (!p.retried) p.onRetry(); }}>{p.retried ? w.retrying : w.retry}</button>}
      {d.state !== "ready" && d.state !== "failed" && <button class="plain small" aria-label={w.whyOf(name)} onClick={p.onWhy}>{w.why}</button>}</td>}
    <td class="num">{d.chunks || ""}</td><td class="num wide-only">{bytes(d.size)}</td><td class="wide-only quiet">{when(d.modified)}</td></tr>;
}

/** The list of documents: of any number only those in view are on the page. */
export function DocumentTable(p: { params: URLSearchParams; go: (hash: string) => void; status: Status; onOpen: (list: Target[], at: number) => void; onWhy: (document: number, path: string) => void }) {
  const w = libraryWords();
  const asked: Asked = { root: Number(p.params.get("root") ?? 0), state: stateNamed(p.params.get("state") ?? ""), q: p.params.get("q") ?? "" };
  const [retried, setRetried] = useState<Set<number>>(new Set());
  const [problem, setProblem] = useState("");
  const [count, setCount] = useState(0);
  const view = useRowsInView(count, 52, JSON.stringify(asked));
  // What the daemon knows changes with the work done: the numbers in the status tell when to look again.
  const version = JSON.stringify([p.status.roots.map((r) => [r.id, r.documents]), p.status.index.documents, p.status.queue.done]);
  const list = useDocuments(asked, version, view.from, view.to);
  useEffect(() => { if (list.total !== null) setCount(list.total); }, [list.total]);
  const top = useRef<HTMLElement>(null);
  useEffect(() => { // what was chosen above is shown below, maybe out of sight, and what comes in between a moment later moves it
    const e = top.current;
    if (!e?.parentElement || !(asked.root || asked.state)) return undefined;
    const watch = new ResizeObserver(() => { if (e.getBoundingClientRect().top > window.innerHeight / 2) e.scrollIntoView(); });
    watch.observe(e.parentElement);
    const leave = () => watch.disconnect(), doings = ["wheel", "pointerdown", "keydown"] as const, timer = setTimeout(leave, settles);
    for (const d of doings) window.addEventListener(d, leave);
    return () => { leave(); clearTimeout(timer); for (const d of doings) window.removeEventListener(d, leave); };
  }, [asked.root, asked.state]);
  const set = (k: string, v: string) => {
    const u = new URLSearchParams(p.params);
    if (v) u.set(k, v); else u.delete(k);
    p.go(`#/library${u.size ? "?" + u.toString() : ""}`);
  };
  const again = async (d: Doc) => {
    try { await retry(d.id); setRetried(new Set([...retried, d.id])); } catch (e) { setProblem(e instanceof ApiError ? e.message : w.retryFailed); }
  };
  const path = (d: Doc) => { const r = p.status.roots.find((x) => x.id === d.ref.root); return `${r ? pathText(r) : ""}/${pathText(d.ref)}`; };
  const shown = p.status.roots.find((r) => r.id === asked.root);
  const failed = p.status.roots.filter((r) => !asked.root || r.id === asked.root).reduce((n, r) => n + r.documents.failed, 0);
  const now = readingsOf(p.status), rows = [];
  for (let i = view.from; i < Math.min(view.to, count); i++) {
    const d = list.get(i);
    rows.push(d ? <Row key={d.id} d={d} at={i} reading={now.find((r) => r.ref.root === d.ref.root && pathText(r.ref) === pathText(d.ref))} leaving={!p.status.roots.some((r) => r.id === d.ref.root)} retried={retried.has(d.id)} onRetry={() => void again(d)} onWhy={() => p.onWhy(d.id, path(d))} onOpen={p.onOpen} />
      : <tr key={`row-${i}`} data-row={i} aria-rowindex={i + 2} class="coming"><td colSpan={5}>{w.loading}</td></tr>);
  }
  const gap = (px: number, key: string) => px > 0 && <tr key={key} class="gap" aria-hidden="true"><td colSpan={5} style={{ height: `${px}px` }} /></tr>;
  return <section ref={top} class="documents" aria-label={w.documentsLabel}>
    <div class="documents-bar">
      <h2>{shown ? baseName(pathText(shown)) : w.all}{shown && <button class="plain small" onClick={() => set("root", "")}>{w.showAll}</button>}</h2>
      <label class="said" for="name">{w.part}</label>
      <input id="name" type="search" placeholder={w.part} value={asked.q} onInput={(e) => set("q", e.currentTarget.value)} autocomplete="off" />
    </div>
    <div class="documents-bar"><div class="switch wide" role="group" aria-label={w.state}>{Object.entries(w.filters).map(([s, word]) => <button key={s} aria-pressed={asked.state === s} onClick={() => set("state", s)}>{word}</button>)}</div>
      {list.total !== null && (asked.q || asked.state) && <span class="quiet" role="status">{w.fits(list.total)}</span>}</div>
    {asked.state === "failed" && failed > 1 && <RetryAll root={asked.root} failed={failed} />}
    {(problem || list.problem) && <p class="error" role="alert">{problem || list.problem}</p>}
    {list.total === 0 && <p class="quiet pad">{asked.q || asked.state ? w.noFit : w.noDocument}</p>}
    {list.total !== 0 && count > 0 && <table aria-rowcount={count + 1}>
      <thead><tr><th>{w.file}</th><th>{w.stateHead}</th><th class="num">{w.passagesHead}</th><th class="num wide-only">{w.size}</th><th class="wide-only">{w.changed}</th></tr></thead>
      <tbody ref={view.body}>{gap(view.before, "before")}{rows}{gap(view.after, "after")}</tbody>
    </table>}
  </section>;
}
