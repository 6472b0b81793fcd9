// One question and what has come of it so far.
import { type Answer, ApiError, type ChatEvent, type Citation, type Message, type Mode, type Quote, type Scope, type Sentence, type Source } from "./api";
import type { KeptTurn } from "./conversations";
import { placeText, visible } from "./place";
import { said } from "./remark";
import { consume } from "./tail";
import { answerWords } from "./text/answer";
import { askWords } from "./text/ask";
import { counted } from "./text/counted";

export interface Turn {
  id: number; // in this tab
  parent: number; // the turn it follows; 0 is none
  kept: string; run: string; at: number; // the daemon's names for the turn and its work, and the number of the last event; "" and 0 where it keeps none
  question: string; mode: Mode; scope: Scope;
  writer: string; // the model that was asked for by name; "" is the one in use
  open: boolean; // the model may add general knowledge
  started: number; // ms, of performance.now
  phase: string; // line that says what is being done; "" when it has ended
  changed: { of: number; left: number }; // files that are read first as they have changed, and those that are not yet
  doing: Doing; found: number | null; model: string; // the same apart: what is done, how many passages were found, and the model at work; null and "" before that is known
  notice: string;
  standalone: string; // the question as it was searched, where it leans on the conversation; "" else
  stream: string; // of tokens
  covered: number; // of stream, by sentences
  reasoning: string; // what the model writes for itself first
  reasonedFrom: number; reasonedTo: number; // ms, of performance.now; 0 is not yet
  sentences: Sentence[]; quotes: Quote[]; sources: Source[];
  answer: Answer | null; stopped: boolean; error: ApiError | null;
}

/** What is being done for a turn: phases of the daemon's, and what its stream shows. */
export type Doing = Extract<ChatEvent, { type: "status" }>["phase"] | "reasoning" | "writing";

let last = 0;

export function newTurn(question: string, mode: Mode, scope: Scope, parent = 0, open = false, writer = ""): Turn {
  return { id: ++last, parent, kept: "", run: "", at: 0, question, mode, scope, writer, open, started: performance.now(), phase: askWords().searchingFiles, doing: "search", changed: { of: 0, left: 0 }, found: null, model: "", notice: "", standalone: "", stream: "", covered: 0,
    reasoning: "", reasonedFrom: 0, reasonedTo: 0, sentences: [], quotes: [], sources: [], answer: null, stopped: false, error: null };
}

export const running = (t: Turn) => !t.answer && !t.stopped && !t.error;

/** The turn after an event. */
export function step(before: Turn, e: ChatEvent): Turn {
  const t = e.at ? { ...before, at: e.at } : before;
  switch (e.type) {
    case "run": return { ...t, kept: e.turn, run: e.run };
    case "status": return e.phase === "notice" ? { ...t, notice: e.text } : { ...t, phase: e.text, doing: e.phase, model: e.model ?? t.model, changed: e.phase === "fresh" ? { of: e.of ?? 0, left: (e.of ?? 0) - (e.done ?? 0) } : t.changed };
    case "standalone": return { ...t, standalone: e.text };
    case "found": return { ...t, phase: askWords().found(counted().passages((e.hits ?? []).length)), found: (e.hits ?? []).length };
    case "sources": return { ...t, sources: e.sources ?? [] };
    case "quotes": return { ...t, quotes: e.quotes ?? [] };
    case "reasoning": return { ...t, phase: askWords().reasoning, doing: "reasoning", reasoning: t.reasoning + e.text, reasonedFrom: t.reasonedFrom || performance.now() };
    case "token": return { ...t, phase: askWords().writing, doing: "writing", stream: t.stream + e.text, reasonedTo: t.reasonedFrom && (t.reasonedTo || performance.now()) };
    case "sentence": return { ...t, sentences: [...t.sentences, e], covered: consume(t.stream, t.covered, (e.lead ?? "") + e.text) };
    case "answer": return { ...t, phase: "", answer: e, reasoning: e.reasoning ?? "", reasonedTo: t.reasonedTo || performance.now(), sentences: e.sentences ?? [], quotes: e.quotes ?? [], sources: e.sources ?? [], covered: t.stream.length };
    default: return t; // a newer daemon tells more
  }
}

