package main

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"charm.land/lipgloss/v2"
)

// urlPath writes a file path as the path of a URL.
type urlPath struct{ path string }

func (u *urlPath) String() string { return (&url.URL{Path: u.path}).EscapedPath() }

// oneLine folds all white space to single spaces.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// orText is s, or other where s is empty.
func orText(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// wrap breaks lines at spaces so that none is wider than n columns.
func wrap(s string, n int) string {
	if n < 20 {
		n = 20
	}
	return strings.TrimRight(lipgloss.Wrap(s, n, " "), " ")
}

// cut shortens s to n runes with an ellipsis.
func cut(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	r := []rune(s)
	return string(r[:n-1]) + "…"
}
