import { useState } from "preact/hooks";
import { AddFolder } from "./addfolder";
import { ApiError, pauseRoot, removeRoot, type DocumentState, type Root, type Status } from "./api";
import { Confirm } from "./confirm";
import { DocumentTable } from "./documents";
import { useFocusBack } from "./focusback";
import { bytes, roughly, seconds } from "./format";
import { GrowthPlots } from "./growth";
import { AddFiles } from "./inbox";
import { baseName, pathText, type Target } from "./place";
import { Readings } from "./readings";
import { said } from "./remark";
import { type Removals, rootKey } from "./removal";
import { RetryAll } from "./retryall";
import { RulesForm, rulesText } from "./rules";
import { number } from "./text/catalogue";
import { libraryWords } from "./text/library";
import { WhyFile } from "./whynot";

const total = (r: Root) => r.documents.ready + r.documents.no_text + r.documents.failed + r.documents.skipped + r.documents.unsupported + r.documents.unstable;

function RootCard(p: { root: Root; status: Status; chosen: boolean; removals: Removals; onChoose: (state?: DocumentState | "partly") => void; onRemoved: () => void; onChanged: () => void }) {
  const w = libraryWords(), r = p.root, n = total(r), all = n + r.waiting, path = pathText(r), name = baseName(path) || path;
  const [asking, setAsking] = useState(false);
  const [ruling, setRuling] = useState(false);
  const [problem, setProblem] = useState("");
  const backToRules = useFocusBack(ruling), backToRemove = useFocusBack(asking);
  const remove = () => {
    p.removals.remove({ keys: [rootKey(r)], text: w.removed(name), failed: w.removeFailed, go: async () => { await removeRoot(r.id); p.onChanged(); } });
    p.onRemoved();
  };
  const told = problem || p.removals.failed.get(rootKey(r));
  const pause = async (paused: boolean) => {
    try { await pauseRoot(r.id, paused); setProblem(""); p.onChanged(); } catch (e) { setProblem(e instanceof ApiError ? e.message : w.pauseFailed); }
  };
  const counted: [DocumentState | "partly", number][] = [["failed", r.documents.failed], ["partly", r.documents.partly], ["no text", r.documents.no_text], ["skipped", r.documents.skipped], ["unsupported", r.documents.unsupported], ["unstable", r.documents.unstable]];
  return <li class={`root ${p.chosen ? "chosen" : ""}`}>
    <div class="root-name"><h2 dir="auto"><button class="link" aria-pressed={p.chosen} onClick={() => p.onChoose()}>{name}</button></h2><p class="quiet path"><bdi title={path}>{path}</bdi></p></div>
    {!ruling && r.rules && <p class="quiet rules">{rulesText(r.rules)}</p>}
    {r.paused && <p class="notice" role="status">{w.paused(r.waiting)}</p>}
    {r.state === "missing" && <p class="fresh gone">▲ {said(r.remark, r.reason ?? "") || w.missing}</p>}
    {r.state !== "missing" && r.reason && <p class="notice">{said(r.remark, r.reason)}</p>}
    {r.state === "indexing" && <div class="progress-line">
      <progress max={Math.max(1, all)} value={n} aria-label={w.readingOf(name)} />
      <span class="quiet">{w.read(n, all)}{p.status.queue.files_per_second ? ` · ${w.rate(p.status.queue.files_per_second)}` : ""}{p.status.queue.eta_seconds ? ` · ${w.left(seconds(p.status.queue.eta_seconds))}` : ""}</span></div>}
    <p class="counts">
      <button class="count" onClick={() => p.onChoose("ready")}><b>{number(r.documents.ready)}</b> {w.states.ready}</button>
      {counted.map(([s, x]) => x > 0 && <button key={s} class={`count ${s === "failed" ? "bad" : ""}`} onClick={() => p.onChoose(s)}><b>{number(x)}</b> {w.states[s]}</button>)}
      <span class="quiet">{w.passages(r.chunks)}</span>
    </p>
    {ruling && <RulesForm root={r} onDone={(changed) => { setRuling(false); if (changed) p.onChanged(); }} />}
    {r.documents.failed > 1 && <RetryAll root={r.id} failed={r.documents.failed} of={name} />}
    {asking && <Confirm label={w.forgetLabel} yes={w.forgetDo} no={w.keep} onYes={remove} onNo={() => setAsking(false)}>{w.forget}</Confirm>}
    {!asking && !ruling && <p class="root-actions"><button ref={backToRules} class="plain small" onClick={() => setRuling(true)} aria-label={w.rulesOf(name)}>{w.rules}</button>
      <button class="plain small" onClick={() => void pause(!r.paused)} aria-label={r.paused ? w.resumeOf(name) : w.pauseOf(name)}>{r.paused ? w.resume : w.pause}</button>
      <button ref={backToRemove} class="plain small" onClick={() => setAsking(true)} aria-label={w.removeOf(name)}>{w.remove}</button></p>}
    {told && <p class="error" role="alert">{told}</p>}
  </li>;
}

