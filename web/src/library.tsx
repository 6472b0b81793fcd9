import { useEffect, useState } from "preact/hooks";
import { AddFolder } from "./addfolder";
import { ApiError, documents, pauseRoot, removeRoot, retry, type Doc, type DocumentState, type Root, type Status } from "./api";
import { bytes, count, roughly, seconds, when } from "./format";
import { baseName, documentTarget, folderName, pathText, type Target } from "./place";
import { RulesForm, rulesText } from "./rules";

const total = (r: Root) => r.documents.ready + r.documents.no_text + r.documents.failed + r.documents.skipped + r.documents.unsupported + r.documents.unstable;
const stateMark: Record<DocumentState, [string, string]> = { ready: ["●", "ready"], "no text": ["○", "no text"], failed: ["▲", "failed"], skipped: ["–", "skipped"], unsupported: ["–", "not supported"], unstable: ["◌", "unstable"] };

function RootCard(p: { root: Root; status: Status; chosen: boolean; onChoose: (state?: DocumentState | "partly") => void; onRemoved: () => void; onChanged: () => void }) {
  const r = p.root, n = total(r), all = n + r.waiting, path = pathText(r), name = baseName(path) || path;
  const [asking, setAsking] = useState(false);
  const [ruling, setRuling] = useState(false);
  const [problem, setProblem] = useState("");
  const remove = async () => {
    try { await removeRoot(r.id); p.onRemoved(); } catch (e) { setProblem(e instanceof ApiError ? e.message : "the folder could not be removed"); }
  };
  const pause = async (paused: boolean) => {
    try { await pauseRoot(r.id, paused); setProblem(""); p.onChanged(); } catch (e) { setProblem(e instanceof ApiError ? e.message : `the folder could not be ${paused ? "paused" : "resumed"}`); }
  };
  return <li class={`root ${p.chosen ? "chosen" : ""}`}>
    <div class="root-head">
      <div class="root-name"><h2 dir="auto"><button class="link" aria-pressed={p.chosen} onClick={() => p.onChoose()}>{name}</button></h2><p class="quiet path"><bdi title={path}>{path}</bdi></p></div>
      {!asking && !ruling && <span class="root-actions"><button class="plain small" onClick={() => setRuling(true)} aria-label={`Rules of ${name}`}>Rules</button>
        <button class="plain small" onClick={() => void pause(!r.paused)} aria-label={`${r.paused ? "Resume" : "Pause"} ${name}`}>{r.paused ? "Resume" : "Pause"}</button>
        <button class="plain small" onClick={() => setAsking(true)} aria-label={`Remove ${name}`}>Remove</button></span>}
    </div>
    {ruling ? <RulesForm root={r} onDone={(changed) => { setRuling(false); if (changed) p.onChanged(); }} /> : r.rules && <p class="quiet rules">{rulesText(r.rules)}</p>}
    {r.paused && <p class="notice" role="status">Paused: nothing new is read{r.waiting ? `, ${count(r.waiting, "change")} wait${r.waiting === 1 ? "s" : ""}` : ""}. Search and answers go on with what is indexed.</p>}
    {r.state === "missing" && <p class="fresh gone">▲ {r.reason || "The folder is not there now. What was read stays until it comes back or is removed."}</p>}
    {r.state !== "missing" && r.reason && <p class="notice">{r.reason}</p>}
    {r.state === "indexing" && <div class="progress-line">
      <progress max={Math.max(1, all)} value={n} aria-label={`Reading ${name}`} />
      <span class="quiet">{n.toLocaleString("en")} of {count(all, "file")} read{p.status.queue.files_per_second ? ` · ${p.status.queue.files_per_second.toFixed(1)} a second` : ""}{p.status.queue.eta_seconds ? ` · about ${seconds(p.status.queue.eta_seconds)} left` : ""}</span></div>}
    <p class="counts">
      <button class="count" onClick={() => p.onChoose("ready")}><b>{r.documents.ready.toLocaleString("en")}</b> ready</button>
      {r.documents.failed > 0 && <button class="count bad" onClick={() => p.onChoose("failed")}><b>{r.documents.failed}</b> failed</button>}
      {r.documents.partly > 0 && <button class="count" onClick={() => p.onChoose("partly")}><b>{r.documents.partly}</b> read in part</button>}
      {r.documents.no_text > 0 && <button class="count" onClick={() => p.onChoose("no text")}><b>{r.documents.no_text}</b> without text</button>}
      {r.documents.skipped > 0 && <button class="count" onClick={() => p.onChoose("skipped")}><b>{r.documents.skipped}</b> skipped</button>}
      {r.documents.unsupported > 0 && <button class="count" onClick={() => p.onChoose("unsupported")}><b>{r.documents.unsupported}</b> not supported</button>}
      {r.documents.unstable > 0 && <button class="count" onClick={() => p.onChoose("unstable")}><b>{r.documents.unstable}</b> unstable</button>}
      <span class="quiet">{count(r.chunks, "passage")}</span>
    </p>
    {asking && <div class="confirm" role="group" aria-label="Confirm removal"><p>Forget what was read in this folder? The files on disk stay as they are.</p>
      <button class="button danger" onClick={() => void remove()}>Remove folder</button><button onClick={() => setAsking(false)}>Keep</button></div>}
    {problem && <p class="error" role="alert">{problem}</p>}
  </li>;
}

