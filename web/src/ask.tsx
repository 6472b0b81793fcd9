import { useEffect, useRef, useState } from "preact/hooks";
import type { Scope, Status } from "./api";
import { AnswerView } from "./answer";
import { end, versions, way } from "./branch";
import { Composer } from "./composer";
import { saveConversation } from "./conversations";
import { useFirst } from "./firststep";
import { useFollow } from "./follow";
import { Icon } from "./icons";
import { useFileNames } from "./limitchips";
import { answering } from "./modelpick";
import { FirstRun } from "./pages";
import { type Target, targets } from "./place";
import { Samples } from "./samples";
import { scopeText } from "./scope";
import { type AskState, begin, startAfresh, stopTurn, type Talk } from "./talk";
import { answerWords } from "./text/answer";
import { askWords } from "./text/ask";
import { composerWords } from "./text/composer";
import { counted } from "./text/counted";
import { citations, newTurn, running, type Turn } from "./turn";

export interface AskProps {
  state: AskState; talk: Talk; status: Status | null; active: Target | null;
  onOpen: (list: Target[], at: number) => void; draft?: string; refresh?: () => void; docs?: number[]; // of a search, to be asked alone
}

/** What was typed in a conversation and not sent yet. */
const drafts = new Map<string, string>();

export function AskPage(p: AskProps) {
  const w = askWords(), of = counted();
  const { mode } = p.state, turns = way(p.state.turns, p.state.leaf);
  const kept = p.status ? p.status.history?.on ?? false : p.state.id !== ""; // before the status is read, what the daemon named is kept
  const [draft, write] = useState(p.draft || (drafts.get(p.state.id) ?? ""));
  const setDraft = (s: string) => { write(s); drafts.set(p.state.id, s); };
  useEffect(() => { if (!p.draft) write(drafts.get(p.state.id) ?? ""); }, [p.state.id]);
  useEffect(() => { if (p.docs?.length) { const docs = p.docs; p.talk.update((s) => ({ ...s, scope: { docs } })); } }, []);
  const box = useRef<HTMLTextAreaElement>(null);
  const busy = turns.find(running), last = turns[turns.length - 1];
  const follow = useFollow(turns.length, last !== undefined && running(last), last?.stream !== "", `${p.state.leaf} ${last?.stream.length} ${last?.sentences.length} ${busy !== undefined}`);
  const roots = p.status?.roots ?? [];
  const first = useFirst(p.status), damaged = p.status?.index.trouble?.code === "index_damaged"; // then no folder may be read from it, though there are some
  const next = mode === "quotes" ? "" : answering(p.status?.models, p.state.model);
  useFileNames([p.state.scope, ...turns.map((t) => t.scope)]);
  const ready = roots.reduce((n, r) => n + r.documents.ready, 0);

  // The box moves from the middle to the foot with the first question; the focus goes with it.
  useEffect(() => { if (!window.matchMedia("(pointer: coarse)").matches) box.current?.focus(); }, [turns.length === 0]);
  useEffect(() => {
    const key = (e: KeyboardEvent) => { if (e.key === "Escape" && busy && !e.defaultPrevented) { e.preventDefault(); stopAll(); } };
    window.addEventListener("keydown", key);
    return () => window.removeEventListener("keydown", key);
  }, [busy?.id]);

  const stopAll = () => { if (busy) stopTurn(busy, p.talk); };
  /** Asks after the last turn that is shown, or, as another version, where a given turn was asked. */
  const send = (question: string, how: { scope?: Scope; instead?: Turn; open?: boolean } = {}) => {
    const q = question.trim(), { scope = p.state.scope, instead, open = p.state.open } = how;
    if (q === "" || busy) return;
    const turn = newTurn(q, mode, scope, instead ? instead.parent : p.state.leaf, open && mode !== "quotes", p.state.model);
    p.talk.update((s) => ({ ...s, turns: [...s.turns, turn], leaf: turn.id }));
    if (!instead) setDraft("");
    p.talk.say(w.searching);
    begin(turn, p.state, kept, p.talk);
  };
  const open = (t: Target, among?: Turn) => {
    const list = among ? targets(citations(among)) : [t];
    const at = list.findIndex((x) => x.doc === t.doc && x.span?.start === t.span?.start && x.span?.end === t.span?.end);
    p.onOpen(at < 0 ? [t] : list, Math.max(0, at));
  };

  const composer = <Composer state={p.state} talk={p.talk} status={p.status} refresh={p.refresh} box={box} draft={draft} setDraft={setDraft} before={turns[turns.length - 1]?.question ?? ""}
    busy={busy !== undefined} onSend={(q) => send(q)} onStop={stopAll} onFresh={turns.length > 0 && !busy && !kept ? () => startAfresh(p.talk) : undefined} />;
  if (p.state.problem) {
    return <div class="ask start"><div class="start-inner"><div class="empty-state"><h1>{p.state.problem.status === 404 ? w.gone : w.unreadable}</h1>
      <p>{p.state.problem.status === 404 ? w.goneText : `${p.state.problem.message}. ${p.state.problem.next}`}</p>
      <button class="button" onClick={() => startAfresh(p.talk)}>{w.fresh}</button></div></div></div>;
  }
  if (p.state.loading && turns.length === 0) return <div class="ask start"><p class="quiet">{w.opening}</p></div>;
  if (turns.length === 0 && p.status && first.on && !damaged) return <div class="ask start"><div class="start-inner"><FirstRun first={first} status={p.status} {...(p.refresh ? { refresh: p.refresh } : {})} /></div></div>;
  if (turns.length === 0) {
    return <div class="ask start">
      <div class="start-inner">
        <h1>{w.title}</h1>
        {composer}
        {p.status && (roots.length === 0
          ? !damaged && <div class="empty-state"><h2>{w.noFolder}</h2><p>{w.noFolderText}</p><a class="button" href="#/library">{w.addFolder}</a></div>
          : <p class="quiet">{w.read(of.documents(ready), of.folders(roots.length))}{p.status.state === "indexing" ? w.more : ""}</p>)}
        {p.status && <Samples status={p.status} onAsk={(q) => send(q)} />}
      </div>
    </div>;
  }
  return <div class="ask">
    <div class="conversation" ref={follow.scroller} onScroll={follow.scrolled}><div class="column">
      {kept && p.state.id !== "" && !busy ? <header class="conversation-head"><h1 class="said" dir="auto">{p.state.title || w.conversation}</h1><span class="grow" />
        <button class="plain small" onClick={() => void saveConversation(p.state.id, p.state.title || turns[0]?.question || "", "md")} title={w.saveAs}><Icon name="save" />{w.save}<span class="said">{w.asMarkdown}</span></button>
        <button class="plain small" onClick={() => void saveConversation(p.state.id, p.state.title || turns[0]?.question || "", "json")} title={w.saveJSON} aria-label={w.saveJSON}>JSON</button></header>
        : <h1 class="said">{w.conversation}</h1>}
      {turns.map((t) => {
        const all = versions(p.state.turns, t), i = all.indexOf(t);
        const turn = (to: Turn | undefined) => { if (to) p.talk.update((s) => ({ ...s, leaf: end(s.turns, to.id) })); };
        const by = t.answer?.ledger.model ?? "", same = { scope: t.scope };
        return <AnswerView key={t.id} turn={t} within={scopeText(t.scope, roots)} again={by && next && by !== next ? composerWords().againWith(next) : answerWords().again} active={p.active} version={i} versions={all.length} onVersion={(n) => turn(all[n])} onOpen={open} onStop={() => stopTurn(t, p.talk)}
          onAgain={() => send(t.question, { ...same, instead: t, open: t.open })} onInstead={(q, open) => send(q, { ...same, open })} onEdit={busy ? undefined : (q) => send(q, { ...same, instead: t, open: t.open })}
          onEverywhere={() => { p.talk.update((s) => ({ ...s, scope: {} })); send(t.question, { scope: {} }); }} />;
      })}
    </div></div>
    <div class="column composer-column">{follow.behind && <button class="jump" onClick={() => { follow.jump(); box.current?.focus(); }}>{w.jump}</button>}{composer}</div>
  </div>;
}
