// A scripted keeper of conversations in front of the harness: it answers the
// routes of conversations and runs from memory and passes the rest on, so that
// every state of them can be put on the page.
import { createServer, request } from "node:http";
import { atEnd, harness } from "./browser.mjs";

/** The harness behind a keeper: what harness gives, the conversations, which a test may fill, and drop, which breaks every connection. */
export async function keeper(t, ...args) {
  const h = await harness(t, ...args), inner = new URL(h.page);
  const kept = new Map(), runs = new Map();
  let made = 0;
  const name = (of) => `${of}${++made}`;
  const answer = (res, status, body) => { res.writeHead(status, { "content-type": "application/json" }); res.end(body === undefined ? "" : JSON.stringify(body)); };
  const missing = (res) => answer(res, 404, { error: { code: "not_found", message: "there is no such conversation" } });
  const listed = (c) => ({ id: c.id, title: c.title, pinned: c.pinned, created: c.created, changed: c.changed, turns: c.turns.length });
  const onward = (req, body, got) => {
    const out = request({ host: inner.hostname, port: inner.port, method: req.method, path: req.url, headers: { ...req.headers, host: inner.host, ...(req.headers.origin ? { origin: inner.origin } : {}), ...(body === undefined ? {} : { "content-length": Buffer.byteLength(body) }) } }, got);
    out.on("error", () => req.socket.destroy());
    if (body === undefined) req.pipe(out); else out.end(body);
    return out;
  };

  /** Sends the events of a run after a number, and those to come. */
  const watch = (run, after, res) => {
    res.writeHead(200, { "content-type": "text/event-stream" });
    const send = (e) => { if (e.at > after) res.write(`id: ${e.at}\nevent: ${e.name}\ndata: ${e.data}\n\n`); };
    run.events.forEach(send);
    if (run.ended) { res.end(); return; }
    const one = { send, end: () => res.end() };
    run.watchers.add(one);
    res.on("close", () => run.watchers.delete(one));
  };

  const ask = (req, body, res) => {
    const { conversation, parent, ...q } = JSON.parse(body), now = new Date().toISOString();
    let c = kept.get(conversation);
    if (!c) { c = { id: name("c"), title: q.question, pinned: false, created: now, changed: now, turns: [] }; kept.set(c.id, c); }
    const turn = { id: name("t"), parent: parent === "first" ? "" : parent || c.turns.at(-1)?.id || "", asked: now, question: q.question, scope: q.scope, ...(q.mode ? { mode: q.mode } : {}), ...(q.model ? { model: q.model } : {}), state: "running", run: name("r"), answer: null };
    c.turns.push(turn); c.changed = now;
    const run = { id: turn.run, turn, conversation: c.id, events: [], watchers: new Set(), ended: false };
    runs.set(run.id, run);
    const put = (n, data) => { const e = { at: run.events.length + 1, name: n, data }; run.events.push(e); for (const w of run.watchers) w.send(e); };
    const close = (state) => { if (run.ended) return; run.ended = true; turn.state = state; for (const w of run.watchers) w.end(); };
    put("run", JSON.stringify({ type: "run", run: run.id, conversation: c.id, turn: turn.id }));
    watch(run, 0, res);
    run.out = onward(req, JSON.stringify({ ...q, keep: false }), (from) => {
      let rest = "";
      from.setEncoding("utf8");
      from.on("data", (d) => {
        const parts = (rest + d).split("\n\n");
        rest = parts.pop();
        for (const p of parts) {
          const n = /^event: (.*)$/m.exec(p)?.[1], data = /^data: (.*)$/m.exec(p)?.[1];
          if (!n || n === "run" || run.ended) continue;
          if (n === "answer") turn.answer = JSON.parse(data);
          if (n === "error") turn.problem = JSON.parse(data).message;
          put(n, data);
        }
      });
      from.on("close", () => close(turn.answer ? "done" : "failed"));
    });
    run.out.removeAllListeners("error").on("error", () => close("stopped"));
  };

  const route = (req, body, res) => {
    const u = new URL(req.url, inner.origin), [, , , kind, id, sub] = u.pathname.split("/").map(decodeURIComponent);
    const input = body ? JSON.parse(body) : {};
    if (kind === "runs") {
      if (!id) return answer(res, 200, { runs: [...runs.values()].filter((r) => !r.ended).map((r) => ({ run: r.id, conversation: r.conversation, turn: r.turn.id, question: r.turn.question })) });
      const run = runs.get(id);
      if (!run) return missing(res);
      if (req.method === "DELETE") { run.ended = true; run.turn.state = "stopped"; run.out.destroy(); for (const w of run.watchers) w.end(); return answer(res, 204); }
      return watch(run, Number(u.searchParams.get("after") ?? 0), res);
    }
    if (!id && req.method === "DELETE") { if (input.all) kept.clear(); else input.ids.forEach((i) => kept.delete(i)); return answer(res, 204); }
    if (!id) {
      const q = (u.searchParams.get("q") ?? "").toLowerCase(), limit = Number(u.searchParams.get("limit") ?? 50), after = Number(u.searchParams.get("after") ?? 0);
      const all = [...kept.values()].sort((a, b) => b.pinned - a.pinned || b.changed.localeCompare(a.changed)).flatMap((c) => {
        if (!q) return [listed(c)];
        const hits = c.turns.filter((x) => x.question.toLowerCase().includes(q)).map((x) => { const at = Buffer.byteLength(x.question.slice(0, x.question.toLowerCase().indexOf(q))); return { turn: x.id, excerpt: x.question, marks: [{ start: at, end: at + Buffer.byteLength(q) }] }; });
        return hits.length || c.title.toLowerCase().includes(q) ? [{ ...listed(c), hits }] : [];
      });
      return answer(res, 200, { conversations: all.slice(after, after + limit), next: after + limit < all.length ? String(after + limit) : "" });
    }
    const c = kept.get(id);
    if (!c) return missing(res);
    if (sub === "export") { res.writeHead(200, { "content-type": "text/markdown" }); return res.end(`# ${c.title}\n`); }
    if (req.method === "PATCH") { Object.assign(c, input); return answer(res, 204); }
    if (req.method === "DELETE") { kept.delete(id); return answer(res, 204); }
    return answer(res, 200, c);
  };

  const server = createServer((req, res) => {
    const p = new URL(req.url, inner.origin).pathname, own = /^\/api\/v1\/(conversations|runs)\b/.test(p) || p === "/api/v1/ask";
    if (!own) {
      onward(req, undefined, (from) => {
        if (p !== "/api/v1/status" || from.statusCode !== 200) { res.writeHead(from.statusCode, from.headers); from.pipe(res); return; }
        let s = "";
        from.setEncoding("utf8").on("data", (d) => { s += d; }).on("end", () => answer(res, 200, { ...JSON.parse(s), history: { on: true, days: 0, conversations: kept.size, bytes: 4096 * kept.size } }));
      });
      return;
    }
    let body = "";
    req.setEncoding("utf8").on("data", (d) => { body += d; }).on("end", () => p === "/api/v1/ask" ? ask(req, body, res) : route(req, body, res));
  });
  await new Promise((r) => server.listen(0, "127.0.0.1", r));
  atEnd(t, "children", () => { server.closeAllConnections(); server.close(); });
  const outer = `http://127.0.0.1:${server.address().port}`;
  return { ...h, page: outer + "/" + inner.hash, kept, runs, drop: () => server.closeAllConnections() };
}
