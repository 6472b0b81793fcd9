// Made from openapi.yaml by go generate ./web: change that file, not this one.

/** the last event of an answer: everything again, in one piece */
export interface Answer {
  counted?: Counted;
  /** support is under the limit */
  folded: boolean;
  /** none is a refusal; computed is counted or computed over the files, with counted */
  kind: "quotes" | "generated" | "computed" | "none";
  ledger: Ledger;
  note?: string;
  /** best first; of a refusal the nearest misses */
  quotes: Quote[] | null;
  reasoning?: string;
  sentences: Sentence[] | null;
  sources: Source[] | null;
  /** 0 to 1: share of claims supported, partly ones counting half */
  support: number;
  /** generated and computed: the sentences with [n] markers; none: the refusal; quotes: empty */
  text: string;
  type: "answer";
  verdict: Verdict;
  /** of a refusal: what may help, the likeliest first */
  widen?: Widening[];
}

/** one step of an answer, in the order of this list */
export type AnswerEvent = EventRun | EventStatus | EventStandalone | EventFound | EventSources | EventQuotes | EventReasoning | EventToken | Sentence | Answer;

export interface Arrived {
  /** the inbox is watched from now on */
  new?: boolean;
  /** below the inbox, with slashes */
  path: string;
  root: Root;
  /** it was there before with the same content */
  there?: boolean;
}

export interface Ask {
  /** id; without it a new one begins */
  conversation?: string;
  /** false: in no conversation, and closing the connection stops it */
  keep?: boolean;
  messages?: ({ content: string; role: "user" | "assistant" })[];
  mode?: "auto" | "quotes" | "generate";
  /** name of an installed model that writes the answer, a tiny one too; without it the one in use. One that is not installed or cannot write is refused */
  model?: string;
  /** let the model add general knowledge, also where the files do not answer: each such sentence has the verdict not from your files; not with mode quotes */
  open?: boolean;
  /** the turn it follows; without it the one asked last, first for none */
  parent?: string;
  /** at most 8 KB */
  question: string;
  scope?: Scope;
  /** the question in words that need nothing before them; searched as it is */
  standalone?: string;
  /** let a model reason first that could be told not to */
  think?: boolean;
}

/** the index of another embedding model on its way; the one before answers until it is done */
export interface Building {
  /** what is new where the name is not, as other prompts */
  change?: string;
  /** passages */
  done: number;
  /** model of the index that answers; without it words alone are searched */
  meanwhile?: string;
  model: string;
  /** why it waits */
  reason?: string;
  /** reason */
  remark?: Remark;
  /** left, about */
  seconds?: number;
  text: string;
  total: number;
}

/** of a table */
export interface Cell {
  place: Place;
  quote: string;
  span: Span;
  text: string;
}

export interface Changed {
  bytes: number;
  /** up to 5 paths below the folder */
  examples: string[];
  files: number;
}

export interface Chunk {
  code?: boolean;
  doc: number;
  heading?: string[];
  id: number;
  marks?: Mark[];
  ordinal: number;
  place: Place;
  span: Span;
  text: string;
  tokens: number;
}

/** ties a sentence or a quote to the passage it rests on */
export interface Citation {
  /** when that was found out, where an old answer is shown again */
  checked?: string;
  doc: number;
  now?: Standing;
  /** absolute, for people */
  path: string;
  place: Place;
  /** verbatim from the document's text */
  quote: string;
  ref: Ref;
  /** number of the source */
  source: number;
  span: Span;
  /** how it stands to the file on disk */
  state: "current" | "changed" | "moved" | "gone";
}

export interface Conversation {
  changed: string;
  created: string;
  /** of a search, the turns that it found */
  hits?: { excerpt: string; marks: Span[]; turn: string }[];
  id: string;
  pinned: boolean;
  title: string;
  turns: number;
}

