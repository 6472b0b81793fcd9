package runs

import (
	"context"
	"encoding/json"
	"sort"
	"sync"
	"time"

	"golocal/chat"
)

// Step is an event of a run as it goes to who watches it.
type Step struct {
	Number int             // of the event in its run, from 1; of joined pieces the last one's
	Name   string          // the event's
	Data   json.RawMessage // the event
}

// MarshalJSON gives the event.
func (s Step) MarshalJSON() ([]byte, error) { return s.Data, nil }

// Position is the number, for a stream that is gone on with later.
func (s Step) Position() int { return s.Number }

// run is an answer being made, or made a short while ago.
type run struct {
	id, conversation, turn string
	question               string
	words                  wording // in the question's language
	cancel                 context.CancelCauseFunc
	done                   chan struct{} // closed when all of it is said and kept

	mu     sync.Mutex // guards all below
	said   []entry
	number int           // of the last event
	bytes  int           // of said, about
	more   chan struct{} // closed and replaced with each event, and closed at the end
	over   bool
	err    error     // that ended it
	ended  time.Time // when it did
	draft  draft
}

// entry is one event, or pieces of text that came one after the other.
type entry struct {
	first, last int
	name        string
	data        json.RawMessage // of any event but a piece of text
	text        []byte          // of pieces of text
	ends        []int           // in text, of each piece
}

// add appends an event and wakes who waits for it.
func (r *run) add(e chat.Event) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.draft.add(e)
	r.number++
	var piece string
	switch e := e.(type) {
	case chat.Token:
		piece = e.Text
	case chat.Reasoning:
		piece = e.Text
	default:
		data, err := json.Marshal(e)
		if err != nil {
			return err
		}
		r.said = append(r.said, entry{first: r.number, last: r.number, name: e.Name(), data: data})
		r.bytes += len(data)
		r.wake()
		return nil
	}
	n := len(r.said) - 1
	if n < 0 || r.said[n].name != e.Name() {
		r.said = append(r.said, entry{first: r.number, name: e.Name()})
		n++
	}
	last := &r.said[n]
	last.text = append(last.text, piece...)
	last.ends = append(last.ends, len(last.text))
	last.last = r.number
	r.bytes += len(piece) + 8
	r.wake()
	return nil
}

func (r *run) wake() {
	close(r.more)
	r.more = make(chan struct{})
}

// end closes the run for watchers.
func (r *run) end(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.over, r.err, r.ended = true, err, time.Now()
	close(r.more)
}

// after is what was said after an event: the next step, or a channel that tells
// of more, or the end.
func (r *run) after(number int) (s Step, ok bool, more <-chan struct{}, over bool, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	i := sort.Search(len(r.said), func(i int) bool { return r.said[i].last > number })
	if i == len(r.said) {
		return Step{}, false, r.more, r.over, r.err
	}
	e := r.said[i]
	s = Step{Number: e.last, Name: e.name, Data: e.data}
	if e.data == nil {
		from := 0
		if seen := number - e.first; seen >= 0 {
			from = e.ends[seen]
		}
		text := string(e.text[from:])
		var event chat.Event = chat.Token{Text: text}
		if e.name == (chat.Reasoning{}).Name() {
			event = chat.Reasoning{Text: text}
		}
		if s.Data, err = json.Marshal(event); err != nil {
			return s, false, nil, true, err
		}
	}
	return s, true, nil, false, nil
}

// partial is the answer as far as it got, and the question as searched.
func (r *run) partial() (*chat.Answer, string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.draft.answer(), r.draft.stopped.Question
}

// whole tells whether the answer is complete.
func (r *run) whole() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.draft.whole != nil
}

// state tells whether it is over, since when, and how much it holds.
func (r *run) state() (over bool, since time.Time, bytes int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.over, r.ended, r.bytes
}
