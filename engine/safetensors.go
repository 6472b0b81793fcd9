package engine

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/ollama/ollama/convert"
	"github.com/ollama/ollama/fs/ggml"
)

// maxTensorHeader bounds the JSON header of a safetensors file, as the format's
// own library does (github.com/huggingface/safetensors).
const maxTensorHeader = 100 << 20

// convert turns a safetensors folder, as published on model sites, into a GGUF
// blob with the converter of Ollama.
func (b *builder) convert(dir string) (err error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	files := root.FS()
	name := filepath.Base(dir)
	size, err := checkSafetensors(files)
	if err != nil {
		return badRequest("%s: %v", name, err)
	}
	if err := b.server.store.room(size); err != nil {
		return err
	}
	if err := b.say("converting model"); err != nil {
		return err
	}
	defer func() {
		if r := recover(); r != nil { // the converter trusts what it reads
			err = badRequest("convert %s: %v", name, r)
		}
	}()
	meta, vocabulary, err := convert.LoadModelMetadata(files)
	if err != nil {
		return convertError(name, err)
	}
	if err := checkArchitecture(ggml.KV(meta.KV(vocabulary))); err != nil {
		return badRequest("convert %s: %v", name, err)
	}
	d, err := b.server.store.draft()
	if err != nil {
		return err
	}
	defer d.drop()
	if err := convert.ConvertModel(files, d.File); err != nil {
		return convertError(name, err)
	}
	if err := d.rehash(); err != nil {
		return err
	}
	if err := b.check(d.Name()); err != nil {
		return err
	}
	l, err := d.keep(typeWeights)
	if err != nil {
		return err
	}
	b.layers = append(b.layers, l)
	return b.say("creating new layer " + l.Digest)
}

func convertError(name string, err error) error {
	if strings.Contains(err.Error(), "unsupported architecture") {
		return badRequest("convert %s: %v: it needs Ollama, or a GGUF file of the model", name, err)
	}
	return badRequest("convert %s: %v", name, err)
}

// checkSafetensors returns the bytes of a folder's tensors. Weights in other
// formats are refused: they are pickled programs.
func checkSafetensors(files fs.FS) (int64, error) {
	found, err := fs.Glob(files, "*.safetensors")
	if err != nil {
		return 0, err
	}
	if len(found) == 0 {
		return 0, errors.New("no *.safetensors file in this folder")
	}
	var total int64
	for _, name := range found {
		n, err := checkTensorHeader(files, name)
		if err != nil {
			return 0, fmt.Errorf("%s: %w", name, err)
		}
		total += n
	}
	return total, nil
}

// checkTensorHeader checks the length that a safetensors file begins with.
func checkTensorHeader(files fs.FS, name string) (int64, error) {
	st, err := fs.Stat(files, name)
	if err != nil {
		return 0, err
	}
	if !st.Mode().IsRegular() {
		return 0, errors.New("not a regular file")
	}
	f, err := files.Open(name)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	var b [8]byte
	if _, err := io.ReadFull(f, b[:]); err != nil {
		return 0, err
	}
	if n := binary.LittleEndian.Uint64(b[:]); n > maxTensorHeader || int64(n) > st.Size()-8 {
		return 0, fmt.Errorf("header of %d bytes", n)
	}
	return st.Size(), nil
}
