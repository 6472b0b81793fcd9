package main

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"golocal"
	"golocal/web"
)

func TestFailedText(t *testing.T) {
	roots := []web.RootStatus{{Root: golocal.Root{ID: 1, Path: "/notes"}}}
	docs := []golocal.Document{
		{Ref: golocal.Ref{Root: 1, Path: "a/x.zip"}, State: golocal.StateUnsupported, Reason: "an archive"},
		{Ref: golocal.Ref{Root: 1, Path: "half.pdf"}, State: golocal.StateReady, Pages: 40, Blank: 12, Notes: []string{"12 of 40 pages have no text"}},
		{Ref: golocal.Ref{Root: 1, Path: "mail.eml"}, State: golocal.StateReady, Notes: []string{"attachment a.png: an image", "hidden text was left out (180 characters)"}},
		{Ref: golocal.Ref{Root: 1, Path: "page.html"}, State: golocal.StateReady, Notes: []string{"hidden text was left out (9 characters)"}},
		{Ref: golocal.Ref{Root: 1, Path: "b.pdf"}, State: golocal.StateFailed, Reason: "needs a password"},
		{Ref: golocal.Ref{Root: 1, Path: "c\x1b[2J.docx"}, State: golocal.StateFailed, Reason: "needs a password"},
		{Ref: golocal.Ref{Root: 1, Path: "z.docx"}, State: golocal.StateFailed, Reason: "broken"},
	}
	for i := range named + 3 {
		docs = append(docs, golocal.Document{Ref: golocal.Ref{Root: 1, Path: fmt.Sprintf("p%02d.png", i)}, State: golocal.StateUnsupported, Reason: "an image"})
	}
	got := failedText(docs, roots)
	plain := regexp.MustCompile(`\x1b\[[0-9;]*m`).ReplaceAllString(got, "")
	want := `3 files could not be read
  needs a password
    /notes/b.pdf
    /notes/c\x1b[2J.docx
  broken
    /notes/z.docx

3 files read in part
  hidden text was left out
    /notes/mail.eml  180 characters
    /notes/page.html  9 characters
  12 of 40 pages have no text
    /notes/half.pdf
  an attachment: an image
    /notes/mail.eml  a.png

16 files of a type that is not read
  an image
    /notes/p00.png`
	if !strings.HasPrefix(plain, want) {
		t.Errorf("%s", plain)
	}
	if !strings.HasSuffix(plain, `    /notes/p11.png
    and 3 more; golocal status --failed --json lists all
  an archive
    /notes/a/x.zip
`) {
		t.Errorf("%s", plain)
	}
}
