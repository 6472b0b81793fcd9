package parse

import (
	"encoding/xml"
	"slices"
	"strconv"
	"strings"
)

// wordStyles is what a style sheet says of paragraphs, by the id of the style.
type wordStyles struct {
	levels   map[string]int // of headings; titleLevel for the title
	hidden   map[string]bool
	lists    map[string]listRef
	language string // of the document's text
}

// wordStyles reads a style sheet. A paragraph's heading level is that of its
// style: by the outline level, by the built-in name "heading 1" to "heading 9"
// or "Title", or by the style that it is based on; its list likewise. A broken
// style sheet costs no more than that.
func (a *archive) wordStyles(part string) wordStyles {
	s := wordStyles{levels: map[string]int{}, hidden: map[string]bool{}, lists: map[string]listRef{}}
	parents := map[string]string{}
	if a.files[part] == nil {
		return s
	}
	id, defaults := "", false
	a.tokens(part, func(t xml.Token, _ int) error {
		if e, ok := t.(xml.EndElement); ok && e.Name.Local == "docDefaults" {
			defaults = false
		}
		e, ok := t.(xml.StartElement)
		if !ok {
			return nil
		}
		val := xmlAttribute(e, "val")
		switch e.Name.Local {
		case "docDefaults":
			defaults = true
		case "lang":
			if defaults {
				s.language = canonicalLanguage(val)
			}
		case "style":
			id = xmlAttribute(e, "styleId")
		case "basedOn":
			parents[id] = val
		case "name":
			name := strings.ToLower(val)
			if n, ok := strings.CutPrefix(name, "heading "); ok {
				if level, err := strconv.Atoi(n); err == nil && level > 0 {
					s.levels[id] = min(level, 6)
				}
			} else if name == "title" {
				s.levels[id] = titleLevel
			}
		case "outlineLvl":
			if n, err := strconv.Atoi(val); err == nil && n >= 0 && n < 9 && id != "" && s.levels[id] == 0 {
				s.levels[id] = min(n+1, 6)
			}
		case "vanish":
			if id != "" && on(e) {
				s.hidden[id] = true
			}
		case "numId":
			ref := s.lists[id]
			ref.set, ref.id = true, val
			s.lists[id] = ref
		case "ilvl":
			if n, err := strconv.Atoi(val); err == nil {
				ref := s.lists[id]
				ref.level, ref.deep = n, true
				s.lists[id] = ref
			}
		}
		return nil
	})
	for style := range parents {
		var seen []string
		for at := style; parents[at] != "" && !slices.Contains(seen, at) && len(seen) < 20; at = parents[at] {
			seen = append(seen, at)
			if s.levels[style] == 0 {
				s.levels[style] = s.levels[parents[at]]
			}
			if s.lists[style].id == "" && s.lists[parents[at]].id != "" {
				s.lists[style] = s.lists[parents[at]]
			}
			s.hidden[style] = s.hidden[style] || s.hidden[parents[at]]
		}
	}
	return s
}
