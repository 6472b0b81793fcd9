import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import type { Status } from "./api";
import { seconds } from "./format";
import { Icon } from "./icons";
import { answerWords } from "./text/answer";
import { askWords } from "./text/ask";
import { counted } from "./text/counted";
import type { Turn } from "./turn";

/** How golocal stands, for the parts of the page that tell what an answer waits for; null before that is known. */
export const StatusNow = createContext<Status | null>(null);

/** The files that a turn's question is asked of; null where its scope says more than folders and files. */
function filesOf(t: Turn, s: Status | null): number | null {
  const { docs, roots, ...more } = t.scope;
  if (!s || Object.values(more).some((v) => Array.isArray(v) ? v.length > 0 : Boolean(v))) return null;
  if (docs?.length) return docs.length;
  return s.roots.filter((r) => !roots?.length || roots.includes(r.id)).reduce((n, r) => n + r.documents.ready, 0);
}

/** What has been done for a running turn, and what is being done now: a model that is not in memory is loaded first. */
export function phases(t: Turn, s: Status | null): { done: string[]; now: string } {
  const w = askWords(), of = counted(), files = filesOf(t, s);
  if (t.doing === "fresh") return { done: files ? [of.files(files)] : [], now: w.freshens(t.changed.of, t.changed.left) };
  if (t.doing === "search" && t.found === null) return { done: [], now: files && t.phase !== w.goingOn ? w.searchingIn(of.files(files)) : t.phase };
  const done = [...(files ? [of.files(files)] : []), ...(t.found === null || t.doing === "search" ? [] : [of.passages(t.found)])];
  if (t.doing === "quotes") return { done, now: w.choosing };
  if (t.doing === "generate" && t.model && s) return { done, now: s.models.loaded?.some((m) => m.name === t.model) ? w.reads(t.model) : w.loads(t.model) };
  return { done, now: t.phase };
}

/** Seconds since a moment, counted on by itself. */
export function Clock({ since }: { since: number }) {
  const [now, setNow] = useState(performance.now());
  useEffect(() => { const t = setInterval(() => setNow(performance.now()), 200); return () => clearInterval(t); }, []);
  const s = (now - since) / 1000;
  return s < 1 ? null : <span class="quiet clock" aria-hidden="true">{seconds(s)}</span>;
}

/** The line under an answer that is being made: what was done, what is done, for how long; and how to stop it. */
export function Phase({ turn, onStop }: { turn: Turn; onStop: () => void }) {
  const w = answerWords(), { done, now } = phases(turn, useContext(StatusNow));
  return <p class="phase"><span class="pulse" aria-hidden="true" />
    <span class="phase-words">{done.map((d) => <span key={d} class="phase-done">{d} · </span>)}{now}{"…"}</span><Clock since={turn.started} />
    <button class="stop" onClick={onStop} title={`${w.stop}  Esc`}><Icon name="stop" />{w.stop}</button></p>;
}
