package parse

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

func TestZZStages(t *testing.T) {
	list := os.Getenv("ZZLIST")
	if list == "" {
		t.Skip()
	}
	b, _ := os.ReadFile(list)
	p, err := openPDFium(context.Background(), os.Getenv("HOME")+"/.cache/golocal-test-pdf", 1<<30)
	if err != nil {
		t.Fatal(err)
	}
	st := map[string]time.Duration{}
	n := 0
	for range 2 {
		for _, f := range strings.Fields(string(b)) {
			data, _ := os.ReadFile(f)
			at := time.Now()
			lap := func(s string) { st[s] += time.Since(at); at = time.Now() }
			d, err := p.open(data)
			lap("open")
			if err != nil {
				continue
			}
			for i := range d.pages() {
				at = time.Now()
				page := p.call("FPDF_LoadPage", d.handle, uint64(i))
				lap("load")
				if page == 0 {
					continue
				}
				an := d.drawsAnnotations(page)
				lap("annots")
				if an && d.p.count("FPDFPage_Flatten", page, 0) == 1 {
					lap("flatten")
					d.p.call("FPDF_ClosePage", page)
					page = d.p.call("FPDF_LoadPage", d.handle, uint64(i))
					lap("reload")
				}
				text := p.call("FPDFText_LoadPage", page)
				lap("textload")
				r := pageReader{p: p, page: page, text: text}
				r.frame()
				c := r.chars()
				lap("chars")
				n += len(c)
				pageLines(c)
				lap("lines")
				d.label(i)
				lap("label")
				p.call("FPDFText_ClosePage", text)
				p.call("FPDF_ClosePage", page)
				lap("close")
			}
			d.facts()
			lap("facts")
			d.close()
			lap("closedoc")
		}
	}
	for k, v := range st {
		fmt.Println(k, v)
	}
	fmt.Println(n, "chars")
}
