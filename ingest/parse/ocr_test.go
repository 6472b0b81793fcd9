package parse

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/image/draw"
	"golang.org/x/image/font"
	"golang.org/x/image/font/basicfont"
	"golang.org/x/image/math/fixed"

	"golocal"
)

// fake writes a shell script that stands in for a program.
func fake(t *testing.T, script string) string {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("needs a shell")
	}
	path := filepath.Join(t.TempDir(), "fake")
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+script), 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

// tsv is tesseract's table: a page for every list of words, each word
// "block paragraph line left top width height confidence text".
func tsv(pages ...[]string) string {
	var b strings.Builder
	b.WriteString("level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n")
	for i, words := range pages {
		fmt.Fprintf(&b, "1\t%d\t0\t0\t0\t0\t0\t0\t900\t900\t-1\t\n", i+1)
		last := ""
		for _, w := range words {
			f := strings.SplitN(w, " ", 9)
			if line := strings.Join(f[:3], "\t"); line != last {
				fmt.Fprintf(&b, "4\t%d\t%s\t0\t0\t0\t9\t9\t-1\t\n", i+1, line)
				last = line
			}
			fmt.Fprintf(&b, "5\t%d\t%s\t1\t%s\n", i+1, strings.Join(f[:3], "\t"), strings.Join(f[3:], "\t"))
		}
	}
	return b.String()
}

func TestReadTSV(t *testing.T) {
	got := readTSV(tsv(
		[]string{"1 1 1 10 20 30 10 95.5 Total", "1 1 1 50 18 20 14 90 due", "1 1 2 10 40 30 10 20 smudge", "1 1 2 40 40 30 10 41 x", "1 2 1 10 60 5 5 96 |", "2 1 1 10 80 40 10 88 now"},
		nil,
		[]string{"1 1 1 1 1 9 9 30 zhong", "1 1 2 1 20 9 9 60 wen"}))
	want := []ocrText{
		{lines: []ocrLine{
			{text: "Total due", box: [4]int{10, 18, 70, 32}, paragraph: [2]int{1, 1}},
			{text: "now", box: [4]int{10, 80, 50, 90}, paragraph: [2]int{2, 1}},
		}},
		{},
		{unsure: true},
	}
	if d := cmp.Diff(want, got, cmp.AllowUnexported(ocrText{}, ocrLine{})); d != "" {
		t.Error(d)
	}
	for _, table := range []string{"", "5\t1\t1\n", "x\ty\n\n", "5\t1\t1\t1\t1\t1\t0\t0\t1\t1\t90\tlost\n"} {
		if got := readTSV(table); len(got) != 0 {
			t.Errorf("%q: %v", table, got)
		}
	}
}

func FuzzTSV(f *testing.F) {
	f.Add(tsv([]string{"1 1 1 10 20 30 10 95 a", "1 1 2 1 1 1 1 50 b"}))
	f.Add("5\t1\t1\t1\t1\t1\t-9\t0\t99999999999\t1\tNaN\tx\n")
	f.Fuzz(func(t *testing.T, table string) {
		doc, err := layImage(readTSV(table), 100, 0.5)
		if err == nil {
			err = Verify(&doc)
		}
		var failure *Failure
		if err != nil && !errors.As(err, &failure) {
			t.Fatal(err)
		}
	})
}

// lettering is a picture of lines of text, its pixels so many times as large.
func lettering(t *testing.T, size image.Point, scale int, lines ...string) *image.Gray {
	t.Helper()
	small := image.NewGray(image.Rect(0, 0, size.X, size.Y))
	draw.Draw(small, small.Rect, image.White, image.Point{}, draw.Src)
	for i, line := range lines {
		d := font.Drawer{Dst: small, Src: image.Black, Face: basicfont.Face7x13, Dot: fixed.P(20, 30+20*i)}
		d.DrawString(line)
	}
	large := image.NewGray(image.Rect(0, 0, size.X*scale, size.Y*scale))
	draw.NearestNeighbor.Scale(large, large.Rect, small, small.Rect, draw.Src, nil)
	return large
}

