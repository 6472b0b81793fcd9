package parse

import (
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"regexp"
	"slices"
	"strings"

	"golocal"
	"golocal/ingest/normal"
	"golocal/internal/remark"
)

// parseXML reads XML by what it is for. Prose (DocBook, TEI, JATS, DITA, feeds,
// books, drawings with words) is read as its reader sees it, one paragraph a
// line, tied to the file's lines. Data keeps the file's own lines; where nobody
// could read those it is written as "element: text". A document is prose where
// it mixes words and elements, or where an element holds whole sentences.
func parseXML(text string) (golocal.Document, error) {
	text = normal.NoPages(normal.Text(text))
	if !normal.HasWords(text) {
		return golocal.Document{Type: Data}, NoText(Data, 0)
	}
	look, err := lookAtXML(text)
	switch {
	case err != nil:
		v := newVerbatim(Data, text)
		note(&v.doc, remark.NoteBadXML, err)
		v.add(golocal.KindCode, 0, len(v.doc.Text))
		return v.document()
	case look.root == "html":
		doc, err := parseHTML([]byte(text))
		return doc, err
	case look.prose():
		return proseXML(text, look.root)
	}
	return dataXML(text)
}

// scanXML calls visit with each token, with the depth of open elements and
// the offset that it begins at. Entities that the document declares itself are
// not expanded.
func scanXML(text string, visit func(t xml.Token, depth, start int) error) error {
	d := xml.NewDecoder(strings.NewReader(text))
	d.Strict = false
	d.Entity = xml.HTMLEntity
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // it is UTF-8 by now
	elements := 0
	for depth := 0; ; {
		start := int(d.InputOffset())
		t, err := d.RawToken()
		if err == io.EOF {
			if elements == 0 {
				return errors.New("no element in it")
			}
			return nil
		}
		if err != nil {
			var syntax *xml.SyntaxError
			if errors.As(err, &syntax) {
				return fmt.Errorf("line %d: %s", syntax.Line, syntax.Msg)
			}
			return err
		}
		switch t.(type) {
		case xml.StartElement:
			elements++
			if depth++; depth > maxDepth {
				return fmt.Errorf("nested deeper than %d elements", maxDepth)
			}
		case xml.EndElement:
			if depth == 0 {
				return errors.New("it closes more than it opened")
			}
		}
		if err := visit(t, depth, start); err != nil {
			return err
		}
		if _, end := t.(xml.EndElement); end {
			depth--
		}
	}
}

// xmlLook is what a first look at a document counts.
type xmlLook struct {
	root     string
	elements int
	words    int // bytes of text in elements that hold a sentence, or mix text and elements
	all      int // bytes of text
}

func (l xmlLook) prose() bool { return proseRoots[l.root] || l.words*2 > l.all && l.all > 0 }

// proseRoots are the documents that are prose however little they hold.
var proseRoots = set("book article chapter section sect1 refentry tei teicorpus fictionbook rss feed rdf topic concept task reference dita svg ead office:document opml")

func lookAtXML(text string) (xmlLook, error) {
	var l xmlLook
	type frame struct {
		text int
		kids bool
	}
	var stack []frame
	err := scanXML(text, func(t xml.Token, depth, _ int) error {
		switch t := t.(type) {
		case xml.StartElement:
			l.elements++
			if l.root == "" {
				l.root = strings.ToLower(t.Name.Local)
				if t.Name.Local == "document" && t.Name.Space == "office" {
					l.root = "office:document"
				}
			}
			if n := len(stack); n > 0 {
				stack[n-1].kids = true
			}
			stack = append(stack, frame{})
		case xml.EndElement:
			f := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			if f.text > 80 || f.kids && f.text > 0 {
				l.words += f.text
			}
		case xml.CharData:
			if n := len(strings.TrimSpace(string(t))); n > 0 && len(stack) > 0 {
				stack[len(stack)-1].text += n
				l.all += n
			}
		}
		return nil
	})
	return l, err
}

