import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { ApiError, hasToken, onTokenLost, signIn, status as readStatus, type Status } from "./api";
import { AskPage } from "./ask";
import { end, way } from "./branch";
import { Command } from "./command";
import { Help, SettingsDialog } from "./dialog";
import { onGiven, useDropping } from "./dropping";
import { seconds } from "./format";
import { History } from "./history";
import { Icon, type IconName } from "./icons";
import { useKeptFocus } from "./keepfocus";
import type { Opened } from "./opened";
import { EvaluationPage, InboxLayer, LibraryPage, loadRest, ModelsPage, SearchPage, SourcePane } from "./pages";
import { type Deed, Palette } from "./palette";
import { StatusNow } from "./phase";
import type { Target } from "./place";
import { rootKey, useRemovals } from "./removal";
import { type AskState, noQuestions, openConversation, startAfresh, type Talk } from "./talk";
import { appWords } from "./text/app";
import { type Language, language } from "./text/catalogue";
import { counted } from "./text/counted";
import { troubleWords } from "./text/trouble";
import { running } from "./turn";
import { Troubles } from "./trouble";

const pages: [string, IconName][] = [["ask", "ask"], ["search", "search"], ["library", "library"], ["models", "models"], ["evaluation", "evaluation"]];
/** What a page is called. */
const called = (page: string) => appWords().pages[page] ?? page;

const places: Record<string, string> = { c: "ask", s: "search", l: "library", m: "models", e: "evaluation" };

/** Polls the status: quickly while something happens, slowly else; says when the daemon does not answer. busy tells that an answer is made. */
function useStatus(on: boolean, busy: boolean): { status: Status | null; gone: boolean; refresh: () => void } {
  const [status, setStatus] = useState<Status | null>(null);
  const [gone, setGone] = useState(false);
  const [round, setRound] = useState(0);
  const hurry = useRef(busy), soon = useRef(() => {});
  hurry.current = busy;
  useEffect(() => {
    if (!on) return undefined;
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async () => {
      timer = undefined;
      let wait = 4000;
      try {
        const s = await readStatus(stop.signal);
        setStatus(s); setGone(false);
        if (s.state === "indexing" || hurry.current) wait = 1000;
      } catch (e) {
        if (stop.signal.aborted) return;
        if (e instanceof ApiError && e.code === "token") return;
        setGone(e instanceof ApiError && e.status === 0);
        wait = 2000;
      }
      timer = setTimeout(() => void look(), document.hidden ? 10000 : wait);
    };
    void look();
    const now = soon.current = () => { if (timer !== undefined) { clearTimeout(timer); void look(); } }; // one that is on its way is as good
    const seen = () => { if (!document.hidden) now(); };
    document.addEventListener("visibilitychange", seen);
    return () => { stop.abort(); clearTimeout(timer); soon.current = () => undefined; document.removeEventListener("visibilitychange", seen); };
  }, [on, round]);
  useEffect(() => soon.current(), [busy]);
  return { status, gone, refresh: useCallback(() => setRound((n) => n + 1), []) };
}

/** The page without a token: it takes the code that a command prints. */
function SignIn({ problem, onSignedIn }: { problem: string; onSignedIn: () => void }) {
  const [code, setCode] = useState("");
  const [error, setError] = useState(problem);
  const w = appWords();
  const submit = async () => {
    try { await signIn(code.includes("code=") ? code.slice(code.indexOf("code=") + 5).trim() : code.trim()); onSignedIn(); }
    catch (e) { setError(e instanceof ApiError ? e.message : w.codeRefused); }
  };
  return <main class="sign-in"><div>
    <p class="wordmark">golocal</p>
    <h1>{w.signIn}</h1>
    <p>{w.signInWhy}</p>
    <p><Command line="golocal open" /></p>
    <form onSubmit={(e) => { e.preventDefault(); void submit(); }}>
      <label for="code">{w.code}</label>
      <div class="add-row"><input id="code" value={code} onInput={(e) => setCode(e.currentTarget.value)} autocomplete="off" spellcheck={false} /><button class="button" disabled={code.trim() === ""}>{w.open}</button></div>
      {error && <p class="error" role="alert">{error}</p>}
    </form>
  </div></main>;
}

