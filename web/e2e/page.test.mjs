// The page over the in-memory daemon: one test for each thing that a person does.
import assert from "node:assert/strict";
import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import test, { after } from "node:test";
import { accessible, ask, closeBrowser, folder, harness, open } from "./browser.mjs";

after(closeBrowser);

const samples = async (t, ...args) => {
  const dir = await folder(t);
  return { dir, ...(await harness(t, ...args, "-fixtures", dir)) };
};
const written = (page) => page.getByRole("button", { name: "Written" }).click();
/** What the Highlight API marks. */
const highlighted = (page) => page.evaluate(() => [...(CSS.highlights.get("quote") ?? [])].map((r) => r.toString()).join("|"));

test("Citation click: ask, see the stream, click the number, see the marked passage; edits and deletions show", async (t) => {
  const h = await samples(t, "-delay", "100ms");
  const page = await open(t, h.page);
  assert.equal(await page.evaluate(() => location.hash), "", "the code leaves the address");
  await written(page);
  await ask(page, "What does a lost key cost?");
  await page.locator(".quote").first().waitFor(); // quotes are there while the model still writes
  await page.locator(".tail").filter({ hasText: /Every/ }).waitFor();
  // The first sentence is checked while the second is written.
  await page.locator('[aria-busy="true"] .sentence.yes').filter({ hasText: "A lost key costs 30 euros." }).waitFor();
  await page.getByText("1 of 2 statements supported by your files").waitFor();
  await page.locator(".sentence.no").filter({ hasText: "not in your files" }).filter({ hasText: '"1994" is not in the cited source' }).waitFor();
  assert.equal(await page.locator(".written strong").innerText(), "1994", "Markdown is set");

  await page.locator(".written").getByRole("button", { name: "Source 1: handbook.md, line 9" }).click();
  await page.locator(".rendered p.here").filter({ hasText: "Every member gets one key" }).waitFor(); // set, and marked
  await page.getByRole("button", { name: "Lines", exact: true }).click();
  const mark = page.locator(".source mark");
  assert.equal(await mark.innerText(), "Every member gets **one key**. A lost key costs 30 euros.");
  assert.ok(await mark.isVisible());
  assert.equal(await page.locator(".line.here .number").innerText(), "9");
  await page.getByText(path.join(h.dir, "handbook.md")).first().waitFor();

  await writeFile(path.join(h.dir, "handbook.md"), "# Handbook\n\nEvery member gets one key. A lost key costs 45 euros.\n");
  await ask(page, "What does a lost key cost now?");
  await page.locator(".turn").nth(1).locator(".sentence.yes").filter({ hasText: "costs 45 euros." }).waitFor();
  await page.locator(".turn").nth(1).getByText("statements supported").waitFor();
  await rm(path.join(h.dir, "handbook.md"));
  await ask(page, "What does a lost key cost today?");
  await page.locator(".turn").nth(2).getByText("Your files don’t answer this").waitFor();
  assert.equal(await page.locator(".turn").nth(2).getByText("handbook.md").count(), 0);
});

test("Stop: it ends the work, in the page and in the daemon", async (t) => {
  const h = await samples(t, "-delay", "300ms");
  const page = await open(t, h.page);
  await written(page);
  for (const [i, stop] of [() => page.getByRole("button", { name: "Stop", exact: true }).click(), () => page.keyboard.press("Escape")].entries()) {
    await ask(page, "What does a lost key cost?");
    const turn = page.locator(".turn").nth(i);
    await turn.locator(".tail").waitFor();
    await stop();
    await turn.getByText("Stopped. What had arrived stays.").waitFor();
    assert.ok((await turn.locator(".tail").innerText()).length > 0);
    for (let n = 0; (await h.counts()).cancelled !== i + 1; n++) {
      assert.ok(n < 50, "the daemon goes on");
      await page.waitForTimeout(50);
    }
  }
});

test("Citation click: a PDF opens at its page with the passage marked, and the text beside it", async (t) => {
  const h = await samples(t);
  const page = await open(t, h.page);
  const early = await page.evaluate(() => performance.getEntriesByType("resource").map((e) => e.name).filter((n) => /pdf/.test(n)));
  assert.deepEqual(early, [], "the PDF part is loaded only when used");
  await ask(page, "What did the new landing stage cost?");
  await page.getByRole("button", { name: "Open report.pdf, page 2" }).first().click();
  await page.locator(".pdf-sheet canvas").waitFor();
  await page.getByText("page 2 of 2").waitFor();
  await page.waitForFunction(() => CSS.highlights.get("quote"));
  assert.equal((await highlighted(page)).replace(/\s/g, ""), "Thenewlandingstagecost48,200euros,ofwhichthetownpaidhalf.");
  const ink = await page.locator(".pdf-sheet canvas").evaluate((c) => { const d = c.getContext("2d").getImageData(0, 0, c.width, c.height).data; let n = 0; for (let i = 0; i < d.length; i += 4) if (d[i] < 128) n++; return n; });
  assert.ok(ink > 200, "the page is drawn");
  await page.getByRole("button", { name: "Previous page" }).click();
  await page.getByText("page 1 of 2").waitFor();
  await page.getByRole("button", { name: "Text", exact: true }).click();
  assert.match(await page.locator(".source mark").innerText(), /48,200 euros/);
});

