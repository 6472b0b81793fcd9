package index

import (
	"database/sql"
	"errors"
	"strings"
)

// groupSize is how many keys one statement is asked for.
const groupSize = 32

// group stands in a statement for the keys of one group.
var group = `(?` + strings.Repeat(`, ?`, groupSize-1) + `)`

// groups calls f with the arguments of each statement that keys need: before,
// then the keys of one group. A short group is filled up with NULL, which is
// equal to nothing.
func groups[K any](keys []K, before []any, f func(args []any) error) error {
	for len(keys) > 0 {
		args := append(make([]any, 0, len(before)+groupSize), before...)
		n := min(groupSize, len(keys))
		for _, k := range keys[:n] {
			args = append(args, k)
		}
		keys = keys[n:]
		if err := f(args[:len(before)+groupSize]); err != nil {
			return err
		}
	}
	return nil
}

// execEach runs a statement that ends with group on all keys.
func execEach[K any](t *tx, query string, keys []K, before ...any) error {
	return groups(keys, before, func(args []any) error { return t.exec(query, args...) })
}

// linked is the vector of an input. vec is nil where memory has it.
type linked struct {
	id  int64
	vec []float32
}

// link finds the active space's vectors of inputs, or stores made where there is
// none; made[i] may be nil. Inputs without one are not in the map, whose keys are
// sums. A stored one that is damaged is replaced, or left to be made again. A new
// one is given to every chunk that waits for it.
func (x *Index) link(t *tx, sums [][]byte, made [][]float32, ch *change) (map[string]linked, error) {
	links := make(map[string]linked, len(sums))
	s := x.active.Load()
	if s == nil {
		return links, nil
	}
	err := groups(sums, []any{s.id}, func(args []any) error {
		return t.each(`SELECT sum, id FROM vector WHERE space = ? AND sum IN `+group, args, func(r *sql.Rows) error {
			var sum sql.RawBytes
			var id int64
			err := r.Scan(&sum, &id)
			links[string(sum)] = linked{id: id}
			return err
		})
	})
	if err != nil {
		return nil, err
	}
	for sum, l := range links {
		if s.memory.has(l.id) {
			continue
		}
		l.vec, err = storedVector(t, l.id, s.space.Dims)
		switch {
		case err == nil:
			links[sum] = l
		case errors.Is(err, errBroken):
			delete(links, sum)
			err = t.exec(`DELETE FROM vector WHERE id = ?`, l.id)
		}
		if err != nil {
			return nil, err
		}
	}
	var fresh [][]byte
	for i, sum := range sums {
		if _, ok := links[string(sum)]; ok || made == nil || made[i] == nil {
			continue
		}
		data := encode(made[i])
		id, err := t.insert(`INSERT INTO vector (space, sum, data, seal, unused) VALUES (?, ?, ?, ?, 0)`, s.id, sum, data, seal(data))
		if err != nil {
			return nil, err
		}
		links[string(sum)] = linked{id, made[i]}
		fresh = append(fresh, sum)
	}
	return links, giveToWaiting(t, links, fresh, ch)
}

// giveToWaiting links the chunks that wait for vectors of inputs to them.
func giveToWaiting(t *tx, links map[string]linked, sums [][]byte, ch *change) error {
	before := len(ch.add)
	err := groups(sums, nil, func(args []any) error {
		return t.each(`SELECT id, doc, sum FROM chunk WHERE vector IS NULL AND sum IN `+group, args, func(r *sql.Rows) error {
			var a addition
			var sum sql.RawBytes
			err := r.Scan(&a.chunk, &a.doc, &sum)
			l := links[string(sum)]
			a.vector, a.vec = l.id, l.vec
			ch.add = append(ch.add, a)
			return err
		})
	})
	for _, a := range ch.add[before:] {
		if err == nil {
			err = t.exec(`UPDATE chunk SET vector = ? WHERE id = ?`, a.vector, a.chunk)
		}
	}
	return err
}

var errBroken = errors.New("vector is not what was written")

func storedVector(t *tx, id int64, dims int) ([]float32, error) {
	var data []byte
	var sum uint32
	if err := t.one(`SELECT data, seal FROM vector WHERE id = ?`, []any{id}, &data, &sum); err != nil {
		return nil, err
	}
	vec := make([]float32, dims)
	if !decode(vec, data, sum) {
		return nil, errBroken
	}
	return vec, nil
}

// unlink notes since when the vectors of inputs that no chunk has any more are
// unused, whatever space they are of.
func (x *Index) unlink(t *tx, sums ...[]byte) error {
	return execEach(t, `UPDATE vector INDEXED BY vector_sum SET unused = ? WHERE space IN (SELECT id FROM space) AND unused = 0
		AND NOT EXISTS (SELECT 1 FROM chunk WHERE sum = vector.sum) AND sum IN `+group, sums, x.now().Unix())
}

// relink notes that chunks have these inputs.
func relink(t *tx, sums [][]byte) error {
	return execEach(t, `UPDATE vector INDEXED BY vector_sum SET unused = 0 WHERE space IN (SELECT id FROM space) AND unused > 0 AND sum IN `+group, sums)
}
