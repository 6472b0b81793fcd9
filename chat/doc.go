// Package chat answers questions from the user's files. An Assistant searches,
// chooses the best sentences of the files (quotes), and where a chat model is
// good enough lets it write an answer whose every sentence is checked against
// the sources while it streams.
//
// The model is never believed: citation markers are resolved here, claims are
// compared with the cited text, and what a document tells the model to do has
// no effect, because nothing reachable from here has effects.
package chat
