// What a person sees while an answer is made: what is done and for how long, the
// end of the text in view until it is scrolled away from, and then its sources.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import test, { after } from "node:test";
import { accessible, ask, closeBrowser, folder, harness, open } from "./browser.mjs";
import { program } from "./program.mjs";

after(closeBrowser);

const samples = async (t, ...args) => harness(t, ...args, "-fixtures", await folder(t));
const languages = [["en-US", "Written", "Loading qwen3:4b", "qwen3:4b reads them", "6 files", "3 passages"], ["de-DE", "Verfasst", "Lädt qwen3:4b", "qwen3:4b liest sie", "6 Dateien", "3 Textstellen"]];

for (const [locale, written, loads, reads, files, passages] of languages) {
  test(`Phases before the first token: files, passages, loading, reading, with the time that has gone, ${locale}`, async (t) => {
    const h = await samples(t);
    await h.control("hold=load");
    const page = await open(t, h.page, { locale });
    await page.getByRole("button", { name: written }).click();
    await page.locator("#question").fill("What does a lost key cost?");
    await page.keyboard.press("Enter");
    const line = page.locator(".phase");
    await line.getByText(loads).waitFor();
    assert.match(await line.innerText(), new RegExp(`${files} · ${passages} · ${loads}…`));
    await line.locator(".clock").filter({ hasText: /\d s$/ }).waitFor();
    assert.ok(await page.locator(".quote").count() > 0, "the quotes are there to be read meanwhile");
    await accessible(page, "a model being loaded");
    await h.control("hold=read");
    await line.getByText(reads).waitFor();
    await h.control("hold=");
    await page.locator(".turn-foot").waitFor();
    await line.waitFor({ state: "detached" });
  });
}

for (const [locale, quotes, said, left] of [["en-US", "Quotes", "Reading 3 changed files first", /Reading 3 changed files first, [012] left/], ["de-DE", "Zitate", "Liest zuerst 3 geänderte Dateien", /Liest zuerst 3 geänderte Dateien, noch [012]/]]) {
  test(`Phases before the first token: changed files that are read first, and how many are left, ${locale}, 390`, { timeout: 300000 }, async (t) => {
    const dir = await folder(t), files = ["one.md", "two.md", "three.md"];
    const write = (n) => Promise.all(files.map((f) => writeFile(path.join(dir, f), `# Keys\n\nA lost key of house ${f} costs ${n} euros.\n`)));
    await write(30);
    const page = await open(t, await program(t, [dir]), { locale, width: 390, height: 844 });
    await page.getByText(/ 3 (documents, up to date|Dokumente, aktuell)/).waitFor({ state: "attached" });
    await page.getByRole("button", { name: quotes, exact: true }).click();
    // What the line under the answer said, with how it lay, as it is gone again in a moment.
    await page.evaluate(() => {
      window.told = [];
      new MutationObserver(() => {
        const line = document.querySelector(".phase"), words = line?.querySelector(".phase-words");
        if (words) window.told.push({ text: words.textContent, fits: line.getBoundingClientRect().right <= innerWidth && words.scrollWidth <= words.clientWidth + 1 });
      }).observe(document.body, { subtree: true, childList: true, characterData: true });
    });
    for (let n = 0, heard = false; !heard; n++) { // the watcher may be quicker than the question
      assert.ok(n < 60, "it is never told");
      await page.locator("#question").fill("What does a lost key cost?");
      await write(31 + n);
      await page.keyboard.press("Enter");
      await page.locator(".turn-foot").nth(n).waitFor();
      const told = await page.evaluate(() => window.told);
      heard = told.some((x) => left.test(x.text)) && told.some((x) => x.text.includes(said));
      assert.deepEqual(told.filter((x) => !x.fits), [], "nothing of it is cut");
    }
  });
}

