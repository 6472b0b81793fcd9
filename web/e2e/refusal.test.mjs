// What may help where the files do not answer, and general knowledge.
import assert from "node:assert/strict";
import test, { after } from "node:test";
import { accessible, ask, closeBrowser, folder, harness, open } from "./browser.mjs";

after(closeBrowser);

test("Not found: a refusal says what may help, each with its step: another spelling, general knowledge marked as such", async (t) => {
  const h = await harness(t, "-fixtures", await folder(t));
  const page = await open(t, h.page);
  await ask(page, "A memberr?");
  const refusal = page.locator(".turn").nth(0);
  await refusal.getByRole("heading", { name: "Your files don’t answer this" }).waitFor();
  await refusal.getByRole("heading", { name: "What may help" }).waitFor();
  await accessible(page, "a refusal with what may help");
  await refusal.getByRole("button", { name: "Ask this: “A member?”" }).click();
  await page.locator(".turn").nth(1).locator(".quote").first().waitFor();

  await ask(page, "Who won the chess olympiad in 1998?");
  await page.locator(".turn").nth(2).getByRole("button", { name: "Ask this for general knowledge" }).click();
  const open_ = page.locator(".turn").nth(3).locator(".sentence.elsewhere");
  await open_.getByText("The Soviet team won it.").waitFor();
  await open_.getByText("general knowledge, not from your files").waitFor();
  assert.equal(await page.getByRole("button", { name: "General knowledge", exact: true }).getAttribute("aria-pressed"), "false", "once is not always");
  await accessible(page, "general knowledge");
});

test("general knowledge is allowed by a switch, and not where only quotes are wanted", async (t) => {
  const h = await harness(t, "-fixtures", await folder(t));
  const page = await open(t, h.page);
  await page.getByRole("button", { name: "General knowledge", exact: true }).click();
  await ask(page, "Who won the chess olympiad in 1998?");
  await page.locator(".sentence.elsewhere").getByText("The Soviet team won it.").waitFor();
  await page.getByRole("button", { name: "Quotes", exact: true }).click();
  assert.equal(await page.getByRole("button", { name: "General knowledge", exact: true }).count(), 0);
  await ask(page, "Who won the chess olympiad in 2002?");
  await page.locator(".turn").nth(1).getByRole("heading", { name: "Your files don’t answer this" }).waitFor();
});