// Elements of the vocabularies that prose is written in, by local name.
var (
	xmlInline = set(`a abbr abbrev acronym application b bold big citation cite citetitle code command computeroutput date del email em emph emphasis ext-link filename firstterm foreign
		foreignphrase glossterm gloss guibutton guilabel guimenu h hi i inline-formula ins issn italic kbd keycap l lb link literal mark math menchoice mi mn mo monospace named-content name num
		option orig overline parameter persname personname phrase placename ph pb productname prompt pubdate q quote ref reg replaceable roman s sanitize sc sgmltag small space span
		sub subscript sup superscript strike strong styled-content surname systemitem tab term tspan token trademark tt type u ulink underline uicontrol unit uri userinput var varname xref year
		given-names forename orgname codeph filepath cmdname apiname wintitle keyword`)
	xmlSkipped = set("script style binary defs clippath metadata filter lineargradient radialgradient settings font-face-decls automatic-styles styles master-styles scripts")
	xmlParts   = set(`section sect1 sect2 sect3 sect4 sect5 sec chapter part appendix preface body div div1 div2 div3 topic concept task reference item entry channel book article refsect1 refsect2 refsection`)
	xmlTitles  = set("title head subtitle article-title")
	xmlCode    = set("programlisting screen literallayout codeblock pre verbatim eg source-code preformat")
	xmlItems   = set("listitem li list-item item")
	xmlRows    = set("row tr strow sthead table-row")
	xmlCells   = set("entry td th cell stentry table-cell")
	xmlTag     = regexp.MustCompile(`</?[A-Za-z][^<>]*>`)
)

// proseXML lays out a document's text.
func proseXML(text, root string) (golocal.Document, error) {
	p := &xmlPage{text: text, svg: root == "svg", feed: root == "rss" || root == "feed" || root == "rdf"}
	err := scanXML(text, p.visit)
	p.flush()
	doc, failure := p.out.document(Data, "")
	if failure != nil && p.svg {
		failure = Because(golocal.StateNoText, Data, remark.NoWords)
	}
	if err != nil && failure == nil {
		note(&doc, remark.NoteText, err)
	}
	if t := p.title; t != "" {
		doc.Title = t
	}
	return doc, failure
}

// xmlPage collects the blocks of a document.
type xmlPage struct {
	out     layout
	text    string
	svg     bool
	feed    bool
	title   string
	names   []string // open elements
	cells   []string // of the row under way
	buf     strings.Builder
	kind    golocal.Kind
	level   int
	skip    int // depth at which text that is not shown began
	counted int // bytes of text up to which lines were counted
	line    int // 0-based
	at      int // line that the block under way begins on
}

func (p *xmlPage) visit(t xml.Token, depth, start int) error {
	p.line += strings.Count(p.text[p.counted:max(start, p.counted)], "\n")
	p.counted = max(start, p.counted)
	switch t := t.(type) {
	case xml.StartElement:
		name := strings.ToLower(t.Name.Local)
		inline := xmlInline[name] || strings.TrimSpace(p.buf.String()) != "" && !xmlBlock(name)
		switch {
		case p.skip > 0:
		case xmlSkipped[name] || p.svg && strings.HasPrefix(name, "metadata"):
			p.skip = depth
		case xmlCells[name] && slices.ContainsFunc(p.names, func(n string) bool { return xmlRows[n] }):
			p.buf.Reset()
		case !inline || p.feed:
			p.flush()
			p.begin(name)
		}
		p.names = append(p.names, name)
	case xml.EndElement:
		if len(p.names) == 0 {
			return nil
		}
		name := p.names[len(p.names)-1]
		p.names = p.names[:len(p.names)-1]
		switch {
		case p.skip > 0:
			if depth <= p.skip {
				p.skip = 0
			}
		case xmlCells[name] && slices.ContainsFunc(p.names, func(n string) bool { return xmlRows[n] }):
			p.cells = append(p.cells, normal.OneLine(p.buf.String()))
			p.buf.Reset()
		case xmlRows[name]:
			p.row()
		case !xmlInline[name] || p.feed:
			if xmlBlock(name) || strings.TrimSpace(p.buf.String()) == "" || p.kind != golocal.KindParagraph || p.feed || !p.within() {
				p.flush()
			}
		}
	case xml.CharData:
		if p.skip > 0 {
			return nil
		}
		if p.svg && !slices.ContainsFunc(p.names, func(n string) bool { return n == "text" || n == "title" || n == "desc" || n == "foreignobject" }) {
			return nil
		}
		s := string(t)
		if p.feed && xmlTag.MatchString(s) {
			s = html.UnescapeString(xmlTag.ReplaceAllString(s, " ")) // a page inside of a feed
		}
		if strings.TrimSpace(p.buf.String()) == "" && strings.TrimSpace(s) != "" {
			p.at = p.line + strings.Count(s[:len(s)-len(strings.TrimLeft(s, " \t\n"))], "\n")
		}
		p.buf.WriteString(s)
	}
	return nil
}

