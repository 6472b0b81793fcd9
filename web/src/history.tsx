import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { ApiError } from "./api";
import { changeConversation, conversations, removeConversations, runningNow, type Conversation } from "./conversations";
import { fromBytes } from "./locate";
import { Icon } from "./icons";
import type { Removals } from "./removal";
import { formatWords } from "./text/format";
import { historyWords } from "./text/history";
import { Windowed } from "./windowed";

/** The names of months, by locale: a formatter costs more than all that it formats. */
const months = new Map<string, Intl.DateTimeFormat>();

function monthOf(d: Date, locale: string): string {
  let m = months.get(locale);
  if (!m) months.set(locale, m = new Intl.DateTimeFormat(locale, { month: "long", year: "numeric" }));
  return m.format(d);
}

const midnight = (x: Date) => new Date(x.getFullYear(), x.getMonth(), x.getDate()).getTime();

/** The words over a conversation: pinned, a near day, or the month. */
export function group(c: { pinned: boolean; changed: string }, now = new Date()): string {
  const w = historyWords();
  if (c.pinned) return w.pinned;
  const d = new Date(c.changed);
  const days = Math.round((midnight(now) - midnight(d)) / 86_400_000);
  if (days <= 0) return w.today;
  if (days === 1) return w.yesterday;
  if (days < 7) return w.week;
  return monthOf(d, formatWords().locale);
}

type Row = { kind: "head"; word: string } | { kind: "one"; c: Conversation };

function rowsOf(list: Conversation[], searching: boolean): Row[] {
  const out: Row[] = [];
  let word = "";
  const now = new Date();
  if (searching) return list.map((c) => ({ kind: "one", c }));
  for (const c of list) {
    const g = group(c, now);
    if (g !== word) { out.push({ kind: "head", word: g }); word = g; }
    out.push({ kind: "one", c });
  }
  return out;
}

/** An excerpt with the words that were searched for marked; marks count bytes. */
function Excerpt({ text, marks }: { text: string; marks: { start: number; end: number }[] }) {
  let at = 0;
  const parts = marks.flatMap((m, i) => {
    const a = fromBytes(text, m.start), b = fromBytes(text, m.end), before = text.slice(at, a);
    at = b;
    return [before, <mark key={i}>{text.slice(a, b)}</mark>];
  });
  return <>{parts}{text.slice(at)}</>;
}

const most = 200; // conversations a request

