package parse

import (
	"bytes"
	"path"
	"strings"

	"github.com/gabriel-vasile/mimetype"
)

// The types of documents, as golocal.Document has them.
const (
	Markdown = "markdown"
	Text     = "text"
	Code     = "code"
	HTML     = "html"
	PDF      = "pdf"
	DOCX     = "docx"

	PPTX      = "pptx"
	XLSX      = "xlsx"
	ODT       = "odt"
	ODS       = "ods"
	ODP       = "odp"
	EPUB      = "epub"
	RTF       = "rtf"
	MHTML     = "mhtml"
	Mail      = "mail"    // one message: .eml
	Mailbox   = "mailbox" // many: .mbox
	Outlook   = "outlook" // .msg
	CSV       = "csv"     // tabs and semicolons too
	JSON      = "json"
	JSONL     = "jsonl"
	Data      = "data" // YAML, TOML, INI and the like, XML
	Notebook  = "notebook"
	Subtitles = "subtitles"
	LaTeX     = "latex"
	Org       = "org"
	AsciiDoc  = "asciidoc"
	RST       = "rst"
	Image     = "image"
	Legacy    = "legacy" // Word, Excel and PowerPoint before 2007
	zipped    = "zip"    // some container: its parts tell
	compound  = "ole"    // some compound file: its streams tell
)

// Type names a file's type: by content, then by the name's extension, then,
// for containers, by what is inside (left to the container's parser). "" means
// that the content is not recognised as text or as anything golocal parses.
func Type(name string, data []byte) string {
	head := data[:min(len(data), 4096)]
	switch {
	case isPDF(head, strings.EqualFold(path.Ext(name), ".pdf")):
		return PDF
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return zipped
	case bytes.HasPrefix(head, oleMagic):
		return compound
	case rtf(head):
		return RTF
	case picture(head):
		return Image
	case binaryContent(head):
		return ""
	}
	ext := strings.ToLower(path.Ext(name))
	switch {
	case markdownExt[ext]:
		return Markdown
	case htmlExt[ext]:
		return HTML
	case textTypes[ext] != "":
		return textTypes[ext]
	case codeExt[ext] || codeName[strings.ToLower(name)]:
		return Code
	case bytes.HasPrefix(head, []byte("#!")):
		return Code
	case !textExt[ext] && looksLikeHTML(head):
		return HTML
	}
	return Text
}

// oleMagic begins a Compound File (MS-CFB): Office files before 2007, and
// encrypted ones of today.
var oleMagic = []byte{0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1}

// isPDF looks for the header in the first 1024 bytes, where readers accept it
// (ISO 32000-1, appendix H.3, note 13).
func isPDF(head []byte, named bool) bool {
	i := bytes.Index(head[:min(len(head), 1029)], []byte("%PDF-"))
	return i == 0 || i > 0 && (named || !looksLikeProse(head[:i]))
}

// picture reports an image that can be looked at for text.
func picture(head []byte) bool {
	return strings.HasPrefix(mimetype.Detect(head).String(), "image/") && !mimetype.Detect(head).Is("image/svg+xml")
}

// looksLikeProse keeps a text that only mentions the header from being taken for a PDF.
func looksLikeProse(b []byte) bool {
	letters := 0
	for _, c := range b {
		if c|0x20 >= 'a' && c|0x20 <= 'z' {
			letters++
		}
	}
	return letters > 20 && letters*2 > len(b)
}

func looksLikeHTML(head []byte) bool {
	head = bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n"))
	if bytes.HasPrefix(head, []byte("<?xml")) {
		return bytes.Contains(head, []byte("<html"))
	}
	return bytes.HasPrefix(head, []byte("<!doctype html")) || bytes.HasPrefix(head, []byte("<html"))
}

// Plain reports a type whose text is the file itself.
func Plain(kind string) bool {
	switch kind {
	case "", PDF, zipped, compound, RTF, Image:
		return false
	}
	return true
}