/** from what an answer was counted or computed */
export interface Counted {
  /** in words */
  coverage: string;
  items: { doc: number; modified: string; path: string; place: Place; quote?: string; ref: Ref; size: number; text: string; type?: string }[] | null;
  /** files that the question is about */
  of: number;
  /** one for each table or group that was computed */
  parts?: { empty?: number; group?: string; label?: string; not?: Cell[]; not_all?: number; rounded?: boolean; rows: number; sums?: Cell[]; table: string; text: string; top?: { cell: Cell; label?: string; text: string }[]; undated?: number; unit?: string; value: string; values?: string[]; where: string }[];
  /** of these whose text was read */
  read: number;
  /** count, list, newest, sum and more */
  task: string;
  /** items; those given are the first of them */
  total: number;
  /** the first that were not read */
  unread: { doc: number; path: string; ref: Ref; why: string }[] | null;
  /** the number alone, plain decimal; of a superlative the file's path, of who has the most the name */
  value?: string;
}

export interface Document {
  blank?: number;
  chunks: number;
  garbled?: number;
  /** text that the file holds and its reader does not see; only where a file is read anew */
  hidden?: { place: Place; text: string; why: string }[];
  id: number;
  indexed: string;
  /** where a PDF draws its lines */
  lines?: Line[];
  marks?: Mark[];
  meta?: Meta;
  modified: string;
  /** what is not in the text and why */
  notes?: string[];
  pages?: number;
  parser?: string;
  reason?: string;
  ref: Ref;
  /** notes, one by one; without a code where there is none */
  remarks?: Remark[];
  sections?: Section[];
  size: number;
  state: State;
  text?: string;
  title?: string;
  type?: string;
  /** the reason */
  why?: Remark;
}

export interface Download {
  bytes_per_second?: number;
  changed?: string;
  /** bytes */
  done: number;
  eta_seconds?: number;
  for?: "embedding" | "chat";
  name: string;
  notes?: string[];
  reason?: string;
  /** reason */
  remark?: Remark;
  /** notes, one by one */
  remarks?: Remark[];
  state: "waiting" | "running" | "paused" | "failed" | "done" | "cancelled";
  /** what goes on */
  text?: string;
  text_remark?: Remark;
  /** bytes; 0 when unknown */
  total: number;
}

/** a passage that was found and did not become a source */
export interface Dropped {
  chunk: number;
  doc: number;
  ref: Ref;
  remark?: Remark;
  tokens: number;
  /** one line for people */
  why: string;
}

export interface Elsewhere {
  chunk: number;
  doc: number;
  place: Place;
  ref: Ref;
}

export interface EvaluatedQuestion {
  answered: boolean;
  /** of the file that answers, absolute */
  path: string;
  /** of the file by leg, from 1; absent: not found */
  ranks: Record<string, number>;
  /** with the file withheld */
  refused: boolean;
  right_file: boolean;
  right_quote: boolean;
  /** in it, that answers */
  sentence: string;
  text: string;
}

export interface Evaluating {
  done: number;
  eta_seconds?: number;
  of: number;
  seconds: number;
  step: "questions" | "asking";
}

export interface Evaluation {
  against?: EvaluationOf;
  at: string;
  /** of the evidence: file there against withheld */
  auroc: number;
  /** by leg, recall at 1, 2, … 20 */
  curve: Record<string, number[]>;
  differences?: Record<string, { high: number; low: number; mean: number; p: number; questions: number }>;
  id: string;
  /** keyword, dense, hybrid; the figure by its name */
  legs: Record<string, Record<string, number>>;
  questions: number;
  /** at 10, of what users see */
  recall: number;
  /** what the figures depend on */
  settings: Record<string, string>;
  /** of the questions, 0 to 1 */
  shares: { answered: number; refused: number; right_file: number; right_quote: number; standing: number };
  worst: EvaluatedQuestion[];
  /** in a chat model's words */
  written: number;
}

export interface EvaluationList {
  /** why the last run ended without a result */
  failed?: string;
  running?: Evaluating;
  runs: EvaluationOf[];
}

export interface EvaluationOf {
  at: string;
  id: string;
  questions: number;
  /** at 10, of what users see */
  recall: number;
  /** what the figures depend on */
  settings: Record<string, string>;
  /** of the questions, 0 to 1 */
  shares: { answered: number; refused: number; right_file: number; right_quote: number; standing: number };
  /** in a chat model's words */
  written: number;
}

export interface EventFound {
  asked: Query;
  enough: boolean;
  /** 0 to 1 */
  evidence: number;
  /** best first */
  hits: Hit[] | null;
  note?: string;
  query: string;
  remark?: Remark;
  seconds: number;
  type: "found";
}

