// Package golocal holds the nouns that the rooms of golocal share: what a
// watched folder, a file, a passage and an answer's proof are. It has no logic;
// the rooms meet through these types and the small interfaces that each room
// declares for what it needs.
package golocal

import (
	"errors"
	"time"
)

// Root is a watched folder.
type Root struct {
	ID     int64     `json:"id"`                   // never reused
	Path   string    `json:"path"`                 // absolute and clean, as the operating system spells it
	Bytes  []byte    `json:"path_bytes,omitempty"` // Path where it is no UTF-8, which JSON cannot carry
	Added  time.Time `json:"added"`
	Rules  Rules     `json:"rules,omitzero"`
	Paused bool      `json:"paused,omitempty"` // its changes wait until somebody resumes it
}

// Rules narrow what is indexed of a root, beside its ignore files and the
// built-in lists. The zero Rules leave out nothing. Patterns have the syntax of
// a line of gitignore(5) in the root.
type Rules struct {
	Include []string `json:"include,omitempty"` // patterns of the files to index, or of folders above them; none is every file
	Exclude []string `json:"exclude,omitempty"` // patterns of what to leave out, stronger than any ignore file
	Types   []string `json:"types,omitempty"`   // name endings ("md") and document types ("pdf", "code") to index; none is every type
	MaxMB   int64    `json:"max_mb,omitempty"`  // size of a file, MiB; 0 leaves it to the config
	Allow   []string `json:"allow,omitempty"`   // paths of files to index although they look like secrets or are ignore files
}

// Ref names a file: the root it lies in and its path below that root, with
// forward slashes, byte for byte as the file system gives it.
type Ref struct {
	Root int64  `json:"root"`
	Path string `json:"path"`
}

// Sum is a SHA-256.
type Sum [32]byte

// Op says what happened to the file or folder of a Change.
type Op uint8

// The operations of a Change.
const (
	Upsert Op = iota + 1 // the file is new or may have changed
	Remove               // the file is gone
	Rescan               // anything below Ref.Path may have changed; "" is the whole root
	Skip                 // the file is there but must not be read; Change.Reason says why
)

// Change reports that a file or folder needs attention.
type Change struct {
	Ref    Ref
	Op     Op
	Reason string  // of a Skip: one line for the user
	Why    *Remark // Reason; nil where there is none
}

// Tag is a tag that files carry.
type Tag struct {
	Text  string `json:"text"`
	Files int    `json:"files"` // that carry it
}

// Remark is one line for people that can be said in several languages: Code names
// what is said, Values fill it (see internal/remark). The zero Remark says nothing.
// Where a text stands beside one, it is the same in English.
type Remark struct {
	Code   string   `json:"code"`
	Values []string `json:"values,omitempty"`
}

// Span is a half-open byte range [Start, End) in a document's Text.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Place is where a passage stands in the original file. Numbers are 1-based and
// zero when the file has no such thing. Ends are inclusive.
type Place struct {
	Page         int     `json:"page,omitempty"`
	PageEnd      int     `json:"page_end,omitempty"`
	Label        string  `json:"label,omitempty"` // the printed number of Page where it is another: "iv"
	Slide        int     `json:"slide,omitempty"`
	Sheet        string  `json:"sheet,omitempty"`   // of a workbook
	Columns      string  `json:"columns,omitempty"` // of Sheet: "A:D"
	Row          int     `json:"row,omitempty"`     // of Sheet
	RowEnd       int     `json:"row_end,omitempty"`
	Chapter      string  `json:"chapter,omitempty"` // of a book: its title, else its number in the spine
	Message      int     `json:"message,omitempty"` // of a mailbox
	Cell         int     `json:"cell,omitempty"`    // of a notebook
	Part         string  `json:"part,omitempty"`    // name of the attachment; "/" goes deeper
	Time         float64 `json:"time,omitempty"`    // of a recording, seconds
	TimeEnd      float64 `json:"time_end,omitempty"`
	Line         int     `json:"line,omitempty"`
	LineEnd      int     `json:"line_end,omitempty"`
	Paragraph    int     `json:"paragraph,omitempty"`
	ParagraphEnd int     `json:"paragraph_end,omitempty"`
}

// Mark says where a Text stands from byte At on, until the next mark. Page,
// Slide, Sheet, Message and the like hold for all of it; Line, Paragraph and
// Row, where they are not 0, are those of its first line and grow by one with
// every line that follows. A mark's place has no ends but TimeEnd.
type Mark struct {
	At    int   `json:"at"`
	Place Place `json:"place"`
}

// Box is where a line of a page is drawn: left, bottom, right and top in points
// (1/72 inch), from the bottom left corner of the page as it is shown.
type Box [4]float32

// Line is a drawn line of a paged document.
type Line struct {
	Span Span `json:"span"`
	Page int  `json:"page"`
	Box  Box  `json:"box"`
}

