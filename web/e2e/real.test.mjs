// The page over the built binary, with a scripted Ollama beside it: the main
// job, from a folder to a marked passage.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import test, { after } from "node:test";
import { ask, closeBrowser, endWith, folder, lineOf, open, web } from "./browser.mjs";

after(closeBrowser);

const root = path.resolve(web, "..");
const cache = path.join(web, "node_modules/.cache");

/** The binary serving a folder beside a scripted Ollama; answers its page's address. */
async function up(t, dir) {
  const ollama = spawn(path.join(cache, "fakeollama"), { stdio: ["ignore", "pipe", "pipe"] });
  endWith(t, ollama);
  const host = await lineOf(ollama, (l) => l.startsWith("http://") && /\d$/.test(l));
  return await serve(t, dir, { OLLAMA_HOST: host.trim() });
}

async function serve(t, dir, env) {
  const child = spawn(process.env.GOLOCAL_BIN ?? path.join(root, "bin/golocal"), ["up", "--no-open", dir], {
    env: { ...process.env, GOLOCAL_HOME: await folder(t), NO_COLOR: "1", ...env }, stdio: ["ignore", "pipe", "pipe"] });
  endWith(t, child);
  const line = await lineOf(child, (l) => /#code=[A-Z0-9a-z_-]{10,}/.test(l));
  return /http:\/\/127\.0\.0\.1:\d+\/#code=[\w-]+/.exec(line)[0];
}

test("the built program: ask, see the stream, click a citation, see the marked passage; edits and deletions show", { timeout: 150000 }, async (t) => {
  const dir = await folder(t);
  await writeFile(path.join(dir, "leave.md"), "# Leave\n\nEmployees get 18 paid vacation days a year, and local holidays on top.\n\nSick leave is unlimited.\n");
  await writeFile(path.join(dir, "boats.md"), "# Boats\n\nThe boat house has twelve rowing boats and two motor boats.\n");
  const page = await open(t, await up(t, dir));
  page.setDefaultTimeout(60000);
  await page.getByText("2 documents, up to date").waitFor();

  await page.getByRole("button", { name: "Quotes", exact: true }).click();
  await ask(page, "How many paid vacation days do employees get?");
  const first = page.locator(".turn").first();
  await first.locator(".quote").filter({ hasText: "18 paid vacation days" }).first().waitFor();
  await first.getByText("Quoted from your files").waitFor();
  await first.locator(".quote").filter({ hasText: "18 paid vacation days" }).first().locator(".origin-link").click();
  assert.match(await page.locator(".source mark").innerText(), /18 paid vacation days/);
  assert.equal(await page.locator(".source h2").innerText(), "leave.md");

  await page.getByRole("button", { name: "Written" }).click();
  await ask(page, "How many paid vacation days do employees get each year?");
  const second = page.locator(".turn").nth(1);
  await second.locator(".turn-foot").waitFor();
  assert.ok(await second.locator(".sentence").count() > 0 || await second.locator(".quote").count() > 0, "an answer, written or quoted");

  await writeFile(path.join(dir, "leave.md"), "# Leave\n\nEmployees get 25 paid vacation days a year, and local holidays on top.\n\nSick leave is unlimited.\n");
  await page.getByRole("button", { name: "Quotes", exact: true }).click();
  for (let n = 2; ; n++) {
    await page.waitForTimeout(700);
    await ask(page, "How many paid vacation days do employees get?");
    const turn = page.locator(".turn").nth(n);
    await turn.locator(".turn-foot").waitFor();
    if (await turn.getByText("25 paid vacation days").count() > 0) break;
    assert.ok(n < 20, "the edited file never changed the answer");
  }
  await rm(path.join(dir, "leave.md"));
  await page.getByText("1 document, up to date").waitFor();
  const n = await page.locator(".turn").count();
  await ask(page, "How many paid vacation days do employees get?");
  const lastTurn = page.locator(".turn").nth(n);
  await lastTurn.locator(".turn-foot").waitFor();
  assert.equal(await lastTurn.getByText("leave.md").count(), 0, "a deleted file is still cited");
});

test("the built program with its own engine: a small model's sentences stream in, each with its verdict", { timeout: 150000 }, async (t) => {
  if (!process.env.GOLOCAL_MODELS) return; // ./check names a store with the two small models
  const dir = await folder(t);
  await writeFile(path.join(dir, "leave.md"), "# Leave\n\nEmployees get 18 paid vacation days a year, and local holidays on top.\n");
  await writeFile(path.join(dir, "boats.md"), "# Boats\n\nThe boat house has twelve rowing boats and two motor boats.\n");
  const page = await open(t, await serve(t, dir, { GOLOCAL_OLLAMA: "none" }));
  page.setDefaultTimeout(60000);
  await page.getByText("2 documents, up to date").waitFor();
  await page.getByRole("button", { name: "Written" }).click();
  await ask(page, "How many paid vacation days do employees get?");
  const turn = page.locator(".turn").first();
  await turn.locator(".turn-foot").waitFor();
  const sentences = turn.locator(".sentence");
  assert.ok(await sentences.count() > 0, "the model wrote at least one sentence");
  const text = await turn.innerText();
  assert.match(text, /supported|unsupported|partly|no claim/i, "every sentence has its verdict in words");
  assert.match(text, /smollm2/i, "the ledger names the model");
});
