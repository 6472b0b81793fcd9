// Measures how the page feels, as a table and as JSON:
//
//	node e2e/feel.mjs [FILE.json [MEASURE…]]
//
// It needs what check.sh builds. Work on the main thread is counted in processor
// time, so that other work on the machine shows little; the two waits, for quotes
// and for results, are by the clock and want a quiet machine. A figure that is
// missed makes the command end with 1. It is run by hand: no test waits for it.
// What 20,000 files cost is measured by frames.mjs.
import { spawn } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer, request } from "node:http";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { closeBrowser, endWith, folder, harness, lineOf, open, run, web } from "./browser.mjs";
import { keeper } from "./keeper.mjs";

const ends = [], t = { after: (f) => ends.unshift(f) };
const cache = path.join(web, "node_modules/.cache");
const rows = [];
const note = (what, value, unit, least, more = "") => {
  const met = value <= least;
  rows.push({ what, value: Number(value.toPrecision(4)), unit, least, met, ...(more ? { more } : {}) });
  console.log(`${met ? "ok  " : "over"}  ${what}: ${value.toPrecision(3)} ${unit} (at most ${least.toPrecision(3)})${more ? "; " + more : ""}`);
};
const at = (list, share) => list.toSorted((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))] ?? NaN;
const sum = (list) => list.reduce((a, b) => a + b, 0);

/** The tasks of the page's main thread while work is done, in ms of processor time; drawing is what its animation frames took, as the page's script, style and layout do. */
async function tasks(page, work) {
  const browser = page.context().browser();
  await browser.startTracing(page, { categories: ["toplevel", "disabled-by-default-lighthouse", "devtools.timeline"] });
  await work();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  const own = traceEvents.filter((e) => e.name === "thread_name" && e.args.name === "CrRendererMain").map((e) => `${e.pid} ${e.tid}`);
  const times = (name) => traceEvents.filter((e) => name.test(e.name) && own.includes(`${e.pid} ${e.tid}`) && e.tdur !== undefined).map((e) => e.tdur / 1000);
  return Object.assign(times(/RunTask$/), { drawing: sum(times(/^FireAnimationFrame$/)) });
}

/** The sentences of an answer of that many characters, with lists and emphasis. */
function sentences(characters) {
  const out = [];
  for (let n = 0, size = 0; size < characters; n++) {
    const s = { lead: n === 0 ? "" : n % 7 === 0 ? "\n\n" : n % 7 > 4 ? "\n- " : " ", text: `Sentence ${n} tells of the **${n % 12 + 1} boats** that lie at the landing stage, and of \`key ${n}\`, which nobody has returned.` };
    out.push(s);
    size += s.lead.length + s.text.length;
  }
  return out;
}

