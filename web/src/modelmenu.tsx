import { useEffect, useRef, useState } from "preact/hooks";
import { ApiError, installed, type Installed, type Models, useModel } from "./api";
import { bytes } from "./format";
import { Icon } from "./icons";
import { usable } from "./installed";
import { number } from "./text/catalogue";
import { pickersWords } from "./text/pickers";

/** Where a loaded model computes: "100 % GPU", "48 % GPU", "CPU". */
function place(m: Installed, models: Models): string {
  const l = models.loaded.find((x) => x.name === m.name);
  if (!l) return (m.where ?? "").includes("%") ? (m.where ?? "").split(":")[0] ?? "" : "CPU"; // the status is a moment older than the list
  return l.vram_bytes > 0 && l.bytes > 0 ? pickersWords().gpu(number(Math.min(100, Math.round(100 * l.vram_bytes / l.bytes)))) : "CPU";
}

/** The models that can answer, with what tells them apart. onChoose gets "" for the one in use. */
export function ModelMenu(p: { models: Models; chosen: string; onChoose: (name: string) => void; onUsed: () => void; onClose: () => void; say: (s: string) => void }) {
  const w = pickersWords();
  const [list, setList] = useState<Installed[] | null>(null);
  const [problem, setProblem] = useState("");
  const box = useRef<HTMLDivElement>(null);
  const usual = p.models.chat?.name ?? "", now = p.chosen || usual;
  useEffect(() => {
    const stop = new AbortController();
    installed(stop.signal).then((r) => setList(r.models.filter((m) => m.capability === "chat" && (usable(m) || m.name === usual))), (e: unknown) => { if (!stop.signal.aborted) setProblem(e instanceof ApiError ? e.message : w.unread); });
    return () => stop.abort();
  }, []);
  const items = () => [...box.current?.querySelectorAll<HTMLElement>("[role^=menuitem]") ?? []];
  useEffect(() => { if (list) (box.current?.querySelector<HTMLElement>("[aria-checked=true]") ?? items()[0])?.focus(); }, [list]);
  const keydown = (e: KeyboardEvent) => {
    const all = items(), at = all.indexOf(document.activeElement as HTMLElement);
    const to = e.key === "ArrowDown" ? (at + 1) % all.length : e.key === "ArrowUp" ? (at - 1 + all.length) % all.length : e.key === "Home" ? 0 : e.key === "End" ? all.length - 1 : null;
    if (to !== null) { e.preventDefault(); all[to]?.focus(); }
  };
  // A tiny one in use writes only when it is named; any other in use needs no name.
  const choose = (m: Installed) => { p.onChoose(m.name === usual && !m.tiny ? "" : m.name); p.say(w.willAnswer(m.name)); p.onClose(); };
  const chosen = list?.find((m) => m.name === now);
  const forAll = async (m: Installed) => {
    setProblem("");
    try {
      const done = await useModel(m.name, "chat");
      if (done.overridden) { setProblem(w.overridden(done.overridden)); return; }
      p.onUsed();
      if (!m.tiny) p.onChoose("");
      p.say(w.forAllSaid(m.name));
      p.onClose();
    } catch (e) { setProblem(e instanceof ApiError ? `${e.message}${e.next ? `; ${e.next}` : ""}` : w.failed); }
  };
  return <div class="tray model-tray" ref={box} onKeyDown={keydown}>
    <p class="quiet tray-head">{w.runsIn(`${w.runners[p.models.runner] ?? p.models.runner}${p.models.version && p.models.runner === "ollama" ? " " + p.models.version : ""}`)}</p>
    {!list && !problem && <p class="quiet tray-head" role="status">{w.looking}</p>}
    {list && p.chosen && !chosen && <p class="notice" role="status">{w.gone(p.chosen)}</p>}
    <ul id="model-menu" role="menu" aria-label={w.models} class="model-menu">
      {(list ?? []).map((m) => <li key={m.name} role="none"><button type="button" role="menuitemradio" aria-checked={m.name === now} tabIndex={m.name === now ? 0 : -1} onClick={() => choose(m)}>
        <span class="model-mark">{m.name === now && <Icon name="check" />}</span>
        <span class="model-text"><span class="model-line"><bdi class="menu-name">{m.name}</bdi>{m.name === usual && <span class="badge">{w.usual}</span>}</span>
          <span class="quiet">{[bytes(m.bytes), m.context ? w.context(number(m.context)) : "", m.loaded ? w.loaded(place(m, p.models)) : w.unloaded, m.tiny ? w.tiny : m.thinking ? w.thinks : ""].filter(Boolean).join(" · ")}</span></span>
      </button></li>)}
      {chosen && chosen.name !== usual && <li role="none" class="menu-more"><button type="button" role="menuitem" tabIndex={-1} onClick={() => void forAll(chosen)}><span class="model-mark" /><span>{w.forAll(chosen.name)}</span></button></li>}
      <li role="none" class={chosen && chosen.name !== usual ? "" : "menu-more"}><a role="menuitem" tabIndex={chosen ? -1 : 0} href="#/models"><span class="model-mark"><Icon name="models" /></span><span>{w.manage}</span></a></li>
    </ul>
    {problem && <p class="error" role="alert">{problem}</p>}
  </div>;
}
