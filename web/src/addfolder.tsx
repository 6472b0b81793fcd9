import { useEffect, useRef, useState } from "preact/hooks";
import { addRoot, ApiError, complete } from "./api";
import { baseName } from "./place";

/** The field that adds a folder; it completes paths, as a browser itself cannot know them. */
export function AddFolder({ onAdded, focus }: { onAdded: () => void; focus: boolean }) {
  const [path, setPath] = useState("");
  const [options, setOptions] = useState<string[]>([]);
  const [at, setAt] = useState(-1);
  const [open, setOpen] = useState(false);
  const [problem, setProblem] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => { if (focus) input.current?.focus(); }, [focus]);
  useEffect(() => {
    if (!open) return undefined;
    const stop = new AbortController();
    const wait = setTimeout(() => complete(path, stop.signal).then((c) => { setOptions(c.folders); setAt(-1); }, () => undefined), 80);
    return () => { clearTimeout(wait); stop.abort(); };
  }, [path, open]);

  const separator = () => path.includes("\\") && !path.includes("/") ? "\\" : "/";
  const take = (o: string) => { setPath(o + separator()); input.current?.focus(); };
  const submit = async () => {
    setBusy(true); setProblem(null); setOpen(false);
    try { await addRoot(path.length > 1 ? path.replace(/[\\/]+$/, "") || path : path); setPath(""); onAdded(); }
    catch (e) { setProblem(e instanceof ApiError ? e : new ApiError(0, "internal", "the folder could not be added")); }
    finally { setBusy(false); }
  };
  const keydown = (e: KeyboardEvent) => {
    if (!open || options.length === 0) return;
    if (e.key === "ArrowDown" || e.key === "ArrowUp") { e.preventDefault(); setAt((at + (e.key === "ArrowDown" ? 1 : -1) + options.length) % options.length); }
    else if (e.key === "Tab" && !e.shiftKey) { const o = options[Math.max(0, at)]; if (o && o + separator() !== path) { e.preventDefault(); take(o); } }
    else if (e.key === "Enter" && at >= 0) { e.preventDefault(); const o = options[at]; if (o) take(o); }
    else if (e.key === "Escape") { e.preventDefault(); e.stopPropagation(); setOpen(false); }
  };
  const showing = open && options.length > 0;
  return <form class="add" onSubmit={(e) => { e.preventDefault(); void submit(); }}>
    <label for="folder">Add a folder</label>
    <div class="add-row">
      <div class="combo">
        <input id="folder" ref={input} value={path} placeholder="~/Documents" autocomplete="off" spellcheck={false} role="combobox" aria-expanded={showing} aria-controls="folders" aria-autocomplete="list"
          aria-activedescendant={at >= 0 ? `folder-${at}` : undefined} onInput={(e) => { setPath(e.currentTarget.value); setOpen(true); setProblem(null); }} onKeyDown={keydown} onBlur={() => setTimeout(() => setOpen(false), 150)} />
        <ul id="folders" role="listbox" aria-label="Folders" hidden={!showing}>
          {options.map((o, i) => <li key={o} id={`folder-${i}`} role="option" aria-selected={i === at} class={i === at ? "chosen" : ""} onMouseDown={(e) => { e.preventDefault(); take(o); }}>
            <strong>{baseName(o.replaceAll("\\", "/"))}</strong> <span class="quiet">{o}</span></li>)}
        </ul>
      </div>
      <button class="button" disabled={path.trim() === "" || busy}>{busy ? "Adding…" : "Add"}</button>
    </div>
    {problem ? <p class="error" role="alert"><strong>{problem.message}</strong> {problem.next}</p>
      : <p class="quiet">Type a path; Tab completes it. Files stay where they are. Keys, passwords and what .gitignore names are left out.</p>}
  </form>;
}
