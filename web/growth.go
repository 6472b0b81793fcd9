package web

import (
	"context"
	"net/http"
	"time"

	"golocal"
)

// Chronicler tells how the index came to be what it is, and what can be asked
// of it.
type Chronicler interface {
	// Growth is how the index grew, oldest first: a few hundred points at most.
	Growth(ctx context.Context) ([]Grown, error)
	// Samples are places of the indexed files that make good first questions, best
	// first; none while nothing fit is indexed.
	Samples(ctx context.Context) ([]Sample, error)
}

// Grown is the index at one moment.
type Grown struct {
	At        time.Time `json:"at"`
	Documents int       `json:"documents"`
	Passages  int       `json:"passages"`
	Read      int       `json:"read"`    // files worked on since the point before, those of no change too
	Seconds   float64   `json:"seconds"` // of work that this took
}

// Sample is what a first question may be about. The page puts it into words.
type Sample struct {
	Title   string      `json:"title"`             // of the document, else its name without ending
	Heading string      `json:"heading,omitempty"` // in it
	Doc     int64       `json:"doc"`
	Ref     golocal.Ref `json:"ref"`
}

type grownList struct {
	Points []Grown `json:"points"`
}

func (s *Server) growth(w http.ResponseWriter, r *http.Request) error {
	points, err := s.o.Chronicler.Growth(r.Context())
	if err != nil {
		return err
	}
	if points == nil {
		points = []Grown{}
	}
	send(w, http.StatusOK, grownList{points})
	return nil
}

type sampleList struct {
	Samples []Sample `json:"samples"`
}

func (s *Server) samples(w http.ResponseWriter, r *http.Request) error {
	list, err := s.o.Chronicler.Samples(r.Context())
	if err != nil {
		return err
	}
	if list == nil {
		list = []Sample{}
	}
	send(w, http.StatusOK, sampleList{list})
	return nil
}
