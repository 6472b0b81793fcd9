// Where a question is asked: chosen beside the box, shown as chips that go one by
// one, told with each turn, and kept with the conversation.
import assert from "node:assert/strict";
import { mkdir, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import test, { after } from "node:test";
import { accessible, ask, closeBrowser, folder, open } from "./browser.mjs";
import { program } from "./program.mjs";

after(closeBrowser);

/** The program over two folders, on a page that is ready. In the first a lost key costs 30 euros, in one below it 45, and 60 in a text of 2020; the second knows nothing of keys. */
async function library(t, shown = {}) {
  const files = path.join(await folder(t), "club"), other = path.join(await folder(t), "kitchen");
  await mkdir(path.join(files, "boats/keys"), { recursive: true });
  await mkdir(other);
  await writeFile(path.join(files, "handbook.md"), "# Keys\n\nA lost key costs 30 euros.\n");
  await writeFile(path.join(files, "boats/keys/rules.md"), "---\ntags: [boats, rules]\n---\n# Boats\n\nA lost key of a boat costs 45 euros.\n");
  await writeFile(path.join(files, "old.txt"), "A lost key of the old house cost 60 euros.\n");
  await utimes(path.join(files, "old.txt"), new Date("2020-02-03T12:00:00Z"), new Date("2020-02-03T12:00:00Z"));
  await writeFile(path.join(other, "recipe.md"), "Pancakes need flour and milk.\n");
  const page = await open(t, await program(t, [files, other]), shown);
  await page.getByText(/ 4 (documents, up to date|Dokumente, aktuell)/).waitFor();
  return page;
}
const trigger = (page) => page.locator(".scope-pick");
const chips = (page) => page.locator(".composer .limit bdi").allTextContents();
/** Waits until these are the chips. */
const shows = (page, list) => page.waitForFunction((l) => JSON.stringify([...document.querySelectorAll(".composer .limit bdi")].map((e) => e.textContent)) === l, JSON.stringify(list));
const quotes = (page, nth = 0) => page.locator(".turn").nth(nth).locator(".quote blockquote").allTextContents();
const called = (page, route, init = {}) => page.evaluate(async ([r, i]) => { const res = await fetch(r, { ...i, headers: { Authorization: "Bearer " + sessionStorage.getItem("golocal-token"), "Content-Type": "application/json" } }); return res.status === 204 ? null : res.json(); }, [route, init]);
/** Asks, and gives the scope that went out. */
async function asked(page, act) {
  const out = page.waitForRequest("**/api/v1/ask");
  await act();
  return (await out).postDataJSON().scope;
}
const said = (page, text) => page.getByRole("status").filter({ hasText: text }).waitFor({ state: "attached" });

test("Scope filter: folder, type and days narrow a question; each chip goes by mouse and by keyboard", async (t) => {
  const page = await library(t);
  await page.getByRole("button", { name: "Quotes", exact: true }).click();
  assert.equal(await trigger(page).textContent(), "All files");
  await trigger(page).focus();
  await page.keyboard.press("Enter");
  const panel = page.getByRole("group", { name: "Narrow where the question is asked" });
  await panel.waitFor();
  await page.waitForFunction(() => document.activeElement?.tagName === "SELECT");
  assert.ok(await panel.getByLabel("Folder in it").isDisabled(), "in no one folder");
  await panel.getByLabel("Look in").selectOption({ label: "club" });
  await panel.getByLabel("Type").selectOption({ label: "Plain text" });
  await panel.getByLabel("From").fill("2020-02-03");
  await panel.getByLabel("To").fill("2020-02-03");
  assert.deepEqual(await chips(page), ["club", "Plain text", "3 Feb 2020 to 3 Feb 2020"]);
  await accessible(page, "the choice of files");
  await page.keyboard.press("Escape");
  await panel.waitFor({ state: "detached" });
  await page.waitForFunction(() => document.activeElement?.className === "scope-pick");
  assert.equal(await trigger(page).textContent(), "3 filters");
  const club = (await called(page, "/api/v1/status")).roots.find((r) => r.path.endsWith("club")).id;
  assert.deepEqual(await asked(page, () => ask(page, "What does a lost key cost?")), { roots: [club], types: ["text"], after: "2020-02-03", before: "2020-02-04" });
  await page.locator(".turn .asked-in").getByText("in club · Plain text · 3 Feb 2020 to 3 Feb 2020", { exact: true }).waitFor();
  await page.locator(".turn-foot").waitFor();
  assert.match((await quotes(page)).join("\n"), /60 euros/);
  assert.doesNotMatch((await quotes(page)).join("\n"), /30 euros|45 euros/);

  await page.getByRole("button", { name: "Ask without: 3 Feb 2020 to 3 Feb 2020" }).click();
  await said(page, "No longer narrowed: 3 Feb 2020 to 3 Feb 2020");
  await page.waitForFunction((l) => document.activeElement?.getAttribute("aria-label") === l, "Ask without: Plain text"); // the focus stays among the chips
  await page.keyboard.press("Delete");
  await shows(page, ["club"]);
  assert.deepEqual(await asked(page, () => ask(page, "What does a lost key of a boat cost?")), { roots: [club] });
  await page.locator(".turn-foot").nth(1).waitFor();
  await page.getByRole("button", { name: "Ask without: club" }).focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.id === "question");
  assert.equal(await trigger(page).textContent(), "All files");
});

