import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { ApiError, search, type Found, type Status } from "./api";
import { counted, type Filters, noFilters, readFilters, routeQuery, searchAddress } from "./filters";
import { FilterBar } from "./filterbar";
import { seconds } from "./format";
import { HitView } from "./hit";
import { Icon } from "./icons";
import { baseName, hitTarget, pathText, type Target } from "./place";
import { said, saidAll } from "./remark";
import { number } from "./text/catalogue";
import { searchWords } from "./text/search";
import { Latest } from "./typing";
import { WhyNot } from "./whynot";

const most = 30; // passages of a search
const beside = "(min-width: 1101px)"; // there is room for the passage beside the results

/** What is asked for, and under which filters. */
interface Question { q: string; like: number; filters: Filters }

export interface SearchProps { params: URLSearchParams; go: (hash: string) => void; status: Status | null; onOpen: (list: Target[], at: number, preview?: boolean) => void; onClose: () => void; opened: "" | "preview" | "whole"; say: (s: string) => void }

/** Search while typing. What is searched for, and what narrows it, stands in the address. */
export function SearchPage(p: SearchProps) {
  const w = searchWords(), address = p.params.toString();
  const asked = useMemo((): Question => ({ q: p.params.get("q") ?? "", like: Number(p.params.get("like") ?? 0), filters: readFilters(p.params) }), [address]);
  const { q, like, filters } = asked;
  const [found, setFound] = useState<{ for: Question; found: Found } | null>(null);
  const [problem, setProblem] = useState<ApiError | null>(null);
  const [at, setAt] = useState(-1);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const latest = useMemo(() => new Latest((a: Question, signal) => search(routeQuery(a.q, a.like, a.filters, most), signal)), []);
  useEffect(() => input.current?.focus(), []);
  useEffect(() => () => latest.drop(), []);

  const empty = q.trim() === "" && !like;
  useEffect(() => {
    setAt(-1);
    if (p.opened === "preview") p.onClose(); // it shows what was found before
    if (empty) { latest.drop(); setFound(null); setProblem(null); return; }
    latest.ask(asked, (f) => { setFound({ for: asked, found: f }); setProblem(null); const n = (f.hits ?? []).length; p.say(w.said(number(n), n === 1)); },
      (e) => { setFound(null); setProblem(e instanceof ApiError ? e : new ApiError(0, "internal", w.unread)); });
  }, [asked]);

  const f = found?.found, hits = f?.hits ?? [], targets = useMemo(() => hits.map(hitTarget), [found]);
  const roots = p.status?.roots ?? [];
  const type = (text: string) => p.go(searchAddress(text, filters));
  const narrow = (n: Filters) => p.go(searchAddress(q, n, like));
  const open = (i: number, preview: boolean) => { if (targets[i]) { setAt(i); p.onOpen(targets, i, preview); } };
  const choose = (i: number) => {
    const n = Math.max(0, Math.min(hits.length - 1, i));
    if (window.matchMedia(beside).matches) open(n, true); else setAt(n);
  };
  useLayoutEffect(() => { if (at >= 0) list.current?.children[at]?.scrollIntoView({ block: "nearest" }); }, [at]);
  const keydown = (e: KeyboardEvent) => {
    if (e.isComposing || e.ctrlKey || e.metaKey || e.altKey) return;
    if (e.key === "Escape") { // what is open closes first
      if (p.opened) return; // by the frame
      e.preventDefault();
      if (at >= 0) setAt(-1); else if (q || like) p.go(searchAddress("", filters));
      return;
    }
    if (hits.length === 0) return;
    const to = e.key === "ArrowDown" ? at + 1 : e.key === "ArrowUp" ? at - 1 : at < 0 || e.shiftKey ? null : e.key === "PageDown" ? at + 5 : e.key === "PageUp" ? at - 5 : e.key === "Home" ? 0 : e.key === "End" ? hits.length - 1 : null;
    if (to !== null) { e.preventDefault(); choose(to); }
    if (e.key === "Enter") { e.preventDefault(); open(Math.max(0, at), false); }
  };
  const limits = f?.asked.limits ?? [], notes = saidAll(f?.asked.remarks, f?.asked.notes), note = said(f?.remark, f?.note ?? ""), exact = f?.asked.exact ?? [];
  const chosen = hits[at], files = [...new Set(hits.map((h) => h.document.id))], narrowed = counted(filters) > 0;
  const understood = f && !like && f.asked.text.trim() !== "" && f.asked.text.trim() !== q.trim().replace(/\s+/g, " ") ? f.asked.text : "";
  return <div class="page column search-page">
    <h1>{w.title}</h1>
    <div class="search-head">
      <div class="search-field"><Icon name="search" />
        <label class="said" for="search">{w.label}</label>
        <input id="search" ref={input} enterkeyhint="search" role="combobox" aria-expanded={hits.length > 0} aria-controls="hits" aria-autocomplete="list" aria-activedescendant={at >= 0 ? `hit-${at}` : undefined}
          value={q} placeholder={w.placeholder} autocomplete="off" maxLength={1000} dir="auto" onInput={(e) => type(e.currentTarget.value)} onKeyDown={keydown} /></div>
      <FilterBar filters={filters} roots={roots} extra={limits.map((l) => l.text).filter(Boolean).join(" ")} onChange={narrow} say={p.say} />
    </div>
    {filters.folder && <p class="limits"><span class="limit"><Icon name="folder" /><bdi>{w.inFolder(filters.folder)}</bdi>
      <button class="plain small" onClick={() => narrow({ ...filters, folder: "" })} aria-label={w.without(filters.folder)}><Icon name="close" /></button></span></p>}
    {problem && <p class="error" role="alert"><strong>{problem.message}</strong> {problem.next}</p>}
    {like > 0 && f && <p class="limits"><span class="limit">{w.likeOf(baseName(f.query))}
      <button class="plain small" onClick={() => { p.go(searchAddress("", filters)); input.current?.focus(); }} aria-label={w.other}><Icon name="close" /></button></span></p>}
    {limits.length > 0 && <ul class="limits" aria-label={w.narrows}>{limits.map((l, i) => <li key={i} class="limit" title={l.text}>{said(l.remark, l.says)}
      {l.text && <button class="plain small" onClick={() => { type(l.rest); input.current?.focus(); }} aria-label={w.without(said(l.remark, l.says))}><Icon name="close" /></button>}</li>)}</ul>}
    {(understood || exact.length > 0) && <p class="quiet understood">{understood && <>{w.searchedFor} <q dir="auto">{understood}</q></>}{understood && exact.length > 0 ? " · " : ""}{exact.length > 0 && <>{w.exact} {exact.map((x) => <code key={x}>{x}</code>)}</>}</p>}
    {notes.map((n, i) => <p key={i} class="notice" role="status">{n}</p>)}
    {f && hits.length > 0 && <div class="result-line"><p class="quiet">{w.found(number(hits.length), hits.length === 1)} {w.inSeconds(f.seconds < .1 ? `${number(Math.max(1, Math.round(f.seconds * 1000)))} ms` : seconds(f.seconds))}{note ? ` · ${note}` : ""}</p>
      {!like && <a class="action" href={`#/ask?${new URLSearchParams({ q, docs: files.join(",") }).toString()}`} title={w.askFiles(number(files.length), files.length === 1)}><Icon name="ask" />{w.ask}</a>}
      <button class="plain small action" disabled={!chosen} onClick={() => { if (chosen) { p.onClose(); p.go(searchAddress("", filters, chosen.chunk.id)); input.current?.focus(); } }}>{w.like}</button>
      {chosen && pathText(chosen.document.ref).includes("/") && filters.folder === "" && <button class="plain small action" onClick={() => { const path = chosen.document.ref.path; narrow({ ...filters, root: chosen.document.ref.root, folder: path.slice(0, path.lastIndexOf("/")) }); input.current?.focus(); }}
        title={w.onlyFolder(pathText(chosen.document.ref).split("/").slice(0, -1).join("/"))}><Icon name="folder" />{w.inFolder(pathText(chosen.document.ref).split("/").at(-2) ?? "")}</button>}</div>}
    {f && hits.length > 0 && !f.enough && !like && <p class="notice" role="status">{w.weak}</p>}
    {f && hits.length === 0 && <div class="empty-state"><h2>{w.none}</h2><p>{narrowed ? w.noneFiltered : w.noneText}{note ? ` ${note}` : ""}</p>
      {narrowed && <button onClick={() => { narrow(noFilters); input.current?.focus(); }}>{w.everywhere}</button>}</div>}
    {!f && !problem && empty && (p.status && roots.length === 0
      ? <div class="empty-state"><h2>{w.noFolders}</h2><p>{w.noFoldersText}</p><a class="button" href="#/library">{w.addFolder}</a></div>
      : <div class="search-help"><p class="quiet">{w.help}</p>
        <dl>{w.keys.map(([k, what]) => <div key={k}><dt><kbd>{k}</kbd></dt><dd>{what}</dd></div>)}</dl>
        <dl>{w.examples.map(([x, what]) => <div key={x}><dt><code>{x}</code></dt><dd>{what}</dd></div>)}</dl></div>)}
    <ol id="hits" class="hits" ref={list} role="listbox" aria-label={w.hits} data-for={found?.for.q}>
      {hits.map((h, i) => <HitView key={h.chunk.id} hit={h} id={`hit-${i}`} chosen={i === at} onOpen={() => open(i, false)} />)}
    </ol>
    {f && q.trim() !== "" && !like && <WhyNot key={q} query={q} root={filters.root} />}
  </div>;
}
