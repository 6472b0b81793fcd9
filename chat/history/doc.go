// Package history keeps conversations in a SQLite file of their own: the
// questions, what was searched for, the answers with what they cite, as they
// were then. It searches them, writes them out, and when it forgets one its
// bytes leave the file.
package history
