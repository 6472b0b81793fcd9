import { useEffect, useRef, useState } from "preact/hooks";
import type { Status } from "./api";
import { Icon } from "./icons";
import { LimitChips } from "./limitchips";
import { ModelPick } from "./modelpick";
import { ModelMenu, ScopePick } from "./pages";
import { usePick } from "./pick";
import { knowFile, limits, withFile } from "./scope";
import type { AskState, Talk } from "./talk";
import { askWords } from "./text/ask";
import { composerWords } from "./text/composer";
import { troubleWords } from "./text/trouble";

export interface ComposerProps {
  state: AskState; talk: Talk; status: Status | null; refresh: (() => void) | undefined;
  box: { current: HTMLTextAreaElement | null }; draft: string; setDraft: (s: string) => void;
  before: string; // the question asked last, "" where there is none
  busy: boolean; onSend: (question: string) => void; onStop: () => void;
  onFresh: (() => void) | undefined; // begins a conversation anew, where the list of conversations does not
}

/** The box that questions are written in, with where they are asked, how they are answered, and by which model. */
export function Composer(p: ComposerProps) {
  const w = askWords(), cw = composerWords(), { box, draft, setDraft, talk } = p, { mode, scope, model } = p.state;
  const roots = p.status?.roots ?? [], models = p.status?.models, narrowed = limits(scope, roots).length;
  const [tray, setTray] = useState<"" | "scope" | "model">("");
  const form = useRef<HTMLFormElement>(null), scopeButton = useRef<HTMLButtonElement>(null), modelButton = useRef<HTMLButtonElement>(null);
  const set = (c: Partial<AskState>) => talk.update((s) => ({ ...s, ...c }));
  const toBox = () => box.current?.focus();

  useEffect(() => {
    const b = box.current;
    if (b) { b.style.height = "auto"; b.style.height = `${Math.min(b.scrollHeight, 180)}px`; }
  }, [draft]);
  useEffect(() => {
    if (!tray) return undefined;
    const away = (e: PointerEvent) => { if (e.target instanceof Node && !form.current?.contains(e.target)) setTray(""); };
    document.addEventListener("pointerdown", away);
    return () => document.removeEventListener("pointerdown", away);
  }, [tray]);
  const close = () => { setTray(""); (tray === "model" ? modelButton : scopeButton).current?.focus(); };
  const send = () => { setTray(""); p.onSend(draft); };
  const pick = usePick({ box, draft, setDraft, root: scope.roots?.[0] ?? 0, say: talk.say, take: (d) => { knowFile(d); talk.update((s) => ({ ...s, scope: withFile(s.scope, d.id) })); } });
  const keydown = (e: KeyboardEvent) => {
    if (e.isComposing || e.keyCode === 229 || pick.keydown(e)) return;
    if (e.key === "Enter" && !e.shiftKey) { e.preventDefault(); send(); }
    if (e.key === "ArrowUp" && draft === "" && p.before) { e.preventDefault(); setDraft(p.before); }
  };
  /** Writes the @ that offers files. */
  const nameFile = () => { setTray(""); setDraft(draft === "" || /\s$/.test(draft) ? draft + "@" : draft + " @"); setTimeout(() => { const b = box.current; if (b) { b.focus(); b.setSelectionRange(b.value.length, b.value.length); } }); };

  // What is open in the box takes Escape before the source beside it and before the answer under way.
  const escape = (e: KeyboardEvent) => { if (e.key === "Escape" && tray && !e.defaultPrevented) { e.preventDefault(); e.stopPropagation(); close(); } };
  return <form class="composer" ref={form} data-own-escape={tray || pick.open ? true : undefined} onKeyDown={escape} onSubmit={(e) => { e.preventDefault(); send(); }}>
    <LimitChips scope={scope} roots={roots} onChange={(s) => set({ scope: s })} say={talk.say} after={toBox} />
    <label class="said" for="question">{w.question}</label>
    <textarea id="question" ref={box} rows={1} value={draft} placeholder={p.before ? w.on : w.first} maxLength={8000} dir="auto"
      onInput={(e) => setDraft(e.currentTarget.value)} onKeyDown={keydown} {...pick.aria} />
    {pick.shown}
    {tray === "scope" && <ScopePick scope={scope} roots={roots} onChange={(s) => set({ scope: s })} onFile={nameFile} onClose={close} />}
    {tray === "model" && models && <ModelMenu models={models} chosen={model} onChoose={(m) => set({ model: m })} onUsed={() => p.refresh?.()} onClose={close} say={talk.say} />}
    <div class="composer-foot"><div class="composer-choices">
      <button type="button" ref={scopeButton} class="scope-pick" aria-expanded={tray === "scope"} title={cw.narrow} onClick={() => setTray(tray === "scope" ? "" : "scope")}><Icon name="filter" /><span>{narrowed ? cw.some(narrowed) : cw.all}</span></button>
      <div class="switch" role="group" aria-label={w.kind}>
        {w.modes.map(([m, { word, title }]) => <button key={m} type="button" title={title} aria-pressed={mode === m} onClick={() => set({ mode: m })}>{word}</button>)}
      </div>
      {mode !== "quotes" && <button type="button" class="toggle" title={w.openTitle} aria-pressed={p.state.open} onClick={() => set({ open: !p.state.open })}>{w.open}</button>}
      </div>
      {p.onFresh && <button type="button" class="plain small fresh-start" title={w.fresh} onClick={() => { p.onFresh?.(); toBox(); }}><Icon name="plus" /><span>{w.fresh}</span></button>}
      {mode !== "quotes" && <ModelPick models={models} chosen={model} open={tray === "model"} onToggle={() => setTray(tray === "model" ? "" : "model")} button={modelButton} />}
      {p.busy ? <button type="button" class="send" onClick={p.onStop} aria-label={w.stop}><Icon name="stop" /></button>
        : <button class="send" disabled={draft.trim() === ""} aria-label={w.ask}><Icon name="up" /></button>}
    </div>
    {mode === "generate" && models?.runner && !models.chat && <p class="quiet composer-note">{troubleWords().noChat} <a href="#/models">{troubleWords().getModel}</a></p>}
  </form>;
}
