// The Library: over the built program where files count, over the harness where states do.
import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import test, { after } from "node:test";
import { accessible, closeBrowser, folder, harness, open } from "./browser.mjs";
import { manyDocuments } from "./many.mjs";
import { program } from "./program.mjs";

after(closeBrowser);

const samples = async (t, ...args) => {
  const dir = await folder(t);
  return { dir, ...(await harness(t, ...args, "-fixtures", dir)) };
};
const library = async (page) => { await page.getByRole("link", { name: "Library" }).click(); await page.getByRole("heading", { name: "Library" }).waitFor(); };

/** A folder with files that are read and files that are left out, each for its own reason. */
async function mixed(t) {
  const dir = await folder(t);
  const put = async (name, text) => { const p = path.join(dir, name); await mkdir(path.dirname(p), { recursive: true }); await writeFile(p, text); };
  for (let i = 0; i < 5; i++) await put(`notes/n${i}.md`, `# Note ${i}\n\nThe lantern number ${i} hangs in the hall of the north tower.\n`);
  await put("plan.txt", "The plan is to paint the tower in May.\n");
  await put("draft.txt", "A draft.\n");
  await put("notes/app.log", "started\n");
  await put(".gitignore", "*.log\n");
  await put("server.pem", "-----BEGIN PRIVATE KEY-----\n");
  await put("node_modules/x/readme.md", "left\n");
  return dir;
}

