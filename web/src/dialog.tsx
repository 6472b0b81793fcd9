import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { ApiError, type Status } from "./api";
import { removeAllConversations } from "./conversations";
import { bytes, count } from "./format";
import { Icon } from "./icons";
import { keepSettings, readSettings, type Settings } from "./settings";

/** A layer over the page that keeps the focus until it is closed. */
export function Dialog(p: { label: string; class?: string; onClose: () => void; children: ComponentChildren }) {
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => { const d = box.current; if (d && !d.open) d.showModal(); return () => d?.close(); }, []);
  return <dialog ref={box} class={`dialog ${p.class ?? ""}`} aria-label={p.label} onClose={(e) => { if (e.currentTarget.isConnected) p.onClose(); }} onClick={(e) => { if (e.target === e.currentTarget) p.onClose(); }}
    onKeyDown={(e) => { e.stopPropagation(); if (e.key === "Escape") { e.preventDefault(); p.onClose(); } }}><div class="dialog-inner">{p.children}</div></dialog>;
}

const Head = (p: { title: string; onClose: () => void }) => <header class="dialog-head"><h2>{p.title}</h2><button class="plain" onClick={p.onClose} aria-label="Close"><Icon name="close" /></button></header>;

const keys: [string, string][] = [
  ["Enter", "ask"], ["Shift Enter", "new line"], ["↑ in an empty box", "bring the last question back"], ["/", "go to the box"], ["n", "new conversation"],
  ["Ctrl K or ⌘ K", "do anything by name"], ["[ and ]", "previous and next citation"], ["Esc", "close, or stop the answer"],
  ["g c, g s, g l, g m", "conversation, search, library, models"], ["?", "this list"],
];

export function Help({ onClose }: { onClose: () => void }) {
  return <Dialog label="Keys" onClose={onClose}><Head title="Keys" onClose={onClose} />
    <dl class="keys">{keys.map(([k, what]) => <div key={k}><dt><kbd>{k}</kbd></dt><dd>{what}</dd></div>)}</dl></Dialog>;
}

function Choice<V extends string>(p: { label: string; value: V; of: [V, string][]; onChange: (v: V) => void }) {
  return <div class="setting"><span id={`set-${p.label}`}>{p.label}</span><div class="switch" role="group" aria-labelledby={`set-${p.label}`}>
    {p.of.map(([v, word]) => <button key={v} aria-pressed={p.value === v} onClick={() => p.onChange(v)}>{word}</button>)}</div></div>;
}

/** How the page looks, and what is kept. */
export function SettingsDialog(p: { status: Status | null; onClose: () => void; onEmptied: () => void }) {
  const [s, set] = useState(readSettings);
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState("");
  const h = p.status?.history;
  const change = (c: Partial<Settings>) => { const n = { ...s, ...c }; set(n); keepSettings(n); };
  const empty = () => removeAllConversations().then(() => { setAsking(false); p.onEmptied(); }, (e: unknown) => setProblem(e instanceof ApiError ? e.message : "they could not be deleted"));
  return <Dialog label="Settings" onClose={p.onClose}><Head title="Settings" onClose={p.onClose} />
    <Choice label="Colours" value={s.theme} of={[["auto", "As the system"], ["light", "Light"], ["dark", "Dark"]]} onChange={(theme) => change({ theme })} />
    <Choice label="Text size" value={s.size} of={[["small", "Small"], ["normal", "Normal"], ["large", "Large"], ["larger", "Larger"]]} onChange={(size) => change({ size })} />
    <Choice label="Motion" value={s.motion} of={[["auto", "As the system"], ["less", "Less"]]} onChange={(motion) => change({ motion })} />
    {h && <section class="setting-block"><h3>Conversations</h3>
      <p class="quiet">{h.on ? `${count(h.conversations, "conversation")}, ${bytes(h.bytes)}, on this machine only; ${h.days ? `kept for ${count(h.days, "day")}` : "kept until you delete them"}.` : "Not kept: the settings say history: off."}</p>
      {h.conversations > 0 && (asking
        ? <div class="confirm" role="group" aria-label="Confirm deletion"><p>Delete all {count(h.conversations, "conversation")} for good? Your files stay as they are.</p><button class="button danger" onClick={() => void empty()}>Delete all</button><button onClick={() => setAsking(false)}>Keep</button></div>
        : <button onClick={() => setAsking(true)}>Delete all conversations…</button>)}
      {problem && <p class="error" role="alert">{problem}</p>}</section>}
    <p class="quiet">Nothing leaves this machine: no telemetry, no update check.{p.status ? ` golocal ${p.status.version}.` : ""}</p>
  </Dialog>;
}
