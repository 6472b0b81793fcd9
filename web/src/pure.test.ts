// Tests of what needs no browser; `web/check.sh` bundles and runs them.
import "./measured.test";
import "./readings.test";
import "./scope.test";
import assert from "node:assert/strict";
import test from "node:test";
import { type ChatEvent, type Citation, query, type Quote, type Scope, type Sentence, type Status } from "./api";
import { bytes, count, roughly, seconds } from "./format";
import type { Doc, Hit, Place } from "./api";
import { end, tree, versions, way } from "./branch";
import { excerpt, shortened } from "./excerpt";
import { conditions, noFilters, readFilters, routeQuery, searchAddress } from "./filters";
import { fold, fromBytes, locate, locateFolded, Offsets } from "./locate";
import { group } from "./history";
import { Outline } from "./outline";
import { fitting } from "./palette";
import { phases } from "./phase";
import { rows } from "./rows";
import { barCells, columnName, delimiter, groups, recordCells } from "./table";
import { Latest } from "./typing";
import { placeText, targets } from "./place";
import { readSettings, usual } from "./settings";
import { refusal as refusalIn, say as sayIn, type Words } from "./remark";
import { problems } from "./text/problems";
import { remarks } from "./text/remarks";
import { EventParser } from "./sse";
import { speak } from "./text/catalogue";
import { consume, showTail } from "./tail";
import { blocks, copyText, history, keptTurn, newTurn, running, step, type Turn } from "./turn";

test("byte offsets become string offsets", () => {
  const s = "aé€😀b";
  const enc = new TextEncoder();
  for (let i = 0; i <= s.length; i++) {
    if (i > 0 && s.charCodeAt(i) >= 0xdc00 && s.charCodeAt(i) < 0xe000) continue;
    assert.equal(fromBytes(s, enc.encode(s.slice(0, i)).length), i);
  }
  assert.equal(fromBytes(s, 999), s.length);
});

test("a quote is found where its span says, elsewhere, folded, in part, or not", () => {
  const text = "Über alles. Ein Satz. Noch einer. Ein Satz. Ende.";
  const at = (i: number) => ({ start: new TextEncoder().encode(text.slice(0, i)).length, end: 0 });
  const second = text.lastIndexOf("Ein Satz.");
  assert.equal(locate(text, "Ein Satz.", at(second))?.start, second);
  assert.equal(locate(text, "Ein Satz.", at(2))?.start, text.indexOf("Ein Satz."));
  assert.equal(locate(text, "Ein Satz.", at(text.length))?.start, second, "the nearest one");
  assert.deepEqual(locate(text, "noch  EINER.", null), { start: text.indexOf("Noch"), end: text.indexOf("Noch") + 11, whole: true });
  assert.equal(locate(text, "nicht darin", null), null);
  const part = locateFolded(fold("The landing stage was paid by the town."), "The landing stage was paid by the mayor alone");
  assert.equal(part?.whole, false);
  assert.equal(locateFolded(fold("abc"), "abx"), null, "half of a short quote proves nothing");
});

test("an excerpt marks what the daemon found, in one line", () => {
  const utf8 = (s: string) => new TextEncoder().encode(s).length;
  const hit = (text: string, part: [number, number], ...marks: string[]) => {
    const span = (w: string) => ({ start: utf8(text.slice(0, text.indexOf(w))), end: utf8(text.slice(0, text.indexOf(w) + w.length)) });
    return { chunk: { text }, excerpt: { start: utf8(text.slice(0, part[0])), end: utf8(text.slice(0, part[1])) }, highlights: marks.map(span) } as unknown as Hit;
  };
  const shown = (h: Hit) => excerpt(h).map((p) => p.mark ? `[${p.text}]` : p.text).join("");
  assert.equal(shown(hit("Über  die\n\nStraße 😀 geht", [0, 25], "Straße", "😀")), "Über die [Straße] [😀] geht");
  assert.equal(shown(hit("Ärger. Die Straße ist zu. Ende", [7, 25], "Straße")), "… Die [Straße] ist zu. …");
  assert.equal(shown(hit("eins zwei drei", [5, 9], "eins", "zwei", "drei")), "… [zwei] …", "a mark outside is left out");
  assert.equal(shown({ chunk: { text: "all\nof it" } } as unknown as Hit), "all of it");
  assert.equal(shown(hit("", [0, 0])), "");
});

