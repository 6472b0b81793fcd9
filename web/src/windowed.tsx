import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

/** A list of rows of one height (rem) of which only those in view are on the page, so that any number of them scrolls alike. */
export function Windowed(p: { count: number; height: number; label: string; class?: string; show?: number; row: (i: number) => ComponentChildren; onEnd?: () => void }) {
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ from: 0, to: 30 });
  const px = () => p.height * parseFloat(getComputedStyle(document.documentElement).fontSize);
  const look = () => {
    const b = box.current;
    if (!b) return;
    const h = px(), from = Math.max(0, Math.floor(b.scrollTop / h) - 8), to = Math.min(p.count, Math.ceil((b.scrollTop + b.clientHeight) / h) + 8);
    setView((v) => v.from === from && v.to === to ? v : { from, to });
    if (to >= p.count - 20) p.onEnd?.();
  };
  useLayoutEffect(look, [p.count, p.height]);
  useEffect(() => {
    const b = box.current;
    if (!b) return undefined;
    const o = new ResizeObserver(look);
    o.observe(b);
    return () => o.disconnect();
  }, [p.count, p.height]);
  useEffect(() => {
    const b = box.current, i = p.show ?? -1;
    if (!b || i < 0) return;
    const h = px();
    if (i * h < b.scrollTop) b.scrollTop = i * h;
    else if ((i + 1) * h > b.scrollTop + b.clientHeight) b.scrollTop = (i + 1) * h - b.clientHeight;
  }, [p.show]);
  const rows = [];
  for (let i = view.from; i < Math.min(view.to, p.count); i++) rows.push(p.row(i));
  return <div ref={box} class={`windowed ${p.class ?? ""}`} onScroll={look} tabIndex={-1}>
    <ul aria-label={p.label} style={{ height: `${p.count * p.height}rem`, paddingTop: `${view.from * p.height}rem` }}>{rows}</ul>
  </div>;
}
