// Measuring on the user's own files. A run belongs to the daemon: the page only looks.
import { call, get } from "./api";

export interface Evaluating { step: "questions" | "asking"; done: number; of: number; seconds: number; eta_seconds?: number }
export type ShareKey = "answered" | "right_file" | "right_quote" | "standing" | "refused";
export interface EvaluationOf { id: string; at: string; questions: number; written: number; settings: Record<string, string>; recall: number; shares: Record<ShareKey, number> }
export interface EvaluationList { running?: Evaluating; failed?: string; runs: EvaluationOf[] }
export interface Difference { questions: number; mean: number; low: number; high: number; p: number }
export interface EvaluatedQuestion { text: string; path: string; sentence: string; ranks: Record<string, number>; answered: boolean; right_file: boolean; right_quote: boolean; refused: boolean }
export interface Evaluation extends EvaluationOf {
  legs: Record<string, Record<string, number>>; curve: Record<string, number[]>; auroc: number; worst: EvaluatedQuestion[];
  against?: EvaluationOf; differences?: Partial<Record<ShareKey | "recall", Difference>>;
}

export const evaluations = (signal?: AbortSignal) => get<EvaluationList>("/api/v1/evaluations", signal);
export const evaluation = (id: string, against: string, signal?: AbortSignal) => get<Evaluation>(`/api/v1/evaluations/${encodeURIComponent(id)}${against ? "?against=" + encodeURIComponent(against) : ""}`, signal);
export const beginEvaluation = async (questions: number) => { await call("POST", "/api/v1/evaluations", { questions }); };
export const haltEvaluation = async () => { await call("POST", "/api/v1/evaluations/halt", {}); };
export const forgetEvaluation = async (id: string) => { await call("DELETE", `/api/v1/evaluations/${encodeURIComponent(id)}`); };
