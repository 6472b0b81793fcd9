/** A drag of files and folders from the desktop over the page, as the browser itself gets it. */
export async function drag(page, files, x = 500, y = 300) {
  const cdp = await page.context().newCDPSession(page);
  const data = { items: [], files, dragOperationsMask: 1 };
  const step = (type) => cdp.send("Input.dispatchDragEvent", { type, x, y, data });
  await step("dragEnter");
  await step("dragOver");
  return { over: () => step("dragOver"), drop: () => step("drop"), away: () => step("dragCancel") };
}
