import { useEffect, useRef, useState } from "preact/hooks";
import { complete, type Root, type Scope } from "./api";
import { savedScopes, type SavedScope } from "./filters";
import { Icon } from "./icons";
import { type Kind, kindOf, kinds } from "./kinds";
import { baseName, pathText } from "./place";
import { dated, days, inRoot, ofKind, plain, tagged } from "./scope";
import { TagField } from "./tagfield";
import { composerWords } from "./text/composer";
import { pickersWords } from "./text/pickers";
import { searchWords } from "./text/search";
import { Latest } from "./typing";

/** Narrows where the next question is asked: folder, type, days, single files, saved filters. */
export function ScopePick(p: { scope: Scope; roots: Root[]; onChange: (s: Scope) => void; onFile: () => void; onClose: () => void }) {
  const w = pickersWords(), sw = searchWords(), s = p.scope, root = s.roots?.[0] ?? 0, { from, to } = days(s), kind = kindOf(s.types ?? []);
  const [saved, setSaved] = useState<SavedScope[]>([]);
  const first = useRef<HTMLSelectElement>(null);
  useEffect(() => {
    first.current?.focus();
    const stop = new AbortController();
    savedScopes(stop.signal).then(setSaved, () => undefined); // without them the rest still works
    return () => stop.abort();
  }, []);
  return <div class="tray scope-tray" role="group" aria-label={composerWords().narrow} onKeyDown={(e) => { if (e.key === "Enter" && (e.target as HTMLElement).tagName === "INPUT") e.preventDefault(); /* the question is not sent from here */ }}>
    <label><span>{sw.folder}</span><select ref={first} value={String(root)} onChange={(e) => p.onChange(inRoot(s, Number(e.currentTarget.value)))}>
      <option value="0">{sw.allFolders}</option>{p.roots.map((r) => <option key={r.id} value={String(r.id)}>{baseName(pathText(r))}</option>)}</select></label>
    <Below {...p} root={p.roots.find((r) => r.id === root) ?? (p.roots.length === 1 ? p.roots[0] : undefined)} />
    <label class="whole"><span>{sw.type}</span><select value={kind} onChange={(e) => p.onChange(ofKind(s, e.currentTarget.value as Kind | ""))}>
      <option value="">{sw.allTypes}</option>{(Object.keys(kinds) as Kind[]).map((k) => <option key={k} value={k}>{sw.types[k]}</option>)}</select></label>
    <label><span>{sw.from}</span><input type="date" value={from} max={to || undefined} onChange={(e) => p.onChange(dated(s, e.currentTarget.value, to))} /></label>
    <label><span>{sw.to}</span><input type="date" value={to} min={from || undefined} onChange={(e) => p.onChange(dated(s, from, e.currentTarget.value))} /></label>
    <Tag {...p} />
    {(saved.length > 0 || s.in) && <label class="whole"><span>{sw.saved}</span><select value={s.in ?? ""} onChange={(e) => p.onChange(plain({ ...s, in: e.currentTarget.value }))}>
      <option value="">{sw.noScope}</option>{saved.map((x) => <option key={x.name} value={x.name} title={x.text}>{x.name}</option>)}
      {s.in && !saved.some((x) => x.name === s.in) && <option value={s.in}>{s.in}</option>}</select></label>}
    <p class="tray-foot"><button type="button" class="plain small" onClick={p.onFile}><Icon name="file" />{w.fileGo}</button><span class="grow" /><button type="button" class="small" onClick={p.onClose}>{w.done}</button></p>
  </div>;
}

/** A tag that the files must carry; more than one make as many limits. */
function Tag(p: { scope: Scope; onChange: (s: Scope) => void }) {
  const sw = searchWords();
  const [typed, setTyped] = useState("");
  const take = (text: string) => {
    const tag = text.trim().replace(/^#+/, "");
    if (tag === "") return;
    setTyped("");
    p.onChange(tagged(p.scope, tag));
  };
  return <label class="whole"><span>{sw.tag}</span><TagField id="tags-limits" value={typed} placeholder={sw.tagHint} onInput={setTyped} onTake={take} /></label>;
}

/** A folder below the one that is looked in, offered while its path is typed; of a folder whose name is no text none can be. */
function Below(p: { scope: Scope; root: Root | undefined; onChange: (s: Scope) => void }) {
  const w = pickersWords(), { root } = p;
  const [typed, setTyped] = useState(p.scope.folder ?? "");
  const [offered, setOffered] = useState<string[]>([]);
  const [latest] = useState(() => new Latest((path: string, signal) => complete(path, signal)));
  useEffect(() => setTyped(p.scope.folder ?? ""), [p.scope.folder]);
  useEffect(() => () => latest.drop(), []);
  const base = (root?.path ?? "").replace(/[\\/]+$/, "") + "/";
  const look = (text: string) => latest.ask(base + text, (r) => setOffered(r.folders.map((f) => f.replaceAll("\\", "/")).filter((f) => f.startsWith(base.replaceAll("\\", "/"))).map((f) => f.slice(base.length))), () => setOffered([]));
  const take = (text: string) => {
    const folder = text.trim().replaceAll("\\", "/").replace(/^\/+|\/+$/g, "");
    if (root && folder !== (p.scope.folder ?? "")) p.onChange(plain({ ...p.scope, roots: [root.id], folder }));
  };
  return <label><span>{w.below}</span><input list="folders-below" value={typed} placeholder={w.belowHint} disabled={!root || root.path_bytes !== undefined} autocomplete="off" spellcheck={false} dir="auto" maxLength={500} onFocus={() => look(typed)}
    onInput={(e) => { const text = e.currentTarget.value; setTyped(text); look(text); if ((e as InputEvent).inputType === "insertReplacementText") take(text); /* chosen of those offered */ }} onChange={(e) => take(e.currentTarget.value)} onKeyDown={(e) => { if (e.key === "Enter") take(e.currentTarget.value); }} />
    <datalist id="folders-below">{offered.map((f) => <option key={f} value={f} />)}</datalist></label>;
}
