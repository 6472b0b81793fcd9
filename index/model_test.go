package index

import (
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"golocal"
)

// model is the index in plain maps.
type model struct {
	roots map[int64]bool
	docs  map[golocal.Ref]modelDoc
	// embedded are the inputs that have a vector, by space.
	embedded map[golocal.Space]map[string]bool
	active   golocal.Space
	building *golocal.Space
	kept     map[golocal.Space]bool // given up: Purge leaves them for a day
}

type modelDoc struct {
	title    string
	passages []string
	state    golocal.State
}

// missing are the inputs of chunks that have no vector in a space.
func (m *model) missing(s golocal.Space) map[string]bool {
	out := map[string]bool{}
	for _, d := range m.docs {
		for _, p := range d.passages {
			if !m.embedded[s][p] {
				out[p] = true
			}
		}
	}
	return out
}

// purge forgets the vectors that no chunk needs.
func (m *model) purge() {
	used := map[string]bool{}
	for _, d := range m.docs {
		for _, p := range d.passages {
			used[p] = true
		}
	}
	for _, inputs := range m.embedded {
		maps.DeleteFunc(inputs, func(input string, _ bool) bool { return !used[input] })
	}
}

// use is what Use promises.
func (m *model) use(s golocal.Space) {
	if m.building != nil {
		m.kept[*m.building] = true
	}
	m.building = nil
	if s == m.active {
		return
	}
	delete(m.kept, s)
	if m.embedded[s] == nil {
		m.embedded[s] = map[string]bool{}
	}
	chunks, inUse := 0, 0
	for _, d := range m.docs {
		for _, p := range d.passages {
			chunks++
			if m.embedded[m.active][p] {
				inUse++
			}
		}
	}
	if inUse == 0 || len(m.missing(s)) == 0 {
		m.active = s
		return
	}
	m.building = &s
}

var vocabulary = strings.Fields("amber basil cedar delta ember fjord grove heron inlet jetty karst larch maple north ochre pearl quartz raven slate tidal umber vivid willow xenon yarrow zephyr")

