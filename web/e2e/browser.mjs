// Starts the daemon under test and a Chromium that fails a test on anything
// that a careful page does not do: console errors, policy reports, foreign
// requests, answers of 4xx or 5xx that nobody asked for.
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { chromium } from "playwright-core";

export const web = path.resolve(import.meta.dirname, "..");
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What a test ends: its pages before the daemons, or they would complain that those are gone, and its folders last. */
const ends = new WeakMap();

/** Ends something of a kind (pages, children, folders) with the test, whatever else cannot be ended: a daemon that is left behind would hold up all tests. */
export function atEnd(t, kind, close) {
  if (!ends.has(t)) {
    ends.set(t, { pages: [], children: [], folders: [] });
    t.after(async () => {
      const { pages, children, folders } = ends.get(t), wrong = [];
      for (const close of [...pages, ...children, ...folders]) try { await close(); } catch (e) { wrong.push(e); }
      if (wrong.length) throw wrong[0];
    });
  }
  ends.get(t)[kind].push(close);
}

/** A new folder that is removed when the test ends. */
export async function folder(t) {
  const dir = await mkdtemp(path.join(tmpdir(), "golocal-e2e-"));
  atEnd(t, "folders", () => rm(dir, { recursive: true, force: true }));
  return dir;
}

/** Waits until a line of the process's output fits, on either stream. */
export function lineOf(child, fits, limit = 60000) {
  return new Promise((resolve, reject) => {
    const text = ["", ""];
    const timer = setTimeout(() => reject(new Error(`nothing fitting within ${limit} ms; output: ${text.join("")}`)), limit);
    for (const [i, stream] of [child.stdout, child.stderr].entries()) {
      stream.on("data", (d) => {
        text[i] += d;
        const line = text[i].split("\n").find(fits);
        if (line !== undefined) { clearTimeout(timer); resolve(line); }
      });
    }
    child.on("exit", (code) => { clearTimeout(timer); reject(new Error(`ended with ${code}: ${text.join("")}`)); });
  });
}

/** Ends a process with the test that started it. */
export const endWith = (t, child) => atEnd(t, "children", () => end(child));

/** Ends a process that a test started. */
async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((r) => child.on("exit", r));
  child.kill("SIGINT");
  const timer = setTimeout(() => child.kill("SIGKILL"), 8000);
  await gone;
  clearTimeout(timer);
}

/** The in-memory daemon of e2e/harness: { page, control(query), code(), counts(), stop(), child }. */
export async function harness(t, ...args) {
  const child = spawn(process.env.GOLOCAL_HARNESS ?? path.join(web, "node_modules/.cache/harness"), args, { stdio: ["ignore", "pipe", "pipe"] });
  endWith(t, child);
  const { page, control } = JSON.parse(await lineOf(child, (l) => l.startsWith("{") && l.endsWith("}")));
  const call = async (p, init) => (await fetch(control + p, init)).text();
  return { page, child, control: (q) => call("/?" + q, { method: "POST" }), code: () => call("/code"), counts: async () => JSON.parse(await call("/asked")), stop: () => end(child) };
}

let browser;

export async function closeBrowser() {
  const b = browser;
  browser = undefined;
  if (b) await (await b).close();
}

/**
 * A fresh context with one page. allow names what this test provokes on
 * purpose: substrings of console errors or "STATUS path".
 */
export async function open(t, address, { width = 1280, height = 800, scheme = "light", allow = [], reduced = true, locale = "en-US" } = {}) {
  const executablePath = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((p) => p && existsSync(p));
  if (!executablePath) throw new Error("Chromium is missing; on Debian: apt-get install chromium");
  browser ??= chromium.launch({ executablePath, headless: true, args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"] });
  const context = await (await browser).newContext({ viewport: { width, height }, locale, colorScheme: scheme, reducedMotion: reduced ? "reduce" : "no-preference", permissions: ["clipboard-read", "clipboard-write"] });
  const page = await context.newPage();
  const own = new URL(address).origin, wrong = [];
  const note = (s) => { if (!allow.some((a) => s.includes(a))) wrong.push(s); };
  await page.addInitScript(() => { document.addEventListener("securitypolicyviolation", (e) => console.error(`CSP report: ${e.violatedDirective} ${e.blockedURI}`)); });
  page.on("console", (m) => { if (m.type() === "error" || m.type() === "warning") note(`console: ${m.text()} ${m.location().url}`); });
  page.on("pageerror", (e) => note(`page error: ${e.message}`));
  page.on("request", (r) => { const u = r.url(); if (!u.startsWith(own) && !u.startsWith("blob:") && !u.startsWith("data:")) note(`foreign request: ${u}`); });
  page.on("response", (r) => { if (r.status() >= 400) note(`${r.status()} ${new URL(r.url()).pathname}`); });
  atEnd(t, "pages", async () => {
    await context.close();
    assert.deepEqual(wrong, [], "the page did what it must not do");
  });
  page.setDefaultTimeout(15000);
  if (process.env.SLOW_PAGE) await slow(context, page, Number(process.env.SLOW_PAGE));
  await page.goto(address);
  if (new URL(address).hash) await page.locator(".shell, .sign-in form").first().waitFor(); // its code is taken, or refused
  return page;
}

/** A page on a slow machine, to find tests that look before the page is ready: the processor `rate` times slower, each request later by up to `rate` · 50 ms. */
async function slow(context, page, rate) {
  await (await context.newCDPSession(page)).send("Emulation.setCPUThrottlingRate", { rate });
  await page.route("**/*", async (r) => {
    await new Promise((done) => { setTimeout(done, Math.random() * rate * 50); });
    await r.continue().catch(() => undefined); // the page has gone on
  });
}

/** Fails on anything that axe finds, once the page itself is there and no more only its heading. */
export async function accessible(page, what) {
  await page.locator('.page[aria-busy="true"]').waitFor({ state: "detached" });
  await page.evaluate(axeSource);
  const found = await page.evaluate(async () => (await window.axe.run(document, { resultTypes: ["violations"] })).violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 120) + " " + (n.any[0]?.message ?? "")).join(" | ")}`));
  assert.deepEqual(found, [], `axe on ${what}`);
}

export async function ask(page, question) {
  await page.getByLabel("Your question").fill(question);
  await page.getByLabel("Your question").press("Enter");
}

export const run = promisify(execFile);
