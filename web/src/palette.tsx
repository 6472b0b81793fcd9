import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { conversations, type Conversation } from "./conversations";
import { Dialog } from "./dialog";
import { settingsWords } from "./text/settings";

/** Something that can be done by its name. */
export interface Deed { name: string; hint?: string; keys?: string; run: () => void }

/** The deeds whose name holds every word that was typed, those that begin with it first. */
export function fitting(deeds: Deed[], typed: string): Deed[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const text = (d: Deed) => `${d.name} ${d.hint ?? ""}`.toLowerCase();
  const fit = deeds.filter((d) => words.every((w) => text(d).includes(w)));
  return fit.sort((a, b) => Number(text(b).startsWith(words[0] ?? "")) - Number(text(a).startsWith(words[0] ?? "")));
}

/** Does anything by its name; what is typed is also asked, searched for, and looked up among the conversations. */
export function Palette(p: { deeds: Deed[]; kept: boolean; go: (hash: string) => void; onClose: () => void }) {
  const w = settingsWords();
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const [found, setFound] = useState<Conversation[]>([]);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    setAt(0);
    if (!p.kept) return undefined;
    const stop = new AbortController();
    const wait = setTimeout(() => conversations({ q: typed.trim(), limit: 6 }, stop.signal).then((r) => setFound(r.conversations ?? []), () => undefined), 100);
    return () => { clearTimeout(wait); stop.abort(); };
  }, [typed]);
  const all = useMemo((): Deed[] => {
    const q = typed.trim(), e = encodeURIComponent(q);
    return [...fitting(p.deeds, q), ...found.map((c) => ({ name: c.title, hint: w.conversation, run: () => p.go(`#/ask?c=${encodeURIComponent(c.id)}`) })),
      ...(q ? [{ name: w.ask(q), run: () => p.go(`#/ask?q=${e}`) }, { name: w.search(q), run: () => p.go(`#/search?q=${e}`) }] : [])];
  }, [typed, found, p.deeds]);
  const run = (d: Deed | undefined) => { if (d) { p.onClose(); d.run(); } };
  return <Dialog label={w.anything} class="palette" onClose={p.onClose}>
    <input aria-label={w.what} role="combobox" aria-expanded="true" aria-controls="deeds" aria-activedescendant={all[at] ? `deed-${at}` : undefined} autofocus placeholder={w.placeholder} value={typed} autocomplete="off" dir="auto"
      onInput={(e) => setTyped(e.currentTarget.value)} onKeyDown={(e) => {
        const by = e.key === "ArrowDown" ? 1 : e.key === "ArrowUp" ? -1 : 0;
        if (by && all.length) { e.preventDefault(); const n = (at + by + all.length) % all.length; setAt(n); list.current?.children[n]?.scrollIntoView({ block: "nearest" }); }
        if (e.key === "Enter" && !e.isComposing) { e.preventDefault(); run(all[at]); }
      }} />
    <ul id="deeds" ref={list} role="listbox" aria-label={w.deeds}>{all.map((d, i) => <li key={i} id={`deed-${i}`} role="option" aria-selected={i === at} class={i === at ? "chosen" : ""} onMouseMove={() => setAt(i)} onClick={() => run(d)}>
      <span dir="auto">{d.name}</span>{d.hint && <span class="quiet">{d.hint}</span>}{d.keys && <kbd>{d.keys}</kbd>}</li>)}</ul>
  </Dialog>;
}
