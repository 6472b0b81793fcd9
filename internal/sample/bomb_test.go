package sample

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"hash/crc32"
	"io"
	"testing"
)

// TestInflating unpacks what was made without being packed.
func TestInflating(t *testing.T) {
	packed, crc, size := inflating(3, "head ", "middle ", "tail")
	got, err := io.ReadAll(flate.NewReader(bytes.NewReader(packed)))
	if want := "head middle middle middle tail"; err != nil || string(got) != want || size != uint64(len(want)) || crc != crc32.ChecksumIEEE(got) {
		t.Errorf("%q, %v, %d bytes", got, err, size)
	}
}

// TestZipBombs looks whether the bombs are any: each part can be opened and
// unpacks, within what is read of it here.
func TestZipBombs(t *testing.T) {
	for _, bomb := range ZipBombs() {
		r, err := zip.NewReader(bytes.NewReader(bomb.Data), int64(len(bomb.Data)))
		if err != nil {
			t.Errorf("%s: %v", bomb.Name, err)
			continue
		}
		var unpacked int64
		for _, f := range r.File[:min(len(r.File), 100)] {
			part, err := f.Open()
			if err != nil {
				t.Errorf("%s: %s: %v", bomb.Name, f.Name, err)
				continue
			}
			n, _ := io.CopyN(io.Discard, part, 4<<20)
			unpacked += n
		}
		if unpacked < 4<<20 && bomb.Name != "nested.zip" && bomb.Name != "many entries.docx" && bomb.Name != "claims little.docx" {
			t.Errorf("%s: its parts unpack to %d bytes", bomb.Name, unpacked)
		}
	}
}