export interface EventQuotes {
  /** best first, at most five */
  quotes: Quote[] | null;
  type: "quotes";
}

export interface EventReasoning {
  text: string;
  type: "reasoning";
}

export interface EventRun {
  /** empty when it is not kept */
  conversation: string;
  run: string;
  turn: string;
  type: "run";
}

export interface EventSources {
  dropped?: Dropped[];
  sources: Source[] | null;
  type: "sources";
}

export interface EventStandalone {
  by: "model" | "rules" | "user";
  /** as it is searched */
  text: string;
  type: "standalone";
}

export interface EventStatus {
  done?: number;
  /** that is at work */
  model?: string;
  /** pieces of the files to read, or changed files */
  of?: number;
  phase: "search" | "fresh" | "quotes" | "generate" | "progress" | "notice";
  /** one line for people */
  text: string;
  type: "status";
}

export interface EventToken {
  text: string;
  type: "token";
}

export interface FetchStep {
  done?: number;
  model: string;
  stage: "plan" | "note" | "download" | "verify" | "create" | "ready";
  text?: string;
  total?: number;
}

export interface Found {
  asked: Query;
  enough: boolean;
  /** 0 to 1 */
  evidence: number;
  /** best first */
  hits: Hit[] | null;
  note?: string;
  query: string;
  remark?: Remark;
  seconds: number;
}

export interface Grown {
  at: string;
  documents: number;
  passages: number;
  /** files worked on since the point before */
  read: number;
  /** of work that this took */
  seconds: number;
}

export interface Hit {
  /** where nearly the same passage stands */
  also?: Elsewhere[];
  chunk: Chunk;
  document: Document;
  /** of a search: the part of chunk.text, in bytes, that shows best why it was found */
  excerpt?: Span;
  /** of a search: where the query's words stand, in bytes of chunk.text; in order and apart */
  highlights?: Span[];
  parts: { dense: number; dense_rank?: number; keyword: number; keyword_rank?: number; kin?: number; pairs?: number };
  score: number;
}

export interface InboxState {
  /** absolute */
  folder: string;
  /** bytes of the largest file that is taken */
  most: number;
  /** of the folder alone */
  name: string;
  /** no files are taken; then nothing else is told */
  off?: boolean;
  /** its id while it is watched */
  root?: number;
}

export interface Inspected {
  /** that it would have */
  path?: string;
  problem?: Problem;
  remark?: Remark;
}

export interface Installed {
  architecture?: string;
  base?: boolean;
  bytes: number;
  capability: "embedding" | "chat";
  context?: number;
  digest?: string;
  dims?: number;
  document_prefix?: string;
  family?: string;
  in_use_for?: "embedding" | "chat";
  loaded: boolean;
  max_tokens?: number;
  modified?: string;
  name: string;
  note?: string;
  note_remark?: Remark;
  parameters?: string;
  pooling?: string;
  prompt_source?: string;
  quantization?: string;
  query_prefix?: string;
  refused?: string;
  refused_remark?: Remark;
  template: boolean;
  thinking?: boolean;
  tiny?: boolean;
  where?: string;
}

/** what an answer was made from and what it cost */
export interface Ledger {
  /** the runner read another prompt than was planned */
  context_warning?: string;
  /** the reply ended early */
  cut?: boolean;
  dropped: Dropped[] | null;
  enough: boolean;
  evidence: number;
  /** why meaning was not searched, if it was not */
  keyword_only?: string;
  model?: string;
  planned_estimated?: boolean;
  /** of the prompt by our count */
  planned_tokens?: number;
  /** of the prompt, by the runner's count */
  prompt_tokens?: number;
  prompt_tokens_per_second?: number;
  /** as searched */
  question: string;
  seconds: { first_reasoning?: number; first_token: number; generate: number; load: number; prompt: number; quotes: number; reasoning?: number; search: number; total: number };
  sources: { doc: number; source: number; tokens: number }[] | null;
  /** of the reply */
  tokens?: number;
  tokens_per_second?: number;
  /** the model computed, as 48 % GPU: 3.1 of 6.4 GB */
  where?: string;
  where_remark?: Remark;
  /** tokens */
  window?: number;
}