test("rough numbers have two digits that count", () => {
  assert.deepEqual([0, 7, 99, 123, 45_678, 999_999, 1_900_000, 12_345_678, 1e12].map(roughly), ["0", "7", "99", "120", "45,000", "990,000", "1.9 million", "12 million", "99 million"]);
});

test("folding joins words that a line's end divided and ligatures", () => {
  assert.equal(fold("Land-\nungs\u00adsteg ﬁnden").text, "landungsstegfinden");
  assert.equal(fold("well-known").text, "well-known");
});

test("events are parsed whole from any pieces", () => {
  const stream = ": beat\n\nevent: a\ndata: {\"x\":1}\n\nevent: b\r\ndata: 1\r\ndata: 2\r\n\r\nevent: cut\ndata: 3";
  for (let size = 1; size <= stream.length; size++) {
    const p = new EventParser(), got = [];
    for (let i = 0; i < stream.length; i += size) got.push(...p.push(stream.slice(i, i + size)));
    assert.deepEqual(got, [{ name: "a", data: "{\"x\":1}", id: "" }, { name: "b", data: "1\n2", id: "" }], `pieces of ${size}`);
  }
});

test("sentences cover their part of the stream", () => {
  const stream = "One is here [1].  Two\nfollows[2, 3] now. Thr";
  let pos = consume(stream, 0, "One is here.");
  assert.equal(stream.slice(pos), "Two\nfollows[2, 3] now. Thr");
  pos = consume(stream, pos, "Two follows now.");
  assert.equal(stream.slice(pos), "Thr");
  assert.ok(consume("abc", 0, "completely different") <= 3);
});

test("the tail shows no marker, not even a half one", () => {
  assert.equal(showTail("so it is [1] and [2, 3"), "so it is and");
  assert.equal(showTail("a list [x]"), "a list [x]");
});

const sentence = (index: number, lead: string): Sentence => ({ type: "sentence", index, lead, text: `s${index}.`, verdict: "supported", citations: [] });

test("leads make paragraphs and bullets", () => {
  const shape = blocks([sentence(0, ""), sentence(1, " "), sentence(2, "\n- "), sentence(3, " "), sentence(4, "\n2. "), sentence(5, "\n\n")]).map((b) => `${b.kind}${b.sentences.length}`);
  assert.deepEqual(shape, ["p2", "li2", "li1", "p1"]);
});

test("a fence makes code of what stands in it, its line breaks and indents kept", () => {
  const say = (index: number, lead: string, text: string): Sentence => ({ ...sentence(index, lead), text });
  const shape = blocks([say(0, "", "Run this:"), say(1, "\n\n", "```go"), say(2, "\n", "func main() {\n\tprint(1)"), say(3, "\n", "}"), say(4, "\n", "```"), say(5, "\n", "Then wait."), say(6, " ", "And rest."), say(7, "\n~~~ ", "x"), say(8, "\n", "~~~"), say(9, "\n  ", "y = 1")]);
  assert.deepEqual(shape.map((b) => [b.kind, b.code ?? b.sentences.length]), [["p", 1], ["code", "func main() {\n\tprint(1)\n}"], ["p", 3], ["code", "  y = 1"]]);
});

test("an answer is copied as Markdown with the sources that it rests on", () => {
  const cite = (source: number, path: string, place: object): Citation => ({ source, doc: source, ref: { root: 1, path }, path: "/d/" + path, quote: "the quote\nof two lines", span: { start: 0, end: 3 }, place, state: "current" });
  const a = cite(1, "a.pdf", { page: 3 }), b = cite(4, "b.md", { line: 5, line_end: 7 });
  const t = { ...newTurn("q", "auto", {}), sentences: [{ ...sentence(0, ""), citations: [b] }, { ...sentence(1, "\n- "), citations: [a, a] }, { ...sentence(2, " ") }, { ...sentence(3, "\n\n"), text: "```" }, { ...sentence(4, "\n"), text: "x[0]", citations: [a] }, { ...sentence(5, "\n"), text: "```" }] };
  assert.equal(copyText(t), "s0. [4]\n- s1. [1] s2.\n\n```\nx[0]\n```\n\nSources:\n\n- [1] `/d/a.pdf`, page 3\n- [4] `/d/b.md`, lines 5–7\n");
  const quotes = { ...newTurn("q", "auto", {}), quotes: [{ plain: "", citation: a }, { plain: "plain words", citation: b }] as Quote[] };
  assert.equal(copyText(quotes), "> the quote\n> of two lines [1]\n\n> plain words [4]\n\nSources:\n\n- [1] `/d/a.pdf`, page 3\n- [4] `/d/b.md`, lines 5–7\n");
  assert.equal(copyText({ ...newTurn("q", "auto", {}), stream: "Half an" }), "Half an\n");
});

