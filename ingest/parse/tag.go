package parse

import (
	"regexp"
	"strings"
)

// maxTags bounds the tags that are taken out of one text.
const maxTags = 100

var (
	inlineTag  = regexp.MustCompile(`(?:^|[\s(,;>"'*_\[])#([\p{L}\p{N}_/\p{So}-]+)`)
	inlineCode = regexp.MustCompile("`+[^`]*`+")
	comment    = regexp.MustCompile(`(?s)%%.*?%%|<!--.*?-->`)
	colour     = regexp.MustCompile(`^(?:[0-9a-fA-F]{3}){1,2}$`)
)

// inlineTags returns the tags that stand in a note's text (#project,
// #project/home), without code,
// comments, colours and numbers.
func inlineTags(body string) []string {
	var out []string
	seen := map[string]bool{}
	fence := ""
	for line := range strings.SplitSeq(comment.ReplaceAllString(body, ""), "\n") {
		t := strings.TrimLeft(line, " \t>")
		switch {
		case fence != "":
			if strings.HasPrefix(t, fence) {
				fence = ""
			}
			continue
		case strings.HasPrefix(t, "```"), strings.HasPrefix(t, "~~~"):
			fence = t[:3]
			continue
		case !strings.Contains(line, "#"):
			continue
		}
		for _, m := range inlineTag.FindAllStringSubmatch(inlineCode.ReplaceAllString(line, "`"), -1) {
			tag := strings.Trim(m[1], "/-")
			digits := strings.IndexFunc(tag, func(r rune) bool { return r < '0' || r > '9' }) < 0
			if tag == "" || len(tag) > 100 || digits || colour.MatchString(tag) && strings.ContainsAny(tag, "0123456789") || seen[tag] {
				continue
			}
			if seen[tag] = true; len(out) < maxTags {
				out = append(out, tag)
			}
		}
	}
	return out
}
