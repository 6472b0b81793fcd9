import { type RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

const near = 24; // px from the end that count as being there

/**
 * Keeps the end of a growing conversation in view while the reader is there.
 * shown is how many turns it has, growing whether the last one is being written:
 * a new question goes to the top, the best quote below it, and from then on only
 * text that is written is followed. Scrolling up lets go, coming back to the end
 * takes hold again; behind tells that something has come which is out of view.
 * The height of what scrolls is the style's --room.
 */
export function useFollow(shown: number, running: boolean, growing: boolean, version: unknown): { scroller: RefObject<HTMLDivElement | null>; scrolled: () => void; behind: boolean; jump: () => void } {
  const scroller = useRef<HTMLDivElement>(null);
  const held = useRef(true), before = useRef({ shown: 0, top: 0, height: 0 });
  const [behind, setBehind] = useState(false);
  const toEnd = () => {
    const s = scroller.current;
    held.current = true; setBehind(false);
    if (s) s.scrollTop = s.scrollHeight;
  };
  useEffect(() => {
    const fresh = before.current.shown !== shown;
    before.current.shown = shown;
    if (shown > 0 && (fresh || (held.current && running && growing))) toEnd();
    else if (running && growing && !held.current) setBehind(true);
  }, [version]);
  useEffect(() => {
    const s = scroller.current;
    if (!s) return undefined;
    const watch = new ResizeObserver(() => { s.style.setProperty("--room", `${s.clientHeight}px`); });
    watch.observe(s);
    return () => watch.disconnect();
  }, [shown === 0]);
  const scrolled = () => {
    const s = scroller.current, b = before.current;
    if (!s) return;
    const up = s.scrollTop < b.top - 1 && s.scrollHeight >= b.height; // what gets shorter moves up by itself
    if (s.scrollHeight - s.scrollTop - s.clientHeight < near) { held.current = true; setBehind(false); }
    else if (up) held.current = false;
    before.current = { ...b, top: s.scrollTop, height: s.scrollHeight };
  };
  return { scroller, scrolled, behind, jump: toEnd };
}