export interface Line {
  /** left, bottom, right, top in points from the page's bottom left corner */
  box: [number, number, number, number];
  page: number;
  span: Span;
}

export interface Loaded {
  bytes: number;
  context?: number;
  name: string;
  next_remark?: Remark;
  next_step?: string;
  /** where */
  remark?: Remark;
  /** how long it stays loaded */
  stay?: string;
  stay_remark?: Remark;
  until?: string;
  vram_bytes: number;
  /** where it computes, as 48 % GPU: 3.1 of 6.4 GB */
  where: string;
}

/** From byte at on the text stands at place; line, row and paragraph grow by one with every line that follows. */
export interface Mark {
  at: number;
  place: Place;
}

export interface Meta {
  authors?: string[];
  created?: string;
  edited?: string;
  language?: string;
  tags?: string[];
  to?: string[];
}

export interface Model {
  bytes?: number;
  context?: number;
  dims?: number;
  name: string;
  note?: string;
  note_remark?: Remark;
  parameters?: string;
  quantization?: string;
  /** of its last run */
  speed?: string;
  speed_remark?: Remark;
}

export interface Models {
  address?: string;
  chat?: Model;
  /** texts embedded for the index since the start */
  embedded: number;
  embedding?: Model;
  /** the embedding model before the last change to another, while it is installed */
  embedding_before?: string;
  loaded: Loaded[];
  next_remark?: Remark;
  next_step?: string;
  reason?: string;
  /** reason, part by part */
  remarks?: Remark[];
  runner: "" | "ollama" | "engine";
  swaps: Swaps;
  version?: string;
}

/** why a file is in the result of a search, or is not */
export interface Outcome {
  cause: string;
  document?: Document;
  next?: string;
  next_remark?: Remark;
  path: string;
  remark?: Remark;
  text: string;
  trace?: Trace;
}

/** the path's bytes where they are no UTF-8, which a JSON string cannot carry; path has U+FFFD in their place then, so that two names may look alike there */
export type PathBytes = string;

export interface Place {
  cell?: number;
  chapter?: string;
  /** of the sheet, as in A:D */
  columns?: string;
  /** printed number of the page where it is another */
  label?: string;
  line?: number;
  line_end?: number;
  message?: number;
  page?: number;
  page_end?: number;
  paragraph?: number;
  paragraph_end?: number;
  /** name of the attachment */
  part?: string;
  row?: number;
  row_end?: number;
  sheet?: string;
  slide?: number;
  /** seconds */
  time?: number;
  time_end?: number;
}

export interface Preview {
  /** and by those in force */
  before: number;
  fewer: Changed;
  /** that would be read by the other rules */
  files: number;
  more: Changed;
  /** why the rules cannot be followed */
  problem?: string;
  remark?: Remark;
  /** false: there may be more, the walk was stopped in time */
  whole: boolean;
}

export interface Problem {
  /** stable */
  code: "apart" | "busy" | "cancelled" | "code" | "config" | "content_type" | "cross_origin" | "disk_full" | "exists" | "file_refused" | "file_too_large" | "folder" | "history_off" | "host" | "in_use" | "inbox_off" | "index_damaged" | "index_locked" | "index_newer" | "internal" | "invalid" | "method" | "model" | "no_display" | "no_program" | "no_runner" | "not_a_folder" | "not_found" | "paused" | "permission" | "read_only" | "refused" | "rules" | "runs" | "stopped" | "stopping" | "timeout" | "token" | "too_large" | "too_long";
  message: string;
  /** the step that helps */
  next?: string;
  /** message, where it can be said in other languages */
  remark?: Remark;
}

export interface Progress {
  path?: string;
  queue: Queue;
  seconds: number;
  state: "indexing" | "settled";
}

/** how the text of a search was understood */
export interface Query {
  /** identifiers and numbers that go first word for word */
  exact?: string[];
  limits?: { guessed?: boolean; remark?: Remark; rest: string; says: string; text: string }[];
  /** text with the files' own words for those that no file has, where that was not searched for; the last note says so */
  meant?: string;
  /** what was searched for otherwise than typed */
  notes?: string[];
  /** notes, one by one */
  remarks?: Remark[];
  scope: Scope;
  /** what is searched for by words and by meaning */
  text: string;
}

