import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/** Asks before something is done for good, in the place of the button that began it. The focus goes to the answer that changes nothing; mild is what can be taken back. */
export function Confirm(p: { label: string; yes: string; no: string; mild?: boolean; onYes: () => void; onNo: () => void; children: ComponentChildren }) {
  const keep = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => keep.current?.focus({ preventScroll: true }), []);
  return <div class="confirm" role="group" aria-label={p.label} onKeyDown={(e) => { if (e.key === "Escape") { e.preventDefault(); e.stopPropagation(); p.onNo(); } }}>
    <p>{p.children}</p><button class={`button ${p.mild ? "" : "danger"}`} onClick={p.onYes}>{p.yes}</button><button ref={keep} onClick={p.onNo}>{p.no}</button></div>;
}
