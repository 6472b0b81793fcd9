import { type RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/** Gives the focus back to the button that a part of the page was opened with, which comes again when the part is closed. */
export function useFocusBack(open: boolean): RefObject<HTMLButtonElement | null> {
  const back = useRef<HTMLButtonElement>(null), was = useRef(open);
  useLayoutEffect(() => {
    if (was.current && !open && (document.activeElement === document.body || document.activeElement === null)) back.current?.focus();
    was.current = open;
  }, [open]);
  return back;
}
