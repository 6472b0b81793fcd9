// The search page: typing, filters in the address, the keyboard, the passage beside, saved filters, asking about what was found.
import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import test, { after } from "node:test";
import { accessible, closeBrowser, folder, harness, open } from "./browser.mjs";
import { program } from "./program.mjs";

after(closeBrowser);

const chosen = (page) => page.locator('[role="option"][aria-selected="true"]');

async function start(t, options) {
  const h = await harness(t, "-fixtures", await folder(t));
  const page = await open(t, h.page, options);
  await page.getByRole("link", { name: "Search" }).click();
  return page;
}

test("Search page: the keyboard goes through the results with the passage beside them, opens, closes and starts over", async (t) => {
  const page = await start(t), box = page.getByLabel("Search your files");
  await box.fill("boats key accounts members");
  await page.locator("#hits li").nth(3).waitFor();
  const last = await page.locator("#hits li").count() - 1;
  for (const [key, at] of [["ArrowDown", 0], ["ArrowDown", 1], ["ArrowUp", 0], ["End", last], ["Home", 0], ["PageDown", Math.min(5, last)], ["PageUp", 0]]) {
    await page.keyboard.press(key);
    await page.locator(`#hit-${at}[aria-selected="true"]`).waitFor();
    const name = await page.locator(`#hit-${at} strong`).innerText();
    await page.locator(".source h2").filter({ hasText: name }).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.id), "search", `${key} leaves the focus in the box`);
    assert.equal(await box.getAttribute("aria-activedescendant"), `hit-${at}`);
  }
  await accessible(page, "a search with the passage beside it");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.matches(".source h2"));
  await page.keyboard.press("]");
  await page.getByText(/^2 of \d+$/).waitFor();
  await page.keyboard.press("Escape");
  await page.locator(".source").waitFor({ state: "detached" });
  await page.waitForFunction(() => document.activeElement?.id === "search");
  await page.keyboard.press("Escape");
  await chosen(page).waitFor({ state: "detached" });
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => document.querySelector("#search")?.value === "" && location.hash === "#/search");
  await page.getByText("Results appear while you type.").waitFor();
});

test("a preview goes when something else is searched for; where there is no room beside, arrows only choose", async (t) => {
  const page = await start(t), box = page.getByLabel("Search your files");
  await box.fill("boats");
  await page.locator("#hits li").first().waitFor();
  await page.keyboard.press("ArrowDown");
  await page.locator(".source").waitFor();
  await page.keyboard.type(" key");
  await page.locator(".source").waitFor({ state: "detached" });
  await page.locator('#hits[data-for="boats key"]').waitFor();
  await page.setViewportSize({ width: 820, height: 800 });
  await page.keyboard.press("ArrowDown");
  await chosen(page).waitFor();
  assert.equal(await page.locator(".source").count(), 0);
  await page.keyboard.press("Enter");
  await page.locator(".source").waitFor();
});

test("an answer that comes late is dropped", async (t) => {
  const page = await start(t);
  let held;
  await page.route(/api\/v1\/search\?q=boats&/, async (r) => { await new Promise((go) => { held = go; }); await r.continue().catch(() => undefined); });
  await page.getByLabel("Search your files").fill("boats");
  for (let n = 0; !held; n++) { assert.ok(n < 200, "the first search was never sent"); await page.waitForTimeout(20); }
  await page.getByLabel("Search your files").fill("accounts");
  await page.locator('#hits[data-for="accounts"]').waitFor();
  held();
  await page.waitForTimeout(300);
  assert.equal(await page.locator("#hits").getAttribute("data-for"), "accounts");
});

