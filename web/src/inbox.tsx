import { useEffect, useRef, useState } from "preact/hooks";
import { give, onGiven, takeGiven } from "./dropping";
import { bytes } from "./format";
import { Icon } from "./icons";
import { add, cancel, clear, type Intake, type Intakes, intakes, look, onIntakes, over } from "./intake";
import { baseName, folderName } from "./place";
import { said } from "./remark";
import { inboxWords } from "./text/inbox";

const shown = 100; // rows of a group

function useIntakes(): Intakes {
  const [now, set] = useState(intakes);
  useEffect(() => { set(intakes()); return onIntakes(() => set(intakes())); }, []);
  return now;
}

/** Why a file was not taken, without its name, which stands beside it. */
function reason(i: Intake, most: number): string {
  const w = inboxWords(), e = i.problem;
  if (!e) return "";
  if (e.code === "file_too_large") return w.tooLarge(bytes(most));
  if (e.code === "disk_full") return w.full;
  if (e.code === "unreadable") return w.unreadable;
  const name = baseName(i.path) + ": ";
  if (i.remark) return said(i.remark, e.message.startsWith(name) ? e.message.slice(name.length) : e.message);
  return [e.message.startsWith(name) ? e.message.slice(name.length) : e.message, e.next].filter(Boolean).join("; ");
}

function Row({ i, most }: { i: Intake; most: number }) {
  const w = inboxWords(), name = baseName(i.path) || i.path, all = bytes(i.file.size);
  return <li class={`intake ${i.state}`}>
    <span class="intake-name"><bdi title={i.path}>{name}</bdi>{folderName(i.path) && <span class="quiet"> <bdi>{folderName(i.path)}</bdi></span>}</span>
    {!over(i) && <button class="plain small" aria-label={w.cancelOf(name)} onClick={() => cancel(i.id)}>{w.cancel}</button>}
    {i.state === "sending" && <><progress max={Math.max(1, i.file.size)} value={i.sent} aria-label={w.progress(name)} /><span class="quiet">{w.of(bytes(i.sent), all)}</span></>}
    {i.state === "refused" && <span class="intake-why">{reason(i, most)}</span>}
    {i.as !== "" && i.as !== i.path && <span class="quiet">{w.as(i.as)}</span>}
  </li>;
}

/** What is being added and what has come of it; it stays until it is closed, whatever page is shown. */
function Tray({ s }: { s: Intakes }) {
  const w = inboxWords();
  const [open, setOpen] = useState(true);
  const of = (state: Intake["state"]) => s.list.filter((i) => i.state === state);
  const left = s.list.filter((i) => !over(i)), busy = left.length > 0 || s.reading;
  const counted = s.list.filter((i) => i.state !== "refused" && i.state !== "cancelled");
  const all = counted.reduce((sum, i) => sum + i.file.size, 0), done = counted.reduce((sum, i) => sum + (over(i) ? i.file.size : i.sent), 0);
  const told = s.off ? w.off : s.reading ? w.looking : s.gone && busy ? w.gone : busy ? w.busy(left.length) : w.done(of("added").length, of("there").length, of("refused").length, of("cancelled").length);
  // Heard once for each turn of things, not for each file.
  const [heard, hear] = useState("");
  const turn = `${s.off} ${s.reading} ${s.gone} ${busy}`;
  useEffect(() => hear(told), [turn]);
  return <section class="arrivals" aria-label={w.title}>
    <header class="arrivals-head"><strong aria-hidden="true">{told}</strong><span class="said" role="status">{heard}</span>
      {s.list.length > 0 && <button class="plain small" aria-expanded={open} aria-label={open ? w.fold : w.unfold} title={open ? w.fold : w.unfold} onClick={() => setOpen(!open)}><Icon name={open ? "minus" : "plus"} /></button>}
      {!busy && <button class="plain small" aria-label={w.close} title={w.close} onClick={clear}><Icon name="close" /></button>}</header>
    {busy && all > 0 && <div class="arrivals-all"><progress max={all} value={done} aria-label={w.all} /><span class="quiet">{w.of(bytes(done), bytes(all))}</span></div>}
    {s.made !== "" && <p class="notice" role="status">{w.made(s.made)}</p>}
    {open && s.list.length > 0 && <div class="arrivals-list" tabIndex={0} role="group" aria-label={w.title}>{(["refused", "sending", "waiting", "added", "there", "cancelled"] as const).map((state) => {
      const rows = of(state);
      return rows.length > 0 && <div key={state}><h2>{w.groups[state]} <span class="quiet">{rows.length}</span></h2>
        <ul>{rows.slice(0, shown).map((i) => <Row key={i.id} i={i} most={s.inbox?.most ?? 0} />)}</ul>
        {rows.length > shown && <p class="quiet">{w.more(rows.length - shown)}</p>}</div>;
    })}</div>}
    {busy ? left.length > 0 && <p class="arrivals-foot"><button class="small" onClick={() => cancel()}>{w.cancelAll}</button></p>
      : s.inbox?.root && !s.off ? <p class="arrivals-foot"><a href={`#/library?root=${s.inbox.root}`}>{w.show}</a></p> : null}
  </section>;
}

/** Takes what is dropped: an invitation while files are held over the page, and the list of what becomes of them. */
export function InboxLayer(p: { over: boolean; onAdded: () => void }) {
  const w = inboxWords(), s = useIntakes();
  const added = s.list.filter((i) => i.state === "added").length, busy = s.list.some((i) => !over(i));
  useEffect(() => {
    const take = () => { for (const g of takeGiven()) void add(g); };
    take();
    return onGiven(take);
  }, []);
  useEffect(() => { if (p.over) void look(); }, [p.over]);
  useEffect(() => { if (added > 0 && !busy) { void look(); p.onAdded(); } }, [added, busy]);
  return <>
    {(s.list.length > 0 || s.reading || s.off) && <Tray s={s} />}
    {p.over && <div class="drop" role="status"><div class="drop-inner"><Icon name="save" />
      {s.inbox?.off ? <p><strong>{w.off}</strong></p> : <p><strong>{w.drop(s.inbox?.name || w.inbox)}</strong><br /><span class="quiet">{w.dropHint}</span></p>}</div></div>}
  </>;
}

/** The button that chooses files; what it is for says where they go. */
export function AddFiles() {
  const w = inboxWords(), s = useIntakes();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => { void look(); }, []);
  if (!s.inbox || s.inbox.off) return null;
  return <p class="add-files">
    <input ref={field} type="file" multiple hidden onChange={(e) => { const f = [...e.currentTarget.files ?? []]; e.currentTarget.value = ""; if (f.length) give(f); }} />
    <button onClick={() => field.current?.click()}><Icon name="plus" /> {w.addFiles}</button>
    <span class="quiet">{w.hint(s.inbox.folder)}</span></p>;
}
