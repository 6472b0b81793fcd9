import { useEffect, useRef, useState } from "preact/hooks";
import type { Citation, Quote, Sentence, Verdict } from "./api";
import { Chip } from "./citation";
import { count, percent, perSecond, seconds } from "./format";
import { Icon } from "./icons";
import { inline } from "./markdown";
import { baseName, citationTarget, documentTarget, folderName, placeText, sameTarget, type Target } from "./place";
import { AlsoIn } from "./search";
import { freshWords } from "./source";
import { showTail } from "./tail";
import { blocks, copyText, running, type Turn } from "./turn";

export interface AnswerProps {
  turn: Turn; active: Target | null; version: number; versions: number; onVersion: (n: number) => void;
  onEdit: ((question: string) => void) | undefined; // undefined while an answer is made
  onOpen: (t: Target, among?: Turn) => void; onStop: () => void; onAgain: () => void; onEverywhere: () => void;
}

const verdicts: Record<Verdict, { word: string; shape: string; cls: string }> = {
  supported: { word: "supported", shape: "●", cls: "yes" },
  partly: { word: "partly supported", shape: "◐", cls: "partly" },
  unsupported: { word: "not in your files", shape: "▲", cls: "no" },
  "not a claim": { word: "", shape: "", cls: "" },
};

function Clock({ since }: { since: number }) {
  const [now, setNow] = useState(performance.now());
  useEffect(() => { const t = setInterval(() => setNow(performance.now()), 200); return () => clearInterval(t); }, []);
  const s = (now - since) / 1000;
  return s < 1 ? null : <span class="quiet clock" aria-hidden="true">{seconds(s)}</span>;
}

/** What the model wrote for itself: closed, out of the way of screen readers until it is opened, and not the answer. */
function Reasoning({ turn }: { turn: Turn }) {
  const [open, setOpen] = useState(false);
  if (!turn.reasoning) return null;
  const busy = running(turn) && !turn.reasonedTo;
  const took = turn.answer?.ledger.seconds.reasoning ?? ((turn.reasonedTo || performance.now()) - turn.reasonedFrom) / 1000;
  return <details class="fold reasoning" open={open} onToggle={(e) => setOpen(e.currentTarget.open)}>
    <summary>{busy ? <>Reasoning<Clock since={turn.reasonedFrom} /></> : `Reasoned for ${seconds(took)}`}</summary>
    {open && <><p class="quiet">The model’s own notes, not checked against your files.</p><div class="notes" dir="auto" aria-live="off">{turn.reasoning.trim()}</div></>}
  </details>;
}

function SentenceView(p: { s: Sentence; turn: Turn; active: Target | null; onOpen: AnswerProps["onOpen"] }) {
  const v = verdicts[p.s.verdict], reasons = p.s.reasons ?? [];
  return <span class={`sentence ${v.cls}`}>
    <span dangerouslySetInnerHTML={{ __html: inline(p.s.text) }} />
    {v.word && <span class={`verdict ${v.cls}`} title={reasons.join("; ")}><span aria-hidden="true">{v.shape}</span><span class={p.s.verdict === "supported" ? "said" : "word"}>{v.word}</span></span>}
    {(p.s.citations ?? []).map((c: Citation, i) => <Chip key={i} citation={c} active={p.active !== null && sameTarget(citationTarget(c), p.active)} onOpen={() => p.onOpen(citationTarget(c), p.turn)} />)}
    {reasons.length > 0 && p.s.verdict !== "supported" && <span class="reasons">{reasons.join("; ")}</span>}
    {" "}
  </span>;
}

function QuoteView(p: { q: Quote; first: boolean; turn: Turn; active: Target | null; onOpen: AnswerProps["onOpen"] }) {
  const c = p.q.citation, t = citationTarget(c);
  return <li class={`quote ${p.first ? "first" : ""} ${p.active && sameTarget(t, p.active) ? "active" : ""}`}>
    <blockquote dir="auto">{p.q.plain || c.quote}</blockquote>
    <p class="origin">
      <button class="origin-link" onClick={() => p.onOpen(t, p.turn)} aria-label={`Open ${baseName(c.ref.path)}${placeText(c.place) ? ", " + placeText(c.place) : ""}`}>
        <span class="chip-number" data-number={c.source} /><bdi>{baseName(c.ref.path)}</bdi></button>
      {(p.q.heading ?? []).length > 0 && <span class="quiet" dir="auto">{(p.q.heading ?? []).join(" › ")}</span>}
      <span class="quiet">{placeText(c.place)}</span>
      <span class={`fresh ${c.state}`}>{c.state === "current" ? <><Icon name="check" />Verbatim, in the file now</> : <><Icon name="cross" />{freshWords[c.state]}</>}</span>
    </p>
  </li>;
}

