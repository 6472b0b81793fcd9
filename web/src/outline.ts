/**
 * The depth of headings among each other, 1 the outermost: files leave levels out,
 * and a reader that goes from heading to heading would miss what was never there.
 */
export class Outline {
  private open: number[] = [];
  depth(level: number): number {
    while (this.open.length && (this.open[this.open.length - 1] ?? 0) >= level) this.open.pop();
    return this.open.push(level);
  }
}

/** The level of a heading of a document for assistive technology: the document's name is level 2. */
export const ariaLevel = (depth: number): number => Math.min(6, depth + 2);

/** Tells the levels of the headings in a document that is shown as it looks. */
export function levels(of: Element): void {
  const outline = new Outline();
  for (const h of of.querySelectorAll("h1, h2, h3, h4, h5, h6")) h.setAttribute("aria-level", String(ariaLevel(outline.depth(Number(h.tagName[1])))));
}