export interface Queue {
  done: number;
  eta_seconds?: number;
  files_per_second?: number;
  /** some of those that are worked on: those begun first, what waits for its turn last */
  now?: Reading[];
  /** why it is slower than it could be: the battery */
  pace?: string;
  pace_remark?: Remark;
  waiting: number;
  working: number;
}

/** a sentence, a list or a table row of a file */
export interface Quote {
  /** the sentence before it, when it opens with it, they and such */
  before?: string;
  citation: Citation;
  /** a list that goes on in the file */
  cut?: boolean;
  /** of the table whose row is quoted */
  header?: { paired: boolean; span: Span; text: string };
  heading?: string[];
  /** the quote without markup; of a table row whose header is paired, the cells with their columns' names */
  plain: string;
  /** comparable within one answer only */
  score: number;
  title?: string;
}

export interface Reading {
  /** of embedding: passages that have their vector */
  done?: number;
  ref: Ref;
  /** since it was begun */
  seconds: number;
  stage: "queued" | "reading" | "chunking" | "embedding" | "storing";
  /** of embedding: passages of the file */
  total?: number;
}

export interface Ref {
  /** below the root, with forward slashes */
  path: string;
  path_bytes?: PathBytes;
  root: number;
}

/** the text beside it for programs that say it in another language: the code names what is said, the values fill it (web/src/text/remarks.ts has the texts) */
export interface Remark {
  code: string;
  values?: string[];
}

export interface Root {
  added: string;
  id: number;
  path: string;
  path_bytes?: PathBytes;
  paused?: boolean;
  rules?: Rules;
}

export interface RootStatus {
  added: string;
  chunks: number;
  documents: { failed: number; no_text: number; partly: number; ready: number; skipped: number; unstable: number; unsupported: number };
  id: number;
  path: string;
  path_bytes?: PathBytes;
  paused?: boolean;
  reason?: string;
  remark?: Remark;
  rules?: Rules;
  state: "indexing" | "settled" | "missing" | "paused";
  waiting: number;
}

/** what of a folder is indexed, beside its ignore files and the built-in lists; patterns are lines of a .gitignore file */
export interface Rules {
  /** files to index although they look like secrets */
  allow?: string[];
  /** patterns of what to leave out, stronger than any ignore file */
  exclude?: string[];
  /** patterns of the files to index, or of folders above them; none is every file */
  include?: string[];
  /** size of a file, MiB; 0 leaves it to the config */
  max_mb?: number;
  /** name endings (md) and document types (pdf, code); none is every type */
  types?: string[];
}

export interface Running {
  /** empty when it is not kept */
  conversation: string;
  question: string;
  run: string;
  turn: string;
}

export interface Sample {
  doc: number;
  heading?: string;
  ref: Ref;
  title: string;
}

export interface SavedScope {
  name: string;
  /** conditions as in a search: path:invoices type:pdf */
  text: string;
}

/** what narrows a search; all that it names must hold. Dates are days, of what a file says of itself or else of when it was modified */
export interface Scope {
  after?: string;
  before?: string;
  docs?: number[];
  folder?: string;
  /** name of a saved scope */
  in?: string;
  paths?: string[];
  roots?: number[];
  types?: string[];
  with?: Term[];
  without?: Term[];
}

export interface Section {
  heading?: string[];
  kind: "heading" | "paragraph" | "list" | "table" | "code";
  level?: number;
  place: Place;
  span: Span;
}

/** a finished and checked sentence of a generated answer */
export interface Sentence {
  /** the first is what the verdict rests on */
  citations: Citation[] | null;
  /** from 0 */
  index: number;
  /** white space and list bullet that stand before it */
  lead?: string;
  /** for people */
  reasons?: string[];
  /** without citation markers */
  text: string;
  type: "sentence";
  verdict: Verdict;
}

export interface Session {
  token: string;
  version: string;
}

export interface Source {
  hit: Hit;
  /** as cited, from 1 */
  number: number;
  /** as sent to the model */
  text: string;
  tokens: number;
}

/** half-open byte range in the document's text */
export interface Span {
  end: number;
  start: number;
}

