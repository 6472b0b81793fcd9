// Conversations that are kept: the list at the left, branches, and answers that
// go on while nobody looks.
import assert from "node:assert/strict";
import test, { after } from "node:test";
import { accessible, ask, closeBrowser, folder, harness, open } from "./browser.mjs";
import { keeper } from "./keeper.mjs";

after(closeBrowser);

const samples = async (t, ...args) => keeper(t, ...args, "-fixtures", await folder(t));
const written = (page) => page.getByRole("button", { name: "Written" }).click();
const list = (page) => page.locator(".history-row a");
/** Waits until a condition of the test's own side holds. */
async function until(page, what, holds) {
  for (let n = 0; !holds(); n++) { assert.ok(n < 300, what); await page.waitForTimeout(50); }
}
const days = (n) => new Date(Date.now() - n * 86_400_000).toISOString();
const old = (id, title, ago, pinned = false) => ({ id, title, pinned, created: days(ago), changed: days(ago), turns: [{ id: id + "t", parent: "", asked: days(ago), question: title, scope: {}, state: "stopped", answer: null }] });

test("History list: a conversation is kept, grouped by day, opened again and after a reload", async (t) => {
  const h = await samples(t);
  h.kept.set("a", old("a", "What did the roof cost?", 1));
  h.kept.set("b", old("b", "Who rows on Sunday?", 400));
  const page = await open(t, h.page);
  await list(page).filter({ hasText: "Who rows on Sunday?" }).waitFor();
  assert.deepEqual((await page.locator(".history-head").allInnerTexts()).slice(0, 1), ["Yesterday"]);
  await ask(page, "What does a lost key cost?");
  await page.locator(".turn-foot").waitFor();
  const mine = list(page).filter({ hasText: "What does a lost key cost?" });
  await mine.waitFor();
  assert.equal((await page.locator(".history-head").allInnerTexts())[0], "Today");
  await page.waitForFunction(() => /#\/ask\?c=c1$/.test(location.hash));
  await list(page).filter({ hasText: "roof" }).click();
  await page.locator(".question").filter({ hasText: "What did the roof cost?" }).waitFor();
  assert.equal(await page.locator(".turn").count(), 1);
  await mine.click();
  await page.locator(".quote").filter({ hasText: "30 euros" }).first().waitFor();
  await page.reload();
  await page.locator(".quote").filter({ hasText: "30 euros" }).first().waitFor();
  await accessible(page, "a kept conversation");
});

test("History list: rename inline, pin, delete with Undo and for good", async (t) => {
  const h = await samples(t);
  h.kept.set("a", old("a", "First", 2));
  h.kept.set("b", old("b", "Second", 3));
  const page = await open(t, h.page);
  await list(page).nth(1).waitFor();
  const row = (name) => page.locator(".history-row").filter({ hasText: name });
  await row("Second").hover();
  await page.getByRole("button", { name: "Rename Second" }).click();
  await page.getByLabel("Title").fill("Zweites Gespräch");
  await page.getByLabel("Title").press("Enter");
  await until(page, "it is not renamed", () => h.kept.get("b").title === "Zweites Gespräch");
  await row("Zweites").hover();
  await page.getByRole("button", { name: "Pin Zweites Gespräch" }).click();
  await page.locator(".history-head").filter({ hasText: "Pinned" }).waitFor();
  assert.equal(await list(page).first().innerText(), "Zweites Gespräch");
  await row("First").hover();
  await page.getByRole("button", { name: "Delete First" }).click();
  await row("First").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Undo" }).click();
  await row("First").waitFor();
  assert.ok(h.kept.has("a"), "nothing was deleted before the time is over");
  await row("First").hover();
  await page.getByRole("button", { name: "Delete First" }).click();
  await row("Zweites").hover();
  await page.getByRole("button", { name: "Delete Zweites" }).click(); // another toast makes the first one so
  await until(page, "it is not deleted", () => !h.kept.has("a"));
  assert.ok(h.kept.has("b"));
});

test("Search history: the words are marked and lead to the turn", async (t) => {
  const h = await samples(t);
  const c = old("a", "Boats", 2);
  c.turns.push({ ...c.turns[0], id: "a2", parent: "at", question: "Where do the Ruderböte lie?" });
  h.kept.set("a", c);
  h.kept.set("b", old("b", "Money", 3));
  const page = await open(t, h.page);
  await page.getByLabel("Search conversations").fill("Ruderböte");
  await page.locator(".history-row mark").filter({ hasText: "Ruderböte" }).waitFor();
  assert.equal(await list(page).count(), 1);
  await list(page).click();
  await page.locator(".question").filter({ hasText: "Ruderböte" }).waitFor();
  await page.getByLabel("Search conversations").fill("nowhere");
  await page.getByText("No conversation has these words.").waitFor();
});

test("questions that are asked before the status is read are kept as one conversation", async (t) => {
  const h = await samples(t), page = await open(t, new URL(h.page).origin + "/icon.svg", { allow: ["console: Failed to load resource"] });
  let read;
  const status = new Promise((r) => { read = r; });
  await page.route("**/api/v1/status", async (r) => { await status; await r.continue().catch(() => undefined); });
  await page.goto(h.page);
  await ask(page, "What does a lost key cost?");
  await page.locator(".turn-foot").waitFor();
  await ask(page, "What did the new landing stage cost?");
  await page.locator(".turn-foot").nth(1).waitFor();
  assert.deepEqual([...h.kept.values()].map((c) => c.turns.map((x) => x.parent)), [["", "t2"]]);
  read();
  await list(page).filter({ hasText: "What does a lost key cost?" }).waitFor();
  await page.waitForFunction(() => /#\/ask\?c=c1$/.test(location.hash));
});

test("Regenerate, edit and resend: an edited question is a branch, asking again a version; both stay", async (t) => {
  const h = await samples(t);
  const page = await open(t, h.page);
  await ask(page, "What does a lost key cost?");
  await page.locator(".turn-foot").waitFor();
  await ask(page, "What did the new landing stage cost?");
  await page.locator(".turn").nth(1).locator(".turn-foot").waitFor();
  await page.getByRole("button", { name: "Edit the question" }).first().click();
  await page.getByLabel("The question", { exact: true }).fill("What do families pay for children?");
  await page.getByLabel("The question", { exact: true }).press("Enter");
  await page.locator(".quote").filter({ hasText: "140 euros" }).first().waitFor();
  await page.locator(".turn-foot").waitFor();
  assert.equal(await page.locator(".turn").count(), 1, "what followed the old question belongs to it");
  await page.getByText("2 / 2").waitFor();
  await page.getByRole("button", { name: "Earlier version" }).click();
  await page.locator(".question").filter({ hasText: "landing stage" }).waitFor();
  assert.equal(await page.locator(".turn").count(), 2);
  await page.getByRole("button", { name: "Ask again" }).last().click();
  await page.locator(".turn").nth(1).getByText("2 / 2").waitFor();
  await page.locator(".turn-foot").nth(1).waitFor();
  const turns = h.kept.get("c1").turns;
  assert.deepEqual(turns.map((x) => x.parent), ["", turns[0].id, "", turns[0].id]);
  await page.reload();
  await page.locator(".turn").nth(1).getByText("2 / 2").waitFor();
});

test("an answer goes on while the page is away, and is taken up where it stands", async (t) => {
  const h = await samples(t, "-delay", "250ms");
  const page = await open(t, h.page);
  await written(page);
  await ask(page, "What does a lost key cost?");
  await page.locator(".tail").waitFor();
  await page.waitForFunction(() => location.hash.includes("c=c1"));
  await page.reload();
  await page.getByRole("button", { name: "Stop", exact: true }).waitFor();
  await page.getByText("1 of 2 statements supported by your files").waitFor();
  assert.equal((await h.counts()).asked, 1, "nothing was asked twice");
  assert.equal((await h.counts()).cancelled, 0);
});

test("a new conversation leaves the running one alone; Stop ends it in the daemon", async (t) => {
  const h = await samples(t, "-delay", "400ms");
  const page = await open(t, h.page);
  await written(page);
  await ask(page, "What does a lost key cost?");
  await page.locator(".tail").waitFor();
  await page.getByRole("button", { name: "New conversation" }).click();
  await page.getByText("What do your files say?").waitFor();
  await page.locator(".history-row .pulse").waitFor();
  assert.equal([...h.runs.values()][0].ended, false);
  await list(page).first().click();
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await page.getByText("Stopped. What had arrived stays.").waitFor();
  await until(page, "the run goes on", () => [...h.runs.values()][0].ended);
  assert.equal(h.kept.get("c1").turns[0].state, "stopped");
  await page.locator(".turn").click();
  await page.keyboard.press("n");
  await page.getByText("What do your files say?").waitFor();
});

test("a conversation that is gone is said so", async (t) => {
  const h = await samples(t);
  const page = await open(t, h.page, { allow: ["404 /api/v1/conversations/none", "404 (Not Found)"] });
  await page.getByText("6 documents in 1 folder").waitFor();
  await page.evaluate(() => { location.hash = "#/ask?c=none"; });
  await page.getByText("This conversation is not there any more").waitFor();
  await accessible(page, "a conversation that is gone");
  await page.getByRole("button", { name: "New conversation" }).last().click();
  await page.getByText("What do your files say?").waitFor();
});

test("of a history of 2,000 conversations only what is seen is on the page, and all of it is reached", async (t) => {
  const h = await samples(t);
  for (let i = 0; i < 2000; i++) h.kept.set("k" + i, old("k" + i, `Conversation number ${i} with a rather long title about Donaudampfschifffahrtsgesellschaften`, i / 3));
  const page = await open(t, h.page);
  await list(page).first().waitFor();
  assert.ok(await list(page).count() < 100, "only what is seen is on the page");
  await list(page).first().hover();
  await page.mouse.wheel(0, 400);
  for (let n = 0; !await list(page).filter({ hasText: "number 1999 " }).count(); n++) {
    assert.ok(n < 200, "the end is not reached");
    await page.locator(".windowed").evaluate((e) => { e.scrollTop = e.scrollHeight; });
    await page.waitForTimeout(30);
  }
});

test("Keyboard and palette, settings that stay: the palette goes, asks and opens; ? tells the keys", async (t) => {
  const h = await samples(t);
  h.kept.set("a", old("a", "Rudern am Sonntag", 2));
  const page = await open(t, h.page);
  await page.getByText("6 documents in 1 folder").waitFor();
  await page.keyboard.press("Control+k");
  await page.getByLabel("What to do").fill("libr");
  await accessible(page, "palette");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Library" }).waitFor();
  await page.locator("tbody tr").first().waitFor();
  await page.evaluate(() => document.activeElement?.blur());
  await page.keyboard.press("g");
  await page.keyboard.press("m");
  await page.getByRole("heading", { name: "Models", exact: true }).waitFor();
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Shortcuts" }).waitFor();
  await accessible(page, "help");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.keyboard.press("Control+k");
  await page.getByLabel("What to do").fill("rudern");
  await page.getByRole("option", { name: "Rudern am Sonntag" }).first().click();
  await page.locator(".question").filter({ hasText: "Rudern am Sonntag" }).waitFor();
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Dark" }).click();
  await page.getByRole("button", { name: "Larger" }).click();
  await accessible(page, "settings");
  const looks = () => page.evaluate(() => [getComputedStyle(document.documentElement).colorScheme, getComputedStyle(document.documentElement).fontSize]);
  assert.deepEqual(await looks(), ["dark", "21px"]);
  await page.reload();
  await page.locator(".question").waitFor();
  assert.deepEqual(await looks(), ["dark", "21px"]);
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Delete all conversations…" }).click();
  await page.getByRole("button", { name: "Delete all", exact: true }).click();
  await until(page, "they are still kept", () => h.kept.size === 0);
});

test("what the daemon itself keeps: an answer after a reload, a branch at the first question, stopped, saved, deleted", async (t) => {
  const h = await harness(t, "-delay", "200ms", "-keep", await folder(t), "-fixtures", await folder(t));
  const page = await open(t, h.page);
  await written(page);
  await ask(page, "What does a lost key cost?");
  await page.locator(".tail").waitFor();
  await page.waitForFunction(() => location.hash.includes("c="));
  await page.reload();
  await page.getByText("1 of 2 statements supported by your files").waitFor();
  assert.equal((await h.counts()).asked, 1);
  await list(page).filter({ hasText: "lost key" }).waitFor();
  await page.getByRole("button", { name: "Edit the question" }).click();
  await page.getByLabel("The question", { exact: true }).fill("What did the new landing stage cost?");
  await page.getByLabel("The question", { exact: true }).press("Enter");
  await page.getByText("2 / 2").waitFor();
  await page.locator(".quote").first().waitFor();
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await page.getByText("Stopped. What had arrived stays.").waitFor();
  for (let n = 0; (await h.counts()).cancelled !== 1; n++) { assert.ok(n < 200, "the daemon goes on"); await page.waitForTimeout(50); }
  await page.reload();
  await page.getByText("Stopped. What had arrived stays.").waitFor();
  await page.getByText("2 / 2").waitFor();
  const [saved] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save as Markdown" }).click()]);
  assert.match(saved.suggestedFilename(), /lost key.*\.md$/i);
  await page.getByLabel("Search conversations").fill("landing");
  await page.locator(".history-row mark").first().waitFor();
  await list(page).first().hover();
  await page.getByRole("button", { name: /^Delete / }).click();
  await page.getByText("What do your files say?").waitFor();
  await page.getByLabel("Search conversations").fill("");
  await ask(page, "Who gets one key?");
  await list(page).filter({ hasText: /one key/i }).waitFor();
  await page.locator(".toast button").waitFor({ state: "detached" });
  await page.reload();
  await list(page).filter({ hasText: /one key/i }).waitFor();
  assert.equal(await list(page).count(), 1);
});

test("where there is no room for a pane the conversations open over the page", async (t) => {
  const h = await samples(t);
  h.kept.set("a", old("a", "What did the roof cost?", 1));
  const page = await open(t, h.page, { width: 390, height: 780 });
  const opener = page.getByRole("button", { name: "Conversations", exact: true });
  await opener.click();
  await list(page).waitFor();
  await accessible(page, "conversations on a phone");
  await page.keyboard.press("Escape");
  await list(page).waitFor({ state: "hidden" });
  await opener.click();
  await list(page).click();
  await page.locator(".question").filter({ hasText: "What did the roof cost?" }).waitFor();
  await list(page).waitFor({ state: "hidden" });
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0);
});

test("an answer that is stopped before the daemon has told its name is stopped there too", async (t) => {
  const h = await harness(t, "-delay", "300ms", "-keep", await folder(t), "-fixtures", await folder(t));
  const page = await open(t, h.page);
  let go;
  const held = new Promise((r) => { go = r; });
  await page.route("**/api/v1/ask", async (r) => { await held; await r.continue(); });
  await written(page);
  await ask(page, "What does a lost key cost?");
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await page.getByText("Stopped. What had arrived stays.").waitFor();
  go();
  for (let n = 0; (await h.counts()).cancelled !== 1; n++) { assert.ok(n < 300, "the daemon goes on"); await page.waitForTimeout(50); }
  assert.equal(await page.getByText("Stopped. What had arrived stays.").count(), 1);
});

test("History list: several are chosen and deleted together, and Undo brings all of them back", async (t) => {
  const h = await samples(t);
  for (const [i, name] of ["First", "Second", "Third"].entries()) h.kept.set(name, old(name, name, i + 2));
  const page = await open(t, h.page);
  await list(page).nth(2).waitFor();
  const choose = async () => {
    await page.getByRole("button", { name: "Choose several" }).click();
    for (const name of ["First", "Third"]) await page.getByRole("checkbox", { name }).check();
    await accessible(page, "conversations being chosen");
    await page.getByRole("button", { name: "Delete 2" }).click();
    await page.waitForFunction(() => document.querySelectorAll(".history-row a").length === 1);
  };
  await choose();
  await page.getByRole("status").filter({ hasText: "2 conversations deleted" }).waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  await list(page).nth(2).waitFor();
  assert.equal(h.kept.size, 3, "nothing was deleted before the time is over");
  await choose();
  await page.reload(); // leaving makes it so
  await until(page, "they are not deleted", () => h.kept.size === 1 && h.kept.has("Second"));
  await page.getByRole("button", { name: "Choose several" }).waitFor({ state: "detached" });
});

test("New chat: one click or key, and an empty one is not kept", async (t) => {
  const h = await samples(t);
  const page = await open(t, h.page);
  await ask(page, "What does a lost key cost?");
  await page.locator(".turn-foot").waitFor();
  await list(page).first().waitFor();
  await page.getByRole("link", { name: "Library" }).click();
  await page.getByRole("heading", { name: "Library" }).waitFor();
  await page.keyboard.press("n");
  await page.getByText("What do your files say?").waitFor();
  await page.waitForFunction(() => document.activeElement?.id === "question");
  await page.getByLabel("Your question").fill("half a question");
  await page.getByRole("button", { name: "New conversation" }).click();
  await page.reload();
  await list(page).first().waitFor();
  assert.equal(await list(page).count(), 1);
  assert.equal(h.kept.size, 1);
});

test("Send: what was typed in a conversation and not sent is there again when one comes back to it", async (t) => {
  const h = await samples(t);
  h.kept.set("a", old("a", "What did the roof cost?", 1));
  const page = await open(t, h.page);
  const box = page.getByLabel("Your question");
  await box.fill("of the start");
  await list(page).first().click();
  await page.locator(".question").waitFor();
  await page.waitForFunction(() => document.querySelector("#question")?.value === "");
  await box.fill("of the roof");
  await page.getByRole("button", { name: "New conversation" }).click();
  await page.waitForFunction(() => document.querySelector("#question")?.value === "of the start");
  await list(page).first().click();
  await page.waitForFunction(() => document.querySelector("#question")?.value === "of the roof");
});

test("Export chat: as Markdown with its sources, and as JSON", async (t) => {
  const h = await harness(t, "-keep", await folder(t), "-fixtures", await folder(t));
  const page = await open(t, h.page);
  await ask(page, "What does a lost key cost?");
  await page.locator(".turn-foot").waitFor();
  const saved = async (name) => {
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
    let text = "";
    for await (const part of await file.createReadStream()) text += part;
    return [file.suggestedFilename(), text];
  };
  const [md, words] = await saved("Save as Markdown");
  assert.match(md, /\.md$/);
  assert.match(words, /A lost key costs 30 euros[\s\S]*handbook\.md/);
  const [json, data] = await saved("Save as JSON");
  assert.match(json, /\.json$/);
  assert.equal(JSON.parse(data).turns[0].question, "What does a lost key cost?");
});
