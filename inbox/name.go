package inbox

import (
	"fmt"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"golocal/internal/remark"
)

// Bounds of a path below the inbox. File systems take 255 bytes or UTF-16 units a
// name; what is left is for the number of a second file of that name.
const (
	maxName   = 200  // bytes of a name
	maxPath   = 1024 // bytes of the whole path
	maxDepth  = 32   // names in it
	maxEnding = 20   // bytes of what is kept as a name's ending when it is cut
)

// Clean makes of a path that a browser tells, with slashes, one that is safe to
// write below a folder on every system: relative, each name in NFC, without
// characters that some system gives a meaning to (they become "_"), without
// invisible ones that make a name look like another, without the spaces and dots
// at an end that Windows drops, none of Windows' device names, and none too long.
// The result is the same everywhere, so that an inbox can be carried from one
// machine to another. Clean(Clean(p)) is Clean(p).
//
// It refuses what no cleaning makes sense of: paths that lead upwards or begin at
// the top, empty names, bytes that are no UTF-8. The error is a *Refused.
func Clean(p string) (string, error) {
	switch {
	case !utf8.ValidString(p):
		return "", refuse(remark.NameNotUTF8)
	case strings.HasPrefix(p, "/"):
		return "", refuse(remark.NameFromTop)
	}
	names := strings.Split(p, "/")
	if len(names) > maxDepth {
		return "", refuse(remark.NameDeep, maxDepth)
	}
	for i, n := range names {
		if n == ".." {
			return "", refuse(remark.NameOut)
		}
		if names[i] = cleanName(n); names[i] == "" {
			return "", refuse(remark.NameEmpty)
		}
	}
	whole := strings.Join(names, "/")
	if len(whole) > maxPath {
		return "", refuse(remark.NameLong, maxPath)
	}
	return whole, nil
}

// cleanName cleans one name of a path; "" is what nothing is left of.
func cleanName(n string) string {
	n = norm.NFC.String(strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(`\:*?"<>|`, r), unicode.IsControl(r):
			return '_'
		case hidden(r):
			return -1
		}
		return r
	}, n))
	n = trim(n)
	if device(n) {
		n = "_" + n
	}
	if len(n) <= maxName {
		return n
	}
	ending := path.Ext(n)
	if len(ending) > maxEnding {
		ending = ""
	}
	stem := n[:maxName-len(ending)]
	for !utf8.ValidString(stem) {
		stem = stem[:len(stem)-1]
	}
	return trim(norm.NFC.String(trim(stem) + ending))
}

// trim takes away what Windows drops at the end of a name, and spaces at its
// beginning.
func trim(n string) string {
	n = strings.TrimLeftFunc(n, unicode.IsSpace)
	return strings.TrimRightFunc(n, func(r rune) bool { return r == '.' || unicode.IsSpace(r) })
}

// hidden tells of characters that are not seen and can make a name look like
// another: marks of direction (UAX #9), zero-width ones and tags. The two joiners
// stay, as Persian, Hindi and emoji are written with them.
func hidden(r rune) bool {
	return r != '\u200c' && r != '\u200d' && unicode.Is(unicode.Cf, r)
}

// devices are names that Windows keeps for itself, with any ending, in any case
// ("Naming Files, Paths, and Namespaces").
var devices = map[string]bool{"CON": true, "PRN": true, "AUX": true, "NUL": true, "CONIN$": true, "CONOUT$": true, "CLOCK$": true}

func init() {
	for _, port := range []string{"COM", "LPT"} {
		for _, n := range []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "¹", "²", "³"} {
			devices[port+n] = true
		}
	}
}

func device(n string) bool {
	stem, _, _ := strings.Cut(n, ".")
	return devices[strings.ToUpper(strings.TrimRightFunc(stem, unicode.IsSpace))]
}

// numbered is the nth name for a file called p: "a/b.md", "a/b (2).md".
func numbered(p string, n int) string {
	if n == 1 {
		return p
	}
	dir, name := path.Split(p)
	ending := path.Ext(name)
	if ending == name || len(ending) > maxEnding { // ".gitignore" has none
		ending = ""
	}
	return fmt.Sprintf("%s%s (%d)%s", dir, strings.TrimSuffix(name, ending), n, ending)
}
