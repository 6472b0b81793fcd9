package retrieve

import (
	"testing"

	"golocal"
	"golocal/internal/prose"
)

// A row of a table says what it says by the names of its columns, wherever these stand;
// the rows of a CSV are no lines of one paragraph.
func TestMeasure_ARowCountsWithItsHeader(t *testing.T) {
	q := "What monthly price has the Family plan?"
	weights := prose.Weigh(prose.Content(prose.Words(q)), nil, 0)
	rows := "Family,44,6\nSingle,19,1\n"
	sheet := "Family | 44 | 6\nSingle | 19 | 1\n"
	of := func(kind string, c golocal.Chunk) Features {
		return measure(q, weights, match(1, 6, 2, 1), nil, []golocal.Hit{{Doc: golocal.Document{Type: kind}, Chunk: c}})
	}
	whole := of("text", golocal.Chunk{Text: "The Family plan has a monthly price of 44."})
	for name, f := range map[string]Features{
		"csv, header before the passage":   of("csv", golocal.Chunk{Text: rows, Input: "Plan,Monthly price,Seats\n" + rows, Place: golocal.Place{Line: 2}}),
		"csv, header in the passage":       of("csv", golocal.Chunk{Text: "Plan,Monthly price,Seats\n" + rows, Input: "Plan,Monthly price,Seats\n" + rows, Place: golocal.Place{Line: 1}}),
		"sheet, header before the passage": of("xlsx", golocal.Chunk{Text: sheet, Input: "Plan | Monthly price | Seats\n" + sheet, Place: golocal.Place{Sheet: "Prices", Row: 2}}),
		"sheet, header in the passage":     of("xlsx", golocal.Chunk{Text: "Plan | Monthly price | Seats\n" + sheet, Input: "Plan | Monthly price | Seats\n" + sheet, Place: golocal.Place{Sheet: "Prices", Row: 1}}),
		"markdown, header in the passage":  of("markdown", golocal.Chunk{Text: "| Plan | Monthly price |\n|---|---|\n| Family | 44 |\n", Place: golocal.Place{Line: 1}}),
	} {
		if f.Sentence != whole.Sentence || f.Coverage != whole.Coverage || f.Fit != whole.Fit {
			t.Errorf("%s: %+v, want what a sentence has: %+v", name, f, whole)
		}
	}
	for name, f := range map[string]Features{
		"rows whose columns nobody names": of("csv", golocal.Chunk{Text: rows, Input: rows, Place: golocal.Place{Line: 2}}),
		"two rows for one":                of("csv", golocal.Chunk{Text: "Family,19,1\nplan monthly price,44,6\n", Input: "Family,19,1\nplan monthly price,44,6\n", Place: golocal.Place{Line: 2}}),
	} {
		if f.Sentence >= whole.Sentence {
			t.Errorf("%s: %+v, a sentence that says it has %+v", name, f, whole)
		}
	}
}
