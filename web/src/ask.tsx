import { useEffect, useRef, useState } from "preact/hooks";
import type { Status } from "./api";
import { AnswerView } from "./answer";
import { end, versions, way } from "./branch";
import { saveConversation } from "./conversations";
import { useFirst } from "./firststep";
import { useFollow } from "./follow";
import { Icon } from "./icons";
import { FirstRun } from "./pages";
import { usePick } from "./pick";
import { baseName, type Target, targets } from "./place";
import { Samples } from "./samples";
import { type AskState, begin, startAfresh, stopTurn, type Talk } from "./talk";
import { askWords } from "./text/ask";
import { number } from "./text/catalogue";
import { counted } from "./text/counted";
import { searchWords } from "./text/search";
import { troubleWords } from "./text/trouble";
import { citations, newTurn, running, type Turn } from "./turn";

export interface AskProps {
  state: AskState; talk: Talk; status: Status | null; active: Target | null;
  onOpen: (list: Target[], at: number) => void; draft?: string; refresh?: () => void; docs?: number[]; // of a search, to be asked alone
}

/** What was typed in a conversation and not sent yet. */
const drafts = new Map<string, string>();

export function AskPage(p: AskProps) {
  const w = askWords(), of = counted();
  const { mode, root, docs } = p.state, turns = way(p.state.turns, p.state.leaf);
  const kept = p.status?.history?.on ?? false;
  const [draft, write] = useState(p.draft || (drafts.get(p.state.id) ?? ""));
  const setDraft = (s: string) => { write(s); drafts.set(p.state.id, s); };
  useEffect(() => { if (!p.draft) write(drafts.get(p.state.id) ?? ""); }, [p.state.id]);
  useEffect(() => { if (p.docs?.length) { const of = p.docs; p.talk.update((s) => ({ ...s, docs: of })); } }, []);
  const box = useRef<HTMLTextAreaElement>(null);
  const busy = turns.find(running), last = turns[turns.length - 1];
  const follow = useFollow(turns.length, last !== undefined && running(last), last?.stream !== "", `${p.state.leaf} ${last?.stream.length} ${last?.sentences.length} ${busy !== undefined}`);
  const roots = p.status?.roots ?? [];
  const first = useFirst(p.status), damaged = p.status?.index.trouble?.code === "index_damaged"; // then no folder may be read from it, though there are some
  const ready = roots.reduce((n, r) => n + r.documents.ready, 0);

  // The box moves from the middle to the foot with the first question; the focus goes with it.
  useEffect(() => { if (!window.matchMedia("(pointer: coarse)").matches) box.current?.focus(); }, [turns.length === 0]);
  useEffect(() => {
    const b = box.current;
    if (b) { b.style.height = "auto"; b.style.height = `${Math.min(b.scrollHeight, 180)}px`; }
  }, [draft]);
  useEffect(() => {
    const key = (e: KeyboardEvent) => { if (e.key === "Escape" && busy && !e.defaultPrevented) { e.preventDefault(); stopAll(); } };
    window.addEventListener("keydown", key);
    return () => window.removeEventListener("keydown", key);
  }, [busy?.id]);

  const stopAll = () => { if (busy) stopTurn(busy, p.talk); };
  /** Asks after the last turn that is shown, or, as another version, where a given turn was asked. */
  const send = (question: string, inRoot = root, instead?: Turn, open = p.state.open, inDocs = docs) => {
    const q = question.trim();
    if (q === "" || busy) return;
    const name = roots.find((r) => r.id === inRoot)?.path;
    const turn = newTurn(q, mode, inDocs.length ? { docs: inDocs } : inRoot ? { roots: [inRoot] } : {}, inDocs.length ? searchWords().onlyFiles(number(inDocs.length), inDocs.length === 1) : name ? baseName(name) : "", instead ? instead.parent : p.state.leaf, open && mode !== "quotes");
    p.talk.update((s) => ({ ...s, turns: [...s.turns, turn], leaf: turn.id }));
    if (!instead) setDraft("");
    p.talk.say(w.searching);
    begin(turn, p.state, kept, p.talk);
  };
  const pick = usePick({ box, draft, setDraft, root, say: p.talk.say, take: (d) => p.talk.update((s) => ({ ...s, docs: s.docs.includes(d.id) ? s.docs : [...s.docs, d.id] })) });
  const keydown = (e: KeyboardEvent) => {
    if (e.isComposing || e.keyCode === 229 || pick.keydown(e)) return;
    if (e.key === "Enter" && !e.shiftKey) { e.preventDefault(); send(draft); }
    if (e.key === "ArrowUp" && draft === "" && turns.length) { e.preventDefault(); setDraft(turns[turns.length - 1]?.question ?? ""); }
  };
  const open = (t: Target, among?: Turn) => {
    const list = among ? targets(citations(among)) : [t];
    const at = list.findIndex((x) => x.doc === t.doc && x.span?.start === t.span?.start && x.span?.end === t.span?.end);
    p.onOpen(at < 0 ? [t] : list, Math.max(0, at));
  };

  const composer = <form class="composer" onSubmit={(e) => { e.preventDefault(); send(draft); }}>
    <label class="said" for="question">{w.question}</label>
    <textarea id="question" ref={box} rows={1} value={draft} placeholder={turns.length ? w.on : w.first} maxLength={8000} dir="auto"
      onInput={(e) => setDraft(e.currentTarget.value)} onKeyDown={keydown} {...pick.aria} />
    {pick.shown}
    <div class="composer-foot"><div class="composer-choices">
      {docs.length > 0 ? <span class="limit">{searchWords().onlyFiles(number(docs.length), docs.length === 1)}
        <button type="button" class="plain small" onClick={() => { p.talk.update((s) => ({ ...s, docs: [] })); box.current?.focus(); }} aria-label={searchWords().allFiles}><Icon name="close" /></button></span>
      : <label class="choice"><span class="said">{w.lookIn}</span>
        <select value={String(root)} onChange={(e) => { const v = Number(e.currentTarget.value); p.talk.update((s) => ({ ...s, root: v })); }}>
          <option value="0">{w.all}</option>
          {roots.map((r) => <option key={r.id} value={String(r.id)}>{baseName(r.path)}</option>)}
        </select></label>}
      <div class="switch" role="group" aria-label={w.kind}>
        {w.modes.map(([m, { word, title }]) => <button key={m} type="button" title={title} aria-pressed={mode === m} onClick={() => p.talk.update((s) => ({ ...s, mode: m }))}>{word}</button>)}
      </div>
      {mode !== "quotes" && <button type="button" class="toggle" title={w.openTitle} aria-pressed={p.state.open} onClick={() => p.talk.update((s) => ({ ...s, open: !s.open }))}>{w.open}</button>}
      </div>
      {turns.length > 0 && !busy && !kept && <button type="button" class="plain small fresh-start" title={w.fresh} onClick={() => { startAfresh(p.talk); box.current?.focus(); }}><Icon name="plus" /><span>{w.fresh}</span></button>}
      {busy ? <button type="button" class="send" onClick={stopAll} aria-label={w.stop}><Icon name="stop" /></button>
        : <button class="send" disabled={draft.trim() === ""} aria-label={w.ask}><Icon name="up" /></button>}
    </div>
    {mode === "generate" && p.status?.models.runner && !p.status.models.chat && <p class="quiet composer-note">{troubleWords().noChat} <a href="#/models">{troubleWords().getModel}</a></p>}
  </form>;

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
        <button class="plain small" onClick={() => void saveConversation(p.state.id, p.state.title || turns[0]?.question || "", "md")} title={w.saveAs}><Icon name="save" />{w.save}<span class="said">{w.asMarkdown}</span></button></header>
        : <h1 class="said">{w.conversation}</h1>}
      {turns.map((t) => {
        const all = versions(p.state.turns, t), i = all.indexOf(t);
        const turn = (to: Turn | undefined) => { if (to) p.talk.update((s) => ({ ...s, leaf: end(s.turns, to.id) })); };
        return <AnswerView key={t.id} turn={t} active={p.active} version={i} versions={all.length} onVersion={(n) => turn(all[n])} onOpen={open} onStop={() => stopTurn(t, p.talk)}
          onAgain={() => send(t.question, t.scope.roots?.[0] ?? 0, t, t.open, t.scope.docs ?? [])} onInstead={(q, open) => send(q, t.scope.roots?.[0] ?? 0, undefined, open, t.scope.docs ?? [])} onEdit={busy ? undefined : (q) => send(q, t.scope.roots?.[0] ?? 0, t, t.open, t.scope.docs ?? [])}
          onEverywhere={() => { p.talk.update((s) => ({ ...s, docs: [] })); send(t.question, 0, undefined, undefined, []); }} />;
      })}
    </div></div>
    <div class="column composer-column">{follow.behind && <button class="jump" onClick={() => { follow.jump(); box.current?.focus(); }}>{w.jump}</button>}{composer}</div>
  </div>;
}
