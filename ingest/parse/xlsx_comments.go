package parse

import (
	"encoding/xml"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"golocal/ingest/normal"
	"golocal/internal/remark"
)

// boxes returns the texts of a drawing's shapes and the descriptions of its
// pictures.
func (a *archive) boxes(part string) []string {
	lines := a.diagram(part)
	a.tokens(part, func(t xml.Token, _ int) error {
		if e, ok := t.(xml.StartElement); ok && e.Name.Local == "cNvPr" {
			if s := pictureText(normal.Text(xmlAttribute(e, "descr"))); s != "" {
				lines = append(lines, s)
			}
		}
		return nil
	})
	return lines
}

// cellComment is a comment on a cell.
type cellComment struct {
	column, row int
	text        string // "B5: Comment by Ann: …"
}

// comments returns the comments of a sheet by row and column: notes of the old
// kind (18.7), and threads (MS-XLSX 2.6.200), which repeat in notes.
func (b *workbook) comments(part string) []cellComment {
	var out []cellComment
	threaded := map[string]bool{}
	read := func(part string, thread bool) {
		var authors []string
		var text strings.Builder
		ref, author, inText, phonetic := "", "", false, 0
		err := b.a.tokens(part, func(t xml.Token, _ int) error {
			switch t := t.(type) {
			case xml.StartElement:
				switch t.Name.Local {
				case "author":
					authors = append(authors, "")
				case "comment", "threadedComment":
					text.Reset()
					ref, author = xmlAttribute(t, "ref"), b.persons[xmlAttribute(t, "personId")]
					if i, err := strconv.Atoi(xmlAttribute(t, "authorId")); err == nil && i >= 0 && i < len(authors) && !thread {
						author = authors[i]
					}
				case "rPh":
					phonetic++
				}
				inText = t.Name.Local == "t" && phonetic == 0 || t.Name.Local == "text" && thread || t.Name.Local == "author"
			case xml.EndElement:
				inText = false
				switch t.Name.Local {
				case "rPh":
					phonetic--
				case "comment", "threadedComment":
					s := normal.OneLine(normal.NoPages(normal.Text(text.String())))
					if thread {
						threaded[ref] = true
					} else if threaded[ref] {
						s = ""
					}
					if s == "" {
						break
					}
					author = normal.OneLine(normal.Text(author))
					c := cellComment{text: fmt.Sprintf("%s: Comment: %s", ref, s)}
					if author != "" && !strings.HasPrefix(author, "tc={") {
						c.text = fmt.Sprintf("%s: Comment by %s: %s", ref, author, strings.TrimSpace(strings.TrimPrefix(s, author+":")))
					}
					c.column, c.row = cellName(ref)
					out = append(out, c)
				}
			case xml.CharData:
				if inText && ref == "" && !thread && len(authors) > 0 {
					authors[len(authors)-1] += string(t)
				} else if inText {
					text.Write(t)
				}
			}
			return nil
		})
		if err != nil {
			b.out.note(remark.NoteLeft, path.Base(part), failing("", err))
		}
	}
	for _, p := range b.a.related(part, "threadedComment") {
		read(p, true)
	}
	for _, p := range b.a.related(part, "comments") {
		read(p, false)
	}
	slices.SortStableFunc(out, func(x, y cellComment) int {
		if x.row != y.row {
			return x.row - y.row
		}
		return x.column - y.column
	})
	return out
}
