// The one-time code that a tab comes with: it is exchanged once, and a reload in between loses nothing.
import assert from "node:assert/strict";
import test, { after } from "node:test";
import { closeBrowser, folder, harness, open } from "./browser.mjs";

after(closeBrowser);

const broken = ["console: Failed to load resource", "401 /api/v1/session"];

test("Sign-in: a tab reloaded before the answer to its code has come is let in all the same, and nobody else is", async (t) => {
  const h = await harness(t, "-fixtures", await folder(t));
  const page = await open(t, new URL(h.page).origin + "/icon.svg", { allow: broken });
  let taken;
  const redeemed = new Promise((r) => { taken = r; });
  await page.route("**/api/v1/session", async (r) => { await r.fetch(); taken(); }, { times: 1 }); // the daemon takes the code, the page never hears of it
  await page.goto(h.page);
  await redeemed;
  await page.reload();
  await page.getByText("6 documents in 1 folder").waitFor();
  assert.equal(await page.evaluate(() => sessionStorage.getItem("golocal-code")), null, "what it was claimed with is not kept");
  const other = await open(t, h.page, { allow: broken });
  await other.getByRole("alert").filter({ hasText: "used or was never given" }).waitFor();
  await page.reload();
  await page.getByText("6 documents in 1 folder").waitFor();
});

test("Sign-in: a code that no daemon answered to is tried again by a reload", async (t) => {
  const h = await harness(t, "-fixtures", await folder(t));
  const page = await open(t, new URL(h.page).origin + "/icon.svg", { allow: broken });
  await page.route("**/api/v1/session", (r) => r.abort("connectionrefused"), { times: 1 });
  await page.goto(h.page);
  await page.getByRole("alert").filter({ hasText: "golocal does not answer" }).waitFor();
  await page.reload();
  await page.getByText("6 documents in 1 folder").waitFor();
});
