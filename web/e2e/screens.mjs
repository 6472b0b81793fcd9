// Writes screenshots of every page and state into a folder, with a sheet to look
// through them: NAME-light-390.png and so on, and index.html. Made data only.
//
//	node e2e/screens.mjs DIR [NAME…]
//
// ./check --screens DIR builds what it needs first. Names choose states.
import { spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { ask, closeBrowser, endWith, folder, harness, lineOf, open, run, web } from "./browser.mjs";
import { drag } from "./drag.mjs";
import { keeper } from "./keeper.mjs";

const widths = [390, 820, 1280], schemes = ["light", "dark"];
const [dir, ...chosen] = process.argv.slice(2);
if (!dir) { console.error("usage: node e2e/screens.mjs DIR [NAME…]"); process.exit(2); }
const cache = path.join(web, "node_modules/.cache");

/** What a screenshot needs of a test: something to end with. */
const ends = [], t = { after: (f) => ends.unshift(f) };
const missed = [], taken = [];

const days = (n) => new Date(Date.now() - n * 86_400_000).toISOString();
const old = (id, title, ago, pinned = false) => ({ id, title, pinned, created: days(ago), changed: days(ago), turns: [{ id: id + "t", parent: "", asked: days(ago), question: title, standalone: "", scope: {}, state: "stopped" }] });
const titles = ["What does a lost key cost?", "Wann öffnet das Bootshaus im Winter?", "Donaudampfschifffahrtsgesellschaftskapitänsmützenverordnung", "Who pays for the landing stage, and how much of it does the town pay?", "הספינה יוצאת בשש", "Fees"];

async function shoot(page, name, hold) {
  for (const scheme of schemes) for (const width of widths) {
    await page.setViewportSize({ width, height: width < 600 ? 844 : 900 });
    await page.emulateMedia({ colorScheme: scheme });
    await page.mouse.move(0, 0);
    await page.evaluate(() => new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r))));
    await hold?.(); // what would go by itself
    await page.screenshot({ path: path.join(dir, `${name}-${scheme}-${width}.png`) });
  }
  taken.push(name);
  await page.setViewportSize({ width: 1280, height: 900 });
}

/** Brings a state onto the page and takes its screenshots; a state that does not come is told and the others go on. */
async function state(name, page, prepare = async () => undefined, hold = undefined) {
  if (chosen.length && !chosen.includes(name)) return;
  try { await prepare(page); await shoot(page, name, hold); console.log(`ok    ${name}`); }
  catch (e) { missed.push(name); console.log(`FAIL  ${name}: ${String(e).split("\n").slice(0, 3).join(" ")}`); }
}
const go = (page, hash) => page.evaluate((h) => { location.hash = h; }, hash);
const press = (page, name) => page.getByRole("button", { name, exact: true }).click();
const closed = (page) => page.keyboard.press("Escape");
const mode = (page, name) => page.getByRole("button", { name, exact: true }).click();

