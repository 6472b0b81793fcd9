import { useEffect, useRef, useState } from "preact/hooks";
import { ApiError, trace, type Outcome, type Status } from "./api";
import { beginEvaluation, evaluation, evaluations, forgetEvaluation, haltEvaluation, type EvaluatedQuestion, type Evaluation, type EvaluationList, type EvaluationOf, type ShareKey } from "./evaluations";
import { seconds, when } from "./format";
import { baseName } from "./place";
import { LinePlot, Track, type Series } from "./plot";
import { number } from "./text/catalogue";
import { said } from "./remark";
import { evaluationWords } from "./text/evaluation";

const share = (x: number) => `${number(100 * x)} %`;
const points = (x: number) => (x > 0 ? "+" : x < 0 ? "−" : "±") + number(Math.abs(100 * x), 1);

/** The list, read again and again while a run goes on. */
function useEvaluations(say: (s: string) => void) {
  const w = evaluationWords();
  const [list, setList] = useState<EvaluationList | null>(null);
  const [problem, setProblem] = useState("");
  const [round, setRound] = useState(0);
  const running = useRef(false);
  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async () => {
      let wait = 0;
      try {
        const l = await evaluations(stop.signal);
        setList(l); setProblem("");
        if (running.current && !l.running && !l.failed) say(w.done);
        running.current = l.running !== undefined;
        wait = l.running ? 700 : 0;
      } catch (e) {
        if (stop.signal.aborted) return;
        setProblem(e instanceof ApiError && e.status !== 0 ? e.message : ""); // a daemon that is gone is told on every page
        wait = 2000;
      }
      if (wait) timer = setTimeout(() => void look(), wait);
    };
    void look();
    return () => { stop.abort(); clearTimeout(timer); };
  }, [round]);
  /** Looks again at once. One that was begun may have ended by then. */
  const again = (begun = false) => { running.current ||= begun; setRound((n) => n + 1); };
  return { list, problem, again };
}

/** The head of the page: begins a run, and shows how far it is. */
function Runner({ list, ready, say, again }: { list: EvaluationList | null; ready: number; say: (s: string) => void; again: (begun?: boolean) => void }) {
  const w = evaluationWords(), r = list?.running;
  const [count, setCount] = useState(50);
  const [problem, setProblem] = useState<ApiError | null>(null);
  const act = async (what: () => Promise<void>, said: string, begins = false) => {
    setProblem(null);
    let begun = begins;
    try { await what(); say(said); } catch (e) { begun = false; setProblem(e instanceof ApiError ? e : new ApiError(0, "internal", w.beginFailed)); }
    again(begun);
  };
  return <section class="evaluation-run">
    {r ? <div class="download" role="group" aria-label={w.steps[r.step]}>
      <div class="download-head"><strong>{w.steps[r.step]}</strong><button class="small" onClick={() => void act(haltEvaluation, w.stopped)}>{w.stop}</button></div>
      <progress max={Math.max(1, r.of)} value={r.done} aria-label={w.steps[r.step]} />
      <p class="quiet">{[w.progress(r.done, r.of), r.eta_seconds ? w.left(seconds(r.eta_seconds)) : w.took(seconds(r.seconds))].join(" · ")}. {w.begun}.</p></div>
      : <form class="evaluation-form" onSubmit={(e) => { e.preventDefault(); void act(() => beginEvaluation(count), w.begun, true); }}>
        <label for="questions">{w.questions}</label>
        <select id="questions" value={String(count)} onChange={(e) => setCount(Number(e.currentTarget.value))}>{[20, 50, 100, 200].map((n) => <option key={n} value={String(n)}>{number(n)}</option>)}</select>
        <button class="button" disabled={!list || ready === 0}>{list?.runs.length ? w.again : w.run}</button></form>}
    {ready === 0 && <p class="notice">{w.noFiles}</p>}
    {list?.failed && !r && <p class="error" role="alert">{w.failed(list.failed)}</p>}
    {problem && <p class="error" role="alert"><strong>{problem.message}</strong> {problem.next}</p>}
  </section>;
}

const keys: (ShareKey | "recall")[] = ["recall", "answered", "right_file", "right_quote", "standing", "refused"];
const valueOf = (e: EvaluationOf, k: ShareKey | "recall") => k === "recall" ? e.recall : e.shares[k];

/** What a difference means, in a word. */
function verdict(d: { mean: number; p: number }): string {
  const w = evaluationWords();
  if (Math.abs(d.mean) < .0005) return w.same;
  return d.p > .05 ? w.chance : d.mean > 0 ? w.better : w.worse;
}

