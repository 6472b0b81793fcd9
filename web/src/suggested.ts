// Which models fit this machine.
import { get } from "./api";

export interface Suggested {
  name: string; parameters: string; quantization: string; download: number; context: number; need: number; fit: "gpu" | "partly" | "memory" | "too large";
  gpu_share: number; missing?: number; thinking?: boolean; tiny?: boolean; needs_ollama?: string; installed: boolean; text: string;
}
export interface Suggestions { memory: number; room: number; gpu: string; gpu_room: number; note?: string; embedding: Suggested[]; chat: Suggested[] }

export const suggestions = (signal?: AbortSignal) => get<Suggestions>("/api/v1/models/suggested", signal);