test("Search page: filters narrow the search, stand in the address, come back with it, and are saved by a name", { timeout: 180000 }, async (t) => {
  const dir = await folder(t);
  for (const d of ["contracts/2024", "notes"]) await mkdir(path.join(dir, d), { recursive: true });
  await writeFile(path.join(dir, "contracts/2024/lease.md"), "---\ntags: [tax]\ndate: 2024-03-01\n---\n\n# Lease\n\nThe lease of the boat house ends in June.\n");
  await writeFile(path.join(dir, "notes/boats.txt"), "The lease of the other boat house was never written down.\n");
  await writeFile(path.join(dir, "lease.csv"), "House,Lease\nBoat house,700\nShed,90\n");
  const page = await open(t, await program(t, [dir]), { allow: ["400 /api/v1/scopes", "console: Failed to load resource"] });
  page.setDefaultTimeout(60000);
  await page.getByText("3 documents, up to date").waitFor();
  await page.getByRole("link", { name: "Search" }).click();
  await page.getByLabel("Search your files").fill("lease");
  const files = async (...want) => {
    await page.waitForFunction((w) => JSON.stringify([...new Set([...document.querySelectorAll("#hits strong")].map((e) => e.textContent))].sort()) === w, JSON.stringify(want.sort()));
  };
  await files("lease.md", "boats.txt", "lease.csv");
  await page.getByLabel("Type").selectOption({ label: "Tables and sheets" });
  await files("lease.csv");
  assert.match(page.url(), /#\/search\?q=lease&kind=sheets$/);
  await page.reload();
  await files("lease.csv");
  assert.equal(await page.getByLabel("Type").inputValue(), "sheets");
  await page.getByLabel("Type").selectOption("");
  await page.getByLabel("Tag").fill("tax");
  await files("lease.md");
  await page.getByLabel("Tag").fill("");
  await page.getByLabel("From").fill("2024-03-01");
  await page.getByLabel("To", { exact: true }).fill("2024-03-01");
  await files("lease.md");
  assert.match(page.url(), /from=2024-03-01&to=2024-03-01/);

  await page.getByRole("button", { name: "Save filters…" }).click();
  await page.getByLabel("Name for these filters").fill("no good name");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("alert").filter({ hasText: "is no name for a scope" }).waitFor();
  await page.getByLabel("Name for these filters").fill("march");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.waitForFunction(() => location.hash.includes("in=march"));
  await files("lease.md");
  await accessible(page, "saved filters");
  await page.getByRole("button", { name: "Clear filters" }).click();
  await files("lease.md", "boats.txt", "lease.csv");
  await page.getByLabel("Saved").selectOption("march");
  await files("lease.md");
  await page.getByRole("button", { name: "Forget march" }).click();
  await files("lease.md", "boats.txt", "lease.csv");

  await page.locator("#hits li").filter({ hasText: "lease.md" }).first().click();
  await page.getByRole("button", { name: "in 2024" }).click();
  await files("lease.md");
  assert.match(page.url(), /folder=contracts%2F2024/);
  await page.getByRole("button", { name: "Search without: contracts/2024" }).click();
  await page.getByRole("button", { name: "Close source" }).click(); // beside it the filters are folded
  await page.getByLabel("Type").selectOption({ label: "Slides" });
  await page.getByText("Nothing within these filters.").waitFor();
  await page.getByRole("button", { name: "Search without filters" }).click();
  await files("lease.md", "boats.txt", "lease.csv");
});

test("Search page: what was found is asked about alone, and that is said and can be taken back", async (t) => {
  const page = await start(t);
  await page.getByLabel("Search your files").fill("lost key");
  await page.locator("#hits li").first().waitFor();
  const [request] = await Promise.all([page.waitForRequest("**/api/v1/ask"), (async () => {
    await page.getByRole("link", { name: "Ask about these" }).click();
    assert.equal(await page.getByLabel("Your question").inputValue(), "lost key");
    await page.locator(".composer .limit").first().waitFor();
    await page.getByLabel("Your question").press("Enter");
  })()]);
  assert.ok(request.postDataJSON().scope.docs.length > 0);
  await page.locator(".turn .asked-in").filter({ hasText: /^in / }).waitFor();
  while (await page.locator(".composer .limit").count()) await page.locator(".composer .limit button").first().click();
  await page.getByRole("button", { name: "All files" }).waitFor();
});

test("without a folder the search page says what to do", async (t) => {
  const page = await open(t, (await harness(t)).page);
  await page.getByRole("link", { name: "Search" }).click();
  await page.getByRole("heading", { name: "No folder yet" }).waitFor();
  await accessible(page, "a search without folders");
});

for (const [scheme, width] of [["light", 1280], ["dark", 820], ["dark", 390]]) {
  test(`the search page in German fits and is accessible, ${scheme}, ${width}`, async (t) => {
    const page = await open(t, (await harness(t, "-fixtures", await folder(t))).page, { scheme, width });
    await page.getByText("6 documents, up to date").waitFor(); // the code has become a token, which a reload keeps
    await page.evaluate(() => localStorage.setItem("golocal-settings", JSON.stringify({ language: "de" })));
    await page.reload();
    await page.evaluate(() => { location.hash = "#/search?q=M%C3%BCtze+Bord&kind=notes&from=2020-01-01"; });
    await page.getByLabel("In den Dateien suchen").waitFor();
    await page.locator("#hits li").first().waitFor();
    if (width < 600) await page.getByRole("button", { name: "Filter (2)" }).click();
    await page.getByRole("button", { name: "Filter speichern …" }).click();
    await page.getByLabel("Name für diese Filter").waitFor();
    const english = /\b(passages?|Search|Filters|Clear|Saved|All types|From|by words)\b/;
    assert.doesNotMatch(await page.locator(".search-page").innerText(), english);
    const wide = () => page.evaluate(() => [document.documentElement.scrollWidth - innerWidth, (() => { const m = document.querySelector("main"); return m.scrollWidth - m.clientWidth; })()].map((n) => Math.max(0, n)));
    assert.deepEqual(await wide(), [0, 0]);
    await accessible(page, "German search page");
    await page.locator("#hits li").first().click();
    await page.locator(".source").waitFor();
    await page.getByRole("button", { name: "Pfad kopieren" }).waitFor();
    assert.deepEqual(await wide(), [0, 0]);
    await accessible(page, "German source pane");
  });
}
