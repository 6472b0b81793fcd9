// Tests of where a question is asked, and by which model.
import assert from "node:assert/strict";
import test from "node:test";
import type { Models, Root, Scope } from "./api";
import { kindOf, kinds } from "./kinds";
import { answering, shortName } from "./modelpick";
import { dated, days, inRoot, limits, loseFile, nameless, ofKind, scopeText, withFile, withoutFiles } from "./scope";

test("a scope is read piece by piece, and each piece goes alone", () => {
  const root = (id: number, path: string): Root => ({ id, path, added: "", chunks: 0, state: "settled", waiting: 0, documents: { failed: 0, no_text: 0, partly: 0, ready: 0, skipped: 0, unstable: 0, unsupported: 0 } });
  const roots = [root(1, "/home/ann/Contracts"), root(2, "/srv/kitchen")];
  const s: Scope = { roots: [1, 9], folder: "2024/rent", paths: ["/x/deed.pdf"], types: ["pdf"], after: "2024-02-28", before: "2024-03-01", with: [{ field: "tag", text: "tax" }], without: [{ text: "draft" }], in: "mine" };
  assert.deepEqual(limits(s, roots).map((l) => l.text), ["Contracts", "a folder that is gone", "2024/rent", "deed.pdf", "mine", "PDF", "28 Feb 2024 to 29 Feb 2024", "Tag: tax", "not draft"]);
  assert.equal(scopeText(s, roots), "in Contracts, a folder that is gone, 2024/rent, deed.pdf, mine · PDF · 28 Feb 2024 to 29 Feb 2024 · Tag: tax · not draft");
  for (const [text, gone] of [["PDF", ["types"]], ["mine", ["in"]], ["28 Feb 2024 to 29 Feb 2024", ["after", "before"]], ["not draft", ["without"]], ["deed.pdf", ["paths"]]] as const) {
    const left = { ...s };
    for (const k of gone) delete left[k];
    assert.deepEqual(limits(s, roots).find((l) => l.text === text)?.without, left, text);
  }
  const { folder: _, ...rest } = s;
  assert.deepEqual(limits(s, roots)[0]?.without, { ...rest, roots: [9] }, "the folder below goes with the one it lies in");
  assert.deepEqual([scopeText({}, roots), scopeText({ types: ["zip", "rar"] }, roots), scopeText({ after: "2024-05-03" }, roots), scopeText({ before: "2024-05-03" }, roots)], ["", "zip, rar", "since 3 May 2024", "until 2 May 2024"]);
  assert.equal(scopeText({ docs: [1, 2, 3, 4] }, roots), "in 4 files");
  assert.equal(scopeText({ docs: [77] }, roots), "in 1 file", "before its name is known");
  assert.deepEqual(nameless([{ docs: [77] }, { docs: [77, 78] }, { docs: [1, 2, 3, 4] }]), [77, 78], "many are counted, not named");
  loseFile(78);
  assert.deepEqual(nameless([{ docs: [77, 78] }]), [77], "what is not there is not asked for again");
});

test("a scope is changed without leaving anything empty behind", () => {
  assert.deepEqual(inRoot({ roots: [1], folder: "a", types: ["pdf"] }, 2), { roots: [2], types: ["pdf"] });
  assert.deepEqual(inRoot({ roots: [1], folder: "a" }, 0), {});
  assert.deepEqual(ofKind({ types: ["pdf"] }, "sheets"), { types: [...kinds.sheets] });
  assert.deepEqual(ofKind({ types: ["pdf"] }, ""), {});
  assert.deepEqual(dated({}, "2024-02-28", "2024-02-29"), { after: "2024-02-28", before: "2024-03-01" });
  assert.deepEqual(days(dated({}, "", "2023-12-31")), { from: "", to: "2023-12-31" });
  assert.deepEqual(dated({ after: "2024-02-28", before: "2024-03-01" }, "", ""), {});
  assert.deepEqual(withFile(withFile({ in: "x" }, 4), 4), { in: "x", docs: [4] });
  assert.deepEqual(withoutFiles({ in: "x", docs: [4] }), { in: "x" });
  assert.deepEqual([kindOf(["csv", "xlsx", "ods", "xls"]), kindOf(["csv"]), kindOf([])], ["sheets", "", ""]);
});

test("the model that answers is the chosen one, else the one in use, and none without a runner", () => {
  const m = (runner: Models["runner"], chat?: string): Models => ({ runner, loaded: [], embedded: 0, swaps: { count: 0, seconds: 0, crashes: 0 }, ...(chat ? { chat: { name: chat } } : {}) });
  assert.deepEqual([answering(m("ollama", "a"), ""), answering(m("ollama", "a"), "b"), answering(m("ollama"), ""), answering(m("", "a"), "b"), answering(undefined, "b")], ["a", "b", "", "", ""]);
  assert.deepEqual(["qwen3:4b", "hf.co/owner/Some-GGUF:Q8_0"].map(shortName), ["qwen3:4b", "Some-GGUF:Q8_0"]);
});
