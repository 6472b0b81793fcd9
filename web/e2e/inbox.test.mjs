// Files dropped on the page or chosen, over the built program: they are copied to the inbox and indexed there.
import assert from "node:assert/strict";
import { access, mkdir, readFile, readdir, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import test, { after } from "node:test";
import { accessible, ask, closeBrowser, folder, open } from "./browser.mjs";
import { drag, drop } from "./drag.mjs";
import { program } from "./program.mjs";

after(closeBrowser);

async function at(t, { locale = "en-US", allow = [] } = {}) {
  const home = await folder(t), inbox = path.join(home, "golocal Inbox"), from = await folder(t);
  const start = await program(t, [], { env: { GOLOCAL_INBOX: inbox } });
  const page = await open(t, start, { locale, allow });
  page.setDefaultTimeout(60000);
  await page.getByRole("navigation").waitFor(); // signed in
  const put = async (name, text) => { const p = path.join(from, name); await mkdir(path.dirname(p), { recursive: true }); await writeFile(p, text); return p; };
  return { page, inbox, from, put, tray: page.locator(".arrivals") };
}

const library = async (page, name = "Library") => { await page.getByRole("link", { name }).click(); await page.getByRole("heading", { name, exact: true }).waitFor(); };

test("files and folders dropped anywhere are copied, watched and answered from; what cannot be read is refused with its reason", { timeout: 300000 }, async (t) => {
  const { page, inbox, put, from, tray } = await at(t);
  const when = new Date("2019-05-01T12:00:00Z");
  const note = await put("note.md", "# Note\n\nThe lantern hangs in the hall of the north tower.\n");
  await utimes(note, when, when);
  await put("tower/plan.txt", "The tower is painted in May.\n");
  await put("tower/deep/more.md", "The roof is of slate.\n");
  const song = await put("song.mp3", "ID3\x04\x00\x00\x00\x00\x00\x00\x00");
  const key = await put("server.pem", "-----BEGIN PRIVATE KEY-----\n");
  const held = await drag(page, [note, path.join(from, "tower"), song, key]);
  await page.getByText("Drop to add to “golocal Inbox”").waitFor();
  await accessible(page, "files over the page");
  await assert.rejects(access(inbox), "nothing is made before files come");
  await held.drop();
  await page.locator(".drop").waitFor({ state: "detached" });
  await tray.getByText("3 added, 2 not added").first().waitFor();
  await tray.getByText(`This folder was made for them and is watched from now on: ${inbox}`).waitFor();
  const refused = await tray.locator(".intake.refused").allInnerTexts();
  assert.match(refused.join("\n"), /song\.mp3[\s\S]*audio file/);
  assert.match(refused.join("\n"), /server\.pem[\s\S]*built-in list of secrets/);
  assert.equal(await tray.locator(".intake.added").count(), 3);
  await accessible(page, "what became of dropped files");
  assert.deepEqual((await readdir(inbox, { recursive: true })).sort(), ["note.md", "tower", "tower/deep", "tower/deep/more.md", "tower/plan.txt"]);
  await tray.getByRole("link", { name: "Show in the library" }).click();
  await page.getByText("3 ready").waitFor();
  await page.locator(".documents").getByText("note.md").waitFor();
  await page.locator(".documents").getByText(/1 May 2019/).waitFor(); // the date is the file's, not the copy's
  await page.getByRole("link", { name: "Ask" }).click();
  await ask(page, "Where does the lantern hang?");
  await page.locator(".turn").getByText(/north tower/).first().waitFor({ state: "attached" });
});

test("the same again is already there, another of the name gets a number; closing the list forgets it", { timeout: 300000 }, async (t) => {
  const { page, inbox, put, tray } = await at(t);
  const note = await put("note.md", "One.\n");
  const again = () => drop(page, [note]);
  await again();
  await tray.getByText("1 added", { exact: true }).first().waitFor();
  await again();
  await tray.getByText("1 already there").first().waitFor();
  await tray.getByText(/This folder was made/).waitFor({ state: "detached" }); // it is said once
  await put("note.md", "Two.\n");
  await again();
  await tray.getByText("as note (2).md").waitFor();
  assert.equal(await readFile(path.join(inbox, "note.md"), "utf8"), "One.\n");
  assert.equal(await readFile(path.join(inbox, "note (2).md"), "utf8"), "Two.\n");
  await tray.getByRole("button", { name: "Close" }).click();
  await tray.waitFor({ state: "detached" });
});

test("the button adds files by the keyboard alone", { timeout: 300000 }, async (t) => {
  const { page, inbox, put, tray } = await at(t);
  await library(page);
  const button = page.getByRole("button", { name: "Add files…" });
  await page.getByText(`Or drop files and folders anywhere on the page: they are copied to ${inbox}.`).waitFor();
  let chosen;
  const chooser = new Promise((r) => { chosen = r; });
  page.on("filechooser", chosen);
  await page.waitForTimeout(300); // the browser is told in the background to ask the test for files
  await button.press("Enter");
  await (await chooser).setFiles([await put("a.md", "The gate is of iron.\n"), await put("b.md", "The bell is of bronze.\n")]);
  await tray.getByText("2 added").first().waitFor();
  await page.getByText("2 ready").waitFor();
  await accessible(page, "the library with an inbox");
  await button.focus();
  for (let i = 0; i < 80 && !await page.evaluate(() => document.activeElement?.textContent === "Show in the library"); i++) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => location.hash.startsWith("#/library?root="));
});

