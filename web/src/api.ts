// The daemon's interface (web/openapi.yaml) as the page uses it.
import { readEvents } from "./sse";

export interface Place {
  page?: number; page_end?: number; label?: string; slide?: number; sheet?: string; columns?: string; row?: number; row_end?: number; chapter?: string;
  message?: number; cell?: number; part?: string; time?: number; time_end?: number; line?: number; line_end?: number; paragraph?: number; paragraph_end?: number;
}
export interface Mark { at: number; place: Place }
export interface Line { span: Span; page: number; box: [number, number, number, number] }
export interface Meta { authors?: string[]; to?: string[]; created?: string; edited?: string; tags?: string[]; language?: string }
export interface Span { start: number; end: number }
export interface Ref { root: number; path: string; path_bytes?: string }
export type DocumentState = "ready" | "no text" | "failed" | "skipped" | "unsupported" | "unstable";
export interface Section { kind: "heading" | "paragraph" | "list" | "table" | "code"; level?: number; heading?: string[]; span: Span; place: Place }
export interface Doc {
  id: number; ref: Ref; size: number; modified: string; indexed: string; type?: string; title?: string;
  meta?: Meta; pages?: number; blank?: number; garbled?: number; notes?: string[]; chunks: number; state: DocumentState; reason?: string; parser?: string;
  text?: string; sections?: Section[]; marks?: Mark[]; lines?: Line[];
}
export interface Chunk { id: number; doc: number; ordinal: number; heading?: string[]; place: Place; marks?: Mark[]; span: Span; text: string; tokens: number; code?: boolean }
export interface Content { document: Doc; chunks: Chunk[] }
export interface Parts { keyword: number; keyword_rank?: number; dense: number; dense_rank?: number }
export interface Elsewhere { doc: number; ref: Ref; chunk: number; place: Place }
export interface Hit { document: Doc; chunk: Chunk; score: number; parts: Parts; also?: Elsewhere[]; highlights?: Span[]; excerpt?: Span }
export interface Limit { text: string; says: string; rest: string; guessed?: boolean }
export interface Query { text: string; limits?: Limit[]; exact?: string[]; notes?: string[] }
export interface Found { query: string; asked: Query; hits: Hit[] | null; evidence: number; enough: boolean; note?: string; seconds: number }
export interface Scope { roots?: number[]; folder?: string; docs?: number[] }
export interface Message { role: "user" | "assistant"; content: string }

export type Freshness = "current" | "changed" | "moved" | "gone";
/** What stands now where a quote stood. */
export interface Standing { doc: number; ref: Ref; path: string; place: Place; span: Span; quote: string }
export interface Citation { source: number; doc: number; ref: Ref; path: string; place: Place; span: Span; quote: string; state: Freshness; checked?: string; now?: Standing }
/** A sentence, list or table row of a file, verbatim in its citation; header is that of the row's table, paired where plain names the columns already, cut a list that goes on. */
export interface Quote { citation: Citation; plain: string; header?: { text: string; span: Span; paired?: boolean }; cut?: boolean; before?: string; title?: string; heading?: string[] | null; score: number }
export interface Source { number: number; hit: Hit; text: string; tokens: number }
export interface Dropped { hit?: Hit; reason?: string; why?: string; tokens?: number }
export type Verdict = "supported" | "partly" | "unsupported" | "not from your files" | "not a claim";
export interface Sentence { index: number; lead?: string; text: string; verdict: Verdict; citations: Citation[] | null; reasons?: string[] | null }
export interface Ledger {
  question: string; evidence: number; enough: boolean; keyword_only?: string; model?: string; window?: number;
  planned_tokens?: number; planned_estimated?: boolean; context_warning?: string; prompt_tokens?: number; tokens?: number; cut?: boolean; prompt_tokens_per_second?: number; tokens_per_second?: number; where?: string;
  sources: { source: number; doc: number; tokens: number }[] | null; dropped: Dropped[] | null;
  seconds: { search: number; quotes: number; load: number; prompt: number; first_token: number; first_reasoning?: number; reasoning?: number; generate: number; total: number };
}
/** Why the files may not have answered, with the step that helps. */
export interface Widening { kind: "scope" | "limit" | "spelling" | "folder" | "file" | "open"; text: string; helps?: boolean; query?: string; root?: number; state?: string; left?: number; doc?: number; ref?: Ref }
export interface Answer {
  kind: "quotes" | "generated" | "computed" | "none"; text: string; sentences: Sentence[] | null; sources: Source[] | null; quotes: Quote[] | null;
  verdict: Verdict; support: number; folded: boolean; note?: string; widen?: Widening[] | null; reasoning?: string; ledger: Ledger;
}
/** What a stream tells of a question, in order; run comes first where the daemon keeps the work, and at is the event's number in it. */
export type ChatEvent = { at?: number } & (
  | { type: "run"; run: string; conversation: string; turn: string }
  | { type: "status"; phase: string; text: string }
  | { type: "standalone"; text: string; by: "rules" | "model" | "user" }
  | ({ type: "found" } & Found)
  | { type: "sources"; sources: Source[] | null; dropped?: Dropped[] }
  | { type: "quotes"; quotes: Quote[] | null }
  | { type: "token"; text: string }
  | { type: "reasoning"; text: string }
  | ({ type: "sentence" } & Sentence)
  | ({ type: "answer" } & Answer));
