package retrieve

import (
	"golocal"
)

// collapse moves behind the others what adds little: passages with a text that
// a better hit has already, and of every document all but its best per
// passages. per 0 puts no limit on a document. The order is otherwise kept, and
// nothing is lost.
func collapse(hits []golocal.Hit, per int) []golocal.Hit {
	front := make([]golocal.Hit, 0, len(hits))
	var more, copies []golocal.Hit
	seen := make(map[string]bool, len(hits))
	count := make(map[int64]int, len(hits))
	for _, h := range hits {
		count[h.Doc.ID]++
		switch {
		case seen[h.Chunk.Text]:
			copies = append(copies, h)
		case per > 0 && count[h.Doc.ID] > per:
			more = append(more, h)
		default:
			front = append(front, h)
		}
		seen[h.Chunk.Text] = true
	}
	return append(append(front, more...), copies...)
}
