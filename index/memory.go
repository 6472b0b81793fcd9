package index

import (
	"context"
	"math"
	"slices"
	"sync/atomic"
)

// addition links a chunk to a vector. vec is nil where memory has the vector.
type addition struct {
	chunk, doc, vector int64
	vec                []float32
}

// change is what a committed transaction means for memory.
type change struct {
	gone   map[int64][]int64 // document → chunks
	add    []addition
	chunks int // inserted
}

func newChange() change { return change{gone: map[int64][]int64{}} }

func (c *change) remove(doc, chunk int64) {
	c.gone[doc] = append(c.gone[doc], chunk)
	c.chunks--
}

// memory holds the vectors of one space. Readers take the snapshot; all else
// belongs to whoever holds Index.write.
type memory struct {
	snap  atomic.Pointer[snapshot]
	ready chan struct{} // closed once loaded, or err is set
	err   error

	limit  int             // entries up to which chromem-go answers
	next   snapshot        // being built
	alive  int             // entries that are not dead
	shared bool            // next.dead is in a snapshot: copy before changing
	refs   []int32         // row → entries alive
	used   []int32         // block → rows with entries
	at     map[int64]int32 // vector → row
	docs   map[int64][]int32

	// While loading, chunks with ids in (cursor, bound] are still to come from
	// the file and must not be added by a write.
	cursor, bound int64
}

func newMemory(dims, limit int) *memory { return emptyMemory(arena{dims: dims}, limit) }

// newSmallMemory has only the sketches of vectors, and stored read them whole.
func newSmallMemory(dims int, stored reader) *memory {
	return emptyMemory(arena{dims: dims, stored: stored}, -1)
}

func emptyMemory(a arena, limit int) *memory {
	m := &memory{ready: make(chan struct{}), limit: limit, at: map[int64]int32{}, docs: map[int64][]int32{}, next: snapshot{arena: a}, bound: math.MaxInt64}
	m.snap.Store(&snapshot{arena: a})
	return m
}

// has reports whether a vector is in the arena.
func (m *memory) has(vector int64) bool {
	_, ok := m.at[vector]
	return ok
}

// apply brings memory to the state after a commit and shows it to readers.
func (m *memory) apply(ctx context.Context, c change) error {
	for doc, chunks := range c.gone {
		m.remove(doc, chunks)
	}
	for _, a := range c.add {
		if a.chunk <= m.cursor || a.chunk > m.bound {
			m.append(a)
		}
	}
	if m.cursor < m.bound { // loading: load will publish
		return nil
	}
	return m.publish(ctx)
}

// append adds an entry, and a row where the vector has none.
func (m *memory) append(a addition) {
	row, ok := m.at[a.vector]
	if !ok {
		row = m.newRow(a.vector)
		m.next.fill(row, a.vec)
	}
	m.put(entry{chunk: a.chunk, doc: a.doc, row: row})
}

func (m *memory) put(e entry) {
	if m.refs[e.row]++; m.refs[e.row] == 1 {
		m.used[e.row/blockRows]++
	}
	m.docs[e.doc] = append(m.docs[e.doc], int32(len(m.next.entries)))
	m.next.entries = append(m.next.entries, e)
	m.alive++
}

// newRow adds a row for a vector, which the caller fills.
func (m *memory) newRow(vector int64) int32 {
	row := m.next.grow(vector)
	if int(row)%blockRows == 0 {
		m.used = append(m.used, 0)
	}
	m.refs = append(m.refs, 0)
	m.at[vector] = row
	return row
}

// remove kills the entries of some of a document's chunks.
func (m *memory) remove(doc int64, chunks []int64) {
	positions := m.docs[doc]
	if len(positions) == 0 {
		return
	}
	gone := make(map[int64]bool, len(chunks))
	for _, c := range chunks {
		gone[c] = true
	}
	left := positions[:0]
	for _, p := range positions {
		if gone[m.next.entries[p].chunk] {
			m.kill(int(p))
		} else {
			left = append(left, p)
		}
	}
	if len(left) == 0 {
		delete(m.docs, doc)
	} else {
		m.docs[doc] = left
	}
}

