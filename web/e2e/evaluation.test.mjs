// The Evaluation page: a run that belongs to the daemon, before and after, and what went wrong.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import test, { after } from "node:test";
import { accessible, closeBrowser, folder, harness, open } from "./browser.mjs";
import { program } from "./program.mjs";

after(closeBrowser);

const samples = async (t, ...args) => {
  const dir = await folder(t);
  return { dir, ...(await harness(t, ...args, "-fixtures", dir)) };
};
const evaluation = async (page) => { await page.getByRole("link", { name: "Evaluation" }).click(); await page.getByRole("heading", { name: "Evaluation", exact: true }).waitFor(); };

test("a run goes on when the page is left, is stopped, and compares with the one before", async (t) => {
  const h = await samples(t, "-delay", "60ms");
  const page = await open(t, h.page);
  await evaluation(page);
  await page.getByRole("heading", { name: "Not measured yet" }).waitFor();
  await accessible(page, "no evaluation");
  await page.getByLabel("Questions", { exact: true }).selectOption("20");
  await page.getByRole("button", { name: "Measure now" }).click();
  await page.getByRole("group", { name: "Asking" }).getByText(/\d+ of 20 · about .* left/).waitFor();
  await page.getByRole("link", { name: "Library" }).click();
  await evaluation(page);
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await page.getByRole("heading", { name: "Not measured yet" }).waitFor();
  for (let run = 1; run <= 2; run++) {
    await page.getByLabel("Questions", { exact: true }).selectOption("20");
    await page.getByRole("button", { name: /^Measure/ }).click();
    await page.getByRole("group", { name: /Making questions|Asking/ }).waitFor();
    await page.getByRole("status").filter({ hasText: "The evaluation is done" }).waitFor({ state: "attached" });
    await page.getByRole("button", { name: "Measure again" }).waitFor();
  }
  const found = page.locator(".shares li").filter({ hasText: "Found among the first 10" });
  assert.match((await found.locator(".share-value").innerText()).replace(/\s+/g, " "), /84 % → now 88 %|84 % → 88 %/);
  await found.getByText("+4.0 points, better").waitFor();
  await page.locator(".shares li").filter({ hasText: "Refused, the file withheld" }).getByText("may be chance").waitFor();
  assert.equal(await found.locator("circle.ring").count(), 1, "before and now are two marks");
  const curve = page.getByRole("figure").filter({ hasText: "Recall by how many passages" });
  await curve.locator("path.line-of").nth(3).waitFor({ state: "attached" }); // each comes with what it is drawn from
  assert.equal(await curve.locator("path.line-of").count(), 4, "both, before, by words, by meaning");
  assert.equal(await curve.locator("path.dashed").count(), 1);
  await page.getByText("All figures").click();
  await page.locator(".figures").getByText("recall@10", { exact: true }).waitFor();
  await accessible(page, "an evaluation");
  await page.getByLabel("Compare with").selectOption({ label: "nothing" });
  await page.locator("circle.ring").first().waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Forget this evaluation" }).click();
  await page.getByRole("link", { name: /^Show the evaluation of/ }).first().waitFor({ state: "detached" });
});

test("the worst questions are one click from their why", async (t) => {
  const h = await samples(t, "-delay", "2ms");
  const page = await open(t, h.page);
  await evaluation(page);
  await page.getByRole("button", { name: "Measure now" }).click();
  const bad = page.locator(".bad-question").filter({ hasText: "lost key" });
  await bad.getByText("the file is at place 4; quoted another file; answered although the file was withheld").waitFor();
  await bad.getByRole("button", { name: /^Why: What does a lost key/ }).click();
  await bad.getByText("It is there: its best passage is number 1 of the search.").waitFor();
  await bad.getByText("A lost key costs 30 euros.").waitFor();
  await accessible(page, "a reason");
  await bad.getByRole("link", { name: "Search for it" }).click();
  assert.match(page.url(), /#\/search\?q=What%20does/);
});

const towns = ["Alesund", "Brno", "Cork", "Delft", "Evora", "Faro"];

test("a run that has ended before the page looks again is told all the same", async (t) => {
  const h = await harness(t, "-delay", "1ms", "-fixtures", await folder(t));
  const page = await open(t, h.page);
  await page.getByText("6 documents, up to date").waitFor();
  await evaluation(page);
  let begun = false;
  await page.route("**/api/v1/evaluations", async (route) => {
    if (route.request().method() === "POST") begun = true;
    if (!begun || route.request().method() === "POST") { await route.continue(); return; }
    let answer;
    do answer = await route.fetch(); while ((await answer.json()).running);
    await route.fulfill({ response: answer });
  });
  await page.getByRole("button", { name: /^Measure/ }).click();
  await page.getByRole("status").filter({ hasText: "The evaluation is done" }).waitFor({ state: "attached" });
  await page.unrouteAll({ behavior: "wait" });
});

test("the built program measures on its own files and keeps the result", { timeout: 400000 }, async (t) => {
  const dir = await folder(t);
  for (const [i, town] of towns.entries()) await writeFile(path.join(dir, `${town}.md`), `# ${town}\n\nThe lighthouse of ${town}${i} burns whale oil and keeper${i} polishes ${20 + i} brass lenses weekly.\n\nThe bakery at quay${i} kneads dough${i} with sourdough from ${1900 + i} in tubs of oak${i}.\n`);
  const page = await open(t, await program(t, [dir]));
  page.setDefaultTimeout(60000);
  await page.getByText("6 documents, up to date").waitFor();
  await evaluation(page);
  for (const name of ["Measure now", "Measure again"]) {
    await page.getByLabel("Questions", { exact: true }).selectOption("20");
    await page.getByRole("button", { name }).click();
    await page.getByRole("status").filter({ hasText: "The evaluation is done" }).waitFor({ state: "attached", timeout: 180000 });
    await page.getByRole("button", { name: "Measure again" }).waitFor();
  }
  const standing = page.locator(".shares li").filter({ hasText: "First quote stands in its file" });
  await standing.getByText("as before").waitFor();
  assert.equal(await page.getByRole("link", { name: /^Show the evaluation of/ }).count(), 2);
  await page.reload();
  await page.locator(".shares li").first().waitFor();
  await page.getByRole("heading", { name: "What went wrong" }).waitFor();
  const kept = await page.evaluate(async () => (await (await fetch("/api/v1/conversations", { headers: { Authorization: "Bearer " + sessionStorage.getItem("golocal-token") } })).json()).conversations.length);
  assert.equal(kept, 0, "its questions are no conversations of the user's");
});
