import { useEffect } from "preact/hooks";

const takes = "a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), summary, [tabindex='0']";
const patience = 60; // ms, in which what replaces the focused part may take the focus itself

/** Whether an element can be seen without scrolling. */
function inView(e: HTMLElement): boolean {
  const r = e.getBoundingClientRect();
  return r.bottom > 0 && r.top < window.innerHeight && e.checkVisibility({ visibilityProperty: true });
}

/**
 * Where the focus goes when what had it is no more: to the first thing in view that
 * takes it in the nearest part around that still stands, or to the page as a whole.
 * around are the elements that were around it, the nearest first.
 */
export function nextFocus(around: Element[], page: HTMLElement | null): HTMLElement | null {
  for (const e of around) {
    if (!e.isConnected) continue;
    if (page && e.contains(page)) break; // the page itself, and what is around it
    const found = [...e.querySelectorAll<HTMLElement>(takes)].find(inView);
    if (found) return found;
  }
  return page;
}

/** Keeps the focus from being lost when the element that has it goes or is disabled: who works by keyboard or screen reader would have to begin at the top. */
export function useKeptFocus(on: boolean): void {
  useEffect(() => {
    if (!on) return undefined;
    let last: Element | null = null, around: Element[] = [], timer: ReturnType<typeof setTimeout> | undefined;
    const took = (e: FocusEvent) => {
      last = e.target instanceof Element ? e.target : null;
      around = [];
      for (let p = last?.parentElement ?? null; p; p = p.parentElement) around.push(p);
    };
    const look = () => {
      timer = undefined;
      const now = document.activeElement;
      if (!last || (now && now !== document.body) || (last.isConnected && !last.matches(":disabled"))) return;
      last = null;
      nextFocus(around, document.querySelector("main"))?.focus({ preventScroll: true });
    };
    const changed = new MutationObserver(() => { timer ??= setTimeout(look, patience); });
    changed.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["disabled", "open"] });
    document.addEventListener("focusin", took);
    const left = (e: FocusEvent) => {
      const from = e.target;
      if (e.relatedTarget || !(from instanceof Element)) return;
      // What still stands afterwards was left on purpose, by a click beside everything.
      setTimeout(() => { if (last === from && from.isConnected && !from.matches(":disabled")) last = null; });
    };
    document.addEventListener("focusout", left);
    return () => { changed.disconnect(); clearTimeout(timer); document.removeEventListener("focusin", took); document.removeEventListener("focusout", left); };
  }, [on]);
}
