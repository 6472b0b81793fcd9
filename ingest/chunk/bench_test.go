package chunk

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"golocal/ingest/parse"
)

// BenchmarkCut cuts texts of each kind with a counter that costs next to
// nothing, so that its own work shows.
func BenchmarkCut(b *testing.B) {
	var md, code, table, lines strings.Builder
	for i := range 2000 {
		if i%20 == 0 {
			fmt.Fprintf(&md, "\n\n## Section %d\n\n", i)
		}
		fmt.Fprintf(&md, "Sentence number %d of the text tells something about thing %d, e.g. its weight. ", i, i*7)
		if i%7 == 0 {
			md.WriteString("\n\n")
		}
		fmt.Fprintf(&code, "// f%d does something.\nfunc f%d(x int) int {\n\ty := x + %d\n\n\treturn y * y\n}\n\n", i, i, i)
		fmt.Fprintf(&table, "%d,thing number %d,%d euros,in stock\n", i, i, i*7)
		fmt.Fprintf(&lines, "{'content': 'message %d of the log says that thing %d is late', 'role': 'user'}, ", i, i*3)
	}
	for _, c := range []struct{ name, text string }{{"a.md", md.String()}, {"a.go", code.String()}, {"a.csv", table.String()}, {"a.txt", lines.String()}} {
		doc, err := (&parse.Formats{}).Parse(context.Background(), c.name, []byte(c.text))
		if err != nil {
			b.Fatal(err)
		}
		b.Run(doc.Type+"/"+c.name, func(b *testing.B) {
			b.SetBytes(int64(len(doc.Text)))
			for b.Loop() {
				Cut(doc, words, Default)
			}
		})
	}
}