/** The harness behind a server that streams an answer of its own. */
async function streaming(all) {
  const h = await harness(t, "-fixtures", await folder(t)), inner = new URL(h.page);
  const citation = { source: 1, doc: 1, ref: { root: 1, path: "handbook.md" }, path: "/handbook.md", place: { line: 9 }, span: { start: 0, end: 5 }, quote: "Every member gets one key.", state: "current" };
  const server = createServer((req, res) => {
    if (req.url !== "/api/v1/ask") {
      const out = request({ host: inner.hostname, port: inner.port, method: req.method, path: req.url, headers: { ...req.headers, host: inner.host, ...(req.headers.origin ? { origin: inner.origin } : {}) } }, (from) => { res.writeHead(from.statusCode, from.headers); from.pipe(res); });
      out.on("error", () => req.socket.destroy());
      req.pipe(out);
      return;
    }
    req.resume();
    res.writeHead(200, { "content-type": "text/event-stream" });
    const put = (type, data) => res.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`);
    put("status", { phase: "generate", text: "Reading" });
    put("quotes", { quotes: [{ citation, plain: citation.quote, score: 1 }] });
    const done = [];
    const pieces = all.flatMap((s, index) => [...(s.lead + s.text + " [1]").match(/.{1,4}/gs).map((text) => () => put("token", { text })),
      () => { const e = { index, lead: s.lead, text: s.text, verdict: index % 9 ? "supported" : "unsupported", citations: index % 9 ? [citation] : [] }; done.push({ type: "sentence", ...e }); put("sentence", e); }]);
    let n = 0;
    const timer = setInterval(() => {
      for (let i = 0; i < 4 && n < pieces.length; i++) pieces[n++]();
      if (n < pieces.length) return;
      clearInterval(timer);
      put("answer", { kind: "generated", text: all.map((s) => s.lead + s.text).join(""), sentences: done, sources: [], quotes: [{ citation, plain: citation.quote, score: 1 }], verdict: "partly", support: .9, folded: false,
        ledger: { question: "q", evidence: 1, enough: true, model: "made", sources: [], dropped: [], seconds: { search: 0, quotes: 0, load: 0, prompt: 0, first_token: 0, generate: 8, total: 8 } } });
      res.end();
    }, 5);
    res.on("close", () => clearInterval(timer));
  });
  await new Promise((r) => server.listen(0, "127.0.0.1", r));
  t.after(() => { server.closeAllConnections(); server.close(); });
  return `http://127.0.0.1:${server.address().port}/${inner.hash}`;
}

async function longAnswer() {
  const all = sentences(25_000), page = await open(t, await streaming(all));
  await page.getByLabel("Your question").fill("What is told of the boats?");
  let frames = 0;
  const live = await tasks(page, async () => {
    // Text comes every 5 ms: each frame from the first of it on would have something new to show.
    await page.evaluate(() => {
      window.painted = 0;
      const count = () => { window.painted++; requestAnimationFrame(count); };
      new MutationObserver((_, o) => { if (document.querySelector(".tail")) { o.disconnect(); count(); } }).observe(document.querySelector("main"), { childList: true, subtree: true });
    });
    await page.getByLabel("Your question").press("Enter");
    await page.locator(".turn-foot").waitFor({ timeout: 120_000 });
    frames = await page.evaluate(() => window.painted);
  });
  note("longest task while 25,000 characters stream in", Math.max(...live), "ms", 16, `p99 ${at(live, .99).toFixed(1)} ms, ${live.length} tasks`);
  // The other way: the same paragraphs rendered anew in each frame.
  await run("go", ["tool", "esbuild", "src/markdown.ts", "--bundle", "--minify", "--format=iife", "--global-name=markdown", `--outfile=${path.join(cache, "markdown.js")}`, "--log-level=warning"], { cwd: web });
  await page.evaluate(await readFile(path.join(cache, "markdown.js"), "utf8") + ";window.markdown = markdown");
  const texts = all.map((s) => s.text), some = 60;
  const anew = await tasks(page, () => page.evaluate(async ({ texts, some }) => {
    const box = document.querySelector(".written"), scroller = document.querySelector(".conversation");
    const paragraphs = [...box.querySelectorAll(":scope > p")].map((p) => [p.className, [...p.querySelectorAll(".sentence")].map((s) => s.outerHTML.split(s.firstElementChild.innerHTML))]);
    for (let i = 1; i <= some; i++) {
      await new Promise(requestAnimationFrame);
      let n = 0, left = Math.round(texts.length * i / some), html = "";
      for (const [name, sentences] of paragraphs) {
        if (left <= 0) break;
        html += `<p class="${name}">`;
        for (const [before, ...after] of sentences) { if (left-- > 0) html += before + window.markdown.inline(texts[n++]) + after.join(""); }
        html += "</p>";
      }
      box.innerHTML = html;
      scroller.scrollTop = scroller.scrollHeight;
    }
    await new Promise(requestAnimationFrame);
  }, { texts, some }));
  const full = anew.drawing * frames / some, whole = sum(anew) * frames / some;
  note("drawing the answer, against rendering all anew in each frame", live.drawing / full, "of it", 1 / 20, `${(live.drawing / 1000).toFixed(2)} s against ${(full / 1000).toFixed(1)} s, reckoned from ${some} of ${frames} frames; with the browser's painting and the reading of the stream ${(sum(live) / 1000).toFixed(2)} s against ${(whole / 1000).toFixed(1)} s`);
}

async function longHistory() {
  const h = await keeper(t, "-fixtures", await folder(t)), ago = (n) => new Date(Date.now() - n * 86_400_000).toISOString();
  for (let i = 0; i < 2000; i++) h.kept.set("k" + i, { id: "k" + i, title: `Conversation ${i} about Donaudampfschifffahrtsgesellschaften`, pinned: false, created: ago(i / 3), changed: ago(i / 3), turns: [{ id: `t${i}`, parent: "", asked: ago(i / 3), question: `Question ${i}`, standalone: "", scope: {}, state: "stopped" }] });
  const page = await open(t, h.page), list = page.locator(".windowed");
  await page.locator(".history-row a").first().waitFor();
  await page.locator(".history-row a").first().hover();
  const scrolled = await tasks(page, async () => { for (let i = 0; i < 120; i++) { await page.mouse.wheel(0, 900); await page.waitForTimeout(20); } });
  const jumped = await tasks(page, async () => { for (let i = 0; i < 40; i++) { await list.evaluate((e, k) => { e.scrollTop = e.scrollHeight * k; }, i * 17 % 40 / 40); await page.waitForTimeout(50); } });
  const searched = await tasks(page, async () => { await page.locator(".history input").first().pressSequentially("question 19", { delay: 80 }); await page.waitForTimeout(500); });
  note("2,000 conversations: longest task while scrolling", Math.max(...scrolled), "ms", 50);
  note("2,000 conversations: longest task while jumping about", Math.max(...jumped), "ms", 50);
  note("2,000 conversations: longest task while searching", Math.max(...searched), "ms", 50);
}

async function firstLoad() {
  const h = await harness(t, "-fixtures", await folder(t)), page = await open(t, h.page);
  await page.getByText("6 documents in 1 folder").waitFor();
  const files = await page.evaluate(() => performance.getEntriesByType("resource").filter((e) => !e.name.includes("/api/")).map((e) => e.name));
  let size = 0;
  for (const f of [page.url().split("#")[0], ...files]) size += gzipSync(Buffer.from(await (await fetch(f)).arrayBuffer())).length;
  note("first load", size / 1024, "KB gzip", 120);
  note("first load", files.length + 1, "requests", 6);
}

const things = ["anchor", "beacon", "cannon", "dinghy", "easel", "ferret", "goblet", "harness", "icicle", "jacket", "kettle", "ladder", "mirror", "needle", "oyster", "pillow", "quiver", "ribbon", "saddle", "thimble"];

/** The built program over 10,000 passages, beside a scripted Ollama. */
async function big() {
  const dir = await folder(t), filler = "It lies there since the winter and is looked after by those who come by, in all weather and without pay. ".repeat(9);
  for (let f = 0; f < 250; f++) {
    const parts = Array.from({ length: 20 }, (_, i) => `## Part ${f}-${i}\n\nThe ${things[(f + i) % 20]} of house ${f} is kept in room ${i}. ${filler}\n`);
    await mkdir(path.join(dir, `year ${f % 10}`), { recursive: true });
    await writeFile(path.join(dir, `year ${f % 10}`, `house-${f}.md`), `# House ${f}\n\n${parts.join("\n")}`);
  }
  const ollama = spawn(path.join(cache, "fakeollama"), { stdio: ["ignore", "pipe", "pipe"] });
  endWith(t, ollama);
  const host = await lineOf(ollama, (l) => l.startsWith("http://") && /\d$/.test(l));
  const child = spawn(process.env.GOLOCAL_BIN ?? path.resolve(web, "../bin/golocal"), ["up", "--no-open", dir], { env: { ...process.env, GOLOCAL_HOME: await folder(t), NO_COLOR: "1", OLLAMA_HOST: host.trim() }, stdio: ["ignore", "pipe", "pipe"] });
  endWith(t, child);
  const line = await lineOf(child, (l) => /#code=[A-Z0-9a-z_-]{10,}/.test(l), 300_000);
  const page = await open(t, /http:\/\/127\.0\.0\.1:\d+\/#code=[\w-]+/.exec(line)[0]);
  await page.getByText("250 documents, up to date").waitFor({ timeout: 600_000 });
  return page;
}

/** Notes in the page the moments of a key and of the painting of what fits after it. */
const watch = (page) => page.evaluate(() => {
  window.moments = { key: 0, shown: 0, fits: () => false };
  addEventListener("keydown", () => { window.moments.key = performance.now(); window.moments.shown = 0; }, true);
  new MutationObserver((changes) => {
    const m = window.moments;
    if (m.key && !m.shown && m.fits(changes)) { m.shown = -1; requestAnimationFrame(() => setTimeout(() => { m.shown = performance.now(); })); } // after the frame with it is painted
  }).observe(document.body, { childList: true, subtree: true, characterData: true, attributes: true });
});
const waited = async (page) => { await page.waitForFunction(() => window.moments.shown > 0); return page.evaluate(() => window.moments.shown - window.moments.key); };

async function waits() {
  const page = await big();
  const chunks = await page.evaluate(async () => (await (await fetch("/api/v1/status", { headers: { authorization: "Bearer " + sessionStorage.getItem("golocal-token") } })).json()).index.chunks);
  await watch(page);
  const quotes = [];
  for (let i = 0; i < 20; i++) {
    await page.getByRole("button", { name: "New conversation" }).first().click();
    await page.getByLabel("Your question").fill(`Where is the ${things[i]} of house ${i * 12} kept?`);
    await page.evaluate(() => { window.moments.fits = () => document.querySelector(".quote") !== null; });
    await page.getByLabel("Your question").press("Enter");
    quotes.push(await waited(page));
    await page.locator(".turn-foot").waitFor();
  }
  note("Enter to first quotes painted", at(quotes, .95), "ms, p95", 400, `p50 ${at(quotes, .5).toFixed(0)}, ${chunks} passages`);
  await page.getByRole("link", { name: "Search" }).click();
  await page.locator("#search").waitFor();
  await page.evaluate(() => { // what a search found is drawn in the frame after it was read
    const before = window.fetch;
    window.fetch = async (...what) => {
      const res = await before(...what);
      if (!String(what[0]).startsWith("/api/v1/search")) return res;
      const json = res.json.bind(res);
      res.json = async () => { const found = await json(); setTimeout(() => requestAnimationFrame(() => setTimeout(() => { window.moments.shown = performance.now(); }))); return found; };
      return res;
    };
    window.moments.fits = () => false;
  });
  const keys = [];
  for (const word of ["ferret", "kettle", "house", "winter", "thimble"]) {
    await page.locator("#search").fill("");
    for (const k of word) { await page.locator("#search").press(k); keys.push(await waited(page)); }
  }
  note("key to results painted", at(keys, .95), "ms, p95", 120, `p50 ${at(keys, .5).toFixed(0)}, ${keys.length} keys, ${chunks} passages`);
}

const [, , file, ...chosen] = process.argv;
try {
  for (const measure of [firstLoad, longAnswer, longHistory, waits]) {
    if (chosen.length && !chosen.includes(measure.name)) continue;
    try { await measure(); } catch (e) { rows.push({ what: measure.name, met: false, error: String(e) }); console.log(`FAIL  ${measure.name}: ${String(e).split("\n")[0]}`); }
  }
} finally {
  for (const f of ends) try { await f(); } catch (e) { console.log(`      ${String(e).split("\n")[0]}`); }
  await closeBrowser();
}
if (file) await writeFile(file, JSON.stringify(rows, null, 2) + "\n"); else console.log(JSON.stringify(rows));
process.exit(rows.every((r) => r.met) ? 0 : 1);
