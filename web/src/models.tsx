import { useEffect, useState } from "preact/hooks";
import { ApiError, installed, startDownload, useModel, type Building, type Download, type Installed, type Job, type Loaded, type Model, type Models, type Status, type Swaps } from "./api";
import { Next } from "./command";
import { Downloads, useDownloads } from "./downloads";
import { bytes, seconds } from "./format";
import { InstalledTable, usable, useSwitch } from "./installed";
import { Suggestions } from "./suggestions";
import { said } from "./remark";
import { number } from "./text/catalogue";
import { modelsWords } from "./text/models";

/** Why no runner or no model answers, in the language that is shown. */
export const why = (m: Models) => m.remarks?.map((r) => said(r, "")).filter(Boolean).join("; ") || (m.reason ?? "");

/** Where a loaded model computes, how long it stays, and what would make it faster. */
function Placed({ l }: { l: Loaded }) {
  return <p class={l.next_step ? "notice" : "quiet"}>{[said(l.remark, l.where), said(l.stay_remark, l.stay ?? "")].filter(Boolean).join(", ")}{l.next_step && <><br />{modelsWords().next} {said(l.next_remark, l.next_step)}</>}</p>;
}

/** How much of a loaded model lies in GPU memory. */
function shareText(l: Loaded): string {
  const w = modelsWords();
  if (l.vram_bytes === 0) return w.cpu;
  return l.vram_bytes >= l.bytes ? w.gpuAll : w.gpuPart(Math.round(100 * l.vram_bytes / l.bytes));
}

/** What keeping too much in memory has cost. */
function Swapped({ swaps }: { swaps: Swaps }) {
  const w = modelsWords();
  return <>{swaps.text && <p class="notice">{said(swaps.remark, swaps.text)}{swaps.next_step && <><br />{w.next} {said(swaps.next_remark, swaps.next_step)}</>}</p>}
    {swaps.crashes > 0 && <p class="notice">{w.crashes(swaps.crashes)}</p>}</>;
}

/** All models that are in memory, golocal's own or not. */
function InMemory({ loaded }: { loaded: Loaded[] }) {
  const w = modelsWords();
  if (loaded.length === 0) return null;
  return <section><h2>{w.now}</h2><table><thead><tr><th>{w.model}</th><th class="num">{w.size}</th><th class="wide-only">{w.where}</th><th class="num">{w.context}</th></tr></thead>
    <tbody>{loaded.map((l) => <tr key={l.name}><td>{l.name}</td><td class="num">{bytes(l.bytes)}</td><td class="wide-only">{said(l.remark, l.where)}</td><td class="num">{l.context ? number(l.context) : ""}</td></tr>)}</tbody></table></section>;
}

/** Gets a missing model of golocal's choice after a click. */
export function Fetch({ job, downloads }: { job: Job; downloads: Download[] }) {
  const w = modelsWords();
  const [problem, setProblem] = useState<ApiError | null>(null);
  const now = downloads.find((d) => d.for === job && d.state !== "done");
  const start = async () => {
    setProblem(null);
    try { await startDownload({ for: job }); }
    catch (e) { setProblem(e instanceof ApiError ? e : new ApiError(0, "internal", w.fetchFailed, w.again)); }
  };
  if (now) return <p class="quiet">{w.onItsWay(now.name, now.state)}</p>;
  return <><p><button class="button" onClick={() => void start()}>{job === "chat" ? w.getChat : w.getEmbedding}</button></p>
    {problem && <p class="error" role="alert"><strong>{problem.message}</strong> {problem.next}</p>}</>;
}