test("Auto-scroll with release: the end is followed, scrolling up lets go, and one button leads back", async (t) => {
  const dir = await folder(t), h = await harness(t, "-delay", "25ms", dir);
  await writeFile(path.join(dir, "long.md"), `The harbour rules say that ${"every visiting boat keeps clear of the quay, the crane and the ferry ".repeat(90)}until noon.\n`);
  const page = await open(t, h.page, { height: 500 });
  await page.getByRole("button", { name: "Written" }).click();
  await ask(page, "What do the harbour rules say?");
  const scroller = page.locator(".conversation"), left = () => scroller.evaluate((s) => s.scrollHeight - s.scrollTop - s.clientHeight);
  const settled = async (what, holds) => { for (let n = 0; !holds(await left()); n++) { assert.ok(n < 200, `${what}: ${await left()} px from the end`); await page.waitForTimeout(50); } };
  const words = () => page.locator(".tail").evaluate((e) => e.textContent.length);
  const grows = async () => { const now = await words(); await page.waitForFunction((n) => (document.querySelector(".tail")?.textContent.length ?? 0) > n + 200, now); };
  await page.locator(".tail").waitFor();
  await grows(); await grows();
  await settled("the end is followed", (px) => px < 60);
  assert.equal(await page.getByRole("button", { name: "Jump to latest" }).count(), 0);
  await scroller.hover();
  await page.mouse.wheel(0, -40);
  await page.getByRole("button", { name: "Jump to latest" }).waitFor();
  const top = await scroller.evaluate((s) => s.scrollTop);
  await grows();
  assert.equal(await scroller.evaluate((s) => s.scrollTop), top, "what is read stays where it is");
  await accessible(page, "a released conversation");
  await page.getByRole("button", { name: "Jump to latest" }).click();
  await settled("back at the end", (px) => px < 60);
  await page.getByRole("button", { name: "Jump to latest" }).waitFor({ state: "detached" });
  await page.waitForFunction(() => document.activeElement?.id === "question"); // it is not lost with the button
  await grows();
  await settled("followed again", (px) => px < 60);
  await page.getByRole("button", { name: "Stop", exact: true }).click();
});

test("Sources list: the cited first, the others folded as also found, each with folder, place and score", async (t) => {
  const h = await samples(t);
  const page = await open(t, h.page);
  await page.getByRole("button", { name: "Written" }).click();
  await ask(page, "Who keeps the accounts since the meeting in May?");
  await page.locator(".turn-foot").waitFor();
  const list = page.locator(".sources");
  await list.getByText(/^\d passages found, \d cited$/).waitFor();
  const named = await list.locator(":scope > ul .origin-link bdi").allInnerTexts();
  assert.equal(named[0], "minutes.txt");
  assert.match((await list.locator(":scope > ul li").first().innerText()).replace(/\s+/g, " "), /^minutes\.txt notes · line 403 · \d+ %$/);
});

test("Sources list: what no sentence cites is folded below", async (t) => {
  const h = await samples(t);
  const page = await open(t, h.page);
  await page.route("**/api/v1/ask", async (r) => { // an answer that cites one of its sources
    const answer = await r.fetch(), lines = (await answer.text()).split("\n");
    const body = lines.map((l) => {
      if (!l.startsWith("data:")) return l;
      const e = JSON.parse(l.slice(5));
      if (e.quotes) e.quotes = e.quotes.slice(0, 1);
      return "data: " + JSON.stringify(e);
    }).join("\n");
    await r.fulfill({ response: answer, body });
  });
  await page.getByRole("button", { name: "Written" }).click();
  await ask(page, "What does a lost key cost?");
  const list = page.locator(".sources");
  await list.getByText("3 passages found, 1 cited").waitFor();
  assert.deepEqual(await list.locator(":scope > ul .chip-number").evaluateAll((n) => n.map((x) => x.dataset.number)), ["1"]);
  const rest = list.locator(".also-found");
  assert.equal(await rest.evaluate((d) => d.open), false);
  await rest.locator("summary").filter({ hasText: "Also found: 2 passages" }).click();
  assert.deepEqual(await rest.locator(".chip-number").evaluateAll((n) => n.map((x) => x.dataset.number)), ["2", "3"]);
  await accessible(page, "the list of sources");
  await rest.getByRole("button", { name: /report\.pdf$/ }).first().click();
  await page.locator(".source h2").filter({ hasText: "report.pdf" }).waitFor();
});
