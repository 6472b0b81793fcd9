import { useEffect, useState } from "preact/hooks";
import { ApiError, startDownload, type Download } from "./api";
import { bytes } from "./format";
import { said } from "./remark";
import { suggestions, type Suggested, type Suggestions as All } from "./suggested";
import { modelsWords } from "./text/models";

const few = 3; // of each job that are shown

/** One model that fits, and the step to it. */
function Line({ s, download, say }: { s: Suggested; download: Download | undefined; say: (s: string) => void }) {
  const w = modelsWords();
  const [problem, setProblem] = useState<ApiError | null>(null);
  const get = async () => {
    setProblem(null);
    try { await startDownload({ name: s.name }); say(w.started(s.name)); } catch (e) { setProblem(e instanceof ApiError ? e : new ApiError(0, "internal", w.startFailed, w.again)); }
  };
  const coming = download && download.state !== "done" && download.state !== "cancelled";
  return <li class="suggested">
    <div class="suggested-words"><p><strong>{s.name}</strong> <span class={`badge ${s.fit === "gpu" || s.fit === "memory" ? "on" : ""}`}>{w.fits[s.fit]}</span></p>
      <p class="quiet">{[s.parameters, s.quantization, s.installed ? w.here_ : w.fetches(bytes(s.download)), w.need(bytes(s.need), s.context)].filter(Boolean).join(" · ")}</p>
      {s.missing ? <p class="quiet">{w.lacks(bytes(s.missing))}</p> : null}
      {s.needs_ollama ? <p class="quiet">{w.needsOllama(said(s.needs_ollama_remark, s.needs_ollama))}</p> : s.tiny ? <p class="quiet">{w.tiny}</p> : s.thinking ? <p class="quiet">{w.thinking}</p> : null}
      {problem && <p class="error" role="alert"><strong>{problem.message}</strong> {problem.next}</p>}</div>
    {!s.installed && s.fit !== "too large" && !s.needs_ollama && <button class="small" disabled={coming} aria-label={w.getOf(s.name)} onClick={() => void get()}>{w.get}</button>}
  </li>;
}

/** Models that fit this machine, best first. */
export function Suggestions({ downloads, version, say }: { downloads: Download[]; version: string; say: (s: string) => void }) {
  const w = modelsWords();
  const [all, setAll] = useState<All | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    suggestions(stop.signal).then(setAll, () => undefined); // the runner may have gone meanwhile, which the page says
    return () => stop.abort();
  }, [version]);
  if (!all) return null;
  const list = (title: string, of: Suggested[]) => {
    const fit = of.filter((s) => s.fit !== "too large").slice(0, few), large = of.filter((s) => s.fit === "too large");
    const line = (s: Suggested) => <Line key={s.name} s={s} download={downloads.find((d) => d.name === s.name)} say={say} />;
    return <div><h3>{title}</h3><ul class="suggested-list">{fit.map(line)}</ul>{large.length > 0 && <details class="fold"><summary>{w.showLarge(large.length)}</summary><ul class="suggested-list">{large.map(line)}</ul></details>}</div>;
  };
  return <section class="suggestions"><h2>{w.suggested}</h2>
    <p class="quiet">{all.memory ? w.machine(bytes(all.memory), bytes(all.room)) : ""}{all.gpu ? ` · ${all.gpu_room ? w.gpuRoom(said(all.gpu_remark, all.gpu), bytes(all.gpu_room)) : said(all.gpu_remark, all.gpu)}` : ""}</p>
    {all.note && <p class="notice">{said(all.note_remark, all.note)}</p>}
    <div class="suggested-columns">{list(w.forEmbedding, all.embedding)}{list(w.forChat, all.chat)}</div>
  </section>;
}
