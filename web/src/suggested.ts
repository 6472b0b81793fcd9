// Which models fit this machine.
import { read } from "./api";

export type { Suggested, Suggestions } from "./schema";

export const suggestions = (signal?: AbortSignal) => read("GET /api/v1/models/suggested", {}, signal);