test("a turn runs until it is answered", () => {
  let t = newTurn("q", "auto", {});
  t = step(t, { type: "token", text: "Half" });
  t = step(t, { type: "status", phase: "notice", text: "by keyword only" });
  assert.ok(running(t) && t.stream === "Half" && t.notice === "by keyword only");
  t = step(t, { type: "answer", kind: "none", text: "", sentences: null, sources: null, quotes: null, verdict: "unsupported", support: 0, folded: false,
    ledger: { question: "q", evidence: 0, enough: false, sources: null, dropped: null, seconds: { search: 0, quotes: 0, load: 0, prompt: 0, first_token: 0, generate: 0, total: 0 } } });
  assert.ok(!running(t) && t.sentences.length === 0);
});

test("reasoning is kept apart from the answer and from the conversation", () => {
  let t = newTurn("q", "auto", {});
  t = step(t, { type: "reasoning", text: "let me " });
  t = step(t, { type: "reasoning", text: "see" });
  assert.ok(t.reasoning === "let me see" && t.phase === "Reasoning" && t.reasonedFrom > 0 && t.reasonedTo === 0 && t.stream === "");
  t = step(t, { type: "token", text: "Four." });
  assert.ok(t.reasonedTo >= t.reasonedFrom && t.phase === "Writing" && !history([t]).length);
  const plain = step(newTurn("q", "auto", {}), { type: "token", text: "x" });
  assert.equal(plain.reasonedTo, 0);
});

test("headings are as deep as they lie in each other, whatever levels a file leaves out", () => {
  for (const [levels, want] of [[[2, 4, 4, 2], [1, 2, 2, 1]], [[3, 1, 2, 6, 1], [1, 1, 2, 3, 1]], [[1, 2, 3, 2], [1, 2, 3, 2]]] as [number[], number[]][]) {
    const o = new Outline();
    assert.deepEqual(levels.map((l) => o.depth(l)), want);
  }
});

test("what an answer waits for is told by what is known: files, passages, the model and whether it is loaded", () => {
  const root = (id: number, ready: number) => ({ id, documents: { ready } });
  const status = (loaded: string[]) => ({ roots: [root(1, 1200), root(2, 4)], models: { loaded: loaded.map((name) => ({ name })) } }) as unknown as Status;
  const hits = Array.from({ length: 8 }, () => ({}));
  const after = (scope: Scope, ...es: object[]) => es.reduce((t: Turn, e) => step(t, e as ChatEvent), newTurn("q", "auto", scope));
  const search = { type: "status", phase: "search", text: "Searching your files" }, found = { type: "found", hits }, generate = { type: "status", phase: "generate", text: "qwen3:4b reads the passages", model: "qwen3:4b" };
  const cases: [string, Turn, Status | null, string][] = [
    ["nothing is known of the files", after({}, search), null, "Searching your files"],
    ["all files", after({}, search), status([]), "Searching 1,204 files"],
    ["one folder", after({ roots: [2] }, search), status([]), "Searching 4 files"],
    ["named files", after({ docs: [7] }, search), status([]), "Searching 1 file"],
    ["a scope that says more", after({ roots: [1], types: ["pdf"] }, search), status([]), "Searching your files"],
    ["found", after({}, search, found), status([]), "1,204 files · Found 8 passages"],
    ["a model that is not in memory", after({}, search, found, generate), status(["all-minilm:22m"]), "1,204 files · 8 passages · Loading qwen3:4b"],
    ["one that is", after({}, search, found, generate), status(["qwen3:4b"]), "1,204 files · 8 passages · qwen3:4b reads them"],
    ["writing", after({}, search, found, generate, { type: "token", text: "A" }), status(["qwen3:4b"]), "1,204 files · 8 passages · Writing"],
  ];
  for (const [what, t, s, want] of cases) {
    const { done, now } = phases(t, s);
    assert.equal([...done, now].join(" · "), want, what);
  }
});

