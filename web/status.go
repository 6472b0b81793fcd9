package web

import (
	"time"

	"golocal"
)

// Status is how the daemon's work stands.
type Status struct {
	Version string       `json:"version"`
	State   string       `json:"state"` // "indexing", "settled" or, with every root, "paused"
	Roots   []RootStatus `json:"roots"`
	Queue   Queue        `json:"queue"`
	Index   Index        `json:"index"`
	Models  Models       `json:"models"`
	History History      `json:"history"`
	Offline bool         `json:"offline,omitempty"` // nothing is fetched
	Folder  string       `json:"folder,omitempty"`  // that the index and what is kept of conversations lie in
}

// History is what is kept of conversations.
type History struct {
	On            bool   `json:"on"`
	Days          int    `json:"days"` // conversations are kept for; 0 is for ever
	Conversations int    `json:"conversations"`
	Bytes         int64  `json:"bytes"`            // on disk
	Reason        string `json:"reason,omitempty"` // why it is not on although it is wanted
}

// The states of a Status and of a RootStatus.
const (
	Indexing = "indexing"
	Settled  = "settled"
	Missing  = "missing" // of a root whose folder is not there now
	Paused   = "paused"  // nothing is read until somebody resumes it
)

// RootStatus is a watched folder and how far it is indexed.
type RootStatus struct {
	golocal.Root
	State     string         `json:"state"`            // "indexing", "settled", "missing" or "paused"
	Reason    string         `json:"reason,omitempty"` // of "missing" and of trouble with watching: one line for the user
	Remark    golocal.Remark `json:"remark,omitzero"`  // Reason
	Documents Counts         `json:"documents"`
	Chunks    int            `json:"chunks"`
	Waiting   int            `json:"waiting"` // files that wait for work or are worked on
}

// Counts are numbers of documents by state.
type Counts struct {
	Ready       int `json:"ready"`
	Partly      int `json:"partly"` // of the ready ones: something of them is not searchable
	NoText      int `json:"no_text"`
	Failed      int `json:"failed"`
	Skipped     int `json:"skipped"`
	Unsupported int `json:"unsupported"`
	Unstable    int `json:"unstable"` // written to whenever they are read; they are read again
}

// Queue is the work that is left.
type Queue struct {
	Waiting    int            `json:"waiting"` // files
	Working    int            `json:"working"`
	Done       int            `json:"done"`                       // since the queue was last empty
	Rate       float64        `json:"files_per_second,omitempty"` // over the last minute
	ETA        float64        `json:"eta_seconds,omitempty"`      // 0 when it cannot be told
	Pace       string         `json:"pace,omitempty"`             // why it is slower than it could be, one line
	PaceRemark golocal.Remark `json:"pace_remark,omitzero"`

	Now []Reading `json:"now,omitempty"` // of Working, [ReadingsShown] at most: those begun first, what waits for its turn last
}

// ReadingsShown is how many of the files that are worked on a status names.
const ReadingsShown = 6

// Reading is a file that is worked on now.
type Reading struct {
	Ref     golocal.Ref `json:"ref"`
	Stage   string      `json:"stage"`           // "queued", "reading", "chunking", "embedding" or "storing"
	Done    int         `json:"done,omitempty"`  // of "embedding": passages that have their vector
	Total   int         `json:"total,omitempty"` // of "embedding": passages of the file
	Seconds float64     `json:"seconds"`         // since it was begun
}

// Index is what is stored.
type Index struct {
	Documents int   `json:"documents"`
	Chunks    int   `json:"chunks"`
	Vectors   int   `json:"vectors"`
	Missing   int   `json:"missing"` // chunks that wait for a vector; keyword search finds them already
	Bytes     int64 `json:"bytes"`   // on disk, all that follows and the rest

	TextBytes    int64    `json:"text_bytes"`
	VectorBytes  int64    `json:"vector_bytes"`      // on disk, of every embedding model that is kept
	PostingBytes int64    `json:"posting_bytes"`     // what searches by words look in
	MemoryBytes  int64    `json:"memory_bytes"`      // of the vectors, in memory
	Room         *Room    `json:"room,omitempty"`    // nil when it cannot be told
	Advice       string   `json:"advice,omitempty"`  // one line, before something runs short; empty while all is well
	Trouble      *Trouble `json:"trouble,omitempty"` // nil while the index takes and gives everything
	// Building is the index of another embedding model on its way; nil when none is.
	Building *Building `json:"building,omitempty"`
}

// Trouble is why the index does not take changes, or does not give all that it
// holds.
type Trouble struct {
	Code string `json:"code"` // that errors with this cause have: "index_damaged", "disk_full", "read_only", "index_locked"
	Text string `json:"text"` // what it is and what helps, one line
}

