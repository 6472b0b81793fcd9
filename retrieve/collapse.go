package retrieve

import "golocal"

// rival is the share of a passage's score that another document's passage must
// reach to go before it once its own document has had its turns.
const rival = .5

// collapse brings other documents forward: of one document its best per
// passages keep their place, and each further one lets those of other documents
// pass that have at least the share rival of its score. So one long file does
// not push the others out of sight, and is still read on where the others have
// little to say. Nothing is lost; per 0 or less puts no limit on a document.
func collapse(hits []golocal.Hit, per int) []golocal.Hit {
	out := make([]golocal.Hit, 0, len(hits))
	var waiting []golocal.Hit
	count := make(map[int64]int, len(hits))
	for _, h := range hits {
		count[h.Doc.ID]++
		if per > 0 && count[h.Doc.ID] > per {
			waiting = append(waiting, h)
			continue
		}
		for len(waiting) > 0 && h.Score < rival*waiting[0].Score {
			out, waiting = append(out, waiting[0]), waiting[1:]
		}
		out = append(out, h)
	}
	return append(out, waiting...)
}
