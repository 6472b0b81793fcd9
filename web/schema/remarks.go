package main

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"golocal/internal/remark"
)

// remarks is the TypeScript of all that the daemon says by code: a type of the codes
// and the texts of each language. A language that lacks one does not compile.
func remarks() string {
	codes := slices.Sorted(maps.Keys(remark.Texts("en")))
	var b strings.Builder
	b.WriteString("// Made from internal/remark by go generate ./web: change that package, not this file.\nimport type { Language } from \"./catalogue\";\n\nexport type RemarkCode =\n")
	for _, c := range codes {
		b.WriteString("  | " + strconv.Quote(string(c)) + "\n")
	}
	b.WriteString(";\n\n/** What is said, by code; values go into it by number (see remark.ts). */\nexport const remarks: Record<Language, Record<RemarkCode, string>> = {\n")
	for _, language := range remark.Languages {
		texts := remark.Texts(language)
		b.WriteString("  " + language + ": {\n")
		for _, c := range codes {
			b.WriteString("    " + strconv.Quote(string(c)) + ": " + strconv.Quote(texts[c]) + ",\n")
		}
		b.WriteString("  },\n")
	}
	b.WriteString("};\n")
	return b.String()
}
