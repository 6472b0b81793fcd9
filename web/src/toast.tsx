import { useEffect, useRef, useState } from "preact/hooks";
import { appWords } from "./text/app";

/** Something done that can be taken back for a while: undo takes it back, go makes it so. */
export interface Toast { text: string; undo: () => void; go: () => void }

const stays = 8000; // ms

/** The toast in sight: it goes when its time is over, when another comes or the page is left; time stands still while it is pointed at or has the focus. */
export function useToast(): { toast: (t: Toast) => void; shown: preact.JSX.Element | null } {
  const [now, setNow] = useState<Toast | null>(null);
  const [held, setHeld] = useState(false);
  const last = useRef<Toast | null>(null);
  const settle = (undo: boolean) => {
    const t = last.current;
    last.current = null;
    setNow(null); setHeld(false);
    if (t) (undo ? t.undo : t.go)();
  };
  useEffect(() => {
    if (!now || held) return undefined;
    const timer = setTimeout(() => settle(false), stays);
    return () => clearTimeout(timer);
  }, [now, held]);
  useEffect(() => {
    const left = () => settle(false);
    window.addEventListener("pagehide", left);
    return () => window.removeEventListener("pagehide", left);
  }, []);
  const hold = { onMouseEnter: () => setHeld(true), onMouseLeave: () => setHeld(false), onFocusIn: () => setHeld(true), onFocusOut: () => setHeld(false) };
  return {
    toast: (t) => { settle(false); last.current = t; setNow(t); },
    shown: now && <div class="toast" role="status" {...hold}><span>{now.text}</span><button class="plain" onClick={() => settle(true)}>{appWords().undo}</button></div>,
  };
}