// Hidden is text that the file holds and its reader does not see. It is no part
// of a Text: it is shown to whoever asks, never searched or sent to a model.
type Hidden struct {
	Why   string `json:"why"`  // "vanish", "display:none", "off the page", "too small to see", …
	Text  string `json:"text"` // at most its first 200 bytes
	Place Place  `json:"place"`
}

// Meta is what a file says about itself.
type Meta struct {
	Authors  []string  `json:"authors,omitempty"` // of a message: who it is from
	To       []string  `json:"to,omitempty"`      // recipients of a message, copies included
	Created  time.Time `json:"created,omitzero"`  // of a message: when it was sent
	Edited   time.Time `json:"edited,omitzero"`
	Tags     []string  `json:"tags,omitempty"`
	Language string    `json:"language,omitempty"` // BCP 47: "en", "pt-BR"
}

// Kind is what a Section is.
type Kind string

// The kinds of Section.
const (
	KindHeading   Kind = "heading"
	KindParagraph Kind = "paragraph"
	KindList      Kind = "list"
	KindTable     Kind = "table"
	KindCode      Kind = "code"
)

// Section is one block of a document: a heading, a paragraph, a list, a table
// or a piece of code. Sections are in order and do not overlap.
type Section struct {
	Kind    Kind     `json:"kind"`
	Level   int      `json:"level,omitempty"`   // of a heading, 1 to 6
	Heading []string `json:"heading,omitempty"` // titles of the headings that this block stands under, outermost first
	Span    Span     `json:"span"`
	Place   Place    `json:"place"`
}

// State is how far a document got.
type State string

// The states of a Document.
const (
	StateReady       State = "ready"       // indexed and searchable
	StateNoText      State = "no text"     // read, but there is nothing to search in it
	StateFailed      State = "failed"      // could not be read; Reason says why
	StateSkipped     State = "skipped"     // left out on purpose; Reason says by which rule
	StateUnsupported State = "unsupported" // no parser for this type
	StateUnstable    State = "unstable"    // changes whenever it is read; it is read again
)

// Document is a file as golocal knows it.
type Document struct {
	ID       int64     `json:"id"` // never reused
	Ref      Ref       `json:"ref"`
	Sum      Sum       `json:"-"`    // of the file's bytes; zero when they were never read
	Size     int64     `json:"size"` // bytes
	Modified time.Time `json:"modified"`
	Indexed  time.Time `json:"indexed"`
	Type     string    `json:"type,omitempty"`  // "markdown", "text", "code", "html", "pdf", "docx", …
	Title    string    `json:"title,omitempty"` // from the content, never from the file's name; of a message its subject
	Meta     Meta      `json:"meta,omitzero"`
	Pages    int       `json:"pages,omitempty"`
	Blank    int       `json:"blank,omitempty"`   // pages without text
	Garbled  int       `json:"garbled,omitempty"` // pages whose letters make no sense, left out of Text
	Notes    []string  `json:"notes,omitempty"`   // what is not in Text and why, one line for the user each
	Remarks  []Remark  `json:"remarks,omitempty"` // Notes, one by one; without a code where there is none
	Chunks   int       `json:"chunks"`
	State    State     `json:"state"`
	Reason   string    `json:"reason,omitempty"` // for every state but ready: one line for the user
	Why      Remark    `json:"why,omitzero"`     // Reason
	Parser   string    `json:"parser,omitempty"` // name and version of what made Text and the chunks

	Text     string    `json:"text,omitempty"` // normalised UTF-8, NFC; empty where a listing leaves it out
	Sections []Section `json:"sections,omitempty"`
	Marks    []Mark    `json:"marks,omitempty"`  // in order, the first at 0
	Lines    []Line    `json:"lines,omitempty"`  // in order, of a PDF
	Hidden   []Hidden  `json:"hidden,omitempty"` // not stored
}

// Chunk is a passage: the unit that is embedded, searched and cited.
type Chunk struct {
	ID      int64    `json:"id"` // never reused
	Doc     int64    `json:"doc"`
	Ordinal int      `json:"ordinal"` // 0-based within its document
	Heading []string `json:"heading,omitempty"`
	Place   Place    `json:"place"`
	Marks   []Mark   `json:"marks,omitempty"` // where Place changes inside of Text; At counts from its start
	Span    Span     `json:"span"`
	Text    string   `json:"text"`           // the document's Text[Span.Start:Span.End]
	Tokens  int      `json:"tokens"`         // of the embedded input
	Input   string   `json:"-"`              // what is embedded: heading path and text
	Sum     Sum      `json:"-"`              // of Input; equal inputs share a vector
	Code    bool     `json:"code,omitempty"` // source code rather than prose
}

