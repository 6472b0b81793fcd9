import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Citation, Quote, Sentence, Source, Verdict, Widening } from "./api";
import { addressed, addressOf, useAddressed } from "./address";
import { Chip } from "./citation";
import { CodeBlock, CopyButton } from "./copy";
import { percent, perSecond, seconds } from "./format";
import { Icon } from "./icons";
import { inline } from "./markdown";
import { Clock, Phase } from "./phase";
import { baseName, citationTarget, documentTarget, folderName, placeText, sameTarget, type Target } from "./place";
import { AlsoIn } from "./hit";
import { said } from "./remark";
import { showTail } from "./tail";
import { answerWords } from "./text/answer";
import { number } from "./text/catalogue";
import { counted } from "./text/counted";
import { freshWords } from "./text/fresh";
import { type AnswerBlock, blocks, copyText, running, type Turn } from "./turn";

export interface AnswerProps {
  turn: Turn; within: string; again: string; // where it was asked, "" being everywhere, and the word for asking it again
  active: Target | null; version: number; versions: number; onVersion: (n: number) => void;
  onEdit: ((question: string) => void) | undefined; // undefined while an answer is made
  onOpen: (t: Target, among?: Turn) => void; onStop: () => void; onAgain: () => void; onEverywhere: () => void;
  onInstead: (question: string, open?: boolean) => void; // asks something after this
}

/** Shape and class of a verdict; its words are answerWords' verdicts. */
const verdicts: Record<Verdict, { shape: string; cls: string }> = {
  supported: { shape: "●", cls: "yes" },
  partly: { shape: "◐", cls: "partly" },
  unsupported: { shape: "▲", cls: "no" },
  "not from your files": { shape: "◇", cls: "elsewhere" },
  "not a claim": { shape: "", cls: "" },
};

/** What the model wrote for itself: closed, out of the way of screen readers until it is opened, and not the answer. */
function Reasoning({ turn }: { turn: Turn }) {
  const [open, setOpen] = useState(false);
  if (!turn.reasoning) return null;
  const busy = running(turn) && !turn.reasonedTo;
  const w = answerWords();
  const took = turn.answer?.ledger.seconds.reasoning ?? ((turn.reasonedTo || performance.now()) - turn.reasonedFrom) / 1000;
  return <details class="fold reasoning" open={open} onToggle={(e) => setOpen(e.currentTarget.open)}>
    <summary>{busy ? <>{w.reasoning}<Clock since={turn.reasonedFrom} /></> : w.reasoned(seconds(took))}</summary>
    {open && <><p class="quiet">{w.notes}</p><div class="notes" dir="auto" aria-live="off">{turn.reasoning.trim()}</div></>}
  </details>;
}

type Open = (t: Target) => void;

function SentenceView(p: { s: Sentence; active: Target | null; onOpen: Open }) {
  const html = useMemo(() => inline(p.s.text), [p.s.text]);
  const v = verdicts[p.s.verdict], word = answerWords().verdicts[p.s.verdict], reasons = p.s.reasons ?? [];
  return <span class={`sentence ${v.cls}`}>
    <span dangerouslySetInnerHTML={{ __html: html }} />
    {word && <span class={`verdict ${v.cls}`} title={reasons.join("; ")}><span aria-hidden="true">{v.shape}</span><span class={p.s.verdict === "supported" ? "said" : "word"}>{word}</span></span>}
    {(p.s.citations ?? []).map((c: Citation, i) => <Chip key={i} citation={c} active={p.active !== null && sameTarget(citationTarget(c), p.active)} onOpen={() => p.onOpen(citationTarget(c))} />)}
    {reasons.length > 0 && p.s.verdict !== "supported" && <span class="reasons">{reasons.join("; ")}</span>}
    {" "}
  </span>;
}

/** A paragraph of checked sentences. While an answer streams in only the last one changes: the others are the same elements, which are not looked at again. */
function BlockView(p: AnswerBlock & { active: Target | null; onOpen: Open }) {
  return useMemo(() => p.kind === "code" ? <CodeBlock code={p.code ?? ""} /> : <p class={p.kind === "li" ? "bullet" : ""}>{p.sentences.map((s) => <SentenceView key={s.index} s={s} active={p.active} onOpen={p.onOpen} />)}</p>,
    [p.kind, p.code, p.sentences.length, p.sentences[0], p.sentences[p.sentences.length - 1], p.active, p.onOpen]);
}