/** Two pages of 200 × 400 points with nothing on them, as a scan has no letters. */
function blankPDF() {
  const objects = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>", ...Array(2).fill("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 400] >>")];
  let out = "%PDF-1.4\n";
  const at = objects.map((o, i) => { const n = out.length; out += `${i + 1} 0 obj\n${o}\nendobj\n`; return n; });
  const xref = out.length;
  out += `xref\n0 5\n0000000000 65535 f \n${at.map((n) => `${String(n).padStart(10, "0")} 00000 n \n`).join("")}trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF\n`;
  return Buffer.from(out);
}

test("a page without letters of its own is marked by the boxes of its lines", async (t) => {
  const h = await samples(t);
  const page = await open(t, h.page);
  await page.route("**/api/v1/documents/*/file", (r) => r.fulfill({ contentType: "application/pdf", body: blankPDF() }));
  await page.route(/api\/v1\/documents\/\d+$/, async (r) => {
    const answer = await r.fetch(), c = await answer.json();
    if (c.document.type === "pdf") {
      const start = Buffer.from(c.document.text.slice(0, c.document.text.indexOf("The new landing stage"))).length;
      c.document.lines = [{ span: { start: 0, end: 10 }, page: 1, box: [0, 0, 9, 9] }, { span: { start, end: start + 20 }, page: 2, box: [50, 300, 150, 320] }];
    }
    await r.fulfill({ response: answer, json: c });
  });
  await ask(page, "What did the new landing stage cost?");
  await page.getByRole("button", { name: "Open report.pdf, page 2" }).first().click();
  await page.locator(".pdf-box").waitFor();
  const [box, sheet] = await Promise.all([page.locator(".pdf-box").boundingBox(), page.locator(".pdf-sheet").boundingBox()]);
  const scale = sheet.width / 200;
  for (const [got, want] of [[box.x - sheet.x, 50], [box.y - sheet.y, 80], [box.width, 100], [box.height, 20]]) assert.ok(Math.abs(got - want * scale) < 1, `${got} and not ${want * scale}`);
  assert.equal(await page.locator(".pdf-box").count(), 1);
});

test("Citation click: the next and the one before, by button and by key", async (t) => {
  const h = await samples(t);
  const page = await open(t, h.page);
  await ask(page, "What do families pay together, what does a lost key cost?");
  await page.locator(".origin-link").first().click();
  const total = Number((await page.getByText(/^1 of \d+$/).innerText()).split(" ")[2]);
  assert.ok(total > 2);
  const first = await page.locator(".source h2").first().innerText();
  await page.getByRole("button", { name: "Next citation" }).click();
  await page.getByText(`2 of ${total}`).waitFor();
  await page.locator(".source-body").click();
  await page.keyboard.press("[");
  await page.getByText(`1 of ${total}`).waitFor();
  assert.equal(await page.locator(".source h2").first().innerText(), first);
  await page.keyboard.press("]");
  await page.getByText(`2 of ${total}`).waitFor();
  await page.keyboard.press("Escape");
  await page.locator(".source").waitFor({ state: "detached" });
});

