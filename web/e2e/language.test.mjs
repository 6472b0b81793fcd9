// The page in another language than English, at its narrowest.
import assert from "node:assert/strict";
import test, { after } from "node:test";
import { accessible, closeBrowser, folder, harness, open } from "./browser.mjs";

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
