import { useEffect, useRef, useState } from "preact/hooks";
import { ApiError, followDownloads, startDownload, steerDownload, type Download } from "./api";
import { bytes, seconds } from "./format";
import { said } from "./remark";
import { modelsWords } from "./text/models";

const asProblem = (e: unknown, message: string) => e instanceof ApiError ? e : new ApiError(0, "internal", message, modelsWords().again);

/** The daemon's downloads as they go on. They are its own: the page only looks. */
export function useDownloads(onDone: (d: Download) => void): Download[] {
  const [list, setList] = useState<Download[]>([]);
  const before = useRef(new Map<string, string>());
  const done = useRef(onDone);
  done.current = onDone;
  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const follow = async () => {
      try {
        for await (const l of followDownloads(stop.signal)) {
          setList(l);
          for (const d of l) {
            const was = before.current.get(d.name);
            before.current.set(d.name, d.state);
            if (d.state === "done" && was !== undefined && was !== "done") done.current(d);
          }
        }
      } catch { /* the daemon is gone, which every page says: look again */ }
      if (!stop.signal.aborted) timer = setTimeout(() => void follow(), 2000);
    };
    void follow();
    return () => { stop.abort(); clearTimeout(timer); };
  }, []);
  return list;
}

function facts(d: Download): string {
  const w = modelsWords(), parts: string[] = [w.states[d.state]];
  if (d.state !== "done" && d.total) parts.push(w.of(bytes(d.done), bytes(d.total)));
  if (d.state === "done" && d.total) parts.push(bytes(d.total));
  if (d.bytes_per_second) parts.push(`${bytes(d.bytes_per_second)}/s`);
  if (d.eta_seconds) parts.push(w.left(seconds(d.eta_seconds)));
  if (d.state === "running" && d.text) parts.push(said(d.text_remark, d.text));
  if (d.state === "running" && !d.total && !d.text) parts.push(w.lookingFor);
  return parts.filter((p) => p !== "").join(" · ");
}

function DownloadRow({ d, say }: { d: Download; say: (s: string) => void }) {
  const w = modelsWords();
  const [problem, setProblem] = useState<ApiError | null>(null);
  const steer = async (order: "pause" | "resume" | "cancel", said: string) => {
    setProblem(null);
    try { await steerDownload(d.name, order); say(said); } catch (e) { setProblem(asProblem(e, w.steerFailed)); }
  };
  const active = d.state === "running" || d.state === "waiting";
  return <li class={`download ${d.state}`}>
    <div class="download-head"><strong>{d.name}</strong>
      {d.state !== "done" && <span class="actions">
        {active && <button class="small" aria-label={w.pauseOf(d.name)} onClick={() => void steer("pause", w.pausedSaid(d.name))}>{w.pause}</button>}
        {(d.state === "paused" || d.state === "failed") && <button class="small" aria-label={d.state === "failed" ? w.againOf(d.name) : w.resumeOf(d.name)} onClick={() => void steer("resume", w.goesOn(d.name))}>{d.state === "failed" ? w.tryAgain : w.resume}</button>}
        <button class="plain small" aria-label={w.cancelOf(d.name)} onClick={() => void steer("cancel", w.cancelledSaid(d.name))}>{w.cancel}</button>
      </span>}
    </div>
    {d.state !== "done" && <progress {...(d.total ? { max: d.total, value: d.done } : d.state === "running" ? {} : { max: 1, value: 0 })} aria-label={w.downloadOf(d.name)} />}
    <p class="quiet">{facts(d)}</p>
    {d.state === "running" && d.notes?.length ? <p class="quiet">{said(d.remarks?.[d.notes.length - 1], d.notes[d.notes.length - 1] ?? "")}</p> : null}
    {d.reason && <p class={d.state === "failed" ? "error" : "notice"} role={d.state === "failed" ? "alert" : undefined}>{said(d.remark, d.reason)}</p>}
    {problem && <p class="error" role="alert"><strong>{problem.message}</strong> {problem.next}</p>}
  </li>;
}

/** Downloads, and the field that begins one. */
export function Downloads({ list, say }: { list: Download[]; say: (s: string) => void }) {
  const w = modelsWords();
  const [name, setName] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiError | null>(null);
  const submit = async () => {
    setBusy(true); setProblem(null);
    try { await startDownload({ name: name.trim() }); say(w.started(name.trim())); setName(""); }
    catch (e) { setProblem(asProblem(e, w.startFailed)); }
    finally { setBusy(false); }
  };
  return <section class="downloads"><h2>{w.downloads}</h2>
    <form class="add" onSubmit={(e) => { e.preventDefault(); void submit(); }}>
      <label for="pull">{w.byName}</label>
      <div class="add-row"><input id="pull" value={name} placeholder="qwen3:4b" autocomplete="off" spellcheck={false} onInput={(e) => { setName(e.currentTarget.value); setProblem(null); }} />
        <button class="button" disabled={name.trim() === "" || busy}>{w.get}</button></div>
      {problem ? <p class="error" role="alert"><strong>{problem.message}</strong> {problem.next}</p>
        : <p class="quiet">{w.hint}</p>}
    </form>
    {list.length > 0 && <ul class="download-list">{list.map((d) => <DownloadRow key={d.name} d={d} say={say} />)}</ul>}
  </section>;
}