// Room is what the index still has room for on this machine, by the bytes that
// its passages take.
type Room struct {
	Chunks int    `json:"chunks"` // more, about
	Short  string `json:"short"`  // what runs short then: "memory" or "disk"
}

// Building is how far the index for another embedding model is. Until it is
// done the one before answers.
type Building struct {
	Model     string         `json:"model"`               // whose vectors are made
	Change    string         `json:"change,omitempty"`    // what is new where the name is not: "other prompts", "new weights"
	Meanwhile string         `json:"meanwhile,omitempty"` // model of the index that answers; empty: words alone are searched
	Done      int            `json:"done"`                // passages
	Total     int            `json:"total"`
	Seconds   float64        `json:"seconds,omitempty"` // left, about; 0 when it cannot be told
	Reason    string         `json:"reason,omitempty"`  // why it waits
	Remark    golocal.Remark `json:"remark,omitzero"`   // Reason
	Text      string         `json:"text"`              // all of it in one line
}

// Models tells which model does what, where.
type Models struct {
	Runner     string           `json:"runner"`            // "ollama", "engine", or "" when none answers
	Address    string           `json:"address,omitempty"` // where it answers, or was looked for
	Version    string           `json:"version,omitempty"`
	Reason     string           `json:"reason,omitempty"`    // why there is none, or what limits it
	Next       string           `json:"next_step,omitempty"` // the command that helps
	Remarks    []golocal.Remark `json:"remarks,omitempty"`   // Reason, part by part
	NextRemark golocal.Remark   `json:"next_remark,omitzero"`
	Embedding  *Model           `json:"embedding,omitempty"` // nil when there is none
	Chat       *Model           `json:"chat,omitempty"`      // nil when there is none: answers are quotes
	Loaded     []Loaded         `json:"loaded"`
	Swaps      Swaps            `json:"swaps"`
	Embedded   int64            `json:"embedded"`                   // texts embedded for the index since the start
	Before     string           `json:"embedding_before,omitempty"` // the embedding model before the last change to another, while it is installed
}

// Model is a model that golocal uses.
type Model struct {
	Name        string         `json:"name"`
	Parameters  string         `json:"parameters,omitempty"` // "22.7M"
	Quant       string         `json:"quantization,omitempty"`
	Bytes       int64          `json:"bytes,omitempty"`
	Context     int            `json:"context,omitempty"` // longest input, tokens
	Dims        int            `json:"dims,omitempty"`    // of an embedding model
	Note        string         `json:"note,omitempty"`    // a limit worth knowing, one line
	Speed       string         `json:"speed,omitempty"`   // of its last run, one line
	NoteRemark  golocal.Remark `json:"note_remark,omitzero"`
	SpeedRemark golocal.Remark `json:"speed_remark,omitzero"`
}

// Loaded is a model that is in memory now.
type Loaded struct {
	Name       string         `json:"name"`
	Bytes      int64          `json:"bytes"`
	VRAM       int64          `json:"vram_bytes"` // of Bytes, in GPU memory; 0 is CPU only
	Context    int            `json:"context,omitempty"`
	Until      time.Time      `json:"until,omitzero"`      // when it is unloaded
	Where      string         `json:"where"`               // it computes: "48 % GPU: 3.1 of 6.4 GB"
	Next       string         `json:"next_step,omitempty"` // that would make it faster
	Stay       string         `json:"stay,omitempty"`      // "unloads in 12 min"
	Remark     golocal.Remark `json:"remark,omitzero"`     // Where
	NextRemark golocal.Remark `json:"next_remark,omitzero"`
	StayRemark golocal.Remark `json:"stay_remark,omitzero"`
}

// Swaps tells how often models had to leave memory for each other.
type Swaps struct {
	Count      int            `json:"count"`
	Seconds    float64        `json:"seconds"` // lost on loading
	Crashes    int            `json:"crashes"` // of the engine's runners
	Text       string         `json:"text,omitempty"`
	Next       string         `json:"next_step,omitempty"`
	Remark     golocal.Remark `json:"remark,omitzero"` // Text
	NextRemark golocal.Remark `json:"next_remark,omitzero"`
}

// Progress is one step of a sync.
type Progress struct {
	State string  `json:"state"` // "indexing", or "settled" in the last one
	Queue Queue   `json:"queue"`
	Path  string  `json:"path,omitempty"` // file that is worked on, below its root
	Secs  float64 `json:"seconds"`        // since the start
}

// Filter chooses documents of a listing. Its zero value is all of them.
type Filter struct {
	IDs    []int64 // any of them
	Root   int64
	State  golocal.State
	Query  string // part of the path, any case
	Limit  int    // 1 to 500
	Offset int
}

// Page is a piece of a listing.
type Page struct {
	Documents []golocal.Document `json:"documents"` // without Text and Sections
	Total     int                `json:"total"`     // that fit the filter
}