/** where a quote of an old answer stands now, or what took its place */
export interface Standing {
  doc: number;
  path: string;
  place: Place;
  quote: string;
  ref: Ref;
  span: Span;
}

export type State = "ready" | "no text" | "failed" | "skipped" | "unsupported" | "unstable";

export interface Status {
  /** that the index and what is kept of conversations lie in */
  folder?: string;
  /** what is kept of conversations */
  history: { bytes: number; conversations: number; days: number; on: boolean; reason?: string };
  index: { advice?: string; building?: Building; bytes: number; chunks: number; documents: number; memory_bytes: number; missing: number; posting_bytes: number; room?: { chunks: number; short: "memory" | "disk" }; text_bytes: number; trouble?: { code: "index_damaged" | "index_newer" | "disk_full" | "read_only" | "index_locked"; text: string }; vector_bytes: number; vectors: number };
  models: Models;
  /** nothing is fetched */
  offline?: boolean;
  queue: Queue;
  roots: RootStatus[];
  state: "indexing" | "settled" | "paused";
  version: string;
}

export interface Suggested {
  /** tokens that need is computed for */
  context: number;
  /** bytes */
  download: number;
  fit: "gpu" | "partly" | "memory" | "too large";
  gpu_share: number;
  installed: boolean;
  /** bytes that this machine lacks */
  missing?: number;
  name: string;
  /** bytes of memory when loaded */
  need: number;
  /** why the built-in engine cannot run it */
  needs_ollama?: string;
  needs_ollama_remark?: Remark;
  parameters: string;
  quantization: string;
  remark?: Remark;
  /** how it fits */
  text: string;
  thinking?: boolean;
  tiny?: boolean;
}

export interface Suggestions {
  chat: Suggested[];
  embedding: Suggested[];
  gpu: string;
  gpu_remark?: Remark;
  gpu_room: number;
  /** of the machine, bytes; 0 when unknown */
  memory: number;
  note?: string;
  note_remark?: Remark;
  /** of memory, what models may take */
  room: number;
}

export interface Survey {
  bytes: number;
  files: number;
  /** what would not be read, most first */
  left: ({ bytes: number; cause: "link" | "litter" | "secret" | "own" | "root" | "kernel" | "ignore" | "exclude" | "include" | "type" | "settings" | "size" | "elsewhere" | "special" | "closed"; examples: string[]; files: number; folders: number })[];
  /** about */
  passages: number;
  /** as it would be added; empty with a problem */
  path: string;
  /** why it cannot be added, with what to do instead */
  problem?: string;
  remark?: Remark;
  /** that reading it takes, about; absent when it cannot be told */
  seconds?: number;
  /** most files first */
  types: { bytes: number; files: number; type: string }[];
  /** it is added already */
  watched?: boolean;
  /** false: there is more, the walk was stopped in time */
  whole: boolean;
}

/** how often models had to leave memory for each other */
export interface Swaps {
  count: number;
  crashes: number;
  next_remark?: Remark;
  next_step?: string;
  remark?: Remark;
  seconds: number;
  text?: string;
}

export interface Switch {
  before?: string;
  for: "embedding" | "chat";
  meanwhile?: string;
  name: string;
  overridden?: string;
  passages: number;
  seconds?: number;
  stops?: string;
}

export interface Tag {
  /** that carry it */
  files: number;
  text: string;
}

export interface Term {
  /** title, heading, path, folder, author, to, tag, language or type; without it the passage's text and all that names it */
  field?: string;
  text: string;
}

export interface Trace {
  asked: Query;
  depth: number;
  evidence: number;
  in_scope: boolean;
  limit: number;
  note?: string;
  passages: Traced[];
  remark?: Remark;
  threshold: number;
}

/** what became of a passage; a rank is 1-based and missing where the passage was not reached */
export interface Traced {
  chunk: Chunk;
  dense_rank?: number;
  fused_rank?: number;
  into?: Elsewhere;
  keyword_rank?: number;
  rank?: number;
  vector: boolean;
}

