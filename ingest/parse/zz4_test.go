package parse

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestZZQ(t *testing.T) {
	if os.Getenv("ZZQ") == "" {
		t.Skip()
	}
	show := func(name, page string) {
		var q quality
		for _, l := range strings.Split(page, "\n") {
			q.read(l)
		}
		if q.garbled() || os.Getenv("ZZQ") == "all" {
			s := []rune(strings.ReplaceAll(page, "\n", "⏎"))
			fmt.Printf("%v %s %+v\n   %s\n", q.garbled(), name, q, string(s[:min(len(s), 200)]))
		}
	}
	pages := 0
	if f := os.Getenv("ZZQF"); f != "" {
		in, _ := os.Open(f)
		r := bufio.NewScanner(in)
		r.Buffer(nil, 1<<28)
		for r.Scan() {
			var d struct{ Path, Text string }
			json.Unmarshal(r.Bytes(), &d)
			for i, page := range strings.Split(d.Text, "\f") {
				pages++
				show(fmt.Sprint(filepath.Base(d.Path), " ", i+1), page)
			}
		}
	} else {
		f := &Formats{Cache: os.Getenv("HOME") + "/.cache/golocal-test-pdf"}
		filepath.Walk("/work/shared/files/office", func(p string, info os.FileInfo, err error) error {
			if info.IsDir() {
				return nil
			}
			data, _ := os.ReadFile(p)
			doc, err := f.Parse(context.Background(), filepath.Base(p), data)
			if err != nil {
				doc.Text = string(data)
				if !json.Valid(data) && !strings.HasSuffix(p, "txt") {
					return nil
				}
			}
			var page strings.Builder
			for _, l := range strings.Split(doc.Text, "\n") {
				page.WriteString(l + "\n")
				if page.Len() > 2500 {
					pages++
					show(filepath.Base(p), page.String())
					page.Reset()
				}
			}
			pages++
			show(filepath.Base(p), page.String())
			return nil
		})
	}
	fmt.Println(pages, "pages")
}
