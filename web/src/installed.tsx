import { useState } from "preact/hooks";
import { ApiError, planUse, removeModel, unloadModel, useModel, type Installed, type Job, type Switch } from "./api";
import { Confirm } from "./confirm";
import { useFocusBack } from "./focusback";
import { bytes, seconds } from "./format";
import { said } from "./remark";
import { modelsWords } from "./text/models";

/** Can golocal use the model for its job? */
export const usable = (m: Installed) => !m.refused && !m.base;

/**
 * Changes the model for a job: asks first where passages must be embedded
 * again. What it returns is to be shown; null when there is nothing to say.
 */
export function useSwitch(say: (s: string) => void, onDone: () => void) {
  const w = modelsWords();
  const [plan, setPlan] = useState<Switch | null>(null);
  const [told, setTold] = useState("");
  const [problem, setProblem] = useState<ApiError | null>(null);
  const failed = (e: unknown) => setProblem(e instanceof ApiError ? e : new ApiError(0, "internal", w.changeFailed, w.again));
  const take = async (name: string, job: Job) => {
    try {
      const done = await useModel(name, job);
      setPlan(null);
      setTold(done.overridden ? w.overridden(done.overridden) : "");
      say(done.passages > 0 && done.meanwhile ? w.isUsedLater(name, w.jobs[job]) : w.isUsed(name, w.jobs[job]));
      onDone();
    } catch (e) { failed(e); }
  };
  const begin = async (name: string, job: Job) => {
    setProblem(null); setTold("");
    try {
      const p = await planUse(name, job);
      if (p.passages > 0) setPlan(p); else await take(name, job);
    } catch (e) { failed(e); }
  };
  const shown = plan || told || problem ? <>
    {plan && <Confirm mild label={w.confirmChange} yes={w.useOf(plan.name)} no={w.keepModel(plan.before ?? "")} onYes={() => void take(plan.name, plan.for)} onNo={() => setPlan(null)}>{w.embeddedWith(plan.passages)} <strong>{plan.name}</strong>{plan.seconds ? w.takes(seconds(plan.seconds)) : ""}. {plan.meanwhile ? w.meanwhile(plan.meanwhile) : w.meanwhileWords} {plan.stops ? w.stops(plan.stops) : ""}</Confirm>}
    {told && <p class="notice" role="status">{told}</p>}
    {problem && <p class="error" role="alert"><strong>{problem.message}</strong> {problem.next}</p>}
  </> : null;
  return { begin, shown };
}

function does(m: Installed): string {
  const w = modelsWords();
  if (m.refused) return w.refused;
  if (m.capability === "embedding") return w.jobs.embedding;
  if (m.base) return w.continues;
  return m.thinking ? w.reasons : w.jobs.chat;
}

function ModelRow({ m, say, onChanged }: { m: Installed; say: (s: string) => void; onChanged: () => void }) {
  const w = modelsWords();
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState("");
  const change = useSwitch(say, onChanged), back = useFocusBack(asking);
  const act = async (work: Promise<void>, said: string) => {
    setProblem("");
    try { await work; say(said); onChanged(); } catch (e) { setProblem(e instanceof ApiError ? `${e.message}. ${e.next}` : w.didNot); }
  };
  const inUse = m.in_use_for !== undefined;
  return <tr>
    <td><span class="file">{m.name}</span> {inUse && <span class="badge on">{w.inUse}</span>} {m.loaded && <span class="badge">{w.inMemory}</span>}
      <span class="quiet model-facts"><span class="narrow-only">{does(m)} · {bytes(m.bytes)} · </span>{[m.parameters, m.quantization, m.context ? w.tokens(m.context) : ""].filter(Boolean).join(" · ")}</span>
      {m.refused && <span class="reason">{w.unused(said(m.refused_remark, m.refused))}</span>}
      {m.note && <span class="quiet model-note">{said(m.note_remark, m.note)}</span>}
      {change.shown}
      {asking && <Confirm label={w.removeLabel(m.name)} yes={w.removeDo} no={w.keep} onYes={() => { setAsking(false); void act(removeModel(m.name), w.removed(m.name)); }} onNo={() => setAsking(false)}>{w.removeAsk(m.name, bytes(m.bytes))}</Confirm>}
      {problem && <p class="error" role="alert">{problem}</p>}
    </td>
    <td class="wide-only">{does(m)}</td>
    <td class="num wide-only">{bytes(m.bytes)}</td>
    <td class="actions">
      {!inUse && usable(m) && <button class="small" aria-label={w.useOf(m.name)} onClick={() => void change.begin(m.name, m.capability)}>{w.use}</button>}
      {m.loaded && <button class="plain small" aria-label={w.unloadOf(m.name)} title={w.unloadTitle} onClick={() => void act(unloadModel(m.name), w.unloaded(m.name))}>{w.unload}</button>}
      {!inUse && !asking && <button ref={back} class="plain small" aria-label={w.removeOf(m.name)} onClick={() => setAsking(true)}>{w.remove}</button>}
    </td>
  </tr>;
}

/** Every model on this machine, with what can be done to it. */
export function InstalledTable({ list, say, onChanged }: { list: Installed[]; say: (s: string) => void; onChanged: () => void }) {
  const w = modelsWords();
  return <section class="installed"><h2>{w.onMachine}</h2>
    {list.length === 0 ? <p class="quiet">{w.noModel}</p>
      : <table><thead><tr><th>{w.model}</th><th class="wide-only">{w.does}</th><th class="num wide-only">{w.size}</th><th><span class="said">{w.actions}</span></th></tr></thead>
        <tbody>{list.map((m) => <ModelRow key={m.name} m={m} say={say} onChanged={onChanged} />)}</tbody></table>}
  </section>;
}
