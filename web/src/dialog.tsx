import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { ApiError, type Status } from "./api";
import { Confirm } from "./confirm";
import { removeAllConversations } from "./conversations";
import { useFocusBack } from "./focusback";
import { bytes } from "./format";
import { Icon } from "./icons";
import { keepSettings, readSettings, type Settings } from "./settings";
import { languages, type Language } from "./text/catalogue";
import { counted } from "./text/counted";
import { settingsWords } from "./text/settings";

/** A layer over the page that keeps the focus until it is closed. */
export function Dialog(p: { label: string; class?: string; onClose: () => void; children: ComponentChildren }) {
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => { const d = box.current; if (d && !d.open) d.showModal(); return () => d?.close(); }, []);
  return <dialog ref={box} class={`dialog ${p.class ?? ""}`} aria-label={p.label} onClose={(e) => { if (e.currentTarget.isConnected) p.onClose(); }} onClick={(e) => { if (e.target === e.currentTarget) p.onClose(); }}
    onKeyDown={(e) => { e.stopPropagation(); if (e.key === "Escape") { e.preventDefault(); p.onClose(); } }}><div class="dialog-inner">{p.children}</div></dialog>;
}

const Head = (p: { title: string; onClose: () => void }) => <header class="dialog-head"><h2>{p.title}</h2><button class="plain" onClick={p.onClose} aria-label={settingsWords().close}><Icon name="close" /></button></header>;

export function Help({ onClose }: { onClose: () => void }) {
  const w = settingsWords();
  return <Dialog label={w.keys} onClose={onClose}><Head title={w.keys} onClose={onClose} />
    <dl class="keys">{w.keyList.map(([k, what]) => <div key={what}><dt>{k.map((x) => <kbd key={x}>{x}</kbd>)}</dt><dd>{what}</dd></div>)}</dl></Dialog>;
}

function Choice<V extends string>(p: { label: string; value: V; of: [V, string][]; onChange: (v: V) => void }) {
  return <div class="setting"><span id={`set-${p.label}`}>{p.label}</span><div class="switch" role="group" aria-labelledby={`set-${p.label}`}>
    {p.of.map(([v, word]) => <button key={v} aria-pressed={p.value === v} onClick={() => p.onChange(v)}>{word}</button>)}</div></div>;
}

/** How the page looks, and what is kept. */
export function SettingsDialog(p: { status: Status | null; onClose: () => void; onLanguage: () => void; onEmptied: () => void }) {
  const w = settingsWords(), of = counted();
  const [s, set] = useState(readSettings);
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState("");
  const h = p.status?.history, back = useFocusBack(asking);
  const change = (c: Partial<Settings>) => { const n = { ...s, ...c }; set(n); keepSettings(n); if (c.language) p.onLanguage(); };
  const empty = () => removeAllConversations().then(() => { setAsking(false); p.onEmptied(); }, (e: unknown) => setProblem(e instanceof ApiError ? e.message : w.failed));
  return <Dialog label={w.title} onClose={p.onClose}><Head title={w.title} onClose={p.onClose} />
    <Choice label={w.language} value={s.language} of={[["auto", w.asBrowser], ...Object.entries(languages) as [Language, string][]]} onChange={(l) => change({ language: l })} />
    <Choice label={w.colours} value={s.theme} of={[["auto", w.asSystem], ["light", w.light], ["dark", w.dark]]} onChange={(theme) => change({ theme })} />
    <Choice label={w.size} value={s.size} of={[["small", w.sizes.small], ["normal", w.sizes.normal], ["large", w.sizes.large], ["larger", w.sizes.larger]]} onChange={(size) => change({ size })} />
    <Choice label={w.motion} value={s.motion} of={[["auto", w.asSystem], ["less", w.less]]} onChange={(motion) => change({ motion })} />
    {h && <section class="setting-block"><h3>{w.conversations}</h3>
      <p class="quiet">{h.on ? w.kept(of.conversations(h.conversations), bytes(h.bytes), h.days ? of.days(h.days) : "") : h.reason || w.notKept}</p>
      {h.conversations > 0 && (asking
        ? <Confirm label={w.confirm} yes={w.removeAll} no={w.keep} onYes={() => void empty()} onNo={() => setAsking(false)}>{w.sure(of.conversations(h.conversations))}</Confirm>
        : <button ref={back} onClick={() => setAsking(true)}>{w.removeAllAsk}</button>)}
      {problem && <p class="error" role="alert">{problem}</p>}</section>}
    {p.status?.folder && <section class="setting-block"><h3>{w.data}</h3><p class="quiet">{w.dataText(bytes(p.status.index.bytes))}</p><p class="quiet"><code>{p.status.folder}</code></p></section>}
    <p class="quiet">{p.status ? `golocal ${p.status.version} · ` : ""}{w.stays}</p>
  </Dialog>;
}
