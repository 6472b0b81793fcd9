// Measures how long a person waits on the page, over the built program with a
// scripted Ollama and an index of about 10,000 passages:
//
//	node web/e2e/figures.mjs     (after web/check.sh has built what it needs)
//
// Keystroke → results painted: from the key event to the frame after the results
// of exactly that text are on the page. Enter → first quotes painted: the same
// from the question. It bounds nothing: figures on a busy machine are upper bounds.
import { execFileSync, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { chromium } from "playwright-core";
import { lineOf, web } from "./browser.mjs";

const words = "harbour key boat lease engine report winter member fee licence repair summer landing stage roof account tide rope anchor sail pilot chart signal lamp deck hull cabin crane ferry quay".split(" ");
let seed = 1;
const random = (n) => { seed = (seed * 48271) % 2147483647; return seed % n; };
const syllables = "ba de fi go hu la me ni po ru sa te vi wo zu kra ble sto pri sel tan mur den fol gar".split(" ");
const vocabulary = Array.from({ length: 8000 }, (_, i) => syllables[i % 25] + syllables[Math.floor(i / 25) % 25] + syllables[Math.floor(i / 625) % 25]);
const word = () => random(12) ? vocabulary[Math.floor(8000 * (random(1e6) / 1e6) ** 3)] : words[random(words.length)]; // some are frequent, most are rare, as in texts
const sentence = () => Array.from({ length: 14 }, word).join(" ") + ".";

const dir = await mkdtemp(path.join(tmpdir(), "golocal-figures-")), home = await mkdtemp(path.join(tmpdir(), "golocal-figures-home-"));
const children = [];
const start = (file, args, env) => { const c = spawn(file, args, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] }); children.push(c); return c; };
try {
  for (let f = 0; f < 200; f++) await writeFile(path.join(dir, `notes-${f}.md`), Array.from({ length: 50 }, (_, i) => `## Point ${f}.${i}\n\n${Array.from({ length: 4 }, sentence).join(" ")}\n`).join("\n"));
  const host = (await lineOf(start(path.join(web, "node_modules/.cache/fakeollama"), [], {}), (l) => l.startsWith("http://") && /\d$/.test(l))).trim();
  const up = start(process.env.GOLOCAL_BIN ?? path.resolve(web, "../bin/golocal"), ["up", "--no-open", dir], { GOLOCAL_HOME: home, NO_COLOR: "1", OLLAMA_HOST: host });
  const address = /http:\/\/127\.0\.0\.1:\d+\/#code=[\w-]+/.exec(await lineOf(up, (l) => /#code=/.test(l)))[0];
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(300_000);
  await page.goto(address);
  await page.getByText("200 documents, up to date").waitFor();
  const socket = path.join(home, "run/golocal.sock");
  const passages = JSON.parse(execFileSync("curl", ["-s", "--unix-socket", socket, "http://golocal/api/v1/status"]).toString()).index.chunks;

  await page.evaluate(() => {
    window.waits = [];
    addEventListener("keydown", () => { window.pressed = performance.now(); }, true);
    window.painted = (there) => new Promise((done) => {
      const look = () => { if (there()) { const from = window.pressed; requestAnimationFrame(() => { const c = new MessageChannel(); c.port1.onmessage = () => done(performance.now() - from); c.port2.postMessage(0); }); return true; } return false; };
      if (look()) return;
      const o = new MutationObserver(() => { if (look()) o.disconnect(); });
      o.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    });
  });
  await page.getByRole("link", { name: "Search" }).click();
  const keys = [];
  const type = async (text) => {
    await page.locator("#search").fill("");
    for (let i = 1; i <= text.length; i++) {
      const want = text.slice(0, i);
      const wait = page.evaluate((w) => window.painted(() => document.querySelector("#hits")?.dataset.for === w), want);
      await page.keyboard.type(text[i - 1]);
      keys.push(await wait);
      await page.waitForTimeout(40 + random(120)); // between two keys of a person
    }
  };
  await type("harbour"); // warms up
  keys.length = 0;
  for (const q of ["boat lease winter", "landing stage roof", "pilot chart signal", "fee of members", "anchor and rope"]) await type(q);

  await page.getByRole("link", { name: "Ask", exact: true }).click();
  const asks = [];
  for (let i = 0; i < 8; i++) {
    await page.getByLabel("Your question").fill(`What is said of the ${words[i]} and the ${words[i + 8]} in ${words[i + 16]}?`);
    const wait = page.evaluate((n) => window.painted(() => document.querySelectorAll(".turn")[n]?.querySelector(".quote")), i);
    await page.getByLabel("Your question").press("Enter");
    asks.push(await wait);
    await page.locator(".turn").nth(i).locator(".turn-foot").waitFor();
  }
  const at = (all, p) => all.toSorted((a, b) => a - b)[Math.min(all.length - 1, Math.floor(all.length * p))].toFixed(0);
  console.log(`passages ${passages}`);
  console.log(`keystroke → results painted, ms: p50 ${at(keys, .5)}, p95 ${at(keys, .95)}, most ${at(keys, 1)} (${keys.length} keys)`);
  console.log(`Enter → first quotes painted, ms: p50 ${at(asks.slice(1), .5)}, most ${at(asks.slice(1), 1)}, the first ${asks[0].toFixed(0)} (${asks.length} questions)`);
  await browser.close();
} finally {
  for (const c of children.toReversed()) { if (c.exitCode === null) { const gone = new Promise((r) => c.on("exit", r)); c.kill("SIGINT"); await gone; } }
  await rm(dir, { recursive: true, force: true });
  await rm(home, { recursive: true, force: true });
}
