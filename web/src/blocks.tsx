import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";

/** Calls a block when it comes near to what is in view, and when it goes. */
export type Watch = (el: Element, near: (is: boolean) => void) => () => void;

const ahead = 1500; // px above and below what is in view

/** Watches blocks in the scrolling box that holds the element. */
export function useWatch(): { box: preact.RefObject<HTMLDivElement | null>; watch: Watch } {
  const box = useRef<HTMLDivElement>(null);
  const held = useMemo(() => {
    const calls = new Map<Element, (is: boolean) => void>();
    let seen: IntersectionObserver | null = null;
    const watch: Watch = (el, near) => {
      seen ??= new IntersectionObserver((es) => { for (const e of es) calls.get(e.target)?.(e.isIntersecting); }, { root: box.current?.parentElement ?? null, rootMargin: `${ahead}px 0px` });
      calls.set(el, near);
      seen.observe(el);
      return () => { calls.delete(el); seen?.unobserve(el); };
    };
    return { watch, end: () => { seen?.disconnect(); seen = null; } };
  }, []);
  useEffect(() => held.end, []);
  return { box, watch: held.watch };
}

/** A stretch of a long text that is on the page only while it is near to what is in view; else as much room is kept as it took, or is thought to take (rem). */
export function Block(p: { watch: Watch; begin: boolean; height: number; rows?: boolean; children: () => ComponentChildren }) {
  const el = useRef<HTMLElement>(null);
  const [near, setNear] = useState(p.begin);
  const took = useRef(0); // px
  useLayoutEffect(() => {
    const e = el.current;
    return e ? p.watch(e, (is) => { if (!is && e.dataset["near"] === "true") took.current = e.getBoundingClientRect().height; setNear(is); }) : undefined;
  }, [p.watch]);
  const room = { height: took.current ? `${took.current}px` : `${p.height}rem` };
  const hold = (e: HTMLElement | null) => { el.current = e; };
  return p.rows ? <tbody ref={hold} data-near={near}>{near ? p.children() : <tr aria-hidden="true"><td style={room} /></tr>}</tbody>
    : <div ref={hold} data-near={near} style={near ? {} : room}>{near ? p.children() : null}</div>;
}
