// The tables in a document's text: sheets, CSV files, and those of documents.
import type { Doc } from "./api";
import type { Row } from "./rows";

/** A cell: where it stands in the text, and what it says, which is other than what stands there where quotes part it. */
export interface Cell { start: number; end: number; text: string }

/** Rows of one table, or of no table; head is the row that names the columns, letters are those of a sheet, widths are in characters. */
export interface Group { rows: Row[]; table: { cells: (r: Row) => Cell[]; head: Row | null; letters: string[]; widths: number[] } | null }

/** The cells of a line "a | b |  | c". */
export function barCells(text: string, start: number, end: number): Cell[] {
  const line = ` ${text.slice(start, end)} `, out: Cell[] = [];
  for (let at = 0; at <= line.length;) {
    const bar = line.indexOf(" | ", at), to = bar < 0 ? line.length : bar;
    const raw = line.slice(at, to), lead = raw.length - raw.trimStart().length, said = raw.trim();
    out.push({ start: start + at + lead - 1, end: start + at + lead - 1 + said.length, text: said });
    if (bar < 0) break;
    at = bar + 3;
  }
  return out;
}

/** The cells of a record (RFC 4180) that is one line. */
export function recordCells(text: string, start: number, end: number, comma: string): Cell[] {
  const out: Cell[] = [];
  for (let at = start; at <= end;) {
    let said = "", to = at;
    if (text[at] === '"') {
      for (to = at + 1; to < end; to++) {
        if (text[to] !== '"') { said += text[to]; continue; }
        if (text[to + 1] !== '"' || to + 1 >= end) break;
        said += '"'; to++;
      }
      to = Math.min(to + 1, end);
    }
    const next = text.indexOf(comma, to), stop = next < 0 || next > end ? end : next;
    said += text.slice(to, stop);
    out.push({ start: at, end: stop, text: said });
    if (stop >= end) break;
    at = stop + 1;
  }
  return out;
}

/** What parts the cells: what gives the most lines the same number of cells, two at least. A file of one column has commas. */
export function delimiter(lines: string[]): string {
  const hint = /^sep=(.)$/i.exec(lines[0] ?? "")?.[1];
  if (hint) return hint;
  let best = ",", most = 0;
  for (const d of [",", "\t", ";", "|"]) {
    const counts = new Map<number, number>();
    for (const l of lines) { const n = recordCells(l, 0, l.length, d).length; counts.set(n, (counts.get(n) ?? 0) + 1); }
    for (const [cells, n] of counts) {
      const score = cells > 1 ? Math.floor(n * 100 / lines.length) * 100 + Math.min(cells, 50) : 0;
      if (score > most) { best = d; most = score; }
    }
  }
  return best;
}

/** "A", "Z", "AA" of column 1, 26, 27. */
export const columnName = (n: number): string => n > 26 ? columnName(Math.floor((n - 1) / 26)) + columnName((n - 1) % 26 + 1) : String.fromCharCode(64 + n);
const columnNumber = (name: string) => [...name].reduce((n, c) => n * 26 + c.charCodeAt(0) - 64, 0);

const sample = 200; // rows that a table's columns are measured by

/** The rows as they are shown: those of a table together, and what lies between. */
export function groups(doc: Doc, all: Row[]): Group[] {
  const text = doc.text ?? "", records = doc.type === "csv", first = doc.marks?.[0]?.place;
  const asWritten = !records && first?.line !== undefined && !first.page; // the file's own lines
  const tabular = (r: Row) => !asWritten && (r.kind === "table" || r.kind === "list" && (records || doc.sections?.[r.section]?.place.sheet !== undefined));
  const comma = records ? delimiter(all.slice(0, 50).map((r) => text.slice(r.start, r.end))) : "";
  const cells = records ? (r: Row) => recordCells(text, r.start, r.end, comma) : (r: Row) => barCells(text, r.start, r.end);
  const out: Group[] = [];
  for (let i = 0; i < all.length;) {
    const from = all[i];
    if (!from) break;
    let to = i + 1;
    if (!tabular(from)) {
      for (let r = all[to]; r && !tabular(r); r = all[++to]);
      out.push({ rows: all.slice(i, to), table: null });
    } else {
      for (let r = all[to]; r && r.section === from.section && r.unit === ""; r = all[++to]);
      const rows = all.slice(i, to), widths: number[] = [];
      for (const r of rows.slice(0, sample)) cells(r).forEach((c, k) => { widths[k] = Math.max(widths[k] ?? 3, Math.min(40, c.text.length)); });
      const [left] = (doc.sections?.[from.section]?.place.columns ?? "").split(":");
      const head = from.kind === "table" && rows.length > 1 ? from : null;
      out.push({ rows: head ? rows.slice(1) : rows, table: { cells, head, letters: left ? widths.map((_, k) => columnName(columnNumber(left) + k)) : [], widths } });
    }
    i = to;
  }
  return out;
}
