import { useEffect, useState } from "preact/hooks";
import { read } from "./api";
import { searchWords } from "./text/search";
import { Latest } from "./typing";

const offer = (start: string, signal: AbortSignal) => read("GET /api/v1/tags", { query: { start } }, signal).then((r) => r.tags);

/** A tag, with those that the files carry offered while it is typed. id is of what is offered; onTake hears of one that is chosen or finished. */
export function TagField(p: { id: string; value: string; placeholder: string; onInput: (text: string) => void; onTake: (text: string) => void }) {
  const w = searchWords();
  const [offered, setOffered] = useState<{ text: string; files: number }[]>([]);
  const [latest] = useState(() => new Latest(offer));
  useEffect(() => () => latest.drop(), []);
  const look = (text: string) => latest.ask(text.trim(), setOffered, () => setOffered([]));
  return <><input list={p.id} value={p.value} placeholder={p.placeholder} autocomplete="off" spellcheck={false} maxLength={80} dir="auto" onFocus={(e) => look(e.currentTarget.value)}
    onInput={(e) => { const text = e.currentTarget.value; p.onInput(text); look(text); if ((e as InputEvent).inputType === "insertReplacementText") p.onTake(text); }}
    onChange={(e) => p.onTake(e.currentTarget.value)} onKeyDown={(e) => { if (e.key === "Enter") p.onTake(e.currentTarget.value); }} />
    <datalist id={p.id}>{offered.map((t) => <option key={t.text} value={t.text}>{w.tagFiles(t.files)}</option>)}</datalist></>;
}