function StateLine({ status, gone }: { status: Status | null; gone: boolean }) {
  const w = appWords(), of = counted();
  if (gone) return <p class="state-line bad"><span aria-hidden="true">▲</span> {w.gone}</p>;
  if (!status) return <p class="state-line">{w.connecting}</p>;
  const trouble = status.index.trouble && troubleWords().index[status.index.trouble.code];
  if (trouble) return <p class="state-line bad"><span aria-hidden="true">▲</span> {trouble.short}</p>;
  if (status.roots.length === 0) return <p class="state-line">{w.noFolder}</p>;
  if (status.state === "indexing") {
    const left = status.queue.waiting + status.queue.working;
    return <p class="state-line"><span class="pulse" aria-hidden="true" />{w.reading(of.files(left), status.queue.eta_seconds ? seconds(status.queue.eta_seconds) : "")}</p>;
  }
  const paused = status.roots.filter((r) => r.paused).length;
  if (paused > 0) return <p class="state-line"><span aria-hidden="true">‖</span> {paused === status.roots.length ? w.paused : w.somePaused(of.folders(paused))}</p>;
  return <p class="state-line"><span class="dot" aria-hidden="true">●</span> {w.upToDate(of.documents(status.roots.reduce((n, r) => n + r.documents.ready, 0)))}</p>;
}

