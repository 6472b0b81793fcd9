package main

import (
	"strings"
	"testing"
)

func TestTable_FitsTheWidth(t *testing.T) {
	columns := []column{{title: "NAME"}, {title: "DOES"}, {title: "SIZE", right: true}, {title: "WEIGHTS", rank: 2}, {title: "CONTEXT", right: true, rank: 1}, {title: "EMPTY"}}
	long := "hf.co/nomic-ai/nomic-embed-text-v1.5-GGUF:Q8_0"
	rows := []row{
		{cells: []string{"qwen3:4b", "answers", "2.6 GB", "Q4_K_M", "40960", ""}},
		{cells: []string{long, "search", "146 MB", "Q8_0", "2048", ""}, below: []string{"a note"}},
	}
	for _, c := range []struct {
		width int
		want  string
	}{
		{80, `
NAME      DOES       SIZE  WEIGHTS  CONTEXT
qwen3:4b  answers  2.6 GB  Q4_K_M     40960
` + long + `
          search   146 MB  Q8_0        2048
  a note
`},
		{34, `
NAME      DOES       SIZE  CONTEXT
qwen3:4b  answers  2.6 GB    40960
` + long + `
          search   146 MB     2048
  a note
`},
		{20, `
NAME      DOES       SIZE
qwen3:4b  answers  2.6 GB
` + long + `
          search   146 MB
  a note
`},
		{0, `
NAME                                            DOES       SIZE  WEIGHTS  CONTEXT
qwen3:4b                                        answers  2.6 GB  Q4_K_M     40960
` + long + `  search   146 MB  Q8_0        2048
  a note
`},
	} {
		got := strings.NewReplacer("\x1b[2m", "", "\x1b[m", "", "\x1b[0m", "").Replace(table(columns, rows, c.width))
		if want := strings.TrimPrefix(c.want, "\n"); got != want {
			t.Errorf("width %d:\n%s\nwant\n%s", c.width, got, want)
		}
	}
}
