import { useEffect, useRef, useState } from "preact/hooks";
import { ApiError, fetchModel, type FetchStep, type Loaded, type Model, type Status, type Swaps } from "./api";
import { bytes, count } from "./format";
import { Icon } from "./icons";

/** A command to run, with a button that copies it. */
export function Command({ line }: { line: string }) {
  const [copied, setCopied] = useState(false);
  return <span class="command"><code>{line}</code><button class="plain small" aria-label="Copy command" title="Copy command" onClick={() => void navigator.clipboard.writeText(line).then(() => setCopied(true))}><Icon name={copied ? "check" : "copy"} /></button></span>;
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

/** Gets a missing model after a click; leaving the page stops it, the next click goes on where it was. */
function Fetch({ what, onDone }: { what: "embedding" | "chat"; onDone: () => void }) {
  const [step, setStep] = useState<FetchStep | null>(null);
  const [problem, setProblem] = useState<ApiError | null>(null);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const start = async () => {
    const c = stop.current = new AbortController();
    setProblem(null); setStep({ stage: "plan", model: "" });
    try { for await (const s of fetchModel(what, c.signal)) setStep(s); onDone(); }
    catch (e) { if (!c.signal.aborted) setProblem(e instanceof ApiError ? e : new ApiError(0, "internal", "the model could not be fetched", "try again")); }
    setStep(null);
  };
  if (step) return <div class="progress-line">
    <progress {...(step.total ? { max: step.total, value: step.done ?? 0 } : {})} aria-label={`Getting ${step.model || "a model"}`} />
    <span class="quiet">{step.model} {step.text || step.stage}{step.total ? ` · ${bytes(step.done ?? 0)} of ${bytes(step.total)}` : ""}</span>
    <button class="small" onClick={() => stop.current?.abort()}>Stop</button></div>;
  return <><p><button class="button" onClick={() => void start()}>{what === "chat" ? "Get a chat model" : "Get an embedding model"}</button></p>
    {problem && <p class="error" role="alert"><strong>{problem.message}</strong> {problem.next}</p>}</>;
}

function Role(p: { kind: "embedding" | "chat"; runner: boolean; onDone: () => void; title: string; what: string; model: Model | undefined; loaded: Loaded[]; without: string }) {
  const m = p.model, l = m && p.loaded.find((x) => x.name === m.name);
  return <section class="role"><h2>{p.title}</h2><p class="quiet">{p.what}</p>
    {m ? <><p class="model-name"><strong>{m.name}</strong><span class={`badge ${l ? "on" : ""}`}>{l ? "in memory" : "on disk"}</span></p>
      <dl class="facts">
        {m.parameters && <div><dt>Parameters</dt><dd>{m.parameters}</dd></div>}
        {m.quantization && <div><dt>Weights</dt><dd>{m.quantization}</dd></div>}
        {m.bytes ? <div><dt>Size</dt><dd>{bytes(m.bytes)}</dd></div> : null}
        {m.context ? <div><dt>Context</dt><dd>{m.context.toLocaleString("en")} tokens</dd></div> : null}
        {m.dims ? <div><dt>Vector</dt><dd>{m.dims} numbers</dd></div> : null}
      </dl>{l && <Placed l={l} />}{m.speed && <p class="quiet">{m.speed}</p>}{m.note && <p class="notice">{m.note}</p>}</> : <><p>{p.without}</p>{p.runner && <Fetch what={p.kind} onDone={p.onDone} />}</>}
  </section>;
}

export function ModelsPage({ status, refresh }: { status: Status | null; refresh: () => void }) {
  if (!status) return <div class="page column"><h1>Models</h1><p class="quiet">Looking…</p></div>;
  const m = status.models;
  return <div class="page column">
    <h1>Models</h1>
    {m.runner
      ? <section class="runner"><h2>{runners[m.runner] ?? m.runner}{m.version ? ` ${m.version}` : ""}</h2><p class="quiet">answers at <code>{m.address}</code>, on this machine</p>{m.reason && <p class="notice">{m.reason}</p>}</section>
      : <section class="empty-state"><h2>No model runner answers</h2><p>{m.reason || "Neither Ollama nor the built-in engine is there."}</p>{m.address && <p class="quiet">Tried <code>{m.address}</code></p>}
        {m.next_step && <p>Next: <Command line={m.next_step} /></p>}<p class="quiet">Search by words and quotes work without one. golocal looks again every few seconds.</p></section>}
    <div class="role-grid">
      <Role kind="embedding" runner={m.runner !== ""} onDone={refresh} title="Embedding" what="Turns passages into vectors, so that meaning can be searched" model={m.embedding} loaded={m.loaded} without="None: search goes by words only." />
      <Role kind="chat" runner={m.runner !== ""} onDone={refresh} title="Chat" what="Writes answers; every sentence is checked against your files" model={m.chat} loaded={m.loaded} without="None: answers are quotes from your files." />
    </div>
    {m.runner && m.next_step && <p>Next: <Command line={m.next_step} /></p>}
    <Swapped swaps={m.swaps} />
    {m.loaded.length > 0 && <section><h2>In memory now</h2><table><thead><tr><th>Model</th><th class="num">Size</th><th>Where</th><th class="num">Context</th></tr></thead>
      <tbody>{m.loaded.map((l) => <tr key={l.name}><td>{l.name}</td><td class="num">{bytes(l.bytes)}</td><td>{l.where}</td><td class="num">{l.context ? l.context.toLocaleString("en") : ""}</td></tr>)}</tbody></table></section>}
  </div>;
}
