package parse

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// listRef names the list that a paragraph is an item of, and how deep in it.
type listRef struct {
	id    string // "0" is no list
	level int
	set   bool // the paragraph says that it is an item
	deep  bool // the level is given
}

// numbering numbers list items as Word prints them (ECMA-376 part 1, 17.9).
type numbering struct {
	styles   wordStyles
	lists    map[string]string           // list id to definition id
	levels   map[string][9]listLevel     // by definition
	starts   map[string]map[int]int      // by list: where it begins instead
	byStyle  map[string]map[string]int   // by definition: the level of a paragraph style
	counts   map[string]*[9]int          // by definition, 0 before the first item
	restarts map[string]map[int]struct{} // by list: overrides that have happened
}

// listLevel is how the items of a level look.
type listLevel struct {
	format string // "decimal", "bullet", …
	text   string // "%1.%2"
	start  int
	legal  bool // numbers of other levels are decimal too
}

// numbering reads a package's definitions of lists. Broken ones cost numbers only.
func (a *archive) numbering(part string, styles wordStyles) *numbering {
	n := &numbering{styles: styles, lists: map[string]string{}, levels: map[string][9]listLevel{}, starts: map[string]map[int]int{},
		byStyle: map[string]map[string]int{}, counts: map[string]*[9]int{}, restarts: map[string]map[int]struct{}{}}
	if a.files[part] == nil {
		return n
	}
	definition, list, level := "", "", 0
	a.tokens(part, func(t xml.Token, _ int) error {
		e, ok := t.(xml.StartElement)
		if !ok {
			return nil
		}
		val := xmlAttribute(e, "val")
		change := func(f func(l *listLevel)) {
			if definition != "" && list == "" && level >= 0 && level < 9 {
				all := n.levels[definition]
				f(&all[level])
				n.levels[definition] = all
			}
		}
		switch e.Name.Local {
		case "abstractNum":
			definition, list, level = xmlAttribute(e, "abstractNumId"), "", -1
		case "num":
			list, level = xmlAttribute(e, "numId"), -1
		case "abstractNumId":
			if list != "" {
				n.lists[list] = val
			}
		case "lvl", "lvlOverride":
			if i, err := strconv.Atoi(xmlAttribute(e, "ilvl")); err == nil {
				level = i
			}
			change(func(l *listLevel) { l.start = 1 })
		case "startOverride":
			if i, err := strconv.Atoi(val); err == nil && list != "" {
				if n.starts[list] == nil {
					n.starts[list] = map[int]int{}
				}
				n.starts[list][level] = i
			}
		case "start":
			if i, err := strconv.Atoi(val); err == nil {
				change(func(l *listLevel) { l.start = i })
			}
		case "numFmt":
			change(func(l *listLevel) { l.format = val })
		case "lvlText":
			change(func(l *listLevel) { l.text = val })
		case "isLgl":
			change(func(l *listLevel) { l.legal = on(e) })
		case "pStyle":
			if definition != "" && list == "" && level >= 0 {
				if n.byStyle[definition] == nil {
					n.byStyle[definition] = map[string]int{}
				}
				n.byStyle[definition][val] = level
			}
		}
		return nil
	})
	return n
}

// of returns the list of a paragraph: its own, else its style's. The id is ""
// where it is in none.
func (n *numbering) of(own listRef, style string) listRef {
	ref, theirs := own, n.styles.lists[style]
	if ref.id == "" {
		ref.id = theirs.id
	}
	if !own.deep {
		ref.level = theirs.level
		if level, ok := n.byStyle[n.lists[ref.id]][style]; ok && own.id == "" {
			ref.level = level
		}
	}
	if ref.id == "0" || ref.level < 0 || ref.level > 8 {
		return listRef{}
	}
	return ref
}

// next counts an item and returns what Word prints before it: "2.1", "b)", "•".
// It is "" where the list is not defined or counts in words.
func (n *numbering) next(ref listRef) string {
	definition := n.lists[ref.id]
	levels, ok := n.levels[definition]
	if !ok {
		return ""
	}
	counts := n.counts[definition]
	if counts == nil {
		counts = &[9]int{}
		n.counts[definition] = counts
	}
	level := levels[ref.level]
	start, override := n.starts[ref.id][ref.level]
	if _, done := n.restarts[ref.id][ref.level]; override && !done {
		if n.restarts[ref.id] == nil {
			n.restarts[ref.id] = map[int]struct{}{}
		}
		n.restarts[ref.id][ref.level] = struct{}{}
		counts[ref.level] = start
	} else if counts[ref.level] == 0 {
		counts[ref.level] = max(level.start, 0)
	} else {
		counts[ref.level]++
	}
	clear(counts[ref.level+1:])
	if level.format == "bullet" {
		return "•"
	}
	s := level.text
	for i := ref.level; i >= 0; i-- {
		place := "%" + strconv.Itoa(i+1)
		if !strings.Contains(s, place) {
			continue
		}
		format := levels[i].format
		if level.legal {
			format = "decimal"
		}
		number, ok := counted(max(counts[i], levels[i].start), format)
		if !ok {
			return ""
		}
		s = strings.ReplaceAll(s, place, number)
	}
	return strings.TrimSpace(s)
}

// counted writes a number as a format does (17.18.59); false for those that
// count in words or in scripts of their own.
func counted(n int, format string) (string, bool) {
	switch format {
	case "decimal", "":
		return strconv.Itoa(n), true
	case "decimalZero":
		if n < 10 {
			return "0" + strconv.Itoa(n), true
		}
		return strconv.Itoa(n), true
	case "lowerLetter":
		return strings.ToLower(letters(n)), true
	case "upperLetter":
		return letters(n), true
	case "lowerRoman":
		return strings.ToLower(roman(n)), true
	case "upperRoman":
		return roman(n), true
	case "none":
		return "", true
	}
	return "", false
}

// letters counts A to Z, AA to ZZ, AAA and on.
func letters(n int) string {
	if n < 1 || n > 780 {
		return ""
	}
	return strings.Repeat(string(rune('A'+(n-1)%26)), (n-1)/26+1)
}

// roman writes a number from 1 to 3999 in Roman numerals, others as they are.
func roman(n int) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, d := range []struct {
		value int
		s     string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for n >= d.value {
			b.WriteString(d.s)
			n -= d.value
		}
	}
	return b.String()
}
