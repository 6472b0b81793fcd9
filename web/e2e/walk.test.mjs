// The main tasks from one end to the other over the built program: once by
// keyboard alone, once as somebody does them who has never seen the program.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import test, { after } from "node:test";
import { closeBrowser, folder, open } from "./browser.mjs";
import { program } from "./program.mjs";

after(closeBrowser);

async function papers(t) {
  const dir = await folder(t), put = (name, text) => writeFile(path.join(dir, name), text);
  await put("handbook.md", "# Handbook of the boat house\n\n## Keys\n\nEvery member gets one key. A lost key costs 30 euros.\n\n## Boats\n\nRowing boats may be taken without asking.\n");
  await put("fees.md", "# Fees\n\nA new key costs 12 euros, a lost key is paid for at the office.\n");
  await put("minutes.txt", "The board decided that a lost key is told to the office within a week.\n");
  await put("broken.pdf", "%PDF-1.7 broken");
  await put("server.pem", "-----BEGIN PRIVATE KEY-----\n");
  return dir;
}

/** Why the focus cannot be seen; "" when it can. */
const unseen = (page) => page.evaluate(() => {
  const e = document.activeElement;
  if (!e || e === document.body) return "the focus is on nothing";
  const say = `${e.tagName.toLowerCase()} ${e.getAttribute("aria-label") ?? e.textContent.trim().slice(0, 40)}`;
  const r = e.getBoundingClientRect();
  if (r.bottom <= 0 || r.top >= innerHeight || r.right <= 0 || r.left >= innerWidth) return `${say} is out of sight`;
  const accent = (() => { const x = document.createElement("i"); x.style.color = "var(--accent)"; document.body.append(x); const c = getComputedStyle(x).color; x.remove(); return c; })();
  const s = getComputedStyle(e), frame = e.closest(".composer, .filters label"), of = frame && getComputedStyle(frame);
  const ring = e.matches(":focus-visible") && s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 1;
  return ring || s.boxShadow.includes(accent) || of?.borderTopColor === accent ? "" : `${say} has the focus and does not show it`;
});

/** Waits until the focus rests somewhere and can be seen. */
async function seen(page, what) {
  let why = "";
  for (let n = 0; n < 100; n++) {
    why = await unseen(page);
    if (!why) return;
    await page.waitForTimeout(50);
  }
  assert.fail(`${what}: ${why}`);
}

/** Goes by Tab, or back, until the focus is on what fits; at each stop it must be seen. */
async function tab(page, what, fits, back = false) {
  const way = [];
  for (let n = 0; n < 150; n++) {
    if (await fits.evaluateAll((els) => els.includes(document.activeElement))) { await seen(page, what); return; }
    way.push(await page.evaluate(() => { const e = document.activeElement; return `${e.tagName} ${e.getAttribute("aria-label") ?? e.id ?? ""} ${e.textContent.slice(0, 20)}`; }));
    await page.keyboard.press(back ? "Shift+Tab" : "Tab");
    await seen(page, `on the way to ${what}, after ${way.slice(-4).join(", ")}`);
  }
  assert.fail(`${what} is not reached by Tab: ${way.slice(-6).join(", ")}`);
}

const press = async (page, ...keys) => { for (const k of keys) await page.keyboard.press(k); };
/** Goes to a page, or does a thing, by its name. */
async function byName(page, name) {
  await press(page, "Control+k");
  await page.locator("#deeds li").first().waitFor();
  await page.keyboard.type(name);
  await page.locator("#deeds li.chosen").filter({ hasText: name }).waitFor();
  await press(page, "Enter");
}

