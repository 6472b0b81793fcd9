// The states of golocal as a whole: each says what goes on all the same and
// gives the step that helps, and nothing that was there is lost.
import assert from "node:assert/strict";
import test, { after } from "node:test";
import { accessible, ask, closeBrowser, folder, harness, open } from "./browser.mjs";
import { keeper } from "./keeper.mjs";

after(closeBrowser);

const samples = async (t, ...args) => harness(t, ...args, "-fixtures", await folder(t));
const banner = (page, title) => page.locator(".banner").filter({ hasText: title });

test("an index in trouble says so on every page with what helps, and what is whole is still asked and searched", async (t) => {
  const h = await samples(t);
  const page = await open(t, h.page);
  await page.getByRole("heading", { name: "What do your files say?" }).waitFor(); // the code has become a token, which a reload keeps
  for (const [code, title, role, commands] of [
    ["index_damaged", "The index is damaged.", "alert", ["golocal check", "golocal repair"]],
    ["disk_full", "The disk is full.", "status", []],
    ["read_only", "The index cannot be written.", "status", ["golocal doctor"]],
    ["index_locked", "Another program holds the index.", "status", []],
    ["of_tomorrow", "The index takes no changes.", "status", []],
  ]) {
    await h.control("trouble=" + code);
    await page.reload();
    const said = banner(page, title);
    await said.waitFor();
    assert.equal(await said.getAttribute("role"), role);
    assert.deepEqual(await said.locator(".command code").allInnerTexts(), commands);
    if (commands.length) {
      await said.getByRole("button", { name: "Copy command" }).first().click();
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), commands[0]);
    }
    await accessible(page, title);
  }
  await h.control("trouble=index_damaged");
  await banner(page, "The index is damaged.").waitFor();
  await ask(page, "What does a lost key cost?");
  await page.getByText("A lost key costs 30 euros.").first().waitFor();
  for (const name of ["Search", "Library", "Models"]) {
    await page.getByRole("link", { name, exact: true }).click();
    await page.getByRole("heading", { level: 1, name }).waitFor();
    assert.ok(await banner(page, "The index is damaged.").isVisible());
  }
  await h.control("trouble=");
  await page.locator(".banner").waitFor({ state: "detached" });
});

test("a damaged index that does not even tell its folders is not taken for an empty one", async (t) => {
  const h = await harness(t);
  await h.control("trouble=index_damaged");
  const page = await open(t, h.page);
  await banner(page, "The index is damaged.").waitFor();
  await page.getByLabel("Your question").waitFor();
  assert.equal(await page.getByText("No folder yet").count(), 0);
  await page.locator(".state-line").getByText("index damaged").waitFor();
  assert.equal(await page.getByRole("button", { name: "Skip the set-up" }).count(), 0);
});

test("offline says what is not fetched and how a model comes in as a file", async (t) => {
  const h = await samples(t);
  await h.control("offline=on");
  const page = await open(t, h.page);
  await page.getByText("Offline: nothing is fetched").waitFor();
  await page.getByRole("link", { name: "Models" }).click();
  const said = banner(page, "golocal runs offline.");
  await said.getByText("golocal models import FILE").waitFor();
  await accessible(page, "the models offline");
  await page.getByRole("link", { name: "Ask", exact: true }).click();
  await said.waitFor({ state: "detached" });
});

test("a page that is still being loaded has its heading, in German, and the daemon's trouble beside it", async (t) => {
  const h = await samples(t), page = await open(t, h.page, { locale: "de-DE" });
  let release;
  const held = new Promise((r) => { release = r; });
  await page.route("**/manage-*.js", async (r) => { await held; await r.continue(); });
  await h.control("offline=on");
  for (const name of ["Suchen", "Bibliothek", "Auswertung", "Modelle"]) {
    await page.getByRole("link", { name, exact: true }).click();
    await page.locator('[aria-busy="true"]').getByRole("heading", { level: 1, name }).waitFor();
  }
  await banner(page, "golocal läuft offline.").waitFor();
  release();
  await page.locator('[aria-busy="true"]').waitFor({ state: "detached" });
  await accessible(page, "a page that came late");
});

test("Model missing: asking and searching say what goes on without it and lead to where one is got", async (t) => {
  const h = await samples(t);
  await h.control("embedding=off&chat=off");
  const page = await open(t, h.page);
  await banner(page, "No model for search by meaning.").getByRole("link", { name: "Get one" }).waitFor();
  const note = page.getByText("No model writes here yet: the answer will be quotes.");
  assert.equal(await note.count(), 0, "only where a written answer is wanted");
  await page.getByRole("button", { name: "Written" }).click();
  await note.waitFor();
  await accessible(page, "without models");
  await page.locator(".composer-note").getByRole("link", { name: "Get one" }).click();
  await page.getByRole("heading", { level: 1, name: "Models" }).waitFor();
  assert.equal(await page.locator(".banner").count(), 0, "the page of models says it itself");
});

test("an answer whose line breaks is taken up where it stood", async (t) => {
  const h = await keeper(t, "-delay", "150ms", "-fixtures", await folder(t));
  const page = await open(t, h.page, { allow: ["console: Failed to load resource: net::ERR"] });
  await page.getByRole("button", { name: "Written" }).click();
  await ask(page, "What does a lost key cost?");
  await page.locator(".tail").filter({ hasText: /Every/ }).waitFor();
  h.drop();
  await page.getByText("1 of 2 statements supported").waitFor();
  assert.equal(await page.getByRole("alert").count(), 0);
  assert.equal((await page.locator(".written").innerText()).split("A lost key costs 30 euros.").length, 2, "nothing came twice");
});

test("an answer whose daemon was killed keeps what had come, and can be asked for again", async (t) => {
  const keep = await folder(t), files = await folder(t);
  const args = ["-token", "kept", "-keep", keep, "-fixtures", files];
  const first = await harness(t, "-delay", "200ms", ...args);
  const page = await open(t, first.page, { allow: ["console: Failed to load resource", "404 /api/v1/runs/"] });
  await page.getByRole("button", { name: "Written" }).click();
  await ask(page, "What does a lost key cost?");
  await page.locator(".tail").filter({ hasText: /Every/ }).waitFor();
  const gone = new Promise((r) => first.child.on("exit", r));
  first.child.kill("SIGKILL");
  await gone;
  await page.getByRole("alert").filter({ hasText: "golocal does not answer." }).waitFor();
  await harness(t, "-addr", new URL(first.page).host, ...args);
  await page.getByRole("alert").waitFor({ state: "detached" });
  await page.getByText("Stopped. What had arrived stays.").waitFor();
  assert.match(await page.locator(".written").innerText(), /Every/);
  await page.getByRole("button", { name: "Ask again" }).click();
  await page.getByText("1 of 2 statements supported").waitFor();
});

test("in German the states are said in German, and fit a phone", async (t) => {
  const h = await samples(t);
  await h.control("trouble=index_damaged&runner=off");
  const page = await open(t, h.page, { locale: "de-DE", width: 390, height: 844, scheme: "dark" });
  await banner(page, "Der Index ist beschädigt.").getByText("golocal repair").waitFor();
  await banner(page, "Kein Modellserver antwortet.").waitFor();
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "wider than the window");
  assert.ok(await page.getByLabel("Ihre Frage").isVisible());
  await accessible(page, "two states in German, dark");
});
