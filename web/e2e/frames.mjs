// Prints how long frames take while 20,000 documents are scrolled and searched:
//
//	node e2e/frames.mjs
//
// It needs the harness as check.sh builds it. A figure, no test: what else the machine does shows in it.
import { closeBrowser, folder, harness, open } from "./browser.mjs";
import { manyDocuments } from "./many.mjs";

const ends = [], t = { after: (f) => ends.push(f) };
const middle = (list, at) => list.toSorted((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * at))] ?? 0;

try {
  const dir = await folder(t), h = await harness(t, "-fixtures", dir);
  const page = await open(t, h.page);
  await manyDocuments(page);
  await page.getByRole("link", { name: "Library" }).click();
  await page.locator(".documents table").getByText("file-00000.md").waitFor();
  const frames = (list) => { const d = list.slice(1).map((x, i) => x - list[i]); return `${d.length} frames, p50 ${middle(d, .5).toFixed(1)} ms, p95 ${middle(d, .95).toFixed(1)} ms, longest ${Math.max(...d).toFixed(1)} ms by the clock`; };
  const taken = async (what, work) => {
    const browser = page.context().browser();
    await browser.startTracing(page, { categories: ["toplevel", "disabled-by-default-lighthouse"] });
    await page.evaluate(() => {
      window.frameTimes = [];
      const frame = () => { window.frameTimes?.push(performance.now()); if (window.frameTimes) requestAnimationFrame(frame); };
      requestAnimationFrame(frame);
    });
    await work();
    const times = await page.evaluate(() => { const t = window.frameTimes; window.frameTimes = null; return t; });
    const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
    const main = new Set(traceEvents.filter((e) => e.name === "thread_name" && e.args.name === "CrRendererMain").map((e) => `${e.pid} ${e.tid}`));
    const tasks = traceEvents.filter((e) => /RunTask$/.test(e.name) && main.has(`${e.pid} ${e.tid}`) && e.tdur !== undefined).map((e) => e.tdur / 1000);
    const over = tasks.filter((d) => d > 50).length;
    console.log(`${what}: ${frames(times)}; of ${tasks.length} tasks ${over} took more than 50 ms of processor time, the longest ${Math.max(0, ...tasks).toFixed(1)} ms`);
  };
  await page.mouse.move(700, 500);
  await taken("scroll by wheel, 150 steps of 1,200 px", async () => { for (let i = 0; i < 150; i++) { await page.mouse.wheel(0, 1200); await page.waitForTimeout(20); } });
  await taken("jump through the whole list, 60 places", async () => { for (let i = 0; i < 60; i++) { await page.locator("main").evaluate((m, k) => { m.scrollTop = m.scrollHeight * k; }, (i * 37 % 60) / 60); await page.waitForTimeout(50); } });
  await taken("search, a key each 80 ms", async () => { await page.getByLabel("Part of the name").pressSequentially("year 2011/file-1", { delay: 80 }); });
} finally {
  for (const f of ends) await f();
  await closeBrowser();
}