test("places, sizes and times read as people write them", () => {
  assert.equal(placeText({ page: 3, page_end: 3, line: 9 }), "page 3");
  assert.equal(placeText({ line: 4, line_end: 6 }), "lines 4–6");
  assert.equal(placeText({ sheet: "Budget", columns: "A:D", row: 5, row_end: 20 }), "Budget!A5:D20");
  assert.equal(placeText({ sheet: "Budget", columns: "B", row: 5, row_end: 5 }), "Budget!B5");
  assert.equal(placeText({ message: 7, part: "a.pdf", page: 4, page_end: 4, label: "iv" }), "message 7, a.pdf, page iv (4)");
  assert.equal(placeText({ time: 65.2, time_end: 3609 }), "00:01:05–01:00:09");
  assert.equal(placeText({ slide: 3, paragraph: 1 }), "slide 3");
  assert.equal(placeText({}), "");
  assert.deepEqual([bytes(0), bytes(999), bytes(1500), bytes(46e6), bytes(2.62e9)], ["0 B", "999 B", "1.5 KB", "46.0 MB", "2.6 GB"]);
  assert.deepEqual([seconds(0.44), seconds(75), seconds(200), seconds(7500)], ["0.4 s", "75 s", "3 min", "2 h 5 min"]);
  assert.deepEqual([count(1, "file"), count(1200, "file")], ["1 file", "1,200 files"]);
});

test("lines are numbered as their file numbers them", () => {
  const doc = (text: string, marks: { at: number; place: Place }[]): Doc => ({ id: 1, ref: { root: 1, path: "x" }, size: 1, modified: "", indexed: "", chunks: 1, state: "ready", text, marks });
  const shown = (d: Doc) => rows(d).map((r) => [d.text?.slice(r.start, r.end), r.number, r.unit]);
  assert.deepEqual(shown(doc("é\nb\n\fc\n", [{ at: 0, place: { slide: 1, paragraph: 1 } }, { at: 6, place: { slide: 2, paragraph: 1 } }])),
    [["é", "1", "slide 1"], ["b", "2", ""], ["c", "1", "slide 2"]]);
  assert.deepEqual(shown(doc("h\na", [{ at: 0, place: { sheet: "S", columns: "A:B", row: 5 } }])), [["h", "5", "S"], ["a", "6", ""]]);
  assert.deepEqual(shown(doc("one\ntwo", [{ at: 0, place: { line: 1 } }])), [["one", "1", ""], ["two", "2", ""]]);
  assert.deepEqual(shown(doc("hi\nyou", [{ at: 0, place: { time: 65, time_end: 70 } }])), [["hi", "00:01:05", ""], ["you", "", ""]]);
});

test("repeated citations are one target", () => {
  const c = (start: number): Citation => ({ source: 1, doc: 2, ref: { root: 1, path: "a/b.md" }, path: "/r/a/b.md", place: {}, span: { start, end: start + 1 }, quote: "x", state: "current" });
  assert.deepEqual(targets([c(1), c(5), c(1)]).map((t) => [t.name, t.span?.start]), [["b.md", 1], ["b.md", 5]]);
});

test("a conversation's turns become a tree with versions", () => {
  const kept = [["a", ""], ["b", "a"], ["c", ""], ["d", "a"], ["e", "b"], ["f", "lost"]].map(([id = "", parent = ""]) => ({ id, parent, asked: "", question: id, standalone: "", scope: {}, state: "stopped" as const }));
  const turns = tree(kept), by = (q: string) => turns.find((t) => t.question === q) ?? assert.fail(q);
  assert.deepEqual(way(turns, by("e").id).map((t) => t.question), ["a", "b", "e"]);
  assert.deepEqual(versions(turns, by("d")).map((t) => t.question), ["b", "d"]);
  assert.deepEqual(versions(turns, by("a")).map((t) => t.question), ["a", "c", "f"], "a turn whose parent is gone begins a branch");
  assert.equal(end(turns, by("a").id), by("d").id);
  assert.equal(end(turns, by("b").id), by("e").id);
  assert.deepEqual(way(turns, 0), []);
});

