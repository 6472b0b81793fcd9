package watch

import (
	"bytes"
	"slices"
	"strings"
)

// ignoreNames are the files whose rules apply to their folder and below, the
// stronger one last. Both have the syntax of gitignore(5).
var ignoreNames = []string{".gitignore", ".golocalignore"}

// maxIgnore bounds an ignore file, bytes; what is longer is cut.
const maxIgnore = 1 << 20

// rules are the ignore rules in force in a folder: those of its own ignore
// files, and those of the folders above.
type rules struct {
	above    *rules
	base     string // the folder, "" for the root
	patterns []pattern
}

// pattern is one line of an ignore file.
type pattern struct {
	segments []string
	anywhere bool   // matches the name alone, at any depth
	folders  bool   // matches folders only
	keep     bool   // takes files back in
	text     string // as written
	file     string // path below the root, or the name of the root's own rules
	line     int
}

// parseIgnore returns the patterns of an ignore file. A line that gitignore(5)
// gives no meaning matches nothing.
func parseIgnore(file string, data []byte) []pattern {
	var patterns []pattern
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	line := 0
	for text := range strings.Lines(string(data)) {
		line++
		p := pattern{file: file, line: line}
		text = strings.TrimSuffix(strings.TrimSuffix(text, "\n"), "\r")
		p.text = text
		if strings.HasPrefix(text, "#") {
			continue
		}
		text = trimSpaces(text)
		if rest, ok := strings.CutPrefix(text, "!"); ok {
			p.keep, text = true, rest
		}
		if rest, ok := strings.CutSuffix(text, "/"); ok {
			p.folders, text = true, rest
		}
		text = plainSlashes(text)
		p.anywhere = !strings.Contains(text, "/")
		text = strings.TrimPrefix(text, "/")
		if text == "" {
			continue
		}
		p.segments = strings.Split(text, "/")
		patterns = append(patterns, p)
	}
	return patterns
}

// plainSlashes takes the backslash from escaped slashes, which mean the same.
func plainSlashes(s string) string {
	if !strings.Contains(s, `\/`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			i++
			if s[i] != '/' {
				b.WriteByte('\\')
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// trimSpaces cuts trailing spaces that no backslash keeps.
func trimSpaces(s string) string {
	end := len(s)
	for end > 0 && s[end-1] == ' ' {
		end--
	}
	slashes := 0
	for slashes < end && s[end-1-slashes] == '\\' {
		slashes++
	}
	if slashes%2 == 1 && end < len(s) {
		end++
	}
	return s[:end]
}

// ignores returns the pattern that leaves out the file or folder at path, nil
// if none does. The folders above path are taken to be in.
func (r *rules) ignores(path string, folder bool) *pattern {
	if p := r.decides(path, folder); p != nil && !p.keep {
		return p
	}
	return nil
}

// decides returns the pattern that decides about the file or folder at path, nil
// if none does: a later line beats an earlier one, and a deeper file one above it.
func (r *rules) decides(path string, folder bool) *pattern {
	for ; r != nil; r = r.above {
		below := path
		if r.base != "" {
			below = path[len(r.base)+1:]
		}
		var segments []string
		for i := range slices.Backward(r.patterns) {
			p := &r.patterns[i]
			if p.folders && !folder {
				continue
			}
			if segments == nil {
				segments = strings.Split(below, "/")
			}
			var match bool
			if p.anywhere {
				match = matchName(p.segments[0], segments[len(segments)-1])
			} else {
				match = matchPath(p.segments, segments)
			}
			if match {
				return p
			}
		}
	}
	return nil
}
