package parse

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"os"
	"strconv"
	"strings"
	"time"

	"golocal"
	"golocal/ingest/normal"
	"golocal/internal/remark"
)

// OCR reads text in images through tesseract (https://tesseract-ocr.github.io).
type OCR struct {
	Program   string // path of tesseract
	Languages string // as tesseract has them: "eng+deu"
}

// Limits of OCR.
const (
	maxPicture = 50e6             // pixels
	pageTime   = 60 * time.Second // for one page or image
	ocrDPI     = 250              // that pages are drawn with
	// A line whose words tesseract is less sure of, in percent, is a guess at a
	// picture; a page of such words is in a language that it was not told.
	// Of pages in a wrong script it is sure to 17 to 29, of right ones to 78 to 95.
	lineConfidence = 40
	pageConfidence = 50
)

// recognise returns the pages of an image file: one, but for a TIFF of several.
func (o *OCR) recognise(ctx context.Context, image []byte) ([]ocrText, error) {
	ctx, cancel := context.WithTimeout(ctx, pageTime)
	defer cancel()
	home, err := os.MkdirTemp("", "golocal-ocr-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(home)
	tesseract := helper{program: o.Program, env: []string{"OMP_THREAD_LIMIT=1"}}
	const turned = "1" // looks first which way up the page is
	out, err := tesseract.run(ctx, home, bytes.NewReader(image), 32<<20, "-", "-", "-l", cmp.Or(o.Languages, "eng"), "--psm", turned, "tsv")
	if err != nil {
		return nil, err
	}
	return readTSV(string(out)), nil
}

// ocrText is what is read in a page.
type ocrText struct {
	lines  []ocrLine
	unsure bool // there are words, and they make no sense
}

// ocrLine is a line of text in an image.
type ocrLine struct {
	text      string
	box       [4]int // pixels from the top left: left, top, right, bottom
	paragraph [2]int // block and paragraph that it belongs to
}

// readTSV reads tesseract's table of words: level, page, block, paragraph, line,
// word, left, top, width, height, confidence and text. Lines without words, and
// those that are guesses, are left out.
func readTSV(table string) []ocrText {
	var r tsvReader
	for row := range strings.Lines(table) {
		columns := strings.SplitN(strings.TrimRight(row, "\r\n"), "\t", 12)
		if len(columns) < 12 {
			continue
		}
		var n [10]int
		for i := range n {
			n[i], _ = strconv.Atoi(columns[i])
		}
		switch n[0] {
		case 1:
			r.endPage()
			r.pages = append(r.pages, ocrText{})
		case 2, 3, 4:
			r.endLine()
		case 5:
			confidence, err := strconv.ParseFloat(columns[10], 64)
			if err == nil {
				r.word(n, confidence, columns[11])
			}
		}
	}
	r.endPage()
	return r.pages
}

// sureness is a mean over letters: long words weigh more.
type sureness struct {
	sum     float64
	letters int
}

func (s *sureness) add(percent float64, letters int) {
	s.sum += percent * float64(letters)
	s.letters += letters
}

func (s sureness) least(percent float64) bool { return s.sum >= percent*float64(s.letters) }

// tsvReader collects the words of lines, and the lines of pages.
type tsvReader struct {
	pages        []ocrText
	line         ocrLine
	words        []string
	ofLine, page sureness
}

func (r *tsvReader) word(n [10]int, confidence float64, text string) {
	text = normal.OneLine(normal.Text(text))
	if text == "" || len(r.pages) == 0 {
		return
	}
	box := [4]int{n[6], n[7], n[6] + n[8], n[7] + n[9]}
	if len(r.words) == 0 {
		r.line.box, r.line.paragraph = box, [2]int{n[2], n[3]}
	}
	r.line.box = [4]int{min(r.line.box[0], box[0]), min(r.line.box[1], box[1]), max(r.line.box[2], box[2]), max(r.line.box[3], box[3])}
	r.words = append(r.words, text)
	r.ofLine.add(confidence, len(text))
	r.page.add(confidence, len(text))
}

func (r *tsvReader) endLine() {
	r.line.text = strings.Join(r.words, " ")
	if n := len(r.pages); n > 0 && r.ofLine.least(lineConfidence) && normal.HasWords(r.line.text) {
		r.pages[n-1].lines = append(r.pages[n-1].lines, r.line)
	}
	r.line, r.words, r.ofLine = ocrLine{}, nil, sureness{}
}

func (r *tsvReader) endPage() {
	r.endLine()
	if n := len(r.pages); n > 0 && !r.page.least(pageConfidence) {
		r.pages[n-1] = ocrText{unsure: true}
	}
	r.page = sureness{}
}

// onPage is where a line stands on a page as it is shown: height is the image's
// in pixels, of which each is so many points.
func (l ocrLine) onPage(height int, points float64) golocal.Box {
	return golocal.Box{
		float32(float64(l.box[0]) * points), float32(float64(height-l.box[3]) * points),
		float32(float64(l.box[2]) * points), float32(float64(height-l.box[1]) * points),
	}
}

const ocrNote = "read by OCR"

// ocrFailure is the Failure of an image that OCR does not read.
func ocrFailure(err error) error {
	if errors.Is(err, context.Canceled) {
		return err
	}
	return Failed(Image, remark.OCRFailed, ocrReason(err))
}

// ocrReason is a remark or a text.
func ocrReason(err error) any {
	if errors.Is(err, context.DeadlineExceeded) {
		return remark.New(remark.OCRSlow, pageTime)
	}
	return complaint(err)
}
