import { useEffect, useState } from "preact/hooks";
import type { Status } from "./api";
import { samples, type Sample } from "./surveys";
import { firstWords } from "./text/first";

/** Questions made from headings of the files that are indexed, as buttons. They come with the first file. */
export function Samples({ status, onAsk }: { status: Status; onAsk: (question: string) => void }) {
  const w = firstWords();
  const [list, setList] = useState<Sample[]>([]);
  const ready = status.roots.reduce((n, r) => n + r.documents.ready, 0);
  // While files come in, what is offered is sought again, but only until there is enough.
  const version = list.length >= 4 ? -1 : ready;
  useEffect(() => {
    if (ready === 0) { setList([]); return undefined; }
    const stop = new AbortController();
    samples(stop.signal).then((l) => setList(l.filter((s) => s.heading)), () => undefined); // without a heading it would ask for all of a file, which no passage answers; a hint more or less: the page is whole without it
    return () => stop.abort();
  }, [version, ready === 0]);
  if (list.length === 0) return null;
  return <section class="samples" aria-labelledby="samples-title"><h2 id="samples-title" class="quiet">{w.samples}</h2>
    <ul>{list.map((s) => { const q = w.sample(s.title, s.heading ?? ""); return <li key={`${s.doc} ${s.heading ?? ""}`}><button onClick={() => onAsk(q)} dir="auto">{q}</button></li>; })}</ul></section>;
}
