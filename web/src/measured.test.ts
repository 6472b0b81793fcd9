// Rows of unequal height, and what plots are drawn from.
import assert from "node:assert/strict";
import { test } from "node:test";
import { lastReading, worked } from "./growth";
import { steps } from "./plot";
import { Heights } from "./rowsview";
import type { Grown } from "./surveys";

test("heights: guessed rows give way to measured ones, and each place is found", () => {
  const h = new Heights(20000, 50);
  assert.equal(h.top(20000), 1_000_000);
  assert.equal(h.at(0), 0);
  assert.equal(h.at(49.9), 0);
  assert.equal(h.at(50), 1);
  assert.equal(h.at(5e9), 19999);
  assert.equal(h.set(3, 50.2), false, "half a pixel is none");
  assert.equal(h.set(3, 120), true);
  assert.equal(h.top(4), 270);
  assert.equal(h.top(20000), 1_000_070);
  assert.equal(h.set(20000, 9), false, "a row that is not there");
  let seed = 7;
  for (let i = 0; i < 2000; i++) { seed = seed * 16807 % 2147483647; h.set(seed % 20000, 20 + seed % 90); }
  for (let i = 0; i < 20000; i += 371) {
    assert.equal(h.at(h.top(i)), i);
    assert.equal(h.at(h.top(i + 1) - .01), i);
  }
  assert.equal(new Heights(0, 50).at(10), 0);
});

test("steps: round numbers from 0 that reach the most, whole ones where asked", () => {
  assert.deepEqual(steps(1), [0, .5, 1]);
  assert.deepEqual(steps(0), [0, 1]);
  assert.deepEqual(steps(7, true), [0, 5, 10]);
  assert.deepEqual(steps(2, true), [0, 1, 2]);
  for (const most of [.003, 1, 9, 10, 11, 99, 12345, 7e6]) {
    const s = steps(most);
    assert.ok((s.at(-1) ?? 0) >= most * (1 - 1e-9) && s.length <= 5 && s.length >= 2, `${most}: ${s.join(" ")}`);
  }
});

test("growth: pauses are cut short, and the last reading begins after one", () => {
  const at = (seconds: number): Grown => ({ at: new Date(1.8e12 + seconds * 1000).toISOString(), documents: 1, passages: 1, read: 1, seconds: 2 });
  const points = [at(0), at(2), at(4), at(4000), at(4002)];
  assert.deepEqual(worked(points), [0, 2000, 4000, 64000, 66000]);
  assert.deepEqual(lastReading(points), points.slice(3));
  assert.deepEqual(lastReading([]), []);
  assert.deepEqual(lastReading(points.slice(0, 3)), points.slice(0, 3));
});
