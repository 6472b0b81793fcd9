package extraction

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
)

// Kind is what came of the files of one format. Scores are those of files that
// have a reference to trust; nil when there is none.
type Kind struct {
	Format     string
	Files      int
	Read       int // text and state "ready"
	Empty      int // state "no text"
	Failed     int // every other
	References int // files whose score counts
	Median     *float64
	Mean       *float64
	Good       *float64 // share of F1 >= 0.95
	Seconds    float64  // of reading, summed over the files
}

// Verdict is one file's score.
type Verdict struct {
	Path      string  `json:"path"` // below the folder, with forward slashes
	Format    string  `json:"type"`
	F1        float64 `json:"f1"`
	Recall    float64 `json:"recall"`
	Precision float64 `json:"precision"`
	Tokens    int     `json:"tokens"` // read
	Expected  int     `json:"reference_tokens"`
	Reference string  `json:"reference"`
	State     string  `json:"state"`
	Reason    string  `json:"reason,omitempty"`
	Seconds   float64 `json:"seconds"` // of reading
}

// Report is what a Run found out.
type Report struct {
	Files      int
	Kinds      []Kind    // by number of files, most first
	Crashes    []Verdict // the parser panicked, hung or died
	Silent     []Verdict // no text and no reason
	Worst      []Verdict // lowest F1 first
	References []string  // names
	Notes      []string  // what could not be judged, and what to do about it
	Seconds    float64   // from the first file to the last, without references
	ChildPeak  int64     // bytes, most that a parser process held; 0 unknown
	Growth     int64     // bytes that this process grew by while files were read; 0 unknown
	Speed      *Speed    // nil when not measured
	Deaths     int       // parser processes that died at work
}

// newReport sums up files, and names the worst.
func newReport(files []file, worst int) Report {
	r := Report{Files: len(files), Crashes: []Verdict{}, Silent: []Verdict{}, Worst: []Verdict{}, References: []string{}, Notes: []string{}}
	kinds := map[string]*Kind{}
	scores := map[string][]float64{}
	for i := range files {
		f := &files[i]
		k := kinds[f.format]
		if k == nil {
			k = &Kind{Format: f.format}
			kinds[f.format] = k
		}
		k.Files++
		k.Seconds += f.seconds
		switch {
		case f.reading.State == "ready" && !f.blank:
			k.Read++
		case f.reading.State == "no text":
			k.Empty++
		default:
			k.Failed++
		}
		if f.counts {
			scores[f.format] = append(scores[f.format], f.score.F1)
			r.Worst = append(r.Worst, f.verdict())
		}
		if f.reading.Crashed {
			r.Crashes = append(r.Crashes, f.verdict())
		}
		if f.silent() {
			r.Silent = append(r.Silent, f.verdict())
		}
	}
	for format, k := range kinds {
		k.score(scores[format])
		r.Kinds = append(r.Kinds, *k)
	}
	slices.SortFunc(r.Kinds, func(a, b Kind) int {
		return cmp.Or(cmp.Compare(b.Files, a.Files), strings.Compare(a.Format, b.Format))
	})
	slices.SortStableFunc(r.Worst, func(a, b Verdict) int {
		return cmp.Or(cmp.Compare(a.F1, b.F1), cmp.Compare(b.Expected, a.Expected))
	})
	r.Worst = r.Worst[:min(worst, len(r.Worst))]
	return r
}

func (f *file) verdict() Verdict {
	return Verdict{
		Path: f.path, Format: f.format, F1: f.score.F1, Recall: f.score.Recall, Precision: f.score.Precision,
		Tokens: f.tokens, Expected: f.expected, Reference: f.reference,
		State: f.reading.State, Reason: f.reading.Reason, Seconds: f.seconds,
	}
}

// good is the F1 from which a file counts as read right.
const good = 0.95

func (k *Kind) score(f1 []float64) {
	k.References = len(f1)
	if len(f1) == 0 {
		return
	}
	slices.Sort(f1)
	sum, right := 0.0, 0
	for _, v := range f1 {
		sum += v
		if v >= good {
			right++
		}
	}
	median := (f1[(len(f1)-1)/2] + f1[len(f1)/2]) / 2
	mean, share := sum/float64(len(f1)), float64(right)/float64(len(f1))
	k.Median, k.Mean, k.Good = &median, &mean, &share
}

// Crashed counts the files at which a parser crashed, and those processes that
// died although another one then read the file.
func (r Report) Crashed() int { return max(len(r.Crashes), r.Deaths) }

// MarshalJSON writes flat keys: "pdf.median_f1", "crashes", ….
func (r Report) MarshalJSON() ([]byte, error) {
	out := map[string]any{
		"files": r.Files, "seconds": r.Seconds, "references": r.References, "notes": r.Notes,
		"crashes": r.Crashed(), "crashed_files": r.Crashes,
		"silent_empty": len(r.Silent), "silent_files": r.Silent,
		"child_peak_bytes": r.ChildPeak, "daemon_growth_bytes": r.Growth,
		"worst": r.Worst,
	}
	for _, k := range r.Kinds {
		for key, v := range map[string]any{
			"files": k.Files, "read": k.Read, "no_text": k.Empty, "failed": k.Failed, "references": k.References,
			"median_f1": k.Median, "mean_f1": k.Mean, "share_f1_95": k.Good, "seconds": k.Seconds,
		} {
			out[k.Format+"."+key] = v
		}
		if k.Format == "pdf" {
			out["pdf.agreed"] = k.References
		}
	}
	if s := r.Speed; s != nil {
		out["pdf.throughput_ratio"] = s.Ratio()
		out["pdf.speed_pages"] = s.Pages
		out["pdf.pages_per_second"] = s.PagesPerSecond
		out["pdf.pdftotext_pages_per_second"] = s.Reference
		out["pdf.pdftotext_start_seconds"] = s.Start
	}
	return json.Marshal(out)
}