/** The other installed models for a job, to change to. */
function Choose({ job, now, list, say, onDone }: { job: Job; now: string; list: Installed[]; say: (s: string) => void; onDone: () => void }) {
  const w = modelsWords();
  const fit = list.filter((m) => m.capability === job && usable(m));
  const [name, setName] = useState("");
  const change = useSwitch(say, () => { setName(""); onDone(); });
  if (!fit.some((m) => m.name !== now)) return null;
  const chosen = name || now;
  const id = `choose-${job}`;
  return <form class="choose" onSubmit={(e) => { e.preventDefault(); void change.begin(chosen, job); }}>
    <label for={id}>{now ? w.useAnother : w.use}</label>
    <div class="add-row"><select id={id} value={chosen} onChange={(e) => setName(e.currentTarget.value)}>
      {!now && <option value="">{w.choose}</option>}
      {fit.map((m) => <option key={m.name} value={m.name}>{m.name}{m.parameters ? ` (${m.parameters})` : ""}</option>)}
    </select><button disabled={chosen === now}>{w.use}</button></div>
    {change.shown}
  </form>;
}

/** How far the index for another embedding model is, and the way back while it is not done. */
function BuildingCard({ b, say, onDone }: { b: Building; say: (s: string) => void; onDone: () => void }) {
  const w = modelsWords();
  const [problem, setProblem] = useState<ApiError | null>(null);
  const back = async (name: string) => {
    setProblem(null);
    try { await useModel(name, "embedding"); say(w.cancelled(name)); onDone(); }
    catch (e) { setProblem(e instanceof ApiError ? e : new ApiError(0, "internal", w.changeFailed, w.again)); }
  };
  const facts = [w.built(b.done, b.total), b.seconds ? w.left(seconds(b.seconds)) : "", b.change ? w.answersSame : b.meanwhile ? w.answers(b.meanwhile) : w.answersNone].filter(Boolean).join(" · ");
  return <section class="download building" aria-label={w.building(b.model)}>
    <div class="download-head"><strong>{w.building(b.model)} {b.change ? w.buildingSame[b.change] ?? b.change : ""}</strong>
      {b.meanwhile && !b.change && <button class="small" onClick={() => void back(b.meanwhile ?? "")}>{w.cancelBuild(b.meanwhile)}</button>}</div>
    <progress max={Math.max(1, b.total)} value={b.done} aria-label={w.building(b.model)} />
    <p class="quiet">{facts}</p>
    {b.reason && <p class="notice">{w.waits(said(b.remark, b.reason))}</p>}
    {problem && <p class="error" role="alert"><strong>{problem.message}</strong> {problem.next}</p>}
  </section>;
}

/** The way back to the embedding model that was used before. */
function Before({ name, say, onDone }: { name: string; say: (s: string) => void; onDone: () => void }) {
  const w = modelsWords();
  const change = useSwitch(say, onDone);
  return <div class="before"><p class="quiet">{w.before(name)} <button class="small" onClick={() => void change.begin(name, "embedding")}>{w.goBack(name)}</button></p>{change.shown}</div>;
}

function Role(p: { job: Job; runner: boolean; downloads: Download[]; list: Installed[]; say: (s: string) => void; onDone: () => void; title: string; what: string; model: Model | undefined; loaded: Loaded[]; without: string; before?: string | undefined }) {
  const w = modelsWords(), m = p.model, l = m && p.loaded.find((x) => x.name === m.name);
  return <section class="role"><h2>{p.title}</h2><p class="quiet">{p.what}</p>
    {m ? <><p class="model-name"><strong>{m.name}</strong><span class={`badge ${l ? "on" : ""}`}>{l ? w.inMemory : w.onDisk}</span></p>
      <dl class="facts">
        {m.parameters && <div><dt>{w.parameters}</dt><dd>{m.parameters}</dd></div>}
        {m.quantization && <div><dt>{w.weights}</dt><dd>{m.quantization}</dd></div>}
        {m.bytes ? <div><dt>{w.size}</dt><dd>{bytes(m.bytes)}</dd></div> : null}
        {m.context ? <div><dt>{w.context}</dt><dd>{w.tokens(m.context)}</dd></div> : null}
        {m.dims ? <div><dt>{w.vector}</dt><dd>{w.numbers(m.dims)}</dd></div> : null}
        {l && <div><dt>{w.share}</dt><dd>{shareText(l)}</dd></div>}
      </dl>{l && l.vram_bytes > 0 && <meter class="gpu" min={0} max={l.bytes} value={Math.min(l.vram_bytes, l.bytes)} aria-label={`${w.share}: ${shareText(l)}`} />}
      {l && <Placed l={l} />}{m.speed && <p class="quiet">{said(m.speed_remark, m.speed)}</p>}{m.note && <p class="notice">{said(m.note_remark, m.note)}</p>}</> : <><p>{p.without}</p>{p.runner && <Fetch job={p.job} downloads={p.downloads} />}</>}
    {p.runner && p.before && <Before name={p.before} say={p.say} onDone={p.onDone} />}
    {p.runner && <Choose job={p.job} now={m?.name ?? ""} list={p.list} say={p.say} onDone={p.onDone} />}
  </section>;
}

