import { useEffect, useRef, useState } from "preact/hooks";
import { ApiError, type Root } from "./api";
import { appWords } from "./text/app";

/** What is removed unless it is taken back within a moment: text says what, keys name it, go does it, failed says that it could not be done. */
export interface Removal { keys: string[]; text: string; failed: string; go: () => Promise<void> }

/** What of the page is removed: gone is out of sight from the first moment on, failed says why something is back. */
export interface Removals { gone: ReadonlySet<string>; failed: ReadonlyMap<string, string>; remove: (r: Removal) => void }

/** A folder among what is removed; one that is added again is another. */
export const rootKey = (r: Root) => `root ${r.id} ${r.added}`;

const stays = 8000; // ms

/**
 * Removals with Undo. The toast goes when its time is over, when another comes or
 * the page is left, and only then is what it names removed; time stands still while
 * it is pointed at or has the focus. Ctrl+Z takes back from wherever the focus is.
 */
export function useRemovals(): { removals: Removals; shown: preact.JSX.Element } {
  const [now, setNow] = useState<Removal | null>(null);
  const [held, setHeld] = useState(false);
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const [failed, setFailed] = useState<ReadonlyMap<string, string>>(new Map());
  const last = useRef<Removal | null>(null);
  const back = (r: Removal) => setGone((all) => new Set([...all].filter((k) => !r.keys.includes(k))));
  const settle = (undo: boolean) => {
    const r = last.current;
    last.current = null;
    setNow(null); setHeld(false);
    if (r && undo) back(r);
    else r?.go().catch((e: unknown) => {
      if (e instanceof ApiError && e.status === 404) return; // somebody else was faster
      back(r);
      setFailed((all) => new Map([...all, ...r.keys.map((k) => [k, e instanceof ApiError ? e.message : r.failed] as const)]));
    });
  };
  useEffect(() => {
    if (!now || held) return undefined;
    const timer = setTimeout(() => settle(false), stays);
    return () => clearTimeout(timer);
  }, [now, held]);
  useEffect(() => {
    const left = () => settle(false);
    const key = (e: KeyboardEvent) => {
      if (!last.current || !(e.ctrlKey || e.metaKey) || e.altKey || e.shiftKey || e.key.toLowerCase() !== "z") return;
      if (e.target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName)) return; // there it takes back what was typed
      e.preventDefault();
      settle(true);
    };
    window.addEventListener("pagehide", left);
    window.addEventListener("keydown", key);
    return () => { window.removeEventListener("pagehide", left); window.removeEventListener("keydown", key); };
  }, []);
  const remove = (r: Removal) => {
    settle(false);
    last.current = r;
    setNow(r);
    setGone((all) => new Set([...all, ...r.keys]));
    setFailed((all) => new Map([...all].filter(([k]) => !r.keys.includes(k))));
  };
  const hold = { onMouseEnter: () => setHeld(true), onMouseLeave: () => setHeld(false), onFocusIn: () => setHeld(true), onFocusOut: () => setHeld(false) };
  return {
    removals: { gone, failed, remove },
    // The region stands from the start: what comes into one is read out, what comes with one may not be.
    shown: <div class="toasts" role="status">{now && <div class="toast" {...hold}><span>{now.text}</span><button class="plain" title={`${appWords().undo}  ${appWords().undoKeys}`} aria-keyshortcuts="Control+Z Meta+Z" onClick={() => settle(true)}>{appWords().undo}</button></div>}</div>,
  };
}