export interface Turn {
  /** its citations are checked now */
  answer?: Answer;
  asked: string;
  id: string;
  mode?: "auto" | "quotes" | "generate";
  /** that was asked for by name; the answer's ledger tells which one wrote */
  model?: string;
  /** the model might add general knowledge */
  open?: boolean;
  /** the turn it follows; empty for a first one */
  parent: string;
  problem?: string;
  question: string;
  run?: string;
  scope: Scope;
  /** the question as it was searched */
  standalone: string;
  state: "running" | "done" | "stopped" | "failed";
  think?: boolean;
  /** problem */
  why?: Remark;
}

export interface Twins {
  documents: ({ document: Document; kind: "same file" | "same text" | "nearly same text"; share: number })[];
}

export type Verdict = "supported" | "partly" | "unsupported" | "not from your files" | "not a claim";

export interface Whole {
  changed: string;
  created: string;
  id: string;
  pinned: boolean;
  scope: Scope;
  title: string;
  /** in the order asked, branches mixed */
  turns: Turn[];
}

export interface Why {
  document?: Document;
  folder?: boolean;
  /** the step that changes it */
  next?: string;
  next_remark?: Remark;
  path: string;
  ref?: Ref;
  remark?: Remark;
  /** what decides: an ignore file and its line, a pattern of the folder, a built-in list, a limit */
  rule: string;
  verdict: "taken" | "listed" | "left out" | "not there" | "outside";
  /** it has changed and is about to be read */
  waiting?: boolean;
}

/** a reason, true now, for which the files may not have answered */
export interface Widening {
  /** of a file */
  doc?: number;
  /** of a scope: all files together hold enough for an answer */
  helps?: boolean;
  kind: "scope" | "limit" | "spelling" | "folder" | "file" | "open";
  /** of a folder: files that are not read yet */
  left?: number;
  /** of a limit or a spelling: what to ask instead */
  query?: string;
  ref?: Ref;
  /** of a folder */
  root?: number;
  /** of a folder: paused, missing or indexing; of a file: its document's */
  state?: string;
  /** one line for people, in the question's language */
  text: string;
}