/** States over the in-memory daemon with conversations that are kept. */
async function scripted(locale, named) {
  const h = await keeper(t, "-delay", "2ms", "-fixtures", await folder(t));
  titles.forEach((x, i) => h.kept.set("k" + i, old("k" + i, x, i * i, i === 3)));
  const german = locale === "de-DE", say = (en, de) => german ? de : en, of = (n) => named(n);
  const page = await open(t, h.page, { locale, allow: ["ERR_", "503", "Failed to load"] });
  await page.locator("#question").waitFor();
  const question = async (q) => { await page.locator("#question").fill(q); await page.keyboard.press("Enter"); };
  const afresh = async () => { await go(page, "#/ask"); await page.locator("#question").waitFor(); await page.evaluate(() => document.activeElement?.blur()); await page.keyboard.press("n"); };
  const answered = () => page.locator(".turn-foot").last().waitFor();
  await state(of("ask-empty"), page);
  await state(of("model-menu"), page, async () => { await page.locator(".model-pick").click(); await page.locator(".model-menu button").first().waitFor(); });
  await closed(page);
  await state(of("scope-pick"), page, async () => { await page.locator(".scope-pick").click(); await page.locator(".scope-tray select").nth(1).selectOption("notes"); await page.locator(".scope-tray input[type=date]").first().fill("2024-05-03"); });
  await closed(page);
  while (await page.locator(".chip-close").count()) await page.locator(".chip-close").first().click();
  await state(of("answer-quotes"), page, async () => { await mode(page, say("Quotes", "Zitate")); await question("What does a lost key cost?"); await answered(); });
  await state(of("source-markdown"), page, async () => { await page.locator(".origin-link").first().click(); await page.locator(".source mark").first().waitFor(); });
  await closed(page);
  await state(of("answer-written"), page, async () => { await afresh(); await mode(page, say("Written", "Verfasst")); await question("What does a lost key cost?"); await answered(); });
  await state(of("answer-ledger"), page, async () => { await page.locator(".turn-foot summary").last().click(); });
  await state(of("refusal"), page, async () => { await afresh(); await mode(page, say("Quotes", "Zitate")); await question("Who won the football championship of 1968, memberr?"); await page.locator(".none").waitFor(); await answered(); });
  await state(of("search"), page, async () => { await go(page, "#/search?q=boats"); await page.locator(".hit, .result, main li mark, main mark").first().waitFor(); });
  await state(of("search-nothing"), page, async () => { await go(page, "#/search?q=zzzz"); await page.waitForTimeout(600); });
  await state(of("library"), page, async () => { await go(page, "#/library"); await page.locator("tbody tr").first().waitFor(); });
  await state(of("library-failed"), page, async () => { await go(page, "#/library?state=failed"); await page.locator("tbody .reason").first().waitFor(); });
  await state(of("rules"), page, async () => { await go(page, "#/library"); await page.locator(".roots button").filter({ hasText: say("Rules", "Regeln") }).first().click(); await page.locator(".roots textarea").first().waitFor(); });
  await state(of("models"), page, async () => { await go(page, "#/models"); await page.locator(".role").first().waitFor(); });
  await state(of("evaluation"), page, async () => { await go(page, "#/evaluation"); await page.locator("main h1").waitFor(); await page.waitForTimeout(500); });
  await state(of("settings"), page, async () => { await go(page, "#/ask"); await press(page, say("Settings", "Einstellungen")); await page.getByRole("dialog").waitFor(); });
  await closed(page);
  await state(of("help"), page, async () => { await page.evaluate(() => document.activeElement?.blur()); await page.keyboard.press("?"); await page.getByRole("dialog").waitFor(); });
  await closed(page);
  await state(of("palette"), page, async () => { await page.keyboard.press("Control+k"); await page.getByRole("dialog").waitFor(); });
  await closed(page);
  await h.control("indexing=on");
  await state(of("library-indexing"), page, async () => { await go(page, "#/library"); await page.locator(".readings li").first().waitFor(); });
  await state(of("library-remove"), page, async () => { await page.locator(".root-actions button").last().click(); await page.locator(".confirm").waitFor(); });
  await state(of("library-removed"), page, async () => { await page.locator(".confirm .danger").click(); await page.locator(".toast button").focus(); await page.locator("main").evaluate((m) => { m.scrollTop = 0; }); });
  if (await page.locator(".toast").count()) await page.locator(".toast button").click();
  await state(of("library-why"), page, async () => { await page.locator(".why-file summary").click(); await page.locator("#probe").fill("/nowhere/notes.md"); await page.locator(".why-file .search-bar button").click(); await page.locator(".outcome").waitFor(); });
  await h.control("indexing=off&hold=load");
  await state(of("answer-loading"), page, async () => { await afresh(); await mode(page, say("Written", "Verfasst")); await question("What does a lost key cost?"); await page.locator(".clock").waitFor(); });
  await h.control("hold=");
  await state(of("toast"), page, async () => { if (await page.locator(".turn").count()) await answered(); await page.locator(".history-row").last().hover(); await page.locator(".history-row").last().getByRole("button").last().click(); await page.locator(".toast").waitFor(); });
  if (await page.locator(".toast").count()) { await page.locator(".toast button").click(); await page.locator(".toast").waitFor({ state: "detached" }); }
  await h.control("trouble=index_damaged");
  await state(of("index-damaged"), page, async () => { await page.locator(".banner").waitFor(); });
  await h.control("trouble=&offline=on");
  await state(of("models-offline"), page, async () => { await go(page, "#/models"); await page.locator(".banner").filter({ hasText: "offline" }).waitFor(); });
  await h.control("offline=off&embedding=off&chat=off");
  await state(of("models-missing"), page, async () => { await page.locator(".role .button").nth(1).waitFor(); });
  await h.control("runner=off");
  await state(of("runner-down"), page, async () => { await go(page, "#/ask"); await page.locator(".banner").waitFor(); });
  await state(of("models-runner-down"), page, async () => { await go(page, "#/models"); await page.locator("main h2").first().waitFor(); });
  await h.stop();
  await state(of("daemon-gone"), page, async () => { await go(page, "#/ask"); await page.locator(".banner.bad").waitFor({ timeout: 40000 }); });

  const none = await harness(t), empty = await open(t, none.page, { locale, allow: ["4"] });
  await state(of("first-runner"), empty, async () => { await empty.locator(".first").waitFor(); });
  const step = (n) => empty.locator(".first-steps button").nth(n - 1).click();
  await state(of("first-models"), empty, async () => { await step(2); await empty.locator(".first-model").first().waitFor(); });
  await state(of("first-folder"), empty, async () => { await step(3); await empty.locator("#folder").fill(await folder(t)); await empty.locator(".counted").waitFor(); });
  await none.control("runner=off");
  await state(of("first-no-runner"), empty, async () => { await step(1); await empty.locator(".first .command").waitFor(); });
  await none.control("runner=on");
  await state(of("no-folder"), empty, async () => { await press(empty, say("Skip the set-up", "Einrichtung überspringen")); await empty.locator(".empty-state").waitFor(); });
  await state(of("library-no-folder"), empty, async () => { await go(empty, "#/library"); await empty.waitForTimeout(1000); });
  const stranger = await open(t, none.page.split("#")[0], { locale, allow: ["401"] });
  await state(of("sign-in"), stranger, async () => { await stranger.locator(".sign-in form").waitFor(); });
}

