package ingest

import (
	"bytes"
	"path"
	"strings"

	"github.com/gabriel-vasile/mimetype"
)

// The types of documents.
const (
	typeMarkdown = "markdown"
	typeText     = "text"
	typeCode     = "code"
	typeHTML     = "html"
	typePDF      = "pdf"
	typeDOCX     = "docx"
)

// detect names a file's type: by content, then by the name's extension, then,
// for containers, by what is inside (left to the container's parser). "" means
// that the content is not recognised as text or as anything golocal parses.
func detect(name string, data []byte) string {
	head := data[:min(len(data), 4096)]
	switch {
	case isPDF(head, strings.EqualFold(path.Ext(name), ".pdf")):
		return typePDF
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return typeDOCX
	case bytes.HasPrefix(head, oleMagic):
		return typeDOCX // where an encrypted one hides
	case binaryContent(head):
		return ""
	}
	ext := strings.ToLower(path.Ext(name))
	switch {
	case markdownExt[ext]:
		return typeMarkdown
	case htmlExt[ext]:
		return typeHTML
	case codeExt[ext] || codeName[strings.ToLower(name)]:
		return typeCode
	case bytes.HasPrefix(head, []byte("#!")):
		return typeCode
	case !textExt[ext] && looksLikeHTML(head):
		return typeHTML
	}
	return typeText
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

// binaryContent reports content of a known type that is not text.
func binaryContent(head []byte) bool {
	for m := mimetype.Detect(head); m != nil; m = m.Parent() {
		if m.Is("text/plain") {
			return rtf(head)
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
	if rtf(head) {
		return unsupported("rich text (.rtf) is not read yet; save it as .docx")
	}
	kind := mimetype.Detect(head)
	major, _, _ := strings.Cut(kind.String(), "/")
	switch {
	case major == "image":
		return unsupported("an image; text in images is not read")
	case major == "audio" || major == "video" || major == "font":
		return unsupported("%s file", map[string]string{"audio": "an audio", "video": "a video", "font": "a font"}[major])
	case kind.Is("application/octet-stream") || kind.Is("text/plain"):
		return unsupported("not text, and not a type that is known")
	}
	media, _, _ := strings.Cut(kind.String(), ";")
	return unsupported("no parser for %s", strings.TrimSpace(media))
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
	textExt     = set(".txt .text .log .csv .tsv .json .jsonl .ndjson .yaml .yml .toml .ini .cfg .conf .xml .svg .rst .org .adoc .asciidoc .tex .srt .vtt .eml .mbox .ipynb .properties .bib .po")
	// dataExt is text whose lines are records rather than sentences.
	dataExt = set(".json .jsonl .ndjson .yaml .yml .toml .ini .cfg .conf .xml .svg .properties .ipynb .log .po")
	codeExt = set(`.go .py .pyi .pyw .js .mjs .cjs .jsx .ts .mts .cts .tsx .java .kt .kts .scala .groovy .c .h .cc .cpp .cxx .hpp .hh .hxx .m .mm
		.cs .fs .fsx .vb .swift .rs .rb .php .pl .pm .lua .r .jl .dart .ex .exs .erl .hrl .hs .lhs .ml .mli .clj .cljs .cljc .edn .el .lisp .scm .rkt
		.sh .bash .zsh .fish .ps1 .psm1 .bat .cmd .awk .sed .sql .css .scss .sass .less .vue .svelte .astro .proto .thrift .graphql .gql .tf .hcl .nix
		.zig .nim .v .sv .vhd .vhdl .d .pas .pp .f .f90 .f95 .for .ada .adb .ads .asm .s .cmake .mk .gradle .dockerfile .bzl .star .sol .move .wat .cu
		.cuh .glsl .hlsl .wgsl .metal .vim .tcl .coffee .elm .purs .re .res .cr .hx .gd .jsonnet .cue .rego .diff .patch .tmpl .j2 .erb .ejs .hbs`)
	codeName = set("makefile gnumakefile dockerfile containerfile rakefile gemfile vagrantfile jenkinsfile procfile cmakelists.txt build.bazel build workspace justfile go.mod go.work")
)
