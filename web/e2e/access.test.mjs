// Every page and every state: nothing that axe finds, nothing wider than the
// window, in English and German, light and dark, at three widths. With
// GOLOCAL_SCREENS=DIR it also keeps pictures.
import assert from "node:assert/strict";
import path from "node:path";
import test, { after } from "node:test";
import { accessible, closeBrowser, folder, harness, open } from "./browser.mjs";
import { keeper } from "./keeper.mjs";
import { program, samples } from "./program.mjs";

after(closeBrowser);

const widths = [1280, 820, 390];
/** Both languages and both schemes; words have no colour, so that two pairs say as much as four. */
const looks = [["en-US", "light"], ["de-DE", "dark"]];

/** Checks what is on the page at each width. */
async function good(page, what, scheme, at = widths) {
  for (const width of at) {
    await page.setViewportSize({ width, height: width < 600 ? 844 : 800 });
    await page.evaluate(() => new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r))));
    const named = `${what}, ${width}, ${scheme}`;
    await accessible(page, named);
    const wide = await page.evaluate(() => [document.documentElement, ...document.querySelectorAll("main, dialog, .source > header")].map((e) => Math.max(0, e.scrollWidth - (e === document.documentElement ? innerWidth : e.clientWidth))));
    if (process.env.GOLOCAL_SCREENS) await page.screenshot({ path: path.join(process.env.GOLOCAL_SCREENS, `${named}.png`.replaceAll(/[ ,]+/g, "-")) });
    assert.deepEqual(wide.filter((n) => n > 0), [], `${named} is wider than it has room`);
    const over = await page.evaluate(() => document.querySelector(".shell") ? document.documentElement.scrollHeight - innerHeight : 0);
    assert.ok(over <= 0, `${named}: the window scrolls by ${over} px, not the page in it`);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}

const go = (page, hash) => page.evaluate((h) => { location.hash = h; }, hash);
const shut = (page) => page.keyboard.press("Escape");
const question = async (page, q) => { await page.locator("#question").fill(q); await page.locator("#question").press("Enter"); };
const written = (page) => page.locator(".switch button").nth(2).click();
const answered = (page) => page.locator(".turn-foot").last().waitFor();
const afresh = async (page) => { await go(page, "#/ask"); await page.locator("#question").waitFor(); await page.locator("main").focus(); await page.keyboard.press("n"); await page.locator(".turn").first().waitFor({ state: "detached" }); };
const banner = (page, text) => page.locator(".banner").filter({ hasText: text }).waitFor();

