package parse

import (
	"encoding/xml"
	"slices"
	"strconv"
	"strings"

	"golocal"
	"golocal/ingest/normal"
)

// slide is the state of reading one slide or the notes of one.
type slide struct {
	a         *archive
	deck      *deck
	relations map[string]relation
	inherited []placeholder
	notes     bool // only the body counts

	title  string
	titled bool // it has one of its own
	hidden bool
	unseen []string  // texts of hidden shapes
	blocks []drawing // paragraphs, tables, charts, diagrams in order

	shapes []shape // under way, with the groups around them
	line   strings.Builder
	bullet string // of the paragraph under way: "•", or how it is numbered
	first  int    // number of the first such paragraph
	plain  bool   // it says that it has no bullet
	level  int
	text   bool // inside an element that holds text
	rows   []string
	row    []string
	cell   []string
	inCell bool
	merged bool // the cell belongs to the one before or above
	skip   int
}

// shape is a shape of a slide under way.
type shape struct {
	holder placeholder
	unseen bool
	lines  []string
	items  bool    // the lines are a list
	counts [10]int // of numbered paragraphs by level
}

// placeholder says what a shape is for (ECMA-376 part 1, 19.7.10).
type placeholder struct {
	is          bool
	kind, index string
}

func placeholderOf(e xml.StartElement) placeholder {
	return placeholder{is: true, kind: xmlAttribute(e, "type"), index: xmlAttribute(e, "idx")}
}

// token takes a token of the slide's part.
func (s *slide) token(t xml.Token, depth int) error {
	switch t := t.(type) {
	case xml.StartElement:
		if s.skip == 0 {
			s.start(t, depth)
		}
	case xml.EndElement:
		if s.skip == depth+1 {
			s.skip = 0
		} else if s.skip == 0 {
			s.end(t.Name.Local)
		}
	case xml.CharData:
		if s.skip == 0 && s.text {
			s.line.Write(t)
		}
	}
	return nil
}

func (s *slide) start(e xml.StartElement, depth int) {
	switch e.Name.Local {
	case "sld":
		s.hidden = xmlAttribute(e, "show") == "0" || xmlAttribute(e, "show") == "false"
	case "Fallback":
		s.skip = depth
	case "sp", "graphicFrame", "pic", "grpSp", "cxnSp", "contentPart":
		s.shapes = append(s.shapes, shape{})
	case "cNvPr":
		if sh := s.shape(); sh != nil {
			sh.unseen = xmlAttribute(e, "hidden") == "1" || xmlAttribute(e, "hidden") == "true"
			if line := pictureText(normal.Text(xmlAttribute(e, "descr"))); line != "" && !s.notes && !sh.unseen {
				s.blocks = append(s.blocks, drawing{lines: []string{line}})
			}
		}
	case "ph":
		if sh := s.shape(); sh != nil {
			sh.holder = s.resolve(placeholderOf(e))
		}
	case "pPr":
		s.level, _ = strconv.Atoi(xmlAttribute(e, "lvl"))
	case "buNone":
		s.plain = true
	case "buChar", "buBlip":
		s.bullet = "•"
	case "buAutoNum":
		s.bullet = xmlAttribute(e, "type")
		s.first, _ = strconv.Atoi(xmlAttribute(e, "startAt"))
	case "p":
		if e.Name.Space == "a" {
			s.bullet, s.first, s.plain, s.level = "", 0, false, 0
			s.line.Reset()
		}
	case "t":
		s.text = true
	case "rPr", "endParaRPr", "defRPr":
		if s.deck.language == "" && e.Name.Local == "rPr" {
			s.deck.language = canonicalLanguage(xmlAttribute(e, "lang"))
		}
	case "br":
		s.line.WriteByte(' ')
	case "tab":
		if e.Name.Space == "a" && s.text {
			s.line.WriteByte(' ')
		}
	case "tbl":
		s.rows = nil
	case "tr":
		s.row = nil
	case "tc":
		s.cell, s.inCell = nil, true
		s.merged = xmlAttribute(e, "hMerge") == "1" || xmlAttribute(e, "vMerge") == "1" || xmlAttribute(e, "hMerge") == "true" || xmlAttribute(e, "vMerge") == "true"
	case "chart", "relIds":
		id := xmlAttribute(e, "id")
		if e.Name.Local == "relIds" {
			id = xmlAttribute(e, "dm")
		}
		if r, ok := s.relations[id]; ok && r.inside {
			s.blocks = append(s.blocks, s.a.drawing(r)...)
		}
	}
}

