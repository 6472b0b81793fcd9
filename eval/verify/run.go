package verify

// Verify tells whether the sources, here one passage, are shown as holding the
// sentence in full.
type Verify func(p Passage, sentence string) (supported bool)

// Report is how a check fared on made pairs.
type Report struct {
	Pairs        int             `json:"pairs"`
	WrongFlagged float64         `json:"wrong_flagged"` // share of wrong numbers, dates and names that are not shown as supported
	TrueFlagged  float64         `json:"true_flagged"`  // share of all true twins that are not either
	Kinds        map[Kind]Figure `json:"kinds"`
	Missed       []Pair          `json:"-"` // wrong and shown as supported
	Blamed       []Pair          `json:"-"` // true and flagged
}

// Figure is a Report's line for one kind.
type Figure struct {
	Pairs        int     `json:"pairs"`
	WrongFlagged float64 `json:"wrong_flagged"`
	TrueFlagged  float64 `json:"true_flagged"`
}

// Run checks both sentences of each pair.
func Run(pairs []Pair, verify Verify) Report {
	r := Report{Pairs: len(pairs), Kinds: map[Kind]Figure{}}
	facts, wrong := 0, 0
	for _, p := range pairs {
		f := r.Kinds[p.Kind]
		f.Pairs++
		flagged := !verify(p.Passage(), p.Wrong)
		if flagged {
			f.WrongFlagged++
		} else {
			r.Missed = append(r.Missed, p)
		}
		if !verify(p.Passage(), p.True) {
			f.TrueFlagged++
			r.TrueFlagged++
			r.Blamed = append(r.Blamed, p)
		}
		if p.Kind == Number || p.Kind == Date || p.Kind == Name {
			facts++
			if flagged {
				wrong++
			}
		}
		r.Kinds[p.Kind] = f
	}
	for k, f := range r.Kinds {
		f.WrongFlagged /= float64(f.Pairs)
		f.TrueFlagged /= float64(f.Pairs)
		r.Kinds[k] = f
	}
	r.WrongFlagged = float64(wrong) / float64(max(1, facts))
	r.TrueFlagged /= float64(max(1, len(pairs)))
	return r
}