/** The pages as they are while all is well: a name, and what brings it onto the page. */
const pages = [
  ["the start", async (page) => { await page.locator(".samples button").first().waitFor(); }],
  ["the list of files", async (page) => { await page.locator("#question").fill("@min"); await page.locator(".picks li").first().waitFor(); }],
  ["an answer being made", async (page, h) => { await page.locator("#question").fill(""); await h.control("hold=load"); await written(page); await question(page, "What did the new landing stage cost?"); await page.locator(".clock").waitFor(); }],
  ["an answer", async (page, h) => { await h.control("hold="); await answered(page); for (const s of await page.locator("summary").all()) if (!await s.evaluate((e) => e.parentElement.open)) await s.click(); }],
  ["a citation's card", async (page) => { await page.locator(".written .chip").first().focus(); await page.getByRole("tooltip").waitFor(); }],
  ["a PDF source", async (page) => { await page.locator(".written .chip").first().click(); await page.locator(".pdf-sheet canvas").waitFor(); }],
  ["an edited question", async (page) => { await shut(page); await page.locator(".question-line button").first().click(); await page.locator(".turn textarea").waitFor(); }],
  ["a refusal", async (page) => { await page.keyboard.press("Escape"); await afresh(page); await question(page, "Who won the football championship of 1968, memberr?"); await page.locator(".none").waitFor(); await answered(page); }],
  ["a broken answer", async (page) => { await afresh(page); await question(page, "Lost key costs? break"); await page.locator(".error").waitFor(); }],
  ["a changed file", async (page) => { await afresh(page); await question(page, "Lost key costs? stale"); await answered(page); }],
  ["the search page", async (page) => { await go(page, "#/search"); await page.locator(".search-help").waitFor(); }],
  ["a search with its source", async (page) => { await page.locator("#search").fill("accounts boats key"); await page.locator("#hits li").first().click(); await page.locator(".source mark").first().waitFor(); }],
  ["nothing found", async (page) => { await shut(page); await page.locator("#search").fill("zzzz"); await page.locator(".empty-state").waitFor(); }],
  ["why a file is not found", async (page) => { await page.locator(".why-not summary").click(); await page.locator("#missing").fill("broken.pdf"); await page.locator("#missing").press("Enter"); await page.locator(".outcome").waitFor(); }],
  ["the library", async (page) => { await go(page, "#/library"); await page.locator(".documents tbody .file").first().waitFor(); await page.locator(".growth summary").click(); await page.locator(".plot svg").first().waitFor(); }],
  ["a folder being read", async (page, h) => { await h.control("indexing=on"); await page.locator(".progress-line").waitFor(); }],
  ["a folder that is counted", async (page, h) => { await h.control("indexing=off"); await page.locator("#folder").fill(h.other); await page.locator(".counted").waitFor(); }],
  ["the rules of a folder", async (page) => { await page.locator("#folder").fill(""); await page.locator(".root-actions button").first().click(); await page.locator(".rules-preview").waitFor(); }],
  ["the removal of a folder", async (page) => { await shut(page); await page.locator(".root-actions button").nth(2).click(); await page.locator(".confirm").waitFor(); }],
  ["a paused folder", async (page) => { await shut(page); await page.locator(".root-actions button").nth(1).click(); await page.locator(".root .notice").waitFor(); }],
  ["failed files", async (page) => { await page.locator(".root-actions button").nth(1).click(); await go(page, "#/library?state=failed"); await page.locator(".reason").first().waitFor(); }],
  ["why a file is not read", async (page) => { await page.locator(".why-file summary").click(); await page.locator("#probe").fill("/nowhere/notes.md"); await page.locator("#probe").press("Enter"); await page.locator(".outcome").waitFor(); }],
  ["the models, with all that can be asked", async (page) => { await go(page, "#/models"); await page.locator(".installed tbody tr").first().waitFor(); await page.locator(".installed tr").filter({ hasText: "smollm2:135m" }).locator(".actions button").last().click(); await page.locator(".choose select").first().selectOption({ index: 1 }); await page.locator(".choose button").first().click(); await page.locator(".role .confirm").waitFor(); }],
  ["models on their way", async (page) => { for (const name of ["paused:1b", "broken:1b"]) { await page.locator(".downloads input").fill(name); await page.locator(".downloads input").press("Enter"); await page.locator(".download").filter({ hasText: name }).waitFor(); if (name === "paused:1b") await page.locator(".download .actions button").first().click(); } await page.locator(".download.failed").waitFor(); await page.locator(".download.paused").waitFor(); }],
  ["an index being built", async (page) => { await page.locator(".role .confirm .button").click(); await page.locator(".building").waitFor(); }],
  ["not measured yet", async (page) => { await go(page, "#/evaluation"); await page.locator(".empty-state").waitFor(); }],
  ["an evaluation going on", async (page) => { await page.locator("main select").first().selectOption("20"); await page.locator("main .button").first().click(); await page.locator("main progress").waitFor(); }],
  ["an evaluation", async (page) => { await page.locator(".shares li").first().waitFor({ timeout: 60000 }); }],
  ["the settings", async (page) => { await page.locator(".rail-foot button").first().click(); await page.getByRole("dialog").waitFor(); }],
  ["the keys", async (page) => { await shut(page); await page.getByRole("dialog").waitFor({ state: "detached" }); await page.locator("main").focus(); await page.keyboard.press("?"); await page.getByRole("dialog").waitFor(); }],
  ["the palette", async (page) => { await shut(page); await page.getByRole("dialog").waitFor({ state: "detached" }); await page.keyboard.press("Control+k"); await page.locator("#deeds li").first().waitFor(); }],
];

for (const [locale, scheme] of looks) {
  test(`Accessibility: every page, ${locale}, ${scheme}`, { timeout: 600000 }, async (t) => {
    const other = await folder(t), h = { other, ...await harness(t, "-delay", "60ms", "-fixtures", await folder(t)) };
    const page = await open(t, h.page, { scheme, locale });
    for (const [what, bring] of pages) {
      try { await bring(page, h); } catch (e) { e.message = `${what}: ${e.message}`; throw e; }
      await good(page, `${what} in ${locale}`, scheme, what === "an evaluation going on" ? [1280] : widths);
    }
  });
}