func (s *slide) end(local string) {
	switch local {
	case "t":
		s.text = false
	case "p":
		s.paragraph(normal.OneLine(normal.Text(s.line.String())))
		s.line.Reset()
	case "txBody":
		if sh := s.shape(); sh != nil && !s.inCell {
			s.shapeText(sh)
		}
	case "tc":
		if s.merged {
			s.cell = nil
		}
		s.row = append(s.row, strings.Join(s.cell, " "))
		s.inCell = false
	case "tr":
		if row := tableRow(s.row); strings.Trim(row, " |") != "" {
			s.rows = append(s.rows, row)
		}
	case "tbl":
		if len(s.rows) > 0 {
			s.blocks = append(s.blocks, drawing{kind: golocal.KindTable, lines: s.rows})
		}
		s.rows = nil
	case "sp", "graphicFrame", "pic", "grpSp", "cxnSp", "contentPart":
		if n := len(s.shapes); n > 0 {
			s.shapes = s.shapes[:n-1]
		}
	}
}

func (s *slide) shape() *shape {
	if len(s.shapes) == 0 {
		return nil
	}
	return &s.shapes[len(s.shapes)-1]
}

// resolve fills in the kind of a placeholder that only names one of the slide's
// layout by its index.
func (s *slide) resolve(p placeholder) placeholder {
	if p.kind == "" && p.index != "" {
		for _, theirs := range s.inherited {
			if theirs.index == p.index {
				p.kind = theirs.kind
			}
		}
	}
	return p
}

func (s *slide) paragraph(line string) {
	switch sh := s.shape(); {
	case line == "":
	case s.inCell:
		s.cell = append(s.cell, line)
	case sh != nil:
		// The body of a slide is a list unless it says otherwise.
		body := sh.holder.is && (sh.holder.kind == "" || sh.holder.kind == "body" || sh.holder.kind == "obj")
		if s.bullet != "" || s.level > 0 || body && !s.plain && !s.notes {
			sh.items = true
		}
		level := min(max(s.level, 0), 9)
		mark := s.bullet
		if mark != "" && mark != "•" {
			if sh.counts[level]++; sh.counts[level] == 1 && s.first > 1 {
				sh.counts[level] = s.first
			}
			mark = autoNumber(mark, sh.counts[level])
			clear(sh.counts[level+1:])
		} else {
			clear(sh.counts[level:])
		}
		if mark != "" {
			line = mark + " " + line
		}
		sh.lines = append(sh.lines, strings.Repeat("  ", level)+line)
	}
}

// autoNumber writes a number as a numbering scheme does (20.1.10.61), "" in
// scripts that are not known.
func autoNumber(scheme string, n int) string {
	format := ""
	switch {
	case strings.HasPrefix(scheme, "arabic") && !strings.HasPrefix(scheme, "arabic1") && !strings.HasPrefix(scheme, "arabic2") && !strings.HasPrefix(scheme, "arabicDb"):
		format = "decimal"
	case strings.HasPrefix(scheme, "alphaLc"):
		format = "lowerLetter"
	case strings.HasPrefix(scheme, "alphaUc"):
		format = "upperLetter"
	case strings.HasPrefix(scheme, "romanLc"):
		format = "lowerRoman"
	case strings.HasPrefix(scheme, "romanUc"):
		format = "upperRoman"
	default:
		return ""
	}
	s, _ := counted(n, format)
	switch {
	case strings.HasSuffix(scheme, "ParenBoth"):
		return "(" + s + ")"
	case strings.HasSuffix(scheme, "ParenR"):
		return s + ")"
	case strings.HasSuffix(scheme, "Period"):
		return s + "."
	}
	return s
}

// shapeText files the text of a shape by what the shape is for.
func (s *slide) shapeText(sh *shape) {
	lines := sh.lines
	sh.lines = nil
	if len(lines) == 0 {
		return
	}
	if slices.ContainsFunc(s.shapes, func(sh shape) bool { return sh.unseen }) {
		s.unseen = append(s.unseen, strings.Join(lines, " "))
		return
	}
	switch sh.holder.kind {
	case "dt", "ftr", "hdr", "sldNum", "sldImg":
		return
	case "title", "ctrTitle":
		if !s.notes && s.title == "" {
			s.title, s.titled = strings.Join(lines, " "), true
			return
		}
	}
	if s.notes && sh.holder.kind != "body" {
		return // the page's own decoration
	}
	d := drawing{kind: golocal.KindParagraph, lines: lines}
	if sh.items && len(lines) > 1 {
		d.kind = golocal.KindList
	}
	s.blocks = append(s.blocks, d)
}

// firstLine takes the first line of a slide without a title for one, if it is
// short and stands alone.
func (s *slide) firstLine() string {
	if len(s.blocks) < 2 || s.blocks[0].kind != golocal.KindParagraph || len(s.blocks[0].lines) != 1 {
		return ""
	}
	line := strings.TrimSpace(s.blocks[0].lines[0])
	if len(line) > 80 || strings.HasSuffix(line, ".") {
		return ""
	}
	s.blocks = s.blocks[1:]
	return line
}
