import { useEffect, useRef, useState } from "preact/hooks";
import { ApiError, ask, type ChatEvent, type Mode, type Status } from "./api";
import { AnswerView } from "./answer";
import { count } from "./format";
import { Icon } from "./icons";
import { baseName, type Target, targets } from "./place";
import { citations, history, newTurn, running, step, type Turn } from "./turn";

export interface AskState { turns: Turn[]; mode: Mode; root: number }
export const noQuestions: AskState = { turns: [], mode: "auto", root: 0 };

/** The runs that are in progress; they go on while another page is shown. */
const runs = new Map<number, AbortController>();

export interface AskProps {
  state: AskState; update: (f: (s: AskState) => AskState) => void; status: Status | null; active: Target | null;
  onOpen: (list: Target[], at: number) => void; say: (s: string) => void; draft?: string;
}

/** Starts a question. Events are put on the page at most once a frame. */
function start(turn: Turn, before: Turn[], update: AskProps["update"], say: AskProps["say"]): void {
  const stop = new AbortController();
  runs.set(turn.id, stop);
  let waiting: ChatEvent[] = [], asked = false;
  const change = (f: (t: Turn) => Turn) => update((s) => ({ ...s, turns: s.turns.map((t) => t.id === turn.id ? f(t) : t) }));
  const flush = () => {
    asked = false;
    const events = waiting;
    waiting = [];
    if (events.length) change((t) => events.reduce(step, t));
  };
  void (async () => {
    try {
      for await (const e of ask({ question: turn.question, mode: turn.mode, scope: turn.scope, messages: history(before) }, stop.signal)) {
        waiting.push(e);
        if (!asked) { asked = true; if (document.hidden) setTimeout(flush, 100); else requestAnimationFrame(flush); }
        if (e.type === "answer") say(e.kind === "none" ? "Your files don’t answer this" : `Answer complete, ${count((e.sources ?? []).length, "source")}`);
      }
      flush();
    } catch (e) {
      flush();
      if (stop.signal.aborted) { change((t) => ({ ...t, stopped: true, phase: "" })); say("Stopped"); }
      else change((t) => ({ ...t, phase: "", error: e instanceof ApiError ? e : new ApiError(0, "internal", "the answer could not be read", "ask again") }));
    } finally {
      runs.delete(turn.id);
    }
  })();
}

const modes: [Mode, string, string][] = [["auto", "Best", "What suits the models you have"], ["quotes", "Quotes", "Sentences from your files, nothing else"], ["generate", "Written", "A model writes; each sentence is checked"]];

