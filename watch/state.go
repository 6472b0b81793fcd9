package watch

import (
	"io/fs"
	"time"

	"golocal"
	"golocal/internal/remark"
)

// Mode is how a root is watched now.
type Mode string

// The modes of a root.
const (
	Watching Mode = "watching" // the system reports changes
	Polling  Mode = "polling"  // all or part of it is compared regularly instead
	Scanning Mode = "scanning" // a comparison is under way
	Missing  Mode = "missing"  // it is not there; what is indexed of it is kept
)

// RootState tells how a root stands.
type RootState struct {
	Root   golocal.Root   `json:"root"`
	State  Mode           `json:"state"`
	Reason string         `json:"reason,omitempty"` // one line for the user when something needs to be known
	Remark golocal.Remark `json:"remark,omitzero"`  // Reason

	// As of the last comparison of the whole root:
	Files    int       `json:"files"`   // files to index
	Skipped  int       `json:"skipped"` // files listed as skipped, with a reason each
	Secret   int       `json:"secret"`  // folders left out because they hold secrets
	Ignored  int       `json:"ignored"` // files and folders left out by ignore rules and built-in names
	Links    int       `json:"links"`   // links, which are not followed
	Compared time.Time `json:"compared"`
	Seconds  float64   `json:"seconds"` // what it took

	Held    int `json:"held,omitempty"` // documents whose files vanished with most of the root; kept until Sync
	Pending int `json:"pending"`        // changes in the queue
}

// tally is what a comparison counted.
type tally struct {
	files, skipped, secret, ignored, links int
}

// reason is what the user should know of a root that is there.
func (t *tree) reason() golocal.Remark {
	every := t.pollEvery().Round(time.Second)
	switch {
	case len(t.held) > 0:
		return remark.New(remark.RootHeld, len(t.held))
	case t.trouble.Code != "":
		return t.trouble
	case t.remoteKind != "":
		return remark.New(remark.RootRemote, t.remoteKind, every)
	case t.deaf:
		return remark.New(remark.RootDeaf, every)
	case t.unwatched > 0 && t.remedy != "":
		return remark.New(remark.RootUnwatchedAs, t.unwatched, every, t.remedy)
	case t.unwatched > 0:
		return remark.New(remark.RootUnwatched, t.unwatched, every)
	case t.unreadable > 0:
		return remark.New(remark.RootUnreadable, t.unreadable)
	}
	return golocal.Remark{}
}

// publish makes the tree's state visible to Status.
func (t *tree) publish() {
	s := RootState{
		Root: t.choice.Load().root, Remark: t.reason(),
		Files: t.counted.files, Skipped: t.counted.skipped, Secret: t.counted.secret,
		Ignored: t.counted.ignored, Links: t.counted.links,
		Compared: t.compared, Seconds: t.took.Seconds(), Held: len(t.held),
	}
	switch {
	case t.dir == nil:
		s.State, s.Remark = Missing, t.absent
	case t.scan != nil && t.scan.full:
		s.State = Scanning
		s.Files = max(s.Files, t.scan.tally.files)
	case t.polled():
		s.State = Polling
	default:
		s.State = Watching
	}
	s.Reason = remark.Say("en", s.Remark)
	t.mu.Lock()
	t.shown, t.shownAs = s, t.self
	t.mu.Unlock()
}

// identity returns the root as it was when it was last looked at, nil if it
// never was there.
func (t *tree) identity() fs.FileInfo {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.shownAs
}

// state returns what was published last.
func (t *tree) state() RootState {
	t.mu.Lock()
	s := t.shown
	t.mu.Unlock()
	s.Pending = t.w.queue.pending(t.root.ID)
	return s
}