/** The built program over a file of each format. */
async function built() {
  const files = path.join(await folder(t), "Ordner mit einem ziemlich langen Namen"), ollama = spawn(path.join(cache, "fakeollama"), { stdio: ["ignore", "pipe", "pipe"] });
  endWith(t, ollama);
  const host = await lineOf(ollama, (l) => l.startsWith("http://") && /\d$/.test(l));
  await run(process.env.GOLOCAL_HARNESS ?? path.join(cache, "harness"), ["-samples", files]);
  const child = spawn(process.env.GOLOCAL_BIN ?? path.resolve(web, "../bin/golocal"), ["up", "--no-open", files], { env: { ...process.env, GOLOCAL_HOME: await folder(t), GOLOCAL_INBOX: path.join(await folder(t), "golocal Inbox"), NO_COLOR: "1", OLLAMA_HOST: host.trim() }, stdio: ["ignore", "pipe", "pipe"] });
  endWith(t, child);
  const line = await lineOf(child, (l) => /#code=[A-Z0-9a-z_-]{10,}/.test(l), 120000);
  const page = await open(t, /http:\/\/127\.0\.0\.1:\d+\/#code=[\w-]+/.exec(line)[0], { allow: [""] });
  page.setDefaultTimeout(60000);
  await page.getByText(/documents, up to date/).waitFor();
  await state("formats-library", page, async () => { await go(page, "#/library"); await page.locator("tbody tr").first().waitFor(); });
  const source = async (name, file) => state(name, page, async () => {
    await closed(page);
    await go(page, "#/library?q=" + encodeURIComponent(file));
    await page.waitForFunction(() => document.querySelectorAll("tbody tr").length === 1);
    await page.locator("tbody tr button.link").first().click();
    await page.locator(".source h2").filter({ hasText: file }).waitFor();
    await page.waitForTimeout(1500); // a PDF draws its page
  });
  for (const [name, file] of [["source-pdf", "report.pdf"], ["source-table", "budget.xlsx"], ["source-csv", "table.csv"], ["source-slides", "deck.pptx"], ["source-mail", "letter.eml"], ["source-book", "book.epub"], ["source-notebook", "work.ipynb"]]) await source(name, file);
  await closed(page);
  await state("formats-search", page, async () => { await go(page, "#/search?q=kept"); await page.locator("main mark").first().waitFor(); });
  await state("formats-answer", page, async () => { await go(page, "#/ask"); await ask(page, "Where is the anchor kept?"); await page.locator(".turn-foot").waitFor(); });
  const dropped = ["report.pdf", "budget.xlsx", "letter.eml"].map((f) => path.join(files, f)).concat(path.resolve(web, "../bin/golocal"));
  let held;
  await state("inbox-over", page, async () => { await go(page, "#/ask"); held = await drag(page, dropped); await page.locator(".drop").waitFor(); }, () => held.over());
  await state("inbox-added", page, async () => { await (held ?? await drag(page, dropped)).drop(); await page.locator(".arrivals .intake.added").nth(2).waitFor(); });
}

const sheet = () => `<!doctype html><meta charset="utf-8"><title>golocal, screens</title><style>body{font:14px system-ui;margin:1rem;background:#888}h2{margin:2rem 0 .5rem}div{display:flex;gap:1rem;align-items:start;overflow-x:auto}img{height:30rem;box-shadow:0 0 1rem #0006}</style>
${taken.map((n) => `<h2>${n}</h2><div>${schemes.flatMap((s) => widths.map((w) => `<a href="${n}-${s}-${w}.png"><img loading="lazy" alt="${n}, ${s}, ${w} px" title="${s}, ${w} px" src="${n}-${s}-${w}.png"></a>`)).join("")}</div>`).join("\n")}
`;

await mkdir(dir, { recursive: true });
try {
  await scripted("en-US", (n) => n);
  await scripted("de-DE", (n) => n + "-german");
  await built();
} finally {
  await writeFile(path.join(dir, "index.html"), sheet());
  for (const f of ends) try { await f(); } catch (e) { console.log(`      ${String(e).split("\n")[0]}`); }
  await closeBrowser();
}
console.log(`${taken.length} states, ${taken.length * schemes.length * widths.length} screenshots in ${dir}${missed.length ? `; missed: ${missed.join(", ")}` : ""}`);
process.exit(missed.length ? 1 : 0);
