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

/** Starts the program on folders, none is fine; gives its page's address. models is what the scripted Ollama holds. It is told of no display, so that nothing opens on one. */
export async function program(t, folders = [], models = "normal") {
  const ollama = spawn(path.join(cache, "fakeollama"), ["-models", models], { stdio: ["ignore", "pipe", "pipe"] });
  endWith(t, ollama);
  const host = (await lineOf(ollama, (l) => l.startsWith("http://") && /\d$/.test(l))).trim();
  const home = await folder(t);
  const child = spawn(process.env.GOLOCAL_BIN ?? path.resolve(web, "../bin/golocal"), ["up", "--no-open", ...folders], {
    env: { ...process.env, DISPLAY: "", WAYLAND_DISPLAY: "", GOLOCAL_HOME: home, NO_COLOR: "1", OLLAMA_HOST: host }, stdio: ["ignore", "pipe", "pipe"] });
  endWith(t, child);
  const line = await lineOf(child, (l) => /#code=[A-Z0-9a-z_-]{10,}/.test(l));
  return /http:\/\/127\.0\.0\.1:\d+\/#code=[\w-]+/.exec(line)[0];
}
