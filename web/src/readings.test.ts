import assert from "node:assert/strict";
import test from "node:test";
import { halves, readingsOf, type Steady, steadied } from "./readings";
import type { Status } from "./api";

test("a path gives way in its middle, and the end of the name stays", () => {
  for (const [first, end] of [
    ["", "a.md"],
    ["notes", "/a.md"],
    ["a/b/c", "/the minutes of May.docx"],
    ["a/Donaudampfschifffahrts", "gesellschaft.pdf"],
    ["x".repeat(14), "x".repeat(16)],
    ["a/" + "e\u0301".repeat(12), "e\u0301".repeat(8)],
    ["b/x" + "e\u0301".repeat(7), "e\u0301".repeat(8) + "y"], // an accent stays with its letter
    ["😀".repeat(24), "😀".repeat(16)],
  ] as const) assert.deepEqual(halves(first + end), [first, end]);
});

test("the list of what is read comes and goes calmly, and never gets shorter while it is there", () => {
  const after = (...statuses: [files: number, rows: number, busy: boolean][]) => statuses.reduce<Steady | null>((b, s) => steadied(b, ...s), null);
  const idle: [number, number, boolean] = [0, 0, false], between: [number, number, boolean] = [0, 0, true];
  assert.equal(after([3, 3, true])?.shown, true, "when the page is opened it is there at once");
  assert.equal(after(idle)?.shown, false);
  assert.equal(after(idle, [1, 1, true])?.shown, false, "one file that takes a moment moves nothing");
  assert.equal(after(idle, [1, 1, true], idle, [1, 1, true], idle)?.shown, false, "nor does one now and then");
  assert.equal(after(idle, [1, 1, true], [2, 2, true])?.shown, true);
  assert.equal(after([6, 7, true], [1, 1, true])?.rows, 7, "it keeps its height");
  assert.equal(after([2, 2, true], [6, 7, true])?.rows, 7);
  assert.equal(after([6, 7, true], between, between, between)?.shown, true, "between two files");
  assert.equal(after([6, 7, true], idle)?.shown, true);
  assert.equal(after([6, 7, true], idle, idle)?.shown, false);
  assert.deepEqual(after([6, 7, true], idle, idle, [1, 1, true], [2, 2, true]), { shown: true, odd: 0, rows: 2 }, "its height begins anew with it");
});

test("files of a folder that is being removed are not told", () => {
  const s = { roots: [{ id: 2 }], queue: { now: [{ ref: { root: 1, path: "a" }, stage: "reading", seconds: 1 }, { ref: { root: 2, path: "b" }, stage: "reading", seconds: 1 }] } } as unknown as Status;
  assert.deepEqual(readingsOf(s).map((r) => r.ref.path), ["b"]);
  assert.deepEqual(readingsOf({ ...s, queue: { waiting: 0, working: 0, done: 0 } }), []);
});
