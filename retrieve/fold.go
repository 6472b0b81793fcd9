package retrieve

import (
	"golocal"
	"golocal/retrieve/alike"
)

// fold lets each hit stand for those behind it that say nearly the same: they
// leave the list and are named in its Also. Of hits of one document the first in
// the list stands for the others, too.
func fold(hits []golocal.Hit) []golocal.Hit {
	out := hits[:0:0]
	passages := make([]*alike.Passage, 0, len(hits))
	shared := alike.NewFinder()
	for _, h := range hits {
		p := alike.NewPassage(h.Chunk.Text)
		same := -1
		for _, i := range shared.Near(p) {
			if p.Like(passages[i]) >= alike.Same {
				same = i
				break
			}
		}
		if same >= 0 {
			out[same].Also = append(out[same].Also, golocal.Elsewhere{Doc: h.Doc.ID, Ref: h.Doc.Ref, Chunk: h.Chunk.ID, Place: h.Chunk.Place})
			continue
		}
		shared.Add(p)
		passages = append(passages, p)
		out = append(out, h)
	}
	return out
}
