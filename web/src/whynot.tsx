import { useRef, useState } from "preact/hooks";
import { ApiError, documents, trace, type Outcome } from "./api";

/** Says why a file that somebody expected is not in a result: a part of its name or its whole path is enough. */
export function WhyNot({ query, root }: { query: string; root: number }) {
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [problem, setProblem] = useState("");
  const box = useRef<HTMLInputElement>(null);
  const ask = async () => {
    const name = box.current?.value.trim() ?? "";
    if (name === "") return;
    setOutcome(null); setProblem("");
    try {
      const whole = /^(\/|~|[A-Za-z]:[\\/])/.test(name);
      const first = whole ? undefined : (await documents({ q: name, limit: 1 })).documents[0];
      if (!whole && !first) { setProblem("No file of that name is known. Give its whole path to learn why."); return; }
      setOutcome(await trace({ q: query, limit: 30, root: root || undefined, ...(first ? { document: first.id } : { file: name }) }));
    } catch (e) { setProblem(e instanceof ApiError ? e.message : "That could not be found out."); }
  };
  return <details class="fold why-not"><summary>A file is missing here?</summary>
    <form class="search-bar" onSubmit={(e) => { e.preventDefault(); void ask(); }}>
      <label class="said" for="missing">Name or path of the file</label>
      <input id="missing" ref={box} placeholder="Its name or path" autocomplete="off" maxLength={4000} dir="auto" />
      <button>Why?</button>
    </form>
    <div role="status">{problem && <p class="notice">{problem}</p>}
      {outcome && <div class="outcome"><p><strong dir="auto">{outcome.path}</strong></p><p>{outcome.text}</p>{outcome.next && <p class="quiet">{outcome.next}</p>}</div>}</div>
  </details>;
}