func (m *memory) kill(i int) {
	if m.shared {
		m.next.dead, m.shared = slices.Clone(m.next.dead), false
	}
	for i>>6 >= len(m.next.dead) {
		m.next.dead = append(m.next.dead, 0)
	}
	m.next.dead[i>>6] |= 1 << (i & 63)
	m.alive--
	if i < m.next.baseEnd {
		m.next.baseDead++
	}
	row := m.next.entries[i].row
	if m.refs[row]--; m.refs[row] == 0 {
		m.used[row/blockRows]--
	}
}

// publish tidies up, as little at a time as keeps the waste bounded, and shows
// the state to readers.
func (m *memory) publish(ctx context.Context) error {
	m.reclaim()
	if dead := len(m.next.entries) - m.alive; dead > blockRows && dead > m.alive/2 {
		m.compact()
	}
	err := m.rebase(ctx)
	if err != nil { // the scan answers as well
		m.next.base, m.next.baseEnd, m.next.baseDead = nil, 0, 0
	}
	s := m.next
	m.shared = true
	m.snap.Store(&s)
	return err
}

// reclaim frees blocks of the arena: an empty one at once, and the first one
// that is more than half empty by moving its rows to the end. Snapshots still in
// use keep their blocks.
func (m *memory) reclaim() {
	moved := false
	for b := range len(m.next.blocks) - 1 { // never the last: it is being filled
		if m.next.blocks[b] == nil || int(m.used[b]) > blockRows/2 || moved && m.used[b] > 0 {
			continue
		}
		block := int32(b)
		if m.used[b] > 0 {
			m.move(block)
			moved = true
		}
		for r := block * blockRows; r < (block+1)*blockRows; r++ {
			if v := m.next.vector(r); m.at[v] == r {
				delete(m.at, v)
			}
		}
		m.next.blocks = slices.Clone(m.next.blocks)
		m.next.blocks[b] = nil
	}
}

// move gives every entry whose row is in a block a row at the end.
func (m *memory) move(block int32) {
	for i, e := range m.next.entries {
		if e.row/blockRows != block || m.next.isDead(i) {
			continue
		}
		vector := m.next.vector(e.row)
		row := m.at[vector]
		if row/blockRows == block {
			row = m.newRow(vector)
			m.next.move(e.row, row)
		}
		m.remove(e.doc, []int64{e.chunk})
		e.row = row
		m.put(e)
	}
}

// compact drops the dead entries, in the order of their rows again.
func (m *memory) compact() {
	old := m.next
	m.next.entries, m.next.dead, m.shared = make([]entry, 0, m.alive), nil, false
	clear(m.docs)
	for i, e := range old.entries {
		if !old.isDead(i) {
			m.next.entries = append(m.next.entries, e)
		}
	}
	slices.SortStableFunc(m.next.entries, func(a, b entry) int { return int(a.row) - int(b.row) })
	for i, e := range m.next.entries {
		m.docs[e.doc] = append(m.docs[e.doc], int32(i))
	}
	m.next.base, m.next.baseEnd, m.next.baseDead = nil, 0, 0
}

// rebase keeps chromem-go's collection near enough to the entries, or drops it
// where there are too many for it. Between two collections the scan answers for
// the new entries; geometric growth bounds the work.
func (m *memory) rebase(ctx context.Context) error {
	s := &m.next
	if m.alive > m.limit {
		s.base, s.baseEnd, s.baseDead = nil, 0, 0
		return nil
	}
	if s.base != nil && len(s.entries)-s.baseEnd <= 256+s.baseEnd/4 && s.baseDead <= 64+s.baseEnd/32 {
		return nil
	}
	if s.base == nil && m.alive > m.limit-m.limit/10 && m.snap.Load().baseEnd == 0 && len(m.snap.Load().entries) > 0 {
		return nil // around the limit: do not go back and forth
	}
	base, err := newCollection(m.next.dims)
	if err != nil {
		return err
	}
	for i, e := range s.entries {
		if !s.isDead(i) {
			if err := base.add(ctx, i, s.row(e.row)); err != nil {
				return err
			}
		}
	}
	s.base, s.baseEnd, s.baseDead = base, len(s.entries), 0
	return nil
}

// bytes is what the vectors take up.
func (m *memory) bytes() int64 {
	s := m.snap.Load()
	return s.bytes() + int64(len(s.entries))*24
}
