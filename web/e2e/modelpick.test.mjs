// The model that answers: shown beside the box, chosen there for the next
// question or for all, and told with each answer.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import test, { after } from "node:test";
import { accessible, ask, closeBrowser, folder, harness, open } from "./browser.mjs";
import { program } from "./program.mjs";

after(closeBrowser);

/** The program over one file, beside an Ollama with three models that answer, on a page that is ready. */
async function several(t, options = {}, shown = {}) {
  const dir = await folder(t);
  await writeFile(path.join(dir, "handbook.md"), "# Keys\n\nA lost key costs 30 euros. The boat house opens at nine.\n");
  const page = await open(t, await program(t, [dir], { models: "several", behaviour: { gpu: .48 }, ...options }), shown);
  await page.getByText(/ 1 (document, up to date|Dokument, aktuell)/).waitFor();
  return page;
}
const control = (page) => page.getByRole("button", { name: /^Model: / });
const item = (page, name) => page.getByRole("menuitemradio", { name });
const summary = (page, nth = 0) => page.locator(".turn").nth(nth).locator(".summary");
const get = (page, route) => page.evaluate(async (r) => (await fetch(r, { headers: { Authorization: "Bearer " + sessionStorage.getItem("golocal-token") } })).json(), route);
const focused = (page) => page.evaluate(() => document.activeElement?.textContent ?? "");

test("Model picker: the menu tells of each model what it is and where it runs; arrows, Enter and Escape are enough", async (t) => {
  const page = await several(t);
  await control(page).focus();
  assert.equal(await control(page).textContent(), "qwen3:4b");
  await page.keyboard.press("Enter");
  const menu = page.getByRole("menu", { name: "Models that can answer" });
  await item(page, /qwen3:4b/).waitFor();
  assert.equal(await control(page).getAttribute("aria-expanded"), "true");
  await page.getByText("Run by Ollama 0.17.4 on this machine").waitFor();
  assert.deepEqual(await menu.getByRole("menuitemradio").evaluateAll((all) => all.map((e) => e.querySelector("bdi").textContent)), ["llama3.2:3b", "qwen3:4b", "smollm2:135m"], "no model that only embeds");
  assert.match(await item(page, /llama3/).textContent(), /2\.0 GB · 131,072 tokens of context · not in memory$/);
  assert.match(await item(page, /qwen3/).textContent(), /default.*2\.6 GB · 40,960 tokens of context · not in memory · reasons first$/);
  assert.match(await item(page, /smollm2/).textContent(), /very small: it makes things up$/);
  assert.deepEqual(await menu.getByRole("menuitemradio", { checked: true }).evaluateAll((all) => all.map((e) => e.querySelector("bdi").textContent)), ["qwen3:4b"]);
  await accessible(page, "the menu of models");
  assert.match(await focused(page), /^qwen3:4b/, "the one that answers has the focus");
  await page.keyboard.press("ArrowDown");
  assert.match(await focused(page), /^smollm2/);
  await page.keyboard.press("End");
  assert.equal(await focused(page), "Get and manage models");
  await page.keyboard.press("ArrowDown");
  assert.match(await focused(page), /^llama3/, "round to the first");
  await page.keyboard.press("Escape");
  await menu.waitFor({ state: "detached" });
  assert.equal(await focused(page), "qwen3:4b", "Escape changes nothing and goes back to the control");
  await page.keyboard.press("Enter");
  await item(page, /qwen3:4b/).waitFor();
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await menu.waitFor({ state: "detached" });
  assert.equal(await focused(page), "llama3.2:3b");
  await page.getByRole("status").filter({ hasText: "llama3.2:3b answers the next question" }).waitFor({ state: "attached" });
  await page.getByRole("button", { name: "Quotes", exact: true }).click();
  await control(page).waitFor({ state: "detached" }); // quotes are written by none
});

test("Model picker: changed in the middle of a conversation, each answer says who wrote it; asked again by another; kept with the conversation", async (t) => {
  const page = await several(t);
  await page.getByRole("button", { name: "Written" }).click();
  const first = page.waitForRequest("**/api/v1/ask");
  await ask(page, "What does a lost key cost?");
  assert.equal((await first).postDataJSON().model, undefined, "the one in use needs no name");
  await summary(page).getByText("qwen3:4b").waitFor();
  await control(page).click();
  assert.match(await item(page, /qwen3/).textContent(), /in memory, 48 % GPU/);
  await item(page, /llama3/).click();
  const again = page.waitForRequest("**/api/v1/ask");
  await page.getByRole("button", { name: "Ask again with llama3.2:3b" }).click();
  assert.equal((await again).postDataJSON().model, "llama3.2:3b");
  await summary(page).getByText("llama3.2:3b").waitFor();
  await page.getByText("2 / 2").waitFor();
  await page.getByText("How this answer was made").click();
  assert.equal(await page.locator(".ledger div").filter({ hasText: /^Model/ }).locator("dd").textContent(), "llama3.2:3b");
  await page.getByRole("button", { name: "Earlier version" }).click();
  await summary(page).getByText("qwen3:4b").waitFor();
  await page.getByRole("button", { name: "Later version" }).click();
  await ask(page, "When does the boat house open?");
  await summary(page, 1).getByText("llama3.2:3b").waitFor();
  await page.reload();
  await summary(page, 1).getByText("llama3.2:3b").waitFor();
  assert.equal(await control(page).textContent(), "llama3.2:3b", "it comes back with the conversation");
  await page.getByRole("button", { name: "Edit the question" }).last().click();
  const edited = page.waitForRequest("**/api/v1/ask");
  await page.locator(".question-edit textarea").press("Enter");
  assert.equal((await edited).postDataJSON().model, "llama3.2:3b");
  await page.locator(".turn-foot").nth(1).waitFor();
});

