// Files on their way into the inbox. The list outlives the pages: what was begun
// goes on while another is shown, and waits while the daemon is gone.
import { ApiError, authorization, read, type Given as Answer, problemOf } from "./api";
import type { Given, Named } from "./dropping";
import { bringWords } from "./remark";
import type { Remark } from "./schema";

export type Inbox = Answer<"GET /api/v1/inbox">;
type Arrived = Answer<"POST /api/v1/inbox">;

/** How it stands with one file. */
export interface Intake extends Named {
  id: number;
  state: "waiting" | "sending" | "added" | "there" | "refused" | "cancelled";
  sent: number; // bytes
  as: string; // the path that it has in the inbox, where it was added
  problem: ApiError | null; // of "refused"
  remark?: Remark; // why, where it can be said in the language of the page
}

/** All of it. */
export interface Intakes {
  list: Intake[];
  reading: boolean; // folders are being looked through
  gone: boolean; // the daemon does not answer: what waits is sent when it does
  made: string; // the folder that is watched from now on, "" when it was before
  off: boolean; // files were given, and none are taken here
  inbox: Inbox | null;
}

export const over = (i: Intake) => i.state !== "waiting" && i.state !== "sending";

const atOnce = 3, checkedAtOnce = 100, headBytes = 4096, pause = 2000; // ms
const nothing: Intakes = { list: [], reading: false, gone: false, made: "", off: false, inbox: null };
let now = nothing, last = 0, sending = 0, checking: Promise<void> = Promise.resolve();
const heard = new Set<() => void>(), requests = new Map<number, XMLHttpRequest>();
let timer: ReturnType<typeof setTimeout> | undefined;

export const intakes = () => now;
export function onIntakes(f: () => void): () => void { heard.add(f); return () => { heard.delete(f); }; }
function set(change: Partial<Intakes>): void { now = { ...now, ...change }; for (const f of heard) f(); }
function mark(id: number, change: Partial<Intake>): void { set({ list: now.list.map((i) => i.id === id ? { ...i, ...change } : i) }); }

// Leaving would break off what is being sent: the browser asks first.
const leaving = (e: BeforeUnloadEvent) => { if (now.list.some((i) => !over(i))) e.preventDefault(); };
if (typeof window !== "undefined") window.addEventListener("beforeunload", leaving);

/** Where files go; null where that cannot be told now. */
export async function look(): Promise<Inbox | null> {
  try { const inbox = await read("GET /api/v1/inbox", {}); set({ inbox }); return inbox; } catch { return null; }
}

/** Adds what was dropped or chosen. */
export async function add(given: Given): Promise<void> {
  if ((await look())?.off) { set({ off: true }); return; }
  if (now.list.every(over)) set({ list: [], made: "" }); // what was told before has been read
  set({ reading: true });
  const files: Named[] = [];
  for (const g of given) await walk(g, "", files);
  set({ reading: false, list: [...now.list, ...files.map((f): Intake => ({ ...f, id: ++last, state: "waiting", sent: 0, as: "", problem: null }))] });
  checking = checking.then(() => check());
  await checking;
}

/** The files in what was given, with the paths that they have in it. */
async function walk(g: FileSystemEntry | File, above: string, into: Named[]): Promise<void> {
  if (g instanceof File) { into.push({ file: g, path: g.webkitRelativePath || g.name }); return; }
  const path = above + g.name;
  try {
    if (g.isFile) { into.push({ file: await new Promise<File>((yes, no) => (g as FileSystemFileEntry).file(yes, no)), path }); return; }
    const reader = (g as FileSystemDirectoryEntry).createReader();
    for (;;) {
      const some = await new Promise<FileSystemEntry[]>((yes, no) => reader.readEntries(yes, no));
      if (some.length === 0) return;
      for (const e of some) await walk(e, path + "/", into);
    }
  } catch { into.push({ file: new File([], g.name), path: path + (g.isFile ? "" : "/") }); } // it is told that it cannot be read
}

const unreadable = () => new ApiError(0, "unreadable", "");