/** What each route takes and gives. */
export interface Routes {
  "POST /api/v1/ask": { takes: Ask; events: AnswerEvent };
  "GET /api/v1/backup": { query?: { what?: "index" | "chats" }; gives: Blob };
  "POST /api/v1/code": { takes: Record<string, never>; gives: { code: string } };
  "GET /api/v1/complete": { query?: { path?: string }; gives: { folders: string[] } };
  "DELETE /api/v1/conversations": { takes: { all?: boolean; ids?: string[] }; gives: { removed: number } };
  "GET /api/v1/conversations": { query?: { q?: string; limit?: number; after?: string }; gives: { conversations: Conversation[]; next: string } };
  "DELETE /api/v1/conversations/{id}": { path: { id: string }; gives: { removed: number } };
  "GET /api/v1/conversations/{id}": { path: { id: string }; gives: Whole };
  "PATCH /api/v1/conversations/{id}": { path: { id: string }; takes: { pinned?: boolean; title?: string }; gives: Conversation };
  "GET /api/v1/conversations/{id}/export": { path: { id: string }; query?: { format?: "md" | "json"; turn?: string }; gives: Blob };
  "GET /api/v1/documents": { query?: { id?: number[]; root?: number; state?: "ready" | "no text" | "failed" | "skipped" | "unsupported" | "unstable" | "partly"; q?: string; limit?: number; offset?: number }; gives: { documents: Document[]; total: number } };
  "GET /api/v1/documents/{id}": { path: { id: number }; gives: { chunks: Chunk[]; document: Document } };
  "GET /api/v1/documents/{id}/file": { path: { id: number }; gives: Blob };
  "POST /api/v1/documents/{id}/open": { path: { id: number }; takes: Record<string, never>; gives: null };
  "GET /api/v1/duplicates": { query?: { least?: number }; gives: { groups: Twins[] } };
  "GET /api/v1/evaluations": { gives: EvaluationList };
  "POST /api/v1/evaluations": { takes: { questions: number }; gives: Evaluating };
  "POST /api/v1/evaluations/halt": { takes: Record<string, never>; gives: null };
  "DELETE /api/v1/evaluations/{id}": { path: { id: string }; gives: null };
  "GET /api/v1/evaluations/{id}": { path: { id: string }; query?: { against?: string }; gives: Evaluation };
  "GET /api/v1/growth": { gives: { points: Grown[] } };
  "GET /api/v1/inbox": { gives: InboxState };
  "POST /api/v1/inbox": { query: { path: string; modified?: number }; takes: Blob; gives: Arrived };
  "POST /api/v1/inbox/check": { takes: { files: { head?: string; path: string; size: number }[] }; gives: { files: Inspected[] } };
  "GET /api/v1/models": { gives: Models };
  "GET /api/v1/models/downloads": { gives: { downloads: Download[] } };
  "POST /api/v1/models/downloads": { takes: { for?: "embedding" | "chat"; name?: string }; gives: Download };
  "POST /api/v1/models/downloads/cancel": { takes: { name: string }; gives: Download };
  "GET /api/v1/models/downloads/events": { query?: { name?: string }; events: { downloads: Download[] } };
  "POST /api/v1/models/downloads/pause": { takes: { name: string }; gives: Download };
  "POST /api/v1/models/downloads/resume": { takes: { name: string }; gives: Download };
  "POST /api/v1/models/fetch": { takes: { pull?: boolean; what: "embedding" | "chat" }; events: FetchStep };
  "POST /api/v1/models/import": { takes: { name?: string; path: string }; events: FetchStep };
  "DELETE /api/v1/models/installed": { query: { name: string; force?: boolean }; gives: { freed_bytes: number } };
  "GET /api/v1/models/installed": { gives: { models: Installed[] } };
  "GET /api/v1/models/show": { query: { name: string }; gives: Installed };
  "GET /api/v1/models/suggested": { gives: Suggestions };
  "POST /api/v1/models/unload": { takes: { name: string }; gives: null };
  "GET /api/v1/models/use": { query?: { name?: string; for?: "" | "embedding" | "chat" }; gives: Switch };
  "POST /api/v1/models/use": { takes: { for?: "" | "embedding" | "chat"; name: string }; gives: Switch };
  "POST /api/v1/retry": { takes: { document: number }; gives: null };
  "POST /api/v1/retry/failed": { takes: { root?: number }; gives: { documents: number } };
  "GET /api/v1/roots": { gives: { roots: RootStatus[] } };
  "POST /api/v1/roots": { takes: { path: string; path_bytes?: PathBytes; rules?: Rules }; gives: { root: Root } };
  "DELETE /api/v1/roots/{id}": { path: { id: number }; gives: null };
  "PATCH /api/v1/roots/{id}": { path: { id: number }; takes: { paused?: boolean; rules?: Rules }; gives: { root: Root } };
  "POST /api/v1/roots/{id}/preview": { path: { id: number }; takes: { rules: Rules }; gives: Preview };
  "GET /api/v1/runs": { gives: { runs: Running[] } };
  "DELETE /api/v1/runs/{run}": { path: { run: string }; gives: null };
  "GET /api/v1/runs/{run}": { path: { run: string }; query?: { after?: number }; events: AnswerEvent };
  "GET /api/v1/samples": { gives: { samples: Sample[] } };
  "GET /api/v1/scopes": { gives: { scopes: SavedScope[] } };
  "POST /api/v1/scopes": { takes: SavedScope; gives: null };
  "DELETE /api/v1/scopes/{name}": { path: { name: string }; gives: null };
  "GET /api/v1/search": { query?: { q?: string; like?: number; limit?: number; root?: number[]; folder?: string; path?: string[]; type?: string[]; after?: string; before?: string; tag?: string[]; author?: string[]; in?: string }; gives: Found };
  "POST /api/v1/session": { takes: { claim?: string; code: string }; gives: Session };
  "GET /api/v1/status": { gives: Status };
  "GET /api/v1/survey": { query: { path: string }; gives: Survey };
  "POST /api/v1/sync": { takes: { confirm?: boolean; root?: number }; events: Progress };
  "GET /api/v1/tags": { query?: { start?: string }; gives: { tags: Tag[] } };
  "GET /api/v1/trace": { query: { q: string; file?: string; document?: number; limit?: number; root?: number[]; folder?: string; path?: string[]; type?: string[]; after?: string; before?: string; tag?: string[]; author?: string[]; in?: string }; gives: Outcome };
  "GET /api/v1/why": { query?: { path?: string; document?: number }; gives: Why };
}