/** A turn that the daemon kept, as it is shown. */
export function keptTurn(k: KeptTurn, parent: number): Turn {
  const fresh = { ...newTurn(k.question, k.mode || "auto", k.scope ?? {}, parent, k.open, k.model), kept: k.id, standalone: k.standalone && k.standalone !== k.question ? k.standalone : "" };
  if (k.state === "running") return { ...fresh, run: k.run ?? "", phase: askWords().goingOn };
  const done = k.answer ? step(fresh, k.answer) : fresh;
  if (k.state === "failed") return { ...done, answer: null, phase: "", error: new ApiError(500, "internal", said(k.why, k.problem ?? "") || askWords().brokeOff, askWords().again) };
  if (k.state === "stopped" || !k.answer) return { ...done, answer: null, phase: "", stopped: true, stream: k.answer && !(k.answer.sentences ?? []).length ? k.answer.text : "", covered: 0 };
  return done;
}

/** Every citation of the turn in reading order: the sentences', then the quotes'. */
export function citations(t: Turn): Citation[] {
  return [...t.sentences.flatMap((s) => s.citations ?? []), ...t.quotes.map((q) => q.citation)];
}

/** The conversation as the model is told of it; answers that failed are left out. */
export function history(turns: Turn[]): Message[] {
  return turns.flatMap((t): Message[] => {
    const said = t.answer ? (t.answer.kind === "quotes" ? t.answer.quotes?.[0]?.plain ?? "" : t.answer.text) : "";
    return said ? [{ role: "user", content: t.question }, { role: "assistant", content: said }] : [];
  }).slice(-8);
}

const fence = /^(`{3,}|~{3,})[^`]*$/;

/** A stretch of an answer: a paragraph, a bullet, or code, whose text stands apart from the marks around it. */
export interface AnswerBlock { kind: "p" | "li" | "code"; sentences: Sentence[]; code?: string }

/** Blocks of sentences: a blank line or a bullet in a sentence's lead begins a new one, and so does a fence, up to the one that closes it. */
export function blocks(ss: Sentence[]): AnswerBlock[] {
  const out: AnswerBlock[] = [];
  let closing = ""; // the fence that ends the code being gathered
  for (const s of ss) {
    const lead = s.lead ?? "", at = out[out.length - 1];
    if (closing && at) {
      if (s.text.startsWith(closing)) closing = "";
      else { at.sentences.push(s); at.code = (at.code ? at.code + lead : lead.replace(/^[ \t]*\n/, "")) + s.text; }
      continue;
    }
    const opening = fence.exec(s.text)?.[1];
    if (opening) { closing = opening; out.push({ kind: "code", sentences: [], code: "" }); continue; }
    const bullet = /(?:^|\n)\s*(?:[-*+•]|\d+[.)])\s*$/.test(lead);
    const open = out[out.length - 1];
    if (bullet) out.push({ kind: "li", sentences: [s] });
    else if (!open || open.kind === "code" || /\n\s*\n/.test(lead) || (/\n/.test(lead) && open.kind === "li")) out.push({ kind: "p", sentences: [s] });
    else open.sentences.push(s);
  }
  return out;
}

/** A sentence with the numbers of its sources; none in code, where they would be part of it. */
function numbered(s: Sentence, code: boolean): string {
  const of = code ? [] : [...new Set((s.citations ?? []).map((c) => c.source))];
  return (s.lead ?? "") + s.text + (of.length ? " " + of.map((n) => `[${n}]`).join("") : "");
}

/** The answer for the clipboard, as Markdown: text, then the passages that it rests on, with the numbers that stand in it. */
export function copyText(t: Turn): string {
  const code = new Set(blocks(t.sentences).filter((b) => b.kind === "code").flatMap((b) => b.sentences));
  const body = t.sentences.length ? t.sentences.map((s) => numbered(s, code.has(s))).join("").trim()
    : t.answer?.kind === "generated" || t.quotes.length === 0 ? (t.answer?.text || t.stream).trim()
    : t.quotes.map((q) => `${(q.plain || q.citation.quote).split("\n").map((l) => `> ${l}`).join("\n")} [${q.citation.source}]`).join("\n\n");
  const seen = new Set<number>();
  const list = citations(t).filter((c) => !seen.has(c.source) && seen.add(c.source)).sort((a, b) => a.source - b.source)
    .map((c) => [`- [${c.source}] \`${visible(c.now?.path ?? c.path)}\``, placeText(c.now?.place ?? c.place)].filter(Boolean).join(", "));
  return list.length ? `${body}\n\n${answerWords().sourceList}\n\n${list.join("\n")}\n` : body + "\n";
}