async function base64(b: Blob): Promise<string> {
  return btoa(String.fromCharCode(...new Uint8Array(await b.arrayBuffer())));
}

/** Asks the daemon which of the waiting files it takes, before they are sent; then sends them. */
async function check(): Promise<void> {
  const asked = new Set<number>();
  for (;;) {
    const some = now.list.filter((i) => i.state === "waiting" && !asked.has(i.id)).slice(0, checkedAtOnce);
    if (some.length === 0) break;
    const files: { i: Intake; told: { path: string; size: number; head: string } }[] = [];
    for (const i of some) {
      asked.add(i.id);
      try { files.push({ i, told: { path: i.path, size: i.file.size, head: await base64(i.file.slice(0, headBytes)) } }); }
      catch { mark(i.id, { state: "refused", problem: unreadable() }); }
    }
    try {
      const { files: answers } = await read("POST /api/v1/inbox/check", { takes: { files: files.map((f) => f.told) } });
      set({ gone: false });
      await bringWords();
      answers.forEach((a, n) => { const f = files[n]; if (f && a.problem) mark(f.i.id, { state: "refused", problem: new ApiError(422, a.problem.code, a.problem.message, a.problem.next), ...(a.remark ? { remark: a.remark } : {}) }); });
    } catch (e) {
      if (e instanceof ApiError && e.status !== 0) for (const f of files) mark(f.i.id, { state: "refused", problem: e });
      else { // sending finds out by itself whether it is back, and is told what is not taken
        set({ gone: true });
        break;
      }
    }
    go();
  }
  go();
}

/** Sends what waits, a few files at once. */
function go(): void {
  clearTimeout(timer);
  while (sending < (now.gone ? 1 : atOnce)) {
    const next = now.list.find((i) => i.state === "waiting");
    if (!next) return;
    sending++;
    mark(next.id, { state: "sending", sent: 0 });
    void send(next).then((gone) => {
      sending--;
      if (gone) timer = setTimeout(go, pause); else go();
    });
  }
}

/** Sends one file; true when the daemon does not answer. */
function send(i: Intake): Promise<boolean> {
  return new Promise((done) => {
    const x = new XMLHttpRequest(); // fetch does not tell how far it is
    requests.set(i.id, x);
    const end = (change: Partial<Intake>, gone = false) => { requests.delete(i.id); mark(i.id, change); set({ gone }); done(gone); };
    x.open("POST", "/api/v1/inbox?" + new URLSearchParams({ path: i.path, modified: String(Math.max(0, Math.floor(i.file.lastModified))) }).toString());
    x.setRequestHeader("Authorization", authorization());
    x.setRequestHeader("Content-Type", "application/octet-stream");
    let drawn = 0;
    x.upload.onprogress = (e) => { if (performance.now() - drawn > 100) { drawn = performance.now(); mark(i.id, { sent: e.loaded }); } };
    x.onload = () => {
      if (x.status !== 200) { void problemOf(x.status, x.responseText).then((problem) => end({ state: "refused", problem })); return; }
      const a = JSON.parse(x.responseText) as Arrived;
      if (a.new) set({ made: a.root.path });
      end({ state: a.there ? "there" : "added", sent: i.file.size, as: a.path });
    };
    x.onabort = () => end({ state: "cancelled" });
    x.onerror = () => { // of a file that is gone from the disk the browser says the same as of a daemon that is
      i.file.slice(0, 1).arrayBuffer().then(() => end({ state: "waiting", sent: 0 }, true), () => end({ state: "refused", problem: unreadable() }));
    };
    x.send(i.file);
  });
}

/** Gives up a file that was not added yet, or all of them. */
export function cancel(id?: number): void {
  for (const i of now.list) {
    if (over(i) || id !== undefined && i.id !== id) continue;
    const x = requests.get(i.id);
    if (x) x.abort(); else mark(i.id, { state: "cancelled" });
  }
}

/** Forgets what is over. */
export function clear(): void { set({ list: now.list.filter((i) => !over(i)), made: "", off: false }); }
