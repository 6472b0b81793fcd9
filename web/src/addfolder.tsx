import { useEffect, useRef, useState } from "preact/hooks";
import { addRoot, ApiError, complete } from "./api";
import { bytes, roughly, seconds } from "./format";
import { baseName } from "./place";
import { survey, type Survey } from "./surveys";
import { number } from "./text/catalogue";
import { libraryWords } from "./text/library";

/** What a folder holds, as it is told before it is added. */
function Counted({ s }: { s: Survey }) {
  const w = libraryWords();
  if (s.watched) return <p class="quiet">{w.watched}</p>;
  const files = s.left.reduce((n, l) => n + l.files, 0), folders = s.left.reduce((n, l) => n + l.folders, 0);
  return <div class="counted">
    {s.files === 0 ? <p><strong>{w.holdsNone}</strong></p>
      : <><p><strong>{s.whole ? w.holds(s.files, bytes(s.bytes)) : w.atLeast(s.files, bytes(s.bytes))}</strong></p>
        <p class="quiet">{w.about(roughly(s.passages), s.seconds ? seconds(s.seconds) : "")}{s.seconds ? "" : `; ${w.noTime}`}</p>
        <ul class="type-counts">{s.types.map((t) => <li key={t.type}><b>{number(t.files)}</b> {t.type || w.otherType} <span class="quiet">{bytes(t.bytes)}</span></li>)}</ul></>}
    {files + folders > 0 && <details class="fold"><summary>{w.leftHead(files, folders)}</summary>
      <ul class="left-out">{s.left.map((l) => <li key={l.cause}><b>{number(l.files + l.folders)}</b> {w.causes[l.cause]}{l.bytes ? <span class="quiet">, {bytes(l.bytes)}</span> : null} <span class="quiet"><bdi>{w.such(l.examples.join(", "))}</bdi></span></li>)}</ul></details>}
  </div>;
}

/** The field that adds a folder; it completes paths, as a browser itself cannot know them, and tells first what would be read. */
export function AddFolder({ onAdded, focus }: { onAdded: () => void; focus: boolean }) {
  const w = libraryWords();
  const [path, setPath] = useState("");
  const [options, setOptions] = useState<string[]>([]);
  const [at, setAt] = useState(-1);
  const [open, setOpen] = useState(false);
  const [problem, setProblem] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const [counted, setCounted] = useState<Survey | "counting" | null>(null);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => { if (focus) input.current?.focus(); }, [focus]);
  useEffect(() => {
    if (!open) return undefined;
    const stop = new AbortController();
    const wait = setTimeout(() => complete(path, stop.signal).then((c) => { setOptions(c.folders); setAt(-1); }, () => undefined), 80);
    return () => { clearTimeout(wait); stop.abort(); };
  }, [path, open]);
  useEffect(() => { // another path ends the count of the one before
    setCounted(null);
    if (path.trim() === "") return undefined;
    const stop = new AbortController();
    const slow = setTimeout(() => setCounted((c) => c ?? "counting"), 700);
    const wait = setTimeout(() => survey(path.trim(), stop.signal).then((s) => { clearTimeout(slow); setCounted(s.problem ? null : s); }, () => { clearTimeout(slow); if (!stop.signal.aborted) setCounted(null); }), 250);
    return () => { clearTimeout(wait); clearTimeout(slow); stop.abort(); };
  }, [path]);

  const separator = () => path.includes("\\") && !path.includes("/") ? "\\" : "/";
  const take = (o: string) => { setPath(o + separator()); input.current?.focus(); };
  const submit = async () => {
    setBusy(true); setProblem(null); setOpen(false);
    try { await addRoot(path.length > 1 ? path.replace(/[\\/]+$/, "") || path : path); setPath(""); onAdded(); }
    catch (e) { setProblem(e instanceof ApiError ? e : new ApiError(0, "internal", w.addFailed)); }
    finally { setBusy(false); }
  };
  const keydown = (e: KeyboardEvent) => {
    if (!open || options.length === 0) return;
    if (e.key === "ArrowDown" || e.key === "ArrowUp") { e.preventDefault(); setAt((at + (e.key === "ArrowDown" ? 1 : -1) + options.length) % options.length); }
    else if (e.key === "Tab" && !e.shiftKey) { const o = options[Math.max(0, at)]; if (o && o + separator() !== path) { e.preventDefault(); take(o); } }
    else if (e.key === "Enter" && at >= 0) { e.preventDefault(); const o = options[at]; if (o) take(o); }
    else if (e.key === "Escape") { e.preventDefault(); e.stopPropagation(); setOpen(false); }
  };
  const showing = open && options.some((o) => o !== path && o + separator() !== path); // one that is typed whole is no help, and hides what is counted
  return <form class="add" onSubmit={(e) => { e.preventDefault(); void submit(); }}>
    <label for="folder">{w.add}</label>
    <div class="add-row">
      <div class="combo">
        <input id="folder" ref={input} value={path} placeholder="~/Documents" autocomplete="off" spellcheck={false} role="combobox" aria-expanded={showing} aria-controls="folders" aria-autocomplete="list"
          aria-activedescendant={at >= 0 ? `folder-${at}` : undefined} onInput={(e) => { setPath(e.currentTarget.value); setOpen(true); setProblem(null); }} onKeyDown={keydown} onBlur={() => setTimeout(() => setOpen(false), 150)} />
        <ul id="folders" role="listbox" aria-label={w.folders_} hidden={!showing}>
          {options.map((o, i) => <li key={o} id={`folder-${i}`} role="option" aria-selected={i === at} class={i === at ? "chosen" : ""} onMouseDown={(e) => { e.preventDefault(); take(o); }}>
            <strong>{baseName(o.replaceAll("\\", "/"))}</strong> <span class="quiet">{o}</span></li>)}
        </ul>
      </div>
      <button class="button" disabled={path.trim() === "" || busy}>{busy ? w.adding : w.addDo}</button>
    </div>
    {problem ? <p class="error" role="alert"><strong>{problem.message}</strong> {problem.next}</p> : !counted && <p class="quiet">{w.addHint}</p>}
    <div role="status">{counted === "counting" ? <p class="quiet"><span class="pulse" aria-hidden="true" /> {w.counting}</p> : counted && !problem && <Counted s={counted} />}</div>
  </form>;
}