test("Keyboard only: add a folder, ask, go through the citations, search, learn why a file is missing, change a model, the settings, remove the folder", { timeout: 600000 }, async (t) => {
  const dir = await papers(t), page = await open(t, await program(t, [], { models: "all" }));
  page.setDefaultTimeout(60000);
  const role = (name) => page.getByRole(...name);
  // Add a folder, in the first run.
  await page.getByText("Step 1 of 3").waitFor();
  for (const step of ["Step 2 of 3", "Step 3 of 3"]) {
    await tab(page, "the next step", page.locator(".first-buttons button").filter({ hasText: /Next|Skip this step/ }));
    await press(page, "Enter");
    await page.getByText(step).waitFor();
    await seen(page, step);
  }
  await tab(page, "the folder's path", page.locator("#folder"));
  await page.keyboard.type(dir);
  await page.locator(".counted").getByText("4 files to read").waitFor();
  await press(page, "Escape", "Enter");
  await page.locator("#question").waitFor();
  await seen(page, "after the folder was added");
  await page.getByText("3 documents, up to date").waitFor();
  // Ask, and open the second citation.
  await tab(page, "Quotes", page.getByRole("button", { name: "Quotes", exact: true }));
  await press(page, "Space");
  await tab(page, "the box", page.locator("#question"), true);
  await page.keyboard.type("What does a lost key cost?");
  await press(page, "Enter");
  await page.locator(".turn-foot").waitFor();
  await seen(page, "after the answer");
  const second = page.locator(".quote .origin-link").nth(1);
  await second.waitFor();
  await tab(page, "the second citation", second, true);
  const opener = await second.getAttribute("aria-label");
  await press(page, "Enter");
  await page.locator(".source h2:focus").waitFor();
  await seen(page, "the source");
  const total = await page.locator(".source-nav .quiet").innerText();
  assert.match(total, /^2 of [2-9]$/);
  await press(page, "[");
  await page.getByText(total.replace("2 of", "1 of"), { exact: true }).waitFor();
  await press(page, "]");
  await page.getByText(total, { exact: true }).waitFor();
  await seen(page, "another citation");
  await press(page, "Escape");
  await page.locator(".source").waitFor({ state: "detached" });
  await seen(page, "after the source was closed");
  await page.waitForFunction((o) => document.activeElement?.getAttribute("aria-label") === o, opener);
  // Search, narrow, look, and take the filter away.
  await press(page, "g", "s");
  await page.locator("#search:focus").waitFor();
  await page.keyboard.type("lost key");
  await page.locator("#hits li").nth(2).waitFor();
  await tab(page, "the type", page.getByLabel("Type"));
  await page.keyboard.type("Mark");
  await page.waitForFunction(() => location.hash.includes("kind="));
  await page.locator("#hits li").first().waitFor();
  await tab(page, "the box", page.locator("#search"), true);
  await press(page, "ArrowDown");
  await page.locator(".source mark").first().waitFor();
  await seen(page, "a preview");
  await press(page, "Enter");
  await page.locator(".source h2:focus").waitFor();
  await press(page, "Escape");
  await page.locator("#search:focus").waitFor();
  await tab(page, "no filters", page.getByRole("button", { name: "Clear filters" }));
  await press(page, "Enter");
  await page.waitForFunction(() => !location.hash.includes("kind"));
  await seen(page, "after the filters were cleared");
  // A failed file and its reason, another try, and why a file is not read.
  await byName(page, "Library");
  await page.getByRole("heading", { name: "Library" }).waitFor();
  await seen(page, "the library");
  await tab(page, "what failed", page.getByRole("button", { name: "1 failed" }));
  await press(page, "Enter");
  await page.locator(".documents .reason").filter({ hasText: /PDF/ }).waitFor();
  await tab(page, "another try", page.locator(".documents td").getByRole("button", { name: "Try again" }));
  await press(page, "Enter");
  await page.getByRole("button", { name: "Trying…" }).or(page.locator(".documents .reason")).first().waitFor();
  await seen(page, "after another try");
  await tab(page, "what is skipped", page.getByRole("group", { name: "State" }).getByRole("button", { name: "Skipped" }), true);
  await press(page, "Enter");
  await page.getByRole("button", { name: "Why server.pem?" }).waitFor();
  await tab(page, "why", page.getByRole("button", { name: "Why server.pem?" }));
  await press(page, "Enter");
  await page.locator(".why-file").getByText("It is listed, but not read").waitFor();
  await seen(page, "the reason");
  // Another model.
  await byName(page, "Models");
  const embedding = page.locator(".role").filter({ hasText: "Turns passages" });
  const before = (await embedding.locator(".model-name strong").innerText()).trim();
  await seen(page, "the models");
  await embedding.getByLabel("Use another").waitFor(); // the list of models comes a moment after the page
  await tab(page, "another model", embedding.getByLabel("Use another"));
  await press(page, "ArrowDown");
  const other = await embedding.getByLabel("Use another").inputValue();
  if (other === before || !other) await press(page, "ArrowUp", "ArrowUp");
  const chosen = await embedding.getByLabel("Use another").inputValue();
  assert.ok(chosen && chosen !== before, `${chosen} and not ${before}`);
  await tab(page, "Use", embedding.getByRole("button", { name: "Use", exact: true }));
  await press(page, "Enter");
  const sure = page.getByRole("button", { name: `Use ${chosen}` }), done = embedding.locator(".model-name").filter({ hasText: chosen });
  await sure.or(done).first().waitFor();
  if (await sure.count()) {
    await seen(page, "the question whether to change");
    await tab(page, "yes", embedding.getByRole("button", { name: `Use ${chosen}` }), true);
    await press(page, "Enter");
  }
  await done.waitFor();
  await seen(page, "after the change");
  // The settings.
  await byName(page, "Settings");
  const dialog = page.getByRole("dialog");
  await dialog.waitFor();
  await tab(page, "dark", dialog.getByRole("button", { name: "Dark" }));
  await press(page, "Space");
  await page.waitForFunction(() => getComputedStyle(document.documentElement).colorScheme === "dark");
  await tab(page, "German", dialog.getByRole("button", { name: "Deutsch" }), true);
  await press(page, "Space");
  await page.getByRole("dialog", { name: "Einstellungen" }).waitFor();
  await seen(page, "the settings in German");
  await tab(page, "English", dialog.getByRole("button", { name: "English" }));
  await press(page, "Space");
  await page.getByRole("dialog", { name: "Settings" }).waitFor();
  await seen(page, "the settings in English");
  await press(page, "Escape");
  await dialog.waitFor({ state: "detached" });
  await seen(page, "after the settings");
  // Remove the folder again.
  await byName(page, "Library");
  const remove = page.getByRole("button", { name: `Remove ${path.basename(dir)}` });
  await remove.waitFor();
  await tab(page, "Remove", remove);
  await press(page, "Enter");
  await page.getByText("The files on disk stay as they are.").waitFor();
  await seen(page, "the question whether to remove");
  await press(page, "Escape");
  await page.waitForFunction((n) => document.activeElement?.getAttribute("aria-label") === n, `Remove ${path.basename(dir)}`);
  await press(page, "Enter");
  await tab(page, "yes", page.getByRole("button", { name: "Remove folder" }), true);
  await press(page, "Enter");
  await page.getByRole("heading", { name: "No folder yet" }).waitFor();
  await seen(page, "after the folder was removed");
});

