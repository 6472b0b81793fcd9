import { useEffect, useState } from "preact/hooks";
import { ApiError, installed, startDownload, type Download, type Installed, type Job, type Loaded, type Model, type Status, type Swaps } from "./api";
import { Downloads, useDownloads } from "./downloads";
import { bytes, count } from "./format";
import { Icon } from "./icons";
import { InstalledTable, usable, useSwitch } from "./installed";

/** A command to run, with a button that copies it. */
export function Command({ line }: { line: string }) {
  const [copied, setCopied] = useState(false);
  return <span class="command"><code>{line}</code><button class="plain small" aria-label="Copy command" title="Copy command" onClick={() => void navigator.clipboard.writeText(line).then(() => setCopied(true))}><Icon name={copied ? "check" : "copy"} /></button></span>;
}

/** What to do: words, and behind them the command if there is one. */
export function Next({ step }: { step: string }) {
  const at = step.search(/\b(golocal|ollama) [a-z]/);
  return at < 0 ? <>{step}</> : <>{step.slice(0, at)}<Command line={step.slice(at)} /></>;
}

const runners: Record<string, string> = { ollama: "Ollama", engine: "Built-in engine" };

/** Where a loaded model computes, how long it stays, and what would make it faster. */
function Placed({ l }: { l: Loaded }) {
  return <p class={l.next_step ? "notice" : "quiet"}>{[l.where, l.stay].filter(Boolean).join(", ")}{l.next_step && <><br />Next: {l.next_step}</>}</p>;
}

/** What keeping too much in memory has cost. */
function Swapped({ swaps }: { swaps: Swaps }) {
  return <>{swaps.text && <p class="notice">{swaps.text}{swaps.next_step && <><br />Next: {swaps.next_step}</>}</p>}
    {swaps.crashes > 0 && <p class="notice">The engine’s model process ended by itself {count(swaps.crashes, "time")} since its start; each request was tried again.</p>}</>;
}

/** All models that are in memory, golocal's own or not. */
function InMemory({ loaded }: { loaded: Loaded[] }) {
  if (loaded.length === 0) return null;
  return <section><h2>In memory now</h2><table><thead><tr><th>Model</th><th class="num">Size</th><th>Where</th><th class="num">Context</th></tr></thead>
    <tbody>{loaded.map((l) => <tr key={l.name}><td>{l.name}</td><td class="num">{bytes(l.bytes)}</td><td>{l.where}</td><td class="num">{l.context ? l.context.toLocaleString("en") : ""}</td></tr>)}</tbody></table></section>;
}

/** Gets a missing model of golocal's choice after a click. */
function Fetch({ job, downloads }: { job: Job; downloads: Download[] }) {
  const [problem, setProblem] = useState<ApiError | null>(null);
  const now = downloads.find((d) => d.for === job && d.state !== "done");
  const start = async () => {
    setProblem(null);
    try { await startDownload({ for: job }); }
    catch (e) { setProblem(e instanceof ApiError ? e : new ApiError(0, "internal", "the model could not be fetched", "try again")); }
  };
  if (now) return <p class="quiet">{now.name} is on its way, see Downloads{now.state === "paused" ? "; it is paused" : now.state === "failed" ? "; it failed" : ""}.</p>;
  return <><p><button class="button" onClick={() => void start()}>{job === "chat" ? "Get a chat model" : "Get an embedding model"}</button></p>
    {problem && <p class="error" role="alert"><strong>{problem.message}</strong> {problem.next}</p>}</>;
}

/** The other installed models for a job, to change to. */
function Choose({ job, now, list, say, onDone }: { job: Job; now: string; list: Installed[]; say: (s: string) => void; onDone: () => void }) {
  const fit = list.filter((m) => m.capability === job && usable(m));
  const [name, setName] = useState("");
  const change = useSwitch(say, () => { setName(""); onDone(); });
  if (!fit.some((m) => m.name !== now)) return null;
  const chosen = name || now;
  const id = `choose-${job}`;
  return <form class="choose" onSubmit={(e) => { e.preventDefault(); void change.begin(chosen, job); }}>
    <label for={id}>{now ? "Use another" : "Use"}</label>
    <div class="add-row"><select id={id} value={chosen} onChange={(e) => setName(e.currentTarget.value)}>
      {!now && <option value="">choose…</option>}
      {fit.map((m) => <option key={m.name} value={m.name}>{m.name}{m.parameters ? ` (${m.parameters})` : ""}</option>)}
    </select><button disabled={chosen === now}>Use</button></div>
    {change.shown}
  </form>;
}

