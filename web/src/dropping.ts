// What is dragged over the page, as long as it is files: listening costs little,
// and what copies them is loaded with the first.
import { useEffect, useState } from "preact/hooks";

/** What was dropped or chosen: files and folders of a drag must be asked for while it is dropped, files of a field are there. */
export type Given = (FileSystemEntry | File)[];

/** Of a file and where it lay in what was given. */
export interface Named { file: File; path: string }

const waiting: Given[] = [], heard = new Set<() => void>();

/** Hands on what was dropped or chosen to whoever copies it, which may have to be loaded first. */
export function give(g: Given): void { waiting.push(g); for (const f of heard) f(); }
export const takeGiven = () => waiting.splice(0);
export function onGiven(f: () => void): () => void { heard.add(f); return () => { heard.delete(f); }; }

const carriesFiles = (e: DragEvent) => e.dataTransfer?.types.includes("Files") ?? false;

function taken(d: DataTransfer): Given {
  const out: Given = [];
  for (const i of d.items) {
    if (i.kind !== "file") continue;
    const given = i.webkitGetAsEntry() ?? i.getAsFile();
    if (given) out.push(given);
  }
  return out;
}

/** Whether files are held over the page; what is let go is given on. Text and parts of the page that are dragged are none of ours. */
export function useDropping(on: boolean): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    if (!on) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const gone = () => { clearTimeout(timer); setOver(false); };
    const held = (e: DragEvent) => {
      if (!carriesFiles(e)) return;
      e.preventDefault();
      if (e.dataTransfer) e.dataTransfer.dropEffect = "copy";
      setOver(true);
      clearTimeout(timer);
      timer = setTimeout(gone, 2000); // a drag that ended elsewhere tells nobody; one that goes on tells so several times a second
    };
    const left = (e: DragEvent) => { if (e.relatedTarget === null && (e.clientX <= 0 || e.clientY <= 0 || e.clientX >= innerWidth || e.clientY >= innerHeight)) gone(); };
    const released = (e: DragEvent) => {
      if (!carriesFiles(e) || !e.dataTransfer) return;
      e.preventDefault();
      gone();
      const given = taken(e.dataTransfer);
      if (given.length) give(given);
    };
    const key = (e: KeyboardEvent) => { if (e.key === "Escape") gone(); };
    const heard: [string, (e: never) => void][] = [["dragenter", held], ["dragover", held], ["dragleave", left], ["drop", released], ["keydown", key]];
    for (const [name, f] of heard) window.addEventListener(name, f as EventListener);
    return () => { clearTimeout(timer); for (const [name, f] of heard) window.removeEventListener(name, f as EventListener); };
  }, [on]);
  return over;
}
