// The daemon's interface as the page uses it. What comes and goes is typed by
// schema.ts, which is made from web/openapi.yaml.
import type * as schema from "./schema";
import type { Routes } from "./schema";
import { bringWords, refusal as inWords } from "./remark";
import { readEvents } from "./sse";
import { askWords } from "./text/ask";
import { troubleWords } from "./text/trouble";

export type { Answer, Building, Chunk, Citation, Counted, Download, Dropped, Elsewhere, Found, Hit, Installed, Ledger, Line, Loaded, Mark, Meta, Model, Models, Outcome, Place, Query, Quote, Reading, Ref, RootStatus as Root, Rules, Scope, Section, Sentence, Source, Span, Standing, Status, Swaps, Switch, Verdict, Widening } from "./schema";
export type Doc = schema.Document;
export type DocumentState = schema.State;
/** A question with how and where it is asked. */
export type Question = schema.Ask;
export type Content = Routes["GET /api/v1/documents/{id}"]["gives"];
export type Message = NonNullable<schema.Ask["messages"]>[number];
export type Mode = NonNullable<schema.Ask["mode"]>;
export type Freshness = schema.Citation["state"];
export type Counts = schema.RootStatus["documents"];
export type Job = schema.Installed["capability"];
/** What a stream tells of a question, in order; run comes first where the daemon keeps the work, and at is the event's number in it. */
export type ChatEvent = { at?: number } & schema.AnswerEvent;

/** An error with its next step, in the language that is shown where its code is known. */
export class ApiError extends Error {
  constructor(readonly status: number, readonly code: string, message: string, readonly next = "") { super(message); }
}

const key = "golocal-token";
let token = typeof sessionStorage === "undefined" ? "" : sessionStorage.getItem(key) ?? ""; // unit tests have none
let lost: () => void = () => undefined;

/** Calls f when the daemon no longer takes the page's token. */
export function onTokenLost(f: () => void): void { lost = f; }
export function hasToken(): boolean { return token !== ""; }
export function authorization(): string { return "Bearer " + token; }

/** A refusal of the daemon in the words of the page. */
export async function worded(status: number, e: schema.Problem): Promise<ApiError> {
  const words = await bringWords(), own = words ? inWords(e.code, e.message, e.next ?? "", e.remark, words) : e;
  return new ApiError(status, e.code, own.message, own.next);
}

const refusal = async (res: Response) => problemOf(res.status, await res.text().catch(() => ""));

/** What an answer of the daemon that is no success says. */
export async function problemOf(status: number, body: string): Promise<ApiError> {
  let e: schema.Problem = { code: "internal", message: `golocal answered ${status}` };
  try { e = { ...e, ...(JSON.parse(body) as { error: schema.Problem }).error }; } catch { /* not from golocal: the status says all */ }
  if (status === 401 && e.code === "token") { token = ""; sessionStorage.removeItem(key); lost(); }
  return worded(status, e);
}

export type Route = keyof Routes;
/** What a route takes: parameters of its path and query, and its body. */
export type Taken<R extends Route> = Omit<Routes[R], "gives" | "events">;
/** What a route answers with as JSON. */
export type Given<R extends Route> = Routes[R] extends { gives: infer G } ? G : never;
type Parameters = Record<string, string | number | boolean | (string | number)[] | undefined>;

/** The routes that answer with texts of the daemon that have a code. */
const remarked = /\/(documents|trace|why|search|conversations)\b/;
const gone = () => { const w = troubleWords(); return [w.gone, w.goneNext] as const; };

const beyond = 60_000; // bytes that may be under way when the page is closed; the Fetch standard has 64 KiB

/** Calls a route of the daemon; what it refuses is an ApiError. */
export async function call<R extends Route>(route: R, taken: Taken<R>, signal?: AbortSignal): Promise<Response> {
  const { path = {}, query: asked = {}, takes } = taken as { path?: Record<string, string | number>; query?: Parameters; takes?: unknown };
  const [method, pattern] = route.split(" ") as [string, string];
  const at = pattern.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(path[name]))), search = query(asked);
  const headers: Record<string, string> = {};
  if (token) headers["Authorization"] = authorization();
  if (takes !== undefined) headers["Content-Type"] = "application/json";
  const body = takes === undefined ? null : JSON.stringify(takes);
  const keepalive = method === "DELETE" && (body?.length ?? 0) < beyond; // what is removed goes on its way also when the page is closed
  let res: Response;
  try {
    res = await fetch(search ? at + "?" + search : at, { method, headers, body, keepalive, signal: signal ?? null, credentials: "omit" });
  } catch (e) {
    if (signal?.aborted) throw e;
    throw new ApiError(0, "gone", ...gone());
  }
  if (!res.ok) throw await refusal(res);
  if (remarked.test(pattern)) await bringWords();
  return res;
}

/** Calls a route that answers with JSON. */
export async function read<R extends Route>(route: R, taken: Taken<R>, signal?: AbortSignal): Promise<Given<R>> { return await (await call(route, taken, signal)).json() as Given<R>; }

const pending = "golocal-code"; // a code that is being exchanged, and what it is claimed with

/** The code whose exchange this tab began and has heard nothing of, as when it was reloaded meanwhile; "" is none. */
export const pendingCode = (): string => (sessionStorage.getItem(pending) ?? "").split(" ")[0] ?? "";

