import { useEffect, useState } from "preact/hooks";
import { Icon, type IconName } from "./icons";
import { commandWords } from "./text/command";

const tells = 3000; // ms that it is told

/** Whether something was copied a moment ago: "copied", "failed" where the browser did not allow it, "" else. */
export function useCopy(): [state: "" | "copied" | "failed", copy: (text: string) => void] {
  const [state, setState] = useState<"" | "copied" | "failed">("");
  useEffect(() => {
    if (state === "") return undefined;
    const t = setTimeout(() => setState(""), tells);
    return () => clearTimeout(t);
  }, [state]);
  const write = async (text: string) => navigator.clipboard.writeText(text);
  return [state, (text) => void write(text).then(() => setState("copied"), () => setState("failed"))];
}

/** A button that copies a text and says that it has, to the eye and to the ear. */
export function CopyButton(p: { text: () => string; label: string; icon?: IconName; class?: string }) {
  const [state, copy] = useCopy(), w = commandWords();
  const said = state === "copied" ? w.copied : state === "failed" ? w.copyFailed : "";
  return <><button class={`plain small ${p.class ?? ""}`} onClick={() => copy(p.text())}><Icon name={state === "copied" ? "check" : p.icon ?? "copy"} />{said || p.label}</button><span class="said" role="status">{said}</span></>;
}

/** Code, with a button that copies it. */
export function CodeBlock({ code }: { code: string }) {
  return <div class="code-block"><pre tabIndex={0}><code>{code}</code></pre><CopyButton text={() => code} label={commandWords().copyCode} class="code-copy" /></div>;
}