// Space is one way to make vectors; vectors of different spaces never meet.
type Space struct {
	Model          string `json:"model"`
	Digest         string `json:"digest"` // of the model's weights
	Dims           int    `json:"dims"`
	QueryPrefix    string `json:"query_prefix,omitempty"`
	DocumentPrefix string `json:"document_prefix,omitempty"`
	MaxTokens      int    `json:"max_tokens"` // longest input
}

// Vector is where a text stands in a space. Vectors of two spaces have nothing
// to say to each other, so one that is compared names its own.
type Vector struct {
	Space  Space
	Values []float32 // Space.Dims of them
}

// Source is a passage that an answer was given to work from.
type Source struct {
	Number int    `json:"number"` // 1-based, as cited
	Hit    Hit    `json:"hit"`
	Text   string `json:"text"` // as sent to the model
	Tokens int    `json:"tokens"`
}

// Freshness says how a citation stands to the file on disk now.
type Freshness string

// The states of a citation.
const (
	Current Freshness = "current" // the file holds the quote
	Changed Freshness = "changed" // the file is there, the quote is not in it any more
	Gone    Freshness = "gone"    // the file cannot be read any more
	Moved   Freshness = "moved"   // the file is gone and another holds the quote; only where an old answer is shown again
)

// Dropped is a passage that was found but not given to the model.
type Dropped struct {
	Chunk  int64  `json:"chunk"`
	Doc    int64  `json:"doc"`
	Ref    Ref    `json:"ref"`
	Tokens int    `json:"tokens"`
	Why    string `json:"why"`             // one line for the user
	Remark Remark `json:"remark,omitzero"` // Why
}

// Citation ties a sentence to the passage it rests on.
type Citation struct {
	Source int       `json:"source"` // number of the Source
	Doc    int64     `json:"doc"`
	Ref    Ref       `json:"ref"`
	Path   string    `json:"path"` // absolute, for people
	Place  Place     `json:"place"`
	Span   Span      `json:"span"`
	Quote  string    `json:"quote"` // verbatim from the document's Text
	State  Freshness `json:"state"`

	Checked time.Time `json:"checked,omitzero"` // when State was found out, where an old answer is shown again
	Now     *Standing `json:"now,omitempty"`    // then: what stands where the quote stood, if that is another text or place
}

// Standing is where a quote of an old answer stands now, or what took its place.
type Standing struct {
	Doc   int64  `json:"doc"`
	Ref   Ref    `json:"ref"`
	Path  string `json:"path"` // absolute, for people
	Place Place  `json:"place"`
	Span  Span   `json:"span"`
	Quote string `json:"quote"` // verbatim from the document's Text now
}

// Message is one turn of a conversation with a model.
type Message struct {
	Role    string `json:"role"` // "system", "user" or "assistant"
	Content string `json:"content"`
}

// Delta is a piece of a model's reply. The last one has Usage set.
type Delta struct {
	Text     string
	Thinking string // a reasoning model's notes; never part of the answer
	Usage    *Usage
}

// Usage is what a reply cost.
type Usage struct {
	Model        string  `json:"model"`
	PromptTokens int     `json:"prompt_tokens"` // as the runner counted them
	Computed     int     `json:"computed"`      // of these, about, that were not in the runner's cache
	Tokens       int     `json:"tokens"`
	Window       int     `json:"window"` // context length that was asked for, tokens
	Load         float64 `json:"load_seconds"`
	Prompt       float64 `json:"prompt_seconds"`
	Generate     float64 `json:"generate_seconds"`
	Cut          bool    `json:"cut,omitempty"`                      // ended at the token limit
	PromptRate   float64 `json:"prompt_tokens_per_second,omitempty"` // over Computed; 0 when they are too few to tell
	Rate         float64 `json:"tokens_per_second,omitempty"`        // of writing; 0 when Tokens are too few to tell
	Where        string  `json:"where,omitempty"`                    // the model computed: "100 % GPU"; "" when that cannot be told at once
	WhereRemark  Remark  `json:"where_remark,omitzero"`              // Where
}

// Limits bound a model's reply.
type Limits struct {
	Model       string  // that replies, by its name; "" is the one in use
	Window      int     // context length to ask for, tokens; 0 leaves it to the model's default
	Tokens      int     // longest reply, reasoning included, tokens
	Think       bool    // let a model reason first that could be told not to
	Temperature float32 // 0 is greedy
	Seed        int
}

// ErrUnavailable says that no model runner answers now; work that does not
// need one goes on. Callers test for it with errors.Is.
var ErrUnavailable = errors.New("no model runner answers")

// ErrUnstable says that a file changed each time it was read; it is worth
// reading again later.
var ErrUnstable = errors.New("changes while it is read")

// ErrMissing says that a root is not there now: unplugged, unmounted or
// renamed. What is indexed of it is kept.
var ErrMissing = errors.New("the folder is missing; what is indexed of it is kept")