export function AskPage(p: AskProps) {
  const { turns, mode, root } = p.state;
  const [draft, setDraft] = useState(p.draft ?? "");
  const box = useRef<HTMLTextAreaElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const follow = useRef(true);
  const shownTurns = useRef(0);
  const [released, setReleased] = useState(false);
  const busy = turns.find(running);
  const roots = p.status?.roots ?? [];
  const ready = roots.reduce((n, r) => n + r.documents.ready, 0);

  // The box moves from the middle to the foot with the first question; the focus goes with it.
  useEffect(() => { if (!window.matchMedia("(pointer: coarse)").matches) box.current?.focus(); }, [turns.length === 0]);
  useEffect(() => {
    const b = box.current;
    if (b) { b.style.height = "auto"; b.style.height = `${Math.min(b.scrollHeight, 180)}px`; }
  }, [draft]);
  useEffect(() => {
    // A new question goes to the top and stays there, the best quote below it;
    // only text that is being written is followed.
    const s = scroller.current, last = turns[turns.length - 1];
    const fresh = shownTurns.current !== turns.length;
    shownTurns.current = turns.length;
    if (s && last && (fresh || (follow.current && running(last) && last.stream !== ""))) s.scrollTop = s.scrollHeight;
  }, [turns]);
  useEffect(() => {
    const key = (e: KeyboardEvent) => { if (e.key === "Escape" && busy && !e.defaultPrevented) { e.preventDefault(); stopAll(); } };
    window.addEventListener("keydown", key);
    return () => window.removeEventListener("keydown", key);
  }, [busy?.id]);

  const stopAll = () => { for (const r of runs.values()) r.abort(); };
  const scrolled = () => {
    const s = scroller.current;
    if (!s) return;
    follow.current = s.scrollHeight - s.scrollTop - s.clientHeight < 60;
    setReleased(!follow.current && busy !== undefined);
  };
  const send = (question: string, inRoot = root) => {
    const q = question.trim();
    if (q === "" || busy) return;
    const name = roots.find((r) => r.id === inRoot)?.path;
    const turn = newTurn(q, mode, inRoot ? { roots: [inRoot] } : {}, name ? baseName(name) : "");
    follow.current = true;
    p.update((s) => ({ ...s, turns: [...s.turns, turn] }));
    setDraft("");
    p.say("Searching");
    start(turn, turns, p.update, p.say);
  };
  const keydown = (e: KeyboardEvent) => {
    if (e.isComposing || e.keyCode === 229) return;
    if (e.key === "Enter" && !e.shiftKey) { e.preventDefault(); send(draft); }
    if (e.key === "ArrowUp" && draft === "" && turns.length) { e.preventDefault(); setDraft(turns[turns.length - 1]?.question ?? ""); }
  };
  const open = (t: Target, among?: Turn) => {
    const list = among ? targets(citations(among)) : [t];
    const at = list.findIndex((x) => x.doc === t.doc && x.span?.start === t.span?.start && x.span?.end === t.span?.end);
    p.onOpen(at < 0 ? [t] : list, Math.max(0, at));
  };

  const composer = <form class="composer" onSubmit={(e) => { e.preventDefault(); send(draft); }}>
    <label class="said" for="question">Your question</label>
    <textarea id="question" ref={box} rows={1} value={draft} placeholder={turns.length ? "Ask on, or ask something else" : "Ask about your files"} maxLength={8000} dir="auto"
      onInput={(e) => setDraft(e.currentTarget.value)} onKeyDown={keydown} />
    <div class="composer-foot">
      <label class="choice"><span class="said">Look in</span>
        <select value={String(root)} onChange={(e) => { const v = Number(e.currentTarget.value); p.update((s) => ({ ...s, root: v })); }}>
          <option value="0">All folders</option>
          {roots.map((r) => <option key={r.id} value={String(r.id)}>{baseName(r.path)}</option>)}
        </select></label>
      <div class="switch" role="group" aria-label="Kind of answer">
        {modes.map(([m, word, title]) => <button key={m} type="button" title={title} aria-pressed={mode === m} onClick={() => p.update((s) => ({ ...s, mode: m }))}>{word}</button>)}
      </div>
      <span class="grow" />
      {turns.length > 0 && !busy && <button type="button" class="plain small fresh-start" title="New conversation" onClick={() => { p.update((s) => ({ ...s, turns: [] })); box.current?.focus(); }}><Icon name="plus" /><span>New conversation</span></button>}
      {busy ? <button type="button" class="send" onClick={stopAll} aria-label="Stop answering"><Icon name="stop" /></button>
        : <button class="send" disabled={draft.trim() === ""} aria-label="Ask"><Icon name="up" /></button>}
    </div>
  </form>;

  if (turns.length === 0) {
    return <div class="ask start">
      <div class="start-inner">
        <h1>What do your files say?</h1>
        {composer}
        {p.status && (roots.length === 0
          ? <div class="empty-state"><h2>No folder yet</h2><p>Choose a folder and golocal reads the documents in it. They stay where they are, and nothing leaves this machine.</p><a class="button" href="#/library">Add a folder</a></div>
          : <p class="quiet">{count(ready, "document")} in {count(roots.length, "folder")}, read on this machine.{p.status.state === "indexing" ? " More are being read; you can ask meanwhile." : ""}</p>)}
      </div>
    </div>;
  }
  return <div class="ask">
    <div class="conversation" ref={scroller} onScroll={scrolled}><div class="column">
      <h1 class="said">Conversation</h1>
      {turns.map((t) => <AnswerView key={t.id} turn={t} active={p.active} onOpen={open} onStop={() => runs.get(t.id)?.abort()} onAgain={() => send(t.question)} onEverywhere={() => send(t.question, 0)} />)}
    </div></div>
    {released && <button class="jump" onClick={() => { follow.current = true; setReleased(false); const s = scroller.current; if (s) s.scrollTop = s.scrollHeight; }}>Jump to latest</button>}
    <div class="column composer-column">{composer}</div>
  </div>;
}