function IndexLine({ s }: { s: Status }) {
  const w = libraryWords(), i = s.index;
  return <p class="quiet index-line">{w.index(i.documents, i.chunks)}{i.missing ? w.lacking(i.missing) : ""}{w.disk(bytes(i.bytes), bytes(i.text_bytes), bytes(i.vector_bytes), bytes(i.posting_bytes))}{w.memory(bytes(i.memory_bytes))}{i.room ? w.room(roughly(i.room.chunks), w.short[i.room.short] ?? i.room.short) : ""}</p>;
}

export function LibraryPage(p: { params: URLSearchParams; go: (hash: string) => void; status: Status | null; refresh: () => void; removals: Removals; onOpen: (list: Target[], at: number) => void }) {
  const s = p.status, w = libraryWords();
  const [probed, setProbed] = useState({ document: 0, path: "", round: 0 });
  if (!s) return <div class="page column"><h1>{w.title}</h1><p class="quiet">{w.reading}</p></div>;
  const choose = (id: number, state?: DocumentState | "partly") => {
    const u = new URLSearchParams({ root: String(id) });
    if (state) u.set("state", state);
    p.go("#/library?" + u.toString());
  };
  return <div class="page column">
    <h1>{w.title}</h1>
    {s.roots.length === 0 && <div class="empty-state"><h2>{w.none}</h2><p>{w.noneText}</p></div>}
    <AddFolder onAdded={p.refresh} focus={s.roots.length === 0} />
    <AddFiles />
    {s.queue.pace && <p class="notice" role="status">{said(s.queue.pace_remark, s.queue.pace)}</p>}
    {s.roots.length > 0 && <ul class="roots">{s.roots.map((r) => <RootCard key={r.id} root={r} status={s} chosen={Number(p.params.get("root") ?? 0) === r.id} onChoose={(st) => choose(r.id, st)} removals={p.removals} onChanged={p.refresh} onRemoved={() => p.go("#/library")} />)}</ul>}
    {s.roots.length > 0 && <Readings status={s} />}
    {s.roots.length > 0 && <IndexLine s={s} />}
    {s.index.advice && <p class="notice" role="status">{s.index.advice}</p>}
    {s.index.building && <p class="notice" role="status">{s.index.building.text}</p>}
    {s.roots.length > 0 && <GrowthPlots version={`${s.index.documents} ${s.index.chunks}`} />}
    {s.roots.length > 0 && <WhyFile key={probed.round} document={probed.document} path={probed.path} />}
    {s.roots.length > 0 && <DocumentTable params={p.params} go={p.go} status={s} onOpen={p.onOpen} onWhy={(document, path) => setProbed((b) => ({ document, path, round: b.round + 1 }))} />}
  </div>;
}
