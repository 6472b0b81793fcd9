// The page in another language than English, at its narrowest.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import test, { after } from "node:test";
import { accessible, closeBrowser, folder, harness, open } from "./browser.mjs";
import { keeper } from "./keeper.mjs";
import { program } from "./program.mjs";

after(closeBrowser);

/** English words that no part of the page says in German; what files and the daemon say is left out. */
const english = /\b(the|your|yours|files?|folders?|passages?|settings|search|answers?|question|conversations?|sources?|nothing|delete|keep|close|copy|stop|reads?|writes?)\b/i;

/** What the page itself says in the elements. */
const said = (page, selector) => page.locator(selector).evaluateAll((els) => els.map((e) => [e.innerText, ...[...e.querySelectorAll("[aria-label], [title], [placeholder]")].flatMap((x) => [x.getAttribute("aria-label"), x.getAttribute("title"), x.getAttribute("placeholder")])].filter(Boolean).join("\n")).join("\n"));

const fits = async (page, what) => {
  const wide = await page.evaluate(() => [...document.querySelectorAll("body *")].filter((e) => {
    const r = e.getBoundingClientRect();
    for (let p = e.parentElement; p; p = p.parentElement) if (/auto|scroll|hidden|clip/.test(getComputedStyle(p).overflowX)) return false;
    return r.width > 0 && r.right > innerWidth + 1;
  }).map((e) => `${e.tagName}.${e.className} ${e.textContent?.slice(0, 40)}`));
  assert.deepEqual(wide, [], `${what} is wider than the window`);
};

test("German where the browser asks for it: asking, an answer, settings and keys; nothing wider than a phone", async (t) => {
  const h = await harness(t, "-fixtures", await folder(t));
  const page = await open(t, h.page, { locale: "de-DE", width: 390, height: 844 });
  await page.getByRole("heading", { name: "Was steht in Ihren Dateien?" }).waitFor();
  assert.equal(await page.locator("html").getAttribute("lang"), "de");
  await page.getByText("6 Dokumente in 1 Ordner").waitFor();
  assert.doesNotMatch(await said(page, ".rail, .composer"), english);
  await fits(page, "the start");
  await accessible(page, "the start in German");

  await page.getByRole("button", { name: "Verfasst" }).click();
  await page.getByLabel("Ihre Frage").fill("What does a lost key cost?");
  await page.getByLabel("Ihre Frage").press("Enter");
  await page.getByText("1 von 2 Aussagen in Ihren Dateien belegt").waitFor();
  await page.locator(".sentence.no").getByText("nicht in Ihren Dateien").waitFor();
  await page.getByText("Wie diese Antwort entstand").click();
  assert.doesNotMatch(await said(page, ".question-line, .turn-foot .tools, .turn-foot .summary, .turn-foot dt"), english);
  await fits(page, "an answer");
  await accessible(page, "an answer in German");

  await page.getByRole("button", { name: "Einstellungen" }).click();
  assert.doesNotMatch((await said(page, "dialog")).replace("English", ""), english);
  await fits(page, "settings");
  await accessible(page, "settings in German");
  await page.getByRole("dialog").getByRole("button", { name: "Schließen" }).click();
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Kürzel" }).waitFor();
  assert.doesNotMatch(await said(page, "dialog"), english);
  await page.keyboard.press("Escape");
  for (const name of ["Suchen", "Bibliothek", "Modelle", "Auswertung"]) {
    await page.getByRole("link", { name, exact: true }).click();
    await page.locator("main h1").first().waitFor();
    await fits(page, name);
  }
});

test("Settings that stay: the language is chosen, holds at once and after a reload; numbers follow it", async (t) => {
  const h = await harness(t, "-fixtures", await folder(t));
  const page = await open(t, h.page);
  await page.getByRole("heading", { name: "What do your files say?" }).waitFor();
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("group", { name: "Language" }).getByRole("button", { name: "Deutsch" }).click();
  await page.getByRole("dialog", { name: "Einstellungen" }).waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Schließen" }).click();
  await page.getByRole("link", { name: "Bibliothek", exact: true }).click();
  await page.getByText(/\d,\d KB auf der Platte|\d,\d MB/).first().waitFor();
  await page.reload();
  await page.getByRole("link", { name: "Fragen", exact: true }).click();
  await page.getByRole("heading", { name: "Was steht in Ihren Dateien?" }).waitFor();
  await page.getByRole("button", { name: "Einstellungen" }).click();
  await page.getByRole("group", { name: "Sprache" }).getByRole("button", { name: "English" }).click();
  await page.getByRole("heading", { name: "What do your files say?" }).waitFor();
});

/** Words that sentences of English are built with and German ones never have. */
const builds = /\b(the|of|is|are|not|with|and|has|have|fits|runs|from|your|only|left|read|cannot|to|it|by)\b/gi;

