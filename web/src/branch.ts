// A conversation is a tree: a question that was edited or asked again follows
// the same turn as the one before it. What is shown is one way through it.
import type { KeptTurn } from "./conversations";
import { keptTurn, type Turn } from "./turn";

/** The turns from the first to the leaf. */
export function way(turns: Turn[], leaf: number): Turn[] {
  const by = new Map(turns.map((t) => [t.id, t]));
  const out: Turn[] = [];
  for (let t = by.get(leaf); t; t = by.get(t.parent)) out.unshift(t);
  return out;
}

/** The turns that follow the same one, oldest first, the turn itself among them. */
export const versions = (turns: Turn[], t: Turn) => turns.filter((x) => x.parent === t.parent);

/** The newest end of what follows a turn. */
export function end(turns: Turn[], from: number): number {
  for (;;) {
    const next = turns.findLast((t) => t.parent === from);
    if (!next) return from;
    from = next.id;
  }
}

/** What the daemon kept as turns of this tab; a turn whose parent is not there begins the conversation. */
export function tree(kept: KeptTurn[]): Turn[] {
  const ids = new Map<string, number>();
  return kept.map((k) => {
    const t = keptTurn(k, ids.get(k.parent) ?? 0);
    ids.set(k.id, t.id);
    return t;
  });
}