export type Mode = "auto" | "quotes" | "generate";

export interface Counts { ready: number; partly: number; no_text: number; failed: number; skipped: number; unsupported: number; unstable: number }
export interface Rules { include?: string[]; exclude?: string[]; types?: string[]; max_mb?: number; allow?: string[] }
export interface Building { model: string; change?: string; meanwhile?: string; done: number; total: number; seconds?: number; reason?: string; text: string }
export interface Root { id: number; path: string; path_bytes?: string; added: string; rules?: Rules; paused?: boolean; state: "indexing" | "settled" | "missing" | "paused"; reason?: string; documents: Counts; chunks: number; waiting: number }
export interface Model { name: string; parameters?: string; quantization?: string; bytes?: number; context?: number; dims?: number; note?: string; speed?: string }
export interface Loaded { name: string; bytes: number; vram_bytes: number; context?: number; until?: string; where: string; next_step?: string; stay?: string }
export interface Swaps { count: number; seconds: number; crashes: number; text?: string; next_step?: string }
export interface Models { runner: string; address?: string; version?: string; reason?: string; next_step?: string; embedding?: Model; chat?: Model; loaded: Loaded[]; swaps: Swaps; embedding_before?: string }
export interface Status {
  version: string; state: "indexing" | "settled" | "paused"; roots: Root[];
  queue: { waiting: number; working: number; done: number; files_per_second?: number; eta_seconds?: number; pace?: string };
  index: { documents: number; chunks: number; vectors: number; missing: number; bytes: number; text_bytes: number; vector_bytes: number; posting_bytes: number; memory_bytes: number; room?: { chunks: number; short: string }; advice?: string; trouble?: { code: string; text: string }; building?: Building };
  models: Models; history?: { on: boolean; days: number; conversations: number; bytes: number; reason?: string }; offline?: boolean;
}

/** An error with its next step, as the daemon words it. */
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

async function refusal(res: Response): Promise<ApiError> {
  let e = { code: "internal", message: `golocal answered ${res.status}`, next: "" };
  try { e = { ...e, ...(await res.json() as { error: typeof e }).error }; } catch { /* not from golocal: the status says all */ }
  if (res.status === 401 && e.code === "token") { token = ""; sessionStorage.removeItem(key); lost(); }
  return new ApiError(res.status, e.code, e.message, e.next);
}

/** Calls a route of the daemon; what it refuses is an ApiError. */
export async function call(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
  const headers: Record<string, string> = {};
  if (token) headers["Authorization"] = authorization();
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let res: Response;
  try {
    res = await fetch(path, { method, headers, body: body === undefined ? null : JSON.stringify(body), signal: signal ?? null, credentials: "omit" });
  } catch (e) {
    if (signal?.aborted) throw e;
    throw new ApiError(0, "gone", "golocal does not answer", "start it again with golocal up");
  }
  if (!res.ok) throw await refusal(res);
  return res;
}

export async function get<T>(path: string, signal?: AbortSignal): Promise<T> { return await (await call("GET", path, undefined, signal)).json() as T; }

/** Exchanges the one-time code for the token, which lives as long as the tab. */
export async function signIn(code: string): Promise<void> {
  const s = await (await call("POST", "/api/v1/session", { code })).json() as { token: string };
  token = s.token;
  sessionStorage.setItem(key, token);
}

export const status = (signal?: AbortSignal) => get<Status>("/api/v1/status", signal);
export const complete = (path: string, signal?: AbortSignal) => get<{ folders: string[] }>("/api/v1/complete?path=" + encodeURIComponent(path), signal);
export const addRoot = async (path: string) => { await call("POST", "/api/v1/roots", { path }); };
/** Pauses a folder or resumes it: while it is paused nothing of it is read, and no change is forgotten. */
export const pauseRoot = async (id: number, paused: boolean) => { await call("PATCH", `/api/v1/roots/${id}`, { paused }); };
/** Gives a folder other rules; the index follows at once. */
export const setRules = async (id: number, rules: Rules) => { await call("PATCH", `/api/v1/roots/${id}`, { rules }); };
export const removeRoot = async (id: number) => { await call("DELETE", `/api/v1/roots/${id}`); };
export const retry = async (document: number) => { await call("POST", "/api/v1/retry", { document }); };
export const content = (id: number, signal?: AbortSignal) => get<Content>(`/api/v1/documents/${id}`, signal);
export const documents = (q: { root?: number; state?: string; q?: string; limit?: number; offset?: number }, signal?: AbortSignal) =>
  get<{ documents: Doc[]; total: number }>("/api/v1/documents?" + query(q), signal);