/** The states of golocal as a whole, and those of no file yet. */
for (const [locale, scheme] of looks) {
  test(`Accessibility: every state, ${locale}, ${scheme}`, { timeout: 600000 }, async (t) => {
    const allow = ["console: Failed to load resource", "401 /api/v1/", "404 /api/v1/conversations"], name = (what) => `${what} in ${locale}`;
    const none = await harness(t), first = await open(t, none.page, { scheme, locale, allow });
    await first.locator(".first-body").waitFor();
    await good(first, name("the first step"), scheme);
    await first.locator(".first-steps button").nth(1).click();
    await first.locator(".first-model").first().waitFor();
    await good(first, name("the second step"), scheme);
    await none.control("runner=off");
    await first.locator(".first-models").waitFor({ state: "detached" });
    await good(first, name("the second step without a runner"), scheme);
    await first.locator(".first-steps button").nth(2).click();
    await first.locator("#folder").fill(await folder(t));
    await first.locator(".counted").waitFor();
    await good(first, name("the third step"), scheme);
    await none.control("runner=on");
    await first.locator(".first-buttons button").last().click();
    await first.locator(".empty-state").waitFor();
    await good(first, name("no folder"), scheme);
    for (const place of ["search", "library", "evaluation"]) {
      await go(first, "#/" + place);
      await first.locator("main h1").waitFor();
      await good(first, name(`${place} without a folder`), scheme);
    }
    const stranger = await open(t, none.page.split("#")[0], { scheme, locale, allow });
    await stranger.locator(".sign-in form").waitFor();
    await stranger.locator("#code").fill("wrong");
    await stranger.locator("#code").press("Enter");
    await stranger.getByRole("alert").waitFor();
    await good(stranger, name("a wrong code"), scheme);

    const h = await keeper(t, "-delay", "5ms", "-fixtures", await folder(t));
    for (const [id, title] of [["a", "Donaudampfschifffahrtsgesellschaftskapitänsmützenverordnung"], ["b", "Fees"]]) h.kept.set(id, { id, title, pinned: id === "a", created: new Date().toISOString(), changed: new Date().toISOString(), turns: [] });
    const page = await open(t, h.page, { scheme, locale, allow });
    await question(page, "What does a lost key cost?");
    await answered(page);
    await good(page, name("a kept conversation"), scheme);
    await page.locator(".history-row").last().hover();
    await page.locator(".history-row").last().getByRole("button").last().click();
    await page.locator(".toast").waitFor();
    await good(page, name("a toast"), scheme, [1280, 820]);
    await page.locator(".toast button").click();
    await page.setViewportSize({ width: 390, height: 844 });
    await page.locator(".drawer-button").click();
    await page.locator(".history-row a").first().waitFor();
    await good(page, name("the conversations over the page"), scheme, [390]);
    await page.keyboard.press("Escape");
    for (const [set, text, where] of [["trouble=index_damaged", "golocal repair", "#/ask"], ["trouble=disk_full", "", "#/ask"], ["trouble=&offline=on", "golocal models import", "#/models"], ["offline=off&embedding=off&chat=off", "", "#/ask"], ["runner=off", "ollama serve", "#/ask"], ["runner=off", "", "#/models"]]) {
      await h.control(set);
      await go(page, where);
      if (text) await banner(page, text); else await page.locator(".banner, .empty-state").first().waitFor();
      await good(page, name(`${set} on ${where}`), scheme);
    }
    await go(page, "#/ask?c=none");
    await page.locator(".empty-state").waitFor();
    await good(page, name("a conversation that is gone"), scheme);
    await h.stop();
    await banner(page, "golocal up");
    await good(page, name("a daemon that is gone"), scheme);
  });
}

const sources = ["report.pdf", "scan.pdf", "photo.png", "budget.xlsx", "table.csv", "deck.pptx", "memo.docx", "letter.eml", "book.epub", "work.ipynb", "handbook.md", "harbour.html", "main.go"];

for (const [locale, scheme] of looks) {
  test(`Accessibility: a source of each kind, ${locale}, ${scheme}`, { timeout: 600000 }, async (t) => {
    const page = await open(t, await program(t, [await samples(t)]), { scheme, locale });
    page.setDefaultTimeout(60000);
    await page.locator(".state-line .dot").waitFor();
    await go(page, "#/library");
    for (const file of sources) {
      await page.locator("#name").fill(file);
      await page.waitForFunction((f) => { const rows = document.querySelectorAll(".documents tbody .file"); return rows.length === 1 && rows[0].textContent === f; }, file);
      await page.locator(".documents tbody button.link").click();
      await page.locator(".source h2").filter({ hasText: file }).waitFor();
      await page.locator(".source-body :is(.pdf-sheet canvas, .picture-sheet canvas, .sheet, .lines, .line, .prose, .rendered)").first().waitFor();
      await good(page, `${file} in ${locale}`, scheme, [1280, 390]);
      await shut(page);
      await page.locator(".source").waitFor({ state: "detached" });
    }
  });
}
