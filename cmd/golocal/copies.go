package main

import (
	"fmt"

	"golocal/index"
)

// examineCopies tells of older indexes that are kept: they take room, and hold the
// text of files.
func (c *cli) examineCopies() []finding {
	copies, err := index.Copies(c.paths.Data)
	if err != nil {
		return []finding{{"warning", "old index", err.Error(), ""}}
	}
	var out []finding
	for _, k := range copies {
		f := finding{Level: "ok", What: "old index", Says: fmt.Sprintf("%s (%s): the index %s; it goes on %s, or when a folder is removed",
			k.Path, bytesText(k.Bytes), k.Kind, k.Expires.Format("2 January 2006"))}
		switch k.Kind {
		case index.Damaged:
			f.Level, f.Next = "warning", "when golocal check finds nothing, remove "+shellWord(k.Path)
		case index.Restored:
			f.Next = "golocal restore " + shellWord(k.Path) + " brings it back"
		}
		out = append(out, f)
	}
	return out
}
