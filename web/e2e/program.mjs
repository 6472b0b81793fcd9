// The built program beside a scripted Ollama, for tests of a page over real files.
import { execFileSync, spawn } from "node:child_process";
import path from "node:path";
import { endWith, folder, lineOf, web } from "./browser.mjs";

const cache = path.join(web, "node_modules/.cache");

/** A folder with a made file of every format (e2e/samples). */
export async function samples(t) {
  const dir = await folder(t);
  execFileSync(path.join(cache, "samples"), [dir]);
  return dir;
}

/**
 * Starts the program on folders, none is fine; gives its page's address. models is
 * what the scripted Ollama holds, behaviour how it answers (internal/fakeollama). It is told of no display, so that nothing opens on it.
 */
export async function program(t, folders = [], { models = "normal", behaviour = {}, env = {} } = {}) {
  const ollama = spawn(path.join(cache, "fakeollama"), ["-models", models], { stdio: ["ignore", "pipe", "pipe"] });
  endWith(t, ollama);
  const host = (await lineOf(ollama, (l) => l.startsWith("http://") && /\d$/.test(l))).trim();
  await fetch(host + "/fake/behaviour", { method: "POST", body: JSON.stringify(behaviour) });
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([k]) => k !== "DISPLAY" && k !== "WAYLAND_DISPLAY"));
  const child = spawn(process.env.GOLOCAL_BIN ?? path.resolve(web, "../bin/golocal"), ["up", "--no-open", ...folders], {
    env: { ...inherited, GOLOCAL_HOME: await folder(t), GOLOCAL_INBOX: path.join(await folder(t), "golocal Inbox"), NO_COLOR: "1", OLLAMA_HOST: host, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  endWith(t, child);
  return /http:\/\/127\.0\.0\.1:\d+\/#code=[\w-]+/.exec(await lineOf(child, (l) => /#code=[A-Z0-9a-z_-]{10,}/.test(l)))[0];
}