const filters: [string, string][] = [["", "All"], ["ready", "Ready"], ["partly", "In part"], ["failed", "Failed"], ["no text", "No text"], ["skipped", "Skipped"], ["unsupported", "Not supported"], ["unstable", "Unstable"]];
const step = 100;

function DocumentTable(p: { params: URLSearchParams; go: (hash: string) => void; status: Status; onOpen: (list: Target[], at: number) => void }) {
  const root = Number(p.params.get("root") ?? 0), state = p.params.get("state") ?? "", q = p.params.get("q") ?? "";
  const [limit, setLimit] = useState(step);
  const [page, setPage] = useState<{ documents: Doc[]; total: number } | null>(null);
  const [retried, setRetried] = useState<Set<number>>(new Set());
  const [problem, setProblem] = useState("");
  const set = (k: string, v: string) => {
    const u = new URLSearchParams(p.params);
    if (v) u.set(k, v); else u.delete(k);
    p.go(`#/library${u.size ? "?" + u.toString() : ""}`);
  };
  useEffect(() => setLimit(step), [root, state, q]);
  // What the daemon knows changes with the work done: the numbers in the status tell when to look again.
  const version = JSON.stringify([p.status.roots.map((r) => [r.id, r.documents]), p.status.index.documents, p.status.queue.done]);
  useEffect(() => {
    const stop = new AbortController();
    void (async () => {
      try {
        const all: Doc[] = [];
        let n = 0;
        do { // a request brings at most 500
          const part = await documents({ root, state, q, limit: Math.min(500, limit - all.length), offset: all.length }, stop.signal);
          all.push(...part.documents);
          n = part.total;
          if (part.documents.length === 0) break;
        } while (all.length < Math.min(limit, n));
        setPage({ documents: all, total: n });
        setProblem("");
      } catch (e) { if (!stop.signal.aborted) setProblem(e instanceof ApiError ? e.message : "the list cannot be shown"); }
    })();
    return () => stop.abort();
  }, [root, state, q, limit, version]);
  const again = async (d: Doc) => {
    try { await retry(d.id); setRetried(new Set([...retried, d.id])); } catch (e) { setProblem(e instanceof ApiError ? e.message : "the file could not be tried again"); }
  };
  const shown = p.status.roots.find((r) => r.id === root);
  return <section class="documents" aria-label="Documents">
    <div class="documents-bar">
      <h2>{shown ? baseName(pathText(shown)) : "All documents"}{shown && <button class="plain small" onClick={() => set("root", "")}>Show all folders</button>}</h2>
      <label class="said" for="name">Part of the name</label>
      <input id="name" type="search" placeholder="Part of the name" value={q} onInput={(e) => set("q", e.currentTarget.value)} autocomplete="off" />
    </div>
    <div class="switch wide" role="group" aria-label="State">{filters.map(([s, word]) => <button key={s} aria-pressed={state === s} onClick={() => set("state", s)}>{word}</button>)}</div>
    {problem && <p class="error" role="alert">{problem}</p>}
    {page && page.total === 0 && <p class="quiet pad">{q || state ? "No document fits." : "No document yet."}</p>}
    {page && page.total > 0 && <table>
      <thead><tr><th>File</th><th>State</th><th class="num">Passages</th><th class="num wide-only">Size</th><th class="wide-only">Changed</th></tr></thead>
      <tbody>{page.documents.map((d) => <tr key={d.id}>
        <td><span class="file">{d.state === "ready" ? <button class="link" onClick={() => p.onOpen([documentTarget(d)], 0)}><bdi>{baseName(pathText(d.ref))}</bdi></button> : <bdi>{baseName(pathText(d.ref))}</bdi>}</span>
          {folderName(d.ref.path) && <span class="quiet folder"><bdi>{folderName(pathText(d.ref))}</bdi></span>}
          {d.reason && <span class="reason">{d.reason}</span>}{d.notes?.map((n) => <span class="reason" key={n}>{n}</span>)}</td>
        <td class={`state ${d.state.replace(" ", "-")}`}><span aria-hidden="true">{stateMark[d.state][0]}</span> {stateMark[d.state][1]}
          {d.state === "failed" && <button class="plain small" disabled={retried.has(d.id)} onClick={() => void again(d)}>{retried.has(d.id) ? "Trying…" : "Try again"}</button>}</td>
        <td class="num">{d.chunks || ""}</td><td class="num wide-only">{bytes(d.size)}</td><td class="wide-only quiet">{when(d.modified)}</td></tr>)}</tbody>
    </table>}
    {page && page.total > page.documents.length && <button class="more" onClick={() => setLimit(limit + 500)}>Show more ({(page.total - page.documents.length).toLocaleString("en")} left)</button>}
  </section>;
}

