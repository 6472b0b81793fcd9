// The Models page: what fits, what comes, what computes where, and the way back.
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
const models = async (page) => { await page.getByRole("link", { name: "Models" }).click(); await page.getByRole("heading", { name: "Models", exact: true }).waitFor(); };
const nomic = "hf.co/nomic-ai/nomic-embed-text-v1.5-GGUF:Q8_0";

test("Models page: what fits this machine is suggested with its size, and got by one click", async (t) => {
  const h = await samples(t, "-delay", "60ms");
  const page = await open(t, h.page);
  await models(page);
  const line = (name) => page.locator(".suggested").filter({ hasText: name });
  await page.getByText("16.0 GB of memory, of which models may take 11.2 GB").waitFor();
  await line("qwen3:4b").getByText("installed").waitFor();
  assert.equal(await page.getByRole("button", { name: "Get qwen3:4b" }).count(), 0, "what is there is not fetched again");
  await line("qwen3:1.7b").getByText("download 1.4 GB · 2.3 GB in memory with 8,192 tokens of context").waitFor();
  await page.getByText("1 too large for this machine").click();
  await line("mixtral:8x7b").getByText("16.8 GB of memory are missing").waitFor();
  assert.equal(await page.getByRole("button", { name: "Get mixtral:8x7b" }).count(), 0);
  await accessible(page, "suggestions");
  await page.getByRole("button", { name: "Get qwen3:1.7b" }).click();
  const row = page.locator(".download").filter({ hasText: "qwen3:1.7b" });
  await row.getByText(/\d+(\.\d)? (KB|MB) of 100 MB · .*\/s · about .* left/).waitFor();
  await row.getByRole("button", { name: "Pause qwen3:1.7b" }).click();
  await row.getByText("paused").waitFor();
  await row.getByRole("button", { name: "Resume qwen3:1.7b" }).click();
  await row.getByText(/left/).waitFor();
  await row.getByRole("button", { name: "Cancel qwen3:1.7b" }).click();
  await row.waitFor({ state: "detached" });
});

test("GPU state: where a model computes is told: share, context, and what swapping cost", async (t) => {
  const h = await samples(t);
  const page = await open(t, h.page);
  await models(page);
  const chat = page.locator(".role").filter({ hasText: "Writes answers" });
  await chat.locator(".facts div").filter({ hasText: "GPU share" }).getByText("48 %", { exact: true }).waitFor();
  await chat.getByRole("meter", { name: "GPU share: 48 %" }).waitFor();
  await chat.locator(".facts div").filter({ hasText: "Context" }).getByText("40,960 tokens").waitFor();
  await page.locator(".role").filter({ hasText: "Turns passages" }).locator(".facts div").filter({ hasText: "GPU share" }).getByText("none, on the processor").waitFor();
  await page.getByText("do not fit into memory together: swapped 3 times").waitFor();
});

test("another embedding model is built in the background, given up, built to the end, and gone back from", async (t) => {
  const h = await samples(t, "-delay", "100ms");
  const page = await open(t, h.page);
  await models(page);
  const role = page.locator(".role").filter({ hasText: "Turns passages" });
  const change = async () => {
    await role.getByLabel("Use another").selectOption(nomic);
    await role.getByRole("button", { name: "Use", exact: true }).click();
    await role.getByText("Until that is done the index of all-minilm:22m answers.").waitFor();
    await role.getByRole("button", { name: `Use ${nomic}` }).click();
  };
  await change();
  const building = page.getByRole("region", { name: `Building the index for ${nomic}` });
  await building.getByText(/of 1,284 passages · about .* left · all-minilm:22m answers meanwhile/).waitFor();
  const value = () => building.getByRole("progressbar").evaluate((p) => p.value);
  const early = await value();
  for (let i = 0; await value() <= early; i++) { assert.ok(i < 100, "the progress stands"); await page.waitForTimeout(100); }
  await accessible(page, "a building index");
  await building.getByRole("button", { name: "Stop, and stay with all-minilm:22m" }).click();
  await building.waitFor({ state: "detached" });
  await role.locator(".model-name").filter({ hasText: "all-minilm:22m" }).waitFor();
  assert.equal(await role.getByText("Before,").count(), 0, "what was given up is no place to go back to");
  await change();
  await building.waitFor();
  await building.waitFor({ state: "detached", timeout: 60000 });
  await role.locator(".model-name").filter({ hasText: nomic }).waitFor();
  await role.getByRole("button", { name: "Go back to all-minilm:22m" }).click();
  await role.locator(".model-name").filter({ hasText: "all-minilm:22m" }).waitFor();
});

test("the built program changes its embedding model, and goes back", { timeout: 300000 }, async (t) => {
  const dir = await folder(t);
  await writeFile(path.join(dir, "a.md"), "# Boats\n\nThe boat house has twelve rowing boats.\n");
  const page = await open(t, await program(t, [dir], { models: "all" }));
  page.setDefaultTimeout(60000);
  await page.getByText("1 document, up to date").waitFor();
  await models(page);
  const role = page.locator(".role").filter({ hasText: "Turns passages" });
  const first = (await role.locator(".model-name strong").innerText()).trim();
  const other = await role.getByLabel("Use another").evaluate((s, now) => [...s.options].map((o) => o.value).find((v) => v && v !== now), first);
  assert.ok(other, "the scripted Ollama has two");
  const use = async (name, begin) => {
    await begin();
    await role.getByRole("button", { name: `Use ${name}` }).or(role.locator(".model-name").filter({ hasText: name })).first().waitFor();
    const sure = role.getByRole("button", { name: `Use ${name}` });
    if (await sure.count()) await sure.click();
    await role.locator(".model-name").filter({ hasText: name }).waitFor();
  };
  await use(other, async () => { await role.getByLabel("Use another").selectOption(other); await role.getByRole("button", { name: "Use", exact: true }).click(); });
  const back = role.getByRole("button", { name: `Go back to ${first}` });
  await back.waitFor();
  await use(first, () => back.click());
});
