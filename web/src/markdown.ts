// Renders Markdown of models and files: no HTML, no images, no live links. What
// they would load or open is shown as text.
import DOMPurify from "dompurify";
import MarkdownIt from "markdown-it";

const md = new MarkdownIt({ html: false, linkify: false, typographer: false });
const text = (s: string) => md.utils.escapeHtml(s);

md.renderer.rules["image"] = (tokens, i) => `<span class="image-note">[image: ${text(tokens[i]?.content || "no description")}]</span>`;
md.renderer.rules["link_open"] = (tokens, i) => `<span class="link-note" title="${text(String(tokens[i]?.attrGet("href") ?? ""))}">`;
md.renderer.rules["link_close"] = () => "</span>";

const allowed = {
  ALLOWED_TAGS: ["p", "br", "hr", "em", "strong", "s", "code", "pre", "ul", "ol", "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td", "span"],
  ALLOWED_ATTR: ["class", "title", "start"], ALLOW_DATA_ATTR: false, ALLOW_ARIA_ATTR: false,
};

const clean = (html: string) => DOMPurify.sanitize(html, allowed);

/** A sentence: emphasis and code, nothing else. */
export const inline = (s: string) => clean(md.renderInline(s));
/** A whole text. */
export const block = (s: string) => clean(md.render(s));

/** A whole file. Every block says in data-from and data-to which lines of the text it was made of: the first, and the one after the last, counted from 0. */
export function page(s: string): string {
  const env = {}, tokens = md.parse(s, env);
  for (const t of tokens) if (t.map && t.nesting >= 0) { t.attrSet("data-from", String(t.map[0])); t.attrSet("data-to", String(t.map[1])); }
  return DOMPurify.sanitize(md.renderer.render(tokens, md.options, env), { ...allowed, ALLOWED_ATTR: [...allowed.ALLOWED_ATTR, "data-from", "data-to"] });
}
