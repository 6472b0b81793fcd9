package index

import (
	"context"
	"slices"

	"golocal/index/kernel"
)

// blockRows is how many rows of the arena are in one block.
const blockRows = 1024

// arena holds vectors in rows, which are appended and never change: whole, and
// as sketches a quarter as large, which a scan reads. In the small form the
// whole ones are in the file alone, and stored reads them.
type arena struct {
	dims   int
	stored reader // nil where memory has the vectors whole
	blocks []*block
	rows   int32
}

// block is blockRows rows; nil stands for one whose every row is dead.
type block struct {
	whole    []float32 // dims for each row; nil in the small form
	sketches kernel.Rows
	scales   []float32 // of a row's sketch
	radii    []float32
	vectors  []int64 // a row's vector in the file
}

// reader reads vectors from the file, which ids names in ascending order, and
// calls found with each that is there and whole.
type reader func(ctx context.Context, ids []int64, found func(id int64, vec []float32)) error

func (a *arena) newBlock() *block {
	b := &block{
		sketches: kernel.NewRows(blockRows, a.dims),
		scales:   make([]float32, blockRows), radii: make([]float32, blockRows), vectors: make([]int64, blockRows),
	}
	if a.stored == nil {
		b.whole = make([]float32, blockRows*a.dims)
	}
	return b
}

// grow adds a row for a vector, which the caller fills.
func (a *arena) grow(vector int64) int32 {
	if int(a.rows)%blockRows == 0 {
		a.blocks = append(slices.Clip(a.blocks), a.newBlock())
	}
	row := a.rows
	a.rows++
	a.blocks[row/blockRows].vectors[row%blockRows] = vector
	return row
}

// fill puts vec, of length 1, into a row.
func (a *arena) fill(row int32, vec []float32) {
	b, i := a.blocks[row/blockRows], row%blockRows
	sketch := make([]int8, a.dims)
	b.scales[i], b.radii[i] = draw(sketch, vec)
	b.sketches.Set(int(i), sketch)
	if b.whole != nil {
		copy(a.row(row), vec)
	}
}

// move fills a row with what another has.
func (a *arena) move(from, to int32) {
	b, i := a.blocks[from/blockRows], from%blockRows
	c, j := a.blocks[to/blockRows], to%blockRows
	c.sketches.Set(int(j), a.sketch(from))
	c.scales[j], c.radii[j] = b.scales[i], b.radii[i]
	if b.whole != nil {
		copy(a.row(to), a.row(from))
	}
}

// row is a row's whole vector, which the small form does not have.
func (a *arena) row(r int32) []float32 {
	at := int(r) % blockRows * a.dims
	return a.blocks[r/blockRows].whole[at : at+a.dims : at+a.dims]
}

// sketch is a copy of a row's sketch.
func (a *arena) sketch(r int32) []int8 {
	sketch := make([]int8, a.dims)
	a.blocks[r/blockRows].sketches.Get(int(r%blockRows), sketch)
	return sketch
}

func (a *arena) vector(r int32) int64 { return a.blocks[r/blockRows].vectors[r%blockRows] }

// holds reports whether a row is what vec makes of it.
func (a *arena) holds(r int32, vec []float32) bool {
	sketch := make([]int8, a.dims)
	scale, radius := draw(sketch, vec)
	b, i := a.blocks[r/blockRows], r%blockRows
	return b.scales[i] == scale && b.radii[i] == radius && slices.Equal(a.sketch(r), sketch) &&
		(b.whole == nil || slices.Equal(a.row(r), vec))
}

// bytes is what the rows take up.
func (a *arena) bytes() int64 {
	var n int64
	for _, b := range a.blocks {
		if b != nil {
			n += b.bytes()
		}
	}
	return n
}

func (b *block) bytes() int64 {
	return int64(4*len(b.whole) + b.sketches.Bytes() + 4*len(b.scales) + 4*len(b.radii) + 8*len(b.vectors))
}
