package ingest

import "testing"

// What depends on helping programs is read again when they change, and nothing
// else is.
func TestApply_OtherAids(t *testing.T) {
	b := newBench(t, nil)
	b.write("a.png", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
	b.write("a.md", "# Title\n\nSome text.")
	for _, c := range []struct {
		aids   string
		parsed int // files that are read again
	}{
		{"", 2}, {"", 0}, {"ocr eng", 1}, {"ocr eng", 0}, {"ocr eng+deu", 1}, {"", 1}, {"", 0},
	} {
		o := b.Options
		o.Aids = c.aids
		b.Ingester = New(o)
		b.parsed = 0
		b.apply("a.png")
		b.apply("a.md")
		if b.parsed != c.parsed {
			t.Errorf("with the aids %q: %d files are read, want %d", c.aids, b.parsed, c.parsed)
		}
	}
}
