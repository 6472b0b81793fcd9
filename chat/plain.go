package chat

import (
	"regexp"
	"strings"

	"golocal/internal/prose"
)

var (
	plainImage  = regexp.MustCompile(`!\[([^\]]*)\](\([^)]*\)|\[[^\]]*\])`)
	plainLink   = regexp.MustCompile(`\[([^\]]+)\](\([^)]*\)|\[[^\]]*\])`)
	plainStrong = regexp.MustCompile(`(\*\*\*|\*\*|__|~~)(\S(?:.*?\S)?)(\*\*\*|\*\*|__|~~)`)
	plainEm     = regexp.MustCompile(`(^|[^\pL\pN*_])([*_])(\S(?:[^*_]*[^\s*_])?)([*_])($|[^\pL\pN*_])`)
	plainCode   = regexp.MustCompile("`+([^`]+)`+")
	plainTag    = regexp.MustCompile(`</?[a-zA-Z][^>]*>`)
	plainSpace  = regexp.MustCompile(`[ \t\f]+`)
)

// plain is a quote as prose: without Markdown markup, one list entry a line.
// Source code is left as it is.
func plain(quote string, code bool) string {
	if code {
		return quote
	}
	var out []string
	for line := range strings.Lines(quote) {
		line = strings.TrimSpace(line)
		for strings.HasPrefix(line, ">") {
			line = strings.TrimSpace(line[1:])
		}
		bullet := ""
		if n := prose.Bullet(line); n > 0 {
			if c := line[0]; c >= '0' && c <= '9' {
				bullet = line[:n]
			} else {
				bullet = "• "
			}
			line = line[n:]
		}
		line = strings.TrimSpace(strings.TrimLeft(line, "#"))
		line = plainImage.ReplaceAllString(line, "$1")
		line = plainLink.ReplaceAllString(line, "$1")
		line = plainCode.ReplaceAllString(line, "$1")
		line = plainStrong.ReplaceAllString(line, "$2")
		line = plainEm.ReplaceAllString(line, "$1$3$5")
		line = plainTag.ReplaceAllString(line, "")
		if strings.HasPrefix(line, "|") {
			line = strings.TrimSpace(strings.Trim(line, "|"))
		}
		line = strings.TrimSpace(plainSpace.ReplaceAllString(line, " "))
		switch {
		case line == "":
		case bullet == "" && len(out) > 0:
			out[len(out)-1] += " " + line // a wrapped line
		default:
			out = append(out, bullet+line)
		}
	}
	return strings.Join(out, "\n")
}