test("text and parts of the page that are dragged are none of the inbox's", { timeout: 300000 }, async (t) => {
  const { page } = await at(t);
  const cdp = await page.context().newCDPSession(page);
  const data = { items: [{ mimeType: "text/plain", data: "some words" }], files: [], dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver"]) await cdp.send("Input.dispatchDragEvent", { type, x: 500, y: 300, data });
  await page.waitForTimeout(300);
  assert.equal(await page.locator(".drop").count(), 0);
  await cdp.send("Input.dispatchDragEvent", { type: "dragCancel", x: 500, y: 300, data });
  const held = await drag(page, [path.resolve("package.json")]);
  await page.locator(".drop").waitFor();
  await page.keyboard.press("Escape");
  await page.locator(".drop").waitFor({ state: "detached" });
  await held.away();
});

test("a large file tells how far it is and can be cancelled; nothing of it stays", { timeout: 300000 }, async (t) => {
  const { page, inbox, put, tray } = await at(t, { allow: ["ERR_ABORTED"] });
  const large = await put("large.txt", "The line is long and says little.\n".repeat(300_000)); // 10 MB
  const small = await put("small.md", "The small one arrives.\n");
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Network.enable");
  await library(page); // what is loaded later is there
  await page.getByRole("button", { name: "Add files…" }).waitFor();
  await cdp.send("Network.emulateNetworkConditions", { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 1_000_000 });
  await drop(page, [large, small]);
  const row = tray.locator(".intake.sending").filter({ hasText: "large.txt" });
  await row.getByText(/MB of 10\.2 MB/).waitFor();
  await tray.getByText(/of 10\.2 MB/).first().waitFor();
  await accessible(page, "files on their way");
  await tray.getByRole("button", { name: "Cancel large.txt" }).click();
  await tray.getByText("1 added, 1 cancelled").first().waitFor();
  await cdp.send("Network.emulateNetworkConditions", { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
  let list;
  for (let i = 0; i < 200; i++) { // the daemon hears of it a moment later
    list = await readdir(inbox);
    if (list.length === 1) break;
    await page.waitForTimeout(100);
  }
  assert.deepEqual(list, ["small.md"]);
});

test("while the daemon does not answer what was dropped waits, and is added when it does", { timeout: 300000 }, async (t) => {
  const { page, inbox, put, tray } = await at(t, { allow: ["ERR_CONNECTION_REFUSED", "ERR_FAILED", "net::"] });
  await library(page);
  await page.getByRole("button", { name: "Add files…" }).waitFor();
  const note = await put("note.md", "The well is deep.\n");
  await page.route("**/api/v1/**", (r) => r.abort("connectionrefused"));
  await drop(page, [note]);
  await tray.getByText(/golocal does not answer\. What waits is added as soon as it does/).first().waitFor();
  await accessible(page, "files that wait for the daemon");
  await page.unroute("**/api/v1/**");
  await tray.getByText("1 added").first().waitFor();
  assert.equal(await readFile(path.join(inbox, "note.md"), "utf8"), "The well is deep.\n");
});

test("the inbox in German, and switched off", { timeout: 300000 }, async (t) => {
  const { page, put, tray } = await at(t, { locale: "de-DE" });
  await library(page, "Bibliothek");
  await page.getByRole("button", { name: "Dateien hinzufügen …" }).waitFor();
  const held = await drag(page, [await put("brief.md", "Das Boot liegt am Steg.\n"), await put("lied.mp3", "ID3\x04\x00\x00\x00\x00\x00\x00\x00"), await put("...", "x\n")]);
  await page.getByText("Loslassen, um sie in „golocal Inbox“ zu legen").waitFor();
  await held.drop();
  await tray.getByText("1 hinzugefügt, 2 nicht hinzugefügt").first().waitFor();
  await tray.locator(".intake.refused").getByText("die Datei oder ein Ordner, in dem sie liegt, hat keinen Namen").waitFor();
  await tray.getByText("Dieser Ordner wurde dafür angelegt").waitFor();
  await tray.locator(".intake.refused").getByText(/Tondatei/).waitFor();
  await accessible(page, "der Eingang");
  const off = await open(t, await program(t, [], { env: { GOLOCAL_INBOX: "off" } }));
  await library(off);
  await drop(off, [await put("a.md", "x\n")]);
  await off.locator(".arrivals").getByText("golocal takes no files here.").first().waitFor();
  assert.equal(await off.getByRole("button", { name: "Add files…" }).count(), 0);
});
