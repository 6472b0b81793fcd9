package parse

import "strings"

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// typesOf maps each extension of a list to its type.
func typesOf(lists map[string]string) map[string]string {
	m := map[string]string{}
	for kind, words := range lists {
		for w := range strings.FieldsSeq(words) {
			m[w] = kind
		}
	}
	return m
}

var (
	markdownExt = set(".md .markdown .mdown .mkd .mkdn .mdx .mdwn .mdtext .rmd .qmd")
	htmlExt     = set(".html .htm .xhtml .xht .shtml")
	textTypes   = typesOf(map[string]string{
		MHTML: ".mhtml .mht", Mail: ".eml .emlx", Mailbox: ".mbox .mbx",
		CSV:  ".csv .tsv .tab .psv",
		JSON: ".json .geojson .topojson .webmanifest .jsonld .json5 .jsonc .har .avsc .canvas .code-workspace .gltf", JSONL: ".jsonl .ndjson .jsonlines",
		Data: `.yaml .yml .toml .ini .cfg .conf .cnf .properties .editorconfig .gitconfig .desktop .service .reg .inf .cff .ics .ical .vcf .vcard
			.xml .svg .plist .rss .atom .opml .kml .gpx .tcx .xsd .xsl .xslt .wsdl .rdf .owl .fb2 .fodt .dbk .docbook .tei .dita .ditamap .nxml .jats .tmx .xlf .xliff
			.resx .csproj .vbproj .vcxproj .pom .drawio .graphml .musicxml .sitemap .xaml .xmp .gml .ttml .dae`,
		Notebook: ".ipynb", Subtitles: ".srt .vtt .sbv .ass .ssa .lrc",
		LaTeX: ".tex .latex .ltx", Org: ".org", AsciiDoc: ".adoc .asciidoc .asc", RST: ".rst .rest",
	})
	// misnamed extensions name data that servers give out, and with it now and
	// then a page that says why there is none.
	misnamed = set(".csv .tsv .json .jsonl .xml .yaml .yml .rss .atom")
	// textExt is text without a structure of its own; it wins over what the text looks like.
	imageExt = set(".png .jpg .jpeg .gif .bmp .tif .tiff .webp")
	textExt  = set(".txt .text .log .bib .po .pot .nfo .1st .me .readme .diz .asciitxt .wiki .mediawiki .textile .fountain .ris .enw .out .err .lst")
	dataName = set(".editorconfig .gitconfig .gitattributes .gitmodules .npmrc .prettierrc .eslintrc .babelrc")
	codeExt  = set(`.go .py .pyi .pyw .js .mjs .cjs .jsx .ts .mts .cts .tsx .java .kt .kts .scala .groovy .c .h .cc .cpp .cxx .hpp .hh .hxx .m .mm
		.cs .fs .fsx .vb .swift .rs .rb .php .pl .pm .lua .r .jl .dart .ex .exs .erl .hrl .hs .lhs .ml .mli .clj .cljs .cljc .edn .el .lisp .scm .rkt
		.sh .bash .zsh .fish .ps1 .psm1 .bat .cmd .awk .sed .sql .css .scss .sass .less .vue .svelte .astro .proto .thrift .graphql .gql .tf .hcl .nix
		.zig .nim .v .sv .vhd .vhdl .d .pas .pp .f .f90 .f95 .for .ada .adb .ads .asm .s .cmake .mk .gradle .dockerfile .bzl .star .sol .move .wat .cu
		.cuh .glsl .hlsl .wgsl .metal .vim .tcl .coffee .elm .purs .re .res .cr .hx .gd .jsonnet .cue .rego .diff .patch .tmpl .j2 .erb .ejs .hbs
		.sty .cls .bst .bas .cob .cbl .abap .ino .pde .applescript .ahk .au3 .nsi .iss .spec .feature .robot .qml .dtd .ebnf .g4 .y .l`)
	codeName = set("makefile gnumakefile dockerfile containerfile rakefile gemfile vagrantfile jenkinsfile procfile cmakelists.txt build.bazel build workspace justfile go.mod go.work")
)