export function ModelsPage({ status, refresh, say }: { status: Status | null; refresh: () => void; say: (s: string) => void }) {
  const w = modelsWords();
  const [list, setList] = useState<Installed[]>([]);
  const [round, setRound] = useState(0);
  const changed = () => { refresh(); setRound((n) => n + 1); };
  const downloads = useDownloads((d) => { say(w.installed(d.name)); changed(); });
  // What the runner holds changes with what is used and loaded: the status tells when to look again.
  const m = status?.models, building = status?.index.building;
  const version = JSON.stringify([round, m?.runner, m?.embedding?.name, m?.chat?.name, m?.loaded.map((l) => l.name)]);
  useEffect(() => {
    if (!m?.runner) { setList([]); return undefined; }
    const stop = new AbortController();
    installed(stop.signal).then((l) => setList(l.models), () => undefined); // a daemon that is gone is told on every page
    return () => stop.abort();
  }, [version]);
  useEffect(() => { // quicker than the status is read else, which is slow when all is read
    if (!building) return undefined;
    const timer = setInterval(refresh, 1000);
    return () => clearInterval(timer);
  }, [building !== undefined]);
  if (!m) return <div class="page column"><h1>{w.title}</h1><p class="quiet">{w.looking}</p></div>;
  const role = { runner: m.runner !== "", downloads, list, say, onDone: changed, loaded: m.loaded };
  return <div class="page column">
    <h1>{w.title}</h1>
    {m.runner
      ? <section class="runner"><h2>{w.runners[m.runner] ?? m.runner}{m.version ? ` ${m.version}` : ""}</h2><p class="quiet">{w.answersAt} <code>{m.address}</code>{w.here}</p>{m.reason && <p class="notice">{why(m)}</p>}</section>
      : <section class="empty-state"><h2>{w.noRunner}</h2><p>{why(m) || w.noRunnerText}</p>{m.address && <p class="quiet">{w.tried} <code>{m.address}</code></p>}
        {m.next_step && <p>{w.next} <Next step={said(m.next_remark, m.next_step)} /></p>}<p class="quiet">{w.without}</p></section>}
    {building && <BuildingCard b={building} say={say} onDone={changed} />}
    <div class="role-grid">
      <Role {...role} job="embedding" title={w.embedding} what={w.embeddingWhat} model={m.embedding} without={w.embeddingNone} before={building ? undefined : m.embedding_before} />
      <Role {...role} job="chat" title={w.chat} what={w.chatWhat} model={m.chat} without={w.chatNone} />
    </div>
    {m.runner && m.next_step && <p>{w.next} <Next step={said(m.next_remark, m.next_step)} /></p>}
    <Swapped swaps={m.swaps} />
    {(m.runner || downloads.length > 0) && <Downloads list={downloads} say={say} />}
    {m.runner && <Suggestions downloads={downloads} version={version} say={say} />}
    {m.runner && <InstalledTable list={list} say={say} onChanged={changed} />}
    <InMemory loaded={m.loaded} />
  </div>;
}
