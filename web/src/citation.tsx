import { useEffect, useRef, useState } from "preact/hooks";
import type { Citation } from "./api";
import { baseName, placeText } from "./place";
import { answerWords } from "./text/answer";
import { freshWords } from "./text/fresh";

const longPress = 450; // ms that a finger rests on a number to see its quote instead of opening it

/** The number behind a sentence: hovering, focusing or a long press shows the quote, a click opens it in its file. */
export function Chip(p: { citation: Citation; onOpen: () => void; active: boolean }) {
  const [at, setAt] = useState<{ x: number; y: number } | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const card = useRef<HTMLSpanElement>(null);
  const pressed = useRef<ReturnType<typeof setTimeout> | 0>(0), held = useRef(false);
  const release = () => { clearTimeout(pressed.current); pressed.current = 0; };
  const show = () => { const r = button.current?.getBoundingClientRect(); if (r) setAt({ x: r.left, y: r.bottom }); };
  useEffect(() => {
    const el = card.current;
    if (!el || !at) return;
    el.style.left = `${Math.max(8, Math.min(at.x, window.innerWidth - el.offsetWidth - 8))}px`;
    el.style.top = `${at.y + el.offsetHeight + 12 > window.innerHeight ? Math.max(8, at.y - el.offsetHeight - 30) : at.y + 6}px`;
  }, [at]);
  const c = p.citation;
  const label = answerWords().source(c.source, baseName(c.ref.path)) + (placeText(c.place) ? ", " + placeText(c.place) : "");
  return <span class="chip-holder" onMouseEnter={show} onMouseLeave={() => setAt(null)}>
    <button ref={button} class={`chip ${c.state} ${p.active ? "active" : ""}`} aria-label={label} onClick={(e) => { if (held.current) { held.current = false; e.preventDefault(); } else p.onOpen(); }}
      onPointerDown={(e) => { held.current = false; if (e.pointerType !== "mouse") pressed.current = setTimeout(() => { held.current = true; show(); }, longPress); }} onPointerUp={release} onPointerCancel={release} onPointerLeave={release}
      onContextMenu={(e) => { if (pressed.current || held.current) e.preventDefault(); }} onFocus={show} onBlur={() => setAt(null)}
      onKeyDown={(e) => { if (e.key === "Escape" && at) { e.stopPropagation(); setAt(null); } }}>{c.source}</button>
    {at && <span ref={card} class="card" role="tooltip">
      <strong dir="auto">{baseName(c.ref.path)}</strong> <span class="quiet">{placeText(c.place)}</span>
      <q dir="auto">{c.quote.length > 320 ? c.quote.slice(0, 320) + "…" : c.quote}</q>
      {c.state !== "current" && <span class={`fresh ${c.state}`}>{freshWords()[c.state]}</span>}
    </span>}
  </span>;
}
