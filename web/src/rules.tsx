import { useEffect, useRef, useState } from "preact/hooks";
import { ApiError, setRules, type Root, type Rules } from "./api";
import { visible } from "./place";
import { said } from "./remark";
import { preview, type Changed, type Preview } from "./surveys";
import { libraryWords } from "./text/library";

/** What of a folder is indexed: "only *.md; not old/; types pdf, md; files up to 5 MiB". */
export function rulesText(r: Rules): string {
  const w = libraryWords();
  const list = (word: string, of?: string[]) => of?.length ? [`${word} ${visible(of.join(", "))}`] : [];
  return [...list(w.only, r.include), ...list(w.not, r.exclude), ...list(w.typesWord, r.types), ...(r.max_mb ? [w.upTo(r.max_mb)] : []), ...list(w.secretWord, r.allow)].join("; ");
}

const lines = (text: string) => text.split("\n").map((l) => l.trim()).filter((l) => l !== "");

function Examples({ c, word, tone }: { c: Changed; word: (n: number) => string; tone: string }) {
  if (c.files === 0) return null;
  return <p class={`rule-change ${tone}`}><b>{word(c.files)}</b> <bdi>{c.examples.join(", ")}</bdi>{c.files > c.examples.length ? " …" : ""}</p>;
}

/** What the rules that stand in the form would change. */
function RulesPreview({ p }: { p: Preview | null }) {
  const w = libraryWords();
  if (!p) return <p class="quiet">{w.looking}</p>;
  if (p.problem) return <p class="error">{said(p.remark, p.problem)}</p>;
  const same = p.more.files + p.fewer.files === 0;
  return <><p class={same ? "quiet" : ""}>{same ? w.noChange(p.files) : <b>{w.change(p.before, p.files)}</b>}</p>
    <Examples c={p.more} word={w.more} tone="more" /><Examples c={p.fewer} word={w.fewer} tone="fewer" />{!p.whole && <p class="quiet">{w.notWhole}</p>}</>;
}

/** The form in which a folder's rules are changed; they are in force at once. */
export function RulesForm({ root, onDone }: { root: Root; onDone: (changed: boolean) => void }) {
  const w = libraryWords(), r = root.rules ?? {};
  const [include, setInclude] = useState((r.include ?? []).join("\n"));
  const [exclude, setExclude] = useState((r.exclude ?? []).join("\n"));
  const [types, setTypes] = useState((r.types ?? []).join(", "));
  const [most, setMost] = useState(r.max_mb ? String(r.max_mb) : "");
  const [allow, setAllow] = useState((r.allow ?? []).join("\n"));
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const [changes, setChanges] = useState<Preview | null>(null);
  const size = most.trim() === "" ? 0 : Number(most);
  const rules: Rules = { include: lines(include), exclude: lines(exclude), types: types.split(/[\s,]+/).filter((t) => t !== ""), max_mb: Number.isInteger(size) && size > 0 ? size : 0, allow: lines(allow) };
  useEffect(() => {
    const stop = new AbortController();
    const wait = setTimeout(() => preview(root.id, rules, stop.signal).then(setChanges, () => undefined), changes ? 300 : 0);
    return () => { clearTimeout(wait); stop.abort(); };
  }, [include, exclude, types, most, allow]);
  const save = async () => {
    if (!Number.isInteger(size) || size < 0) { setProblem(w.wholeNumber); return; }
    setBusy(true); setProblem("");
    try { await setRules(root.id, rules); onDone(true); }
    catch (e) { setProblem(e instanceof ApiError ? e.message : w.rulesFailed); } finally { setBusy(false); }
  };
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.scrollIntoView({ block: "nearest" }), []);
  const id = (name: string) => `${name}-${root.id}`;
  return <form ref={form} class="rules-form" onSubmit={(e) => { e.preventDefault(); void save(); }} onKeyDown={(e) => { if (e.key === "Escape") { e.stopPropagation(); onDone(false); } }}>
    <div class="rules-fields"><p><label for={id("include")}>{w.onlyThese} <span class="quiet">{w.onlyHint}</span></label>
    <textarea id={id("include")} rows={2} spellcheck={false} placeholder="*.md" value={include} onInput={(e) => setInclude(e.currentTarget.value)} ref={(e) => { if (e && document.activeElement === document.body) e.focus(); }} /></p>
      <p><label for={id("exclude")}>{w.notThese}</label>
    <textarea id={id("exclude")} rows={2} spellcheck={false} placeholder="old/" value={exclude} onInput={(e) => setExclude(e.currentTarget.value)} /></p>
      <p><label for={id("types")}>{w.types} <span class="quiet">{w.typesHint}</span></label>
    <input id={id("types")} value={types} autocomplete="off" spellcheck={false} onInput={(e) => setTypes(e.currentTarget.value)} /></p>
      <p><label for={id("most")}>{w.largest}</label>
    <input id={id("most")} inputMode="numeric" value={most} autocomplete="off" onInput={(e) => setMost(e.currentTarget.value)} /></p>
      {(allow !== "" || (r.allow ?? []).length > 0) && <p><label for={id("allow")}>{w.allow} <span class="quiet">{w.allowHint}</span></label>
      <textarea id={id("allow")} rows={2} spellcheck={false} value={allow} onInput={(e) => setAllow(e.currentTarget.value)} /></p>}</div>
    <div class="rules-preview" role="status"><RulesPreview p={changes} /></div>
    {problem && <p class="error" role="alert">{problem}</p>}
    <p class="rules-buttons"><button class="button" disabled={busy}>{w.save}</button><button type="button" onClick={() => onDone(false)}>{w.cancel}</button></p>
  </form>;
}
