// How the page looks to this person; kept by the browser.

import { asked, type Language, languages, speak } from "./text/catalogue";

export interface Settings { language: "auto" | Language; theme: "auto" | "light" | "dark"; size: "small" | "normal" | "large" | "larger"; motion: "auto" | "less" }
export const usual: Settings = { language: "auto", theme: "auto", size: "normal", motion: "auto" };

const key = "golocal-settings";
const choices = { language: ["auto", ...Object.keys(languages) as Language[]], theme: ["auto", "light", "dark"], size: ["small", "normal", "large", "larger"], motion: ["auto", "less"] } as const;

/** What was kept, each value that is not known any more as usual. */
export function readSettings(store: Pick<Storage, "getItem"> = localStorage): Settings {
  let kept: Record<string, unknown> = {};
  try { const v: unknown = JSON.parse(store.getItem(key) ?? "{}"); if (typeof v === "object" && v) kept = { ...v }; } catch { /* not ours: as usual */ }
  const pick = <V extends string>(of: readonly V[], v: unknown, otherwise: V) => of.find((c) => c === v) ?? otherwise;
  return { language: pick(choices.language, kept["language"], usual.language), theme: pick(choices.theme, kept["theme"], usual.theme), size: pick(choices.size, kept["size"], usual.size), motion: pick(choices.motion, kept["motion"], usual.motion) };
}

/** Puts the settings on the page; the style sheet does the rest. */
export function applySettings({ language, ...looks }: Settings): void {
  Object.assign(document.documentElement.dataset, looks);
  speak(language === "auto" ? asked() : language);
}

export function keepSettings(s: Settings): void { localStorage.setItem(key, JSON.stringify(s)); applySettings(s); }