/** A quote's words. Where they are too long for their box, the keyboard can scroll it. */
function Words({ text }: { text: string }) {
  const box = useRef<HTMLQuoteElement>(null);
  useEffect(() => {
    const e = box.current;
    if (!e) return undefined;
    const watch = new ResizeObserver(() => { if (e.scrollHeight > e.clientHeight + 1) e.tabIndex = 0; else e.removeAttribute("tabindex"); });
    watch.observe(e);
    return () => watch.disconnect();
  }, []);
  return <blockquote dir="auto" ref={box}>{text}</blockquote>;
}

function QuoteView(p: { q: Quote; first: boolean; active: Target | null; onOpen: Open }) {
  const c = p.q.citation, t = citationTarget(c), w = answerWords(), name = baseName(c.ref.path);
  const heading = (p.q.heading ?? []).filter((h, i) => i > 0 || h.toLowerCase() !== name.replace(/\.[^.]+$/, "").toLowerCase()); // the file's name is said already
  return <li class={`quote ${p.first ? "foremost" : ""} ${p.active && sameTarget(t, p.active) ? "active" : ""}`}>
    {p.q.header && !p.q.header.paired && <p class="quote-header quiet" dir="auto">{p.q.header.text}</p>}
    <Words text={p.q.plain || c.quote} />
    {p.q.cut && <p class="quiet">{w.goesOn}</p>}
    <p class="origin">
      <button class="origin-link" onClick={() => p.onOpen(t)} aria-label={w.open(name + (placeText(c.place) ? ", " + placeText(c.place) : ""))}>
        <span class="chip-number" data-number={c.source} /><bdi>{name}</bdi></button>
      {heading.length > 0 && <span class="quiet" dir="auto">{heading.join(" › ")}</span>}
      <span class="quiet">{placeText(c.place)}</span>
      <span class={`fresh ${c.state}`}>{c.state === "current" ? <><Icon name="check" />{w.verbatim}</> : <><Icon name="cross" />{freshWords()[c.state]}</>}</span>
    </p>
  </li>;
}

function Ledger({ turn }: { turn: Turn }) {
  const a = turn.answer;
  if (!a) return null;
  const l = a.ledger, s = l.seconds, w = answerWords();
  const rows: [string, string][] = [];
  if (l.question && l.question !== turn.question) rows.push([w.searchedFor, l.question]);
  rows.push([w.evidence, `${percent(l.evidence)}${l.enough ? "" : w.tooLittle}`]);
  if (l.keyword_only) rows.push([w.keywordOnly, l.keyword_only]);
  if (l.model) rows.push([w.model, l.model]);
  if (l.window) rows.push([w.context, w.tokensOf(number(l.prompt_tokens || l.planned_tokens || 0), number(l.window))]);
  if (l.planned_tokens && l.prompt_tokens) rows.push([w.prompt, w.planned(l.planned_estimated ?? false, number(l.planned_tokens), number(l.prompt_tokens))]);
  if (l.context_warning) rows.push([w.warning, l.context_warning]);
  if ((l.sources ?? []).length && l.model) rows.push([w.sent, (l.sources ?? []).map((x) => `${x.source}: ${x.tokens}`).join(", ") + ` ${w.tokens}`]);
  if ((l.dropped ?? []).length) rows.push([w.left, counted().passages((l.dropped ?? []).length)]);
  if (l.tokens) rows.push([w.written, w.writtenTokens(number(l.tokens), l.cut ?? false)]);
  const speed = [[w.reads, l.prompt_tokens_per_second], [w.writes, l.tokens_per_second]].filter((x) => x[1]).map((x) => `${x[0]} ${perSecond(Number(x[1]))}`);
  if (speed.length || l.where) rows.push([w.ran, [said(l.where_remark, l.where ?? ""), ...speed].filter(Boolean).join(" · ")]);
  rows.push([w.time, [[w.steps.search, s.search], [w.steps.quotes, s.quotes], [w.steps.load, s.load], [w.steps.prompt, s.prompt], [w.steps.reasoning, s.reasoning ?? 0], [w.steps.generate, s.generate]]
    .filter((x) => Number(x[1]) > 0.05).map((x) => `${x[0]} ${seconds(Number(x[1]))}`).concat(w.inAll(seconds(s.total))).join(" · ")]);
  return <details class="fold"><summary>{w.ledger}</summary><dl class="ledger">{rows.map(([k, v]) => <div key={k}><dt>{k}</dt><dd>{v}</dd></div>)}</dl></details>;
}

