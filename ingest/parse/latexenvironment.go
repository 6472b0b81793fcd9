package parse

import (
	"strings"

	"golocal"
)

// environment handles \begin{name} whose name ends before i.
func (t *tex) environment(name, s string, i, base int) int {
	plain := strings.TrimSuffix(name, "*")
	switch {
	case texVerbatim[plain]:
		if _, _, next, ok := group(s, i, '['); ok {
			i = next
		}
		if plain == "minted" {
			_, _, i = argument(s, i)
		}
		body, next := untilEnd(s, i, name)
		if plain != "comment" && plain != "filecontents" {
			t.flush()
			lead := len(body) - len(strings.TrimLeft(body, "\n"))
			t.block(golocal.KindCode, run{body[lead:], golocal.Place{Line: t.lineOf(base + i + lead)}})
		}
		return next
	case texDropped[plain]:
		_, next := untilEnd(s, i, name)
		return next
	case texMath[plain]:
		if plain == "alignat" || plain == "gatherat" {
			_, _, i = argument(s, i)
		}
		body, next := untilEnd(s, i, name)
		mark := "$$"
		if plain == "math" {
			mark = "$"
		}
		t.formula(mark, body, base+i)
		return next
	case texLists[plain]:
		if t.lists == 0 {
			t.flush()
		} else {
			t.item()
		}
		t.lists++
		if plain == "thebibliography" {
			t.lists--
			t.heading(t.section, "References", base+i)
			t.lists++
		}
	case texTables[plain]:
		if plain == "tabularx" || plain == "tabulary" || name == "tabular*" {
			_, _, i = argument(s, i)
		}
		if t.table == 0 {
			t.flush()
		}
		t.table++
		t.begun = t.begun && t.table > 1
	case plain == "abstract":
		t.heading(t.section, "Abstract", base+i)
	case texProofs[plain]:
		t.flush()
	default:
		t.flush()
	}
	if title, at, next, ok := group(s, i, '['); ok {
		if i = next; texProofs[plain] {
			t.write("("+t.aside(title, base+at)+") ", base+i)
		}
	}
	for n := texArguments[plain]; n > 0; n-- {
		_, _, i = argument(s, i)
	}
	return i
}

// block adds a section of its own in the middle of others.
func (t *tex) block(kind golocal.Kind, r run) {
	if t.apart || t.table > 0 {
		t.write(" "+r.text+" ", 0)
		return
	}
	t.out.addRuns(kind, 0, "", r)
}

// leave handles \end{name}.
func (t *tex) leave(name string) {
	plain := strings.TrimSuffix(name, "*")
	switch {
	case texLists[plain]:
		if t.lists > 0 {
			if t.lists == 1 {
				t.flush()
			} else {
				t.item()
			}
			t.lists--
		}
	case texTables[plain]:
		if t.table == 1 && !t.apart {
			t.endRow()
			rows := t.rows
			t.rows, t.table = nil, 0
			t.out.addRuns(golocal.KindTable, 0, "\n", rows...)
		} else if t.table > 1 {
			t.table--
		}
	default:
		t.flush()
	}
}

// untilEnd returns what stands before \end{name} and the offset behind it.
func untilEnd(s string, i int, name string) (string, int) {
	end := strings.Index(s[i:], `\end{`+name+`}`)
	if end < 0 {
		return s[i:], len(s)
	}
	return s[i : i+end], i + end + len(`\end{}`) + len(name)
}

var (
	texVerbatim  = set("verbatim Verbatim BVerbatim lstlisting minted alltt comment filecontents program code semiverbatim")
	texDropped   = set("tikzpicture pgfpicture picture pspicture CCSXML asy feynman forest")
	texMath      = set("equation align gather multline displaymath eqnarray math alignat flalign dmath gatherat empheq IEEEeqnarray")
	texLists     = set("itemize enumerate description thebibliography compactitem compactenum inparaenum asparaenum list trivlist enumerate*")
	texTables    = set("tabular tabularx longtable tabulary tabu array supertabular xltabular longtabu")
	texProofs    = set("theorem lemma proposition corollary definition remark example proof conjecture claim note problem question exercise solution assumption fact observation")
	texArguments = map[string]int{"minipage": 1, "multicols": 1, "wrapfigure": 2, "subfigure": 1, "subtable": 1, "tabular": 1, "tabularx": 1, "longtable": 1, "tabulary": 1, "tabu": 1, "array": 1,
		"thebibliography": 1, "list": 2, "adjustbox": 1, "spacing": 1, "wraptable": 2, "frame": 0, "block": 1, "alertblock": 1, "exampleblock": 1, "column": 1, "supertabular": 1, "xltabular": 2, "letter": 1, "otherlanguage": 1}
)
