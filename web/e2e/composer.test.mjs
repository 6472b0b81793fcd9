// The box that questions are written in, and what becomes of an answer on paper
// and from right to left.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import test, { after } from "node:test";
import { accessible, ask, closeBrowser, folder, harness, open } from "./browser.mjs";

after(closeBrowser);

test("@ names a file to ask: chosen by keyboard, shown as a chip, taken away again", async (t) => {
  const h = await harness(t, "-fixtures", await folder(t));
  const page = await open(t, h.page);
  const box = page.getByLabel("Your question");
  await box.pressSequentially("What is said in @");
  const list = page.getByRole("listbox", { name: "Files" });
  await list.getByRole("option", { name: /handbook\.md/ }).waitFor();
  await box.pressSequentially("minu");
  await page.waitForFunction(() => document.querySelectorAll("#picks li").length === 1);
  await page.waitForFunction(() => document.querySelector("#question").getAttribute("aria-activedescendant") === "pick-0");
  await accessible(page, "the list of files");
  await page.keyboard.press("Escape");
  await list.waitFor({ state: "detached" });
  assert.equal(await box.inputValue(), "What is said in @minu", "Escape leaves the text");
  await box.press("t");
  await list.getByRole("option", { name: /minutes\.txt/ }).waitFor();
  await page.keyboard.press("Enter");
  assert.equal(await box.inputValue(), "What is said in ");
  assert.equal(await page.locator(".turn").count(), 0, "nothing was asked yet");
  await page.locator(".composer .limit").getByText("minutes.txt").waitFor();
  await box.fill("What does a lost key cost?");
  const asked = page.waitForRequest("**/api/v1/ask");
  await box.press("Enter");
  const [id] = (await asked).postDataJSON().scope.docs;
  const minutes = await page.evaluate(async () => (await (await fetch("/api/v1/documents?q=minutes", { headers: { Authorization: "Bearer " + sessionStorage.getItem("golocal-token") } })).json()).documents);
  assert.deepEqual([id], minutes.map((d) => d.id));
  await page.locator(".turn").getByText("in minutes.txt", { exact: true }).waitFor();
  await page.locator(".composer").getByRole("button", { name: "Ask without: minutes.txt" }).click();
  await page.locator(".composer .limit").waitFor({ state: "detached" });
  await box.pressSequentially("me@example.org and @nothing-of-the-sort");
  await page.getByText("No file has this in its name.").first().waitFor();
  await box.fill("Who writes to me@example.org?");
  await page.locator(".picks").waitFor({ state: "detached" });
});

test("on paper an answer stands alone, with its quotes and without the box", async (t) => {
  const h = await harness(t, "-fixtures", await folder(t));
  const page = await open(t, h.page);
  await ask(page, "What does a lost key cost?");
  await page.getByText("Quoted from your files").waitFor();
  await page.emulateMedia({ media: "print" });
  assert.ok(await page.locator(".quote").first().isVisible());
  for (const gone of [".rail", ".composer", ".tools"]) assert.equal(await page.locator(gone).first().isVisible(), false, gone);
  assert.equal(await page.locator("main").evaluate((m) => getComputedStyle(m).overflowY), "visible", "no page is cut off");
});

test("what is written from right to left is shown so, in question and quote", async (t) => {
  const dir = await folder(t);
  await writeFile(path.join(dir, "letter.md"), "המפתח האבוד עולה 30 euros בדיוק.\n");
  const h = await harness(t, dir);
  const page = await open(t, h.page);
  await ask(page, "המפתח האבוד עולה euros?");
  const direction = (selector) => page.locator(selector).first().evaluate((e) => getComputedStyle(e).direction);
  await page.locator(".quote blockquote").first().waitFor();
  assert.equal(await direction(".question"), "rtl");
  assert.equal(await direction(".quote blockquote"), "rtl");
  await page.getByLabel("Your question").fill("המפתח");
  assert.equal(await direction("#question"), "rtl");
  await page.getByLabel("Your question").fill("The key");
  assert.equal(await direction("#question"), "ltr");
});