test("Add folder: it is counted before: types, what is left out and why, how much", { timeout: 300000 }, async (t) => {
  const dir = await mixed(t), page = await open(t, await program(t, [await folder(t)]));
  page.setDefaultTimeout(60000);
  await library(page);
  const box = page.getByLabel("Add a folder");
  await box.fill(dir);
  const counted = page.locator(".counted");
  await counted.getByText("7 files to read").waitFor();
  assert.match(await counted.locator(".type-counts").innerText(), /5\s+markdown[\s\S]*2\s+text/);
  await counted.getByText(/3 files and 1 folder left out/).click();
  const left = await counted.locator(".left-out").innerText();
  for (const say of [/1 what programs leave behind.*node_modules\//, /1 named by \.gitignore.*notes\/app\.log/, /1 names of keys and passwords.*server\.pem/, /1 ignore files themselves.*\.gitignore/]) assert.match(left, say);
  await accessible(page, "a counted folder");
  await box.fill(path.join(dir, "notes"));
  await counted.getByText("6 files to read").waitFor(); // the ignore file above does not reach into a folder of its own
  await box.fill(path.join(dir, "nowhere"));
  await counted.waitFor({ state: "detached" });
  await box.fill(dir);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByText("7 ready").waitFor();
  await box.fill(dir);
  await page.getByText("This folder is added already.").waitFor();
});

test("a count that is no longer wanted is ended", async (t) => {
  const h = await samples(t), dir = await mixed(t);
  const page = await open(t, h.page);
  const ended = [];
  page.on("requestfailed", (r) => { if (r.url().includes("/survey")) ended.push(decodeURIComponent(new URL(r.url()).searchParams.get("path"))); });
  let free;
  const held = new Promise((r) => { free = r; });
  await page.route("**/api/v1/survey?*", async (r) => { if (r.request().url().includes("first")) await held; await r.continue().catch(() => undefined); });
  await library(page);
  await page.getByLabel("Add a folder").fill("/first");
  await page.getByText("Counting…").waitFor();
  await page.getByLabel("Add a folder").fill(dir);
  await page.locator(".counted").getByText("10 files to read").waitFor();
  free();
  assert.deepEqual(ended, ["/first"]);
});

test("Add folder: rules show what they change before they are saved, and then hold", { timeout: 300000 }, async (t) => {
  const dir = await mixed(t), page = await open(t, await program(t, [dir]));
  page.setDefaultTimeout(60000);
  await library(page);
  await page.getByText("7 ready").waitFor();
  await page.getByRole("button", { name: /^Rules of / }).click();
  const shown = page.locator(".rules-preview");
  await shown.getByText("Nothing changes: 7 files as before.").waitFor();
  await page.getByLabel("Not these").fill("draft*\nnotes/n[01].md");
  await shown.getByText("7 → 4 files").waitFor();
  const fewer = await shown.locator(".fewer").innerText();
  for (const f of ["draft.txt", "notes/n0.md", "notes/n1.md"]) assert.ok(fewer.includes(f), fewer);
  await accessible(page, "rules with a preview");
  await page.getByLabel("Not these").fill("[");
  await shown.getByText("this pattern matches nothing").waitFor();
  await page.getByLabel("Not these").fill("draft*");
  await shown.getByText("7 → 6 files").waitFor();
  await page.getByRole("button", { name: "Save rules" }).click();
  await page.getByText("6 ready").waitFor();
  await page.getByRole("button", { name: /^Rules of / }).click();
  await shown.getByText("Nothing changes: 6 files as before.").waitFor();
  await page.getByLabel("Not these").fill("");
  await shown.getByText("6 → 7 files").waitFor();
  assert.match(await shown.locator(".more").innerText(), /1 more draft\.txt/);
  await page.keyboard.press("Escape");
  await page.getByText("not draft*").waitFor();
});

test("File errors: a file says why it is not here, by the row's button and by its path", { timeout: 300000 }, async (t) => {
  const dir = await mixed(t), page = await open(t, await program(t, [dir]));
  page.setDefaultTimeout(60000);
  await library(page);
  await page.getByText("7 ready").waitFor();
  await page.getByRole("button", { name: "Why server.pem?" }).click();
  const probe = page.locator(".why-file");
  await probe.getByText("It is listed, but not read").waitFor();
  await probe.getByText(/--allow server\.pem/).waitFor();
  await page.getByLabel("Path of the file or folder").fill(path.join(dir, "notes/app.log"));
  await probe.getByRole("button", { name: "Why?" }).click();
  await probe.getByText(".gitignore line 1: *.log").waitFor();
  await accessible(page, "a reason");
  await page.getByLabel("Path of the file or folder").fill("notes");
  await probe.getByRole("button", { name: "Why?" }).click();
  await probe.getByText("Give the whole path").waitFor();
});

test("File errors: a file whose name is no text is asked for by what it is, not by how it is shown", { timeout: 300000 }, async (t) => {
  const dir = await folder(t);
  await writeFile(path.join(dir, "fine.md"), "The lantern hangs in the hall.\n");
  await writeFile(Buffer.concat([Buffer.from(path.join(dir, "caf")), Buffer.from([0xe9]), Buffer.from(".pem")]), "-----BEGIN PRIVATE KEY-----\n");
  const page = await open(t, await program(t, [dir]));
  page.setDefaultTimeout(60000);
  await library(page);
  await page.getByRole("button", { name: "Why caf\\xe9.pem?" }).click();
  const probe = page.locator(".why-file");
  await probe.getByText("It is listed, but not read").waitFor();
  assert.equal(await page.getByLabel("Path of the file or folder").inputValue(), path.join(dir, "caf\\xe9.pem"));
});

test("File errors: all that failed is tried again at once", { timeout: 300000 }, async (t) => {
  const dir = await folder(t);
  for (const n of ["a", "b", "c"]) await writeFile(path.join(dir, n + ".pdf"), "%PDF-1.7 broken");
  await writeFile(path.join(dir, "ok.md"), "# Fine\n\nThis one is fine.\n");
  const page = await open(t, await program(t, [dir]));
  page.setDefaultTimeout(60000);
  await library(page);
  const all = page.getByRole("button", { name: /^Try again all that failed in / });
  await all.waitFor();
  await page.getByRole("button", { name: "3 failed" }).click();
  await page.getByText("3 documents fit").waitFor();
  await page.locator(".documents .reason").first().waitFor();
  await page.locator(".documents").getByRole("button", { name: "Try all 3 again" }).click();
  await page.locator(".documents").getByText("3 files are read again").waitFor();
  await page.getByRole("button", { name: "3 failed" }).waitFor(); // they are as broken as before
});

test("growth and speed are plotted, with words beside them", async (t) => {
  const h = await samples(t);
  const page = await open(t, h.page);
  await library(page);
  const growth = page.getByRole("region", { name: "Growth" });
  await growth.getByText("Growth", { exact: true }).click();
  for (const [name, text] of [["Files", /\d+ to 7/], ["Passages", /\d+ to 280/], ["Files a second", /on average, up to/]]) {
    const plot = growth.getByRole("figure").filter({ has: page.getByText(name, { exact: true }) });
    assert.match(await plot.locator("figcaption").innerText(), text);
    assert.ok(await plot.locator("svg path.line-of").count() === 1, name);
  }
  const plot = growth.getByRole("figure").first(), box = await plot.locator("svg").boundingBox();
  await page.mouse.move(box.x + box.width - 20, box.y + 40);
  assert.match(await plot.locator(".plot-tip").innerText(), /\d/);
  await page.mouse.move(1, 1);
  await plot.locator(".plot-tip").waitFor({ state: "detached" });
  await accessible(page, "the plots");
});

test("the program tells how its index grew", { timeout: 300000 }, async (t) => {
  const dir = await mixed(t), page = await open(t, await program(t, [dir]));
  page.setDefaultTimeout(60000);
  await library(page);
  await page.getByText("7 ready").waitFor();
  await page.waitForTimeout(2500); // between two points at least
  for (let i = 0; i < 3; i++) await writeFile(path.join(dir, `later${i}.md`), `The later file ${i} tells of a gate.\n`);
  await page.getByText("10 ready").waitFor();
  await page.getByRole("region", { name: "Growth" }).getByText("Growth", { exact: true }).click();
  await page.getByRole("region", { name: "Growth" }).getByText(/ to (8|11)$/).first().waitFor({ timeout: 60000 });
});

test("of 20,000 documents only those in view are on the page; scrolling and searching find the rest", async (t) => {
  const h = await samples(t);
  const page = await open(t, h.page);
  await manyDocuments(page);
  await library(page);
  const table = page.locator(".documents table");
  await table.getByText("file-00000.md").waitFor();
  assert.equal(await table.getAttribute("aria-rowcount"), "20001");
  assert.ok(await table.locator("tbody tr").count() < 80);
  await page.locator("main").evaluate((m) => { m.scrollTop = m.scrollHeight / 2; });
  await table.getByText(/file-(09|10)\d\d\d\.md/).first().waitFor();
  assert.ok(await table.locator("tbody tr").count() < 80);
  await page.locator("main").evaluate((m) => { m.scrollTop = m.scrollHeight; });
  await table.getByText("file-19999.md").waitFor();
  await page.locator("main").evaluate((m) => { m.scrollTop = m.scrollHeight; });
  assert.ok(await table.getByText("file-19999.md").isVisible());
  await page.getByLabel("Part of the name").fill("file-1234");
  await page.getByText("10 documents fit").waitFor();
  await table.getByText("file-12345.md").waitFor();
  await page.getByLabel("Part of the name").fill("");
  await page.getByRole("group", { name: "State" }).getByRole("button", { name: "Failed" }).click();
  await page.getByText("40 documents fit").waitFor();
  await accessible(page, "a long list");
});

test("the Library speaks German, and fits a phone", async (t) => {
  const h = await samples(t);
  const page = await open(t, h.page, { width: 390, height: 800 });
  await page.getByText("6 documents, up to date").waitFor();
  await page.evaluate(() => localStorage.setItem("golocal-settings", JSON.stringify({ language: "de" })));
  await page.reload();
  await page.evaluate(() => { location.hash = "#/library"; });
  await page.getByRole("heading", { name: "Bibliothek" }).waitFor();
  await page.getByText("Wachstum", { exact: true }).waitFor();
  await page.locator(".documents tbody tr").first().waitFor();
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth && document.querySelector("main").scrollWidth <= innerWidth), "nothing sticks out");
});