test("Citation click: Word files show as paragraphs, Markdown also as read, long files around the passage", async (t) => {
  const h = await samples(t);
  const page = await open(t, h.page);
  await ask(page, "What do families pay for children?");
  await page.getByRole("button", { name: "Open letter.docx, paragraph 3" }).click();
  await page.locator(".source mark").filter({ hasText: "Families pay 140 euros" }).waitFor();
  await page.locator(".paragraphs .heading").filter({ hasText: "Letter to the members" }).waitFor();
  await page.getByRole("button", { name: "Close source" }).click();
  await ask(page, "Who gets one key, what does a lost key cost?");
  await page.locator(".turn").nth(1).getByRole("button", { name: "Open handbook.md, line 9" }).click();
  await page.locator(".rendered h2").filter({ hasText: "Keys" }).waitFor();
  assert.equal((await page.locator(".source mark").allInnerTexts()).join(""), "Every member gets one key. A lost key costs 30 euros.");
  assert.equal(await page.locator(".rendered img, .rendered a").count(), 0, "no images and no live links");
  await page.locator(".rendered .image-note").filter({ hasText: "[image: plan]" }).waitFor();
  await page.getByRole("button", { name: "Close source" }).click();
  await ask(page, "Who keeps the accounts since the meeting?");
  await page.locator(".turn").nth(2).getByRole("button", { name: "Open minutes.txt, line 403" }).click();
  assert.match(await page.locator(".source mark").innerText(), /harbour office/);
  assert.ok(await page.locator(".line").count() < 500);
  // The passage is brought into view once more when what is above it has been drawn.
  await page.locator(".source-body").evaluate((e) => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(() => { e.scrollTop = 0; done(); }))); }));
  await page.locator(".line .number", { hasText: /^1$/ }).waitFor();
});

test("Citation hover and focus: a number shows its quote; Escape hides it", async (t) => {
  const h = await samples(t);
  const page = await open(t, h.page);
  await written(page);
  await ask(page, "What does a lost key cost?");
  await page.getByText("statements supported").waitFor(); // until then what is under the pointer moves
  const chip = page.locator(".chip").first();
  await chip.hover();
  await page.getByRole("tooltip").filter({ hasText: "A lost key costs 30 euros" }).waitFor();
  await page.mouse.move(2, 2);
  await page.getByRole("tooltip").waitFor({ state: "detached" });
  await chip.focus();
  await page.getByRole("tooltip").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("tooltip").waitFor({ state: "detached" });
});

test("what a file or model smuggles into an answer loads and runs nothing", async (t) => {
  const h = await samples(t);
  const page = await open(t, h.page);
  await written(page);
  await ask(page, "Lost key costs? picture");
  await page.getByText("statements supported").waitFor();
  assert.equal(await page.locator(".written :is(img, style, a, script, iframe)").count(), 0);
  assert.match(await page.locator(".written").innerText(), /\[image: x\] <img src=http:\/\/evil\.invalid\/b\.png> <style>/);
});

test("Not found: a question without an answer says so and offers all folders", async (t) => {
  const h = await samples(t);
  const other = await folder(t);
  await writeFile(path.join(other, "recipe.md"), "Pancakes need flour and milk.\n");
  const page = await open(t, h.page);
  await page.getByRole("link", { name: "Library" }).click();
  await page.getByLabel("Add a folder").fill(other);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("button", { name: path.basename(other), exact: true }).waitFor();
  await page.getByRole("link", { name: "Ask", exact: true }).click();
  await page.getByRole("button", { name: "All files" }).click();
  await page.getByLabel("Look in").selectOption({ label: path.basename(other) });
  await ask(page, "What does a lost key cost?");
  await page.getByRole("heading", { name: "Your files don’t answer this" }).waitFor();
  await page.getByText("in " + path.basename(other), { exact: true }).waitFor();
  await page.getByRole("button", { name: "Ask in all folders" }).click();
  await page.locator(".turn").nth(1).getByText("A lost key costs 30 euros.").first().waitFor();
});

test("a file that changed since is told apart by words", async (t) => {
  const h = await samples(t);
  const page = await open(t, h.page);
  await ask(page, "Lost key costs? stale");
  await page.locator(".quote .fresh.changed").filter({ hasText: "File changed since" }).first().waitFor();
});

test("reasoning is folded, apart from the answer, and grows only where it is looked at", async (t) => {
  const h = await samples(t, "-delay", "250ms");
  const page = await open(t, h.page);
  await written(page);
  await ask(page, "Lost key cost, for what reason?");
  const notes = page.locator(".turn details.reasoning");
  await notes.locator("summary").filter({ hasText: "Reasoning" }).waitFor();
  assert.equal(await notes.getAttribute("open"), null, "it is closed");
  assert.equal(await page.locator(".notes").count(), 0, "and not in the page while it is");
  await page.locator(".phase").filter({ hasText: "Reasoning" }).waitFor();
  await notes.locator("summary").click();
  await page.locator(".notes").filter({ hasText: /key\./ }).waitFor();
  const early = (await page.locator(".notes").innerText()).length;
  await notes.locator("summary").filter({ hasText: /Reasoned for \d/ }).waitFor();
  await page.getByText("statements supported by your files").waitFor();
  const text = await page.locator(".notes").innerText();
  assert.equal(text, "The user asks about a key. Source [1] says <b>30 euros</b>. I name the 99 sources.");
  assert.ok(early < text.length, "it grew while it was open");
  assert.equal(await page.locator(".notes").locator("b, button, a").count(), 0, "text, nothing to follow");
  assert.ok(!(await page.locator(".written").innerText()).includes("99 sources"), "it is no part of the answer");
  assert.equal(await page.evaluate(() => document.querySelector(".notes").closest('[aria-live="polite"], [aria-live="assertive"], [role="status"], [role="log"]')), null, "it is not read out");
});

