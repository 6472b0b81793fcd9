package parse

import (
	"context"
	"fmt"
	"os"
	"testing"
	"runtime"
)

func TestZZMem(t *testing.T) {
	f := os.Getenv("ZZMEM")
	if f == "" {
		t.Skip()
	}
	p, err := openPDFium(context.Background(), os.Getenv("HOME")+"/.cache/golocal-test-pdf", 1<<30)
	if err != nil {
		t.Fatal(err)
	}
	data, _ := os.ReadFile(f)
	d, err := p.open(data)
	fmt.Println("opened", err, len(p.memory.bytes)>>20)
	for i := range d.pages() {
		d.refresh()
		page := d.load(i)
		a := len(p.memory.bytes) >> 20
		text := p.call("FPDFText_LoadPage", page)
		p.call("FPDFText_ClosePage", text)
		p.call("FPDF_ClosePage", page)
		if i%10 == 0 {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			fmt.Println(i, a, len(p.memory.bytes)>>20, p.err, m.HeapAlloc>>20, m.Sys>>20)
		}
	}
	d.close()
}
