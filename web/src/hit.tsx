import type { Elsewhere, Hit } from "./api";
import { excerpt, shortened } from "./excerpt";
import { percent } from "./format";
import { baseName, folderName, pathText, placeText } from "./place";
import { number } from "./text/catalogue";
import { searchWords } from "./text/search";

/** The other files that hold nearly the same passage. */
export function AlsoIn({ also }: { also: Elsewhere[] | undefined }) {
  if (!also?.length) return null;
  const w = searchWords();
  const names = also.map((e) => [e.ref.path, placeText(e.place)].filter(Boolean).join(", "));
  return <span class="also" title={names.join("\n")}>{w.also} {also.length === 1 ? <bdi>{baseName(also[0]?.ref.path ?? "")}</bdi> : w.otherPlaces(number(also.length))}</span>;
}

/** A passage that was found: its file, what of it shows why, and where it stands. */
export function HitView({ hit: h, id, chosen, onOpen }: { hit: Hit; id: string; chosen: boolean; onOpen: () => void }) {
  const w = searchWords(), path = pathText(h.document.ref), by = h.parts.dense_rank && h.parts.keyword_rank ? w.byBoth : h.parts.dense_rank ? w.byMeaning : w.byWords;
  return <li id={id} role="option" aria-selected={chosen} class={chosen ? "chosen" : ""} onClick={onOpen}>
    <p class="hit-head"><strong dir="auto">{baseName(path)}</strong> <span class="quiet" dir="auto">{[folderName(path), ...(h.chunk.heading ?? [])].filter(Boolean).join(" › ")}</span></p>
    <p class="snippet" dir="auto">{shortened(excerpt(h), 260).map((s, k) => s.mark ? <mark key={k}>{s.text}</mark> : s.text)}</p>
    <p class="quiet hit-foot">{[placeText(h.chunk.place), percent(h.score), by].filter(Boolean).join(" · ")}{h.also?.length ? " · " : ""}<AlsoIn also={h.also} /></p>
  </li>;
}
