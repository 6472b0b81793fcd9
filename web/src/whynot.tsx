import { useEffect, useRef, useState } from "preact/hooks";
import { ApiError, documents, trace, type Outcome } from "./api";
import { said, saidAll } from "./remark";
import { why, type Why } from "./surveys";
import { libraryWords } from "./text/library";
import { whyWords } from "./text/why";

/** Says why a file that somebody expected is not in a result: a part of its name or its whole path is enough. */
export function WhyNot({ query, root }: { query: string; root: number }) {
  const w = whyWords();
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [problem, setProblem] = useState("");
  const box = useRef<HTMLInputElement>(null);
  const ask = async () => {
    const name = box.current?.value.trim() ?? "";
    if (name === "") return;
    setOutcome(null); setProblem("");
    try {
      const whole = /^(\/|~|[A-Za-z]:[\\/])/.test(name);
      const first = whole ? undefined : (await documents({ q: name, limit: 1 })).documents[0];
      if (!whole && !first) { setProblem(w.unknown); return; }
      setOutcome(await trace({ q: query, limit: 30, root: [root], ...(first ? { document: first.id } : { file: name }) }));
    } catch (e) { setProblem(e instanceof ApiError ? e.message : w.failed); }
  };
  return <details class="fold why-not"><summary>{w.missing}</summary>
    <form class="search-bar" onSubmit={(e) => { e.preventDefault(); void ask(); }}>
      <label class="said" for="missing">{w.label}</label>
      <input id="missing" ref={box} placeholder={w.place} autocomplete="off" maxLength={4000} dir="auto" />
      <button>{w.ask}</button>
    </form>
    <div role="status">{problem && <p class="notice">{problem}</p>}
      {outcome && <div class="outcome"><p><strong dir="auto">{outcome.path}</strong></p><p>{said(outcome.remark, outcome.text)}</p>{outcome.next && <p class="quiet">{said(outcome.next_remark, outcome.next)}</p>}</div>}</div>
  </details>;
}

/** Says what becomes of a path by the rules, and which one decides; a document that is given is looked up at once, its path as it is shown: what that cannot say of a name the document does. */
export function WhyFile({ document: given, path: shown }: { document: number; path: string }) {
  const w = libraryWords();
  const [path, setPath] = useState(shown);
  const [found, setFound] = useState<Why | null>(null);
  const [problem, setProblem] = useState("");
  const box = useRef<HTMLDetailsElement>(null);
  const ask = async () => {
    const of = path.trim(), same = given !== 0 && path === shown;
    if (of === "") return;
    setFound(null); setProblem("");
    if (!same && !/^(\/|~|[A-Za-z]:[\\/])/.test(of)) { setProblem(w.probeWhole); return; }
    try { setFound(await why(same ? { document: given } : { path: of })); } catch (e) { setProblem(e instanceof ApiError ? [e.message, e.next].filter(Boolean).join("; ") : w.probeFailed); }
  };
  useEffect(() => { if (given) { void ask(); box.current?.scrollIntoView({ block: "nearest" }); box.current?.querySelector("summary")?.focus(); } }, []);
  const d = found?.document, rule = found ? said(found.remark, found.rule) : "", reason = d ? said(d.why, d.reason ?? "") : "";
  return <details class="fold why-file" ref={box} open={given !== 0}><summary>{w.probe}</summary>
    <form class="search-bar" onSubmit={(e) => { e.preventDefault(); void ask(); }}>
      <label class="said" for="probe">{w.probeLabel}</label>
      <input id="probe" value={path} placeholder={w.probePlace} autocomplete="off" spellcheck={false} maxLength={4000} dir="auto" onInput={(e) => setPath(e.currentTarget.value)} />
      <button>{w.probeDo}</button>
    </form>
    <div role="status">{problem && <p class="notice">{problem}</p>}
      {found && <div class="outcome"><p><strong>{w.verdicts[found.verdict]}</strong>{found.waiting ? `; ${w.waits}` : ""}</p>
        <dl class="facts"><div><dt>{w.rule}</dt><dd><bdi>{rule}</bdi></dd></div>
          {d && <div><dt>{w.known}</dt><dd>{[w.stateOf[d.state as keyof typeof w.stateOf], reason === rule ? "" : reason, ...saidAll(d.remarks, d.notes)].filter(Boolean).join(": ")}</dd></div>}
          {found.next && d?.state !== "ready" && <div><dt>{w.next}</dt><dd>{said(found.next_remark, found.next)}</dd></div>}</dl></div>}</div>
  </details>;
}