for (const [locale, w] of [["en-US", { next: "Next", add: "Add", asks: /^What does “Handbook/, library: "Library", failed: "1 failed", skipped: "Skipped", why: "Why server.pem?", listed: "It is listed, but not read", models: "Models", another: "Use another", use: "Use", useOf: "Use ", remove: "Remove ", removeDo: "Remove folder", none: "No folder yet", current: "Verbatim, in the file now" }],
  ["de-DE", { next: "Weiter", add: "Hinzufügen", asks: /^Was steht in „Handbook/, library: "Bibliothek", failed: "1 fehlgeschlagen", skipped: "Übersprungen", why: /server\.pem/, listed: "Sie ist verzeichnet, aber nicht gelesen", models: "Modelle", another: "Ein anderes verwenden", use: "Verwenden", useOf: "", remove: /Entfernen|entfernen/, removeDo: "Ordner entfernen", none: "Noch kein Ordner", current: "Wörtlich, so in der Datei" }]]) {
  test(`A newcomer adds a folder, asks, verifies a citation, learns why a file is missing, changes the model and removes the folder again, ${locale}`, { timeout: 600000 }, async (t) => {
    const dir = await papers(t), page = await open(t, await program(t, [], { models: "all" }), { locale });
    page.setDefaultTimeout(60000);
    await page.locator(".first").waitFor();
    for (const n of [2, 3]) {
      await page.locator(".first-buttons button").filter({ hasText: new RegExp(`^(${w.next}|Skip this step|Schritt überspringen)$`) }).click();
      await page.locator(`.first-steps li:nth-child(${n})[aria-current="step"]`).waitFor();
    }
    await page.locator("#folder").fill(dir);
    await page.locator(".counted").waitFor();
    await page.getByRole("button", { name: w.add, exact: true }).click();
    await page.getByRole("button", { name: w.asks }).first().click();
    await page.locator(".turn-foot").waitFor();
    const cited = page.locator(".turn .origin-link, .turn .chip").filter({ visible: true }).first();
    await cited.click();
    await page.locator(".source .here, .source mark").first().waitFor();
    assert.ok(await page.locator(".source .here, .source mark").first().isVisible());
    await page.locator(".source-nav button").last().click();
    await page.getByText(w.current).first().waitFor({ state: "attached" });
    await page.getByRole("link", { name: w.library, exact: true }).click();
    await page.getByRole("button", { name: w.failed }).click();
    await page.locator(".documents .reason").first().waitFor();
    assert.ok(await page.locator(".documents .reason").first().evaluate((e) => { const r = e.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight; }), "the reason is in view");
    await page.locator(".documents .switch").getByRole("button", { name: w.skipped, exact: true }).click();
    await page.locator(".documents").getByRole("button", { name: w.why }).click();
    await page.locator(".why-file").getByText(w.listed).waitFor();
    await page.getByRole("link", { name: w.models, exact: true }).click();
    const role = page.locator(".role").first();
    const before = (await role.locator(".model-name strong").innerText()).trim();
    const other = await role.getByLabel(w.another).evaluate((s, now) => [...s.options].map((o) => o.value).find((v) => v && v !== now), before);
    await role.getByLabel(w.another).selectOption(other);
    await role.getByRole("button", { name: w.use, exact: true }).click();
    const sure = role.locator(".confirm .button"), done = role.locator(".model-name").filter({ hasText: other });
    await sure.or(done).first().waitFor();
    if (await sure.count()) await sure.click();
    await done.waitFor();
    await page.getByRole("link", { name: w.library, exact: true }).click();
    await page.locator(".root-actions button").last().click();
    await page.getByRole("button", { name: w.removeDo }).click();
    await page.getByRole("heading", { name: w.none }).waitFor();
  });
}
