import { useEffect, useLayoutEffect, useMemo } from "preact/hooks";
import type { Doc } from "./api";
import { Block, useWatch, type Watch } from "./blocks";
import { CopyButton } from "./copy";
import { locate, Offsets } from "./locate";
import { ariaLevel } from "./outline";
import { pieces, type Stretch } from "./pieces";
import type { Target } from "./place";
import { codeBlocks, type Row, rows } from "./rows";
import { type Group, groups } from "./table";
import { commandWords } from "./text/command";
import { sourceWords } from "./text/source";

const step = 100; // rows of a block

interface Look { text: string; marks: Stretch[]; place: Stretch | null; paragraphs: boolean; code: Map<Row, string>; heightOf: (r: Row) => number }

const holds = (r: Row, s: Stretch | null) => s !== null && s.start < Math.max(r.end, r.start + 1) && s.end > r.start;

/** One line, or one paragraph, with its number. */
function Line({ row: r, look: l }: { row: Row; look: Look }) {
  const here = holds(r, l.place), heading = l.paragraphs && r.level > 0, code = l.code.get(r);
  return <>
    {r.unit && !(heading && l.text.slice(r.start, r.end) === r.unit) && <div class="page-end">{r.unit}</div>}
    <div class={`line ${here ? "here" : ""} ${l.paragraphs ? heading ? `heading h${r.level}` : r.kind : r.kind === "code" ? "code" : ""}`}>
      <span class="number" aria-hidden="true">{r.number}</span>
      <span class="words" dir="auto" {...(heading ? { role: "heading", "aria-level": ariaLevel(r.depth) } : {})}>{r.end > r.start ? here ? pieces(l.text, r.start, r.end, l.marks) : l.text.slice(r.start, r.end) : " "}</span>
    </div>
    {code !== undefined && <p class="code-end"><CopyButton text={() => code} label={commandWords().copyCode} /></p>}
  </>;
}

/** Rows of a sheet, a CSV file, or a table of a document. */
function Table({ group, look: l, watch }: { group: Group; look: Look; watch: Watch }) {
  const t = group.table;
  if (!t) return null;
  const unit = (t.head ?? group.rows[0])?.unit ?? "", numbered = group.rows.some((r) => r.number !== "") && (t.letters.length > 0 || !l.paragraphs);
  const cells = (r: Row, head: boolean) => {
    const here = holds(r, l.place), all = t.cells(r);
    return <tr key={r.start} class={here ? "here" : ""}>
      {numbered && <th class="number" scope="row">{r.number}</th>}
      {t.widths.map((_, k) => {
        const c = all[k], said = c?.text ?? "";
        const marked = !c || !here ? said : l.text.slice(c.start, c.end) === said ? pieces(l.text, c.start, c.end, l.marks) : l.marks.some((m) => m.start < c.end && m.end > c.start) ? <mark>{said}</mark> : said;
        return head ? <th key={k} scope="col" dir="auto">{marked}</th> : <td key={k} dir="auto" class={/^[-+]?[\d.,  ]+ ?[%€$]?$/.test(said) ? "figure" : ""}>{marked}</td>;
      })}
    </tr>;
  };
  return <>
    {unit && <div class="page-end">{unit}</div>}
    <table class="sheet" style={{ width: `${t.widths.reduce((n, x) => n + x + 4, numbered ? 7 : 0)}ch` }}>
      <colgroup>{numbered && <col style={{ width: "7ch" }} />}{t.widths.map((n, k) => <col key={k} style={{ width: `${n + 4}ch` }} />)}</colgroup>
      {(t.letters.length > 0 || t.head) && <thead>
        {t.letters.length > 0 && <tr class="letters" aria-hidden="true">{numbered && <td />}{t.letters.map((n) => <td key={n}>{n}</td>)}</tr>}
        {t.head && cells(t.head, true)}</thead>}
      <Blocks rows={group.rows} look={l} watch={watch} table draw={(r) => cells(r, false)} />
    </table>
  </>;
}

/** Rows in blocks, of which the one that holds the passage, or the first, is there at once. */
function Blocks(p: { rows: Row[]; look: Look; watch: Watch; table?: boolean; draw: (r: Row) => preact.JSX.Element }) {
  const out = [];
  for (let i = 0; i < p.rows.length; i += step) {
    const of = p.rows.slice(i, i + step), first = of[0], last = of[of.length - 1];
    const begin = p.look.place ? (first?.start ?? 0) < p.look.place.end && (last?.end ?? 0) >= p.look.place.start : first?.start === 0 || i === 0 && p.rows.length < step;
    out.push(<Block key={`${i} ${begin}`} watch={p.watch} begin={begin} height={of.reduce((n, r) => n + p.look.heightOf(r), 0)} {...(p.table ? { rows: true } : {})}>{() => of.map(p.draw)}</Block>);
  }
  return <>{out}</>;
}

/** A document's text: lines with their numbers, paragraphs under their headings, tables as tables; the passage marked and in view. */
export function Lines({ doc, target }: { doc: Doc; target: Target }) {
  const text = doc.text ?? "", begin = doc.marks?.[0]?.place, code = doc.type === "code", w = sourceWords();
  const paragraphs = begin ? !begin.line && !begin.page : doc.type === "html" || doc.type === "docx";
  const all = useMemo(() => rows(doc), [doc]), parts = useMemo(() => groups(doc, all), [all]);
  const blocks = useMemo(() => paragraphs || begin?.cell ? codeBlocks(all, text) : new Map<Row, string>(), [all]); // where the lines are the file's own, marks of its own stand around code
  const place = useMemo(() => target.quote || target.span ? locate(text, target.quote, target.span) : null, [text, target]);
  const marks = useMemo(() => {
    const at = new Offsets(text);
    const words = (target.words ?? []).map((s) => ({ start: at.at(s.start), end: at.at(s.end) })).filter((s) => place && s.start >= place.start && s.end <= place.end);
    return words.length ? words : place ? [place] : [];
  }, [text, target, place]);
  const look: Look = { text, marks, place, paragraphs, code: blocks, heightOf: (r) => Math.ceil(Math.max(1, r.end - r.start) / 70) * (code ? 1.26 : 1.5) + (paragraphs ? .45 : 0) };
  const { box, watch } = useWatch();
  const show = () => (box.current?.querySelector("mark") ?? box.current?.querySelector(".here"))?.scrollIntoView({ block: "center" });
  useLayoutEffect(() => { if (place) show(); else box.current?.parentElement?.scrollTo(0, 0); }, [doc, target]);
  // What is drawn above the passage a moment later may take other room than was kept for it.
  useEffect(() => { let n = requestAnimationFrame(() => { n = requestAnimationFrame(() => { if (place) show(); }); }); return () => cancelAnimationFrame(n); }, [doc, target]);
  return <div ref={box} class={`text ${code ? "code" : ""} ${doc.type === "csv" || begin?.sheet ? "tabular" : ""}`}>
    {target.quote && !place && <p class="notice" role="status">{w.notPlaced}</p>}
    {place && !place.whole && <p class="notice" role="status">{w.inPart}</p>}
    {parts.map((g, i) => g.table ? <Table key={i} group={g} look={look} watch={watch} />
      : <div key={i} class={paragraphs ? "lines paragraphs" : "lines"}><Blocks rows={g.rows} look={look} watch={watch} draw={(r) => <Line key={r.start} row={r} look={look} />} /></div>)}
  </div>;
}
