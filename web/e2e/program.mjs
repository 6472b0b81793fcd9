// The built program over made files of every format, with a scripted Ollama.
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

/** The binary serving a folder; answers its page's address. It is told of no display, so that nothing opens on it. */
export async function program(t, dir, env = {}) {
  const ollama = spawn(path.join(cache, "fakeollama"), { stdio: ["ignore", "pipe", "pipe"] });
  endWith(t, ollama);
  const host = await lineOf(ollama, (l) => l.startsWith("http://") && /\d$/.test(l));
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([k]) => k !== "DISPLAY" && k !== "WAYLAND_DISPLAY"));
  const child = spawn(process.env.GOLOCAL_BIN ?? path.resolve(web, "../bin/golocal"), ["up", "--no-open", dir], {
    env: { ...inherited, GOLOCAL_HOME: await folder(t), NO_COLOR: "1", OLLAMA_HOST: host.trim(), ...env }, stdio: ["ignore", "pipe", "pipe"] });
  endWith(t, child);
  return /http:\/\/127\.0\.0\.1:\d+\/#code=[\w-]+/.exec(await lineOf(child, (l) => /#code=[A-Z0-9a-z_-]{10,}/.test(l)))[0];
}
