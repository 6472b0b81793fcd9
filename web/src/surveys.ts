// What rules would take of a folder, how the index grew, and reading again what failed.
import { read } from "./api";
import type * as schema from "./schema";

export type { Changed, Grown, Preview, Sample, Survey, Why } from "./schema";
export type LeftOut = schema.Survey["left"][number];
export type Cause = LeftOut["cause"];

export const survey = (path: string, signal: AbortSignal) => read("GET /api/v1/survey", { query: { path } }, signal);
export const preview = (root: number, rules: schema.Rules, signal: AbortSignal) => read("POST /api/v1/roots/{id}/preview", { path: { id: root }, takes: { rules } }, signal);
export const growth = async (signal: AbortSignal) => (await read("GET /api/v1/growth", {}, signal)).points;
export const samples = async (signal: AbortSignal) => (await read("GET /api/v1/samples", {}, signal)).samples;
/** What becomes of a path, or of a document's file where its name cannot be written as text. */
export const why = (of: { path: string } | { document: number }, signal?: AbortSignal) => read("GET /api/v1/why", { query: of }, signal);
/** Reads again what failed in a folder, 0 is every folder; tells how many files that are. */
export const retryFailed = async (root: number) => (await read("POST /api/v1/retry/failed", { takes: { root } })).documents;
