package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// inboxName is what the folder is called where nothing else is set.
const inboxName = "golocal Inbox"

// inboxOff is the setting with which no files are taken.
const inboxOff = "off"

// inboxFolder is where files that are dropped on the page are copied to; "" is
// that none are taken.
func (c config) inboxFolder() (string, error) {
	if c.Inbox == inboxOff {
		return "", nil
	}
	home, err := os.UserHomeDir()
	if err != nil && !filepath.IsAbs(c.Inbox) {
		return "", nil // a service without a home: there is no place that a person would look in
	}
	if c.Inbox != "" {
		return filepath.Clean(untilded(c.Inbox, home)), nil
	}
	if real := documents(home); isFolder(real) {
		return filepath.Join(real, inboxName), nil
	}
	return filepath.Join(home, inboxName), nil
}

// untilded puts home in the place of a leading ~.
func untilded(path, home string) string {
	if rest, ok := strings.CutPrefix(path, "~"); ok && (rest == "" || os.IsPathSeparator(rest[0])) {
		return home + rest
	}
	return path
}

// checkInbox refuses a setting that names no folder.
func checkInbox(set string) error {
	if set == "" || set == inboxOff || filepath.IsAbs(untilded(set, os.TempDir())) {
		return nil
	}
	return fmt.Errorf("inbox is %q; give a folder's whole path, such as ~/Documents/golocal Inbox, or off", set)
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
