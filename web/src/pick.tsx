import { useEffect, useState } from "preact/hooks";
import { type Doc, documents } from "./api";
import { baseName, folderName, pathText } from "./place";
import { askWords } from "./text/ask";

const most = 8; // files offered

/** The beginning of a file's name behind an @ that the caret follows, and where the @ stands; null where there is none. */
export function named(text: string, caret: number): { name: string; at: number } | null {
  const m = /(?:^|\s)@([^\s@]{0,80})$/.exec(text.slice(0, caret));
  return m ? { name: m[1] ?? "", at: caret - (m[1] ?? "").length - 1 } : null;
}

/** Offers the files whose name holds what follows an @ in the box; one that is taken narrows the question to it. */
export function usePick(p: { box: { current: HTMLTextAreaElement | null }; draft: string; setDraft: (s: string) => void; root: number; take: (d: Doc) => void; say: (s: string) => void }) {
  const w = askWords();
  const [found, setFound] = useState<Doc[] | null>(null);
  const [at, setAt] = useState(0);
  const [left, setLeft] = useState(""); // the draft whose list was closed by Escape
  const caret = p.box.current?.selectionStart ?? p.draft.length;
  const now = left !== "" && left === p.draft ? null : named(p.draft, Math.min(caret, p.draft.length));
  useEffect(() => {
    setAt(0);
    if (!now) { setFound(null); return undefined; }
    const stop = new AbortController();
    const wait = setTimeout(() => documents({ q: now.name, state: "ready", limit: most, ...(p.root ? { root: p.root } : {}) }, stop.signal)
      .then((r) => { setFound(r.documents); p.say(r.documents.length ? w.offered(r.documents.length) : w.noFile); }, () => undefined), 80); // no list, and the question can still be asked
    return () => { clearTimeout(wait); stop.abort(); };
  }, [now?.name, now?.at, p.root]);
  const open = now !== null && found !== null;
  const take = (d: Doc | undefined) => {
    if (!now || !d) return;
    p.setDraft((p.draft.slice(0, now.at) + p.draft.slice(now.at + 1 + now.name.length)).replace(/ {2,}/g, " "));
    p.take(d);
    p.box.current?.focus();
  };
  return {
    open,
    aria: open && found.length ? { "aria-controls": "picks", "aria-activedescendant": `pick-${at}` } : {},
    /** Whether the list took the key. */
    keydown: (e: KeyboardEvent): boolean => {
      if (!open) return false;
      const by = e.key === "ArrowDown" ? 1 : e.key === "ArrowUp" ? -1 : 0;
      if (e.key === "Escape") { setLeft(p.draft); e.stopPropagation(); }
      else if (!found.length) return false;
      else if (by) setAt((at + by + found.length) % found.length);
      else if (e.key === "Enter" || e.key === "Tab") take(found[at]);
      else return false;
      e.preventDefault();
      return true;
    },
    shown: open && <div class="picks">{found.length === 0 ? <p class="quiet">{w.noFile}</p> : <ul id="picks" role="listbox" aria-label={w.files}>
      {found.map((d, i) => { const path = pathText(d.ref); return <li key={d.id} id={`pick-${i}`} role="option" aria-selected={i === at} class={i === at ? "chosen" : ""} onMouseMove={() => setAt(i)} onMouseDown={(e) => { e.preventDefault(); take(d); }}>
        <bdi>{baseName(path)}</bdi> <span class="quiet" dir="auto">{folderName(path)}</span></li>; })}</ul>}</div>,
  };
}
