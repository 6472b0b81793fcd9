import { useState } from "preact/hooks";
import { ApiError, setRules, type Root, type Rules } from "./api";
import { visible } from "./place";

/** What of a folder is indexed: "only *.md; not old/; types pdf, md; files up to 5 MiB". */
export function rulesText(r: Rules): string {
  const list = (word: string, of?: string[]) => of?.length ? [`${word} ${visible(of.join(", "))}`] : [];
  return [...list("only", r.include), ...list("not", r.exclude), ...list("types", r.types), ...(r.max_mb ? [`files up to ${r.max_mb} MiB`] : []), ...list("although secret:", r.allow)].join("; ");
}

const lines = (text: string) => text.split("\n").map((l) => l.trim()).filter((l) => l !== "");

/** The form in which a folder's rules are changed; they are in force at once. */
export function RulesForm({ root, onDone }: { root: Root; onDone: (changed: boolean) => void }) {
  const r = root.rules ?? {};
  const [include, setInclude] = useState((r.include ?? []).join("\n"));
  const [exclude, setExclude] = useState((r.exclude ?? []).join("\n"));
  const [types, setTypes] = useState((r.types ?? []).join(", "));
  const [most, setMost] = useState(r.max_mb ? String(r.max_mb) : "");
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const save = async () => {
    const mb = most.trim() === "" ? 0 : Number(most);
    if (!Number.isInteger(mb) || mb < 0) { setProblem("The largest size is a whole number of MiB."); return; }
    setBusy(true); setProblem("");
    try {
      await setRules(root.id, { ...(r.allow ? { allow: r.allow } : {}), include: lines(include), exclude: lines(exclude), types: types.split(/[\s,]+/).filter((t) => t !== ""), max_mb: mb });
      onDone(true);
    } catch (e) { setProblem(e instanceof ApiError ? e.message : "the rules could not be changed"); } finally { setBusy(false); }
  };
  const id = (name: string) => `${name}-${root.id}`;
  return <form class="rules-form" onSubmit={(e) => { e.preventDefault(); void save(); }} onKeyDown={(e) => { if (e.key === "Escape") { e.stopPropagation(); onDone(false); } }}>
    <label for={id("include")}>Only these files <span class="quiet">one pattern a line, as in .gitignore; empty is all</span></label>
    <textarea id={id("include")} rows={2} spellcheck={false} placeholder="*.md" value={include} onInput={(e) => setInclude(e.currentTarget.value)} ref={(e) => { if (e && document.activeElement === document.body) e.focus(); }} />
    <label for={id("exclude")}>Not these</label>
    <textarea id={id("exclude")} rows={2} spellcheck={false} placeholder="old/" value={exclude} onInput={(e) => setExclude(e.currentTarget.value)} />
    <label for={id("types")}>Types <span class="quiet">md, pdf, docx, code; empty is all</span></label>
    <input id={id("types")} value={types} autocomplete="off" spellcheck={false} onInput={(e) => setTypes(e.currentTarget.value)} />
    <label for={id("most")}>Largest file, MiB</label>
    <input id={id("most")} inputMode="numeric" value={most} autocomplete="off" onInput={(e) => setMost(e.currentTarget.value)} />
    {problem && <p class="error" role="alert">{problem}</p>}
    <p class="rules-buttons"><button class="button" disabled={busy}>Save rules</button><button type="button" onClick={() => onDone(false)}>Cancel</button></p>
  </form>;
}