test("Scope filter: what a question was asked of comes back with the conversation, stays when it is edited or asked again, and goes when all is asked", async (t) => {
  const page = await library(t);
  await page.getByRole("button", { name: "Quotes", exact: true }).click();
  const box = page.getByLabel("Your question");
  await trigger(page).click();
  await page.getByRole("button", { name: "Name a file…" }).click();
  await page.getByRole("listbox", { name: "Files" }).waitFor();
  await box.pressSequentially("reci");
  await page.getByRole("option", { name: /recipe\.md/ }).waitFor();
  await page.waitForFunction(() => document.querySelectorAll("#picks li").length === 1);
  await page.keyboard.press("Enter");
  assert.deepEqual(await chips(page), ["recipe.md"]);
  const scope = await asked(page, () => ask(page, "What does a lost key cost?"));
  assert.equal(scope.docs.length, 1);
  await page.getByRole("heading", { name: "Your files don’t answer this" }).waitFor();
  await page.reload();
  await page.locator(".turn .asked-in").getByText("in recipe.md", { exact: true }).waitFor();
  assert.deepEqual(await chips(page), ["recipe.md"], "by its name, which only the daemon knew");
  assert.deepEqual(await asked(page, () => page.getByRole("button", { name: "Ask again", exact: true }).click()), scope);
  await page.getByText("2 / 2").waitFor();
  await page.locator(".turn-foot").waitFor();
  await page.getByRole("button", { name: "Ask without: recipe.md" }).click(); // the next question; not the one that was asked
  await page.getByRole("button", { name: "Edit the question" }).click();
  assert.deepEqual(await asked(page, () => page.locator(".question-edit textarea").press("Enter")), scope);
  await page.getByText("3 / 3").waitFor();
  await page.locator(".turn-foot").waitFor();
  await trigger(page).click();
  await page.getByLabel("Look in").selectOption({ label: "kitchen" });
  assert.deepEqual(await asked(page, () => page.getByRole("button", { name: "Ask in all folders" }).first().click()), {});
  await page.locator(".turn").nth(1).getByText("A lost key costs 30 euros.").first().waitFor();
  assert.deepEqual(await chips(page), [], "the next question is asked of all, too");
  assert.equal(await page.locator(".turn").nth(1).locator(".asked-in").count(), 0);
});

test("Scope filter: a folder below one is offered while it is typed; saved filters are the ones of the search; a new conversation keeps both", async (t) => {
  const page = await library(t);
  await page.getByRole("button", { name: "Quotes", exact: true }).click();
  await called(page, "/api/v1/scopes", { method: "POST", body: JSON.stringify({ name: "notes", text: "type:markdown" }) });
  await trigger(page).click();
  await page.getByLabel("Look in").selectOption({ label: "club" });
  const below = page.getByLabel("Folder in it");
  await below.pressSequentially("bo");
  await page.waitForFunction(() => [...document.querySelectorAll("#folders-below option")].some((o) => o.value === "boats"));
  await below.pressSequentially("ats/keys/");
  await below.press("Enter");
  await page.getByLabel("Saved").selectOption("notes");
  assert.deepEqual(await chips(page), ["club", "boats/keys", "notes"]);
  await page.getByRole("button", { name: "Done" }).click();
  const club = (await called(page, "/api/v1/status")).roots.find((r) => r.path.endsWith("club")).id;
  assert.deepEqual(await asked(page, () => ask(page, "What does a lost key cost?")), { roots: [club], folder: "boats/keys", in: "notes" });
  await page.locator(".turn .asked-in").getByText("in club, boats/keys, notes", { exact: true }).waitFor();
  await page.locator(".turn-foot").waitFor();
  assert.match((await quotes(page)).join("\n"), /45 euros/);
  assert.doesNotMatch((await quotes(page)).join("\n"), /30 euros/);
  await page.locator(".history-holder, .rail").getByRole("button", { name: "New conversation" }).first().click();
  await page.getByRole("heading", { name: "What do your files say?" }).waitFor();
  assert.deepEqual(await chips(page), ["club", "boats/keys", "notes"]);
  await page.getByRole("button", { name: "Ask without: club" }).click();
  assert.deepEqual(await chips(page), ["notes"], "the folder below goes with the one it lies in");
});

