import { useState } from "preact/hooks";
import { Icon } from "./icons";
import { commandWords } from "./text/command";

/** A command to run, with a button that copies it. */
export function Command({ line }: { line: string }) {
  const [copied, setCopied] = useState(false);
  const w = commandWords();
  return <span class="command"><code>{line}</code><button class="plain small" aria-label={w.copy} title={w.copy} onClick={() => void navigator.clipboard.writeText(line).then(() => setCopied(true))}><Icon name={copied ? "check" : "copy"} /></button></span>;
}

/** What to do: words, and behind them the command if there is one. */
export function Next({ step }: { step: string }) {
  const at = step.search(/\b(golocal|ollama) [a-z]/);
  return at < 0 ? <>{step}</> : <>{step.slice(0, at)}<Command line={step.slice(at)} /></>;
}