/** The conversations that are kept, by day: search, rename, pin, delete with Undo. round changes when there may be news. */
export function History(p: { current: string; round: number; onChosen: () => void; onNew: () => void; onGone: (id: string) => void; removals: Removals }) {
  const w = historyWords();
  const [q, setQ] = useState("");
  const [list, setList] = useState<Conversation[] | null>(null);
  const [next, setNext] = useState("");
  const [busy, setBusy] = useState<Set<string>>(new Set());
  const [naming, setNaming] = useState("");
  const [problem, setProblem] = useState("");
  const [picked, setPicked] = useState<Set<string> | null>(null); // while several are chosen
  const fetching = useRef("");
  const told = (e: unknown) => setProblem(e instanceof ApiError ? e.message : w.failed);

  useEffect(() => {
    const stop = new AbortController();
    const wait = setTimeout(() => {
      fetching.current = "";
      conversations({ q: q.trim(), limit: most }, stop.signal).then((r) => { setList(r.conversations ?? []); setNext(r.next ?? ""); setProblem(""); },
        (e: unknown) => { if (!stop.signal.aborted && !(e instanceof ApiError && (e.code === "gone" || e.code === "token"))) told(e); });
      runningNow(stop.signal).then((r) => setBusy(new Set((r.runs ?? []).map((x) => x.conversation))), () => undefined); // only a sign in the list
    }, q ? 120 : 0);
    return () => { clearTimeout(wait); stop.abort(); };
  }, [q, p.round]);
  const more = () => {
    if (!next || fetching.current === next) return;
    fetching.current = next;
    conversations({ q: q.trim(), limit: most, after: next }).then((r) => { setList((l) => [...(l ?? []), ...(r.conversations ?? [])]); setNext(r.next ?? ""); }, () => { fetching.current = ""; });
  };

  const rows = useMemo(() => rowsOf((list ?? []).filter((c) => !p.removals.gone.has(c.id)), q.trim() !== ""), [list, p.removals.gone, q]);
  const edit = (id: string, change: { title?: string; pinned?: boolean }) => {
    const before = list;
    setList((l) => {
      const out = (l ?? []).map((c) => c.id === id ? { ...c, ...change } : c);
      return change.pinned === undefined ? out : out.sort((a, b) => Number(b.pinned) - Number(a.pinned) || b.changed.localeCompare(a.changed));
    });
    changeConversation(id, change).catch((e: unknown) => { setList(before); told(e); });
  };
  const remove = (ids: string[], said: string) => {
    if (ids.includes(p.current)) p.onGone(p.current);
    p.removals.remove({ keys: ids, text: said, failed: w.failed, go: () => removeConversations(ids) });
  };
  const pick = (id: string) => setPicked((s) => { const n = new Set(s); if (!n.delete(id)) n.add(id); return n; });
  const stayed = (list ?? []).map((c) => p.removals.failed.get(c.id)).find(Boolean);
  const shown = rows.findIndex((r) => r.kind === "one" && r.c.id === p.current);

  return <section class="history" aria-label={w.label}>
    <button class="new-conversation" onClick={p.onNew} title={`${w.fresh}  n`}><Icon name="plus" />{w.fresh}</button>
    {picked && <div class="history-bar" role="group" aria-label={w.several}><button class="small" disabled={picked.size === 0} onClick={() => { remove([...picked], w.deletedSeveral(picked.size)); setPicked(null); }}>{w.removeSeveral(picked.size)}</button>
      <button class="plain small" onClick={() => setPicked(null)}>{w.done}</button></div>}
    <label class="said" for="history-search">{w.search}</label>
    <p class="history-bar"><input id="history-search" type="search" class="history-search" placeholder={w.find} value={q} autocomplete="off" dir="auto" onInput={(e) => setQ(e.currentTarget.value)}
      onKeyDown={(e) => { if (e.key === "Escape" && q) { e.preventDefault(); e.stopPropagation(); setQ(""); } }} />
      {list && list.length > 1 && !picked && <button class="plain small history-several" aria-label={w.several} title={w.several} onClick={() => setPicked(new Set())}><Icon name="several" /></button>}</p>
    {(problem || stayed) && <p class="error" role="alert">{problem || stayed}</p>}
    {list && rows.length === 0 && <p class="quiet history-none">{q.trim() ? w.noneFound : w.none}</p>}
    <Windowed count={rows.length} height={q.trim() ? 3.75 : 2.25} label={w.label} class={q.trim() ? "found" : ""} show={shown} onEnd={more} row={(i) => {
      const r = rows[i];
      if (!r) return null;
      if (r.kind === "head") return <li key={`h${r.word}`} class="history-head">{r.word}</li>;
      const c = r.c, hit = c.hits?.[0];
      if (naming === c.id) return <li key={c.id} class="history-row naming"><form onSubmit={(e) => { e.preventDefault(); const t = new FormData(e.currentTarget).get("title"); setNaming(""); if (typeof t === "string" && t.trim() && t.trim() !== c.title) edit(c.id, { title: t.trim() }); }}>
        <input name="title" aria-label={w.title} defaultValue={c.title} maxLength={200} dir="auto" ref={(e) => { if (e && document.activeElement !== e) { e.focus(); e.select(); } }}
          onKeyDown={(e) => { if (e.key === "Escape") { e.preventDefault(); e.stopPropagation(); setNaming(""); } }} onBlur={(e) => { if (e.currentTarget.form?.isConnected) e.currentTarget.form.requestSubmit(); }} /></form></li>;
      if (picked) return <li key={c.id} class="history-row"><label class="history-pick"><input type="checkbox" checked={picked.has(c.id)} onChange={() => pick(c.id)} /><span class="history-title" dir="auto">{c.title}</span></label></li>;
      return <li key={c.id} class={`history-row ${c.id === p.current ? "current" : ""}`}>
        <a href={`#/ask?${new URLSearchParams({ c: c.id, ...(hit ? { t: hit.turn } : {}) }).toString()}`} aria-current={c.id === p.current ? "true" : undefined} onClick={p.onChosen} title={c.title}>
          {busy.has(c.id) && <><span class="pulse" aria-hidden="true" /><span class="said">{w.answering}</span></>}<span class="history-title" dir="auto">{c.title}</span>
          {hit && <span class="history-hit quiet" dir="auto"><Excerpt text={hit.excerpt} marks={hit.marks ?? []} /></span>}</a>
        <span class="history-tools">
          <button class="plain small" aria-label={w.of(c.pinned ? w.unpin : w.pin, c.title)} title={c.pinned ? w.unpin : w.pin} onClick={() => edit(c.id, { pinned: !c.pinned })}><Icon name={c.pinned ? "unpin" : "pin"} /></button>
          <button class="plain small" aria-label={w.of(w.rename, c.title)} title={w.rename} onClick={() => setNaming(c.id)}><Icon name="pencil" /></button>
          <button class="plain small" aria-label={w.of(w.remove, c.title)} title={w.remove} onClick={() => remove([c.id], w.deleted(c.title))}><Icon name="bin" /></button>
        </span></li>;
    }} />
  </section>;
}
