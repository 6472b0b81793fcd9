package golocal

// Scope narrows a search; the zero Scope is everything. All that it names must
// hold. Dates are days, "2006-01-02": a document is dated by what its file says
// of itself (written, sent or edited), else by when the file was modified.
type Scope struct {
	Roots   []int64  `json:"roots,omitempty"`   // any of them
	Folder  string   `json:"folder,omitempty"`  // path below the root, forward slashes
	Docs    []int64  `json:"docs,omitempty"`    // any of them
	Paths   []string `json:"paths,omitempty"`   // files or folders with all below them, absolute or below a root; any of them
	Types   []string `json:"types,omitempty"`   // any of them: a Document's Type, or what a file's name ends with ("xlsx")
	After   string   `json:"after,omitempty"`   // dated on that day or later
	Before  string   `json:"before,omitempty"`  // dated before that day
	With    []Term   `json:"with,omitempty"`    // each must hold
	Without []Term   `json:"without,omitempty"` // none may hold
	In      string   `json:"in,omitempty"`      // name of a saved scope that must hold, too
}

// Term is a condition on a passage or its document.
type Term struct {
	// "text" (with headings and title), "title", "heading", "path", "folder", "author", "to", "tag", "language" or
	// "type"; "" is the passage's text and all that names it
	Field string `json:"field,omitempty"`
	// words that stand together, in any inflected form; of a path a part of it; a
	// folder, file or type whole, as in Scope
	Text string `json:"text"`
}

// Match is one chunk that a leg of the search found.
type Match struct {
	Chunk int64
	Score float64 // higher is better; cosine for vectors, BM25 for keywords
}

// Parts are the pieces of a Hit's score. A rank is 1-based and 0 when that leg
// did not find the chunk.
type Parts struct {
	Keyword     float64 `json:"keyword"`
	KeywordRank int     `json:"keyword_rank,omitempty"`
	Dense       float64 `json:"dense"`
	DenseRank   int     `json:"dense_rank,omitempty"`
	Pairs       float64 `json:"pairs,omitempty"` // share of the question's neighbouring words that stand together in the passage
	Kin         float64 `json:"kin,omitempty"`   // cosine to the best other passage
}

// Hit is a passage that answers a search.
type Hit struct {
	Doc   Document    `json:"document"` // without Text and Sections
	Chunk Chunk       `json:"chunk"`
	Score float64     `json:"score"` // 0 to 1
	Parts Parts       `json:"parts"`
	Also  []Elsewhere `json:"also,omitempty"` // where nearly the same passage stands

	Highlights []Span `json:"highlights,omitempty"` // where the query's words stand in Chunk.Text, in order and apart; nil where nobody looked
	Excerpt    Span   `json:"excerpt,omitzero"`     // the part of Chunk.Text that shows best why it was found
}

// Elsewhere is a passage that another Hit stands for.
type Elsewhere struct {
	Doc   int64 `json:"doc"`
	Ref   Ref   `json:"ref"`
	Chunk int64 `json:"chunk"`
	Place Place `json:"place"`
}

// Query is how the text of a search was understood.
type Query struct {
	Text   string   `json:"text"`             // what is searched for by words and by meaning: without what Scope says
	Scope  Scope    `json:"scope"`            // what narrows the search, whether the text says so or the caller
	Limits []Limit  `json:"limits,omitempty"` // what of Scope was read from the text
	Exact  []string `json:"exact,omitempty"`  // identifiers and numbers: passages that hold them go first
	Notes  []string `json:"notes,omitempty"`  // what was searched for otherwise than typed, for the user
	// Remarks are Notes, one by one.
	Remarks []Remark `json:"remarks,omitempty"`
	Meant   string   `json:"meant,omitempty"` // Text with the files' own words for those that no file has, where that was not searched for; the last of Notes says so
}

// Limit is a part of a search's text that narrows the search.
type Limit struct {
	Text    string `json:"text"`              // as typed: "from last week", "type:pdf"
	Says    string `json:"says"`              // for the user: "only files of 16–22 November 2026"
	Remark  Remark `json:"remark,omitzero"`   // Says
	Rest    string `json:"rest"`              // the search's text without it
	Guessed bool   `json:"guessed,omitempty"` // read from plain words; quotes around them search for the words
}

// Found is what a search brought back.
type Found struct {
	Query    string  `json:"query"`           // as typed
	Asked    Query   `json:"asked"`           // as understood
	Hits     []Hit   `json:"hits"`            // best first
	Evidence float64 `json:"evidence"`        // 0 to 1: how likely the files answer the query
	Enough   bool    `json:"enough"`          // Evidence reaches the threshold
	Note     string  `json:"note,omitempty"`  // what limited the search, for the user
	Remark   Remark  `json:"remark,omitzero"` // Note
	Seconds  float64 `json:"seconds"`
}

// Traced is what became of one passage in a search. Ranks are 1-based and 0 where
// the passage was not reached.
type Traced struct {
	Chunk   Chunk      `json:"chunk"`
	Keyword int        `json:"keyword_rank,omitempty"` // by words
	Dense   int        `json:"dense_rank,omitempty"`   // by meaning
	Vector  bool       `json:"vector"`                 // it has one, so that it can be found by meaning
	Fused   int        `json:"fused_rank,omitempty"`   // of both legs together
	Rank    int        `json:"rank,omitempty"`         // in the result, whose first Limit are shown
	Into    *Elsewhere `json:"into,omitempty"`         // the passage that stands for it, as it says nearly the same
}

// Trace is what became of one document in a search.
type Trace struct {
	Asked     Query    `json:"asked"`
	InScope   bool     `json:"in_scope"`  // a passage of it meets the search's conditions
	Passages  []Traced `json:"passages"`  // of the document, the best first
	Limit     int      `json:"limit"`     // passages that the search shows
	Depth     int      `json:"depth"`     // passages that each leg hands on
	Evidence  float64  `json:"evidence"`  // 0 to 1, of the whole search
	Threshold float64  `json:"threshold"` // from which there is an answer
	Note      string   `json:"note,omitempty"`
	Remark    Remark   `json:"remark,omitzero"` // Note
	Found     Found    `json:"-"`               // the search itself
}

// Outcome says why a file is in the result of a search, or is not.
type Outcome struct {
	Path       string    `json:"path"` // absolute
	Doc        *Document `json:"document,omitempty"`
	Cause      string    `json:"cause"`           // stable: "left out", "failed", "rank", "found", …
	Text       string    `json:"text"`            // for the user
	Next       string    `json:"next,omitempty"`  // the step that helps
	Remark     Remark    `json:"remark,omitzero"` // Text
	NextRemark Remark    `json:"next_remark,omitzero"`
	Trace      *Trace    `json:"trace,omitempty"`
}

// How a Twin stands to the first of its group.
const (
	SameBytes = "same file"        // byte for byte
	SameText  = "same text"        // the same words, as in another format
	NearText  = "nearly same text" // most of them
)

// Twin is one of the documents that hold nearly the same.
type Twin struct {
	Doc   Document `json:"document"`
	Kind  string   `json:"kind"`  // how it stands to the first
	Share float64  `json:"share"` // 0 to 1, of common runs of words with the first
}

// Twins are documents that hold the same or nearly the same, the longest first.
type Twins struct {
	Documents []Twin `json:"documents"`
}
