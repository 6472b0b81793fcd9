// Which files are read now and how far they are: over the built program, and over the harness how it looks.
import assert from "node:assert/strict";
import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import test, { after } from "node:test";
import { accessible, closeBrowser, folder, harness, open } from "./browser.mjs";
import { program } from "./program.mjs";

after(closeBrowser);

const library = async (page) => { await page.getByRole("link", { name: "Library" }).click(); await page.getByRole("heading", { name: "Library" }).waitFor(); };

/** A text of many passages, about so many. */
const long = (of, parts) => Array.from({ length: parts }, (_, i) => `# Part ${i} of ${of}\n\n${`Part ${i} of ${of} tells of the harbour and of its boats. `.repeat(16)}\n`).join("\n");

test("Indexing progress: the files that are read now, their stage and how far they are; it survives a reload, and a pause ends it", { timeout: 300000 }, async (t) => {
  const dir = await folder(t);
  await writeFile(path.join(dir, "a.md"), long("a", 120));
  await writeFile(path.join(dir, "b.md"), long("b", 120));
  await writeFile(path.join(dir, "broken.docx"), "PK\u0003\u0004 nothing");
  const page = await open(t, await program(t, [dir], { behaviour: { embed_delay_ms: 400 } }));
  page.setDefaultTimeout(60000);
  await library(page);
  const now = page.getByRole("region", { name: "Being read now" }), row = (name) => now.getByRole("listitem").filter({ hasText: name });
  const done = async (name) => Number(/vectors: ([\d,]+) of ([\d,]+)/.exec(await row(name).innerText())?.[1]?.replace(",", "") ?? -1);
  const further = async (name, than) => {
    for (const end = Date.now() + 60000; ;) {
      const n = await row(name).count() ? await done(name) : -1;
      if (n > than) return n;
      assert.ok(Date.now() < end, `${name} does not get further than ${n}`);
      await page.waitForTimeout(100);
    }
  };
  await row("a.md").waitFor();
  await row("b.md").waitFor();
  await page.evaluate(() => { // what the list's height was, as long as it stands
    window.heights = [];
    new ResizeObserver(([e]) => window.heights.push(e.contentRect.height)).observe(document.querySelector(".readings ul"));
  });
  const first = await further("a.md", 0), second = await further("a.md", first);
  await page.getByRole("button", { name: "1 failed" }).waitFor();
  assert.equal(await row("broken.docx").count(), 0, "what failed is not read now");
  assert.match(await row("a.md").locator(".took").innerText(), /^\d+ (s|min)$/);
  const heights = await page.evaluate(() => window.heights);
  assert.ok(heights.length > 0 && heights.every((h, i) => i === 0 || h >= heights[i - 1]), `the list gets shorter: ${heights}`);
  await accessible(page, "files that are read");

  await page.reload();
  await row("a.md").waitFor();
  assert.ok(await further("a.md", 0) >= second, "it began anew");

  await page.getByRole("button", { name: /^Pause / }).click();
  await page.getByText(/^Paused: nothing new is read/).waitFor();
  await row("a.md").waitFor({ state: "detached" });
  await now.waitFor({ state: "detached" });
  await rm(path.join(dir, "b.md"));
  await page.getByRole("button", { name: /^Resume / }).click();
  await further("a.md", 0);
  assert.equal(await row("b.md").count(), 0, "a file that is gone is not read");
  await rm(path.join(dir, "a.md")); // in the midst of it
  await writeFile(path.join(dir, "c.md"), "# The last\n\nThis one stays.\n");
  await page.getByRole("button", { name: "1 ready" }).waitFor({ timeout: 120000 });
  await page.locator(".documents").getByText("c.md").waitFor();
  await now.waitFor({ state: "detached" });
  assert.equal(await page.locator(".documents").getByText("a.md").count(), 0);
});

for (const [width, scheme] of [[390, "dark"], [820, "light"], [1280, "dark"]]) {
  test(`Indexing progress: the list says what waits, shortens paths in their middle and fits ${width} px, in German`, async (t) => {
    const h = await harness(t, "-fixtures", await folder(t));
    const page = await open(t, h.page, { width, height: 900, scheme, locale: "de-DE" });
    await h.control("indexing=on");
    await page.evaluate(() => { location.hash = "#/library"; });
    const now = page.getByRole("region", { name: "Wird gerade gelesen" });
    await now.waitFor();
    const lines = now.getByRole("listitem");
    assert.equal(await lines.count(), 7);
    assert.match(await lines.first().innerText(), /archive\/2019\/Donau[\s\S]*Anlagen\.pdf[\s\S]*Vektoren: 1\.184 von 4\.210[\s\S]*5 min/);
    for (const [i, stage] of ["Vektoren: 8 von 40", "wird gespeichert", "wird zerlegt", "wird gelesen", "wartet"].entries()) assert.ok((await lines.nth(i + 1).innerText()).includes(stage), stage);
    assert.equal(await lines.last().innerText(), "und 28 weitere warten");
    const cut = await now.locator(".path-cut").evaluateAll((all) => all.map((e) => ({ path: e.textContent, name: e.lastElementChild.scrollWidth <= e.lastElementChild.clientWidth, inside: e.scrollWidth <= e.clientWidth + 1 })));
    for (const c of cut) assert.ok(c.name && c.inside, `the end of ${c.path} is out of sight`);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth && document.querySelector("main").scrollWidth <= document.querySelector("main").clientWidth), "nothing sticks out");
    await accessible(page, "files that are read, in German");
    await h.control("indexing=off");
    await now.waitFor({ state: "detached" });
  });
}
