package extraction

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Speed is how fast PDFs were read, one file after the other, everything in
// memory that can be.
type Speed struct {
	Files          int
	Pages          int
	PagesPerSecond float64
	Reference      float64 // pages per second of pdftotext, which starts anew for every file
	Start          float64 // seconds that a start of pdftotext costs
}

// Ratio is the reader's speed over pdftotext's.
func (s *Speed) Ratio() float64 { return s.PagesPerSecond / s.Reference }

// speed times the reader and pdftotext over the PDFs whose score counts and that
// the reader read. A pass before warms up both; then they take turns file by
// file, so that what else the machine does hits both.
func (r *run) speed(ctx context.Context) (*Speed, error) {
	var reference Reference
	for _, f := range r.References {
		if f.Name() == Pdftotext {
			reference = f
		}
	}
	if reference == nil {
		return nil, errors.New("pdftotext is not installed to compare the speed with (Debian: sudo apt install poppler-utils)")
	}
	var files []int
	pages := 0
	for i, f := range r.files {
		if f.format == "pdf" && f.counts && f.reading.State == "ready" {
			files = append(files, i)
			pages += f.reading.Pages
		}
	}
	if pages == 0 {
		return nil, errors.New("no PDF was read on which two references agree, so there is no speed to compare")
	}
	var own, other time.Duration
	for pass := range 2 {
		own, other = 0, 0
		for n, i := range files {
			began := time.Now()
			if _, err := r.Read(ctx, r.path(i)); err != nil {
				return nil, fmt.Errorf("time %s: %w", r.files[i].path, err)
			}
			between := time.Now()
			if _, err := reference.Text(ctx, "pdf", r.path(i)); err != nil {
				return nil, fmt.Errorf("time %s: %w", r.files[i].path, err)
			}
			own += between.Sub(began)
			other += time.Since(between)
			r.Progress([]string{"warming up", "timing"}[pass], n+1, len(files))
		}
	}
	s := &Speed{Files: len(files), Pages: pages, PagesPerSecond: float64(pages) / own.Seconds(), Reference: float64(pages) / other.Seconds()}
	if t, ok := reference.(Tool); ok {
		s.Start = t.start(ctx).Seconds()
	}
	return s, nil
}
