// Where a question is asked: the scope as the daemon takes it (web/openapi.yaml), and as people read it.
import type { Doc, Root, Scope } from "./api";
import type { Term } from "./schema";
import { dayAfter, dayBefore, type Kind, kindOf, kinds } from "./kinds";
import type { IconName } from "./icons";
import { baseName, pathText } from "./place";
import { number } from "./text/catalogue";
import { composerWords } from "./text/composer";
import { formatWords } from "./text/format";
import { searchWords } from "./text/search";

/** One thing that narrows a scope. place tells where it looks, not at what; without is the scope that is left when it goes. */
export interface Limit { key: string; icon: IconName; text: string; title: string; place: boolean; without: Scope }

/** Files of a scope that are named one by one; more are counted. */
export const namedFiles = 3;

/** Paths of files by their documents, as far as they are known; "" is one that is not there. */
const files = new Map<number, string>();
export const knowFile = (d: Doc) => { files.set(d.id, pathText(d.ref)); };
export const loseFile = (id: number) => { files.set(id, ""); };

/** The documents that are to be named and whose names are not known yet. */
export const nameless = (scopes: Scope[]) => [...new Set(scopes.flatMap((s) => (s.docs ?? []).length <= namedFiles ? s.docs ?? [] : []))].filter((id) => !files.has(id));

/** The scope without what says nothing. */
export const plain = (s: Scope): Scope => Object.fromEntries(Object.entries(s).filter(([, v]) => Array.isArray(v) ? v.length > 0 : Boolean(v)));

export const withoutFiles = (s: Scope): Scope => plain({ ...s, docs: [] });
export const withFile = (s: Scope, id: number): Scope => (s.docs ?? []).includes(id) ? s : { ...s, docs: [...s.docs ?? [], id] };
/** In another folder, 0 being all; the folder below it goes with it. */
export const inRoot = (s: Scope, root: number): Scope => plain({ ...s, roots: root ? [root] : [], folder: "" });
export const ofKind = (s: Scope, kind: Kind | ""): Scope => plain({ ...s, types: kind ? [...kinds[kind]] : [] });
/** With a tag that the files must carry, as a search with tag: has it. */
export const tagged = (s: Scope, tag: string): Scope => (s.with ?? []).some((t) => t.field === "tag" && t.text.toLowerCase() === tag.toLowerCase()) ? s : { ...s, with: [...s.with ?? [], { field: "tag", text: tag }] };
/** Dated from one day to another, both included; "" is no bound. */
export const dated = (s: Scope, from: string, to: string): Scope => plain({ ...s, after: from, before: to && dayAfter(to) });
/** The days of a scope as dated takes them. */
export const days = (s: Scope) => ({ from: s.after ?? "", to: s.before ? dayBefore(s.before) : "" });

const shownDay = (d: string) => new Date(d + "T00:00:00Z").toLocaleDateString(formatWords().locale, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

/** What narrows a scope, piece by piece, each for people and with what is left without it. */
export function limits(s: Scope, roots: Root[]): Limit[] {
  const w = composerWords(), sw = searchWords(), out: Limit[] = [];
  const put = (key: string, icon: IconName, text: string, title: string, without: Partial<Scope>, place = false) => { out.push({ key, icon, text, title, place, without: plain({ ...s, ...without }) }); };
  for (const id of s.roots ?? []) {
    const r = roots.find((x) => x.id === id), path = r ? pathText(r) : "";
    put(`root ${id}`, "folder", path ? baseName(path) : w.lostFolder, path, { roots: s.roots?.filter((x) => x !== id), folder: "" }, true);
  }
  if (s.folder) put("folder", "folder", s.folder, s.folder, { folder: "" }, true);
  const docs = s.docs ?? [];
  if (docs.length <= namedFiles) for (const id of docs) put(`doc ${id}`, "file", baseName(files.get(id) ?? "") || w.oneFile, files.get(id) ?? "", { docs: docs.filter((x) => x !== id) }, true);
  else put("docs", "file", w.manyFiles(number(docs.length)), "", { docs: [] }, true);
  for (const path of s.paths ?? []) put(`path ${path}`, "folder", baseName(path) || path, path, { paths: s.paths?.filter((x) => x !== path) }, true);
  if (s.in) put("in", "save", s.in, w.savedAs(s.in), { in: "" }, true);
  const types = s.types ?? [], kind = kindOf(types);
  if (types.length) put("types", "file", kind ? sw.types[kind] : types.join(", "), types.join(", "), { types: [] });
  const { from, to } = days(s);
  if (from || to) put("days", "day", from && to ? w.between(shownDay(from), shownDay(to)) : from ? w.since(shownDay(from)) : w.until(shownDay(to)), "", { after: "", before: "" });
  const term = (t: Term) => t.field === "tag" ? `${sw.tag}: ${t.text}` : t.field ? `${t.field}: ${t.text}` : t.text;
  (s.with ?? []).forEach((t, i) => put(`with ${i}`, t.field === "tag" ? "tag" : "filter", term(t), "", { with: s.with?.filter((x) => x !== t) }));
  (s.without ?? []).forEach((t, i) => put(`without ${i}`, "filter", w.not(term(t)), "", { without: s.without?.filter((x) => x !== t) }));
  return out;
}

/** A scope in one line, "" where it is all: "in Contracts · PDF · since 3 May 2024". */
export function scopeText(s: Scope, roots: Root[]): string {
  const all = limits(s, roots), places = all.filter((l) => l.place).map((l) => l.text);
  return [places.length ? composerWords().within(places.join(", ")) : "", ...all.filter((l) => !l.place).map((l) => l.text)].filter(Boolean).join(" · ");
}
