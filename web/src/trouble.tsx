import type { Models, Status } from "./api";
import { Command, Next } from "./command";
import { troubleWords } from "./text/trouble";

/** A state that holds for every page: what it is, what goes on all the same, and the step that helps. */
function Banner(p: { bad?: boolean; title: string; text: string; commands?: readonly string[]; children?: preact.ComponentChildren }) {
  return <div class={`banner ${p.bad ? "bad" : ""}`} role={p.bad ? "alert" : "status"}>
    <strong>{p.title}</strong> {p.text}{(p.commands ?? []).map((c) => <span key={c}> <Command line={c} /></span>)}{p.children && <> {p.children}</>}</div>;
}

function NoRunner({ m }: { m: Models }) {
  const w = troubleWords();
  return <Banner title={w.noRunner} text={[m.address ? w.tried(m.address) : "", w.goesOn].filter(Boolean).join(" ")}>
    {m.next_step ? <Next step={m.next_step} /> : <a href="#/models">{w.seeModels}</a>}</Banner>;
}

/** The states of golocal as a whole that a page is shown under, the gravest first; page is the one that is shown. */
export function Troubles({ status, gone, page }: { status: Status | null; gone: boolean; page: string }) {
  const w = troubleWords();
  if (gone) return <Banner bad title={w.gone} text={w.goneText} commands={["golocal up"]} />;
  if (!status) return null;
  const t = status.index.trouble, m = status.models, reads = page === "ask" || page === "search";
  const known = t && w.index[t.code];
  return <>
    {t && <Banner bad={t.code === "index_damaged"} title={known?.title ?? w.refused} text={known?.text ?? t.text} {...(known ? { commands: known.commands } : {})} />}
    {m && !m.runner && page !== "models" && <NoRunner m={m} />}
    {m?.runner && !m.embedding && reads && <Banner title={w.noEmbedding} text={w.noEmbeddingText}><a href="#/models">{w.getModel}</a></Banner>}
    {status.offline && page === "models" && <Banner title={w.offline} text={w.offlineText} commands={["golocal models import FILE"]} />}
  </>;
}
