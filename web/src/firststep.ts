import { useEffect, useState } from "preact/hooks";
import type { Status } from "./api";

const key = "golocal-first"; // "" before, a step while it goes on, "done" after

/**
 * Whether the first run is shown: while no folder was ever added and nobody
 * skipped it. It stays through its steps, also over a reload.
 */
export function useFirst(status: Status | null) {
  const [step, setStep] = useState(() => localStorage.getItem(key) ?? "");
  const put = (s: string) => { localStorage.setItem(key, s); setStep(s); };
  const none = status !== null && status.roots.length === 0;
  useEffect(() => { if (status && step !== "done" && !none) put("done"); }, [status !== null, none]);
  return { on: none && step !== "done", step: Math.min(3, Math.max(1, Number(step) || 1)), go: (n: number) => put(n > 3 ? "done" : String(n)), skip: () => put("done") };
}
