/** A drag of files and folders from the desktop over the page, as the browser itself gets it. */
export async function drag(page, files, x = 500, y = 300) {
  const cdp = await page.context().newCDPSession(page);
  const data = { items: [], files, dragOperationsMask: 1 };
  const step = (type) => cdp.send("Input.dispatchDragEvent", { type, x, y, data });
  await step("dragEnter");
  await step("dragOver");
  return { over: () => step("dragOver"), drop: () => step("drop"), away: () => step("dragCancel") };
}

/** Drops files on a page once it shows that it takes them: a page that has just come hears nothing yet. */
export async function drop(page, files) {
  const held = await drag(page, files), taken = page.locator(".drop");
  for (let i = 0; i < 300 && !(await taken.isVisible()); i++) { await page.waitForTimeout(100); await held.over(); }
  await held.drop();
}
