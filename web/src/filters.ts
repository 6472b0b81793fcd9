// What narrows a search beside its words, as it stands in the page's address, as the daemon takes it, and as text.
import { call, read, type Root } from "./api";
import { dayAfter, type Kind, kinds } from "./kinds";
import type { Routes, SavedScope } from "./schema";

export type { SavedScope } from "./schema";
type Searched = NonNullable<Routes["GET /api/v1/search"]["query"]>;

/** from and to are days, both included; saved is the name of a saved scope; folder lies below the root; "" and 0 narrow nothing. */
export interface Filters { root: number; folder: string; kind: Kind | ""; from: string; to: string; tag: string; saved: string }
export const noFilters: Filters = { root: 0, folder: "", kind: "", from: "", to: "", tag: "", saved: "" };

const day = (s: string | null) => s && /^\d{4}-\d\d-\d\d$/.test(s) && !Number.isNaN(Date.parse(s)) ? s : "";

/** What the address says. */
export function readFilters(p: URLSearchParams): Filters {
  const kind = p.get("kind") ?? "", root = Number(p.get("root") ?? 0);
  return { root: Number.isSafeInteger(root) && root > 0 ? root : 0, folder: p.get("folder") ?? "", kind: kind in kinds ? kind as Kind : "", from: day(p.get("from")), to: day(p.get("to")), tag: p.get("tag") ?? "", saved: p.get("in") ?? "" };
}

/** The address of a search. */
export function searchAddress(q: string, f: Filters, like = 0): string {
  const p = new URLSearchParams();
  const set = (name: string, v: string | number) => { if (v) p.set(name, String(v)); };
  set("q", q); set("like", like); set("root", f.root); set("folder", f.folder); set("kind", f.kind); set("from", f.from); set("to", f.to); set("tag", f.tag); set("in", f.saved);
  return `#/search${p.size ? "?" + p.toString() : ""}`;
}

/** How many filters are set. */
export const counted = (f: Filters) => [f.root || f.folder, f.kind, f.from || f.to, f.tag, f.saved].filter(Boolean).length;

/** The query of the daemon's route; of a passage's kin (like) where it is not 0. */
export function routeQuery(q: string, like: number, f: Filters, limit: number): Searched {
  return { ...(like ? { like } : { q }), limit, root: [f.root], folder: f.folder, type: f.kind ? [...kinds[f.kind]] : [], after: f.from, before: f.to && dayAfter(f.to), tag: [f.tag.trim()], in: f.saved };
}

const quoted = (s: string) => /[\s"]/.test(s) ? `"${s.replaceAll('"', "")}"` : s;

/** The filters as conditions of a search's text, as saved scopes hold them. */
export function conditions(f: Filters, roots: Root[]): string {
  const root = roots.find((r) => r.id === f.root), path = root ? root.path.replace(/[\\/]$/, "") + (f.folder ? "/" + f.folder : "") : f.folder;
  return [path && `path:${quoted(path)}`, ...(f.kind ? kinds[f.kind] : []).map((t) => `type:${t}`), f.from && `after:${f.from}`, f.to && `before:${dayAfter(f.to)}`, f.tag.trim() && `tag:${quoted(f.tag.trim())}`, f.saved && `in:${f.saved}`].filter(Boolean).join(" ");
}

export const savedScopes = async (signal?: AbortSignal) => (await read("GET /api/v1/scopes", {}, signal)).scopes;
export const saveScope = async (takes: SavedScope) => { await call("POST /api/v1/scopes", { takes }); };
export const removeScope = async (name: string) => { await call("DELETE /api/v1/scopes/{name}", { path: { name } }); };