function Ledger({ turn }: { turn: Turn }) {
  const a = turn.answer;
  if (!a) return null;
  const l = a.ledger, s = l.seconds;
  const rows: [string, string][] = [];
  if (l.question && l.question !== turn.question) rows.push(["Searched for", l.question]);
  rows.push(["Evidence in your files", `${percent(l.evidence)}${l.enough ? "" : ", too little"}`]);
  if (l.keyword_only) rows.push(["Searched by keyword only", l.keyword_only]);
  if (l.model) rows.push(["Model", l.model]);
  if (l.window) rows.push(["Context", `${(l.prompt_tokens || l.planned_tokens || 0).toLocaleString("en")} of ${l.window.toLocaleString("en")} tokens`]);
  if (l.planned_tokens && l.prompt_tokens) rows.push(["Prompt", `planned ${l.planned_estimated ? "about " : ""}${l.planned_tokens.toLocaleString("en")}, read ${l.prompt_tokens.toLocaleString("en")} tokens`]);
  if (l.context_warning) rows.push(["Warning", l.context_warning]);
  if ((l.sources ?? []).length && l.model) rows.push(["Passages sent", (l.sources ?? []).map((x) => `${x.source}: ${x.tokens}`).join(", ") + " tokens"]);
  if ((l.dropped ?? []).length) rows.push(["Passages left out", count((l.dropped ?? []).length, "passage")]);
  if (l.tokens) rows.push(["Written", `${l.tokens} tokens${l.cut ? ", cut short" : ""}`]);
  const speed = [["reads", l.prompt_tokens_per_second], ["writes", l.tokens_per_second]].filter((x) => x[1]).map((x) => `${x[0]} ${perSecond(Number(x[1]))}`);
  if (speed.length || l.where) rows.push(["Ran", [l.where, ...speed].filter(Boolean).join(" · ")]);
  rows.push(["Time", [["search", s.search], ["quotes", s.quotes], ["model load", s.load], ["reading", s.prompt], ["reasoning", s.reasoning ?? 0], ["writing", s.generate]]
    .filter((x) => Number(x[1]) > 0.05).map((x) => `${x[0]} ${seconds(Number(x[1]))}`).concat(`in all ${seconds(s.total)}`).join(" · ")]);
  return <details class="fold"><summary>How this answer was made</summary><dl class="ledger">{rows.map(([k, v]) => <div key={k}><dt>{k}</dt><dd>{v}</dd></div>)}</dl></details>;
}

function SourceList(p: { turn: Turn; onOpen: AnswerProps["onOpen"] }) {
  const cited = new Set(p.turn.sentences.flatMap((s) => s.citations ?? []).concat(p.turn.quotes.map((q) => q.citation)).map((c) => c.source));
  if (p.turn.sources.length === 0) return null;
  const order = [...p.turn.sources].sort((a, b) => Number(cited.has(b.number)) - Number(cited.has(a.number)) || a.number - b.number);
  return <details class="fold"><summary>{count(p.turn.sources.length, "passage")} searched out, {cited.size} cited</summary>
    <ul class="source-list">{order.map((s) => {
      const d = s.hit.document, c = s.hit.chunk;
      const t: Target = { ...documentTarget(d), place: c.place, span: c.span, quote: c.text };
      return <li key={s.number} class={cited.has(s.number) ? "" : "uncited"}><button class="origin-link" onClick={() => p.onOpen(t)}><span class="chip-number" data-number={s.number} /><bdi>{baseName(d.ref.path)}</bdi></button>
        <span class="quiet">{[folderName(d.ref.path), placeText(c.place), percent(s.hit.score)].filter(Boolean).join(" · ")}{cited.has(s.number) ? "" : " · also found"}{s.hit.also?.length ? " · " : ""}<AlsoIn also={s.hit.also} /></span></li>;
    })}</ul></details>;
}

function summary(t: Turn): string {
  const a = t.answer;
  if (!a) return "";
  if (a.kind === "quotes") return `Quoted from your files in ${seconds(a.ledger.seconds.total)}; nothing was written by a model`;
  const claims = t.sentences.filter((s) => s.verdict !== "not a claim");
  const good = claims.filter((s) => s.verdict === "supported").length;
  return [`${good} of ${count(claims.length, "statement")} supported by your files`, a.ledger.model ?? "", seconds(a.ledger.seconds.total)].filter(Boolean).join(" · ");
}

