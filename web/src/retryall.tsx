import { useState } from "preact/hooks";
import { ApiError } from "./api";
import { retryFailed } from "./surveys";
import { libraryWords } from "./text/library";

/** The button that reads again all that failed, in one folder or, of 0, in all. */
export function RetryAll({ root, failed, of }: { root: number; failed: number; of?: string }) {
  const w = libraryWords();
  const [told, setTold] = useState("");
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const go = async () => {
    setBusy(true); setProblem("");
    try { setTold(w.retriedAll(await retryFailed(root))); } catch (e) { setProblem(e instanceof ApiError ? e.message : w.retryFailed); } finally { setBusy(false); }
  };
  return <span class="retry-all"><button class="small" disabled={busy} onClick={() => void go()} aria-label={of ? w.retryAllOf(of) : undefined}>{w.retryAll(failed)}</button>
    <span class="quiet" role="status">{told}</span>{problem && <span class="error" role="alert">{problem}</span>}</span>;
}
