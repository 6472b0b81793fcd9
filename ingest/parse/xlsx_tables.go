package parse

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// cellFormats returns the number formats of cells by the index of their style
// (18.8.10). A broken style sheet costs formats only.
func (a *archive) cellFormats(part string, epoch bool) []numberFormat {
	if a.files[part] == nil {
		return nil
	}
	codes, made := map[int]string{}, map[int]numberFormat{}
	var ids []int
	inCells := false
	a.tokens(part, func(t xml.Token, _ int) error {
		switch t := t.(type) {
		case xml.StartElement:
			id, err := strconv.Atoi(xmlAttribute(t, "numFmtId"))
			switch {
			case t.Name.Local == "cellXfs":
				inCells = true
			case t.Name.Local == "numFmt" && err == nil:
				codes[id] = xmlAttribute(t, "formatCode")
			case t.Name.Local == "xf" && inCells && len(ids) < 1<<16:
				ids = append(ids, id)
			}
		case xml.EndElement:
			if t.Name.Local == "cellXfs" {
				inCells = false
			}
		}
		return nil
	})
	var out []numberFormat
	for _, id := range ids {
		f, ok := made[id]
		if !ok {
			f = newFormat(id, codes[id], epoch)
			made[id] = f
		}
		out = append(out, f)
	}
	return out
}

// sharedTexts are the texts that cells refer to by number (18.4).
type sharedTexts struct {
	text []byte
	ends []uint32
}

func (s *sharedTexts) read(a *archive, part string) error {
	inText, phonetic := false, 0
	return a.tokens(part, func(t xml.Token, _ int) error {
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "t":
				inText = phonetic == 0
			case "rPh":
				phonetic++
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "t":
				inText = false
			case "rPh":
				phonetic--
			case "si":
				s.ends = append(s.ends, uint32(len(s.text)))
			}
		case xml.CharData:
			if inText {
				s.text = append(s.text, t...)
			}
		}
		return nil
	})
}

// at returns a text by its number, "" where there is none.
func (s *sharedTexts) at(number string) string {
	i, err := strconv.Atoi(strings.TrimSpace(number))
	if err != nil || i < 0 || i >= len(s.ends) {
		return ""
	}
	start := uint32(0)
	if i > 0 {
		start = s.ends[i-1]
	}
	return string(s.text[start:s.ends[i]])
}
