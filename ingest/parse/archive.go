package parse

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	htmlcharset "golang.org/x/net/html/charset"

	"golocal"
)

// Limits of an archive, in inflated bytes: what its directory claims is not
// believed.
const (
	maxPart    = 64 << 20
	maxArchive = 200 << 20
	maxEntries = 10_000
)

// archive is a zip file whose reading stops at the limits.
type archive struct {
	files map[string]*zip.File
	part  int64 // bytes that one part may hold
	left  int64 // bytes that may still be inflated
}

var errBomb = errors.New("it unpacks to more than is allowed")

// openArchive reads the directory of a zip file.
func openArchive(data []byte) (*archive, error) {
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	if len(r.File) > maxEntries {
		return nil, fmt.Errorf("%d entries, at most %d are read", len(r.File), maxEntries)
	}
	a := &archive{files: make(map[string]*zip.File, len(r.File)), part: maxPart, left: maxArchive}
	for _, f := range r.File {
		name := strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/")
		if _, twice := a.files[name]; !twice {
			a.files[name] = f
		}
	}
	return a, nil
}

// open returns a part of the archive; io.EOF's place is taken by errBomb where
// a limit is reached.
func (a *archive) open(name string) (io.ReadCloser, error) {
	f := a.files[name]
	if f == nil {
		return nil, fmt.Errorf("%s is missing", name)
	}
	if f.Flags&1 != 0 {
		return nil, &Failure{State: golocal.StateFailed, Reason: ReasonEncrypted, Type: DOCX}
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return &partReader{a: a, part: a.part, ReadCloser: r}, nil
}

// partReader counts what is inflated.
type partReader struct {
	io.ReadCloser
	a    *archive
	part int64
}

func (r *partReader) Read(p []byte) (int, error) {
	if r.part <= 0 || r.a.left <= 0 {
		return 0, errBomb
	}
	n, err := r.ReadCloser.Read(p[:min(int64(len(p)), r.part, r.a.left)])
	r.part -= int64(n)
	r.a.left -= int64(n)
	return n, err
}

// tokens calls visit with each XML token of a part; visit's depth counts open
// elements. Entities that the document itself declares are not expanded.
func (a *archive) tokens(name string, visit func(t xml.Token, depth int) error) error {
	r, err := a.open(name)
	if err != nil {
		return err
	}
	defer r.Close()
	return partTokens(r, name, visit)
}

// partTokens is tokens for XML that is no part of an archive; name is for errors.
func partTokens(r io.Reader, name string, visit func(t xml.Token, depth int) error) error {
	d := xml.NewDecoder(r)
	d.Strict = false
	d.CharsetReader = htmlcharset.NewReaderLabel
	for depth := 0; ; {
		t, err := d.RawToken()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		switch t.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return fmt.Errorf("%s is nested deeper than %d elements", name, maxDepth)
			}
		case xml.EndElement:
			depth--
		}
		if err := visit(t, depth); err != nil {
			return err
		}
	}
}

// officeDocument returns the main part of an Office Open XML package, as
// _rels/.rels names it (ECMA-376 part 2, 9.3).
func (a *archive) officeDocument() string {
	main := ""
	if a.files["_rels/.rels"] != nil {
		a.tokens("_rels/.rels", func(t xml.Token, _ int) error {
			if e, ok := t.(xml.StartElement); ok && e.Name.Local == "Relationship" && strings.HasSuffix(xmlAttribute(e, "Type"), "/officeDocument") {
				main = strings.TrimPrefix(path.Clean("/"+xmlAttribute(e, "Target")), "/")
			}
			return nil
		})
	}
	for _, usual := range []string{"word/document.xml", "xl/workbook.xml", "ppt/presentation.xml"} {
		if a.files[main] == nil && a.files[usual] != nil {
			main = usual
		}
	}
	return main
}

func xmlAttribute(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}
