package web

import (
	"context"
	"net/http"
	"time"
)

// Evaluator measures search and answers on the user's own files. A run belongs
// to the daemon: whoever began it may leave.
type Evaluator interface {
	// Begin starts a run with up to n questions; while one goes on it is a
	// [*Problem] with code "busy".
	Begin(ctx context.Context, n int) (Evaluating, error)
	// Halt stops the run that goes on, if any; nothing of it is kept but its questions.
	Halt(ctx context.Context) error
}

// Evaluations are the runs that were kept. An unknown one is [fs.ErrNotExist].
type Evaluations interface {
	// Evaluations lists the runs, newest first, and the one that goes on.
	Evaluations(ctx context.Context) (EvaluationList, error)
	// Evaluation gives one whole, beside an earlier one where that is not "".
	Evaluation(ctx context.Context, id, against string) (Evaluation, error)
	// Forget removes a run.
	Forget(ctx context.Context, id string) error
}

// EvaluationList is what is kept.
type EvaluationList struct {
	Running *Evaluating    `json:"running,omitempty"`
	Failed  string         `json:"failed,omitempty"` // why the last run ended without a result, one line
	Runs    []EvaluationOf `json:"runs"`
}

// Evaluating is a run that goes on.
type Evaluating struct {
	Step    string  `json:"step"` // "questions" while they are made, then "asking"
	Done    int     `json:"done"`
	Of      int     `json:"of"`
	Seconds float64 `json:"seconds"`               // since it began
	ETA     float64 `json:"eta_seconds,omitempty"` // 0 when it cannot be told
}

// EvaluationOf is the head of a run.
type EvaluationOf struct {
	ID        string             `json:"id"`
	At        time.Time          `json:"at"`
	Questions int                `json:"questions"`
	Written   int                `json:"written"`  // in a chat model's words
	Settings  map[string]string  `json:"settings"` // what the figures depend on
	Recall    float64            `json:"recall"`   // at 10, of what users see
	Shares    map[string]float64 `json:"shares"`   // answered, right_file, right_quote, standing and refused: of the questions, 0 to 1
}

// Evaluation is a run whole.
type Evaluation struct {
	EvaluationOf
	Legs        map[string]map[string]float64  `json:"legs"`  // keyword, dense, hybrid; the figure by its name
	Curves      map[string][]float64           `json:"curve"` // by leg, recall at 1, 2, … 20
	AUROC       float64                        `json:"auroc"` // of the evidence: file there against withheld
	Worst       []EvaluatedQuestion            `json:"worst"` // worst first
	Against     *EvaluationOf                  `json:"against,omitempty"`
	Differences map[string]EvaluatedDifference `json:"differences,omitempty"` // of recall and the shares, to Against
}

// EvaluatedDifference is how far a figure is from an earlier run's, over the
// questions of both.
type EvaluatedDifference struct {
	Questions int     `json:"questions"`
	Mean      float64 `json:"mean"`
	Low       float64 `json:"low"` // of the 95 % interval
	High      float64 `json:"high"`
	P         float64 `json:"p"`
}

// EvaluatedQuestion is how one question fared.
type EvaluatedQuestion struct {
	Text       string         `json:"text"`
	Path       string         `json:"path"`     // of the file that answers, absolute
	Sentence   string         `json:"sentence"` // in it, that answers
	Ranks      map[string]int `json:"ranks"`    // of the file by leg, from 1; absent: not found
	Answered   bool           `json:"answered"`
	RightFile  bool           `json:"right_file"`
	RightQuote bool           `json:"right_quote"`
	Refused    bool           `json:"refused"` // with the file withheld
}

func (s *Server) evaluations(w http.ResponseWriter, r *http.Request) error {
	list, err := s.o.Evaluations.Evaluations(r.Context())
	if err != nil {
		return err
	}
	if list.Runs == nil {
		list.Runs = []EvaluationOf{}
	}
	send(w, http.StatusOK, list)
	return nil
}

func (s *Server) evaluation(w http.ResponseWriter, r *http.Request) error {
	out, err := s.o.Evaluations.Evaluation(r.Context(), r.PathValue("id"), r.URL.Query().Get("against"))
	if err != nil {
		return err
	}
	if out.Worst == nil {
		out.Worst = []EvaluatedQuestion{}
	}
	send(w, http.StatusOK, out)
	return nil
}

func (s *Server) forgetEvaluation(w http.ResponseWriter, r *http.Request) error {
	if err := s.o.Evaluations.Forget(r.Context(), r.PathValue("id")); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

func (s *Server) beginEvaluation(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Questions int `json:"questions"`
	}
	if err := decode(w, r, &in); err != nil {
		return err
	}
	if in.Questions < 1 || in.Questions > 1000 {
		return invalid("questions: not a number from 1 to 1000")
	}
	begun, err := s.o.Evaluator.Begin(r.Context(), in.Questions)
	if err != nil {
		return err
	}
	send(w, http.StatusCreated, begun)
	return nil
}

func (s *Server) haltEvaluation(w http.ResponseWriter, r *http.Request) error {
	var in struct{}
	if err := decode(w, r, &in); err != nil {
		return err
	}
	if err := s.o.Evaluator.Halt(r.Context()); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}
