import { useCopy } from "./copy";
import { Icon } from "./icons";
import { commandWords } from "./text/command";

/** A command to run, with a button that copies it. */
export function Command({ line }: { line: string }) {
  const [state, copy] = useCopy();
  const w = commandWords(), said = state === "copied" ? w.copied : state === "failed" ? w.copyFailed : "";
  return <span class="command"><code>{line}</code><button class="plain small" aria-label={said || w.copy} title={w.copy} onClick={() => copy(line)}><Icon name={state === "copied" ? "check" : "copy"} />{said}</button><span class="said" role="status">{said}</span></span>;
}

// To the end of its part of the sentence; golocal as the one who does something is no command.
const command = /\b(golocal (add|check|doctor|models|repair|resume|status|sync|token|up)|ollama (ps|pull|serve))\b[^,;]*/;

/** What to do: words, and between them the command if there is one. */
export function Next({ step }: { step: string }) {
  const found = command.exec(step);
  return found ? <>{step.slice(0, found.index)}<Command line={found[0]} />{step.slice(found.index + found[0].length)}</> : <>{step}</>;
}
