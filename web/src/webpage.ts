// A web page as it was saved, without what it would run, load or open.
import DOMPurify from "dompurify";
import { call } from "./api";
import { sourceWords } from "./text/source";

/** The largest file that is shown as it looks, in bytes. */
export const largestPage = 2_000_000;

const allowed = {
  ALLOWED_TAGS: ["p", "br", "hr", "em", "strong", "b", "i", "u", "s", "small", "sub", "sup", "code", "kbd", "samp", "var", "pre", "q", "cite", "abbr", "mark", "ul", "ol", "li", "dl", "dt", "dd", "blockquote",
    "h1", "h2", "h3", "h4", "h5", "h6", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "span", "div", "section", "article", "header", "footer", "main", "aside", "figure", "figcaption", "details", "summary"],
  ALLOWED_ATTR: ["class", "title", "start", "dir", "lang", "colspan", "rowspan"], ALLOW_DATA_ATTR: false, ALLOW_ARIA_ATTR: false, RETURN_DOM_FRAGMENT: true as const,
};

/** Decodes by byte order mark, by what the page says of itself, as UTF-8 where that fits, else as browsers do. */
function decode(bytes: Uint8Array): string {
  const mark = bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : "";
  const said = /<meta[^>]+charset\s*=\s*["']?\s*([\w:-]+)/i.exec(new TextDecoder("latin1").decode(bytes.subarray(0, 2048)))?.[1];
  for (const name of [mark, said, "utf-8"]) {
    if (!name) continue;
    try { return new TextDecoder(name, { fatal: name === "utf-8" }).decode(bytes); } catch { /* not known, or it does not fit: the next */ }
  }
  return new TextDecoder("windows-1252").decode(bytes);
}

/** What a page's style hides from its reader is no part of its text either. */
const unseen = '[hidden], [style*="display:none"], [style*="display: none"], [style*="visibility:hidden"], [style*="visibility: hidden"]';

/**
 * The page with handlers and styles under names that mean nothing. They would not be run anyway, neither where the page is
 * parsed nor after it is cleaned; this only spares the reports that the policy makes of each.
 */
const quiet = (html: string) => html.replace(/<(script|style|noscript|template|svg|math)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, "")
  .replace(/<[a-z](?:[^<>"']|"[^"]{0,4000}"|'[^']{0,4000}')*>/gi, (tag) => tag.replace(/([\s/"'])(on[a-z]+|style)(\s*=)/gi, "$1data-$2$3"));

/** The page's body: images are their descriptions, links their text. Nothing of it is run or loaded, now or later. */
export function cleanPage(html: string): DocumentFragment {
  const inert = new DOMParser().parseFromString(quiet(html), "text/html");
  for (const e of inert.querySelectorAll(unseen.replaceAll("[style", "[data-style"))) e.remove();
  for (const e of inert.querySelectorAll("img")) {
    const note = inert.createElement("span");
    note.className = "image-note";
    note.textContent = e.getAttribute("alt")?.trim() || sourceWords().imageNote(sourceWords().noAlt);
    e.replaceWith(note);
  }
  for (const e of inert.querySelectorAll("a")) {
    const note = inert.createElement("span");
    note.className = "link-note";
    note.title = e.getAttribute("href") ?? "";
    note.append(...e.childNodes);
    e.replaceWith(note);
  }
  for (const e of inert.querySelectorAll("[class]:not(.image-note, .link-note)")) e.removeAttribute("class");
  return DOMPurify.sanitize(inert.body.innerHTML, allowed);
}

/** Reads a document's file as a page. */
export async function readPage(id: number, signal: AbortSignal): Promise<DocumentFragment> {
  return cleanPage(decode(new Uint8Array(await (await call("GET /api/v1/documents/{id}/file", { path: { id } }, signal)).arrayBuffer())));
}