/** The question, which can be changed and asked again: the answer to the old one is kept beside the new. */
function QuestionView(p: AnswerProps) {
  const [editing, setEditing] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null), pencil = useRef<HTMLButtonElement>(null);
  useEffect(() => { const b = box.current; if (editing && b) { b.focus(); b.setSelectionRange(b.value.length, b.value.length); } }, [editing]);
  const close = () => { setEditing(false); setTimeout(() => pencil.current?.focus()); };
  const send = () => { const q = box.current?.value.trim() ?? ""; if (q && p.onEdit) { setEditing(false); p.onEdit(q); } };
  if (editing) return <form class="question-edit" onSubmit={(e) => { e.preventDefault(); send(); }}>
    <label class="said" for={`edit-${p.turn.id}`}>The question</label>
    <textarea id={`edit-${p.turn.id}`} ref={box} rows={Math.min(8, p.turn.question.split("\n").length + 1)} maxLength={8000} dir="auto" defaultValue={p.turn.question} onKeyDown={(e) => {
      if (e.isComposing || e.keyCode === 229) return;
      if (e.key === "Enter" && !e.shiftKey) { e.preventDefault(); send(); }
      if (e.key === "Escape") { e.preventDefault(); e.stopPropagation(); close(); }
    }} />
    <p class="rules-buttons"><button class="button" disabled={!p.onEdit}>Ask</button><button type="button" onClick={close}>Cancel</button><span class="quiet">The earlier answer is kept.</span></p></form>;
  return <div class="question-line"><h2 class="question" dir="auto">{p.turn.question}</h2>
    {p.onEdit && <button class="plain small question-tool" ref={pencil} onClick={() => setEditing(true)} aria-label="Edit the question" title="Edit and ask again"><Icon name="pencil" /></button>}
    {p.versions > 1 && <span class="versions" role="group" aria-label="Versions">
      <button class="plain small" disabled={p.version === 0} onClick={() => p.onVersion(p.version - 1)} aria-label="Earlier version"><Icon name="left" /></button>
      <span class="quiet">{p.version + 1} / {p.versions}</span>
      <button class="plain small" disabled={p.version === p.versions - 1} onClick={() => p.onVersion(p.version + 1)} aria-label="Later version"><Icon name="right" /></button></span>}</div>;
}

/** A question with its answer: quotes as soon as they are there, then the checked sentences, then what it was made from. */
export function AnswerView(p: AnswerProps) {
  const t = p.turn, a = t.answer, busy = running(t);
  const [copied, setCopied] = useState(false);
  const tail = showTail(t.stream.slice(t.covered)).trimStart();
  const written = t.sentences.length > 0 || tail !== "";
  const none = a?.kind === "none";
  const quotes = <ol class="quotes" aria-label={none ? "Nearest passages" : "Quotes"}>
    {t.quotes.map((q, i) => <QuoteView key={i} q={q} first={i === 0 && !written && !none} turn={t} active={p.active} onOpen={p.onOpen} />)}</ol>;
  return <article class="turn" aria-busy={busy}>
    <QuestionView {...p} />
    {t.standalone && <p class="quiet asked-in">searched as: <span dir="auto">{t.standalone}</span></p>}
    {t.scopeName && <p class="quiet asked-in">in {t.scopeName}</p>}
    {none && <div class="none"><h3>Your files don’t answer this</h3>
      <p>{a.note || "Nothing in them says enough about it."}{t.quotes.length > 0 ? " These passages came nearest:" : ""}</p>
      {t.scopeName && <button onClick={p.onEverywhere}>Ask in all folders</button>}</div>}
    <Reasoning turn={t} />
    {t.quotes.length > 0 && (written && a && !a.folded
      ? <details class="fold" open={false}><summary>{count(t.quotes.length, "quote")} on this from your files</summary>{quotes}</details>
      : quotes)}
    {written && !none && <div class="written" dir="auto">
      {a?.folded && <p class="notice">Little of what the model wrote is supported, so the quotes come first.</p>}
      {blocks(t.sentences).map((b, i) => <p key={i} class={b.kind === "li" ? "bullet" : ""}>{b.sentences.map((s) => <SentenceView key={s.index} s={s} turn={t} active={p.active} onOpen={p.onOpen} />)}</p>)}
      {tail && <p class="tail">{tail}</p>}
    </div>}
    {busy && <p class="phase"><span class="pulse" aria-hidden="true" />{t.phase}<Clock since={t.started} /><button class="stop" onClick={p.onStop} title="Stop  Esc"><Icon name="stop" />Stop</button></p>}
    {t.notice && <p class="notice">{t.notice}</p>}
    {a?.note && !none && a.note !== t.notice && <p class="notice">{a.note}</p>}
    {t.stopped && <p class="notice">Stopped. What had arrived stays.</p>}
    {t.error && <p class="error" role="alert"><strong>{t.error.message}</strong>{t.error.next && <span> {t.error.next}</span>}</p>}
    {!busy && <footer class="turn-foot">
      {a && !none && <p class={`summary ${a.kind === "quotes" ? "" : verdicts[a.verdict]?.cls ?? ""}`}>{summary(t)}</p>}
      <span class="tools">
        {(a || t.stream) && <button class="plain small" onClick={() => void navigator.clipboard.writeText(copyText(t)).then(() => setCopied(true))}><Icon name={copied ? "check" : "copy"} />{copied ? "Copied" : "Copy"}</button>}
        <button class="plain small" onClick={p.onAgain}>Ask again</button>
      </span>
      <SourceList turn={t} onOpen={p.onOpen} />
      <Ledger turn={t} />
    </footer>}
  </article>;
}
