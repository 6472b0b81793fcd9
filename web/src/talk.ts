// The conversation of this tab and the answers that are being made for it. They
// go on while another page is shown, and, where the daemon keeps conversations,
// while nobody looks.
import { ApiError, ask, type ChatEvent, type Mode, type Question, type Scope } from "./api";
import { end, tree, way } from "./branch";
import { conversation, followRun, stopRun } from "./conversations";
import { withoutFiles } from "./scope";
import { askWords } from "./text/ask";
import { counted } from "./text/counted";
import { history, keptTurn, running, step, type Turn } from "./turn";

/** id is the daemon's name for the conversation ("" is one it has not kept), leaf the last turn shown (0 is none), loading the id of one that is being fetched, scope where the next question is asked, model which one it is to be answered by ("" is the one in use). */
export interface AskState { id: string; title: string; turns: Turn[]; leaf: number; mode: Mode; scope: Scope; model: string; open: boolean; loading: string; problem: ApiError | null }
export const noQuestions: AskState = { id: "", title: "", turns: [], leaf: 0, mode: "auto", scope: {}, model: "", open: false, loading: "", problem: null };

export type Update = (f: (s: AskState) => AskState) => void;
export interface Talk { update: Update; say: (s: string) => void; onKept: () => void }

/** The reading of a running turn's events: what ends it, the daemon's name for the work once it is told, and whether it was stopped before that. */
interface Reading { end: AbortController; run: string; stopped: boolean }
const readings = new Map<number, Reading>();

/** Ends the work behind a reading, which the daemon would go on with. */
function stopWork(r: Reading): void {
  r.end.abort();
  stopRun(r.run).catch(() => undefined); // it had ended by itself
}

const failed = (e: unknown) => e instanceof ApiError ? e : new ApiError(0, "internal", askWords().unread, askWords().again);

/** How long what has come waits for more before it is drawn, ms: nobody reads faster, drawing is most of the page's work, and a long answer takes longer to draw. */
const gather = (letters: number) => 75 + Math.min(75, letters / 200);

/** Reads events into a turn, onto the page in one frame what came together, until the answer. */
async function read(turn: number, events: AsyncGenerator<ChatEvent>, talk: Talk): Promise<void> {
  let waiting: ChatEvent[] = [], asked = false, drawn = -Infinity, letters = 0;
  const flush = () => {
    asked = false;
    const es = waiting;
    waiting = [];
    drawn = performance.now();
    if (es.length) change(turn, talk, (t) => es.reduce(step, t));
  };
  try {
    for await (const e of events) {
      waiting.push(e);
      if (e.type === "token") letters += e.text.length;
      const reading = readings.get(turn);
      if (e.type === "run" && reading) {
        reading.run = e.run;
        if (reading.stopped) stopWork(reading);
      }
      if (e.type === "run" && e.conversation) {
        talk.update((s) => s.turns.some((t) => t.id === turn) ? { ...s, id: e.conversation } : s);
        talk.onKept();
      }
      if (e.type === "status" && e.phase === "generate") talk.say(askWords().answering);
      if (!asked) {
        asked = true;
        const wait = drawn + gather(letters) - performance.now();
        if (document.hidden) setTimeout(flush, 100);
        else if (wait > 0) setTimeout(() => requestAnimationFrame(flush), wait);
        else requestAnimationFrame(flush);
      }
      if (e.type === "answer") { talk.say(e.kind === "none" ? askWords().none : askWords().complete(counted().sources((e.sources ?? []).length))); talk.onKept(); }
    }
  } finally {
    flush();
  }
}

/** How a turn ends that was read to an error: stopped by another tab or command, or failed. */
const broken = (t: Turn, e: ApiError): Turn => e.code === "stopped" ? { ...t, phase: "", stopped: true } : { ...t, phase: "", error: e };

const change = (id: number, talk: Talk, f: (t: Turn) => Turn) => talk.update((s) => s.turns.some((t) => t.id === id) ? { ...s, turns: s.turns.map((t) => t.id === id ? f(t) : t) } : s);

/** Asks a new turn's question. kept tells whether the daemon keeps conversations: then the work is its own and is taken up again when the line breaks. */
export function begin(turn: Turn, s: AskState, kept: boolean, talk: Talk): void {
  const before = way(s.turns, turn.parent), last = before[before.length - 1];
  const q: Question = { question: turn.question, mode: turn.mode, scope: turn.scope, ...(turn.open ? { open: true } : {}), ...(turn.writer ? { model: turn.writer } : {}),
    ...(kept ? { conversation: s.id, parent: last?.kept || (s.id ? "first" : "") } : { messages: history(before) }) };
  const stop = new AbortController();
  readings.set(turn.id, { end: stop, run: "", stopped: false });
  const work: Work = { run: "", conversation: "", kept: "" };
  let at = 0;
  const noted = async function* (events: AsyncGenerator<ChatEvent>): AsyncGenerator<ChatEvent> {
    for await (const e of events) { if (e.type === "run") Object.assign(work, { run: e.run, conversation: e.conversation, kept: e.turn }); at = e.at ?? at; yield e; }
  };
  void (async () => {
    try { await read(turn.id, noted(ask(q, stop.signal)), talk); }
    catch (e) {
      if (stop.signal.aborted) return;
      if (work.run && e instanceof ApiError && e.code === "gone") follow(turn.id, work, at, new AbortController(), talk);
      else change(turn.id, talk, (t) => broken(t, failed(e)));
    } finally { if (readings.get(turn.id)?.end === stop) readings.delete(turn.id); }
  })();
}

