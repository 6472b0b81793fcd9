import { useEffect, useRef, useState } from "preact/hooks";
import { documents, type Root, type Scope } from "./api";
import { Icon } from "./icons";
import { knowFile, limits, loseFile, nameless } from "./scope";
import { composerWords } from "./text/composer";

/** Looks up the names of the files that scopes hold, and draws anew when they are there. */
export function useFileNames(scopes: Scope[]): void {
  const [, again] = useState(0);
  const unknown = nameless(scopes).slice(0, 100).join(" ");
  useEffect(() => {
    if (!unknown) return undefined;
    const stop = new AbortController(), ids = unknown.split(" ").map(Number);
    documents({ id: ids, limit: 100 }, stop.signal).then((r) => { ids.forEach(loseFile); r.documents.forEach(knowFile); again((n) => n + 1); }, () => undefined); // they are counted then
    return () => stop.abort();
  }, [unknown]);
}

/** What narrows the next question, each piece with a way to take it away. after is where the focus goes when none is left. */
export function LimitChips(p: { scope: Scope; roots: Root[]; onChange: (s: Scope) => void; say: (s: string) => void; after: () => void }) {
  const w = composerWords(), all = limits(p.scope, p.roots), list = useRef<HTMLUListElement>(null);
  const [next, setNext] = useState(-1); // chip that takes the focus after one was taken away
  useEffect(() => {
    if (next < 0) return;
    setNext(-1);
    const left = list.current?.querySelectorAll<HTMLElement>("button.chip-close") ?? [];
    if (left.length) left[Math.min(next, left.length - 1)]?.focus(); else p.after();
  }, [next]);
  if (all.length === 0 && next < 0) return null;
  return <ul class="limits" aria-label={w.limits} ref={list}>
    {all.map((l, i) => {
      const remove = () => { p.say(w.removed(l.text)); p.onChange(l.without); setNext(i); };
      return <li key={l.key} class="limit" title={l.title || undefined}><Icon name={l.icon} /><bdi>{l.text}</bdi>
        <button type="button" class="plain small chip-close" aria-label={w.without(l.text)} onClick={remove} onKeyDown={(e) => { if (e.key === "Delete" || e.key === "Backspace") { e.preventDefault(); remove(); } }}><Icon name="close" /></button></li>;
    })}
    {all.length > 1 && <li><button type="button" class="plain small" onClick={() => { p.onChange({}); p.after(); }}>{w.clear}</button></li>}
  </ul>;
}