test("conversations are grouped by the day of the reader", () => {
  const now = new Date(2026, 2, 1, 0, 30), at = (d: Date, pinned = false) => group({ pinned, changed: d.toISOString() }, now);
  assert.equal(at(new Date(2026, 2, 1, 0, 1)), "Today");
  assert.equal(at(new Date(2026, 1, 28, 23, 59)), "Yesterday");
  assert.equal(at(new Date(2026, 1, 23)), "Last 7 days");
  assert.equal(at(new Date(2026, 1, 22, 23)), "February 2026");
  assert.equal(at(new Date(2020, 0, 1), true), "Pinned");
});

test("settings that are not known are as usual", () => {
  const of = (v: string | null) => readSettings({ getItem: () => v });
  assert.deepEqual(of(null), usual);
  assert.deepEqual(of("{broken"), usual);
  assert.deepEqual(of("[1]"), usual);
  assert.deepEqual(of('{"theme":"dark","size":"huge","motion":7}'), { ...usual, theme: "dark" });
});

test("deeds fit by every word, those that begin with it first", () => {
  const deeds = ["Files that failed", "Library", "Go to library"].map((name) => ({ name, run: () => undefined }));
  assert.deepEqual(fitting(deeds, "libr").map((d) => d.name), ["Library", "Go to library"]);
  assert.deepEqual(fitting(deeds, "failed files").map((d) => d.name), ["Files that failed"]);
  assert.deepEqual(fitting(deeds, "xyz"), []);
});

test("events carry their number in the run", () => {
  const p = new EventParser();
  assert.deepEqual(p.push("id: 7\nevent: token\ndata: {}\n\nevent: token\ndata: 1\n\n").map((e) => e.id), ["7", "7"]);
});

test("offsets are the same whichever way they are asked for", () => {
  const s = "aé€😀b ".repeat(50), at = new Offsets(s), total = new TextEncoder().encode(s).length;
  for (const b of [0, 3, 40, 40, 41, 7, total, 12, total + 9]) assert.equal(at.at(b), fromBytes(s, b), String(b));
});

test("folding takes out white space, case and line-end hyphens, also where case changes lengths", () => {
  const f = fold("Land-\nungs İ-Steg ﬁn");
  assert.equal(f.text, "landungsi\u0307-stegfin");
  assert.equal(f.at.length, f.text.length);
  assert.equal(f.at[f.text.indexOf("steg")], "Land-\nungs İ-".length);
});

test("a line with bars is parted into cells, where they stand", () => {
  for (const [line, want] of [["a | b |  | c", ["a", "b", "", "c"]], ["| b", ["", "b"]], ["a |", ["a", ""]], ["one", ["one"]], ["a|b | c", ["a|b", "c"]], ["", [""]]] as const) {
    const text = `x\n${line}\ny`, cells = barCells(text, 2, 2 + line.length);
    assert.deepEqual(cells.map((c) => c.text), want, line);
    for (const c of cells) if (c.text) assert.equal(text.slice(c.start, c.end), c.text, line);
  }
});

test("a record is parted into cells, quotes and all", () => {
  const cells = (s: string, comma = ",") => recordCells(s, 0, s.length, comma).map((c) => c.text);
  assert.deepEqual(cells('a,"b, ""c""",,d'), ["a", 'b, "c"', "", "d"]);
  assert.deepEqual(cells("a,b,"), ["a", "b", ""]);
  assert.deepEqual(cells('a;"open', ";"), ["a", "open"], "a quote that is never closed takes the rest");
  assert.deepEqual(cells('"a"x,b'), ["ax", "b"]);
  assert.deepEqual(cells("x,y").length, 2);
  assert.equal(delimiter(["a;b;c", "1,5;2;3", "1,7;2;3"]), ";");
  assert.equal(delimiter(["a\tb", "c\td"]), "\t");
  assert.equal(delimiter(["sep=|", "a,b"]), "|");
  assert.equal(delimiter(["alone", "again"]), ",");
  assert.deepEqual([1, 26, 27, 702, 703].map(columnName), ["A", "Z", "AA", "ZZ", "AAA"]);
});

