// Addresses of answers: #/ask?c=CONVERSATION&t=TURN opens the conversation at the turn.
import { useEffect, useRef } from "preact/hooks";

/** What the page's address says of c, the conversation, or t, the turn; "" for nothing. */
export const addressed = (of: "c" | "t") => new URLSearchParams(location.hash.split("?", 2)[1] ?? "").get(of) ?? "";

/** The address of a turn of a conversation. It holds on this machine, in a tab that is signed in. */
export const addressOf = (conversation: string, turn: string) => `${location.origin}/#/ask?${new URLSearchParams({ c: conversation, t: turn }).toString()}`;

const settles = 10; // frames

/** Brings the element of a turn into view and gives it the focus when the address names it, now or later. */
export function useAddressed(turn: string) {
  const el = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!turn) return undefined;
    let frame = 0;
    const show = (again: number) => {
      const e = el.current;
      if (!e) return;
      e.scrollIntoView({ block: "start" });
      e.focus({ preventScroll: true });
      e.classList.add("here");
      if (again > 0) frame = requestAnimationFrame(() => show(again - 1)); // turns above that come near to the view take their true height only then
    };
    const go = () => {
      cancelAnimationFrame(frame);
      if (addressed("t") === turn) frame = requestAnimationFrame(() => { frame = requestAnimationFrame(() => show(settles)); }); // after the conversation has gone to its end and the box has taken the focus
    };
    go();
    window.addEventListener("hashchange", go);
    return () => { cancelAnimationFrame(frame); window.removeEventListener("hashchange", go); };
  }, [turn]);
  return el;
}
