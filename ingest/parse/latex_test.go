package parse

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"golocal"
	"golocal/internal/sample"
)

func TestLaTeX(t *testing.T) {
	doc, err := parseOne(t, "a.tex", []byte(sample.LaTeX))
	if err != nil {
		t.Fatal(err)
	}
	want := []shown{
		{golocal.KindParagraph, "", "Paid by nobody.", lineRange(6, 6)},
		{golocal.KindHeading, "", "Abstract", lineRange(11, 11)},
		{golocal.KindParagraph, "Abstract", "We measure.", lineRange(12, 12)},
		{golocal.KindHeading, "", "Introduction", lineRange(15, 15)},
		{golocal.KindParagraph, "Introduction", "The Größe rises — as “said” in [lee,ray] and Section [sec:in]. Second line costs 5 % of $x^2 \\le 3$.", lineRange(16, 17)},
		{golocal.KindParagraph, "Introduction", "A note.", lineRange(17, 17)},
		{golocal.KindHeading, "Introduction", "Data & tools", lineRange(19, 19)},
		{golocal.KindList, "Introduction > Data & tools", "First bold item\nKey x and y, a and b", lineRange(21, 23)},
		{golocal.KindTable, "Introduction > Data & tools", "Place | Level\nCafé | 2 µm", lineRange(28, 29)},
		{golocal.KindParagraph, "Introduction > Data & tools", "Levels", lineRange(31, 31)},
		{golocal.KindCode, "Introduction > Data & tools", "\\raw{code} % stays", lineRange(34, 34)},
		{golocal.KindParagraph, "Introduction > Data & tools", "$$a = b$$", lineRange(36, 36)},
	}
	got := show(doc)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	meta := golocal.Meta{Authors: []string{"Ann Lee", "Bob Ray"}, Created: time.Date(2024, 5, 2, 0, 0, 0, 0, time.UTC)}
	if doc.Title != "On Sea Levels" || cmp.Diff(meta, doc.Meta) != "" {
		t.Errorf("title %q, %s", doc.Title, cmp.Diff(meta, doc.Meta))
	}
	if len(doc.Notes) != 1 || doc.Notes[0] != "it takes in other files, which are read on their own: appendix" {
		t.Errorf("notes %q", doc.Notes)
	}
}

func TestLaTeX_Pieces(t *testing.T) {
	for source, want := range map[string]string{
		`\'e\"{o}\^\i \c{c}\v s \H{o}\ss{} \O{}re \AA ngstr\"om`:                       "éöîçš őß Øre Ångström",
		`{\bf bold} \textcolor{red}{red} \href{http://x.org}{link} \url{http://y.org}`: "bold red link http://y.org",
		`a\\b \verb|x_y{| -- c---d 'q' ~z`:                                             "a b x_y{ – c—d ’q’ z",
		`\chapter{One} text \section{Two}`:                                             "One\ntext\nTwo",
		`\def\x#1{<#1>}\x{a} \x b`:                                                     "<a> <b>",
		`\def\01{\{0,1\}} \topmargin=-1.5cm \parskip 3pt words`:                        "words",
		`\[ a % no` + "\n" + `+ b \label{x}\] and \(c\)`:                               "$$a + b$$ and $c$",
		`broken {brace \emph{x $5 and \begin{foo`:                                      "broken brace x $5 and\nfoo",
		`\unknown[opt]{kept} \vspace{2cm} % gone`:                                      "kept",
	} {
		doc, err := parseOne(t, "a.tex", []byte(source))
		if got := strings.TrimSpace(doc.Text); err != nil || got != want {
			t.Errorf("%s: %q, %v, want %q", source, got, err, want)
		}
	}
}

func TestLaTeX_MacrosEnd(t *testing.T) {
	bomb := `\newcommand{\a}{x\b\b}\newcommand{\b}{y\a\a}` + "\ntext \\a\\a\\a end"
	doc, err := parseOne(t, "a.tex", []byte(bomb))
	if err != nil || !strings.HasPrefix(doc.Text, "text xy") || len(doc.Text) > 2*maxTeXExpansion {
		t.Errorf("%d bytes, %v", len(doc.Text), err)
	}
	deep := strings.Repeat(`\emph{`, 100_000) + "x"
	if _, err := parseOne(t, "a.tex", []byte("words "+deep)); err != nil {
		t.Error(err)
	}
}
