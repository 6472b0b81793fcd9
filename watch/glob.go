package watch

import "strings"

// matchPath tells whether the segments of path match those of pattern, where
// the segment "**" stands for any number of them: none or more at the front
// and in the middle, one or more at the end.
func matchPath(pattern, path []string) bool {
	// The last "**" alone is worth going back to, as with "*" in matchName.
	star, resume := -1, 0
	p, s := 0, 0
	for s < len(path) {
		switch {
		case p < len(pattern) && pattern[p] == "**":
			if p == len(pattern)-1 {
				return true
			}
			star, resume = p, s
			p++
		case p < len(pattern) && matchName(pattern[p], path[s]):
			p++
			s++
		case star >= 0:
			resume++
			p, s = star+1, resume
		default:
			return false
		}
	}
	return p == len(pattern)
}

// matchName tells whether name, which holds no slash, matches pattern byte by
// byte as wildmatch.c of git does: "*" any bytes, "?" one byte, "[a-z]",
// "[!a-z]" and "[^a-z]" sets with classes such as "[:digit:]", "\" takes the
// next byte as it is. A pattern with an open set matches nothing.
func matchName(pattern, name string) bool {
	star, resume := -1, 0
	p, s := 0, 0
	for s < len(name) {
		if p < len(pattern) && pattern[p] == '*' {
			star, resume = p, s
			p++
			continue
		}
		if n, ok := matchByte(pattern[p:], name[s]); ok {
			p += n
			s++
			continue
		}
		if star < 0 {
			return false
		}
		resume++
		p, s = star+1, resume
	}
	return strings.Trim(pattern[p:], "*") == ""
}

// matchByte matches c with the first element of pattern, which is not "*", and
// returns the element's length.
func matchByte(pattern string, c byte) (n int, ok bool) {
	if pattern == "" {
		return 0, false
	}
	switch pattern[0] {
	case '?':
		return 1, true
	case '[':
		return matchSet(pattern, c)
	case '\\':
		if len(pattern) == 1 {
			return 0, false
		}
		return 2, pattern[1] == c
	}
	return 1, pattern[0] == c
}

// matchSet matches c with the set that pattern starts with.
func matchSet(pattern string, c byte) (n int, ok bool) {
	i := 1
	negated := i < len(pattern) && (pattern[i] == '!' || pattern[i] == '^')
	if negated {
		i++
	}
	in := false
	for first := true; ; first = false {
		if i >= len(pattern) {
			return 0, false
		}
		if pattern[i] == ']' && !first {
			return i + 1, in != negated
		}
		if strings.HasPrefix(pattern[i:], "[:") {
			if end := strings.Index(pattern[i+2:], ":]"); end >= 0 {
				has, known := inClass(pattern[i+2:i+2+end], c)
				if !known {
					return 0, false
				}
				in = in || has
				i += 2 + end + 2
				continue
			}
		}
		low, size := setByte(pattern[i:])
		if size == 0 {
			return 0, false
		}
		i += size
		high := low
		if i+1 < len(pattern) && pattern[i] == '-' && pattern[i+1] != ']' {
			if high, size = setByte(pattern[i+1:]); size == 0 {
				return 0, false
			}
			i += 1 + size
		}
		in = in || low <= c && c <= high
	}
}

// setByte returns the byte that s starts with inside a set, and its length.
func setByte(s string) (b byte, size int) {
	if s[0] != '\\' {
		return s[0], 1
	}
	if len(s) == 1 {
		return 0, 0
	}
	return s[1], 2
}

// inClass tells whether c is in the named POSIX class, for ASCII.
func inClass(name string, c byte) (in, known bool) {
	lower, upper, digit := c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9'
	switch name {
	case "alpha":
		return lower || upper, true
	case "digit":
		return digit, true
	case "alnum":
		return lower || upper || digit, true
	case "lower":
		return lower, true
	case "upper":
		return upper, true
	case "xdigit":
		return digit || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F', true
	case "space":
		return c == ' ' || c >= '\t' && c <= '\r', true
	case "blank":
		return c == ' ' || c == '\t', true
	case "cntrl":
		return c < ' ' || c == 0x7f, true
	case "print":
		return c >= ' ' && c < 0x7f, true
	case "graph":
		return c > ' ' && c < 0x7f, true
	case "punct":
		return c > ' ' && c < 0x7f && !lower && !upper && !digit, true
	}
	return false, false
}
