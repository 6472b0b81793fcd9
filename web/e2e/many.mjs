/** Answers the list of documents with 20,000 of them, from memory. */
export async function manyDocuments(page, total = 20000) {
  const doc = (i) => ({ id: i + 1, ref: { root: 1, path: `year ${2000 + i % 20}/file-${String(i).padStart(5, "0")}.md` }, size: 900 + i, modified: "2026-11-01T10:00:00Z", indexed: "2026-11-01T10:00:00Z", type: "markdown", chunks: 3, state: i % 500 === 499 ? "failed" : "ready", ...(i % 500 === 499 ? { reason: "it could not be read: the disk did not answer in time, and then it did not answer again; try again when it is back" } : {}) });
  const all = Array.from({ length: total }, (_, i) => doc(i));
  await page.route("**/api/v1/documents?*", (r) => {
    const q = new URL(r.request().url()).searchParams, part = (q.get("q") ?? "").toLowerCase();
    const fit = all.filter((d) => (!part || d.ref.path.includes(part)) && (!q.get("state") || d.state === q.get("state")));
    return r.fulfill({ json: { documents: fit.slice(Number(q.get("offset") ?? 0), Number(q.get("offset") ?? 0) + Number(q.get("limit") ?? 100)), total: fit.length } });
  });
}