export function LibraryPage(p: { params: URLSearchParams; go: (hash: string) => void; status: Status | null; refresh: () => void; onOpen: (list: Target[], at: number) => void }) {
  const s = p.status;
  if (!s) return <div class="page column"><h1>Library</h1><p class="quiet">Reading the list…</p></div>;
  const choose = (id: number, state?: DocumentState | "partly") => {
    const u = new URLSearchParams({ root: String(id) });
    if (state) u.set("state", state);
    p.go("#/library?" + u.toString());
  };
  return <div class="page column wide">
    <h1>Library</h1>
    {s.roots.length === 0 && <div class="empty-state"><h2>No folder yet</h2><p>golocal reads PDF, Office, e-book, mail, web, Markdown, table, text and code files in the folders you name, and follows every change.</p></div>}
    <AddFolder onAdded={p.refresh} focus={s.roots.length === 0} />
    {s.queue.pace && <p class="notice" role="status">{s.queue.pace}</p>}
    {s.roots.length > 0 && <ul class="roots">{s.roots.map((r) => <RootCard key={r.id} root={r} status={s} chosen={Number(p.params.get("root") ?? 0) === r.id} onChoose={(st) => choose(r.id, st)} onChanged={p.refresh} onRemoved={() => { p.go("#/library"); p.refresh(); }} />)}</ul>}
    {s.roots.length > 0 && <DocumentTable params={p.params} go={p.go} status={s} onOpen={p.onOpen} />}
    <p class="quiet index-line">{count(s.index.documents, "document")} · {count(s.index.chunks, "passage")}{s.index.missing ? `, ${s.index.missing.toLocaleString("en")} still without a vector (found by words already)` : ""} · {bytes(s.index.bytes)} on disk (text {bytes(s.index.text_bytes)}, vectors {bytes(s.index.vector_bytes)}, words {bytes(s.index.posting_bytes)}) · {bytes(s.index.memory_bytes)} of memory{s.index.room ? ` · room for about ${roughly(s.index.room.chunks)} passages more here, then ${s.index.room.short} runs short` : ""}</p>
    {s.index.advice && <p class="notice" role="status">{s.index.advice}</p>}
    {s.index.building && <p class="notice" role="status">{s.index.building.text}</p>}
  </div>;
}