test("sheets become tables with their letters and header; Markdown's stay lines", () => {
  const text = "Costs\nWhat | Price\nRope | 12\nNote below\n";
  const doc = { type: "xlsx", text, marks: [{ at: 0, place: { sheet: "Costs" } }, { at: 6, place: { sheet: "Costs", columns: "B:C", row: 4 } }],
    sections: [{ kind: "heading", level: 2, span: { start: 0, end: 5 }, place: { sheet: "Costs" } }, { kind: "table", span: { start: 6, end: 28 }, place: { sheet: "Costs", columns: "B:C", row: 4, row_end: 5 } }, { kind: "paragraph", span: { start: 29, end: 39 }, place: { sheet: "Costs", row: 6 } }] } as unknown as Doc;
  const [heading, table, below] = groups(doc, rows(doc));
  assert.equal(heading?.table, null);
  assert.deepEqual(table?.table?.letters, ["B", "C"]);
  assert.equal(table?.table?.head?.number, "4");
  assert.deepEqual(table?.rows.map((r) => r.number), ["5"]);
  assert.deepEqual(below?.rows.map((r) => text.slice(r.start, r.end)), ["Note below"]);
  const markdown = { ...doc, type: "markdown", marks: [{ at: 0, place: { line: 1 } }] } as Doc;
  assert.deepEqual(groups(markdown, rows(markdown)).map((g) => g.table), [null]);
});

test("a long excerpt is cut around what was found", () => {
  const words = Array(60).fill("wort").join(" ") + " ", all = [{ text: words, mark: false }, { text: "Fund", mark: true }, { text: " " + words, mark: false }];
  const short = shortened(all, 200), said = short.map((p) => p.text).join("");
  assert.ok(said.length <= 210, said);
  assert.ok(said.startsWith("… wort") && said.endsWith(" …"), said);
  assert.ok(said.indexOf("Fund") < 80, said);
  assert.deepEqual(short.filter((p) => p.mark).map((p) => p.text), ["Fund"]);
  assert.deepEqual(shortened([{ text: "short", mark: false }], 200), [{ text: "short", mark: false }]);
  assert.ok(shortened([{ text: words, mark: false }], 50).map((p) => p.text).join("").startsWith("wort"), "nothing is marked: it begins at its beginning");
});

test("filters are kept in the address, sent to the daemon and saved as conditions", () => {
  const f = { ...noFilters, root: 3, folder: "a b/c", kind: "slides" as const, from: "2024-02-28", to: "2024-02-29", tag: "tax" };
  assert.deepEqual(readFilters(new URLSearchParams(searchAddress("q", f).split("?")[1])), f);
  assert.equal(searchAddress("", noFilters), "#/search");
  assert.deepEqual(readFilters(new URLSearchParams("root=x&kind=none&from=2024-13-40&to=soon")), noFilters, "what makes no sense narrows nothing");
  const sent = new URLSearchParams(query(routeQuery("oar", 0, f, 30)));
  assert.deepEqual([sent.get("q"), sent.get("before"), sent.getAll("type"), sent.get("folder")], ["oar", "2024-03-01", ["pptx", "odp", "ppt"], "a b/c"]);
  assert.equal(new URLSearchParams(query(routeQuery("oar", 7, noFilters, 30))).get("q"), null);
  assert.equal(conditions(f, [{ id: 3, path: "/home/me/" } as never]), 'path:"/home/me/a b/c" type:pptx type:odp type:ppt after:2024-02-28 before:2024-03-01 tag:tax');
});

test("of questions that follow quickly the last is answered, and answers that come late are dropped", async () => {
  let now = 0;
  const sent: string[] = [], got: string[] = [], ends = new Map<string, (s: string) => void>();
  const l = new Latest((q: string) => { sent.push(q); return new Promise<string>((r) => ends.set(q, r)); }, 5, () => now);
  const ask = (q: string) => l.ask(q, (a) => got.push(a), () => got.push("failed"));
  ask("a");
  assert.deepEqual(sent, ["a"], "the first goes out at once");
  ask("ab"); ask("abc");
  while (sent.length < 2) await new Promise((r) => setTimeout(r, 1));
  assert.deepEqual(sent, ["a", "abc"]);
  ends.get("abc")?.("ABC"); ends.get("a")?.("A");
  await new Promise((r) => setTimeout(r, 1));
  assert.deepEqual(got, ["ABC"]);
  now = 100;
  ask("next"); l.drop(); ends.get("next")?.("NEXT");
  await new Promise((r) => setTimeout(r, 1));
  assert.deepEqual(got, ["ABC"]);
});