// within reports that the open element holds text of its own around its members.
func (p *xmlPage) within() bool { return len(p.names) > 0 && !xmlBlock(p.names[len(p.names)-1]) }

// xmlBlock reports the elements that always end a paragraph.
func xmlBlock(name string) bool {
	return xmlParts[name] || xmlTitles[name] || xmlCode[name] || xmlItems[name] || xmlRows[name] ||
		slices.Contains([]string{"p", "para", "simpara", "ab", "lg", "list", "itemizedlist", "orderedlist", "table", "informaltable", "figure", "fig", "note", "text", "desc", "h1", "h2", "h3", "h4", "abstract", "v", "poem"}, name)
}

// begin sets what the text that follows will be.
func (p *xmlPage) begin(name string) {
	p.kind, p.level = golocal.KindParagraph, 0
	switch {
	case xmlCode[name]:
		p.kind = golocal.KindCode
	case (xmlTitles[name] || name == "h") && !p.svg:
		parts := 0
		for _, n := range p.names {
			if xmlParts[n] {
				parts++
			}
		}
		p.kind, p.level = golocal.KindHeading, max(1, min(parts, 6))
	case slices.ContainsFunc(append(p.names, name), func(n string) bool { return xmlItems[n] }) && !p.feed:
		p.kind = golocal.KindList
	}
}

func (p *xmlPage) flush() {
	s := p.buf.String()
	p.buf.Reset()
	if strings.TrimSpace(s) != "" {
		if p.title == "" && p.level > 0 {
			p.title = normal.Shorten(normal.OneLine(s), 300)
		}
		kind := p.kind
		if kind == "" {
			kind = golocal.KindParagraph
		}
		p.out.addRuns(kind, p.level, "", run{s, golocal.Place{Line: p.at + 1}})
	}
	p.kind, p.level = golocal.KindParagraph, 0
}

// row ends a row of a table; rows that follow each other are one table.
func (p *xmlPage) row() {
	cells := p.cells
	p.cells = nil
	if len(cells) == 0 || strings.Join(cells, "") == "" {
		return
	}
	at := golocal.Place{Line: p.line + 1}
	if n := len(p.out.sections); n > 0 && p.out.sections[n-1].Kind == golocal.KindTable && p.out.text.Len() == p.out.sections[n-1].Span.End+1 {
		first := p.out.sections[n-1]
		p.out.addRuns(golocal.KindTable, 0, "", run{strings.Join(cells, " | "), at})
		if len(p.out.sections) == n+1 {
			first.Span.End = p.out.sections[n].Span.End
			p.out.sections = append(p.out.sections[:n-1], first)
		}
		return
	}
	p.out.addRuns(golocal.KindTable, 0, "", run{strings.Join(cells, " | "), at})
}
