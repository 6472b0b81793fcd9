// The report of an evaluation, as the built binary writes it: opened from the
// disk it loads and runs nothing, in light and dark.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import test, { after } from "node:test";
import { pathToFileURL } from "node:url";
import { accessible, closeBrowser, endWith, folder, lineOf, open, run, web } from "./browser.mjs";

after(closeBrowser);

/** A judged collection of a few sentences, the last question judged wrongly so that there is a worst one. */
async function collection(t) {
  const dir = await folder(t);
  const texts = ["The ferry to the island leaves at six every morning.", "Bread is baked with rye flour and a little salt.", "The tower clock is wound by hand on Sundays."];
  const questions = ["When does the ferry leave?", "Which flour is the bread made of?", "Which flour is in the bread?"];
  await mkdir(path.join(dir, "qrels"));
  await writeFile(path.join(dir, "corpus.jsonl"), texts.map((text, i) => JSON.stringify({ _id: `d${i}`, title: `<b>${i}</b>`, text })).join("\n"));
  await writeFile(path.join(dir, "queries.jsonl"), questions.map((text, i) => JSON.stringify({ _id: `q${i}`, text })).join("\n"));
  await writeFile(path.join(dir, "qrels/test.tsv"), "query-id\tcorpus-id\tscore\nq0\td0\t1\nq1\td1\t1\nq2\td2\t1\n");
  return dir;
}

test("the report of an evaluation opens without a request, in light and dark", { timeout: 180000 }, async (t) => {
  const ollama = spawn(path.join(web, "node_modules/.cache/fakeollama"), { stdio: ["ignore", "pipe", "pipe"] });
  endWith(t, ollama);
  const host = await lineOf(ollama, (l) => l.startsWith("http://") && /\d$/.test(l));
  const dir = await collection(t), out = await folder(t);
  const env = { ...process.env, GOLOCAL_HOME: await folder(t), NO_COLOR: "1", OLLAMA_HOST: host.trim() };
  const golocal = (...args) => run(process.env.GOLOCAL_BIN ?? path.join(web, "../bin/golocal"), args, { env });
  const saved = path.join(out, "before.json"), file = path.join(out, "report.html");
  await golocal("eval", "--save", saved, dir);
  const before = JSON.parse(await readFile(saved, "utf8"));
  for (const q of before.questions) if (q.id === "q0") q.legs.hybrid["ndcg@10"] = 0.25; // as if it had been worse
  await writeFile(saved, JSON.stringify(before));
  await golocal("eval", "--against", saved, "--html", file, dir);

  const address = pathToFileURL(file).href;
  for (const scheme of ["light", "dark"]) {
    const requests = [];
    const page = await open(t, "about:blank", { scheme, allow: ["foreign request: about:blank", `foreign request: ${address}`] });
    page.on("request", (r) => requests.push(r.url()));
    await page.goto(address);
    await page.getByRole("heading", { name: /^Search on / }).waitFor();
    assert.equal(await page.getByRole("img").count(), 3, "spread, recall, differences");
    assert.equal(await page.locator("script, img, iframe, [src]").count(), 0);
    await page.getByRole("row").filter({ hasText: "Which flour is in the bread?" }).waitFor();
    await page.getByRole("rowheader", { name: "hybrid ndcg@10" }).waitFor();
    const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    assert.equal(paper, scheme === "dark" ? "rgb(20, 23, 27)" : "rgb(255, 255, 255)");
    const stroke = await page.locator("svg path[stroke]").first().evaluate((e) => getComputedStyle(e).stroke);
    assert.match(stroke, /^rgb/, "the drawing has the page's colours");
    await accessible(page, `the report in ${scheme}`);
    assert.deepEqual(requests.filter((u) => !u.startsWith("data:")), [address], "nothing but the file itself is asked for");
  }
});
