package engine

import (
	"errors"
	"fmt"
	"net/http"

	"github.com/ollama/ollama/format"

	"golocal/internal/headroom"
)

// headBlob tells whether a blob is there.
func (s *Server) headBlob(w http.ResponseWriter, r *http.Request) error {
	digest := r.PathValue("digest")
	if !digestPattern.MatchString(digest) {
		return errBadDigest
	}
	if _, ok := s.store.has(digest); !ok {
		return &statusError{http.StatusNotFound, fmt.Sprintf("blob %q not found", digest)}
	}
	w.WriteHeader(http.StatusOK)
	return nil
}

// putBlob stores an uploaded file under its digest, which must be right.
func (s *Server) putBlob(w http.ResponseWriter, r *http.Request) error {
	digest := r.PathValue("digest")
	if !digestPattern.MatchString(digest) {
		return errBadDigest
	}
	if _, ok := s.store.has(digest); ok {
		w.WriteHeader(http.StatusOK)
		return nil
	}
	if err := s.store.room(r.ContentLength); err != nil {
		return err
	}
	lock, err := s.store.share(r.Context())
	if err != nil {
		return err
	}
	defer lock.Close()
	d, err := s.store.draft()
	if err != nil {
		return err
	}
	defer d.drop()
	if err := d.fill(http.MaxBytesReader(w, r.Body, maxLayerSize)); err != nil {
		return fmt.Errorf("receive blob: %w", err)
	}
	if got := d.digest(); got != digest {
		return badRequest("digest mismatch, expected %q, got %q", digest, got)
	}
	if _, err := d.keep(""); err != nil {
		return fmt.Errorf("keep blob: %w", err)
	}
	w.WriteHeader(http.StatusCreated)
	return nil
}

// diskSpare is left free for everything else on the disk.
const diskSpare = 64 << 20

// room fails when the disk cannot take n bytes more.
func (s *store) room(n int64) error {
	free, ok := headroom.Disk(s.dir)
	if !ok || n <= 0 || uint64(n)+diskSpare <= free {
		return nil
	}
	return fmt.Errorf("%w: %s are needed in %s, %s are free", errNoSpace, format.HumanBytes2(uint64(n)+diskSpare), s.dir, format.HumanBytes2(free))
}

var errNoSpace = errors.New("the disk is too full")

// outOfSpace tells whether trying again is pointless because the disk is full.
func outOfSpace(err error) bool {
	return errors.Is(err, errNoSpace) || diskFull(err)
}
