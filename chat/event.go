package chat

import "golocal"

// Event is one step of an answer. An answer is a run of events in this order:
// Begun where it belongs to a run, Status (any number, anywhere), Standalone where
// the question leans on the conversation, Found, Sources, Quotes, then for a generated
// answer Reasoning where the model reasons, Token and Sentence mixed, and one
// Answer as the last. A computed answer has no Quotes; a digest (a summary or a
// comparison that a model writes) has Sources twice, the quotes' first.
//
// Events marshal to a JSON object whose field "type" is Name(); Decode reads
// it back.
type Event interface {
	// Name is the event's stable name on the wire.
	Name() string
}

// The phases of a Status.
const (
	PhaseSearch   = "search"   // looking for passages
	PhaseFresh    = "fresh"    // Done of Of changed files are read before they are answered from
	PhaseQuotes   = "quotes"   // choosing sentences from them
	PhaseGenerate = "generate" // the model reads and writes
	PhaseProgress = "progress" // Done of Of pieces of the files are read
	PhaseNotice   = "notice"   // something the user should know, no step of its own
)

// Status says what is being done now.
type Status struct {
	Phase string `json:"phase"`
	Text  string `json:"text"` // one line for the user
	Done  int    `json:"done,omitempty"`
	Of    int    `json:"of,omitempty"`
	Model string `json:"model,omitempty"` // that is at work
}

// Found carries what the search brought back, before anything is made of it.
type Found struct {
	golocal.Found
}

// Sources are the passages that the answer may cite, numbered from 1. A
// generated answer's model sees exactly these.
type Sources struct {
	Sources []golocal.Source  `json:"sources"`
	Dropped []golocal.Dropped `json:"dropped,omitempty"`
}

// Quotes are the best sentences of the sources, best first: at most five.
type Quotes struct {
	Quotes []Quote `json:"quotes"`
}

// Quote is a sentence, a list or a table row of a file.
type Quote struct {
	Citation golocal.Citation `json:"citation"`         // its Quote is the verbatim text, markup included
	Plain    string           `json:"plain"`            // the same without Markdown markup, for reading; a table row's cells with their columns' names where Header is Paired
	Header   *Header          `json:"header,omitempty"` // of a table row, where the table has one
	Cut      bool             `json:"cut,omitempty"`    // a list that goes on in the file
	Before   string           `json:"before,omitempty"` // the sentence before it, when it opens with "it", "they", …
	Title    string           `json:"title,omitempty"`
	Heading  []string         `json:"heading,omitempty"`
	Score    float64          `json:"score"` // comparable within one answer only
}

// Token is the next piece of a generated answer, cleaned: no images, no HTML,
// no live links, and only citation markers that name a source. The sentences
// that it belongs to follow, checked.
type Token struct {
	Text string `json:"text"`
}

// Reasoning is the next piece of what a model writes for itself before it
// answers: plain text for the curious, never cited, checked or counted as
// answer. At most 64 KiB of it are handed out.
type Reasoning struct {
	Text string `json:"text"`
}

// Verdict is what the check of a sentence came to.
type Verdict string

// The verdicts of a Sentence.
const (
	Supported   Verdict = "supported"   // a cited source says it
	Partly      Verdict = "partly"      // a source says part of it; Reasons name the rest
	Unsupported Verdict = "unsupported" // no source says it
	NotAClaim   Verdict = "not a claim" // a greeting, a heading, a question: nothing to prove
	// NotFromFiles is general knowledge of the model, which only Request.Open allows:
	// no source supports it, and none says otherwise.
	NotFromFiles Verdict = "not from your files"
)

// Sentence is a finished and checked sentence of a generated answer.
type Sentence struct {
	Index     int                `json:"index"`          // 0-based
	Lead      string             `json:"lead,omitempty"` // white space and list bullet that stand before it
	Text      string             `json:"text"`           // without citation markers
	Verdict   Verdict            `json:"verdict"`
	Citations []golocal.Citation `json:"citations"`         // [0] is what the verdict rests on
	Reasons   []string           `json:"reasons,omitempty"` // for people: `"1994" is not in the cited source`
}

// Kind is what an Answer is made of.
type Kind string

// The kinds of Answer.
const (
	KindQuotes    Kind = "quotes"    // sentences of the files, verbatim
	KindGenerated Kind = "generated" // written by a model and checked
	KindComputed  Kind = "computed"  // counted or computed over the files; Counted says from what
	KindNone      Kind = "none"      // the files don't answer the question; Quotes are the nearest misses
)

