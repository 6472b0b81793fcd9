import { useRef } from "preact/hooks";
import type { Reading, Root, Status } from "./api";
import { seconds } from "./format";
import { baseName, pathText } from "./place";
import { libraryWords } from "./text/library";

const whole = 24, kept = 16; // letters of a name that is never shortened, and of the end of a longer one

/** A path in two parts, of which the first gives way where there is no room, so that what is left out stands in the middle. */
export function halves(path: string): [string, string] {
  const slash = path.lastIndexOf("/"), name = [...path.slice(slash + 1)];
  if (name.length <= whole) return [path.slice(0, Math.max(0, slash)), path.slice(Math.max(0, slash))];
  let from = name.length - kept;
  while (from > 0 && /\p{M}/u.test(name[from] ?? "")) from--; // a mark stays with its letter
  const end = name.slice(from).join("");
  return [path.slice(0, path.length - end.length), end];
}

/** How the list stands: whether it is there, for how many statuses in a row it should not be as it is, and the rows that it has room for. */
export interface Steady { shown: boolean; odd: number; rows: number }

/**
 * How the list stands after a status. It comes and goes with the second status in a row that
 * says so, and at once where it is the first; while it is there it never gets shorter. So a
 * file that takes a moment moves nothing on the page.
 */
export function steadied(before: Steady | null, files: number, rows: number, busy: boolean): Steady {
  if (!before) return { shown: files > 0, odd: 0, rows };
  const wanted = files > 0 || (before.shown && busy), odd = wanted === before.shown ? 0 : before.odd + 1;
  if (odd > 1) return { shown: wanted, odd: 0, rows };
  return { shown: before.shown, odd, rows: before.shown ? Math.max(before.rows, rows) : rows };
}

/** What of the files in work belongs to folders that are shown. */
export const readingsOf = (s: Status): Reading[] => (s.queue.now ?? []).filter((r) => s.roots.some((root) => root.id === r.ref.root));

/** What is being done to a file, in words. */
function stageText(r: Reading): string {
  const w = libraryWords();
  return r.total ? w.embedded(r.done ?? 0, r.total) : w.stages[r.stage];
}

function Line({ r, roots }: { r: Reading; roots: Root[] }) {
  const root = roots.length > 1 ? roots.find((x) => x.id === r.ref.root) : undefined, base = root ? baseName(pathText(root)) : "";
  const path = base ? `${base}/${pathText(r.ref)}` : pathText(r.ref), [first, end] = halves(path), took = Math.floor(r.seconds);
  return <li><bdi class="path-cut" title={path}><span>{first}</span><span>{end}</span></bdi><span class="stage">{stageText(r)}</span>
    {r.total ? <progress aria-hidden="true" max={r.total} value={r.done ?? 0} /> : <span />}<span class="took">{took === 0 ? "" : took < 10 ? `${took} s` : seconds(took)}</span></li>;
}

/** The files that are being read now, the first few of them, and how many wait. */
export function Readings({ status: s }: { status: Status }) {
  const w = libraryWords(), files = readingsOf(s), more = files.length ? Math.max(0, s.queue.waiting + s.queue.working - files.length) : 0;
  const rows = files.length + (more ? 1 : 0), busy = s.state === "indexing";
  const last = useRef<{ of: Status | null; now: Steady | null }>({ of: null, now: null });
  if (last.current.of !== s) last.current = { of: s, now: steadied(last.current.now, files.length, rows, busy) };
  const steady = last.current.now;
  if (!steady?.shown) return null;
  return <section class="readings" aria-label={w.readingNow}><h2>{w.readingNow}</h2>
    <ul style={{ "--rows": String(steady.rows) }}>{files.map((r) => <Line key={`${r.ref.root} ${pathText(r.ref)}`} r={r} roots={s.roots} />)}
      {more > 0 && <li class="quiet">{w.moreWait(more)}</li>}
      {files.length === 0 && !busy && <li class="quiet">{w.noneRead}</li>}</ul></section>;
}
