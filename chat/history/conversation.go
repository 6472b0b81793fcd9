package history

import (
	"time"

	"golocal"
	"golocal/chat"
)

// Conversation is a row of the list of conversations.
type Conversation struct {
	ID      string    `json:"id"`
	Title   string    `json:"title"`
	Pinned  bool      `json:"pinned"`
	Created time.Time `json:"created"`
	Changed time.Time `json:"changed"` // when its last question was asked or answered
	Turns   int       `json:"turns"`   // of all branches
	Hits    []Hit     `json:"hits,omitempty"`
}

// Hit is a turn that a search of the conversations found.
type Hit struct {
	Turn    string         `json:"turn"`
	Excerpt string         `json:"excerpt"`
	Marks   []golocal.Span `json:"marks"` // bytes of Excerpt
}

// Page is a piece of the list.
type Page struct {
	Conversations []Conversation `json:"conversations"` // pinned ones first, then the newest
	Next          string         `json:"next"`          // what a Query takes as After; "" after the last piece
}

// Query chooses conversations. Its zero value is the first piece of all.
type Query struct {
	Text  string // words that must stand in a title, a question or an answer; the last may be unfinished
	Limit int    // 1 to 200; 0 is 50
	After string
}

// Whole is a conversation with all its turns.
type Whole struct {
	ID      string        `json:"id"`
	Title   string        `json:"title"`
	Pinned  bool          `json:"pinned"`
	Created time.Time     `json:"created"`
	Changed time.Time     `json:"changed"`
	Scope   golocal.Scope `json:"scope"` // of its last turn
	Turns   []Turn        `json:"turns"` // in the order asked, branches mixed
}

// State is how far a turn's answer got.
type State string

// The states of a Turn.
const (
	Running State = "running" // being answered
	Done    State = "done"    // answered
	Stopped State = "stopped" // somebody stopped it, or golocal ended meanwhile; Answer is what there was
	Failed  State = "failed"  // Problem says why
)

// Turn is a question and its answer. Turns with one parent are branches: the same
// question asked again or put in other words.
type Turn struct {
	ID         string         `json:"id"`
	Parent     string         `json:"parent"` // the turn it follows; "" for a first one
	Asked      time.Time      `json:"asked"`
	Question   string         `json:"question"`
	Standalone string         `json:"standalone"` // the question as it was searched
	Mode       string         `json:"mode,omitempty"`
	Model      string         `json:"model,omitempty"` // that was asked for by name; Answer's Ledger tells which one wrote
	Think      bool           `json:"think,omitempty"`
	Open       bool           `json:"open,omitempty"` // the model might add general knowledge
	Scope      golocal.Scope  `json:"scope"`
	State      State          `json:"state"`
	Run        string         `json:"run,omitempty"`    // that answers it or did
	Answer     *chat.Answer   `json:"answer,omitempty"` // nil before there is any
	Problem    string         `json:"problem,omitempty"`
	Why        golocal.Remark `json:"why,omitzero"` // Problem, where it can be said in other languages
}

// Branch is the way to a turn from the first, "" being the turn asked last; nil
// where there is none. A turn whose parent is gone begins a branch.
func (w Whole) Branch(turn string) []Turn {
	at := make(map[string]int, len(w.Turns))
	for i, t := range w.Turns {
		at[t.ID] = i
	}
	if turn == "" && len(w.Turns) > 0 {
		turn = w.Turns[len(w.Turns)-1].ID
	}
	var back []Turn
	for {
		i, ok := at[turn]
		if !ok {
			break
		}
		back = append(back, w.Turns[i])
		delete(at, turn) // no circle has an end
		turn = w.Turns[i].Parent
	}
	for i, j := 0, len(back)-1; i < j; i, j = i+1, j-1 {
		back[i], back[j] = back[j], back[i]
	}
	return back
}

// Change is what changes of a conversation; nil leaves it as it is.
type Change struct {
	Title  *string `json:"title,omitempty"`
	Pinned *bool   `json:"pinned,omitempty"`
}

// Usage is how much is kept.
type Usage struct {
	Conversations int   `json:"conversations"`
	Bytes         int64 `json:"bytes"` // on disk
}