test("a prompt that the runner cut is a warning with what it means", async (t) => {
  const h = await samples(t);
  const page = await open(t, h.page);
  await written(page);
  await ask(page, "What does a lost key cost, cut?");
  await page.locator(".turn .notice").filter({ hasText: "the runner read 612 of 3,301 planned tokens" }).waitFor();
  await page.getByText("How this answer was made").click();
  await page.locator(".ledger dd").filter({ hasText: "planned 3,301, read 612 tokens" }).waitFor();
});

test("an answer that breaks off keeps what came and says what to do", async (t) => {
  const h = await samples(t);
  const page = await open(t, h.page);
  await written(page);
  await ask(page, "Lost key costs? break");
  await page.getByRole("alert").filter({ hasText: "the connection to the runner broke" }).filter({ hasText: "golocal doctor" }).waitFor();
  await page.locator(".sentence.yes").waitFor();
  await page.getByRole("button", { name: "Ask again" }).click();
  await page.getByText("2 / 2").waitFor(); // the first attempt stays beside it
  await page.getByRole("alert").filter({ hasText: "the connection to the runner broke" }).waitFor();
});

test("Send: Shift+Enter breaks the line, Up brings the last question back, composing does not send", async (t) => {
  const h = await samples(t);
  const page = await open(t, h.page);
  const box = page.getByLabel("Your question");
  await box.fill("What does");
  await box.press("Shift+Enter");
  await box.pressSequentially("a lost key cost?");
  assert.equal(await box.inputValue(), "What does\na lost key cost?");
  await box.evaluate((b) => b.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true, cancelable: true })));
  await page.locator(".turn").first().waitFor({ state: "detached" });
  await box.press("Enter");
  await page.getByText("Quoted from your files").waitFor();
  await box.press("ArrowUp");
  assert.equal(await box.inputValue(), "What does\na lost key cost?");
  await page.getByRole("button", { name: "New conversation" }).click();
  await page.getByRole("heading", { name: "What do your files say?" }).waitFor();
});

test("an answer goes on while another page is shown", async (t) => {
  const h = await samples(t, "-delay", "60ms");
  const page = await open(t, h.page);
  await written(page);
  await ask(page, "What does a lost key cost?");
  await page.getByRole("link", { name: "Models" }).click();
  await page.getByRole("heading", { name: "Models" }).waitFor();
  await page.waitForTimeout(1500);
  await page.getByRole("link", { name: "Ask", exact: true }).click();
  await page.getByText("1 of 2 statements supported").waitFor();
});

test("a search shows what narrows it, lets it be taken away, and tells why a file is missing", async (t) => {
  const h = await samples(t);
  const page = await open(t, h.page);
  await page.getByRole("link", { name: "Search" }).click();
  await page.getByLabel("Search your files").fill("boats type:pdf from last week");
  const limits = page.getByRole("list", { name: "What narrows the search" });
  await limits.getByText("only files of type pdf").waitFor();
  assert.match(await page.locator("#hits").innerText(), /report\.pdf/);
  assert.doesNotMatch(await page.locator("#hits").innerText(), /handbook\.md/);
  await limits.getByRole("button", { name: "Search without: only files of type pdf" }).click();
  await page.locator("#hits").getByText("handbook.md").first().waitFor();
  assert.ok(page.url().endsWith("#/search?q=boats+from+last+week"), page.url());
  await limits.getByRole("button", { name: /16–22 November/ }).click();
  await limits.waitFor({ state: "detached" });

  await page.locator("#search").fill("boats twice");
  await page.locator("#hits").getByText(/also in/).waitFor();
  await accessible(page, "a folded hit");
  await page.getByLabel("Search your files").press("ArrowDown");
  await page.getByRole("button", { name: "More like this" }).click();
  await page.getByText(/like a passage of/).waitFor();
  await page.getByRole("button", { name: "Search for something else" }).click();

  await page.locator("#search").fill("boats");
  await page.getByText("A file is missing here?").click();
  for (const [name, says] of [["broken.pdf", "It could not be read"], ["/nowhere/at-all.md", "There is no such file"], ["unheard-of", "No file of that name is known"]]) {
    await page.getByLabel("Name or path of the file").fill(name);
    await page.getByRole("button", { name: "Why?" }).click();
    await page.getByText(says).waitFor();
  }
});