test("Scope filter: tags of the notes are offered while one is typed; each is a limit that goes by mouse and by keyboard, and is kept with the conversation", async (t) => {
  const page = await library(t);
  await page.getByRole("button", { name: "Quotes", exact: true }).click();
  await trigger(page).click();
  const panel = page.getByRole("group", { name: "Narrow where the question is asked" }), tag = panel.getByLabel("Tag");
  await tag.pressSequentially("bo");
  await page.waitForFunction(() => [...document.querySelectorAll("#tags-limits option")].map((o) => `${o.value} ${o.textContent}`).join() === "boats 1 file");
  await tag.pressSequentially("ats");
  await tag.press("Enter");
  await shows(page, ["Tag: boats"]);
  await page.waitForFunction(() => document.querySelector("[list=tags-limits]").value === ""); // ready for another
  await tag.pressSequentially("#Rules");
  await tag.press("Tab");
  await shows(page, ["Tag: boats", "Tag: Rules"]);
  await tag.fill("BOATS");
  await tag.press("Enter");
  await page.waitForFunction(() => document.querySelector("[list=tags-limits]").value === "");
  await shows(page, ["Tag: boats", "Tag: Rules"]); // one that is there is not added again
  await accessible(page, "the choice of files with tags");
  await panel.getByRole("button", { name: "Done" }).click();
  const scope = { with: [{ field: "tag", text: "boats" }, { field: "tag", text: "Rules" }] };
  assert.deepEqual(await asked(page, () => ask(page, "What does a lost key cost?")), scope);
  await page.locator(".turn .asked-in").getByText("Tag: boats · Tag: Rules", { exact: true }).waitFor();
  await page.locator(".turn-foot").waitFor();
  assert.match((await quotes(page)).join("\n"), /45 euros/);
  assert.doesNotMatch((await quotes(page)).join("\n"), /30 euros|60 euros/);
  await page.reload();
  await page.locator(".turn .asked-in").getByText("Tag: boats · Tag: Rules", { exact: true }).waitFor();
  await shows(page, ["Tag: boats", "Tag: Rules"]);
  await page.getByRole("button", { name: "Ask without: Tag: Rules" }).click();
  await said(page, "No longer narrowed: Tag: Rules");
  await page.waitForFunction(() => document.activeElement?.getAttribute("aria-label") === "Ask without: Tag: boats");
  await page.keyboard.press("Delete");
  await shows(page, []);

  await page.goto(page.url().replace(/#.*/, "#/search?q=key"));
  await page.getByLabel("Tag").pressSequentially("ru");
  await page.waitForFunction(() => [...document.querySelectorAll("#tags-searched option")].some((o) => o.value === "rules"));
});

for (const [scheme, width] of [["dark", 390], ["light", 820]]) {
  test(`Scope filter: the choice of files in German fits and is accessible, ${scheme}, ${width}`, async (t) => {
    const page = await library(t, { locale: "de-DE", scheme, width, height: 844 });
    await trigger(page).click();
    await page.getByLabel("Suchen in").selectOption({ label: "club" });
    await page.locator(".scope-tray").getByLabel("Art").selectOption({ label: "Markdown und Ähnliches" });
    await page.getByLabel("Von").fill("2021-05-03");
    await page.locator(".scope-tray").getByLabel("Schlagwort").fill("Bootsführerscheinprüfungsordnung");
    await page.locator(".scope-tray").getByLabel("Schlagwort").press("Enter");
    await shows(page, ["club", "Markdown und Ähnliches", "seit 3. Mai 2021", "Schlagwort: Bootsführerscheinprüfungsordnung"]);
    assert.equal(await trigger(page).textContent(), "4 Filter");
    await page.getByRole("button", { name: "Fragen ohne: seit 3. Mai 2021" }).waitFor();
    await accessible(page, "the choice of files in German");
    const wide = await page.evaluate(() => [...document.querySelectorAll(".composer *")].filter((e) => e.getBoundingClientRect().right > innerWidth).length);
    assert.equal(wide, 0, "nothing is wider than the window");
    await page.getByRole("button", { name: "Alle Dateien fragen" }).click();
    assert.deepEqual(await chips(page), []);
  });
}
