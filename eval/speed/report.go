package speed

import (
	"encoding/json"
	"fmt"
	"io"
	"unicode/utf8"
)

// Figure is one line of a Report. Value is what Bar bounds.
type Figure struct {
	Key    string   `json:"key"`
	What   string   `json:"what"`
	Unit   string   `json:"unit"`             // of First and Second
	First  float64  `json:"first"`            // engine, or the measured side
	Second float64  `json:"second,omitempty"` // Ollama, or the side it is measured against; 0 when not measured
	Value  *float64 `json:"value"`            // nil when there was nothing to compare with
	Bar    float64  `json:"bar"`
	AtMost bool     `json:"at_most,omitempty"` // Value should be at most Bar rather than at least
	Why    string   `json:"why,omitempty"`     // why Value is missing
}

// Holds tells whether the figure is there and keeps its bar.
func (f Figure) Holds() bool {
	return f.Value != nil && (f.AtMost && *f.Value <= f.Bar || !f.AtMost && *f.Value >= f.Bar)
}

// Report is a run's figures and what it ran on.
type Report struct {
	Machine string   `json:"machine"`
	Load    float64  `json:"load"`             // average of the last minute at the start; -1 unknown
	Engine  string   `json:"engine,omitempty"` // of a run over models
	Ollama  string   `json:"ollama,omitempty"`
	Notes   []string `json:"notes,omitempty"`
	Figures []Figure `json:"figures"`
}

// Ratio adds the figure first / second.
func (r *Report) Ratio(key, what, unit string, p Pair, bar float64, atMost bool) {
	f := Figure{Key: key, What: what, Unit: unit, First: p.First, Second: p.Second, Bar: bar, AtMost: atMost}
	if p.Second > 0 {
		v := p.Ratio()
		f.Value = &v
	} else {
		f.Why = "no Ollama answers"
	}
	r.Figures = append(r.Figures, f)
}

// MarshalJSON adds each figure's value under its own key.
func (r Report) MarshalJSON() ([]byte, error) {
	type plain Report
	b, err := json.Marshal(plain(r))
	if err != nil {
		return nil, err
	}
	var all map[string]any
	if err := json.Unmarshal(b, &all); err != nil {
		return nil, err
	}
	for _, f := range r.Figures {
		all[f.Key] = f.Value
	}
	return json.Marshal(all)
}

// Print writes the table for people.
func (r Report) Print(w io.Writer) {
	fmt.Fprintf(w, "%s\n", r.Machine)
	ours, theirs := "golocal", "other"
	if r.Engine != "" {
		fmt.Fprintf(w, "engine %s\n", r.Engine)
		ours, theirs = "engine", "Ollama"
	}
	if r.Ollama != "" {
		fmt.Fprintf(w, "Ollama %s\n", r.Ollama)
	}
	for _, n := range r.Notes {
		fmt.Fprintf(w, "! %s\n", n)
	}
	wide := 0
	for _, f := range r.Figures {
		wide = max(wide, utf8.RuneCountInString(f.What))
	}
	fmt.Fprintf(w, "\n%-*s %10s %10s %-9s %8s  %s\n", wide, "", ours, theirs, "", "", "bar")
	for _, f := range r.Figures {
		second, value, holds := "", "–", f.Why
		if f.Second > 0 {
			second = fmt.Sprintf("%.4g", f.Second)
		}
		if f.Value != nil {
			value = fmt.Sprintf("%.3g", *f.Value)
			if holds = "ok"; !f.Holds() {
				holds = "short"
			}
		}
		sign := "≥"
		if f.AtMost {
			sign = "≤"
		}
		fmt.Fprintf(w, "%-*s %10.4g %10s %-9s %8s  %s %-4.4g %s\n", wide, f.What, f.First, second, f.Unit, value, sign, f.Bar, holds)
	}
}
