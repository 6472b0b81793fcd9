package child

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/png"
	"os/exec"
	"testing"
	"time"

	"golocal/ingest/parse"
)

func TestAids(t *testing.T) {
	for want, a := range map[string]Aids{
		"":                {},
		"ocr eng+deu":     {Tesseract: "/bin/tesseract", Languages: "eng+deu"},
		"office":          {Office: "/bin/soffice"},
		"ocr eng, office": {Tesseract: "/bin/tesseract", Languages: "eng", Office: "/bin/soffice"},
	} {
		if got := a.String(); got != want {
			t.Errorf("%+v: %q, want %q", a, got, want)
		}
	}
	if w := New(Options{Aids: Aids{Tesseract: "/bin/tesseract"}}).Wall; w != 5*time.Minute {
		t.Errorf("with OCR a file may take %v", w)
	}
	if w := New(Options{Aids: Aids{Office: "/bin/soffice"}}).Wall; w != time.Minute {
		t.Errorf("without OCR a file may take %v", w)
	}
}

// TestAids_ReachTheParser gives a parser process a tesseract that only fails.
func TestAids_ReachTheParser(t *testing.T) {
	program, err := exec.LookPath("false")
	if err != nil {
		t.Skip(err)
	}
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 9, 9))); err != nil {
		t.Fatal(err)
	}
	for reason, aids := range map[string]Aids{
		"an image; text in images is read only with ocr: on in the config, and tesseract installed": {},
		"OCR: exit status 1": {Tesseract: program, Languages: "eng"},
	} {
		c := start(t, "parse", Options{Aids: aids})
		_, err := c.Parse(context.Background(), "a.png", picture.Bytes())
		var failure *parse.Failure
		if !errors.As(err, &failure) || failure.Reason != reason {
			t.Errorf("%+v: %v", aids, err)
		}
	}
}