test("Search page: results while typing, all by keyboard, kept in the address", async (t) => {
  const h = await samples(t);
  const page = await open(t, h.page);
  await page.getByRole("link", { name: "Search" }).click();
  await page.getByLabel("Search your files").pressSequentially("rowing boats", { delay: 20 });
  await page.getByText(/^\d+ passages? in/).waitFor();
  assert.ok(page.url().endsWith("#/search?q=rowing+boats"), page.url());
  assert.ok(await page.locator(".hits mark").count() > 1);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  assert.equal(await page.locator('[role="option"][aria-selected="true"]').getAttribute("id"), "hit-1");
  await page.keyboard.press("Enter");
  await page.locator(".source").waitFor();
  await page.reload();
  await page.getByText(/^\d+ passages? in/).waitFor();
  assert.equal(await page.getByLabel("Search your files").inputValue(), "rowing boats");
  await page.getByRole("link", { name: "Ask about these" }).click();
  assert.equal(await page.getByLabel("Your question").inputValue(), "rowing boats");
  await page.getByRole("link", { name: "Search" }).click();
  await page.getByLabel("Search your files").fill("zzzz");
  await page.getByRole("heading", { name: "Nothing found" }).waitFor();
});

test("the library tells what the index takes, what fits, and what to do before it is full", async (t) => {
  const h = await samples(t);
  const page = await open(t, h.page);
  await page.getByRole("link", { name: "Library" }).click();
  await page.getByText("1.2 MB on disk (text 235 KB, vectors 600 KB, words 123 KB) · 650 KB of memory · room for about 1.9 million passages more here, then memory runs short").waitFor();
  assert.equal(await page.locator(".notice").count(), 0);
  await h.control("advice=" + encodeURIComponent("800 MB of disk are free: free some before"));
  await page.getByText("800 MB of disk are free: free some before").waitFor();
  await accessible(page, "the library with advice");
});

test("Add folder, remove folder: its path is completed; wrong ones say what is wrong; it is removed again", async (t) => {
  const base = await folder(t);
  for (const d of ["Letters 2024/in", "Ledger"]) await mkdir(path.join(base, d), { recursive: true });
  await writeFile(path.join(base, "Letters 2024/in/a.md"), "The rent is 700 euros.\n");
  const h = await harness(t);
  const page = await open(t, h.page, { allow: ["404 /api/v1/roots", "409 /api/v1/roots", "console: Failed to load resource"] });
  await page.getByRole("button", { name: "Skip the set-up" }).click();
  await page.getByRole("heading", { name: "No folder yet" }).waitFor();
  await page.getByRole("link", { name: "Add a folder" }).click();
  const box = page.getByLabel("Add a folder");
  await box.fill(path.join(base, "let"));
  await page.getByRole("option", { name: /Letters 2024/ }).waitFor();
  await box.press("Tab");
  assert.equal(await box.inputValue(), path.join(base, "Letters 2024") + "/");
  await page.getByRole("option", { name: /^in/ }).waitFor();
  await box.press("Enter");
  await page.getByText("1 ready").waitFor();
  await page.getByText("a.md").waitFor();
  await box.fill(path.join(base, "Letters 2024"));
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("alert").filter({ hasText: "watched already" }).waitFor();
  await box.fill(path.join(base, "nowhere"));
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("alert").filter({ hasText: "nowhere" }).waitFor();
  await page.getByRole("button", { name: "Remove Letters 2024" }).click();
  await page.getByText("The files on disk stay as they are.").waitFor();
  await page.getByRole("button", { name: "Keep" }).click();
  await page.getByRole("button", { name: "Remove Letters 2024" }).click();
  await page.getByRole("button", { name: "Remove folder" }).click();
  await page.getByRole("heading", { name: "No folder yet" }).waitFor();
});

test("File errors: the library tells which file failed and why, and tries it again", async (t) => {
  const h = await samples(t);
  const page = await open(t, h.page);
  await page.getByRole("link", { name: "Library" }).click();
  await page.getByRole("button", { name: "1 failed" }).click();
  await page.getByText("encrypted in a way that is not known").waitFor();
  await page.waitForFunction(() => document.querySelectorAll("tbody tr").length === 1);
  assert.match(page.url(), /state=failed/);
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("button", { name: "Trying…" }).waitFor();
  assert.equal((await h.counts()).retried, 1);
  await page.getByRole("group", { name: "State" }).getByRole("button", { name: "All" }).click();
  await page.getByLabel("Part of the name").fill("tide");
  await page.locator("tbody tr").filter({ hasText: "tide.go" }).waitFor();
  await page.waitForFunction(() => document.querySelectorAll("tbody tr").length === 1);
  await page.getByRole("button", { name: "tide.go" }).click();
  await page.locator(".source .code").filter({ hasText: "package tide" }).waitFor();
});

