import type { Models } from "./api";
import { Icon } from "./icons";
import { composerWords } from "./text/composer";

/** The model that answers the next question; "" where none does. */
export const answering = (models: Models | undefined, chosen: string) => models?.runner ? chosen || models.chat?.name || "" : "";

/** A model's name without where it was fetched from. */
export const shortName = (name: string) => name.slice(name.lastIndexOf("/") + 1);

/** Tells which model answers, and opens the menu of those that can. */
export function ModelPick(p: { models: Models | undefined; chosen: string; open: boolean; onToggle: () => void; button: { current: HTMLButtonElement | null } }) {
  const w = composerWords();
  if (!p.models) return null;
  const name = answering(p.models, p.chosen);
  if (!name) return <a class="model-pick" href="#/models" title={w.noModelTitle}><Icon name="models" /><span>{w.noModel}</span></a>;
  return <button type="button" ref={p.button} class="model-pick" aria-haspopup="menu" aria-expanded={p.open} aria-controls={p.open ? "model-menu" : undefined} aria-label={w.modelIs(name)} title={`${w.modelTitle}: ${name}`} onClick={p.onToggle}>
    <Icon name="models" /><bdi>{shortName(name)}</bdi><Icon name="down" /></button>;
}
