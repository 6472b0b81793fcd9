// Conversations and runs, which the daemon keeps (web/openapi.yaml).
import { type Answer, answerEvents, call, type ChatEvent, get, type Mode, query, type Scope, type Span } from "./api";

/** A conversation in the list; hits are what a search found in it. */
export interface Conversation { id: string; title: string; pinned: boolean; created: string; changed: string; turns: number; hits?: { turn: string; excerpt: string; marks?: Span[] | null }[] | null }
/** A question as it was kept: running ones have a run, failed ones a problem; the first one's parent is "". */
export interface KeptTurn {
  id: string; parent: string; asked: string; question: string; standalone?: string; scope?: Scope | null;
  state: string; run?: string; mode?: Mode; answer?: Answer | null; problem?: string;
}
export interface Kept { id: string; title: string; pinned: boolean; created: string; changed: string; scope?: Scope | null; turns: KeptTurn[] | null }

export const conversations = (q: { q?: string; limit?: number; after?: string }, signal?: AbortSignal) =>
  get<{ conversations: Conversation[] | null; next?: string }>("/api/v1/conversations?" + query(q), signal);
export const conversation = (id: string, signal?: AbortSignal) => get<Kept>("/api/v1/conversations/" + encodeURIComponent(id), signal);
export const changeConversation = async (id: string, change: { title?: string; pinned?: boolean }) => { await call("PATCH", "/api/v1/conversations/" + encodeURIComponent(id), change); };
/** Deletes conversations for good. */
export const removeConversations = async (ids: string[]) => { await call("DELETE", "/api/v1/conversations", { ids }); };

export interface Running { run: string; conversation: string; turn: string; question: string }
export const runningNow = (signal?: AbortSignal) => get<{ runs: Running[] | null }>("/api/v1/runs", signal);
/** The events of a run after the one with the number after, until its answer. Leaving does not stop it. */
export async function* followRun(run: string, after: number, signal: AbortSignal): AsyncGenerator<ChatEvent> {
  yield* answerEvents(await call("GET", `/api/v1/runs/${encodeURIComponent(run)}?` + query({ after }), undefined, signal), signal);
}
/** Ends a run: the model stops, and the turn keeps what it had written. */
export const stopRun = async (run: string) => { await call("DELETE", "/api/v1/runs/" + encodeURIComponent(run)); };

/** Gives a conversation to the browser as a file to save. */
export async function saveConversation(id: string, title: string, format: "md" | "json"): Promise<void> {
  const res = await call("GET", `/api/v1/conversations/${encodeURIComponent(id)}/export?` + query({ format }));
  const a = document.createElement("a");
  a.href = URL.createObjectURL(await res.blob());
  a.download = `${title.replace(/[^\p{L}\p{N} _-]+/gu, "").trim().slice(0, 60) || "conversation"}.${format}`;
  a.click();
  setTimeout(() => URL.revokeObjectURL(a.href), 10_000);
}
/** Deletes every conversation for good. */
export const removeAllConversations = async () => { await call("DELETE", "/api/v1/conversations", { all: true }); };
