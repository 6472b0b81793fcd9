import { useEffect, useRef, useState } from "preact/hooks";
import { ApiError, search, type Elsewhere, type Found, type Hit, type Status } from "./api";
import { excerpt } from "./excerpt";
import { Icon } from "./icons";
import { count, percent, seconds } from "./format";
import { baseName, documentTarget, folderName, placeText, type Target } from "./place";
import { WhyNot } from "./whynot";

const target = (h: Hit): Target => ({ ...documentTarget(h.document), place: h.chunk.place, span: h.chunk.span, quote: h.chunk.text });

/** The other files that hold nearly the same passage. */
export function AlsoIn({ also }: { also: Elsewhere[] | undefined }) {
  if (!also?.length) return null;
  const names = also.map((e) => [e.ref.path, placeText(e.place)].filter(Boolean).join(", "));
  return <span class="also" title={names.join("\n")}>also in {also.length === 1 ? <bdi>{baseName(also[0]?.ref.path ?? "")}</bdi> : count(also.length, "other place")}</span>;
}

/** Search while typing. What is searched for stands in the address. */
export function SearchPage(p: { params: URLSearchParams; go: (hash: string) => void; status: Status | null; onOpen: (list: Target[], at: number) => void; say: (s: string) => void }) {
  const query = p.params.get("q") ?? "", like = Number(p.params.get("like") ?? 0), root = Number(p.params.get("root") ?? 0);
  const [found, setFound] = useState<Found | null>(null);
  const [problem, setProblem] = useState<ApiError | null>(null);
  const [at, setAt] = useState(-1);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => input.current?.focus(), []);

  const set = (q: string, r = root) => {
    const u = new URLSearchParams();
    if (q) u.set("q", q);
    if (r) u.set("root", String(r));
    p.go(`#/search${u.size ? "?" + u.toString() : ""}`);
  };
  useEffect(() => {
    setAt(-1);
    if (query.trim() === "" && !like) { setFound(null); setProblem(null); return undefined; }
    const stop = new AbortController();
    const wait = setTimeout(() => {
      search(like ? { like, limit: 30, root: root || undefined } : { q: query, limit: 30, root: root || undefined }, stop.signal).then(
        (f) => { setFound(f); setProblem(null); p.say(count((f.hits ?? []).length, "passage") + " found"); },
        (e: unknown) => { if (!stop.signal.aborted) { setFound(null); setProblem(e instanceof ApiError ? e : new ApiError(0, "internal", "the search could not be read")); } });
    }, 90);
    return () => { clearTimeout(wait); stop.abort(); };
  }, [query, like, root]);

  const hits = found?.hits ?? [];
  const open = (i: number) => { const h = hits[i]; if (h) { setAt(i); p.onOpen(hits.map(target), i); } };
  const keydown = (e: KeyboardEvent) => {
    if (e.isComposing || hits.length === 0) return;
    const move = e.key === "ArrowDown" ? 1 : e.key === "ArrowUp" ? -1 : 0;
    if (move) {
      e.preventDefault();
      const n = Math.max(0, Math.min(hits.length - 1, at + move));
      setAt(n);
      list.current?.children[n]?.scrollIntoView({ block: "nearest" });
    }
    if (e.key === "Enter") { e.preventDefault(); open(Math.max(0, at)); }
  };
  const limits = found?.asked.limits ?? [], notes = found?.asked.notes ?? [];
  return <div class="page column">
    <h1>Search</h1>
    <div class="search-bar">
      <label class="said" for="search">Search your files</label>
      <input id="search" ref={input} type="search" value={query} placeholder="Words or a question" autocomplete="off" maxLength={1000} dir="auto"
        aria-controls="hits" aria-activedescendant={at >= 0 ? `hit-${at}` : undefined}
        onInput={(e) => set(e.currentTarget.value)} onKeyDown={keydown} />
      <label class="choice"><span class="said">Look in</span>
        <select value={String(root)} onChange={(e) => set(query, Number(e.currentTarget.value))}>
          <option value="0">All folders</option>
          {(p.status?.roots ?? []).map((r) => <option key={r.id} value={String(r.id)}>{baseName(r.path)}</option>)}
        </select></label>
    </div>
    {problem && <p class="error" role="alert"><strong>{problem.message}</strong> {problem.next}</p>}
    {found && <p class="quiet result-line">{hits.length ? `${count(hits.length, "passage")} in ${seconds(found.seconds)}` : "Nothing found."}{found.note ? ` · ${found.note}` : ""}
      {hits.length > 0 && <> · <a href={`#/ask?q=${encodeURIComponent(query)}`}>Ask this as a question</a>{hits[at] && <> · <a href={`#/search?like=${hits[at]?.chunk.id}`}>More like the chosen passage</a></>}</>}</p>}
    {like > 0 && found && <p class="limits"><span class="limit">like a passage of {baseName(found.query)}
      <button class="plain small" onClick={() => set("")} aria-label="Search for something else"><Icon name="close" /></button></span></p>}
    {limits.length > 0 && <ul class="limits" aria-label="What narrows the search">{limits.map((l, i) => <li key={i} class="limit" title={l.text}>{l.says}
      {l.text && <button class="plain small" onClick={() => { set(l.rest); input.current?.focus(); }} aria-label={`Search without: ${l.says}`}><Icon name="close" /></button>}</li>)}</ul>}
    {notes.map((n, i) => <p key={i} class="notice" role="status">{n}</p>)}
    {!found && !problem && <p class="quiet">Results appear while you type. Arrow keys choose, Enter opens the passage. <code>"two words"</code> together, <code>budg*</code> for a beginning, <code>title:</code> <code>path:</code> <code>type:</code> <code>tag:</code> <code>author:</code> <code>after:2024-05</code> to narrow, <code>-</code> before one to leave it out.</p>}
    <ol id="hits" class="hits" ref={list} role="listbox" aria-label="Passages">
      {hits.map((h, i) => <li key={h.chunk.id} id={`hit-${i}`} role="option" aria-selected={i === at} class={i === at ? "chosen" : ""} onClick={() => open(i)}>
        <p class="hit-head"><strong dir="auto">{baseName(h.document.ref.path)}</strong> <span class="quiet" dir="auto">{[folderName(h.document.ref.path), ...(h.chunk.heading ?? [])].filter(Boolean).join(" › ")}</span></p>
        <p class="snippet" dir="auto">{excerpt(h).map((s, k) => s.mark ? <mark key={k}>{s.text}</mark> : s.text)}</p>
        <p class="quiet hit-foot">{[placeText(h.chunk.place), percent(h.score), h.parts.dense_rank && h.parts.keyword_rank ? "by words and meaning" : h.parts.dense_rank ? "by meaning" : "by words"].filter(Boolean).join(" · ")}{h.also?.length ? " · " : ""}<AlsoIn also={h.also} /></p>
      </li>)}
    </ol>
    {found && query.trim() !== "" && !like && <WhyNot key={query} query={query} root={root} />}
  </div>;
}