export interface Outcome { path: string; document?: Doc; cause: string; text: string; next?: string }
/** Why a file is in the result of a search or is not. */
export const trace = (q: { q: string; file?: string; document?: number; root?: number; limit?: number }, signal?: AbortSignal) => get<Outcome>("/api/v1/trace?" + query(q), signal);
export const search = (q: { q?: string; like?: number; limit?: number; root?: number; folder?: string }, signal?: AbortSignal) => get<Found>("/api/v1/search?" + query(q), signal);

/** The query string of what is set. */
export function query(q: Record<string, string | number | undefined>): string {
  const p = new URLSearchParams();
  for (const [k, v] of Object.entries(q)) if (v !== undefined && v !== "" && v !== 0) p.set(k, String(v));
  return p.toString();
}

export type Job = "embedding" | "chat";
export interface Installed {
  name: string; bytes: number; parameters?: string; quantization?: string; context?: number; capability: Job; in_use_for?: Job;
  thinking?: boolean; base?: boolean; tiny?: boolean; refused?: string; note?: string; dims?: number; loaded: boolean; where?: string;
}
export interface Download {
  name: string; for?: Job; state: "waiting" | "running" | "paused" | "failed" | "done" | "cancelled"; text?: string; notes?: string[]; reason?: string;
  done: number; total: number; bytes_per_second?: number; eta_seconds?: number; changed?: string;
}
export interface Switch { name: string; for: Job; before?: string; passages: number; meanwhile?: string; stops?: string; seconds?: number; overridden?: string }

export const installed = (signal?: AbortSignal) => get<{ models: Installed[] }>("/api/v1/models/installed", signal);
export const removeModel = async (name: string) => { await call("DELETE", "/api/v1/models/installed?" + query({ name })); };
export const planUse = (name: string, job: Job) => get<Switch>("/api/v1/models/use?" + query({ name, for: job }));
export const useModel = async (name: string, job: Job) => await (await call("POST", "/api/v1/models/use", { name, for: job })).json() as Switch;
export const unloadModel = async (name: string) => { await call("POST", "/api/v1/models/unload", { name }); };
/** Begins a download by the model's name, or of golocal's choice for a job. It goes on when the page is left. */
export const startDownload = async (what: { name: string } | { for: Job }) => { await call("POST", "/api/v1/models/downloads", what); };
export const steerDownload = async (name: string, order: "pause" | "resume" | "cancel") => { await call("POST", "/api/v1/models/downloads/" + order, { name }); };

/** The downloads now and after each change, until signal ends it. */
export async function* followDownloads(signal: AbortSignal): AsyncGenerator<Download[]> {
  const res = await call("GET", "/api/v1/models/downloads/events", undefined, signal);
  if (!res.body) return;
  for await (const e of readEvents(res.body)) if (e.name === "progress") yield (JSON.parse(e.data) as { downloads: Download[] }).downloads;
}

export interface Question { question: string; mode: Mode; scope: Scope; messages?: Message[]; standalone?: string; conversation?: string; parent?: string; open?: boolean }

/** Asks a question; the events end with the answer. */
export async function* ask(q: Question, signal: AbortSignal): AsyncGenerator<ChatEvent> {
  yield* answerEvents(await call("POST", "/api/v1/ask", q, signal), signal);
}

/** The events of an answer in a response, which must end with it; an event of kind error is thrown. */
export async function* answerEvents(res: Response, signal: AbortSignal): AsyncGenerator<ChatEvent> {
  if (!res.body) return;
  let ended = false;
  try {
    for await (const e of readEvents(res.body)) {
      const data = JSON.parse(e.data) as ChatEvent & { code?: string; message?: string; next?: string };
      if (e.name === "error") throw new ApiError(500, data.code ?? "internal", data.message ?? "the answer broke off", data.next);
      if (e.name === "answer") ended = true;
      yield { ...data, ...(e.id ? { at: Number(e.id) } : {}) };
    }
  } catch (e) {
    if (signal.aborted || e instanceof ApiError) throw e;
  }
  if (!ended) throw new ApiError(0, "gone", "the answer broke off", "ask again");
}