// Answer is the last event: everything again, in one piece.
type Answer struct {
	Kind      Kind             `json:"kind"`
	Text      string           `json:"text"`      // generated and computed: the sentences with [n] markers; none: the refusal; quotes: ""
	Sentences []Sentence       `json:"sentences"` // of a generated answer
	Sources   []golocal.Source `json:"sources"`
	Quotes    []Quote          `json:"quotes"`
	Verdict   Verdict          `json:"verdict"`             // of the whole; quotes are supported by being quotes
	Support   float64          `json:"support"`             // 0 to 1: share of claims supported, partly ones counting half
	Folded    bool             `json:"folded"`              // support is under the limit: show the quotes first
	Note      string           `json:"note,omitempty"`      // what the user should know about how this answer came about
	Reasoning string           `json:"reasoning,omitempty"` // what the model wrote for itself first; Ledger.Seconds has its time
	Counted   *Counted         `json:"counted,omitempty"`   // of a question about the files themselves
	Widen     []Widening       `json:"widen,omitempty"`     // of a refusal: what may help, the likeliest first
	Ledger    Ledger           `json:"ledger"`
}

// Ledger says what an answer was made from and what it cost.
type Ledger struct {
	Question     string            `json:"question"`               // as searched
	Evidence     float64           `json:"evidence"`               // 0 to 1: how likely the quotes answer, from them and the search
	Enough       bool              `json:"enough"`                 // Evidence reaches the threshold; has the last word over Found's
	KeywordOnly  string            `json:"keyword_only,omitempty"` // why meaning was not searched, if it was not
	Model        string            `json:"model,omitempty"`
	Window       int               `json:"window,omitempty"`                   // tokens asked for
	Planned      int               `json:"planned_tokens,omitempty"`           // of the prompt, by our count
	Estimated    bool              `json:"planned_estimated,omitempty"`        // Planned is a guess: the model's vocabulary or template is not known
	Warning      string            `json:"context_warning,omitempty"`          // the runner read another prompt than was planned: how far off, what it means, the next step
	PromptTokens int               `json:"prompt_tokens,omitempty"`            // of the prompt, by the runner's count
	Tokens       int               `json:"tokens,omitempty"`                   // of the reply
	Cut          bool              `json:"cut,omitempty"`                      // the reply ended early
	PromptRate   float64           `json:"prompt_tokens_per_second,omitempty"` // over tokens that were computed; 0 when too few were to tell
	Rate         float64           `json:"tokens_per_second,omitempty"`        // of writing
	Where        string            `json:"where,omitempty"`                    // the model computed: "48 % GPU: 3.1 of 6.4 GB"
	WhereRemark  golocal.Remark    `json:"where_remark,omitzero"`
	Sources      []Spent           `json:"sources"`
	Dropped      []golocal.Dropped `json:"dropped"`
	Seconds      Seconds           `json:"seconds"`
}

// Spent is what one source took of the window.
type Spent struct {
	Source int   `json:"source"`
	Doc    int64 `json:"doc"`
	Tokens int   `json:"tokens"`
}

// Seconds tells where the time of an answer went.
type Seconds struct {
	Search         float64 `json:"search"`
	Quotes         float64 `json:"quotes"`
	Load           float64 `json:"load"`                      // the runner's loading of the model
	Prompt         float64 `json:"prompt"`                    // the runner's reading of the prompt
	FirstToken     float64 `json:"first_token"`               // from the request to the model to the first word of its answer
	FirstReasoning float64 `json:"first_reasoning,omitempty"` // the same to the first word of its reasoning
	Reasoning      float64 `json:"reasoning,omitempty"`       // from there to the first word of the answer, or to the end
	Generate       float64 `json:"generate"`
	Total          float64 `json:"total"`
}

// Name is "status".
func (Status) Name() string { return "status" }

// Name is "found".
func (Found) Name() string { return "found" }

// Name is "sources".
func (Sources) Name() string { return "sources" }

// Name is "quotes".
func (Quotes) Name() string { return "quotes" }

// Name is "token".
func (Token) Name() string { return "token" }

// Name is "reasoning".
func (Reasoning) Name() string { return "reasoning" }

// Name is "sentence".
func (Sentence) Name() string { return "sentence" }

// Name is "answer".
func (Answer) Name() string { return "answer" }
