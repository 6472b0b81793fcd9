package sample

import (
	"fmt"
	"strings"
)

// EPUB zips a book of chapters, the bodies of XHTML documents named c1.xhtml,
// c2.xhtml, …; toc is the list of its navigation document, without which the
// book has none, meta the package's metadata; more parts by name.
func EPUB(meta, toc string, parts map[string]string, chapters ...string) []byte {
	var items, refs strings.Builder
	all := map[string]string{
		"mimetype":               "application/epub+zip",
		"META-INF/container.xml": `<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>`,
	}
	for i, c := range chapters {
		fmt.Fprintf(&items, `<item id="c%d" href="c%[1]d.xhtml" media-type="application/xhtml+xml"/>`, i+1)
		fmt.Fprintf(&refs, `<itemref idref="c%d"/>`, i+1)
		all[fmt.Sprintf("OEBPS/c%d.xhtml", i+1)] = `<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>` + c + `</body></html>`
	}
	if toc != "" {
		items.WriteString(`<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>`)
		all["OEBPS/nav.xhtml"] = `<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body><nav epub:type="toc"><h1>Contents</h1>` + toc + `</nav></body></html>`
		refs.WriteString(`<itemref idref="nav"/>`)
	}
	all["OEBPS/book.opf"] = `<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>` + meta + `</metadata><manifest>` +
		items.String() + `</manifest><spine>` + refs.String() + `</spine></package>`
	for name, content := range parts {
		all[name] = content
	}
	return Zip(all)
}
