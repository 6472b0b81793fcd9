import { AddFolder } from "./addfolder";
import type { Job, Status } from "./api";
import { Next } from "./command";
import { useDownloads } from "./downloads";
import type { useFirst } from "./firststep";
import { Icon } from "./icons";
import { Fetch, why } from "./models";
import { said } from "./remark";
import { firstWords } from "./text/first";
import { modelsWords } from "./text/models";

function ModelLine({ job, status, downloads }: { job: Job; status: Status; downloads: ReturnType<typeof useDownloads> }) {
  const w = firstWords(), m = job === "chat" ? status.models.chat : status.models.embedding;
  const now = downloads.find((d) => d.for === job && d.state !== "done" && d.state !== "cancelled");
  return <div class="first-model"><h3>{job === "chat" ? w.chat : w.embedding}</h3>
    {m ? <p><Icon name="check" /> {w.have(m.name)}</p> : <><Fetch job={job} downloads={downloads} />{now && <progress {...(now.total ? { max: now.total, value: now.done } : {})} aria-label={modelsWords().downloadOf(now.name)} />}</>}</div>;
}

/** The first run: a runner, models, a folder. Every step may be skipped. */
export function FirstRun({ first, status, refresh }: { first: ReturnType<typeof useFirst>; status: Status; refresh?: () => void }) {
  const w = firstWords(), m = status.models, at = first.step;
  const downloads = useDownloads(() => undefined);
  const names = [w.runner, w.models, w.folder], done = [m.runner !== "", Boolean(m.embedding && m.chat), status.roots.length > 0];
  return <section class="first" aria-labelledby="first-title">
    <h1 id="first-title">{w.title}</h1><p class="quiet">{w.lead}</p>
    <ol class="first-steps">{names.map((name, i) => <li key={name} aria-current={at === i + 1 ? "step" : undefined} class={done[i] ? "done" : ""}>
      <button class="link" onClick={() => first.go(i + 1)}><span class="first-number" aria-hidden="true">{done[i] ? "✓" : i + 1}</span><span class="first-name">{name}</span>{done[i] && <span class="said"> {w.done}</span>}</button></li>)}</ol>
    <div class="first-body"><p class="said">{w.step(at)}</p><h2>{names[at - 1]}</h2>
      {at === 1 && (m.runner ? <p><Icon name="check" /> {w.runnerFound(w.names[m.runner] ?? m.runner)}</p>
        : <><p>{m.reason ? `${why(m)}. ` : ""}{w.runnerNone}</p>{m.next_step && <p>{modelsWords().next} <Next step={said(m.next_remark, m.next_step)} /></p>}<p class="quiet" role="status">{w.looks}</p></>)}
      {at === 2 && <><p>{w.modelsText}</p>{m.runner ? <div class="first-models"><ModelLine job="embedding" status={status} downloads={downloads} /><ModelLine job="chat" status={status} downloads={downloads} /></div> : <p class="notice">{w.noRunner}</p>}
        {m.runner && <p><a href="#/models">{w.larger}</a></p>}</>}
      {at === 3 && <><p>{w.folderText}</p><AddFolder onAdded={refresh ?? (() => undefined)} focus /></>}
      <p class="first-buttons">{at > 1 && <button onClick={() => first.go(at - 1)}>{w.back}</button>}
        {at < 3 && <button class={done[at - 1] ? "button" : ""} onClick={() => first.go(at + 1)}>{done[at - 1] ? w.next : w.skip}</button>}
        <span class="grow" /><button class="plain small" onClick={first.skip}>{w.skipAll}</button></p>
    </div>
  </section>;
}