/** The daemon's names for the work on a turn, and for where it is kept; those are "" where nothing is. */
interface Work { run: string; conversation: string; kept: string }

/** Takes up the events of work that the daemon goes on with, until it has ended. What a daemon that was started anew does not know is taken from what was kept. */
function follow(turn: number, work: Work, at: number, stop: AbortController, talk: Talk): void {
  readings.set(turn, { end: stop, run: work.run, stopped: false });
  void (async () => {
    for (let wait = 500; !stop.signal.aborted; wait = Math.min(4000, wait * 2)) {
      try {
        await read(turn, counted(followRun(work.run, at, stop.signal)), talk);
        break;
      } catch (e) {
        if (stop.signal.aborted) return;
        const ended = e instanceof ApiError && e.status === 404 ? await outcome(turn, work, stop.signal, talk) : failed(e);
        if (stop.signal.aborted) return;
        if (!ended) break;
        if (ended.code !== "gone") { change(turn, talk, (t) => broken(t, ended)); break; }
      }
      await new Promise((r) => setTimeout(r, wait));
    }
    readings.delete(turn);
  })();
  async function* counted(events: AsyncGenerator<ChatEvent>): AsyncGenerator<ChatEvent> {
    for await (const e of events) { at = e.at ?? at; yield e; }
  }
}

/** Puts what was kept of a turn on the page, or tells why it cannot. Of one that a daemon left when it ended, what had arrived stays. */
async function outcome(turn: number, { conversation: id, kept }: Work, signal: AbortSignal, talk: Talk): Promise<ApiError | null> {
  const w = askWords();
  if (!id) return new ApiError(404, "not_found", w.brokeOff, w.again);
  try {
    const k = (await conversation(id, signal)).turns?.find((t) => t.id === kept);
    if (!k || k.state === "running") return new ApiError(404, "not_found", w.unheard, w.openAgain);
    change(turn, talk, (t) => { const now = keptTurn(k, t.parent); return now.answer || now.error ? { ...now, id: t.id, open: t.open } : { ...t, kept, phase: "", stopped: true }; });
    talk.onKept();
    return null;
  } catch (e) {
    return failed(e);
  }
}

/** Ends a turn's work for good; what had arrived stays. */
export function stopTurn(t: Turn, talk: Talk): void {
  const r = readings.get(t.id);
  if (r?.run) stopWork(r);
  else if (r) r.stopped = true;
  change(t.id, talk, (x) => running(x) ? { ...x, stopped: true, phase: "" } : x);
  talk.say(askWords().stopped);
}

/** Leaves the turns of a conversation alone: the daemon goes on with them. */
function leave(turns: Turn[]): void {
  for (const t of turns) {
    const r = readings.get(t.id);
    if (r && !r.stopped) { r.end.abort(); readings.delete(t.id); } // one that was stopped is read until its name is known
  }
}

/** Begins a conversation anew; how and where to ask stays, save single files, which are of what was talked about. */
export function startAfresh(talk: Talk): void {
  talk.update((s) => { leave(s.turns); return { ...noQuestions, mode: s.mode, scope: withoutFiles(s.scope), model: s.model, open: s.open }; });
}

/** Shows a kept conversation, at a turn if one is named; what runs in it is taken up. */
export async function openConversation(id: string, at: string, talk: Talk, signal: AbortSignal): Promise<void> {
  talk.update((s) => ({ ...s, loading: id, problem: null }));
  try {
    const c = await conversation(id, signal);
    const turns = tree(c.turns ?? []), shown = turns.find((t) => t.kept === at) ?? turns[turns.length - 1];
    const leaf = end(turns, shown?.id ?? 0), last = turns.find((t) => t.id === leaf);
    talk.update((s) => { leave(s.turns); return { ...s, id, title: c.title, turns, leaf, scope: last?.scope ?? {}, model: last?.writer ?? "", mode: last?.mode ?? s.mode, open: last?.open ?? s.open, loading: "", problem: null }; });
    for (const t of turns) if (running(t) && t.run) follow(t.id, { run: t.run, conversation: id, kept: t.kept }, 0, new AbortController(), talk);
  } catch (e) {
    if (!signal.aborted) talk.update((s) => { leave(s.turns); return { ...noQuestions, mode: s.mode, scope: s.scope, model: s.model, id, problem: failed(e) }; });
  }
}