/** The passages that were searched out: those the answer cites first, the others folded. Under what a model wrote they stand open, as its sentences only carry numbers. */
function SourceList(p: { turn: Turn; onOpen: AnswerProps["onOpen"] }) {
  const cited = new Set(p.turn.sentences.flatMap((s) => s.citations ?? []).concat(p.turn.answer?.kind === "generated" && !p.turn.answer.folded ? [] : p.turn.quotes.map((q) => q.citation)).map((c) => c.source));
  const list = (of: Source[]) => <ul class="source-list">{of.map((s) => {
    const d = s.hit.document, c = s.hit.chunk, name = baseName(d.ref.path), place = placeText(c.place);
    const t: Target = { ...documentTarget(d), place: c.place, span: c.span, quote: c.text };
    return <li key={s.number}><button class="origin-link" onClick={() => p.onOpen(t)}><span class="chip-number" data-number={s.number} /><bdi>{name}</bdi></button>
      <span class="quiet">{[folderName(d.ref.path), place, percent(s.hit.score)].filter(Boolean).join(" · ")}{s.hit.also?.length ? " · " : ""}<AlsoIn also={s.hit.also} /></span></li>;
  })}</ul>;
  const order = [...p.turn.sources].sort((a, b) => a.number - b.number), first = order.filter((s) => cited.has(s.number)), rest = order.filter((s) => !cited.has(s.number));
  if (order.length === 0) return null;
  return <details class="fold sources" open={p.turn.answer?.kind === "generated" && first.length > 0}><summary>{answerWords().sources(counted().passages(order.length), first.length)}</summary>
    {list(first)}
    {rest.length > 0 && <details class="fold also-found" open={first.length === 0}><summary>{answerWords().alsoFound(counted().passages(rest.length))}</summary>{list(rest)}</details>}</details>;
}

/** What may help after a refusal, each with its step. */
function Widen(p: { list: Widening[]; turn: Turn; onInstead: AnswerProps["onInstead"]; onEverywhere: () => void }) {
  const w = answerWords();
  const step = (x: Widening) => {
    if (x.kind === "scope" && x.helps) return <button class="small" onClick={p.onEverywhere}>{w.everywhere}</button>;
    if (x.query) return <button class="small" aria-label={w.instead(x.query)} onClick={() => p.onInstead(x.query ?? "")}>{w.askThis}</button>;
    if (x.kind === "open") return <button class="small" aria-label={w.fromKnowledge} onClick={() => p.onInstead(p.turn.question, true)}>{w.askThis}</button>;
    if (x.kind === "folder" && x.root) return <a class="small" href={`#/library?root=${x.root}`}>{w.toFolder}</a>;
    if (x.kind === "file" && x.ref) return <a class="small" href={`#/library?q=${encodeURIComponent(baseName(x.ref.path))}`}>{w.toFile}</a>;
    return null;
  };
  return <div class="widen"><h4>{w.widen}</h4><ul>{p.list.map((x, i) => <li key={i}><span dir="auto">{x.text}</span> {step(x)}</li>)}</ul></div>;
}

function summary(t: Turn): string {
  const a = t.answer;
  if (!a) return "";
  const w = answerWords();
  if (a.kind === "quotes") return w.quoted(seconds(a.ledger.seconds.total));
  const claims = t.sentences.filter((s) => s.verdict !== "not a claim");
  const good = claims.filter((s) => s.verdict === "supported").length;
  return [w.supportedOf(good, counted().statements(claims.length)), a.ledger.model ?? "", seconds(a.ledger.seconds.total)].filter(Boolean).join(" · ");
}

/** The question, which can be changed and asked again: the answer to the old one is kept beside the new. */
function QuestionView(p: AnswerProps) {
  const w = answerWords();
  const [editing, setEditing] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null), pencil = useRef<HTMLButtonElement>(null);
  useEffect(() => { const b = box.current; if (editing && b) { b.focus(); b.setSelectionRange(b.value.length, b.value.length); } }, [editing]);
  const close = () => { setEditing(false); setTimeout(() => pencil.current?.focus()); };
  const send = () => { const q = box.current?.value.trim() ?? ""; if (q && p.onEdit) { setEditing(false); p.onEdit(q); } };
  if (editing) return <form class="question-edit" onSubmit={(e) => { e.preventDefault(); send(); }}>
    <label class="said" for={`edit-${p.turn.id}`}>{w.question}</label>
    <textarea id={`edit-${p.turn.id}`} ref={box} rows={Math.min(8, p.turn.question.split("\n").length + 1)} maxLength={8000} dir="auto" defaultValue={p.turn.question} onKeyDown={(e) => {
      if (e.isComposing || e.keyCode === 229) return;
      if (e.key === "Enter" && !e.shiftKey) { e.preventDefault(); send(); }
      if (e.key === "Escape") { e.preventDefault(); e.stopPropagation(); close(); }
    }} />
    <p class="rules-buttons"><button class="button" disabled={!p.onEdit}>{w.ask}</button><button type="button" onClick={close}>{w.cancel}</button><span class="quiet">{w.kept}</span></p></form>;
  return <div class="question-line"><h2 class="question" dir="auto">{p.turn.question}</h2>
    {p.onEdit && <button class="plain small question-tool" ref={pencil} onClick={() => setEditing(true)} aria-label={w.edit} title={w.editTitle}><Icon name="pencil" /></button>}
    {p.versions > 1 && <span class="versions" role="group" aria-label={w.versions}>
      <button class="plain small" disabled={p.version === 0} onClick={() => p.onVersion(p.version - 1)} aria-label={w.earlier}><Icon name="left" /></button>
      <span class="quiet">{p.version + 1} / {p.versions}</span>
      <button class="plain small" disabled={p.version === p.versions - 1} onClick={() => p.onVersion(p.version + 1)} aria-label={w.later}><Icon name="right" /></button></span>}</div>;
}

