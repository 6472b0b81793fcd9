// Package watch tells which files need attention, so that after settling the
// index equals the folders.
//
// A [Watcher] owns one goroutine per root. Each learns of changes from the
// operating system, or by looking regularly where events do not come (network
// mounts, watches exhausted, file systems whose changes bring no events), and compares the whole folder with the
// [Catalogue] at start, hourly, and after every loss of events. What it finds
// goes into a [Queue], where repeats fold and files settle before a worker
// takes them.
//
// Nothing here reads a document's content or writes into a root. Links are
// never followed; secrets by name, golocal's own data, and what ignore files and
// the root's own rules name are left out. [Watcher.Why] tells which rule decides.
package watch
