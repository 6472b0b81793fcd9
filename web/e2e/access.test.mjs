// Every page in both schemes and three widths: nothing that axe finds, nothing
// wider than the window. With GOLOCAL_SCREENS=DIR it also keeps pictures.
import assert from "node:assert/strict";
import path from "node:path";
import test, { after } from "node:test";
import { accessible, ask, closeBrowser, folder, harness, open } from "./browser.mjs";

after(closeBrowser);

const samples = async (t, ...args) => ({ ...(await harness(t, ...args, "-fixtures", await folder(t))) });
const written = (page) => page.getByRole("button", { name: "Written" }).click();

for (const scheme of ["light", "dark"]) {
  test(`every page and state is accessible and fits, ${scheme}`, async (t) => {
    const h = await samples(t);
    for (const width of [1280, 820, 390]) {
      const page = await open(t, new URL(h.page).origin + "/#code=" + await h.code(), { width, scheme });
      const good = async (what) => {
        await accessible(page, `${what}, ${width}, ${scheme}`);
        const wide = await page.evaluate(() => [document.documentElement.scrollWidth - innerWidth, (() => { const m = document.querySelector("main"); return m ? m.scrollWidth - m.clientWidth : 0; })()]);
        if (process.env.GOLOCAL_SCREENS) await page.screenshot({ path: path.join(process.env.GOLOCAL_SCREENS, `${what}-${width}-${scheme}.png`.replaceAll(" ", "-")) });
        assert.deepEqual(wide.map((n) => Math.max(0, n)), [0, 0], `${what} is wider than ${width}`);
      };
      await page.getByText("6 documents in 1 folder").waitFor();
      await good("start");
      await written(page);
      await ask(page, "What did the new landing stage cost?");
      await page.getByText("statements supported").waitFor();
      for (const s of await page.locator("summary").all()) await s.click();
      await good("answer");
      await page.locator(".written .chip").first().click();
      await page.locator(".pdf-sheet canvas").waitFor();
      await good("PDF source");
      await page.getByRole("button", { name: "Close source" }).click();
      await page.getByRole("link", { name: "Search" }).click();
      await page.getByLabel("Search your files").fill("accounts boats key");
      await page.locator(".hits li").first().click();
      await page.locator(".source mark").first().waitFor();
      await good("search with source");
      await page.getByRole("button", { name: "Close source" }).click();
      await page.getByRole("link", { name: "Library" }).click();
      await page.locator("tbody tr").first().waitFor();
      await page.getByRole("button", { name: /^Remove/ }).click();
      await good("library");
      await page.getByRole("link", { name: "Models" }).click();
      await page.getByText("In memory now").waitFor();
      await page.getByRole("button", { name: "Remove smollm2:135m" }).click();
      await page.getByLabel("Use another").first().selectOption({ index: 1 });
      await page.locator(".role").first().getByRole("button", { name: "Use", exact: true }).click();
      await page.getByText("will be embedded with").waitFor();
      if (await page.locator(".download").count() === 0) {
        for (const name of ["paused:1b", "broken:1b"]) {
          await page.getByLabel("Get a model by its name").fill(name);
          await page.getByRole("button", { name: "Get", exact: true }).click();
          await page.locator(".download").filter({ hasText: name }).waitFor();
          if (name === "paused:1b") await page.getByRole("button", { name: "Pause paused:1b" }).click();
        }
        await page.getByText("broke off").waitFor();
      }
      await good("models");
    }
  });
}
