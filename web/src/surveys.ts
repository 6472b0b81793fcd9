// What rules would take of a folder, how the index grew, and reading again what failed.
import { call, get, type Ref, type Rules } from "./api";

export interface TypeCount { type: string; files: number; bytes: number }
export type Cause = "link" | "litter" | "secret" | "own" | "root" | "kernel" | "ignore" | "exclude" | "include" | "type" | "settings" | "size" | "elsewhere" | "special" | "closed";
export interface LeftOut { cause: Cause; files: number; folders: number; bytes: number; examples: string[] }
/** What adding a folder would index. */
export interface Survey { path: string; problem?: string; watched?: boolean; files: number; bytes: number; types: TypeCount[]; left: LeftOut[]; whole: boolean; passages: number; seconds?: number }
export interface Changed { files: number; bytes: number; examples: string[] }
/** What other rules would change of a folder. */
export interface Preview { problem?: string; files: number; before: number; more: Changed; fewer: Changed; whole: boolean }
/** The index at one moment; seconds of work read the files since the one before. */
export interface Grown { at: string; documents: number; passages: number; read: number; seconds: number }
export interface Sample { title: string; heading?: string; doc: number; ref: Ref }
/** What the rules make of a path, and which one decides. */
export interface Why { path: string; ref?: Ref; folder?: boolean; verdict: "taken" | "listed" | "left out" | "not there" | "outside"; rule: string; next?: string; document?: { state: string; reason?: string; notes?: string[]; chunks: number }; waiting?: boolean }

export const survey = (path: string, signal: AbortSignal) => get<Survey>("/api/v1/survey?path=" + encodeURIComponent(path), signal);
export const preview = async (root: number, rules: Rules, signal: AbortSignal) => await (await call("POST", `/api/v1/roots/${root}/preview`, { rules }, signal)).json() as Preview;
export const growth = async (signal: AbortSignal) => (await get<{ points: Grown[] }>("/api/v1/growth", signal)).points;
export const samples = async (signal: AbortSignal) => (await get<{ samples: Sample[] }>("/api/v1/samples", signal)).samples;
export const why = (path: string, signal?: AbortSignal) => get<Why>("/api/v1/why?path=" + encodeURIComponent(path), signal);
/** Reads again what failed in a folder, 0 is every folder; tells how many files that are. */
export const retryFailed = async (root: number) => (await (await call("POST", "/api/v1/retry/failed", { root })).json() as { documents: number }).documents;
