// What is copied: answers with their sources, code, addresses of answers.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import test, { after } from "node:test";
import { accessible, ask, closeBrowser, folder, harness, open } from "./browser.mjs";
import { keeper } from "./keeper.mjs";
import { program } from "./program.mjs";

after(closeBrowser);

const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText());
const spoken = (page, text) => page.locator("[role=status]").filter({ hasText: new RegExp(`^${text}$`) }).waitFor({ state: "attached" });

test("an answer is copied as Markdown with a numbered list of its sources", async (t) => {
  const dir = await folder(t), h = await harness(t, "-fixtures", dir);
  const page = await open(t, h.page);
  await ask(page, "What does a lost key cost?");
  await page.getByRole("button", { name: "Copy", exact: true }).click();
  await page.getByRole("button", { name: "Copied" }).waitFor();
  await spoken(page, "Copied");
  const text = await clipboard(page);
  assert.match(text, /^> .*A lost key costs 30 euros\. \[1\]$/m);
  assert.ok(text.includes(`\nSources:\n\n- [1] \`${path.join(dir, "handbook.md")}\`, line 9\n`), text);
  await page.getByRole("button", { name: "Copy", exact: true }).waitFor(); // it does not stay said
  await page.getByRole("button", { name: "New conversation" }).click();
  await page.getByRole("button", { name: "Written" }).click();
  await ask(page, "What does a lost key cost?");
  await page.locator(".sentence.yes").first().waitFor();
  await page.getByRole("button", { name: "Copy", exact: true }).click();
  await spoken(page, "Copied");
  assert.match(await clipboard(page), /\[1\][\s\S]*\n\nSources:\n\n- \[1\] `/);
});

test("copying says when the browser does not allow it", async (t) => {
  const h = await harness(t, "-fixtures", await folder(t));
  const page = await open(t, h.page, { locale: "de-DE" });
  await page.evaluate(() => { navigator.clipboard.writeText = () => Promise.reject(new Error("not allowed")); });
  await page.getByLabel("Ihre Frage").fill("What does a lost key cost?");
  await page.getByLabel("Ihre Frage").press("Enter");
  await page.getByRole("button", { name: "Kopieren", exact: true }).click();
  await page.getByRole("button", { name: "Nicht kopiert: Der Browser hat es nicht erlaubt" }).waitFor();
});

const fence = "```";
const days = (n) => new Date(Date.now() - n * 86_400_000).toISOString();
const none = { question: "q", evidence: 1, enough: true, sources: [], dropped: [], seconds: { search: 0, quotes: 0, load: 0, prompt: 0, first_token: 0, generate: 0, total: 0 } };
const sentences = (list) => list.map(([lead, text], index) => ({ type: "sentence", index, lead, text, verdict: "not a claim", citations: [] }));
const turn = (id, parent, question, list) => ({ id, parent, asked: days(1), question, standalone: "", scope: {}, state: "done",
  answer: { type: "answer", kind: "generated", text: list.map(([l, s]) => l + s).join(""), sentences: sentences(list), quotes: [], sources: [], verdict: "supported", support: 1, folded: false, ledger: none } });
const long = Array.from({ length: 60 }, (_, i) => ["\n\n", `The paragraph ${i} says little.`]);

test("code in an answer is copied by its own button, without the marks around it", async (t) => {
  const h = await keeper(t, "-fixtures", await folder(t));
  h.kept.set("a", { id: "a", title: "Code", pinned: false, created: days(1), changed: days(1), turns: [turn("t1", "", "How is it run?", [["", "Run this:"], ["\n\n", fence + "sh"], ["\n", "for f in *; do"], ["\n  ", "echo $f"], ["\n", "done"], ["\n", fence], ["\n\n", "That is all."]])] });
  const page = await open(t, h.page);
  await page.locator(".history-row a").click();
  await page.locator(".code-block pre").waitFor();
  assert.equal(await page.locator(".code-block code").innerText(), "for f in *; do\n  echo $f\ndone");
  await accessible(page, "code in an answer");
  await page.getByRole("button", { name: "Copy code" }).click();
  await spoken(page, "Copied");
  assert.equal(await clipboard(page), "for f in *; do\n  echo $f\ndone");
});

test("code in a file that is shown is copied by its own button", async (t) => {
  const dir = await folder(t), h = await harness(t, "-fixtures", dir);
  await writeFile(path.join(dir, "setup.md"), "# Setup\n\nThe zeppelin is started so:\n\n```sh\nmake zeppelin\n  ./fly --now\n```\n\nThen it flies.\n");
  const page = await open(t, h.page);
  await page.getByRole("link", { name: "Library" }).click();
  await page.locator(".documents").getByRole("button", { name: "setup.md", exact: true }).click();
  const block = page.locator(".rendered .code-block");
  await block.getByRole("button", { name: "Copy code" }).click();
  await block.getByRole("button", { name: "Copied" }).waitFor();
  assert.equal(await clipboard(page), "make zeppelin\n  ./fly --now\n");
  await accessible(page, "code in a file");
});

for (const [locale, library, copies, copied, width] of [["en-US", "Library", "Copy code", "Copied", 1280], ["de-DE", "Bibliothek", "Code kopieren", "Kopiert", 390]]) {
  test(`Copy code: a plain code file of the source pane, and the code of a notebook shown there, ${locale}, ${width}`, async (t) => {
    const dir = await folder(t), code = "package main\n\nfunc zeppelin() int {\n\treturn 42 // as it is\n}\n";
    await writeFile(path.join(dir, "zeppelin.go"), code);
    await writeFile(path.join(dir, "work.ipynb"), JSON.stringify({ cells: [{ cell_type: "markdown", metadata: {}, source: ["# Work\n", "\n", "The zeppelin flies."] }, { cell_type: "code", metadata: {}, outputs: [], execution_count: null, source: ["x = 1\n", "print(x)"] }, { cell_type: "markdown", metadata: {}, source: ["That is all of it."] }], metadata: {}, nbformat: 4, nbformat_minor: 5 }));
    const page = await open(t, await program(t, [dir]), { locale, width, height: 844 });
    const show = async (name) => {
      await page.getByRole("link", { name: library, exact: true }).click();
      await page.locator(".documents").getByRole("button", { name, exact: true }).click();
      await page.locator(".source h2").filter({ hasText: name }).waitFor();
    };
    await show("zeppelin.go");
    const pane = page.locator(".source"), button = pane.locator("header").getByRole("button", { name: copies, exact: true });
    await button.click();
    await pane.getByRole("button", { name: copied, exact: true }).waitFor();
    await pane.getByRole("status").filter({ hasText: new RegExp(`^${copied}$`) }).waitFor({ state: "attached" });
    assert.equal(await clipboard(page), code);
    await accessible(page, "a code file");
    await button.focus(); // and again by the keyboard, when it says its name again
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
    await show("work.ipynb");
    await pane.locator(".code-end").getByRole("button", { name: copies, exact: true }).click();
    await pane.locator(".code-end").getByRole("button", { name: copied, exact: true }).waitFor();
    assert.equal(await clipboard(page), "x = 1\nprint(x)");
    assert.equal(await pane.locator("header").getByRole("button", { name: copies }).count(), 0, "the whole of it is no code");
    await accessible(page, "a notebook");
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing is wider than the window");
  });
}

test("the address of an answer opens its conversation there, brings it into view and gives it the focus", async (t) => {
  const h = await keeper(t, "-fixtures", await folder(t));
  h.kept.set("a", { id: "a", title: "Long", pinned: false, created: days(1), changed: days(1), turns: [turn("t1", "", "The first?", long), turn("t2", "t1", "The second?", long), turn("t3", "t2", "The third?", long), turn("t4", "t2", "Another third?", long)] });
  const page = await open(t, h.page);
  await page.locator(".history-row a").click();
  await page.getByRole("heading", { name: "Another third?" }).waitFor();
  const second = page.locator(".turn").nth(1);
  await second.getByRole("button", { name: "Copy link" }).click();
  await spoken(page, "Copied");
  const link = await clipboard(page);
  assert.equal(link, `${new URL(h.page).origin}/#/ask?c=a&t=t2`);
  const there = async (question) => {
    await page.waitForFunction((q) => document.activeElement?.matches(".turn") && document.activeElement.querySelector(".question")?.textContent === q, question);
    await page.waitForFunction(() => { const top = document.activeElement.getBoundingClientRect().top; return top > -5 && top < 300; });
  };
  await page.evaluate(() => { location.hash = "#/library"; });
  await page.getByRole("heading", { name: "Library" }).waitFor();
  await page.evaluate((l) => { location.href = l; }, link);
  await there("The second?");
  await page.evaluate((l) => { location.href = l; }, link.replace("t=t2", "t=t3")); // another way through the conversation that is shown
  await there("The third?");
  await page.evaluate((l) => { location.href = l; }, link.replace("t=t2", "t=t1"));
  await there("The first?");
  await page.evaluate((l) => { location.href = l; }, link);
  await there("The second?");
  await page.reload();
  await there("The second?");
});
