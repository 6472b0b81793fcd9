package index

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"golocal/internal/prose"
)

const (
	spelled  = 24 // entries of the vocabulary whose passages are looked at
	examples = 3  // of each
)

// Near returns the word of the files that is nearest to a folded word that they
// do not have: one letter added, left out, changed or swapped with its neighbour,
// two in words of six letters or more; ok is false where there is none. It reads
// the words that begin with the first or the second letter, so the search should
// be one that has found nothing.
func (x *Index) Near(ctx context.Context, word string) (near string, ok bool, err error) {
	most := tolerance(word)
	if most == 0 {
		return "", false, nil
	}
	stems, err := x.stemsLike(ctx, word, most+1) // endings differ: policy stands as polici
	if err != nil {
		return "", false, fmt.Errorf("look for words like a misspelt one: %w", explain(err))
	}
	best := most + 1
	seen := map[string]int{}
	for _, stem := range stems {
		rows, err := x.db.readers.QueryContext(ctx, `SELECT rowid FROM posting WHERE posting MATCH ? LIMIT ?`, quote(stem)+" *", examples)
		if err != nil {
			return "", false, fmt.Errorf("look for words like a misspelt one: %w", explain(err))
		}
		var ids []int64
		err = every(rows, func(r *sql.Rows) error {
			var id int64
			err := r.Scan(&id)
			ids = append(ids, id)
			return err
		})
		if err != nil {
			return "", false, fmt.Errorf("look for words like a misspelt one: %w", explain(err))
		}
		hits, err := x.Lookup(ctx, ids)
		if err != nil {
			return "", false, err
		}
		for _, h := range hits {
			for _, w := range prose.Words(strings.Join(append([]string{h.Chunk.Text, h.Doc.Title}, h.Chunk.Heading...), "\n")) {
				d := edits(word, w.Fold, most)
				if d > most {
					continue
				}
				seen[w.Fold]++
				if d < best || d == best && (seen[w.Fold] > seen[near] || seen[w.Fold] == seen[near] && w.Fold < near) {
					best, near = d, w.Fold
				}
			}
		}
	}
	return near, best <= most, nil
}

// tolerance is how many edits a word may be away from another.
func tolerance(word string) int {
	switch n := utf8.RuneCountInString(word); {
	case n < 4 || n > 40 || strings.ContainsAny(word, "0123456789"):
		return 0
	case n < 6:
		return 1
	}
	return 2
}

// stemsLike lists the entries of the vocabulary that a word like word may be
// listed under, the likeliest first. They are stems: vacation stands as vacat.
func (x *Index) stemsLike(ctx context.Context, word string, most int) (stems []string, err error) {
	conn, err := listTerms(ctx, dsn(x.db.path, "_pragma=busy_timeout(5000)&_pragma=temp_store(2)"), ``, "row")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	type entry struct {
		term          string
		edits, chunks int
	}
	var found []entry
	r := []rune(word)
	for i, first := range []rune{r[0], r[1]} {
		if i == 1 && first == r[0] {
			break
		}
		rows, err := conn.conn.QueryContext(ctx, `SELECT term, doc FROM vocabulary WHERE term >= ? AND term < ?`, string(first), string(first+1))
		if err != nil {
			return nil, err
		}
		err = every(rows, func(r *sql.Rows) error {
			var e entry
			if err := r.Scan(&e.term, &e.chunks); err != nil {
				return err
			}
			if n := utf8.RuneCountInString(e.term); n < 3 || n > utf8.RuneCountInString(word)+most {
				return nil
			}
			if e.edits = startEdits(word, e.term, most); e.edits <= most {
				found = append(found, e)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	slices.SortFunc(found, func(a, b entry) int {
		return cmp.Or(a.edits-b.edits, len(b.term)-len(a.term), b.chunks-a.chunks, cmp.Compare(a.term, b.term))
	})
	for _, e := range found[:min(spelled, len(found))] {
		stems = append(stems, e.term)
	}
	return stems, nil
}

// startEdits is how many edits some beginning of word is away from stem, at most
// most+1.
func startEdits(word, stem string, most int) int {
	return distance([]rune(word), []rune(stem), most, true)
}

// edits is how many edits a is away from b, at most most+1: optimal string
// alignment, in which two letters that changed places count once (Damerau 1964).
func edits(a, b string, most int) int { return distance([]rune(a), []rune(b), most, false) }

func distance(a, b []rune, most int, open bool) int {
	if len(b)-len(a) > most || !open && len(a)-len(b) > most {
		return most + 1
	}
	var before, last []int
	now := make([]int, len(b)+1)
	for j := range now {
		now[j] = j
	}
	best := now[len(b)]
	for i := 1; i <= len(a); i++ {
		before, last, now = last, now, make([]int, len(b)+1)
		now[0] = i
		low := i
		for j := 1; j <= len(b); j++ {
			change := 1
			if a[i-1] == b[j-1] {
				change = 0
			}
			now[j] = min(last[j]+1, now[j-1]+1, last[j-1]+change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				now[j] = min(now[j], before[j-2]+1)
			}
			low = min(low, now[j])
		}
		best = min(best, now[len(b)])
		if low > most {
			break
		}
	}
	if !open {
		best = now[len(b)]
	}
	return min(best, most+1)
}
