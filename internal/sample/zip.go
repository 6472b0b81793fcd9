package sample

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"maps"
	"slices"
)

// Zip packs parts, by name, in the order of their names.
func Zip(parts map[string]string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		h := &zip.FileHeader{Name: name, Method: zip.Deflate}
		if parts[name] == "" {
			h.Method = zip.Store // as packers do; to begin packing is what takes long with 50,000 of them
		}
		w, err := z.CreateHeader(h)
		if err != nil {
			panic(err) // a buffer takes everything
		}
		if _, err := w.Write([]byte(parts[name])); err != nil {
			panic(err) // a buffer takes everything
		}
	}
	if err := z.Close(); err != nil {
		panic(err) // a buffer takes everything
	}
	return b.Bytes()
}

// Tar packs files, by name, in the order of their names.
func Tar(files map[string]string) []byte {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		err := w.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: int64(len(files[name]))})
		if err == nil {
			_, err = w.Write([]byte(files[name]))
		}
		if err != nil {
			panic(err) // a buffer takes everything
		}
	}
	if err := w.Close(); err != nil {
		panic(err) // a buffer takes everything
	}
	return b.Bytes()
}
