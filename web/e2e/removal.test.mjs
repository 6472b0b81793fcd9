// Removing with Undo: folders over the built program, what goes wrong over the harness.
import assert from "node:assert/strict";
import { access, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import test, { after } from "node:test";
import { accessible, closeBrowser, folder, harness, open } from "./browser.mjs";
import { keeper } from "./keeper.mjs";
import { program } from "./program.mjs";

after(closeBrowser);

/** Two folders with a file each, under names that a test can tell apart. */
async function folders(t) {
  const dir = await folder(t), out = [];
  for (const name of ["Letters", "Ledgers"]) {
    out.push(path.join(dir, name));
    await mkdir(out.at(-1));
    await writeFile(path.join(out.at(-1), `${name}.md`), `# ${name}\n\nThe ${name.toLowerCase()} lie in the north tower.\n`);
  }
  return out;
}

/** Asks the daemon itself, as the page does. */
function daemon(page) {
  const address = new URL(page.url()).origin, token = page.waitForFunction(() => sessionStorage.getItem("golocal-token")).then((v) => v.jsonValue());
  return async (route) => {
    const res = await fetch(address + route, { headers: { Authorization: `Bearer ${await token}` } });
    assert.equal(res.status, 200, route);
    return res.json();
  };
}
const names = async (asked) => (await asked("/api/v1/roots")).roots.map((r) => path.basename(r.path)).sort();
const until = async (what, fits) => { for (const end = Date.now() + 60000; !await fits(); await new Promise((r) => setTimeout(r, 100))) assert.ok(Date.now() < end, what); };

/** The Library of two folders that are read; removals are the requests for one that were sent. */
async function ready(t, options) {
  const dirs = await folders(t), page = await open(t, await program(t, dirs), options);
  page.setDefaultTimeout(60000);
  const removals = [];
  page.on("request", (r) => { if (r.method() === "DELETE") removals.push(new URL(r.url()).pathname); });
  await page.getByText(/2 documents, up to date|2 Dokumente, aktuell/).waitFor();
  await page.evaluate(() => { location.hash = "#/library"; });
  await page.locator(".root").nth(1).waitFor();
  return { dirs, page, removals, asked: daemon(page) };
}
const card = (page, name) => page.locator(".root").filter({ has: page.getByRole("button", { name, exact: true }) });
async function remove(page, name, [button, sure] = ["Remove", "Remove folder"]) {
  await page.getByRole("button", { name: `${button} ${name}`, exact: true }).click();
  await page.getByRole("button", { name: sure, exact: true }).click();
}
const toast = (page) => page.getByRole("status").filter({ hasText: "Removed “Letters”" });

test("Remove folder: it goes at once, Undo brings it back untouched, and only after a moment is it removed", { timeout: 300000 }, async (t) => {
  const { dirs, page, removals, asked } = await ready(t), before = await asked("/api/v1/documents");
  await remove(page, "Letters");
  await card(page, "Letters").waitFor({ state: "detached" });
  await toast(page).waitFor();
  await page.getByText("1 document, up to date").waitFor();
  await page.locator("tr.leaving").filter({ hasText: "Letters.md" }).waitFor();
  await accessible(page, "a folder that is being removed");
  await toast(page).getByRole("button", { name: "Undo" }).click();
  await card(page, "Letters").waitFor();
  await toast(page).waitFor({ state: "detached" });
  await page.locator("tr.leaving").waitFor({ state: "detached" });
  assert.deepEqual(await asked("/api/v1/documents"), before, "nothing was read again");

  await page.evaluate(() => document.activeElement?.blur());
  await remove(page, "Letters");
  await toast(page).waitFor();
  await page.keyboard.press("Control+z"); // wherever the focus is
  await card(page, "Letters").waitFor();
  await remove(page, "Letters");
  await toast(page).waitFor();
  await page.getByLabel("Add a folder").fill("/x");
  await page.keyboard.press("Control+z"); // takes back what was typed
  await toast(page).waitFor();
  await page.getByLabel("Add a folder").fill("");
  assert.deepEqual(removals, []);
  assert.deepEqual(await names(asked), ["Ledgers", "Letters"]);

  await toast(page).waitFor({ state: "detached" }); // its time is over
  await until("it is not removed", async () => (await names(asked)).join() === "Ledgers");
  assert.equal(removals.length, 1);
  await page.locator(".documents").getByText("Letters.md").waitFor({ state: "detached" });
  assert.equal(await card(page, "Letters").count(), 0);
  await access(path.join(dirs[0], "Letters.md")); // the files stay
});

test("Remove folder: the keyboard does it all, and time stands still while Undo has the focus", { timeout: 300000 }, async (t) => {
  const { page, removals } = await ready(t);
  await page.clock.install();
  await page.getByRole("button", { name: "Remove Letters", exact: true }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Remove folder" }).focus();
  await page.keyboard.press("Enter");
  await toast(page).waitFor();
  await page.waitForFunction(() => document.activeElement !== document.body); // the focus is not lost with the folder
  const undo = toast(page).getByRole("button", { name: "Undo" });
  await undo.focus();
  await page.clock.runFor(60000);
  assert.ok(await undo.isVisible());
  assert.deepEqual(removals, []);
  await page.keyboard.press("Enter");
  await card(page, "Letters").waitFor();
  assert.deepEqual(removals, []);
});

for (const [how, leave] of [["is closed", (page) => page.close()], ["goes elsewhere", (page) => page.goto("about:blank")], ["is reloaded", (page) => page.reload()]]) {
  test(`Remove folder: it is removed when the page ${how} within the moment`, { timeout: 300000 }, async (t) => {
    const { page, asked } = await ready(t);
    await asked("/api/v1/roots"); // has the token
    await remove(page, "Letters");
    await toast(page).waitFor();
    await leave(page);
    await until("it is not removed", async () => (await names(asked)).join() === "Ledgers");
  });
}

test("Remove folder: what could not be removed is back and says why, in German", { timeout: 300000 }, async (t) => {
  const h = await harness(t, "-fixtures", await folder(t)), page = await open(t, h.page, { locale: "de-DE", allow: ["507"] });
  await page.route("**/api/v1/roots/*", (r) => r.request().method() === "DELETE" ? r.fulfill({ status: 507, json: { error: { code: "disk_full", message: "the disk is full" } } }) : r.continue());
  await page.evaluate(() => { location.hash = "#/library"; });
  const name = path.basename((await daemon(page)("/api/v1/roots")).roots[0].path);
  await page.getByRole("button", { name: `${name} entfernen`, exact: true }).click();
  await page.getByRole("button", { name: "Ordner entfernen", exact: true }).click();
  await page.getByRole("status").filter({ hasText: `Entfernt: „${name}“` }).waitFor();
  await page.getByRole("heading", { name: "Noch kein Ordner" }).waitFor();
  await accessible(page, "the last folder is being removed");
  const alert = card(page, name).getByRole("alert");
  await alert.waitFor();
  assert.match(await alert.innerText(), /Platte/);
  await page.getByRole("button", { name: `${name} entfernen`, exact: true }).click();
  await page.getByRole("button", { name: "Ordner entfernen", exact: true }).click();
  await page.getByRole("button", { name: "Rückgängig" }).click();
  await card(page, name).waitFor();
  assert.equal(await alert.count(), 0, "what was said before the second try");
});

test("Delete with Undo: a conversation that could not be deleted is back and says why; closing the page deletes it", async (t) => {
  const h = await keeper(t, "-fixtures", await folder(t)), then = "2026-11-01T10:00:00Z";
  for (const id of ["a", "b"]) h.kept.set(id, { id, title: `Talk ${id}`, pinned: false, created: then, changed: then, turns: [] });
  const page = await open(t, h.page, { allow: ["507"] });
  const full = (r) => r.request().method() === "DELETE" ? r.fulfill({ status: 507, json: { error: { code: "disk_full", message: "the disk is full" } } }) : r.continue();
  await page.route("**/api/v1/conversations", full);
  const row = (name) => page.locator(".history-row").filter({ hasText: name }), gone = async (name) => { await row(name).hover(); await page.getByRole("button", { name: `Delete ${name}` }).click(); await row(name).waitFor({ state: "detached" }); };
  await gone("Talk a");
  await row("Talk a").waitFor(); // the time is over, and it did not work
  await page.locator(".history").getByRole("alert").filter({ hasText: "The disk is full" }).waitFor();
  await page.unroute("**/api/v1/conversations", full);
  await gone("Talk a");
  assert.equal(await page.locator(".history").getByRole("alert").count(), 0);
  await page.close();
  await until("it is not deleted", () => !h.kept.has("a"));
  assert.ok(h.kept.has("b"));
});
