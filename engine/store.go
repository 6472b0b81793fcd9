package engine

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// store is a folder of models in Ollama's layout: blobs/sha256-… holds contents
// by their digest, manifests/HOST/NAMESPACE/MODEL/TAG says which blobs make a
// model. Files are 0600 in folders 0700; each appears whole or not at all.
type store struct {
	dir string
	log *slog.Logger
}

// A digest becomes a path, so nothing else may pass for one.
var digestPattern = regexp.MustCompile(`^sha256:[0-9a-f]{64}$`)

var errBadDigest = errors.New("invalid digest format")

// staleAfter is the age at which a temporary file belongs to nobody any more.
const staleAfter = 24 * time.Hour

func openStore(dir string, log *slog.Logger) (*store, error) {
	s := &store{dir: dir, log: log}
	for _, d := range []string{dir, s.blobs(), s.manifests()} {
		if err := os.MkdirAll(d, 0o700); err != nil {
			return nil, fmt.Errorf("open model store: %w", err)
		}
	}
	entries, err := os.ReadDir(s.blobs())
	if err != nil {
		return nil, fmt.Errorf("open model store: %w", err)
	}
	for _, e := range entries {
		if st, err := e.Info(); err == nil && strings.HasPrefix(e.Name(), tempPrefix) && time.Since(st.ModTime()) > staleAfter {
			_ = os.RemoveAll(filepath.Join(s.blobs(), e.Name())) // left by a crash; a failure costs only space
		}
	}
	return s, nil
}

func (s *store) blobs() string     { return filepath.Join(s.dir, "blobs") }
func (s *store) manifests() string { return filepath.Join(s.dir, "manifests") }

// blob returns the path of a digest, which need not exist.
func (s *store) blob(digest string) (string, error) {
	if !digestPattern.MatchString(digest) {
		return "", fmt.Errorf("%w: %.100q", errBadDigest, digest)
	}
	return filepath.Join(s.blobs(), strings.Replace(digest, ":", "-", 1)), nil
}

// has returns the size of a blob, and whether it is there.
func (s *store) has(digest string) (int64, bool) {
	path, err := s.blob(digest)
	if err != nil {
		return 0, false
	}
	st, err := os.Lstat(path)
	if err != nil || !st.Mode().IsRegular() {
		return 0, false
	}
	return st.Size(), true
}

const tempPrefix = ".tmp-"

// draft is a blob being written. It must be kept or dropped.
type draft struct {
	*os.File
	store *store
	sum   hash.Hash
	size  int64
}

func (s *store) draft() (*draft, error) {
	f, err := os.CreateTemp(s.blobs(), tempPrefix) // 0600
	if err != nil {
		return nil, err
	}
	return &draft{File: f, store: s, sum: sha256.New()}, nil
}

// fill copies r into the draft and its digest.
func (d *draft) fill(r io.Reader) error {
	n, err := io.Copy(io.MultiWriter(d.File, d.sum), r)
	d.size += n
	return err
}

// rehash computes digest and size from the file, for content that was written
// at offsets instead of through fill.
func (d *draft) rehash() error {
	if _, err := d.Seek(0, io.SeekStart); err != nil {
		return err
	}
	d.sum.Reset()
	n, err := io.Copy(d.sum, d.File)
	d.size = n
	return err
}

func (d *draft) digest() string { return "sha256:" + hex.EncodeToString(d.sum.Sum(nil)) }

// keep makes the draft the blob of its digest.
func (d *draft) keep(mediaType string) (layer, error) {
	l := layer{MediaType: mediaType, Digest: d.digest(), Size: d.size}
	defer d.drop()
	if size, ok := d.store.has(l.Digest); ok && size == d.size {
		return l, nil
	}
	path, err := d.store.blob(l.Digest)
	if err != nil {
		return layer{}, err
	}
	if err := d.Sync(); err != nil {
		return layer{}, err
	}
	if err := d.Close(); err != nil {
		return layer{}, err
	}
	if err := os.Rename(d.Name(), path); err != nil {
		return layer{}, err
	}
	return l, syncDir(d.store.blobs())
}

// drop removes the draft; after keep it does nothing.
func (d *draft) drop() {
	_ = d.Close()
	_ = os.Remove(d.Name())
}

// put stores a small content as a blob.
func (s *store) put(mediaType, content string) (layer, error) {
	d, err := s.draft()
	if err != nil {
		return layer{}, err
	}
	defer d.drop()
	if err := d.fill(strings.NewReader(content)); err != nil {
		return layer{}, err
	}
	return d.keep(mediaType)
}

// read returns a small blob, such as a config or a template.
func (s *store) read(l layer) ([]byte, error) {
	path, err := s.blob(l.Digest)
	if err != nil {
		return nil, err
	}
	return readSmall(path)
}

// maxSmall bounds what is read whole: manifests, configs, templates, licences.
const maxSmall = 4 << 20

func readSmall(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxSmall+1))
	if err == nil && len(b) > maxSmall {
		err = &fs.PathError{Op: "read", Path: path, Err: errors.New("larger than 4 MiB")}
	}
	return b, err
}

// writeFile replaces the file at path with content, whole or not at all.
func writeFile(path string, content []byte) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, tempPrefix)
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	if _, err = f.Write(content); err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	return syncDir(dir)
}