test("what the daemon says by code is said in the language that is shown", () => {
  const saidWords: Words = { problems, remarks };
  const say = (r: Parameters<typeof sayIn>[0]) => sayIn(r, saidWords), refusal = (code: string, message: string, next: string, remark?: Parameters<typeof sayIn>[0]) => refusalIn(code, message, next, remark, saidWords);
  Object.assign(globalThis, { document: { documentElement: {} } });
  const secret = { code: "read.secret_at", values: [JSON.stringify({ code: "secret.private_key" }), JSON.stringify({ line: 3, line_end: 3 })] };
  const size = { code: "read.too_large_kind", values: ["2400000", "209715200"] };
  const days = (v: string) => ({ code: "search.limit_date", values: [v] });
  assert.equal(say(secret), "skipped as secret: holds a private key (line 3)");
  assert.equal(say({ code: "of a newer golocal" }), "");
  assert.deepEqual(refusal("of a newer golocal", "No.", "Wait"), { message: "No.", next: "Wait" });
  try {
    speak("de");
    assert.equal(say(secret), "als geheim ausgelassen: enthält einen privaten Schlüssel (Zeile 3)");
    assert.equal(say(size), "zu groß: 2,4 MB, Dateien dieser Art werden bis 210 MB gelesen");
    assert.equal(say({ code: "read.no_sheet_text", values: ["1"] }), "kein Text in 1 Tabelle");
    assert.equal(say({ code: "read.broken", values: ["unexpected EOF"] }), "beschädigt: unexpected EOF");
    assert.equal(say({ code: "trace.limits", values: [JSON.stringify([{ code: "search.limit_type", values: ["pdf"] }, { code: "search.not_tag", values: ["alt"] }])] }),
      "Die Suche ist eingeschränkt, und keine Textstelle dieser Datei liegt darin: nur Dateien vom Typ pdf, keine Dateien mit dem Schlagwort „alt“.");
    assert.equal(say(days("2024-03-05/")), "nur Dateien ab dem 5.3.2024");
    assert.equal(say(days("/2024-03-05")), "nur Dateien vor dem 5.3.2024");
    assert.equal(say(days("2024-03-05/2024-03-06")), "nur Dateien vom 5.3.2024");
    assert.equal(say(days("2024-01-01/2025-01-01")), "nur Dateien aus dem Jahr 2024");
    assert.equal(say(days("2024-03-01/2024-04-01")), "nur Dateien vom 1.3.2024 bis zum 31.3.2024");
    assert.deepEqual(refusal("no_runner", "no model runner answers", "run golocal doctor"), { message: "Kein Modellserver antwortet", next: "golocal doctor hilft weiter, oder Ollama starten; Suche und Zitate gehen ohne" });
    assert.deepEqual(refusal("no_runner", "the model runner is busy", "", { code: "runner.busy" }).message, "Der Modellserver ist ausgelastet");
    assert.deepEqual(refusal("invalid", "bad question: the question is empty", "", { code: "question.empty" }).message, "Die Eingabe ist nicht gültig: die Frage ist leer");
    assert.equal(say({ code: "fit.too_large", values: ["1260000000"] }), "zu groß: 1,3 GB fehlen");
    assert.equal(say({ code: "fit.too_large", values: ["1"] }), "zu groß: 1 MB fehlen");
    assert.equal(say({ code: "speed.batch", values: ["4,070.5"] }), "zuletzt: wandelt 4.070,5 Token/s in Vektoren");
    assert.deepEqual(refusal("invalid", "q: empty", ""), { message: "Die Eingabe ist nicht gültig: q: empty", next: "" });
  } finally {
    speak("en");
  }
});

test("a kept turn keeps that general knowledge was allowed", () => {
  const kept = { id: "t", parent: "", asked: "2026-11-28T09:00:00Z", question: "Why?", standalone: "", scope: {}, state: "stopped" as const };
  assert.equal(keptTurn({ ...kept, open: true }, 0).open, true);
  assert.equal(keptTurn(kept, 0).open, false);
});
