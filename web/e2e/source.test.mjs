// The source pane over the built program: a made file of every format, opened from a search, shows its passage.
import assert from "node:assert/strict";
import path from "node:path";
import test, { after } from "node:test";
import { accessible, closeBrowser, harness, folder, open } from "./browser.mjs";
import { program, samples } from "./program.mjs";

after(closeBrowser);

/** Searches until a passage of the file is the first, and opens it. */
async function show(page, query, file) {
  await page.getByLabel("Search your files").fill(query);
  const hit = page.locator(`#hits[data-for=${JSON.stringify(query)}] li`).filter({ hasText: file }).first();
  await hit.waitFor();
  await hit.click();
  await page.locator(".source h2").filter({ hasText: file }).waitFor();
}

async function start(t, options) {
  const dir = await samples(t), page = await open(t, await program(t, [dir]), options);
  page.setDefaultTimeout(60000);
  await page.getByText(/\d+ documents, up to date/).waitFor();
  await page.getByRole("link", { name: "Search" }).click();
  return { dir, page };
}

const marks = async (page) => (await page.locator(".source mark").allInnerTexts()).join(" ");

test("sheets and CSV files are tables with their header, the row marked; far rows too, and few are on the page", { timeout: 180000 }, async (t) => {
  const { page } = await start(t);
  await show(page, "dinghy", "budget.xlsx");
  await page.locator(".sheet tr.here").filter({ hasText: "The dinghy is kept here." }).waitFor();
  assert.deepEqual(await page.locator(".sheet thead .letters td").allInnerTexts(), ["", "A", "B"]);
  assert.deepEqual(await page.locator(".sheet thead th").allInnerTexts(), ["1", "What", "Price"]);
  await page.locator(".sheet tr.here").filter({ hasText: "The dinghy is kept here." }).getByRole("rowheader", { name: "3" }).waitFor();
  assert.equal(await marks(page), "dinghy", "the word that was searched for");
  await show(page, "ferret", "sheet.ods");
  await page.locator(".sheet tr.here td").filter({ hasText: "The ferret is kept here." }).waitFor();
  await show(page, "zither", "members.csv");
  await page.locator(".sheet tr.here").filter({ hasText: "keeps the zither, and plays it" }).getByRole("rowheader", { name: "12345", exact: true }).waitFor();
  assert.ok(await page.locator(".sheet tr.here").filter({ hasText: "zither" }).isVisible());
  assert.deepEqual(await page.locator(".sheet thead th").allInnerTexts(), ["1", "Number", "Name", "Joined", "Remark"]);
  assert.ok(await page.locator(".sheet tr").count() < 2500, "20,000 rows are not all on the page");
  const top = await page.locator(".sheet thead").boundingBox(), body = await page.locator(".source-body").boundingBox();
  assert.ok(Math.abs(top.y - body.y) < 2, "the header stays in view");
  await accessible(page, "a table in the source pane");
  await show(page, "ribbon", "table.tsv");
  await page.locator(".sheet tr.here td").filter({ hasText: "The ribbon is kept here." }).waitFor();
});

test("a web page is shown as it looks, without what it would run, load or open", { timeout: 180000 }, async (t) => {
  const { page } = await start(t);
  await show(page, "gangway", "harbour.html");
  await page.locator(".rendered h1").filter({ hasText: "Harbour rules" }).waitFor();
  await page.locator(".rendered li.here em mark").filter({ hasText: "gangway" }).waitFor();
  assert.equal(await page.locator(".rendered td").first().innerText(), "to 8 m");
  assert.equal(await page.locator(".rendered :is(img, a, script, style, iframe, form, input, svg, [onclick], [style])").count(), 0);
  await page.locator(".rendered .image-note").filter({ hasText: "plan of the quays" }).waitFor();
  assert.equal(await page.title(), "Search – golocal", "no script ran");
  await page.getByRole("button", { name: "Text", exact: true }).click();
  await page.locator(".sheet td").filter({ hasText: "17 euros" }).waitFor();
  assert.equal(await marks(page), "gangway");
  await accessible(page, "a web page in the source pane");
});

test("Markdown is set with its lines marked; Word, slides, books and mail are text under their headings; code has its numbers", { timeout: 180000 }, async (t) => {
  const { page } = await start(t);
  await show(page, "lost key", "handbook.md");
  await page.locator(".rendered p.here strong").filter({ hasText: "one key" }).waitFor();
  assert.equal(await page.locator(".rendered table th").first().innerText(), "Season");
  await show(page, "oyster", "note.md");
  assert.equal(await page.locator(".rendered .front").evaluate((e) => e.open), false);
  await page.locator(".rendered p.here").filter({ hasText: "The oyster is kept here." }).waitFor();
  for (const [word, file, heading, unit] of [["beacon", "memo.docx", "Memo", ""], ["cannon", "deck.pptx", "End", "slide 2"], ["harness", "book.epub", "The Shore", "chapter"], ["mirror", "box.mbox", "Two", "message 2"], ["ladder", "letter.eml", "", ""]]) {
    await show(page, word, file);
    await page.locator(".source .line.here mark").filter({ hasText: word }).waitFor();
    if (heading) await page.locator(".source-body").getByRole("heading", { name: heading, exact: true }).waitFor();
    if (unit) await page.locator(".page-end").filter({ hasText: unit }).first().waitFor();
  }
  await show(page, "falcon", "main.go");
  assert.equal(await page.locator(".code .line.here").filter({ hasText: "falcon" }).locator(".number").innerText(), "3");
  await accessible(page, "code in the source pane");
});

