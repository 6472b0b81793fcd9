import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

/** Heights of rows in pixels, guessed until they are measured, with where each begins. */
export class Heights {
  private of: Float64Array;
  private tops: Float64Array;
  private sure = 0; // tops up to here are right

  constructor(readonly count: number, guess: number) {
    this.of = new Float64Array(count).fill(guess);
    this.tops = new Float64Array(count + 1);
  }

  /** Notes a measured height; tells whether it is another. */
  set(i: number, height: number): boolean {
    if (i >= this.count || Math.abs((this.of[i] ?? 0) - height) < .5) return false;
    this.of[i] = height;
    this.sure = Math.min(this.sure, i);
    return true;
  }

  /** Where row i begins; of count: where the last one ends. */
  top(i: number): number {
    for (; this.sure < i; this.sure++) this.tops[this.sure + 1] = (this.tops[this.sure] ?? 0) + (this.of[this.sure] ?? 0);
    return this.tops[i] ?? 0;
  }

  /** The row at a distance from the top, between 0 and the last. */
  at(y: number): number {
    this.top(this.count);
    let low = 0, high = Math.max(0, this.count - 1);
    while (low < high) {
      const mid = (low + high + 1) >> 1;
      if ((this.tops[mid] ?? 0) <= y) low = mid; else high = mid - 1;
    }
    return low;
  }
}

const beyond = 400; // pixels above and below the view that are on the page too
const few = 200; // rows of which all are on the page, so that the browser's own search finds them

/**
 * Of count rows of unequal heights those that are in view of the page's scroller:
 * from and to, and what space stands for the others. body is the table's body,
 * whose rows carry data-row. A new key begins anew.
 */
export function useRowsInView(count: number, guess: number, key: string) {
  const body = useRef<HTMLTableSectionElement>(null);
  const heights = useRef(new Heights(0, guess));
  const last = useRef("");
  if (heights.current.count !== count || last.current !== key) {
    heights.current = new Heights(count, guess);
    last.current = key;
  }
  const [view, setView] = useState({ from: 0, to: 40, seen: 0 });
  const look = (measured = false) => {
    const b = body.current, scroller = b?.closest("main");
    if (!b || !scroller) return;
    const top = scroller.getBoundingClientRect().top - b.getBoundingClientRect().top, h = heights.current;
    const from = count <= few ? 0 : h.at(Math.max(0, top - beyond)), to = count <= few ? count : Math.min(count, h.at(Math.max(0, top + scroller.clientHeight + beyond)) + 1);
    setView((v) => v.from === from && v.to === to && !measured ? v : { from, to, seen: measured ? v.seen + 1 : v.seen });
  };
  useLayoutEffect(() => {
    let other = false;
    for (const r of body.current?.querySelectorAll<HTMLElement>("tr[data-row]") ?? []) other = heights.current.set(Number(r.dataset["row"]), r.getBoundingClientRect().height) || other;
    look(other);
  });
  useEffect(() => {
    const scroller = body.current?.closest("main");
    if (!scroller) return undefined;
    const moved = () => look();
    scroller.addEventListener("scroll", moved, { passive: true });
    const o = new ResizeObserver(moved);
    o.observe(scroller);
    return () => { scroller.removeEventListener("scroll", moved); o.disconnect(); };
  }, [count, key]);
  const from = count <= few ? 0 : Math.min(view.from, count - 1), to = count <= few ? count : Math.min(view.to, count);
  return { body, from, to, before: heights.current.top(from), after: heights.current.top(count) - heights.current.top(to) };
}