// TestIndex_EqualsAModel runs random operations on an index and on plain maps,
// and compares them whole, also after reopening.
func TestIndex_EqualsAModel(t *testing.T) {
	steps, every := 400, 5
	if os.Getenv("GOLOCAL_LONG") != "" {
		steps, every = 10_000, 1
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 1))
	dir := t.TempDir() + "/data"
	clock := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	o := Options{Exact: 60, Now: func() time.Time { return clock }} // both ways of searching get their turn
	x, first := ready(t, o, dir)
	m := &model{roots: map[int64]bool{first.ID: true}, docs: map[golocal.Ref]modelDoc{}, embedded: map[golocal.Space]map[string]bool{testSpace: {}}, active: testSpace, kept: map[golocal.Space]bool{}}
	spaces := []golocal.Space{testSpace, otherSpace, {Model: "third", Dims: testDims}}
	ctx := context.Background()
	passage := func() string {
		words := make([]string, 1+r.IntN(4))
		for i := range words {
			words[i] = vocabulary[r.IntN(len(vocabulary))]
		}
		return strings.Join(words, " ")
	}
	for step := range steps {
		clock = clock.Add(time.Second)
		roots := slices.Sorted(maps.Keys(m.roots))
		var ref golocal.Ref
		if len(roots) > 0 {
			ref = golocal.Ref{Root: roots[r.IntN(len(roots))], Path: fmt.Sprintf("d%d/f%d.md", r.IntN(3), r.IntN(12))}
		}
		switch n := r.IntN(100); {
		case n < 55 && len(roots) > 0: // put
			d := modelDoc{state: golocal.StateReady, title: []string{"", "Report", "Diary"}[r.IntN(3)]}
			if r.IntN(10) == 0 {
				d.state = golocal.StateFailed
			} else {
				old := m.docs[ref].passages
				for range r.IntN(8) {
					if len(old) > 0 && r.IntN(2) == 0 {
						d.passages = append(d.passages, old[r.IntN(len(old))])
					} else {
						d.passages = append(d.passages, passage())
					}
				}
			}
			doc, chunks := document(ref.Root, ref.Path, d.passages...)
			doc.Title, doc.State = d.title, d.state
			vecs := make([][]float32, len(chunks))
			for i, c := range chunks {
				if r.IntN(4) > 0 {
					vecs[i] = in(m.active, c.Input).Values
				}
			}
			must(t, x.Put(ctx, doc, chunks, vecs))
			for i, p := range d.passages {
				if vecs[i] != nil {
					m.embedded[m.active][p] = true
				}
			}
			m.docs[ref] = d
		case n < 75 && len(roots) > 0: // remove, or rename
			d, ok := m.docs[ref]
			must(t, x.Remove(ctx, ref))
			delete(m.docs, ref)
			if ok && r.IntN(2) == 0 {
				ref.Path = "moved/" + ref.Path[3:]
				doc, chunks := document(ref.Root, ref.Path, d.passages...)
				doc.Title, doc.State = d.title, d.state
				must(t, x.Put(ctx, doc, chunks, nil)) // its vectors are still there
				m.docs[ref] = d
			}
		case n < 82: // embed some of what is missing
			waiting, err := x.Missing(ctx, 1+r.IntN(5))
			must(t, err)
			var sums []golocal.Sum
			var vecs [][]float32
			for _, c := range waiting {
				sums, vecs = append(sums, c.Sum), append(vecs, in(m.active, c.Input).Values)
				m.embedded[m.active][c.Input] = true
			}
			must(t, x.Attach(ctx, sums, vecs))
		case n < 83: // another space is wanted
			s := spaces[r.IntN(len(spaces))]
			must(t, x.Use(ctx, s))
			m.use(s)
		case n < 85 && m.building != nil: // embed some of what it lacks, or finish
			b := build(t, x, 1+r.IntN(20))
			for input := range m.missing(b.Space()) {
				if stored, err := b.Vectors(ctx, []golocal.Sum{sha256.Sum256([]byte(input))}); err != nil || len(stored) > 0 {
					must(t, err)
					m.embedded[b.Space()][input] = true
				}
			}
			if r.IntN(3) == 0 {
				must(t, b.Finish(ctx))
				m.active, m.building = *m.building, nil
			}
		case n < 88: // purge
			_, err := x.Purge(ctx, 0)
			must(t, err)
			m.purge()
			maps.DeleteFunc(m.embedded, func(s golocal.Space, _ map[string]bool) bool {
				return s != m.active && (m.building == nil || s != *m.building) && !m.kept[s]
			})
		case n < 90: // a root comes
			root, err := x.AddRoot(ctx, fmt.Sprintf("/home/me/%d", r.IntN(3)))
			must(t, err)
			m.roots[root.ID] = true
		case n < 91 && len(roots) > 1: // a root goes
			must(t, x.RemoveRoot(ctx, ref.Root))
			delete(m.roots, ref.Root)
			maps.DeleteFunc(m.docs, func(k golocal.Ref, _ modelDoc) bool { return k.Root == ref.Root })
			m.purge()
		case n < 92: // reopen
			must(t, x.Close())
			x = open(t, o, dir)
		}
		if step%every == 0 {
			m.compare(t, x, r)
		}
		if step%200 == 199 {
			sound(t, x)
		}
		if t.Failed() {
			t.Fatalf("after step %d", step)
		}
	}
}

