// Measuring on the user's own files. A run belongs to the daemon: the page only looks.
import { call, read } from "./api";
import type * as schema from "./schema";

export type { EvaluatedQuestion, Evaluating, Evaluation, EvaluationList, EvaluationOf } from "./schema";
export type ShareKey = "answered" | "right_file" | "right_quote" | "standing" | "refused";
export type Difference = NonNullable<schema.Evaluation["differences"]>[string];

export const evaluations = (signal?: AbortSignal) => read("GET /api/v1/evaluations", {}, signal);
export const evaluation = (id: string, against: string, signal?: AbortSignal) => read("GET /api/v1/evaluations/{id}", { path: { id }, query: { against } }, signal);
export const beginEvaluation = async (questions: number) => { await call("POST /api/v1/evaluations", { takes: { questions } }); };
export const haltEvaluation = async () => { await call("POST /api/v1/evaluations/halt", { takes: {} }); };
export const forgetEvaluation = async (id: string) => { await call("DELETE /api/v1/evaluations/{id}", { path: { id } }); };