test("Model picker: a model becomes the one for all questions, also a tiny one, which then writes when it is named", async (t) => {
  const page = await several(t);
  await control(page).click();
  await item(page, /smollm2/).click();
  await ask(page, "What does a lost key cost?"); // in the kind that suits the models: who names one wants it to write
  await summary(page).getByText("smollm2:135m").waitFor();
  await control(page).click();
  await item(page, /llama3/).click();
  await control(page).click();
  await page.getByRole("menuitem", { name: "Use llama3.2:3b for all questions" }).click();
  await page.getByRole("status").filter({ hasText: "llama3.2:3b answers all questions from now on" }).waitFor({ state: "attached" });
  assert.equal((await get(page, "/api/v1/status")).models.chat.name, "llama3.2:3b");
  const next = page.waitForRequest("**/api/v1/ask");
  await ask(page, "When does the boat house open?");
  assert.equal((await next).postDataJSON().model, undefined);
  await summary(page, 1).getByText("llama3.2:3b").waitFor();
  await control(page).click();
  assert.match(await item(page, /llama3/).textContent(), /default/);
  await page.getByRole("menuitem", { name: "Get and manage models" }).click();
  await page.getByRole("heading", { name: "Models", exact: true }).waitFor();
});

test("Model picker: a chosen model that is removed meanwhile is told by name, with the next step", async (t) => {
  const page = await several(t, {}, { allow: ["404"] });
  await control(page).click();
  await item(page, /llama3/).click();
  await page.evaluate(async () => fetch("/api/v1/models/installed?name=llama3.2:3b", { method: "DELETE", headers: { Authorization: "Bearer " + sessionStorage.getItem("golocal-token") } }));
  await ask(page, "What does a lost key cost?");
  await page.getByRole("alert").filter({ hasText: "no model named llama3.2:3b is installed" }).filter({ hasText: "golocal models lists what is installed" }).waitFor();
  await control(page).click();
  await page.getByText("llama3.2:3b is not installed any more. Choose another.").waitFor();
  await item(page, /qwen3/).click();
  await page.getByRole("button", { name: "Ask again" }).click();
  await page.locator(".turn-foot .summary").waitFor();
});

test("Model picker: Escape closes what is open in the box before it closes the source beside it", async (t) => {
  const page = await several(t);
  await page.getByRole("button", { name: "Quotes", exact: true }).click();
  await ask(page, "What does a lost key cost?");
  await page.locator(".origin-link").first().click();
  await page.locator(".source mark").first().waitFor();
  await page.getByRole("button", { name: "Written" }).click();
  await control(page).click();
  await item(page, /qwen3/).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("menu").waitFor({ state: "detached" });
  assert.ok(await page.locator(".source").isVisible());
  await page.getByLabel("Your question").fill("And @hand");
  await page.getByRole("listbox", { name: "Files" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("listbox", { name: "Files" }).waitFor({ state: "detached" });
  assert.ok(await page.locator(".source").isVisible(), "nor does the list of files");
  await control(page).click();
  await item(page, /qwen3/).waitFor();
  await page.locator("h2.question").click();
  await page.getByRole("menu").waitFor({ state: "detached" }); // a click beside it closes it, too
});

test("Model picker: without a model that answers, and without a runner, the control says so and leads to the models", async (t) => {
  const dir = await folder(t);
  await writeFile(path.join(dir, "handbook.md"), "A lost key costs 30 euros.\n");
  const page = await open(t, await program(t, [dir], { models: "embedding" }));
  const link = page.locator(".composer").getByRole("link", { name: "No model" });
  await link.waitFor();
  await accessible(page, "no model");
  await link.click();
  await page.getByRole("heading", { name: "Models", exact: true }).waitFor();
  const h = await harness(t, "-fixtures", await folder(t)), other = await open(t, h.page);
  await control(other).waitFor();
  await h.control("runner=off");
  await other.locator(".composer").getByRole("link", { name: "No model" }).waitFor();
});

for (const [scheme, width] of [["light", 390], ["dark", 1280]]) {
  test(`Model picker: the menu of models in German fits and is accessible, ${scheme}, ${width}`, async (t) => {
    const page = await several(t, {}, { locale: "de-DE", scheme, width, height: width < 600 ? 844 : 900 });
    await page.getByRole("button", { name: "Modell: qwen3:4b" }).click();
    await item(page, /llama3/).waitFor();
    assert.match(await item(page, /qwen3/).textContent(), /Standard.*2,6 GB · Kontext 40\.960 Token · nicht geladen · denkt zuerst nach$/);
    await item(page, /llama3/).click();
    await page.getByRole("button", { name: "Modell: llama3.2:3b" }).click();
    await page.getByRole("menuitem", { name: "llama3.2:3b für alle Fragen verwenden" }).waitFor();
    await accessible(page, "the menu of models in German");
    const wide = await page.evaluate(() => [...document.querySelectorAll(".composer *")].filter((e) => e.getBoundingClientRect().right > innerWidth).length);
    assert.equal(wide, 0, "nothing is wider than the window");
  });
}
