package engine

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	names "github.com/ollama/ollama/types/model"
)

// Media types of the layers that the engine reads or writes, as Ollama's.
const (
	typeManifest = "application/vnd.docker.distribution.manifest.v2+json"
	typeConfig   = "application/vnd.docker.container.image.v1+json"
	typeWeights  = "application/vnd.ollama.image.model"
	typeTemplate = "application/vnd.ollama.image.template"
	typeParams   = "application/vnd.ollama.image.params"
	typeSystem   = "application/vnd.ollama.image.system"
	typeMessages = "application/vnd.ollama.image.messages"
	typeLicense  = "application/vnd.ollama.image.license"
	typeAdapter  = "application/vnd.ollama.image.adapter"
)

// manifest lists the blobs of a model.
type manifest struct {
	SchemaVersion int     `json:"schemaVersion"`
	MediaType     string  `json:"mediaType"`
	Config        layer   `json:"config"`
	Layers        []layer `json:"layers"`
}

// layer is one blob of a model.
type layer struct {
	MediaType string `json:"mediaType"`
	Digest    string `json:"digest"`
	Size      int64  `json:"size"` // bytes
}

const (
	maxLayers    = 1024
	maxLayerSize = 4 << 40
)

// parseManifest reads a manifest and checks everything in it that will become
// a path or a size.
func parseManifest(b []byte) (manifest, error) {
	var m manifest
	if err := json.Unmarshal(b, &m); err != nil {
		return m, fmt.Errorf("parse manifest: %w", err)
	}
	if len(m.Layers) == 0 || len(m.Layers) > maxLayers {
		return m, fmt.Errorf("parse manifest: %d layers", len(m.Layers))
	}
	for _, l := range m.all() {
		if !digestPattern.MatchString(l.Digest) {
			return m, fmt.Errorf("parse manifest: %w: %.100q", errBadDigest, l.Digest)
		}
		if l.Size < 0 || l.Size > maxLayerSize {
			return m, fmt.Errorf("parse manifest: layer of %d bytes", l.Size)
		}
	}
	return m, nil
}

// all returns the layers, and the config if there is one.
func (m manifest) all() []layer {
	if m.Config.Digest == "" {
		return m.Layers
	}
	return append(slices.Clone(m.Layers), m.Config)
}

// size is what the model takes on disk, in bytes.
func (m manifest) size() (n int64) {
	for _, l := range m.all() {
		n += l.Size
	}
	return n
}

// entry is a model in a store.
type entry struct {
	name     names.Name
	store    *store
	manifest manifest
	digest   string // SHA-256 of the manifest, hexadecimal; what Ollama shows as the model's ID
	modified time.Time
}

// list returns the models of the store, the latest first. Files that are no
// manifests are passed over with a warning.
func (s *store) list() ([]entry, error) {
	var found []entry
	err := filepath.WalkDir(s.manifests(), func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			if errors.Is(err, fs.ErrNotExist) {
				return nil // no store, or deleted meanwhile
			}
			return err
		}
		if !d.Type().IsRegular() || strings.HasPrefix(d.Name(), ".") {
			return nil
		}
		rel, err := filepath.Rel(s.manifests(), path)
		if err != nil {
			return err
		}
		name := names.ParseNameFromFilepath(rel)
		if !name.IsValid() {
			return nil
		}
		e, err := s.entry(name)
		if err != nil {
			if !errors.Is(err, fs.ErrNotExist) {
				s.log.Warn("manifest passed over", "name", name.DisplayShortest(), "err", err)
			}
			return nil
		}
		found = append(found, e)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list models: %w", err)
	}
	slices.SortStableFunc(found, func(a, b entry) int { return b.modified.Compare(a.modified) })
	return found, nil
}

// entry reads the manifest of exactly this name.
func (s *store) entry(name names.Name) (entry, error) {
	if !name.IsFullyQualified() {
		return entry{}, fs.ErrNotExist
	}
	path := filepath.Join(s.manifests(), name.Filepath())
	st, err := os.Stat(path)
	if err != nil {
		return entry{}, err
	}
	if !st.Mode().IsRegular() {
		return entry{}, fs.ErrNotExist
	}
	b, err := readSmall(path)
	if err != nil {
		return entry{}, err
	}
	m, err := parseManifest(b)
	if err != nil {
		return entry{}, fmt.Errorf("%s: %w", name.DisplayShortest(), err)
	}
	sum := sha256.Sum256(b)
	return entry{name: name, store: s, manifest: m, digest: hex.EncodeToString(sum[:]), modified: st.ModTime()}, nil
}

