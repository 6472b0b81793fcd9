// The first run, and the questions that the first files offer.
import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import test, { after } from "node:test";
import { accessible, closeBrowser, folder, harness, open } from "./browser.mjs";
import { program } from "./program.mjs";

after(closeBrowser);

test("First run: three steps lead to the first question: a runner is found, models are there, a folder is added", { timeout: 300000 }, async (t) => {
  const dir = await folder(t);
  await writeFile(path.join(dir, "handbook.md"), "# Handbook of the boat house\n\n## Opening hours\n\nThe boat house opens at 7 in the morning and closes when it gets dark.\n\n## Lost keys\n\nEvery member gets one key. A lost key costs 30 euros.\n");
  const page = await open(t, await program(t));
  page.setDefaultTimeout(60000);
  await page.getByRole("heading", { name: "Three steps, and you can ask" }).waitFor();
  await page.getByText("Ollama answers. Nothing to do.").waitFor();
  await accessible(page, "the first step");
  await page.getByRole("button", { name: "Next", exact: true }).click();
  await page.getByText("Step 2 of 3").waitFor();
  await page.locator(".first-model").first().getByText(/is ready/).waitFor();
  await accessible(page, "the second step");
  await page.reload(); // it stays where one was
  await page.getByText("Step 2 of 3").waitFor();
  await page.getByRole("button", { name: /^(Next|Skip this step)$/ }).click();
  await page.getByLabel("Add a folder").fill(dir);
  await page.locator(".counted").getByText("1 file to read").waitFor();
  await accessible(page, "the third step");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("heading", { name: "What do your files say?" }).waitFor();
  const question = page.getByRole("button", { name: /^What does “Handbook of the boat house” say about (Opening hours|Lost keys)\?$/ }).first();
  await question.waitFor();
  await accessible(page, "sample questions");
  await question.click();
  await page.locator(".turn .turn-foot").waitFor();
  await page.locator(".turn").getByText("handbook.md").first().waitFor({ state: "attached" });
  await page.reload();
  await page.getByText("1 document, up to date").waitFor();
  assert.equal(await page.getByRole("heading", { name: "Three steps, and you can ask" }).count(), 0);
});

test("First run: every step may be skipped, and all of it", async (t) => {
  const h = await harness(t);
  await h.control("runner=off");
  const page = await open(t, h.page);
  await page.getByText("Step 1 of 3").waitFor();
  await page.locator(".first").getByText("ollama serve").waitFor();
  await page.getByRole("button", { name: "Skip this step" }).click();
  await page.getByText("Without a runner there are none; skip this step.").waitFor();
  await page.getByRole("button", { name: "Skip this step" }).click();
  await page.getByText("Step 3 of 3").waitFor();
  await page.getByRole("button", { name: "Back" }).click();
  await page.getByText("Step 2 of 3").waitFor();
  await h.control("runner=on"); // somebody started it meanwhile
  await page.locator(".first-model").first().getByText("all-minilm:22m is ready").waitFor();
  await page.getByRole("button", { name: "Skip the set-up" }).click();
  await page.getByRole("heading", { name: "No folder yet" }).waitFor();
  await page.reload();
  await page.getByRole("heading", { name: "No folder yet" }).waitFor();
});

test("First run: a missing model is fetched in the second step", async (t) => {
  const h = await harness(t, "-delay", "40ms");
  await h.control("chat=off");
  const page = await open(t, h.page);
  await page.getByRole("button", { name: "Next", exact: true }).click();
  await page.getByRole("button", { name: "Get a chat model" }).click();
  await page.locator(".first-model").nth(1).getByText(/is on its way/).waitFor();
  await page.locator(".first-model").nth(1).getByText("qwen3:4b is ready").waitFor();
});

test("First run: sample questions come with the first file, while others are still read", async (t) => {
  const dir = await folder(t), h = await harness(t, dir);
  await h.control("indexing=on");
  const page = await open(t, h.page);
  await page.getByText("0 documents in 1 folder").waitFor();
  assert.equal(await page.locator(".samples").count(), 0);
  await mkdir(path.join(dir, "x"));
  await writeFile(path.join(dir, "x", "guide.md"), "# Guide\n\n## Harbour fees\n\nA berth costs 12 euros a night.\n");
  await page.getByText("More are being read; you can ask meanwhile.").waitFor();
  await page.getByRole("button", { name: "What does “guide” say about Harbour fees?" }).click();
  await page.locator(".turn").getByText("What does “guide” say about Harbour fees?").first().waitFor();
});

test("the first run speaks German and fits a phone", async (t) => {
  const h = await harness(t);
  const page = await open(t, h.page, { width: 390, height: 800, scheme: "dark" });
  await page.getByRole("heading", { name: "Three steps, and you can ask" }).waitFor();
  await page.evaluate(() => localStorage.setItem("golocal-settings", JSON.stringify({ language: "de" })));
  await page.reload();
  await page.getByRole("heading", { name: "Drei Schritte bis zur ersten Frage" }).waitFor();
  assert.ok(await page.evaluate(() => document.querySelector("main").scrollWidth <= innerWidth), "nothing sticks out");
  await accessible(page, "the first run in the dark");
});
