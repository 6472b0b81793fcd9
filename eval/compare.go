package eval

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// Comparison is a run beside an earlier one.
type Comparison struct {
	Legs     map[string]map[string]Difference `json:"legs"`     // by leg, by the JSON key of the figure
	Settings map[string][2]string             `json:"settings"` // those that differ: before, now
	Changed  []Change                         `json:"changed"`  // in the order of the run
	Note     string                           `json:"note,omitempty"`
}

// Change is a question whose final nDCG@10 is another now.
type Change struct {
	ID     string  `json:"id"`
	Text   string  `json:"text"`
	Before float64 `json:"before"`
	Now    float64 `json:"now"`
}

// BootstrapSeed makes comparisons repeat.
const BootstrapSeed = 1

// Compare pairs the questions that both runs asked, by their ids. It fails when
// there is none, or when they were asked over other documents or judgements.
func (r Run) Compare(before Run) (Comparison, error) {
	var c Comparison
	if r.Digest != before.Digest {
		return c, fmt.Errorf("the earlier run is of other documents or judgements (%s, %s) than this one (%s, %s)", before.Set, before.Split, r.Set, r.Split)
	}
	earlier := make(map[string]Question, len(before.Questions))
	for _, q := range before.Questions {
		earlier[q.ID] = q
	}
	c.Legs, c.Settings = map[string]map[string]Difference{}, map[string][2]string{}
	final, shared := r.Final(), 0
	for _, leg := range r.Names() {
		now, then := map[string][]float64{}, map[string][]float64{}
		for _, q := range r.Questions {
			old, ok := earlier[q.ID]
			m, has := old.Legs[leg]
			if !ok || !has {
				continue
			}
			if leg == final {
				shared++
				if a, b := m.NDCG10, q.Legs[leg].NDCG10; a != b {
					c.Changed = append(c.Changed, Change{q.ID, q.Text, a, b})
				}
			}
			for _, key := range MetricNames() {
				now[key] = append(now[key], q.Legs[leg].Value(key))
				then[key] = append(then[key], m.Value(key))
			}
		}
		if len(now) == 0 {
			continue
		}
		c.Legs[leg] = map[string]Difference{}
		for _, key := range MetricNames() {
			c.Legs[leg][key] = Paired(now[key], then[key], BootstrapSeed)
		}
	}
	if shared == 0 {
		return c, fmt.Errorf("the earlier run shares no question with this one")
	}
	if shared < len(r.Questions) || shared < len(before.Questions) {
		c.Note = fmt.Sprintf("%d questions are in both runs; this one has %d, the earlier one %d", shared, len(r.Questions), len(before.Questions))
	}
	for key, now := range r.Settings {
		if then := before.Settings[key]; then != now {
			c.Settings[key] = [2]string{then, now}
		}
	}
	return c, nil
}

// Save writes v, a Run or another kind of saved result, to path, whole or not at all.
func Save(path string, v any) error {
	data, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("save the run: %w", err)
	}
	temp, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("save the run: %w", err)
	}
	defer os.Remove(temp.Name()) // gone already when all went well
	if _, err := temp.Write(append(data, '\n')); err != nil {
		temp.Close()
		return fmt.Errorf("save the run: %w", err)
	}
	if err := temp.Close(); err != nil {
		return fmt.Errorf("save the run: %w", err)
	}
	if err := os.Rename(temp.Name(), path); err != nil {
		return fmt.Errorf("save the run: %w", err)
	}
	return nil
}

// Load reads what Save wrote.
func Load[T any](path string) (T, error) {
	var v T
	data, err := os.ReadFile(path)
	if err != nil {
		return v, fmt.Errorf("read the earlier run: %w", err)
	}
	if err := json.Unmarshal(data, &v); err != nil {
		return v, fmt.Errorf("read the earlier run %s: %w; make one with --save", path, err)
	}
	return v, nil
}