func pngOf(t *testing.T, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestImage(t *testing.T) {
	program := fake(t, `echo "$@" >"$0.args"; cat >"$0.stdin"; echo "$OMP_THREAD_LIMIT $PWD" >"$0.env"; cat "$0.tsv"`)
	table := tsv([]string{"1 1 1 40 100 60 20 95 Total", "1 1 1 120 100 30 20 95 due", "1 1 2 40 140 60 20 95 today", "1 2 1 40 200 60 20 95 Thanks"}, []string{"1 1 1 0 0 20 20 95 two"})
	if err := os.WriteFile(program+".tsv", []byte(table), 0o600); err != nil {
		t.Fatal(err)
	}
	f := &Formats{OCR: &OCR{Program: program, Languages: "eng+deu"}}
	doc, err := f.Parse(context.Background(), "a.png", pngOf(t, image.NewGray(image.Rect(0, 0, 1000, 500)))) // read at twice its size
	if err != nil {
		t.Fatal(err)
	}
	if err := Verify(&doc); err != nil {
		t.Fatal(err)
	}
	page := func(n int) golocal.Place { return golocal.Place{Page: n, PageEnd: n} }
	want := []shown{
		{golocal.KindParagraph, "", "Total due\ntoday", page(1)},
		{golocal.KindParagraph, "", "Thanks", page(1)},
		{golocal.KindParagraph, "", "two", page(2)},
	}
	if d := cmp.Diff(want, show(doc)); d != "" {
		t.Error(d)
	}
	if doc.Type != Image || doc.Pages != 2 || doc.Text != "Total due\ntoday\n\nThanks\n\ftwo\n\f" {
		t.Errorf("type %q, %d pages, %q", doc.Type, doc.Pages, doc.Text)
	}
	lines := []golocal.Line{
		{Span: golocal.Span{Start: 0, End: 9}, Page: 1, Box: golocal.Box{20, 440, 75, 450}},
		{Span: golocal.Span{Start: 10, End: 15}, Page: 1, Box: golocal.Box{20, 420, 50, 430}},
		{Span: golocal.Span{Start: 17, End: 23}, Page: 1, Box: golocal.Box{20, 390, 50, 400}},
		{Span: golocal.Span{Start: 25, End: 28}, Page: 2, Box: golocal.Box{0, 490, 10, 500}},
	}
	if d := cmp.Diff(lines, doc.Lines); d != "" {
		t.Error(d)
	}
	if args, _ := os.ReadFile(program + ".args"); string(args) != "- - -l eng+deu --psm 1 tsv\n" {
		t.Errorf("arguments %s", args)
	}
	if in, _ := os.ReadFile(program + ".stdin"); len(in) > 0 {
		if size, _, err := image.DecodeConfig(bytes.NewReader(in)); err != nil || size.Width != 2000 || size.Height != 1000 {
			t.Errorf("it was given %d by %d, %v", size.Width, size.Height, err)
		}
	}
	env, _ := os.ReadFile(program + ".env")
	limit, home, _ := strings.Cut(strings.TrimSpace(string(env)), " ")
	if _, err := os.Stat(home); limit != "1" || home == "" || !os.IsNotExist(err) {
		t.Errorf("environment %s; the folder is left: %v", env, err)
	}
	if !Aided(doc) {
		t.Error("the document does not depend on OCR")
	}
}

func TestImageFailures(t *testing.T) {
	picture := pngOf(t, image.NewGray(image.Rect(0, 0, 10, 10)))
	var animated bytes.Buffer
	if err := gif.Encode(&animated, image.NewPaletted(image.Rect(0, 0, 9, 9), color.Palette{color.White, color.Black}), nil); err != nil {
		t.Fatal(err)
	}
	// A header that claims 60,000 by 60,000 pixels.
	bomb := append([]byte{}, picture...)
	copy(bomb[16:], []byte{0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60})
	sums(bomb)
	heic := append([]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00heicmif1"), make([]byte, 100)...)
	works, unsure := tsv([]string{"1 1 1 1 1 9 9 90 word"}), tsv([]string{"1 1 1 1 1 9 9 20 zhong"})
	for _, c := range []struct {
		name, script, reason string
		state                golocal.State
		data                 []byte
	}{
		{"no OCR", "", "an image; text in images is read only with ocr: on in the config, and tesseract installed", golocal.StateUnsupported, picture},
		{"no text", "true", "an image in which no text was found", golocal.StateNoText, picture},
		{"no sense", "printf '" + unsure + "'", "an image of which OCR makes no sense; its text may be in another language than ocr-languages names", golocal.StateNoText, animated.Bytes()},
		{"no language", "echo could not load xyz >&2; exit 1", "OCR: could not load xyz", golocal.StateFailed, picture},
		{"too large", "printf '" + works + "'", "too large: 60000 by 60000 pixels, and images are read up to 50 million", golocal.StateFailed, bomb},
		{"cut off", "printf '" + works + "'", "broken: unexpected EOF", golocal.StateFailed, picture[:20]},
		{"HEIC", "printf '" + works + "'", "an image of a kind (heic) that is not read; save it as PNG or JPEG", golocal.StateUnsupported, heic},
	} {
		f := &Formats{}
		if c.script != "" {
			f.OCR = &OCR{Program: fake(t, "cat >/dev/null\n"+c.script)}
		}
		_, err := f.Parse(context.Background(), "a", c.data)
		var failure *Failure
		if !errors.As(err, &failure) || failure.State != c.state || failure.Reason != c.reason || failure.Type != Image {
			t.Errorf("%s: %+v, %v", c.name, failure, err)
		}
	}
}

// sums puts the right checksum behind a PNG's header.
func sums(data []byte) {
	sum := crc32.ChecksumIEEE(data[12:29])
	copy(data[29:], []byte{byte(sum >> 24), byte(sum >> 16), byte(sum >> 8), byte(sum)})
}

func TestOCR_EndsWithItsContext(t *testing.T) {
	f := &Formats{OCR: &OCR{Program: fake(t, "cat >/dev/null; exec sleep 60")}}
	ctx, cancel := context.WithCancel(context.Background())
	go cancel()
	_, err := f.Parse(ctx, "a.png", pngOf(t, image.NewGray(image.Rect(0, 0, 10, 10))))
	if !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestAided(t *testing.T) {
	for _, c := range []struct {
		doc  golocal.Document
		want bool
	}{
		{golocal.Document{Type: Image, State: golocal.StateUnsupported}, true},
		{golocal.Document{Type: DOC}, true},
		{golocal.Document{Type: PDF, Pages: 3}, false},
		{golocal.Document{Type: PDF, Pages: 3, Blank: 1}, true},
		{golocal.Document{Type: PDF, Pages: 3, Garbled: 1}, true},
		{golocal.Document{Type: PDF, Pages: 3, Notes: []string{"3 of 3 pages were " + ocrNote + "; words may be wrong"}}, true},
		{golocal.Document{Type: Markdown, Notes: []string{"too long"}}, false},
	} {
		if got := Aided(c.doc); got != c.want {
			t.Errorf("%+v: %v", c.doc, got)
		}
	}
}

func TestExifTurn(t *testing.T) {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 30, 20)), nil); err != nil {
		t.Fatal(err)
	}
	plain := b.Bytes()
	for orientation, want := range map[byte]int{1: 0, 3: 2, 6: 1, 8: 3, 5: 0} {
		for _, order := range []string{"MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00%c\x00\x00", "II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00%c\x00\x00\x00"} {
			exif := "Exif\x00\x00" + fmt.Sprintf(order, orientation)
			data := append([]byte("\xff\xd8\xff\xe1\x00"+string(rune(len(exif)+2))+exif), plain[2:]...)
			if got := exifTurn(data); got != want {
				t.Errorf("orientation %d in %q: %d quarters, want %d", orientation, order[:2], got, want)
			}
		}
	}
	for _, data := range []string{"", "\xff\xd8Exif\x00\x00", "\xff\xd8Exif\x00\x00II*\x00\xff\xff\xff\xff\x00\x00", "\xff\xd8Exif\x00\x00MM\x00*\x00\x00\x00\x08\xff\xff"} {
		if got := exifTurn([]byte(data)); got != 0 {
			t.Errorf("%q: %d", data, got)
		}
	}
	from := image.NewGray(image.Rect(0, 0, 2, 1))
	from.Pix = []byte{1, 2}
	for quarters, want := range [][]byte{{1, 2}, {1, 2}, {2, 1}, {2, 1}} {
		if got := turned(from, quarters); !bytes.Equal(got.Pix, want) || (got.Rect.Dx() == 1) != (quarters%2 == 1) {
			t.Errorf("%d quarters: %v of %v", quarters, got.Pix, got.Rect)
		}
	}
}

// TestOCR_Tesseract reads drawn text with the real program, where it is installed.
func TestOCR_Tesseract(t *testing.T) {
	program, err := exec.LookPath("tesseract")
	if err != nil {
		t.Skip(err)
	}
	f := &Formats{OCR: &OCR{Program: program, Languages: "eng"}}
	for name, picture := range map[string]image.Image{
		"as on a screen": lettering(t, image.Pt(400, 200), 1, "The invoice is due on Monday.", "Please pay in time."),
		"large":          lettering(t, image.Pt(400, 200), 6, "The invoice is due on Monday.", "Please pay in time."),
		"on its side":    turned(lettering(t, image.Pt(400, 400), 6, "The invoice is due on Monday.", "Please pay in time.", "Write to the address below", "if you have any question."), 1),
	} {
		doc, err := f.Parse(context.Background(), "a.png", pngOf(t, picture))
		if err != nil || !strings.Contains(doc.Text, "invoice is due on Monday") {
			t.Errorf("%s: %q, %v", name, doc.Text, err)
		}
	}
}
