package parse

import (
	"regexp"
	"strings"

	"golocal"
	"golocal/ingest/normal"
)

// texSymbols are commands that stand for a character or a word.
var texSymbols = map[string]string{
	"ss": "ß", "SS": "ẞ", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "aa": "å", "AA": "Å", "l": "ł", "L": "Ł", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ",
	"S": "§", "P": "¶", "dag": "†", "ddag": "‡", "copyright": "©", "textcopyright": "©", "textregistered": "®", "texttrademark": "™", "pounds": "£", "euro": "€", "texteuro": "€", "EUR": "€", "textdegree": "°", "degree": "°",
	"ldots": "…", "dots": "…", "textellipsis": "…", "cdots": "⋯", "textendash": "–", "textemdash": "—", "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“", "textquotedblright": "”", "guillemotleft": "«", "guillemotright": "»",
	"LaTeX": "LaTeX", "TeX": "TeX", "LaTeXe": "LaTeX2e", "BibTeX": "BibTeX", "XeTeX": "XeTeX", "textbackslash": `\`, "textasciitilde": "~", "textasciicircum": "^", "textbar": "|", "textless": "<", "textgreater": ">", "textunderscore": "_",
	"textbullet": "•", "textperiodcentered": "·", "textmu": "µ", "textrightarrow": "→", "textleftarrow": "←", "rightarrow": "→", "leftarrow": "←", "to": "→", "times": "×", "pm": "±", "cdot": "·", "checkmark": "✓", "today": "", "quad": " ", "qquad": " ", "enspace": " ", "space": " ", "newline": " ", "linebreak": " ", "lq": "‘", "rq": "’", "slash": "/",
	"&": "&", "%": "%", "$": "$", "#": "#", "_": "_", "{": "{", "}": "}", " ": " ", "\n": " ", "\t": " ", ",": " ", ";": " ", ":": " ", ">": " ", "!": "", "-": "", "/": "", "@": "", "|": "‖", "+": "", "<": "", "ie": "i.e.", "eg": "e.g.", "etal": "et al.",
}

// texDrop are commands whose arguments are no text, by their number; the
// optional ones go with them.
var texDrop = map[string]int{
	"label": 1, "vspace": 1, "hspace": 1, "includegraphics": 1, "usepackage": 1, "RequirePackage": 1, "documentclass": 1, "documentstyle": 1, "bibliographystyle": 1, "bibliography": 1, "addbibresource": 1, "setlength": 2, "addtolength": 2,
	"setcounter": 2, "addtocounter": 2, "stepcounter": 1, "refstepcounter": 1, "hypersetup": 1, "geometry": 1, "pagestyle": 1, "thispagestyle": 1, "pagenumbering": 1, "color": 1, "definecolor": 3, "colorlet": 2, "textcolor": 1, "colorbox": 1, "rowcolor": 1, "cellcolor": 1, "columncolor": 1, "fontsize": 2,
	"newenvironment": 3, "renewenvironment": 3, "newtheorem": 2, "theoremstyle": 1, "graphicspath": 1, "linespread": 1, "cline": 1, "cmidrule": 1, "multicolumn": 2, "multirow": 2, "rule": 2, "raisebox": 1, "resizebox": 2, "scalebox": 1, "rotatebox": 1, "parbox": 1, "href": 1, "index": 1,
	"nocite": 1, "phantom": 1, "hphantom": 1, "vphantom": 1, "let": 2, "newcounter": 1, "newlength": 1, "tikzset": 1, "lstset": 1, "pgfplotsset": 1, "usetikzlibrary": 1, "captionsetup": 1, "sisetup": 1, "selectlanguage": 1, "foreignlanguage": 1, "makebox": 0, "framebox": 0, "hyphenation": 1, "markboth": 2, "markright": 1,
	"addcontentsline": 3, "newif": 1, "DeclareGraphicsExtensions": 1, "PassOptionsToPackage": 2, "usetheme": 1, "usecolortheme": 1, "usefonttheme": 1, "setbeamertemplate": 1, "titleformat": 5, "titlespacing": 4, "fancyhead": 1, "fancyfoot": 1, "lhead": 1, "rhead": 1, "chead": 1, "lfoot": 1, "rfoot": 1, "cfoot": 1,
	"providecolor": 3, "newacronym": 3, "newglossaryentry": 2, "bibitem": 0, "hypertarget": 1, "hyperlink": 1, "pdfbookmark": 2, "special": 1, "write": 1, "DeclareUnicodeCharacter": 2, "setmainfont": 1, "setsansfont": 1, "setmonofont": 1, "newfontfamily": 2, "ensuremath": 0, "hyperref": 0, "item": 0, "newblock": 0, "animategraphics": 4, "vskip": 0, "subfile": 1, "newsavebox": 1, "sbox": 2, "usebox": 1, "fontfamily": 1, "fontseries": 1, "fontshape": 1, "AtBeginDocument": 1, "allowdisplaybreaks": 0, "thispagestyle*": 1, "pagecolor": 1, "orcid": 1, "ccsdesc": 1,
}

var texSections = map[string]int{"part": -1, "chapter": -1, "section": 0, "subsection": 1, "subsubsection": 2, "paragraph": 3, "subparagraph": 4, "frametitle": 1, "framesubtitle": 2, "subtitle": 9}

var texCites = set("cite citep citet citealp citealt citeauthor citeyear citeyearpar parencite textcite autocite footcite fullcite supercite Citet Citep citenum shortcite onlinecite ref eqref autoref cref Cref pageref nameref vref subref")

// command reads the command at s[i] and returns the offset behind it.
func (t *tex) command(s string, i, base int) int {
	name, n := commandName(s[i+1:])
	at := i
	i += 1 + n
	word := n > 0 && name[0]|0x20 >= 'a' && name[0]|0x20 <= 'z'
	if m, ok := t.macros[name]; ok && t.expanded < maxTeXExpansion {
		if t.preamble {
			return i
		}
		return t.expand(m, s, i, base)
	}
	if word && i < len(s) && s[i] == '*' {
		i++
	}
	if text, ok := texSymbols[name]; ok {
		if word {
			i = gobble(s, i)
		}
		t.write(text, base+at)
		return i
	}
	if level, ok := texSections[name]; ok && level != 9 {
		if _, _, next, ok := group(s, i, '['); ok {
			i = next // the short title
		}
		title, from, next := argument(s, i)
		if t.preamble {
			return next
		}
		level += t.section
		if name == "part" && t.section == 2 {
			level = 1
		}
		t.heading(level, t.aside(title, base+from), base+at)
		return next
	}
	switch name {
	case "":
		return i
	case `\`, "tabularnewline", "cr":
		if _, _, next, ok := group(s, i, '['); ok && !strings.Contains(s[i:next], "\n") {
			i = next
		}
		if t.table == 1 && !t.apart {
			t.endRow()
		} else {
			t.write(" ", base+at)
		}
		return i
	case "iffalse":
		return skipFalse(s, i)
	case "[":
		body, next := until(s, i, `\]`)
		t.formula("$$", body, base+at)
		return next
	case "(":
		body, next := until(s, i, `\)`)
		t.formula("$", body, base+at)
		return next
	case "begin":
		env, _, next := argument(s, i)
		return t.environment(strings.TrimSpace(env), s, next, base)
	case "end":
		env, _, next := argument(s, i)
		t.leave(strings.TrimSpace(env))
		return next
	case "par", "bigskip", "medskip", "smallskip", "newpage", "clearpage", "cleardoublepage", "pagebreak", "maketitle":
		t.blank(base + i)
		return gobble(s, i)
	case "newcommand", "renewcommand", "providecommand", "DeclareMathOperator", "DeclareRobustCommand", "def", "gdef", "edef":
		return t.define(name, s, i)
	case "verb", "lstinline", "mintinline":
		return t.verb(name, s, i, base)
	case "title", "author", "date", "keywords":
		return t.describe(name, s, i, base)
	case "input", "include", "subfile", "subfileinclude":
		file, _, next := argument(s, i)
		if file = normal.OneLine(file); file != "" && len(t.inputs) < 50 && !t.preamble {
			t.inputs = append(t.inputs, file)
		}
		return next
	case "item", "bibitem":
		return t.listItem(name, s, i, base)
	case "footnote", "footnotetext", "thanks":
		note, from, next := argument(s, i)
		if !t.preamble {
			if text := t.aside(note, base+from); text != "" {
				t.notes = append(t.notes, run{text, golocal.Place{Line: t.lineOf(base + from)}})
			}
		}
		return next
	case "caption", "subcaption", "captionof":
		if name == "captionof" {
			_, _, i = argument(s, i)
		}
		if _, _, next, ok := group(s, i, '['); ok {
			i = next
		}
		text, from, next := argument(s, i)
		t.flush()
		t.scan(text, base+from)
		t.flush()
		return next
	case "enquote":
		text, from, next := argument(s, i)
		t.write("“", base+at)
		t.scan(text, base+from)
		t.write("”", base+at)
		return next
	case "texorpdfstring":
		text, from, next := argument(s, i)
		t.scan(text, base+from)
		_, _, next = argument(s, next)
		return next
	case "url", "nolinkurl", "path":
		text, _, next := argument(s, i)
		t.write(text, base+at)
		return next
	case "vskip", "hskip", "kern", "baselineskip", "parindent", "parskip", "hsize", "vsize":
		return dimension(s, i)
	}
	if texCites[name] {
		return t.cite(s, i, base)
	}
	if _, isAccent := texAccents[name]; isAccent && (!word || i < len(s) && (s[i] == '{' || s[i] == ' ' || s[i] == '\\')) {
		return t.accent(name, s, i, base)
	}
	args, drop := texDrop[name]
	for {
		_, _, next, ok := group(s, i, '[')
		if !ok || !drop && skipSpace(s, i) != i {
			break
		}
		i = next
	}
	if name == "cmidrule" && i < len(s) && s[i] == '(' {
		_, i = until(s, i, ")")
	}
	for ; args > 0; args-- {
		_, _, i = argument(s, i)
		if _, _, next, ok := group(s, i, '['); ok && drop {
			i = next
		}
	}
	if word {
		i = gobble(s, i)
		if next := dimension(s, i); i < len(s) && s[i] == '=' && next > i+1 {
			return next // \parskip=0pt
		}
	}
	return i
}

var texConditions = regexp.MustCompile(`\\(if[a-zA-Z@]*|fi)\b`)

// skipFalse returns the offset behind the \fi that ends what is left out at i.
func skipFalse(s string, i int) int {
	depth := 1
	for _, m := range texConditions.FindAllStringIndex(s[i:], -1) {
		if s[i+m[0]:i+m[1]] != `\fi` {
			depth++
		} else if depth--; depth == 0 {
			return i + m[1]
		}
	}
	return i
}

// until returns what stands before mark, in the reach of an argument, and the
// offset behind it.
func until(s string, i int, mark string) (string, int) {
	rest := s[i:min(len(s), i+maxTeXArgument)]
	end := strings.Index(rest, mark)
	if end < 0 {
		return "", i
	}
	return rest[:end], i + end + len(mark)
}

// verb copies what stands between two equal characters.
func (t *tex) verb(name, s string, i, base int) int {
	if _, _, next, ok := group(s, i, '['); ok {
		i = next
	}
	if name == "mintinline" {
		_, _, i = argument(s, i)
	}
	if i >= len(s) || s[i] == '\n' {
		return i
	}
	mark := s[i : i+1]
	if mark == "{" {
		mark = "}"
	}
	body, next := until(s, i+1, mark)
	if next == i+1 || strings.Contains(body, "\n") {
		return i
	}
	t.write(body, base+i)
	return next
}

// describe reads \title, \author and \date.
func (t *tex) describe(name, s string, i, base int) int {
	for {
		_, _, next, ok := group(s, i, '[')
		if !ok {
			break
		}
		i = next
	}
	text, at, next := argument(s, i)
	switch name {
	case "title":
		if title := t.aside(text, base+at); t.title == "" {
			t.title = normal.Shorten(title, 300)
		}
	case "author":
		t.aside(text, base+at) // for its footnotes
		for part := range strings.SplitSeq(strings.NewReplacer(`\AND`, `\and`, `\And`, `\and`).Replace(text), `\and`) {
			first, _, _ := strings.Cut(part, `\\`) // the address is below
			first, _, _ = strings.Cut(first, `\thanks`)
			first, _, _ = strings.Cut(first, "\n\n")
			for one := range strings.SplitSeq(t.aside(first, base+at), ", ") {
				one = strings.Trim(strings.TrimSpace(strings.TrimPrefix(one, "and ")), "*†‡,0123456789 ")
				if strings.ContainsAny(one, "@{}$^") || !normal.HasWords(one) || len(t.meta.Authors) >= 100 {
					continue
				}
				t.meta.Authors = appendNew(t.meta.Authors, normal.Shorten(one, 200))
			}
		}
	case "date":
		t.meta.Created = parseDate(t.aside(text, base+at))
	case "keywords":
		words := t.aside(text, base+at)
		t.meta.Tags = appendNew(t.meta.Tags, texts(words, ",;")...)
		if !t.preamble {
			t.write(words, base+at)
		}
	}
	return next
}

// listItem begins an item; its label stands before it.
func (t *tex) listItem(name, s string, i, base int) int {
	if t.apart || t.table > 0 {
		t.write(" ", base+i)
	} else if t.lists > 0 {
		t.item()
	}
	if label, at, next, ok := group(s, i, '['); ok {
		i = next
		if text := t.aside(label, base+at); text != "" {
			t.write(text+" ", base+at)
		}
	}
	if name == "bibitem" {
		_, _, i = argument(s, i)
	}
	return i
}

// cite writes what a reference names in brackets, as its number would stand there.
func (t *tex) cite(s string, i, base int) int {
	for range 2 {
		if _, _, next, ok := group(s, i, '['); ok {
			i = next
		}
	}
	keys, _, next, ok := group(s, i, '{')
	if !ok {
		return i
	}
	t.write("["+normal.OneLine(keys)+"]", base+i)
	return next
}

// dimension skips a length: =2.5em plus 1fil.
func dimension(s string, i int) int {
	for i < len(s) && strings.IndexByte(" =0123456789.-", s[i]) >= 0 {
		i++
	}
	for _, unit := range []string{"pt", "em", "ex", "cm", "mm", "in", "bp", "pc", "sp", "fil", `\baselineskip`} {
		if strings.HasPrefix(s[i:], unit) {
			return i + len(unit)
		}
	}
	return i
}