function Shares({ e }: { e: Evaluation }) {
  const w = evaluationWords(), b = e.against;
  return <section class="shares"><h2>{w.sharesTitle}</h2>
    {b && <p class="legend"><span><i class="key ring" aria-hidden="true" />{w.before} ({when(b.at)})</span><span><i class="key disc" aria-hidden="true" />{w.now}</span></p>}
    <ul>{keys.map((k) => {
      const now = valueOf(e, k), before = b ? valueOf(b, k) : undefined, d = e.differences?.[k];
      return <li key={k}><span class="share-name">{w.shares[k]}</span>
        <Track now={now} before={before} />
        <span class="share-value">{before !== undefined && <span class="quiet"><span class="said">{w.before} </span>{share(before)} → </span>}<b>{before !== undefined && <span class="said">{w.now} </span>}{share(now)}</b></span>
        {d && <span class={`share-change quiet ${d.p <= .05 ? d.mean > 0 ? "good" : "bad" : ""}`} title={w.interval(points(d.low), points(d.high))}>{w.change(points(d.mean))}, {verdict(d)}</span>}</li>;
    })}</ul></section>;
}

function Curve({ e, before }: { e: Evaluation; before: Evaluation | null }) {
  const w = evaluationWords();
  const final = e.curve["hybrid"] ? "hybrid" : Object.keys(e.curve)[0] ?? "";
  const at = (c: number[] | undefined): [number, number][] => (c ?? []).map((y, i) => [i + 1, y]);
  const series: Series[] = [{ name: w.legs[final] ?? final, tone: "one", points: at(e.curve[final]) }];
  if (before?.curve[final]) series.push({ name: w.curveBefore(w.legs[final] ?? final), tone: "one", dashed: true, points: at(before.curve[final]) });
  for (const [leg, tone] of [["keyword", "two"], ["dense", "three"]] as const) if (leg !== final && e.curve[leg]) series.push({ name: w.legs[leg] ?? leg, tone, points: at(e.curve[leg]) });
  const c = e.curve[final] ?? [];
  return <LinePlot title={w.curve} summary={w.curveText(share(c[0] ?? 0), share(c[9] ?? 0))} series={series} most={1} xTicks={[1, 5, 10, 15, 20]} xText={(x) => number(x)} yText={share} height={190} />;
}

/** One question that fared badly, and why its file stands where it does. */
function Bad({ q, final }: { q: EvaluatedQuestion; final: string }) {
  const w = evaluationWords();
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [problem, setProblem] = useState("");
  const ask = async () => {
    setProblem("");
    try { setOutcome(await trace({ q: q.text, file: q.path, limit: 10 })); } catch (e) { setProblem(e instanceof ApiError ? e.message : w.whyFailed); }
  };
  const rank = q.ranks[final] ?? 0;
  const wrong = [rank === 0 ? w.notFound : rank > 1 ? w.place(rank) : "", !q.answered ? w.notAnswered : !q.right_file ? w.wrongFile : !q.right_quote ? w.wrongQuote : "", q.refused ? "" : w.notRefused].filter(Boolean);
  return <li class="bad-question"><div class="bad-head"><p dir="auto"><strong>{q.text}</strong></p><button class="small" aria-label={w.whyOf(q.text)} aria-expanded={outcome !== null} onClick={() => outcome ? setOutcome(null) : void ask()}>{w.why}</button></div>
    <p class="wrong"><span aria-hidden="true">▲</span> {wrong.join("; ")}</p>
    <p class="quiet" title={q.path}><bdi>{baseName(q.path.replaceAll("\\", "/"))}</bdi></p>
    <div role="status">{problem && <p class="notice">{problem}</p>}
      {outcome && <div class="outcome"><p>{said(outcome.remark, outcome.text)}</p>{outcome.next && <p class="quiet">{said(outcome.next_remark, outcome.next)}</p>}<p class="quiet">{w.sentence}</p><blockquote dir="auto">{q.sentence}</blockquote><p><a href={`#/search?q=${encodeURIComponent(q.text)}`}>{w.openLibrary}</a></p></div>}</div></li>;
}

function Figures({ e }: { e: Evaluation }) {
  const w = evaluationWords(), legs = Object.keys(e.legs), names = Object.keys(Object.values(e.legs)[0] ?? {});
  const order = ["keyword", "dense", "hybrid"].filter((l) => legs.includes(l));
  const changed = e.against ? Object.entries(e.settings).filter(([k, v]) => e.against?.settings[k] !== v) : [];
  return <details class="fold"><summary>{w.figures}</summary>
    <table class="figures"><thead><tr><th>{w.figure}</th>{order.map((l) => <th key={l} class="num">{w.legs[l] ?? l}</th>)}</tr></thead>
      <tbody>{names.map((m) => <tr key={m}><td>{m}</td>{order.map((l) => <td key={l} class="num">{number(e.legs[l]?.[m] ?? 0, 3)}</td>)}</tr>)}
        <tr><td>{w.auroc}</td><td class="num" colSpan={order.length}>{number(e.auroc, 3)}</td></tr></tbody></table>
    <dl class="facts">{Object.entries(e.settings).map(([k, v]) => <div key={k}><dt>{w.settingNames[k] ?? k}</dt><dd>{v}</dd></div>)}</dl>
    {changed.length > 0 && <p class="quiet">{w.changedSettings}: {changed.map(([k, v]) => `${w.settingNames[k] ?? k} ${e.against?.settings[k] ?? "–"} → ${v}`).join("; ")}</p>}
  </details>;
}