test("Indexing progress: it shows in every page, with rate and time left", async (t) => {
  const h = await samples(t);
  await h.control("indexing=on");
  const page = await open(t, h.page);
  await page.getByText("reading 34 files").waitFor();
  await page.getByText("you can ask meanwhile").waitFor();
  await page.getByRole("link", { name: "Library" }).click();
  await page.getByText("7 of 41 files read · 2.4 a second · about 14 s left").waitFor();
  await h.control("indexing=off");
  await page.getByText("6 documents, up to date").waitFor();
});

test("Ollama down: every page says so with the next step, and quotes go on", async (t) => {
  const h = await samples(t);
  await h.control("runner=off");
  const page = await open(t, h.page);
  await page.getByText("No model runner answers.").waitFor();
  await page.locator(".banner").getByText("ollama serve").waitFor();
  await ask(page, "What does a lost key cost?");
  await page.getByText("A lost key costs 30 euros.").first().waitFor();
  await page.getByRole("link", { name: "Models" }).click();
  await page.getByRole("heading", { name: "No model runner answers" }).waitFor();
  await h.control("runner=on");
  await page.getByRole("heading", { name: "Ollama 0.17.4" }).waitFor();
  await page.getByText("48 % GPU: 1.5 of 3.1 GB, stays").waitFor();
  await page.getByText("Next: 1.6 GB do not fit into GPU memory: a smaller context or quantisation would fit").waitFor();
  await page.getByText("CPU only: no supported GPU found, unloads in 12 min").waitFor();
  await page.getByText("do not fit into memory together: swapped 3 times").waitFor();
});

test("Models page: a missing chat model is fetched; the download outlives the page, is paused and resumed", async (t) => {
  const h = await samples(t, "-delay", "150ms");
  await h.control("chat=off");
  const page = await open(t, h.page);
  await page.getByRole("link", { name: "Models" }).click();
  await page.getByText("None: answers are quotes from your files.").waitFor();
  await page.getByRole("button", { name: "Get a chat model" }).click();
  await page.getByText("qwen3:4b is on its way").waitFor();
  const row = page.locator(".download").filter({ hasText: "qwen3:4b" });
  await row.getByText(/0 MB of 100 MB · [\d.]+ MB\/s · about [\d.]+ s left/).waitFor();
  await page.getByRole("link", { name: "Ask", exact: true }).click();
  await page.reload();
  await page.getByRole("link", { name: "Models" }).click();
  await row.getByText(/[1-9]\d.0 MB of 100 MB/).waitFor();
  await page.getByRole("button", { name: "Pause qwen3:4b" }).click();
  await row.getByText(/paused · \d+.0 MB of 100 MB/).waitFor();
  const at = await row.locator("progress").getAttribute("value");
  await page.waitForTimeout(800);
  assert.equal(await row.locator("progress").getAttribute("value"), at, "a paused download goes on");
  await page.getByRole("button", { name: "Resume qwen3:4b" }).click();
  await row.getByText("installed").waitFor();
  await page.getByRole("button", { name: "Get a chat model" }).waitFor({ state: "detached" });
  await page.locator(".role").filter({ hasText: "Chat" }).locator(".model-name").filter({ hasText: "qwen3:4b" }).waitFor();
});

