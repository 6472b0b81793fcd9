package sample

import (
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
		w, err := z.Create(name)
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