// compare checks everything the index answers against the model.
func (m *model) compare(t *testing.T, x *Index, r *rand.Rand) {
	t.Helper()
	ctx := context.Background()
	same := func(s golocal.Space, waiting []golocal.Chunk) {
		t.Helper()
		missing := m.missing(s)
		for _, c := range waiting {
			if !missing[c.Input] {
				t.Errorf("%q is missing in %s, should not", c.Input, s.Model)
			}
			delete(missing, c.Input)
		}
		if len(missing) > 0 {
			t.Errorf("not missing in %s, should: %v", s.Model, missing)
		}
	}
	n, chunks := 0, 0
	var before golocal.Ref
	for d, err := range x.Documents(ctx, 0) {
		must(t, err)
		want, ok := m.docs[d.Ref]
		if !ok || want.state != d.State || want.title != d.Title || len(want.passages) != d.Chunks {
			t.Errorf("document %v: %+v, want %+v", d.Ref, d, want)
		}
		if cmp.Or(strings.Compare(before.Path, d.Ref.Path), cmp.Compare(before.Root, d.Ref.Root)) >= 0 {
			t.Errorf("%v is listed after %v", d.Ref, before)
		}
		before = d.Ref
		n++
		chunks += d.Chunks
		if r.IntN(20) == 0 {
			got, err := x.Chunks(ctx, d.ID)
			must(t, err)
			for i, c := range got {
				if c.Text != want.passages[i] {
					t.Errorf("%v: chunk %d is %q, want %q", d.Ref, i, c.Text, want.passages[i])
				}
			}
		}
	}
	if n != len(m.docs) || int(x.chunks.Load()) != chunks {
		t.Errorf("%d documents and %d chunks, want %d and %d", n, x.chunks.Load(), len(m.docs), chunks)
	}
	waiting, err := x.Missing(ctx, 1000)
	must(t, err)
	same(m.active, waiting)
	b, ok := x.Building()
	if ok != (m.building != nil) {
		t.Fatalf("building %v, should %v", ok, m.building)
	}
	if ok {
		waiting := missing(t, b)
		same(*m.building, waiting)
		if done, total, err := b.progressNow(ctx); err != nil || total != chunks || (done == total) != (len(waiting) == 0) {
			t.Errorf("%d of %d are done, of %d chunks %d inputs are missing, %v", done, total, chunks, len(waiting), err)
		}
	}
	if now, _ := x.Space(); now != m.active {
		t.Fatalf("%s is active, should %s", now.Model, m.active.Model)
	}
	loaded(t, x)

	scope := golocal.Scope{}
	within := func(golocal.Ref) bool { return true }
	switch r.IntN(3) {
	case 1:
		scope.Folder = "d1"
		within = func(ref golocal.Ref) bool { return strings.HasPrefix(ref.Path, "d1/") }
	case 2:
		for id := range m.roots {
			scope.Roots = []int64{id}
			within = func(ref golocal.Ref) bool { return ref.Root == id }
			break
		}
	}
	word := vocabulary[r.IntN(len(vocabulary))]
	var withWord, withVector []string
	for ref, d := range m.docs {
		for _, p := range d.passages {
			if within(ref) && slices.Contains(strings.Fields(p), word) {
				withWord = append(withWord, p)
			}
			if within(ref) && m.embedded[m.active][p] {
				withVector = append(withVector, p)
			}
		}
	}
	sameBag(t, "Match "+word, texts(t, x, found(t)(x.Match(ctx, word, 10_000, scope))), withWord)
	query := vocabulary[r.IntN(len(vocabulary))]
	all := found(t)(x.Nearest(ctx, in(m.active, query), 10_000, scope))
	sameBag(t, "Nearest", texts(t, x, all), withVector)
	if top := found(t)(x.Nearest(ctx, in(m.active, query), 5, scope)); !slices.Equal(top, all[:min(5, len(all))]) {
		t.Errorf("the nearest 5 are %v, of all %v", top, all[:min(5, len(all))])
	}
}

func found(t *testing.T) func([]golocal.Match, error) []golocal.Match {
	return func(m []golocal.Match, err error) []golocal.Match {
		t.Helper()
		must(t, err)
		return m
	}
}

// sameBag compares without regard to order.
func sameBag(t *testing.T, what string, got, want []string) {
	t.Helper()
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%s: got %d %q, want %d %q", what, len(got), got, len(want), want)
	}
}