test("Models page: a model is fetched by its name, used, let go and removed, all by keyboard", async (t) => {
  const h = await samples(t);
  const page = await open(t, h.page, { allow: ["400 /api/v1/models/downloads", "console: Failed to load resource"] });
  await page.getByRole("link", { name: "Models" }).click();
  const box = page.getByLabel("Get a model by its name");
  await box.fill("two words");
  await box.press("Enter");
  await page.getByRole("alert").filter({ hasText: "no model's name" }).waitFor();
  await box.fill("broken:1b");
  await box.press("Enter");
  await page.getByRole("alert").filter({ hasText: "broke off" }).waitFor();
  await page.getByRole("button", { name: "Cancel broken:1b" }).press("Enter");
  await page.locator(".download").waitFor({ state: "detached" });
  await box.fill("llama3.2:1b");
  await box.press("Enter");
  const line = page.locator(".installed tbody tr").filter({ hasText: "llama3.2:1b" });
  await line.waitFor();
  await page.getByRole("status").filter({ hasText: "llama3.2:1b is installed" }).waitFor({ state: "attached" });
  await page.getByRole("button", { name: "Use llama3.2:1b" }).press("Enter");
  await line.getByText("in use").waitFor();
  await page.locator(".role").filter({ hasText: "Chat" }).locator(".model-name").filter({ hasText: "llama3.2:1b" }).waitFor();
  await page.getByRole("button", { name: "Unload llama3.2:1b" }).press("Enter");
  await line.getByText("in memory").waitFor({ state: "detached" });
  assert.equal(await page.getByRole("button", { name: "Remove llama3.2:1b" }).count(), 0, "the model in use is not removed by a click");
  const other = page.locator(".installed tbody tr").filter({ hasText: "qwen3:4b" });
  await page.getByRole("button", { name: "Remove qwen3:4b" }).press("Enter");
  await other.getByText("2.6 GB are free again").waitFor();
  await other.getByRole("button", { name: "Keep" }).press("Enter");
  await page.getByRole("button", { name: "Remove qwen3:4b" }).press("Enter");
  await other.getByRole("button", { name: "Remove model" }).press("Enter");
  await other.waitFor({ state: "detached" });
});

test("another embedding model says first what it costs; refused models are told with the reason", async (t) => {
  const h = await samples(t);
  const page = await open(t, h.page);
  await page.getByRole("link", { name: "Models" }).click();
  const role = page.locator(".role").filter({ hasText: "Embedding" });
  const nomic = "hf.co/nomic-ai/nomic-embed-text-v1.5-GGUF:Q8_0";
  await role.getByLabel("Use another").selectOption(nomic);
  await role.getByRole("button", { name: "Use", exact: true }).click();
  await role.getByText("1,284 passages will be embedded with").waitFor();
  await role.getByText("about 2 min").waitFor();
  await role.getByRole("button", { name: "Keep all-minilm:22m" }).click();
  assert.match(await role.locator(".model-name").innerText(), /all-minilm:22m/);
  await role.getByRole("button", { name: "Use", exact: true }).click();
  await role.getByRole("button", { name: `Use ${nomic}` }).click();
  await role.locator(".model-name").filter({ hasText: nomic }).waitFor();
  await page.getByText("it is a cloud model").waitFor();
  assert.equal(await page.getByRole("button", { name: "Use gpt-oss:120b-cloud" }).count(), 0);
});

test("the best quote of a long answer stays in view", async (t) => {
  const dir = await folder(t);
  await writeFile(path.join(dir, "long.md"), Array.from({ length: 12 }, (_, i) => `The harbour rules say in point ${i} that ${"every visiting boat keeps clear of the quay ".repeat(6)}.\n`).join("\n"));
  const h = await harness(t, dir);
  const page = await open(t, h.page);
  for (let i = 0; i < 2; i++) {
    await ask(page, "What do the harbour rules say?");
    const turn = page.locator(".turn").nth(i);
    await turn.getByText("Quoted from your files").waitFor();
    const box = await turn.locator(".quote").first().boundingBox();
    assert.ok(box && box.y >= 0 && box.y < 400, `the first quote is at ${box?.y}`);
  }
});

test("Daemon gone: it is told, nothing is lost, and it comes back by itself", async (t) => {
  const dir = await folder(t);
  const first = await harness(t, "-token", "kept", "-fixtures", dir);
  const page = await open(t, first.page, { allow: ["console: Failed to load resource: net::ERR"] });
  await ask(page, "What does a lost key cost?");
  await page.getByText("Quoted from your files").waitFor();
  await first.stop();
  await page.getByRole("alert").filter({ hasText: "golocal does not answer." }).waitFor();
  await page.getByText("A lost key costs 30 euros.").first().waitFor();
  await harness(t, "-token", "kept", "-addr", new URL(first.page).host, "-fixtures", dir);
  await page.getByRole("alert").waitFor({ state: "detached" });
  await ask(page, "What does a lost key cost?");
  await page.locator(".turn").nth(1).getByText("Quoted from your files").waitFor();
});

test("a tab without token sees nothing and takes a code, once", async (t) => {
  const h = await samples(t);
  const bare = new URL(h.page).origin + "/";
  const page = await open(t, bare, { allow: ["401 /api/v1/session", "console: Failed to load resource"] });
  await page.getByRole("heading", { name: "This tab has no key to your files" }).waitFor();
  await page.getByText("golocal open").waitFor();
  await page.getByLabel("Or paste").fill("wrong");
  await page.getByRole("button", { name: "Open" }).click();
  await page.getByRole("alert").filter({ hasText: "used or was never given" }).waitFor();
  await page.getByLabel("Or paste").fill(h.page);
  await page.getByRole("button", { name: "Open" }).click();
  await page.getByText("6 documents in 1 folder").waitFor();
  await page.reload();
  await page.getByText("6 documents in 1 folder").waitFor();
  const second = await open(t, h.page, { allow: ["401 /api/v1/session", "console: Failed to load resource"] });
  await second.getByRole("alert").filter({ hasText: "used or was never given" }).waitFor();
});

