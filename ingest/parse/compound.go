package parse

import (
	"bytes"
	"context"
	"path"
	"strings"

	"golocal"
	"golocal/internal/remark"
)

// parseCompound reads a Compound File (MS-CFB): Office files before 2007,
// encrypted ones of today, Outlook messages.
func (f *Formats) parseCompound(ctx context.Context, name string, data []byte, depth int) (golocal.Document, error) {
	ext := strings.ToLower(path.Ext(name))
	if ext == ".msg" || isOutlook(data) {
		return f.parseOutlook(ctx, data, depth)
	}
	if old, ok := legacyOf(data); ok {
		return f.parseLegacy(ctx, old, data, depth)
	}
	return golocal.Document{}, compoundReason(ext, data)
}

// compoundReason says what a Compound File is. An encrypted Office file is one with a
// stream called EncryptedPackage (MS-OFFCRYPTO 2.3.4); names are in UTF-16.
func compoundReason(ext string, data []byte) *Failure {
	if bytes.Contains(data, wide("EncryptedPackage")) {
		return Failed(encryptedType(ext), remark.Encrypted)
	}
	switch {
	case bytes.Contains(data, wide("WordDocument")):
		return Unsupported(remark.IsOldWord)
	case bytes.Contains(data, wide("Workbook")), ext == ".xls":
		return Unsupported(remark.IsOldExcel)
	case bytes.Contains(data, wide("PowerPoint Document")):
		return Unsupported(remark.IsOldPowerPoint)
	case ext == ".msg":
		return Unsupported(remark.IsOutlook)
	}
	return Unsupported(remark.IsOldOffice)
}

// encryptedType is the type of an encrypted Office file, which only its name tells.
func encryptedType(ext string) string {
	switch {
	case strings.HasPrefix(ext, ".xl"):
		return XLSX
	case strings.HasPrefix(ext, ".pp"), strings.HasPrefix(ext, ".pot"):
		return PPTX
	}
	return DOCX
}

func wide(s string) []byte {
	b := make([]byte, 0, 2*len(s))
	for i := range len(s) {
		b = append(b, s[i], 0)
	}
	return b
}
