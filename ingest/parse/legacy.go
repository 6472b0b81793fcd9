package parse

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"golocal"
	"golocal/internal/remark"
)

// legacyFormat is a format of Office before 2007.
type legacyFormat struct {
	kind, modern string // extensions before and after
	name         string // for people
}

// legacyFormats are recognised by a stream of the Compound File (MS-DOC,
// MS-XLS, MS-PPT).
var legacyFormats = []struct {
	stream string
	legacyFormat
}{
	{"WordDocument", legacyFormat{DOC, DOCX, "a Word file"}},
	{"Workbook", legacyFormat{XLS, XLSX, "an Excel file"}},
	{"PowerPoint Document", legacyFormat{PPT, PPTX, "a PowerPoint file"}},
	{"Book", legacyFormat{XLS, XLSX, "an Excel file"}},
}

// legacyOf recognises an Office file from before 2007.
func legacyOf(data []byte) (legacyFormat, bool) {
	f, err := openCompound(data)
	if err != nil {
		return legacyFormat{}, false
	}
	streams := f.children(f.entries[0])
	for _, l := range legacyFormats {
		if _, ok := streams[l.stream]; ok {
			return l.legacyFormat, true
		}
	}
	return legacyFormat{}, false
}

// maxOffice bounds what LibreOffice may make of a file, in bytes.
const maxOffice = 200 << 20

// parseLegacy reads an Office file from before 2007: LibreOffice turns it into
// one of today, which is then read.
func (f *Formats) parseLegacy(ctx context.Context, old legacyFormat, data []byte, depth int) (golocal.Document, error) {
	if f.Office == "" {
		return golocal.Document{}, Because(golocal.StateUnsupported, old.kind, remark.IsOldOfficeOf, old.name, old.kind, old.modern)
	}
	modern, err := f.convert(ctx, old, data)
	if err != nil {
		return golocal.Document{}, err
	}
	doc, err := f.parse(ctx, "converted."+old.modern, modern, depth)
	var failure *Failure
	if errors.As(err, &failure) {
		again := *failure
		again.Type = old.kind
		return doc, &again
	}
	doc.Type = old.kind
	return doc, err
}

// convert has LibreOffice write a file in its format of today.
func (f *Formats) convert(ctx context.Context, old legacyFormat, data []byte) ([]byte, error) {
	dir, err := os.MkdirTemp("", "golocal-office-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	in, out := filepath.Join(dir, "file."+old.kind), filepath.Join(dir, "out")
	if err := os.WriteFile(in, data, 0o600); err != nil {
		return nil, err
	}
	// A profile of its own: no extension, setting or lock of the user has a say.
	profile := "file://" + filepath.ToSlash(filepath.Join(dir, "profile"))
	if os.PathSeparator == '\\' {
		profile = strings.Replace(profile, "file://", "file:///", 1)
	}
	office := helper{program: f.Office, args: []string{"-env:UserInstallation=" + profile, "--headless", "--norestore", "--nolockcheck", "--nologo", "--nodefault", "--nofirststartwizard"}}
	_, err = office.run(ctx, dir, nil, 1<<20, "--convert-to", old.modern, "--outdir", out, in)
	switch {
	case ctx.Err() != nil:
		return nil, context.Cause(ctx)
	case err != nil:
		return nil, Failed(old.kind, remark.OfficeRefused, complaint(err))
	}
	file, err := os.Open(filepath.Join(out, "file."+old.modern))
	if errors.Is(err, os.ErrNotExist) {
		return nil, Failed(old.kind, remark.OfficeBroken)
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	modern, err := io.ReadAll(io.LimitReader(file, maxOffice+1))
	if err == nil && len(modern) > maxOffice {
		return nil, Failed(old.kind, remark.TooLargeOffice, maxOffice)
	}
	return modern, err
}