// find reads the manifest of name, letter case aside.
func (s *store) find(name names.Name) (entry, error) {
	e, err := s.entry(name)
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return e, err
	}
	all, lerr := s.list()
	if lerr != nil {
		return entry{}, lerr
	}
	for _, e := range all {
		if e.name.EqualFold(name) {
			return e, nil
		}
	}
	return entry{}, err
}

// write makes the layers the model of this name, in place of an older one.
func (s *store) write(name names.Name, config layer, layers []layer) error {
	if e, err := s.find(name); err == nil {
		name = e.name // keep the letter case it has
	}
	b, err := json.Marshal(manifest{SchemaVersion: 2, MediaType: typeManifest, Config: config, Layers: layers})
	if err != nil {
		return err
	}
	return s.writeRaw(name, b)
}

// writeRaw stores a manifest byte for byte, as pulled.
func (s *store) writeRaw(name names.Name, content []byte) error {
	return writeFile(filepath.Join(s.manifests(), name.Filepath()), content)
}

// remove deletes a model and the blobs that no other model uses.
func (s *store) remove(e entry) error {
	if err := os.Remove(filepath.Join(s.manifests(), e.name.Filepath())); err != nil {
		return err
	}
	for dir := filepath.Dir(e.name.Filepath()); dir != "."; dir = filepath.Dir(dir) {
		if os.Remove(filepath.Join(s.manifests(), dir)) != nil {
			break // not empty
		}
	}
	return s.prune(e.manifest.all())
}

// prune deletes those of the layers that no model uses. While another process
// writes to the store it leaves them: their new owner's manifest may be to come.
func (s *store) prune(layers []layer) error {
	alone, err := s.tryAlone()
	if err != nil || alone == nil {
		return err
	}
	defer alone.Close()
	all, err := s.list()
	if err != nil {
		return err
	}
	used := map[string]bool{}
	for _, e := range all {
		for _, l := range e.manifest.all() {
			used[l.Digest] = true
		}
	}
	var errs []error
	for _, l := range layers {
		if used[l.Digest] {
			continue
		}
		path, err := s.blob(l.Digest)
		if err == nil {
			err = os.Remove(path)
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// shown is the name that a model goes by in answers.
func (e entry) shown() string { return e.name.DisplayShortest() }

// config reads the model's config blob; a model without one has the zero config.
func (e entry) config() (names.ConfigV2, error) {
	var c names.ConfigV2
	if e.manifest.Config.Digest == "" {
		return c, nil
	}
	b, err := e.store.read(e.manifest.Config)
	if err == nil {
		err = json.Unmarshal(b, &c)
	}
	if err != nil {
		return c, fmt.Errorf("read config of %s: %w", e.shown(), err)
	}
	return c, nil
}

// layer returns the first layer of a media type.
func (e entry) layer(mediaType string) (layer, bool) {
	i := slices.IndexFunc(e.manifest.Layers, func(l layer) bool { return l.MediaType == mediaType })
	if i < 0 {
		return layer{}, false
	}
	return e.manifest.Layers[i], true
}

// entries returns the models of both stores; of equal names, the own store's.
func (s *Server) entries() ([]entry, error) {
	all, err := s.store.list()
	if err != nil || s.readOnly == nil {
		return all, err
	}
	theirs, err := s.readOnly.list()
	if err != nil {
		s.log.Warn("read-only model store passed over", "dir", s.readOnly.dir, "err", err)
		return all, nil
	}
	for _, e := range theirs {
		if !slices.ContainsFunc(all, func(own entry) bool { return own.name.EqualFold(e.name) }) {
			all = append(all, e)
		}
	}
	slices.SortStableFunc(all, func(a, b entry) int {
		return cmp.Or(b.modified.Compare(a.modified), cmp.Compare(a.shown(), b.shown()))
	})
	return all, nil
}

// entry finds a model by the name a request gives, first in the own store.
func (s *Server) entry(raw string) (entry, error) {
	name, err := parseName(raw)
	if err != nil {
		return entry{}, err
	}
	e, err := s.store.find(name)
	if errors.Is(err, fs.ErrNotExist) && s.readOnly != nil {
		if e, err = s.readOnly.find(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			s.log.Warn("read-only model store passed over", "dir", s.readOnly.dir, "err", err)
			return entry{}, notFound(raw)
		}
	}
	if errors.Is(err, fs.ErrNotExist) {
		return entry{}, notFound(raw)
	}
	return e, err
}

// parseName checks a model name from a request.
func parseName(raw string) (names.Name, error) {
	if raw == "" {
		return names.Name{}, badRequest("model is required")
	}
	name := names.ParseName(raw)
	if !name.IsValid() {
		return names.Name{}, badRequest("invalid model name: %.200q", raw)
	}
	return name, nil
}
