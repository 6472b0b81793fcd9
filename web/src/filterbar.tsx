import { useEffect, useState } from "preact/hooks";
import { ApiError, type Root } from "./api";
import { conditions, counted, type Filters, noFilters, removeScope, saveScope, savedScopes, type SavedScope } from "./filters";
import { Icon } from "./icons";
import { type Kind, kinds } from "./kinds";
import { baseName, pathText } from "./place";
import { TagField } from "./tagfield";
import { number } from "./text/catalogue";
import { searchWords } from "./text/search";

/** What narrows the search; extra are the conditions that the search's own text holds, which are saved with the filters. */
export function FilterBar(p: { filters: Filters; roots: Root[]; extra: string; onChange: (f: Filters) => void; say: (s: string) => void }) {
  const w = searchWords(), f = p.filters, n = counted(f);
  const [open, setOpen] = useState(false); // where there is no room for all of them
  const [saved, setSaved] = useState<SavedScope[]>([]);
  const [naming, setNaming] = useState(false);
  const [name, setName] = useState("");
  const [problem, setProblem] = useState("");
  const change = (c: Partial<Filters>) => p.onChange({ ...f, ...c });
  const read = () => savedScopes().then(setSaved, () => undefined); // without them the rest still works
  useEffect(() => { void read(); }, []);

  const text = [conditions(f, p.roots), p.extra].filter(Boolean).join(" ");
  const failed = (e: unknown) => setProblem(e instanceof ApiError ? `${e.message}${e.next ? `; ${e.next}` : ""}` : w.unread);
  const keep = async () => {
    setProblem("");
    try {
      await saveScope({ name: name.trim(), text });
      p.say(w.savedSaid(name.trim()));
      setNaming(false);
      await read();
      p.onChange({ ...noFilters, saved: name.trim() });
      setName("");
    } catch (e) { failed(e); }
  };
  const forget = async () => { try { await removeScope(f.saved); change({ saved: "" }); await read(); } catch (e) { failed(e); } };
  return <div class="filter-box">
    <button class="plain small filter-toggle" aria-expanded={open} onClick={() => setOpen(!open)}><Icon name="filter" />{n ? w.filtersOn(number(n)) : w.filters}</button>
    <div class={`filters ${open ? "open" : ""}`} role="group" aria-label={w.filters}>
      <label class={f.root || f.folder ? "set" : ""}><span class="said">{w.folder}</span>
        <select value={String(f.root)} onChange={(e) => change({ root: Number(e.currentTarget.value), folder: "" })}>
          <option value="0">{w.allFolders}</option>
          {p.roots.map((r) => <option key={r.id} value={String(r.id)}>{baseName(pathText(r))}</option>)}
        </select></label>
      <label class={f.kind ? "set" : ""}><span class="said">{w.type}</span>
        <select value={f.kind} onChange={(e) => change({ kind: e.currentTarget.value as Kind | "" })}>
          <option value="">{w.allTypes}</option>
          {(Object.keys(kinds) as Kind[]).map((k) => <option key={k} value={k}>{w.types[k]}</option>)}
        </select></label>
      <label class={`day ${f.from ? "set" : ""}`}><span>{w.from}</span><input type="date" value={f.from} max={f.to || undefined} onChange={(e) => change({ from: e.currentTarget.value })} /></label>
      <label class={`day ${f.to ? "set" : ""}`}><span>{w.to}</span><input type="date" value={f.to} min={f.from || undefined} onChange={(e) => change({ to: e.currentTarget.value })} /></label>
      <label class={`tag ${f.tag ? "set" : ""}`}><span>{w.tag}</span><TagField id="tags-searched" value={f.tag} placeholder={w.tagHint} onInput={(tag) => change({ tag })} onTake={() => undefined} /></label>
      {saved.length > 0 && <label class={f.saved ? "set" : ""}><span class="said">{w.saved}</span>
        <select value={f.saved} onChange={(e) => change({ saved: e.currentTarget.value })}>
          <option value="">{w.noScope}</option>
          {saved.map((s) => <option key={s.name} value={s.name} title={s.text}>{s.name}</option>)}
          {f.saved && !saved.some((s) => s.name === f.saved) && <option value={f.saved}>{f.saved}</option>}
        </select></label>}
      {f.saved && <button class="plain small" onClick={() => void forget()} aria-label={w.forget(f.saved)} title={w.forget(f.saved)}><Icon name="bin" /></button>}
      {(n > (f.saved ? 1 : 0) || p.extra) && !naming && <button class="plain small" onClick={() => setNaming(true)}><Icon name="save" />{w.save}</button>}
      {n > 0 && <button class="plain small" onClick={() => p.onChange(noFilters)}>{w.clear}</button>}
    </div>
    {naming && <form class="save-filters" onSubmit={(e) => { e.preventDefault(); void keep(); }} onKeyDown={(e) => { if (e.key === "Escape") { e.stopPropagation(); e.preventDefault(); setNaming(false); } }}>
      <label for="filters-name">{w.saveAs}</label>
      <input id="filters-name" value={name} maxLength={41} autocomplete="off" spellcheck={false} ref={(e) => { if (e && name === "") e.focus(); }} onInput={(e) => setName(e.currentTarget.value)} />
      <button class="button" disabled={name.trim() === ""}>{w.saveGo}</button><button type="button" onClick={() => setNaming(false)}>{w.cancel}</button>
      <p class="quiet"><code>{text}</code></p>
    </form>}
    {problem && <p class="error" role="alert">{problem}</p>}
  </div>;
}
