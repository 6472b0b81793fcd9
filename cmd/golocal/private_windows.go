package main

import "io/fs"

// keepPrivate does nothing: files below the user's profile are private already.
func keepPrivate() {}

// ownedByUser is true: the user's temporary folder is the user's own.
func ownedByUser(fs.FileInfo) bool { return true }
