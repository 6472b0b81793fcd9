// Types and days as people choose them, for a search and for a question alike.

/** Types of documents that people think of as one. */
export const kinds = {
  pdf: ["pdf"], text: ["docx", "odt", "rtf", "doc"], sheets: ["xlsx", "ods", "csv", "xls"], slides: ["pptx", "odp", "ppt"], notes: ["markdown", "org", "asciidoc", "rst", "latex"], plain: ["text"], web: ["html", "mhtml"],
  mail: ["mail", "mailbox", "outlook"], books: ["epub"], code: ["code", "notebook"], data: ["json", "jsonl", "data"], images: ["image"],
} as const;
export type Kind = keyof typeof kinds;

function dayFrom(d: string, by: number): string {
  const t = new Date(d + "T00:00:00Z");
  t.setUTCDate(t.getUTCDate() + by);
  return t.toISOString().slice(0, 10);
}
/** The day after one. */
export const dayAfter = (d: string) => dayFrom(d, 1);
/** The day before one. */
export const dayBefore = (d: string) => dayFrom(d, -1);

/** The kind that people know types by; "" where they are no kind. */
export const kindOf = (types: readonly string[]): Kind | "" => (Object.keys(kinds) as Kind[]).find((k) => kinds[k].length === types.length && kinds[k].every((t) => types.includes(t))) ?? "";