// binaryContent reports content of a known type that is not text.
func binaryContent(head []byte) bool {
	for m := mimetype.Detect(head); m != nil; m = m.Parent() {
		if m.Is("text/plain") {
			return false
		}
		if m.Is("application/octet-stream") {
			_, ok := decodeHead(head)
			return !ok
		}
	}
	return true
}

func rtf(head []byte) bool { return bytes.HasPrefix(head, []byte(`{\rtf`)) }

// decodeHead decodes the beginning of a file, which may end inside a character.
func decodeHead(head []byte) (string, bool) {
	if len(head)%2 != 0 {
		head = head[:len(head)-1]
	}
	return decode(head)
}

// unknown says what a file is that no parser takes.
func unknown(name string, head []byte) *Failure {
	kind := mimetype.Detect(head)
	major, _, _ := strings.Cut(kind.String(), "/")
	switch {
	case major == "audio" || major == "video" || major == "font":
		return Unsupported("%s file", map[string]string{"audio": "an audio", "video": "a video", "font": "a font"}[major])
	case kind.Is("application/octet-stream") || kind.Is("text/plain"):
		return Unsupported("not text, and not a type that is known")
	}
	media, _, _ := strings.Cut(kind.String(), ";")
	return Unsupported("no parser for %s", strings.TrimSpace(media))
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

var (
	markdownExt = set(".md .markdown .mdown .mkd .mkdn .mdx .mdwn .rmd .qmd")
	htmlExt     = set(".html .htm .xhtml .xht .shtml")
	textTypes   = map[string]string{
		".mhtml": MHTML, ".mht": MHTML, ".eml": Mail, ".mbox": Mailbox, ".csv": CSV, ".tsv": CSV, ".tab": CSV,
		".json": JSON, ".geojson": JSON, ".webmanifest": JSON, ".jsonl": JSONL, ".ndjson": JSONL,
		".yaml": Data, ".yml": Data, ".toml": Data, ".ini": Data, ".cfg": Data, ".conf": Data, ".properties": Data, ".xml": Data, ".svg": Data,
		".ipynb": Notebook, ".srt": Subtitles, ".vtt": Subtitles, ".tex": LaTeX, ".latex": LaTeX, ".ltx": LaTeX,
		".org": Org, ".adoc": AsciiDoc, ".asciidoc": AsciiDoc, ".asc": AsciiDoc, ".rst": RST, ".rest": RST,
	}
	textExt = set(".txt .text .log .csv .tsv .json .jsonl .ndjson .yaml .yml .toml .ini .cfg .conf .xml .svg .rst .org .adoc .asciidoc .tex .srt .vtt .eml .mbox .ipynb .properties .bib .po")
	// dataExt is text whose lines are records rather than sentences.
	dataExt = set(".json .jsonl .ndjson .yaml .yml .toml .ini .cfg .conf .xml .svg .properties .ipynb .log .po")
	codeExt = set(`.go .py .pyi .pyw .js .mjs .cjs .jsx .ts .mts .cts .tsx .java .kt .kts .scala .groovy .c .h .cc .cpp .cxx .hpp .hh .hxx .m .mm
		.cs .fs .fsx .vb .swift .rs .rb .php .pl .pm .lua .r .jl .dart .ex .exs .erl .hrl .hs .lhs .ml .mli .clj .cljs .cljc .edn .el .lisp .scm .rkt
		.sh .bash .zsh .fish .ps1 .psm1 .bat .cmd .awk .sed .sql .css .scss .sass .less .vue .svelte .astro .proto .thrift .graphql .gql .tf .hcl .nix
		.zig .nim .v .sv .vhd .vhdl .d .pas .pp .f .f90 .f95 .for .ada .adb .ads .asm .s .cmake .mk .gradle .dockerfile .bzl .star .sol .move .wat .cu
		.cuh .glsl .hlsl .wgsl .metal .vim .tcl .coffee .elm .purs .re .res .cr .hx .gd .jsonnet .cue .rego .diff .patch .tmpl .j2 .erb .ejs .hbs`)
	codeName = set("makefile gnumakefile dockerfile containerfile rakefile gemfile vagrantfile jenkinsfile procfile cmakelists.txt build.bazel build workspace justfile go.mod go.work")
)