function parse(hash: string): { name: string; params: URLSearchParams } {
  const [path, query] = hash.replace(/^#\/?/, "").split("?", 2);
  return { name: pages.some(([n]) => n === path) ? path ?? "ask" : "ask", params: new URLSearchParams(query ?? "") };
}

export function App({ code }: { code: string }) {
  const [session, setSession] = useState<"opening" | "open" | "none">(code ? "opening" : hasToken() ? "open" : "none");
  const [problem, setProblem] = useState("");
  const [hash, setHash] = useState(location.hash);
  const [askState, setAskState] = useState<AskState>(noQuestions);
  const [opened, setOpened] = useState<Opened | null>(null);
  const [said, say] = useState("");
  const [tongue, setTongue] = useState<Language>(language);
  const [round, setRound] = useState(0); // of what the list of conversations shows
  const [layer, setLayer] = useState<"" | "palette" | "help" | "settings">("");
  const [drawer, setDrawer] = useState(false); // the conversations, where there is no room for a pane
  const { removals, shown: toasted } = useRemovals();
  const before = useRef<HTMLElement | null>(null);
  const g = useRef(0); // when g was pressed, which goes before the letter of a page
  const { status: known, gone, refresh } = useStatus(session === "open", askState.turns.some(running));
  const status = useMemo(() => known && { ...known, roots: known.roots.filter((r) => !removals.gone.has(rootKey(r))) }, [known, removals.gone]);
  const held = useDropping(session === "open"); // files, over the page
  const [given, setGiven] = useState(false); // some were dropped or chosen
  useEffect(() => onGiven(() => setGiven(true)), []);

  useEffect(() => {
    onTokenLost(() => { setProblem(""); setSession("none"); });
    if (code) signIn(code).then(() => setSession("open"), (e: unknown) => {
      if (hasToken()) { setSession("open"); return; } // reloaded with an old address: the tab's token still holds
      setProblem(e instanceof ApiError ? e.message : appWords().codeRefused);
      setSession("none");
    });
    const moved = () => {
      const h = location.hash;
      const fresh = /^#code=(.+)/.exec(h);
      if (fresh?.[1]) { history.replaceState(null, "", "/"); signIn(fresh[1]).then(() => setSession("open"), () => undefined); return; }
      setHash(h);
    };
    window.addEventListener("hashchange", moved);
    return () => window.removeEventListener("hashchange", moved);
  }, []);
  const { name, params } = parse(hash);
  const go = (h: string) => { history.replaceState(null, "", h); setHash(h); };
  const talk: Talk = useMemo(() => ({ update: setAskState, say, onKept: () => setRound((n) => n + 1) }), []);
  const kept = status?.history?.on ?? false;
  const asked = name === "ask" ? params.get("c") ?? "" : "", current = askState.id;
  // The address names the conversation that is shown, and one that is named there is opened.
  const ends = useRef<AbortController | null>(null);
  useEffect(() => {
    if (!kept || !asked) return undefined;
    if (asked === current) { // it is shown already; perhaps by another way through it
      setAskState((s) => { const there = s.turns.find((t) => t.kept !== "" && t.kept === params.get("t")); return there && !way(s.turns, s.leaf).includes(there) ? { ...s, leaf: end(s.turns, there.id) } : s; });
      return undefined;
    }
    ends.current?.abort();
    const stop = ends.current = new AbortController();
    void openConversation(asked, params.get("t") ?? "", talk, stop.signal);
    return undefined;
  }, [kept, asked, params.get("t")]);
  useEffect(() => { if (name === "ask" && current !== asked && !askState.loading && (current || asked) && kept) go(current ? `#/ask?c=${encodeURIComponent(current)}` : "#/ask"); }, [current]);
  useEffect(() => { if (name === "ask" && kept && current && !asked) go(`#/ask?c=${encodeURIComponent(current)}`); }, [kept]); // asked before the status was read
  const fresh = () => { startAfresh(talk); setDrawer(false); location.hash = "#/ask"; setTimeout(() => document.querySelector<HTMLElement>("#question")?.focus()); };
  const close = () => { setOpened(null); before.current?.focus(); };
  const move = (at: number) => setOpened((o) => o && at >= 0 && at < o.list.length ? { ...o, at } : o);
  const step = (by: number) => setOpened((o) => o?.list[o.at + by] ? { ...o, at: o.at + by } : o);
  const open = (list: Target[], at: number, preview = false) => { if (!opened) before.current = document.activeElement instanceof HTMLElement ? document.activeElement : null; setOpened({ list, at, preview }); };

  useKeptFocus(session === "open");
  useLayoutEffect(() => { // with the screen, not after it: a key goes to what is seen
    const key = (e: KeyboardEvent) => {
      const typing = e.target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName);
      if ((e.ctrlKey || e.metaKey) && !e.altKey && !e.shiftKey && e.key.toLowerCase() === "k") { e.preventDefault(); setLayer((l) => l === "palette" ? "" : "palette"); return; }
      if (layer) return;
      if (e.ctrlKey || e.metaKey || e.altKey && !typing) return;
      if (e.key === "Escape" && e.target instanceof HTMLElement && e.target.closest("[data-own-escape]")) return;
      if (e.key === "Escape" && drawer && !e.defaultPrevented) { e.preventDefault(); setDrawer(false); return; }
      if (e.key === "Escape" && opened && !e.defaultPrevented) { e.preventDefault(); close(); }
      if (typing) return;
      const going = performance.now() - g.current < 1500 ? places[e.key] : undefined;
      g.current = e.key === "g" ? performance.now() : 0;
      if (going) { e.preventDefault(); location.hash = going === "ask" && current ? `#/ask?c=${encodeURIComponent(current)}` : `#/${going}`; return; }
      if (e.key === "[") step(-1);
      if (e.key === "]") step(1);
      if (e.key === "n") { e.preventDefault(); fresh(); }
      if (e.key === "?") { e.preventDefault(); setLayer("help"); }
      if (e.key === "/") { e.preventDefault(); (document.querySelector<HTMLElement>("#search") ?? document.querySelector<HTMLElement>("#question") ?? document.querySelector<HTMLElement>("#name"))?.focus(); }
    };
    window.addEventListener("keydown", key, true);
    return () => window.removeEventListener("keydown", key, true);
  }, [opened, layer, drawer, current]);
  const w = appWords();
  const deeds = useMemo((): Deed[] => [
    { name: w.newConversation, keys: "n", run: fresh },
    ...pages.map(([n]): Deed => ({ name: called(n), hint: w.page, keys: `g ${Object.entries(places).find(([, to]) => to === n)?.[0] ?? ""}`, run: () => { location.hash = n === "ask" && current ? `#/ask?c=${encodeURIComponent(current)}` : `#/${n}`; } })),
    { name: w.settings, hint: w.looks, run: () => setLayer("settings") },
    { name: w.keys, hint: w.help, keys: "?", run: () => setLayer("help") },
    { name: w.failedFiles, hint: called("library"), run: () => { location.hash = "#/library?state=failed"; } },
    ...(status?.roots ?? []).map((r): Deed => ({ name: w.filesIn(r.path), hint: w.folder, run: () => { location.hash = `#/library?root=${r.id}`; } })),
  ], [current, status?.roots.length, tongue]);
  useEffect(() => { if (askState.turns.length > 0) loadRest(); }, [askState.turns.length > 0]);
  useEffect(() => { document.title = `${called(name)} – golocal`; }, [name, tongue]);

  if (session === "opening") return <main class="sign-in"><p class="quiet">{w.opening}</p></main>;
  if (session === "none") return <SignIn problem={problem} onSignedIn={() => setSession("open")} />;
  const ask = params.get("q") && name === "ask" ? params.get("q") ?? "" : "";
  return <div key={tongue} class={`shell ${opened ? "with-source" : ""} ${kept ? "with-history" : ""}`}>
    <header class="rail">
      <p class="wordmark">golocal</p>
      <nav aria-label={w.pagesLabel}><ul>{pages.map(([n, icon]) => <li key={n}><a href={n === "ask" && current ? `#/ask?c=${encodeURIComponent(current)}` : `#/${n}`} aria-current={n === name ? "page" : undefined}><Icon name={icon} /><span>{called(n)}</span></a></li>)}</ul></nav>
      {kept && <div class={`history-holder ${drawer ? "open" : ""}`}><History current={name === "ask" ? current : ""} round={round} onChosen={() => setDrawer(false)} onNew={fresh} onGone={() => startAfresh(talk)} removals={removals} /></div>}
      <StateLine status={status} gone={gone} />
      <p class="rail-foot"><button class="plain small" onClick={() => setLayer("settings")}><Icon name="sliders" /><span>{w.settings}</span></button><button class="plain small" onClick={() => setLayer("help")} title={`${w.keys}  ?`}>{w.keys}</button><span class="quiet">{status?.offline ? troubleWords().offlineShort : w.stays}</span></p>
      {kept && <button class="plain drawer-button" aria-expanded={drawer} aria-label={w.conversations} onClick={() => setDrawer(!drawer)}><Icon name="menu" /></button>}
    </header>
    {drawer && <button class="scrim" aria-label={w.closeConversations} tabIndex={-1} onClick={() => setDrawer(false)} />}
    <main tabIndex={name === "models" ? 0 : -1 /* that page has little else that takes the focus, and scrolls */}>
      <Troubles status={status} gone={gone} page={name} />
      {name === "ask" && <StatusNow.Provider value={status}><AskPage key={ask} state={askState} talk={talk} status={status} active={opened?.list[opened.at] ?? null} onOpen={open} draft={ask} docs={(params.get("docs") ?? "").split(",").map(Number).filter((n) => n > 0)} refresh={refresh} /></StatusNow.Provider>}
      {name === "search" && <SearchPage params={params} go={go} status={status} onOpen={open} onClose={close} opened={opened ? opened.preview ? "preview" : "whole" : ""} say={say} />}
      {name === "library" && <LibraryPage params={params} go={go} status={status} refresh={refresh} removals={removals} onOpen={open} />}
      {name === "evaluation" && <EvaluationPage params={params} go={go} status={status} say={say} />}
      {name === "models" && <ModelsPage status={status} refresh={refresh} say={say} />}
    </main>
    {opened && <SourcePane roots={status?.roots ?? []} opened={opened} onMove={move} onClose={close} />}
    {(held || given) && <InboxLayer over={held} onAdded={refresh} />}
    {toasted}
    {layer === "palette" && <Palette deeds={deeds} kept={kept} go={(h) => { location.hash = h; }} onClose={() => setLayer("")} />}
    {layer === "help" && <Help onClose={() => setLayer("")} />}
    {layer === "settings" && <SettingsDialog status={status} onLanguage={() => setTongue(language())} onClose={() => setLayer("")} onEmptied={() => { startAfresh(talk); talk.onKept(); refresh(); }} />}
    <p class="said" role="status">{said}</p>
  </div>;
}
