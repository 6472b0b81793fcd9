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

test("Send: the box grows with its text, up to a height, and is small again after sending", async (t) => {
  const h = await harness(t, "-fixtures", await folder(t));
  const page = await open(t, h.page);
  const box = page.getByLabel("Your question"), height = async () => (await box.boundingBox()).height;
  const one = await height();
  await box.fill("What does\na lost key\ncost?");
  await page.waitForFunction((n) => document.querySelector("#question").clientHeight > 2 * n, one * .8);
  await box.fill(Array(40).fill("What does a lost key cost?").join("\n"));
  await page.waitForFunction(() => document.querySelector("#question").scrollHeight > document.querySelector("#question").clientHeight);
  assert.ok(await height() < 200);
  await box.fill("What does a lost key cost?");
  await box.press("Enter");
  await page.locator(".turn-foot").waitFor();
  assert.ok(await height() < one * 1.3);
});

test("Citation hover and focus: a long press of a finger shows the quote and opens nothing; a tap opens the file", async (t) => {
  const h = await harness(t, "-fixtures", await folder(t));
  const page = await open(t, h.page);
  await page.getByRole("button", { name: "Written" }).click();
  await ask(page, "What does a lost key cost?");
  await page.locator(".turn-foot").waitFor();
  const chip = page.locator(".chip").first();
  const finger = (type) => chip.dispatchEvent(type, { pointerType: "touch", bubbles: true });
  await finger("pointerdown");
  await page.getByRole("tooltip").filter({ hasText: "A lost key costs 30 euros" }).waitFor();
  await finger("pointerup");
  await chip.dispatchEvent("click", { bubbles: true });
  assert.equal(await page.locator(".source").count(), 0, "the press was no tap");
  await finger("pointerdown");
  await finger("pointerup");
  await chip.dispatchEvent("click", { bubbles: true });
  await page.locator(".source mark").first().waitFor();
});

test("Settings that stay: they tell where golocal keeps what it knows, how much that is, and that nothing leaves", async (t) => {
  const h = await harness(t, "-fixtures", await folder(t));
  const page = await open(t, h.page);
  await page.getByRole("button", { name: "Settings" }).click();
  const dialog = page.getByRole("dialog", { name: "Settings" });
  await dialog.getByText("/home/user/.local/share/golocal").waitFor();
  await dialog.getByText("The index takes 1.2 MB.").waitFor();
  await dialog.getByText("Nothing leaves this machine: no telemetry, no update check.").waitFor();
});
