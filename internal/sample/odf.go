package sample

// odfNS declares the name spaces of OpenDocument with their usual prefixes.
const odfNS = `xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" ` +
	`xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" ` +
	`xmlns:presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" ` +
	`xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" ` +
	`xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" ` +
	`xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:math="http://www.w3.org/1998/Math/MathML"`

// ODF zips an OpenDocument; kind is "text", "spreadsheet", "presentation" or
// "drawing". styles are style:style elements, body what is in the body's
// element, meta what is in office:meta; more parts by name.
func ODF(kind, styles, body, meta string, parts map[string]string) []byte {
	media := kind
	if kind == "drawing" {
		media = "graphics"
	}
	all := map[string]string{
		"mimetype":              "application/vnd.oasis.opendocument." + media,
		"META-INF/manifest.xml": `<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>`,
		"meta.xml":              `<office:document-meta ` + odfNS + `><office:meta>` + meta + `</office:meta></office:document-meta>`,
		"content.xml": `<?xml version="1.0" encoding="UTF-8"?><office:document-content ` + odfNS + `><office:automatic-styles>` + styles +
			`</office:automatic-styles><office:body><office:` + kind + `>` + body + `</office:` + kind + `></office:body></office:document-content>`,
	}
	for name, content := range parts {
		all[name] = content
	}
	return Zip(all)
}

// FlatODF is ODF in one XML file.
func FlatODF(kind, styles, body, meta string) []byte {
	return []byte(`<?xml version="1.0" encoding="UTF-8"?><office:document ` + odfNS + ` office:mimetype="application/vnd.oasis.opendocument.` + kind + `"><office:meta>` + meta +
		`</office:meta><office:automatic-styles>` + styles + `</office:automatic-styles><office:body><office:` + kind + `>` + body + `</office:` + kind + `></office:body></office:document>`)
}