/** Exchanges the one-time code for the token, which lives as long as the tab. Until the daemon has answered this tab may do so again. */
export async function signIn(code: string): Promise<void> {
  if (pendingCode() !== code) sessionStorage.setItem(pending, `${code} ${crypto.getRandomValues(new Uint32Array(4)).join("-")}`);
  const [, claim = ""] = (sessionStorage.getItem(pending) ?? "").split(" ");
  try {
    const s = await read("POST /api/v1/session", { takes: { code, claim } });
    token = s.token;
    sessionStorage.setItem(key, token);
  } catch (e) {
    if (!(e instanceof ApiError) || e.status === 0) throw e; // the daemon may have taken it
    sessionStorage.removeItem(pending);
    throw e;
  }
  sessionStorage.removeItem(pending);
}

export const status = (signal?: AbortSignal) => read("GET /api/v1/status", {}, signal);
export const complete = (path: string, signal?: AbortSignal) => read("GET /api/v1/complete", { query: { path } }, signal);
export const addRoot = async (path: string) => { await call("POST /api/v1/roots", { takes: { path } }); };
/** Pauses a folder or resumes it: while it is paused nothing of it is read, and no change is forgotten. */
export const pauseRoot = async (id: number, paused: boolean) => { await call("PATCH /api/v1/roots/{id}", { path: { id }, takes: { paused } }); };
/** Gives a folder other rules; the index follows at once. */
export const setRules = async (id: number, rules: schema.Rules) => { await call("PATCH /api/v1/roots/{id}", { path: { id }, takes: { rules } }); };
export const removeRoot = async (id: number) => { await call("DELETE /api/v1/roots/{id}", { path: { id } }); };
export const retry = async (document: number) => { await call("POST /api/v1/retry", { takes: { document } }); };
export const content = (id: number, signal?: AbortSignal) => read("GET /api/v1/documents/{id}", { path: { id } }, signal);
export const documents = ({ state, ...query }: { id?: number[]; root?: number; state?: DocumentState | "partly" | ""; q?: string; limit?: number; offset?: number }, signal?: AbortSignal) =>
  read("GET /api/v1/documents", { query: { ...query, ...(state ? { state } : {}) } }, signal);
/** Why a file is in the result of a search or is not. */
export const trace = (query: Routes["GET /api/v1/trace"]["query"], signal?: AbortSignal) => read("GET /api/v1/trace", { query }, signal);
export const search = (query: NonNullable<Routes["GET /api/v1/search"]["query"]>, signal?: AbortSignal) => read("GET /api/v1/search", { query }, signal);

/** The query string of what is set; of a list each. */
export function query(q: Parameters): string {
  const p = new URLSearchParams();
  for (const [k, v] of Object.entries(q)) for (const one of Array.isArray(v) ? v : [v]) if (one !== undefined && one !== "" && one !== 0) p.append(k, String(one));
  return p.toString();
}

export const installed = (signal?: AbortSignal) => read("GET /api/v1/models/installed", {}, signal);
export const removeModel = async (name: string) => { await call("DELETE /api/v1/models/installed", { query: { name } }); };
export const planUse = (name: string, job: Job) => read("GET /api/v1/models/use", { query: { name, for: job } });
export const useModel = (name: string, job: Job) => read("POST /api/v1/models/use", { takes: { name, for: job } });
export const unloadModel = async (name: string) => { await call("POST /api/v1/models/unload", { takes: { name } }); };
/** Begins a download by the model's name, or of golocal's choice for a job. It goes on when the page is left. */
export const startDownload = async (takes: { name: string } | { for: Job }) => { await call("POST /api/v1/models/downloads", { takes }); };
export const steerDownload = async (name: string, order: "pause" | "resume" | "cancel") => { await call(`POST /api/v1/models/downloads/${order}`, { takes: { name } }); };

/** The downloads now and after each change, until signal ends it. */
export async function* followDownloads(signal: AbortSignal): AsyncGenerator<schema.Download[]> {
  const res = await call("GET /api/v1/models/downloads/events", {}, signal);
  if (!res.body) return;
  for await (const e of readEvents(res.body)) if (e.name === "progress") yield (JSON.parse(e.data) as Routes["GET /api/v1/models/downloads/events"]["events"]).downloads;
}

/** Asks a question; the events end with the answer. */
export async function* ask(q: schema.Ask, signal: AbortSignal): AsyncGenerator<ChatEvent> {
  yield* answerEvents(await call("POST /api/v1/ask", { takes: q }, signal), signal);
}

/** The events of an answer in a response, which must end with it; an event of kind error is thrown. */
export async function* answerEvents(res: Response, signal: AbortSignal): AsyncGenerator<ChatEvent> {
  if (!res.body) return;
  let ended = false;
  try {
    for await (const e of readEvents(res.body)) {
      if (e.name === "error") {
        const p = JSON.parse(e.data) as schema.Problem;
        throw await worded(500, p);
      }
      if (e.name === "answer") ended = true;
      yield { ...JSON.parse(e.data) as ChatEvent, ...(e.id ? { at: Number(e.id) } : {}) };
    }
  } catch (e) {
    if (signal.aborted || e instanceof ApiError) throw e;
  }
  if (!ended) throw new ApiError(0, "gone", askWords().brokeOff, askWords().again);
}
