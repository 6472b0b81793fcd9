import { useCopy } from "./copy";
import { Icon } from "./icons";
import { commandWords } from "./text/command";

/** A command to run, with a button that copies it. */
export function Command({ line }: { line: string }) {
  const [state, copy] = useCopy();
  const w = commandWords(), said = state === "copied" ? w.copied : state === "failed" ? w.copyFailed : "";
  return <span class="command"><code>{line}</code><button class="plain small" aria-label={said || w.copy} title={w.copy} onClick={() => copy(line)}><Icon name={state === "copied" ? "check" : "copy"} />{said}</button><span class="said" role="status">{said}</span></span>;
}

/** What to do: words, and behind them the command if there is one. */
export function Next({ step }: { step: string }) {
  const at = step.search(/\b(golocal|ollama) [a-z]/);
  return at < 0 ? <>{step}</> : <>{step.slice(0, at)}<Command line={step.slice(at)} /></>;
}