/** A question with its answer: quotes as soon as they are there, then the checked sentences, then what it was made from. */
export function AnswerView(p: AnswerProps) {
  const t = p.turn, a = t.answer, busy = running(t), w = answerWords();
  const place = useAddressed(t.kept);
  const tail = showTail(t.stream.slice(t.covered)).trimStart();
  const written = t.sentences.length > 0 || tail !== "";
  const none = a?.kind === "none", widen = none ? a.widen ?? [] : [];
  const now = useRef(p);
  now.current = p;
  const open = useMemo((): Open => (target) => now.current.onOpen(target, now.current.turn), []);
  const quotes = useMemo(() => <ol class="quotes" aria-label={none ? w.nearest : w.quotes}>
    {t.quotes.map((q, i) => <QuoteView key={i} q={q} first={i === 0 && !written && !none} active={p.active} onOpen={open} />)}</ol>, [t.quotes, written, none, p.active, w]);
  return <article class="turn" ref={place} tabIndex={-1} aria-label={t.question} aria-busy={busy}>
    <QuestionView {...p} />
    {t.standalone && <p class="quiet asked-in">{w.searchedAs} <span dir="auto">{t.standalone}</span></p>}
    {p.within && <p class="quiet asked-in" dir="auto">{p.within}</p>}
    {t.open && <p class="quiet asked-in">{w.withKnowledge}</p>}
    {none && <div class="none"><h3>{w.none}</h3>
      <p>{a.note || w.noneText}{t.quotes.length > 0 ? w.nearer : ""}</p>
      {p.within && !widen.some((x) => x.kind === "scope") && <button onClick={p.onEverywhere}>{w.everywhere}</button>}</div>}
    <Reasoning turn={t} />
    {t.quotes.length > 0 && (written && a && !a.folded
      ? <details class="fold" open={false}><summary>{w.quotesOn(counted().quotes(t.quotes.length))}</summary>{quotes}</details>
      : quotes)}
    {widen.length > 0 && <Widen list={widen} turn={t} onInstead={p.onInstead} onEverywhere={p.onEverywhere} />}
    {written && !none && <div class="written" dir="auto">
      {a?.folded && <p class="notice">{w.folded}</p>}
      {blocks(t.sentences).map((b, i) => <BlockView key={i} {...b} active={p.active} onOpen={open} />)}
      {tail && <p class="tail">{tail}</p>}
    </div>}
    {busy && <Phase turn={t} onStop={p.onStop} />}
    {t.notice && <p class="notice">{t.notice}</p>}
    {a?.note && !none && a.note !== t.notice && <p class="notice">{a.note}</p>}
    {t.stopped && <p class="notice">{w.stopped}</p>}
    {t.error && <p class="error" role="alert"><strong>{t.error.message}</strong>{t.error.next && <span> {t.error.next}</span>}</p>}
    {!busy && <footer class="turn-foot">
      {a && !none && <p class={`summary ${a.kind === "quotes" ? "" : verdicts[a.verdict]?.cls ?? ""}`}>{summary(t)}</p>}
      <span class="tools">
        {(a || t.stream) && <CopyButton text={() => copyText(t)} label={w.copy} />}
        {t.kept && addressed("c") && <CopyButton text={() => addressOf(addressed("c"), t.kept)} label={w.copyLink} icon="link" />}
        <button class="plain small" onClick={p.onAgain}>{p.again}</button>
      </span>
      <SourceList turn={t} onOpen={p.onOpen} />
      <Ledger turn={t} />
    </footer>}
  </article>;
}
