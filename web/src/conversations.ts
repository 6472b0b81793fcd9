// Conversations and runs, which the daemon keeps (web/openapi.yaml).
import { answerEvents, call, type ChatEvent, read } from "./api";
import type * as schema from "./schema";

export type { Conversation, Running, Turn as KeptTurn, Whole as Kept } from "./schema";

export const conversations = (query: NonNullable<schema.Routes["GET /api/v1/conversations"]["query"]>, signal?: AbortSignal) => read("GET /api/v1/conversations", { query }, signal);
export const conversation = (id: string, signal?: AbortSignal) => read("GET /api/v1/conversations/{id}", { path: { id } }, signal);
export const changeConversation = async (id: string, takes: { title?: string; pinned?: boolean }) => { await call("PATCH /api/v1/conversations/{id}", { path: { id }, takes }); };
/** Deletes conversations for good. */
export const removeConversations = async (ids: string[]) => { await call("DELETE /api/v1/conversations", { takes: { ids } }); };

export const runningNow = (signal?: AbortSignal) => read("GET /api/v1/runs", {}, signal);
/** The events of a run after the one with the number after, until its answer. Leaving does not stop it. */
export async function* followRun(run: string, after: number, signal: AbortSignal): AsyncGenerator<ChatEvent> {
  yield* answerEvents(await call("GET /api/v1/runs/{run}", { path: { run }, query: { after } }, signal), signal);
}
/** Ends a run: the model stops, and the turn keeps what it had written. */
export const stopRun = async (run: string) => { await call("DELETE /api/v1/runs/{run}", { path: { run } }); };

/** Gives a conversation to the browser as a file to save. */
export async function saveConversation(id: string, title: string, format: "md" | "json"): Promise<void> {
  const res = await call("GET /api/v1/conversations/{id}/export", { path: { id }, query: { format } });
  const a = document.createElement("a");
  a.href = URL.createObjectURL(await res.blob());
  a.download = `${title.replace(/[^\p{L}\p{N} _-]+/gu, "").trim().slice(0, 60) || "conversation"}.${format}`;
  a.click();
  setTimeout(() => URL.revokeObjectURL(a.href), 10_000);
}
/** Deletes every conversation for good. */
export const removeAllConversations = async () => { await call("DELETE /api/v1/conversations", { takes: { all: true } }); };