test("Words of the daemon in German: a model that fails, the models' page, a failed download, and a conversation as a file", { timeout: 300000 }, async (t) => {
  const dir = await folder(t);
  await writeFile(path.join(dir, "haus.md"), "# Schlüssel\n\nEin verlorener Schlüssel kostet 30 Euro. Das Dach ist dicht.\n");
  const page = await open(t, await program(t, [dir], { models: "several", behaviour: { chat: "oom", gpu: .48 } }), { locale: "de-DE" });
  await page.getByText(/ 1 Dokument, aktuell/).waitFor();
  await page.getByRole("button", { name: "Verfasst" }).click();
  const asks = async (nth) => {
    await page.locator("#question").fill("Was kostet ein verlorener Schlüssel?");
    await page.keyboard.press("Enter");
    await page.locator(".turn-foot").nth(nth).waitFor();
    return (await page.locator(".turn").nth(nth).innerText());
  };
  assert.match(await asks(0), /hat aufgehört: das Modell passt nicht in den Arbeitsspeicher: model requires .*; andere Programme schließen, oder ein kleineres Modell wählen: golocal models/);
  const called = (route) => page.evaluate(async (r) => (await fetch(r, { headers: { Authorization: "Bearer " + sessionStorage.getItem("golocal-token") } })).text(), route);
  const { models } = JSON.parse(await called("/api/v1/status"));
  const behave = (behaviour) => fetch(`${models.address}/fake/behaviour`, { method: "POST", body: JSON.stringify(behaviour) });
  await behave({ chat: "unfinished", gpu: .48 });
  assert.match(await asks(1), /hat aufgehört: die Antwort ist unvollständig: sie endete mittendrin/);
  await behave({ gpu: .48 });
  assert.doesNotMatch(await asks(2), /hat aufgehört/);

  const id = /c=(\w+)/.exec(page.url())?.[1] ?? JSON.parse(await called("/api/v1/conversations")).conversations[0].id;
  const file = await called(`/api/v1/conversations/${id}/export?format=md`);
  assert.match(file, /^\[\^1\]: .*haus\.md, Zeile 3: „Ein verlorener Schlüssel kostet 30 Euro\.“ — steht noch da \(geprüft \d+\.\d+\.\d{4}, \d\d:\d\d\)$/m);
  assert.match(file, /^\*.+, zu \d+ % belegt\*$/m);

  await page.getByRole("link", { name: "Modelle", exact: true }).click();
  await page.getByText(/48 % GPU: .* von .*passen nicht in den GPU-Speicher/s).first().waitFor();
  await page.getByText(/^letzte Antwort: /).waitFor();
  await page.getByText("Vorschläge für diesen Rechner").waitFor();
  await page.getByLabel("Ein Modell nach Namen holen").fill("qwen3:1.7b");
  await page.getByRole("button", { name: "Holen", exact: true }).click();
  await page.locator(".download.failed").getByText(/^das Modell qwen3:1\.7b ließ sich nicht holen: .*; mit dem Netz verbinden, oder eine Datei aufnehmen/).waitFor();
  const shown = await page.locator("main").innerText();
  assert.deepEqual(shown.match(builds), null, shown);
  await accessible(page, "the models' page in German");
});

test("Words of the daemon in German: a folder that is not added, and rules that are not taken", { timeout: 300000 }, async (t) => {
  const dir = await folder(t);
  await writeFile(path.join(dir, "haus.md"), "Das Dach ist dicht.\n");
  const page = await open(t, await program(t, [dir]), { locale: "de-DE", allow: ["400"] });
  await page.getByRole("link", { name: "Bibliothek", exact: true }).click();
  await page.locator("#folder").fill("/proc");
  await page.locator("#folder").press("Enter");
  await page.getByText("Der Ordner lässt sich nicht hinzufügen: /proc gehört dem System und enthält keine Dokumente; einen eigenen Ordner wählen").waitFor();
  await page.getByRole("button", { name: /^Regeln von/ }).first().click();
  await page.locator(".rules-form textarea, form textarea").first().fill("[");
  await page.getByText('include "[": zu diesem Muster passt nichts; geschrieben wird es wie in einer .gitignore-Datei').first().waitFor();
});

test("Words of the daemon in German: why a kept answer failed; one kept without a code stays as it was", async (t) => {
  const h = await keeper(t, "-fixtures", await folder(t)), at = new Date().toISOString();
  const failed = (id, parent, question, more) => ({ id, parent, asked: at, question, standalone: "", scope: {}, state: "failed", ...more });
  h.kept.set("a", { id: "a", title: "Alt", pinned: false, created: at, changed: at, turns: [failed("t1", "", "Wie lange?", { problem: "the answer is longer than can be kept", why: { code: "answer.too_long" } }), failed("t2", "t1", "Und wer?", { problem: "as it was told then" })] });
  const page = await open(t, h.page, { locale: "de-DE" });
  await page.locator(".history-row a").click();
  await page.getByText("die Antwort ist länger, als sich aufbewahren lässt").waitFor();
  await page.getByText("as it was told then").waitFor();
  assert.equal(await page.getByText("longer than can be kept").count(), 0);
});

test("what the daemon says by code is German on the German page: a reason, a probe, a limit, a refusal", async (t) => {
  const h = await harness(t, "-fixtures", await folder(t));
  const page = await open(t, h.page, { locale: "de-DE" });
  await page.getByRole("link", { name: "Bibliothek", exact: true }).click();
  await page.getByText("auf unbekannte Weise verschlüsselt").first().waitFor();
  assert.equal(await page.getByText("encrypted in a way").count(), 0);
  await page.goto(`${h.page.split("#")[0]}#/search?q=lost%20key%20type:md`);
  await page.getByText("nur Dateien vom Typ md").first().waitFor();
  await page.locator(".why-not summary").click();
  await page.locator("#missing").fill("broken.pdf");
  await page.locator("#missing").press("Enter");
  await page.getByText("Sie ließ sich nicht lesen: auf unbekannte Weise verschlüsselt.").waitFor();
  await page.getByText("die Datei richten und speichern; golocal liest sie wieder").waitFor();
});