function Shown({ id, runs, say, onForgotten }: { id: string; runs: EvaluationOf[]; say: (s: string) => void; onForgotten: () => void }) {
  const w = evaluationWords();
  const earlier = runs.filter((r) => r.id < id);
  const [against, setAgainst] = useState(earlier[0]?.id ?? "");
  const [e, setE] = useState<Evaluation | null>(null);
  const [before, setBefore] = useState<Evaluation | null>(null);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    const stop = new AbortController();
    setProblem("");
    const read = async () => {
      try {
        setE(await evaluation(id, against, stop.signal));
        setBefore(against ? await evaluation(against, "", stop.signal) : null);
      } catch (x) { if (!stop.signal.aborted) setProblem(x instanceof ApiError ? x.code === "apart" ? w.notSame : x.message : w.readFailed); }
    };
    void read();
    return () => stop.abort();
  }, [id, against]);
  if (problem) return <p class="error" role="alert">{problem}</p>;
  if (!e) return null;
  const final = e.legs["hybrid"] ? "hybrid" : Object.keys(e.legs)[0] ?? "";
  return <>
    <div class="documents-bar"><p class="quiet">{when(e.at)} · {w.of(e.questions, e.written)}</p>
      {earlier.length > 0 && <label class="compare">{w.against} <select value={against} onChange={(x) => setAgainst(x.currentTarget.value)}><option value="">{w.noCompare}</option>{earlier.map((r) => <option key={r.id} value={r.id}>{when(r.at)}</option>)}</select></label>}</div>
    <Shares e={e} />
    <Curve e={e} before={before} />
    <Figures e={e} />
    <section><h2>{w.worst}</h2>{e.worst.length === 0 ? <p class="quiet">{w.worstNone}</p> : <ul class="bad-list">{e.worst.map((q) => <Bad key={q.path + q.text} q={q} final={final} />)}</ul>}</section>
    <p><button class="plain small" onClick={() => void forgetEvaluation(id).then(() => { say(w.forgotten); onForgotten(); }, (x: unknown) => setProblem(x instanceof ApiError ? x.message : w.readFailed))}>{w.forget}</button></p>
  </>;
}

/** Measures search and answers on the user's own files, and shows what came of it, before and after. */
export function EvaluationPage({ params, go, status, say }: { params: URLSearchParams; go: (hash: string) => void; status: Status | null; say: (s: string) => void }) {
  const w = evaluationWords();
  const { list, problem, again } = useEvaluations(say);
  const ready = (status?.roots ?? []).reduce((n, r) => n + r.documents.ready, 0);
  const wanted = params.get("run") ?? "", shown = list?.runs.find((r) => r.id === wanted) ?? list?.runs[0];
  return <div class="page column">
    <h1>{w.title}</h1>
    <p class="quiet lead">{w.lead}</p>
    <Runner list={list} ready={status ? ready : 1} say={say} again={again} />
    {problem && <p class="error" role="alert">{problem}</p>}
    {list && list.runs.length === 0 && !list.running && <div class="empty-state"><h2>{w.none}</h2><p>{w.noneText}</p></div>}
    {shown && list && <Shown key={shown.id} id={shown.id} runs={list.runs} say={say} onForgotten={() => { go("#/evaluation"); again(); }} />}
    {list && list.runs.length > 1 && <section><h2>{w.earlier}</h2>
      <table class="runs"><thead><tr><th>{w.when}</th><th class="num">{w.found}</th><th class="num wide-only">{w.shares.answered}</th><th class="num wide-only">{w.questions}</th></tr></thead>
        <tbody>{list.runs.map((r) => <tr key={r.id} class={r.id === shown?.id ? "chosen" : ""}><td><a href={`#/evaluation?run=${r.id}`} aria-current={r.id === shown?.id ? "true" : undefined} aria-label={w.show(when(r.at))}>{when(r.at)}</a></td><td class="num">{share(r.recall)}</td><td class="num wide-only">{share(r.shares.answered)}</td><td class="num wide-only">{number(r.questions)}</td></tr>)}</tbody></table></section>}
  </div>;
}