test("Token expired: it leads to the sign-in", async (t) => {
  const dir = await folder(t);
  const first = await harness(t, "-fixtures", dir);
  const page = await open(t, first.page, { allow: ["401 /api/v1/", "console: Failed to load resource"] });
  await page.getByText("6 documents in 1 folder").waitFor();
  await first.stop();
  await harness(t, "-addr", new URL(first.page).host, "-fixtures", dir);
  await page.getByRole("heading", { name: "This tab has no key to your files" }).waitFor();
});

test("Keyboard and palette: ask, open the citation, close it, and be where one was", async (t) => {
  const h = await samples(t);
  const page = await open(t, h.page);
  await page.getByText("6 documents in 1 folder").waitFor();
  await page.keyboard.type("What does a lost key cost?");
  await page.keyboard.press("Enter");
  await page.getByText("Quoted from your files").waitFor();
  await page.keyboard.press("Shift+Tab");
  for (let i = 0; i < 12 && !(await page.evaluate(() => document.activeElement.matches(".origin-link"))); i++) await page.keyboard.press("Shift+Tab");
  const opener = await page.evaluate(() => document.activeElement.getAttribute("aria-label"));
  assert.match(opener, /^Open .+, (line|page) \d+$/);
  await page.keyboard.press("Enter");
  await page.locator(".source h2:focus").waitFor();
  await page.keyboard.press("Escape");
  await page.waitForFunction((o) => document.activeElement?.getAttribute("aria-label") === o, opener);
  await page.keyboard.press("/");
  await page.waitForFunction(() => document.activeElement?.id === "question");
});

test("first load is small", async (t) => {
  const h = await samples(t);
  const page = await open(t, h.page);
  await page.getByText("6 documents in 1 folder").waitFor();
  const files = await page.evaluate(() => performance.getEntriesByType("resource").filter((e) => !e.name.includes("/api/")).map((e) => e.name));
  assert.ok(files.length + 1 <= 6, files.join(" "));
  const { gzipSync } = await import("node:zlib");
  let size = 0;
  for (const f of [page.url().split("#")[0], ...files]) size += gzipSync(Buffer.from(await (await fetch(f)).arrayBuffer())).length;
  assert.ok(size <= 120 * 1024, `${size} bytes`);
});

test("a folder is paused and resumed from the Library; its rules and odd names show", async (t) => {
  const h = await samples(t);
  await writeFile(path.join(h.dir, "two\nlines.md"), "A note with an odd name.\n");
  await writeFile(Buffer.concat([Buffer.from(path.join(h.dir, "caf")), Buffer.from([0xe9]), Buffer.from(".md")]), "Another one.\n");
  const page = await open(t, h.page);
  await page.getByRole("link", { name: "Library" }).click();
  await page.getByText("two\\nlines.md").waitFor();
  await page.getByText("caf\\xe9.md").waitFor();
  await page.getByRole("button", { name: /^Rules of / }).click();
  await page.getByLabel("Only these files").fill("*.md\n*.pdf\n");
  await page.getByLabel("Not these").fill("old/");
  await page.getByLabel("Types").fill("md, pdf");
  await page.getByLabel("Largest file, MiB").fill("many");
  await page.getByRole("button", { name: "Save rules" }).click();
  await page.getByText("a whole number of MiB").waitFor();
  await page.getByLabel("Largest file, MiB").fill("5");
  await page.getByRole("button", { name: "Save rules" }).click();
  await page.getByText("only *.md, *.pdf; not old/; types md, pdf; files up to 5 MiB").waitFor();
  await page.getByRole("button", { name: /^Rules of / }).click();
  assert.equal(await page.getByLabel("Only these files").inputValue(), "*.md\n*.pdf");
  await page.getByLabel("Only these files").fill("");
  await page.keyboard.press("Escape"); // leaves them as they were
  await page.getByText("only *.md, *.pdf").waitFor();
  const pause = page.getByRole("button", { name: /^Pause / });
  await pause.click();
  await page.getByText("Paused: nothing new is read").waitFor();
  await page.getByRole("button", { name: /^Resume / }).click();
  await page.getByText("Paused: nothing new is read").waitFor({ state: "detached" });
  await pause.waitFor();
});
