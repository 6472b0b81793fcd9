import { useState } from "preact/hooks";
import { ApiError, planUse, removeModel, unloadModel, useModel, type Installed, type Job, type Switch } from "./api";
import { bytes, count, seconds } from "./format";

const jobs: Record<Job, string> = { embedding: "search by meaning", chat: "answers" };

/** Can golocal use the model for its job? */
export const usable = (m: Installed) => !m.refused && !m.base;

/**
 * Changes the model for a job: asks first where passages must be embedded
 * again. What it returns is to be shown; null when there is nothing to say.
 */
export function useSwitch(say: (s: string) => void, onDone: () => void) {
  const [plan, setPlan] = useState<Switch | null>(null);
  const [told, setTold] = useState("");
  const [problem, setProblem] = useState<ApiError | null>(null);
  const failed = (e: unknown) => setProblem(e instanceof ApiError ? e : new ApiError(0, "internal", "the model could not be changed", "try again"));
  const take = async (name: string, job: Job) => {
    try {
      const done = await useModel(name, job);
      setPlan(null);
      setTold(done.overridden ? `${done.overridden} is set in golocal’s environment and stands above config.yaml: the change counts once it is unset.` : "");
      say(done.passages > 0 && done.meanwhile ? `${name} is used for ${jobs[job]} once its index is built` : `${name} is used for ${jobs[job]}`);
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
    {plan && <div class="confirm" role="group" aria-label="Confirm the change"><p>{count(plan.passages, "passage")} will be embedded with <strong>{plan.name}</strong>{plan.seconds ? `, which takes about ${seconds(plan.seconds)}` : ""}. {plan.meanwhile ? `Until that is done the index of ${plan.meanwhile} answers.` : "Until then search goes by words for those not yet done."}</p>
      <button class="button" onClick={() => void take(plan.name, plan.for)}>Use {plan.name}</button><button onClick={() => setPlan(null)}>Keep {plan.before ?? "as it is"}</button></div>}
    {told && <p class="notice" role="status">{told}</p>}
    {problem && <p class="error" role="alert"><strong>{problem.message}</strong> {problem.next}</p>}
  </> : null;
  return { begin, shown };
}

function does(m: Installed): string {
  if (m.refused) return "refused";
  if (m.capability === "embedding") return "search by meaning";
  if (m.base) return "continues text";
  return m.thinking ? "answers, reasons first" : "answers";
}

function ModelRow({ m, say, onChanged }: { m: Installed; say: (s: string) => void; onChanged: () => void }) {
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState("");
  const change = useSwitch(say, onChanged);
  const act = async (work: Promise<void>, said: string) => {
    setProblem("");
    try { await work; say(said); onChanged(); } catch (e) { setProblem(e instanceof ApiError ? `${e.message}. ${e.next}` : "that did not work; try again"); }
  };
  const inUse = m.in_use_for !== undefined;
  return <tr>
    <td><span class="file">{m.name}</span> {inUse && <span class="badge on">in use</span>} {m.loaded && <span class="badge">in memory</span>}
      <span class="quiet model-facts"><span class="narrow-only">{does(m)} · {bytes(m.bytes)} · </span>{[m.parameters, m.quantization, m.context ? `${m.context.toLocaleString("en")} tokens` : ""].filter(Boolean).join(" · ")}</span>
      {m.refused && <span class="reason">golocal does not use it: it {m.refused}</span>}
      {m.note && <span class="quiet model-note">{m.note}</span>}
      {change.shown}
      {asking && <div class="confirm" role="group" aria-label={`Confirm removal of ${m.name}`}><p>Remove {m.name} from this machine? {bytes(m.bytes)} are free again; fetching it later takes a download.</p>
        <button class="button danger" onClick={() => { setAsking(false); void act(removeModel(m.name), `${m.name} is removed`); }}>Remove model</button><button onClick={() => setAsking(false)}>Keep</button></div>}
      {problem && <p class="error" role="alert">{problem}</p>}
    </td>
    <td class="wide-only">{does(m)}</td>
    <td class="num wide-only">{bytes(m.bytes)}</td>
    <td class="actions">
      {!inUse && usable(m) && <button class="small" aria-label={`Use ${m.name}`} onClick={() => void change.begin(m.name, m.capability)}>Use</button>}
      {m.loaded && <button class="plain small" aria-label={`Unload ${m.name}`} title="Let it go from memory" onClick={() => void act(unloadModel(m.name), `${m.name} is out of memory`)}>Unload</button>}
      {!inUse && !asking && <button class="plain small" aria-label={`Remove ${m.name}`} onClick={() => setAsking(true)}>Remove</button>}
    </td>
  </tr>;
}

/** Every model on this machine, with what can be done to it. */
export function InstalledTable({ list, say, onChanged }: { list: Installed[]; say: (s: string) => void; onChanged: () => void }) {
  return <section class="installed"><h2>On this machine</h2>
    {list.length === 0 ? <p class="quiet">No model yet.</p>
      : <table><thead><tr><th>Model</th><th class="wide-only">Does</th><th class="num wide-only">Size</th><th><span class="said">Actions</span></th></tr></thead>
        <tbody>{list.map((m) => <ModelRow key={m.name} m={m} say={say} onChanged={onChanged} />)}</tbody></table>}
  </section>;
}
