package parse

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"golocal"
	"golocal/internal/sample"
)

func TestMarkup(t *testing.T) {
	at := func(kind golocal.Kind, path, text string, a, b int) shown {
		return shown{kind, path, text, lineRange(a, b)}
	}
	const h, p, l, c, table = golocal.KindHeading, golocal.KindParagraph, golocal.KindList, golocal.KindCode, golocal.KindTable
	day := time.Date(2024, 5, 2, 0, 0, 0, 0, time.UTC)
	for _, f := range []struct {
		name, source, title, note string
		meta                      golocal.Meta
		want                      []shown
	}{
		{"a.org", sample.Org, "House plan", "other.org", golocal.Meta{Authors: []string{"Ann Lee"}, Created: day, Tags: []string{"Our house", "home", "shop", "red"}}, []shown{
			at(c, "", "#+TITLE: House plan\n#+AUTHOR: Ann Lee\n#+DATE: <2024-05-02 Thu>\n#+FILETAGS: :home:", 1, 4),
			at(p, "", "Before all.", 6, 6),
			at(h, "", "* TODO [#A] Buy [[https://x.org][paint]] [1/2] :shop:red:", 7, 7),
			at(p, "Buy paint", "Text of\ntwo lines.", 12, 13),
			at(l, "Buy paint", "- one\n  more\n- two", 15, 17),
			at(h, "Buy paint", "** Budget", 19, 19),
			at(table, "Buy paint > Budget", "| Item | Cost |\n|------+------|\n| Oil  | 5    |", 20, 22),
			at(c, "Buy paint > Budget", "#+CAPTION: How to mix\n#+begin_src sh\n* not a heading\n#+end_src", 24, 27),
			at(p, "Buy paint > Budget", "#+begin_quote\nSaid.\n#+end_quote", 28, 30),
			at(c, "Buy paint > Budget", ": fixed", 31, 31),
			at(c, "Buy paint > Budget", "#+INCLUDE: \"other.org\"", 32, 32),
		}},
		{"a.adoc", sample.AsciiDoc, "The Guide", "more.adoc", golocal.Meta{Authors: []string{"Ann Lee", "Bob Ray"}, Created: day, Tags: []string{"one", "two"}}, []shown{
			at(h, "", "= The Guide", 1, 1),
			at(c, "The Guide", "Ann Lee <ann@example.org>; Bob Ray\nv1.0, 2024-05-02\n:keywords: one, two", 2, 4),
			at(p, "The Guide", "First words.", 6, 6),
			at(h, "The Guide", "== Install *now*", 8, 8),
			at(l, "The Guide > Install now", ".Steps\n. Unpack\n+\n----\ntar x\n----\n. Run", 10, 16),
			at(p, "The Guide > Install now", "[NOTE]\n====\nMind the step.", 18, 20),
			at(p, "The Guide > Install now", "====", 21, 21),
			at(c, "The Guide > Install now", "[source,sh]\n----\n== not a heading\n----", 23, 26),
			at(table, "The Guide > Install now", "|Name |Age\n\n|Ann |5", 29, 31),
			at(l, "The Guide > Install now", "term:: what it means", 34, 34),
			at(p, "The Guide > Install now", "include::more.adoc[]", 35, 35),
			at(h, "The Guide > Install now", "Deep\n~~~~", 37, 38),
			at(p, "The Guide > Install now > Deep", "// a comment\nLast.", 40, 41),
		}},
		{"a.rst", sample.RST, "Manual", "more.rst", golocal.Meta{Authors: []string{"Ann Lee"}, Created: day, Tags: []string{"one", "two"}}, []shown{
			at(h, "", "======\nManual\n======", 1, 3),
			at(c, "Manual", ":Author: Ann Lee\n:Date: 2024-05-02\n:Tags: one, two", 5, 7),
			at(p, "Manual", "Words of *one*\nparagraph::", 9, 10),
			at(c, "Manual", "    code here\n\n    more", 12, 14),
			at(h, "Manual", "Use of :ref:`tools <t>`\n----------------------", 16, 17),
			at(l, "Manual > Use of tools", "- item\n\n  goes on\n- next", 19, 22),
			at(c, "Manual > Use of tools", ".. _name:\n\n.. code-block:: go\n\n   x := 1", 24, 28),
			at(p, "Manual > Use of tools", ".. note:: Mind\n   this.", 30, 31),
			at(table, "Manual > Use of tools", "| A   | B   |\n+=====+=====+\n| 1   | 2   |\n+-----+-----+", 34, 37),
			at(table, "Manual > Use of tools", "C   D\n==  ==\n3   4\n==  ==", 40, 43),
			at(h, "Manual > Use of tools", "Deeper\n~~~~~~", 45, 46),
			at(p, "Manual > Use of tools > Deeper", ".. include:: more.rst", 48, 48),
			at(h, "Manual", "Next\n----", 50, 51),
			at(p, "Manual > Next", "End.", 52, 52),
		}},
	} {
		doc, err := parseOne(t, f.name, []byte(f.source))
		if err != nil {
			t.Fatal(err)
		}
		if want := strings.Replace(f.source, ":PROPERTIES:\n:ID: 1\n:ROAM_ALIASES: \"Our house\"\n:END:\n", "", 1); doc.Text != want {
			t.Errorf("%s: the text is not the file's", f.name)
		}
		if doc.Title != f.title || cmp.Diff(f.meta, doc.Meta) != "" {
			t.Errorf("%s: title %q, %s", f.name, doc.Title, cmp.Diff(f.meta, doc.Meta))
		}
		if len(doc.Notes) != 1 || doc.Notes[0] != "it takes in other files, which are read on their own: "+f.note {
			t.Errorf("%s: notes %q", f.name, doc.Notes)
		}
		if diff := cmp.Diff(f.want, show(doc)); diff != "" {
			t.Errorf("%s:\n%s", f.name, diff)
		}
	}
}