function Role(p: { job: Job; runner: boolean; downloads: Download[]; list: Installed[]; say: (s: string) => void; onDone: () => void; title: string; what: string; model: Model | undefined; loaded: Loaded[]; without: string }) {
  const m = p.model, l = m && p.loaded.find((x) => x.name === m.name);
  return <section class="role"><h2>{p.title}</h2><p class="quiet">{p.what}</p>
    {m ? <><p class="model-name"><strong>{m.name}</strong><span class={`badge ${l ? "on" : ""}`}>{l ? "in memory" : "on disk"}</span></p>
      <dl class="facts">
        {m.parameters && <div><dt>Parameters</dt><dd>{m.parameters}</dd></div>}
        {m.quantization && <div><dt>Weights</dt><dd>{m.quantization}</dd></div>}
        {m.bytes ? <div><dt>Size</dt><dd>{bytes(m.bytes)}</dd></div> : null}
        {m.context ? <div><dt>Context</dt><dd>{m.context.toLocaleString("en")} tokens</dd></div> : null}
        {m.dims ? <div><dt>Vector</dt><dd>{m.dims} numbers</dd></div> : null}
      </dl>{l && <Placed l={l} />}{m.speed && <p class="quiet">{m.speed}</p>}{m.note && <p class="notice">{m.note}</p>}</> : <><p>{p.without}</p>{p.runner && <Fetch job={p.job} downloads={p.downloads} />}</>}
    {p.runner && <Choose job={p.job} now={m?.name ?? ""} list={p.list} say={p.say} onDone={p.onDone} />}
  </section>;
}

export function ModelsPage({ status, refresh, say }: { status: Status | null; refresh: () => void; say: (s: string) => void }) {
  const [list, setList] = useState<Installed[]>([]);
  const [round, setRound] = useState(0);
  const changed = () => { refresh(); setRound((n) => n + 1); };
  const downloads = useDownloads((d) => { say(`${d.name} is installed`); changed(); });
  // What the runner holds changes with what is used and loaded: the status tells when to look again.
  const m = status?.models;
  const version = JSON.stringify([round, m?.runner, m?.embedding?.name, m?.chat?.name, m?.loaded.map((l) => l.name)]);
  useEffect(() => {
    if (!m?.runner) { setList([]); return undefined; }
    const stop = new AbortController();
    installed(stop.signal).then((l) => setList(l.models), () => undefined); // a daemon that is gone is told on every page
    return () => stop.abort();
  }, [version]);
  if (!m) return <div class="page column"><h1>Models</h1><p class="quiet">Looking…</p></div>;
  const role = { runner: m.runner !== "", downloads, list, say, onDone: changed, loaded: m.loaded };
  return <div class="page column">
    <h1>Models</h1>
    {m.runner
      ? <section class="runner"><h2>{runners[m.runner] ?? m.runner}{m.version ? ` ${m.version}` : ""}</h2><p class="quiet">answers at <code>{m.address}</code>, on this machine</p>{m.reason && <p class="notice">{m.reason}</p>}</section>
      : <section class="empty-state"><h2>No model runner answers</h2><p>{m.reason || "Neither Ollama nor the built-in engine is there."}</p>{m.address && <p class="quiet">Tried <code>{m.address}</code></p>}
        {m.next_step && <p>Next: <Next step={m.next_step} /></p>}<p class="quiet">Search by words and quotes work without one. golocal looks again every few seconds.</p></section>}
    <div class="role-grid">
      <Role {...role} job="embedding" title="Embedding" what="Turns passages into vectors, so that meaning can be searched" model={m.embedding} without="None: search goes by words only." />
      <Role {...role} job="chat" title="Chat" what="Writes answers; every sentence is checked against your files" model={m.chat} without="None: answers are quotes from your files." />
    </div>
    {status.index.building && <p class="notice" role="status">{status.index.building.text}</p>}
    {m.runner && m.next_step && <p>Next: <Next step={m.next_step} /></p>}
    <Swapped swaps={m.swaps} />
    {(m.runner || downloads.length > 0) && <Downloads list={downloads} say={say} />}
    {m.runner && <InstalledTable list={list} say={say} onChanged={changed} />}
    <InMemory loaded={m.loaded} />
  </div>;
}
