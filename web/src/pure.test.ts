// Tests of what needs no browser; `web/check.sh` bundles and runs them.
import assert from "node:assert/strict";
import test from "node:test";
import type { Citation, Sentence } from "./api";
import { bytes, count, roughly, seconds } from "./format";
import type { Doc, Hit, Place } from "./api";
import { end, tree, versions, way } from "./branch";
import { excerpt } from "./excerpt";
import { fold, fromBytes, locate, locateFolded } from "./locate";
import { group } from "./history";
import { fitting } from "./palette";
import { rows } from "./rows";
import { placeText, targets } from "./place";
import { readSettings, usual } from "./settings";
import { EventParser } from "./sse";
import { consume, showTail } from "./tail";
import { blocks, history, newTurn, running, step } from "./turn";

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

test("a turn runs until it is answered", () => {
  let t = newTurn("q", "auto", {}, "");
  t = step(t, { type: "token", text: "Half" });
  t = step(t, { type: "status", phase: "notice", text: "by keyword only" });
  assert.ok(running(t) && t.stream === "Half" && t.notice === "by keyword only");
  t = step(t, { type: "answer", kind: "none", text: "", sentences: null, sources: null, quotes: null, verdict: "unsupported", support: 0, folded: false,
    ledger: { question: "q", evidence: 0, enough: false, sources: null, dropped: null, seconds: { search: 0, quotes: 0, load: 0, prompt: 0, first_token: 0, generate: 0, total: 0 } } });
  assert.ok(!running(t) && t.sentences.length === 0);
});

test("reasoning is kept apart from the answer and from the conversation", () => {
  let t = newTurn("q", "auto", {}, "");
  t = step(t, { type: "reasoning", text: "let me " });
  t = step(t, { type: "reasoning", text: "see" });
  assert.ok(t.reasoning === "let me see" && t.phase === "Reasoning" && t.reasonedFrom > 0 && t.reasonedTo === 0 && t.stream === "");
  t = step(t, { type: "token", text: "Four." });
  assert.ok(t.reasonedTo >= t.reasonedFrom && t.phase === "Writing" && !history([t]).length);
  const plain = step(newTurn("q", "auto", {}, ""), { type: "token", text: "x" });
  assert.equal(plain.reasonedTo, 0);
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
  const turns = tree(kept, () => ""), by = (q: string) => turns.find((t) => t.question === q) ?? assert.fail(q);
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
