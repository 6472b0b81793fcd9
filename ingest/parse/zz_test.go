package parse

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"testing"
)

func TestZZ(t *testing.T) {
	path := os.Getenv("ZZ")
	if path == "" {
		t.Skip()
	}
	data, _ := os.ReadFile(path)
	p, err := openPDFium(context.Background(), os.Getenv("HOME")+"/.cache/golocal-test-pdf", 1<<30)
	if err != nil {
		t.Fatal(err)
	}
	d, err := p.open(data)
	if err != nil {
		t.Fatal(err)
	}
	n, _ := strconv.Atoi(os.Getenv("PAGE"))
	page := d.load(n)
	r := pageReader{p: d.p, page: page, text: d.p.call("FPDFText_LoadPage", page)}
	r.frame()
	for _, c := range r.chars() {
		fmt.Printf("%q made=%v hy=%v x=%.1f y=%.1f box=%.1f size=%.2f d=%.2f,%.2f %s\n", c.r, c.made, c.hyphen, c.x, c.y, c.box, c.size, c.dx, c.dy, c.hidden)
	}
}
