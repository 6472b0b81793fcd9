import type { Target } from "./place";

/** What the source pane shows: passages to go through and which of them is open. A preview leaves the focus where it is. */
export interface Opened { list: Target[]; at: number; preview?: boolean }