test("a text of 60,000 lines opens at its line and is scrolled through in windows", { timeout: 180000 }, async (t) => {
  const { page } = await start(t);
  await show(page, "sextant", "minutes.txt");
  const line = page.locator(".line.here").filter({ hasText: "The pilot keeps the sextant in May." });
  await line.waitFor();
  assert.equal(await line.locator(".number").innerText(), "30001");
  const inView = await line.evaluate((e) => { const r = e.getBoundingClientRect(), b = e.closest(".source-body").getBoundingClientRect(); return r.top >= b.top && r.bottom <= b.bottom; });
  assert.ok(inView, "the passage is in view");
  const body = page.locator(".source-body");
  for (const [top, number] of [[0, /^1$/], [1e9, /^60001$/]]) {
    await body.evaluate((e, y) => { e.scrollTop = y; }, top);
    await page.locator(".line .number").filter({ hasText: number }).waitFor();
    assert.ok(await page.locator(".line").count() < 2000, "only what is near is on the page");
  }
});

test("PDF: the page with the passage; a scan opens and says that it has no text; images are shown", { timeout: 180000 }, async (t) => {
  const { page } = await start(t);
  await show(page, "anchor", "report.pdf");
  await page.locator(".pdf-sheet canvas").waitFor();
  await page.getByText("page 2 of 2").waitFor();
  await page.waitForFunction(() => [...(CSS.highlights.get("quote") ?? [])].some((r) => /anchor/.test(r.toString())));
  const before = (await page.locator(".pdf-sheet").boundingBox()).width;
  await page.getByRole("button", { name: "Larger" }).click();
  await page.waitForFunction((w) => document.querySelector(".pdf-sheet").getBoundingClientRect().width > w * 1.3, before);
  await page.locator(".pdf-holder").focus();
  await page.getByRole("button", { name: "Smaller" }).click();
  await page.locator(".pdf-holder").press("PageUp");
  await page.getByText("page 1 of 2").waitFor();
  await page.getByRole("button", { name: "Close source" }).click();
  await page.getByRole("link", { name: "Library" }).click();
  await page.getByRole("button", { name: "scan.pdf", exact: true }).click();
  await page.locator(".pdf-sheet canvas").waitFor();
  await page.getByText("The pages are pictures: the file holds no text that could be searched.").waitFor();
  await page.getByRole("button", { name: "Close source" }).click();
  await page.getByRole("button", { name: "photo.png", exact: true }).click();
  const picture = page.getByRole("img", { name: "Image photo.png" });
  await picture.waitFor();
  const ink = await picture.evaluate((c) => { const d = c.getContext("2d").getImageData(0, 0, c.width, c.height).data; let n = 0; for (let i = 0; i < d.length; i += 4) if (d[i] < 128 && d[i + 3] > 0) n++; return n; });
  assert.ok(ink > 50, "the image is drawn");
  await page.getByText("No text was read from this file.").waitFor();
  await accessible(page, "an image in the source pane");
});

test("a file is handed to its program, or the page says why not; its path is copied", { timeout: 180000 }, async (t) => {
  const { dir, page } = await start(t, { allow: ["409 /api/v1/documents", "422 /api/v1/documents", "console: Failed to load resource"] });
  await show(page, "beacon", "memo.docx");
  await page.getByRole("button", { name: "Open in its program" }).click();
  await page.getByRole("alert").filter({ hasText: "golocal runs without a display here" }).filter({ hasText: "copy the path" }).waitFor();
  await accessible(page, "a file that cannot be opened");
  await page.getByRole("button", { name: "Copy path" }).click();
  await page.getByRole("status").filter({ hasText: "Path copied" }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), path.join(dir, "memo.docx"));
  await show(page, "garnet", "tool.py");
  await page.getByRole("button", { name: "Open in its program" }).click();
  await page.getByRole("alert").filter({ hasText: "tool.py is a file that a system runs when it is opened" }).waitFor();
  await page.route("**/api/v1/documents/*/open", (r) => r.fulfill({ status: 204 }));
  await page.getByRole("button", { name: "Open in its program" }).click();
  await page.getByRole("status").filter({ hasText: "Handed to its program" }).waitFor();
  assert.equal(await page.getByRole("alert").count(), 0);
});

test("a passage that cannot be placed: the document opens and says so", async (t) => {
  const h = await harness(t, "-fixtures", await folder(t));
  const page = await open(t, h.page);
  await page.route(/api\/v1\/documents\/\d+$/, async (r) => {
    const answer = await r.fetch(), c = await answer.json();
    c.document.text = "Quite another text.\n";
    await r.fulfill({ response: answer, json: c });
  });
  for (const file of ["handbook.md", "letter.docx"]) {
    await page.getByRole("link", { name: "Search" }).click();
    await page.getByLabel("Search your files").fill(file === "handbook.md" ? "rowing boats" : "yearly fee rises");
    await page.locator("#hits li").filter({ hasText: file }).first().click();
    await page.locator(".source h2").filter({ hasText: file }).waitFor();
    await page.getByText("The document is shown as it is now; the exact passage was not found in it.").waitFor();
    await page.locator(".source-body").getByText("Quite another text.").waitFor();
    assert.equal(await page.locator(".source mark").count(), 0);
  }
});
