package parse

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
	"go.yaml.in/yaml/v3"

	"golocal"
	"golocal/ingest/normal"
)

// maxFrontMatter is the most that is read as a file's description of itself, in bytes.
const maxFrontMatter = 64 << 10

// frontMatter returns the length of the block with which a text describes
// itself, 0 for none, and its fields by name in lower case: YAML between "---"
// lines (Jekyll), TOML between "+++" lines or a JSON object (Hugo), or a title
// block of "%" lines (Pandoc). A block that cannot be read has the fields that
// its lines show.
func frontMatter(text string) (int, map[string]any) {
	switch {
	case strings.HasPrefix(text, "---\n"):
		end, inner := fenced(text, "---", "...")
		if end == 0 || strings.TrimSpace(inner) != "" && !strings.Contains(inner, ":") {
			return 0, nil // a rule
		}
		var head map[string]any
		if yaml.Unmarshal([]byte(inner), &head) != nil {
			head = looseFields(inner)
		}
		return end, lowerKeys(head)
	case strings.HasPrefix(text, "+++\n"):
		end, inner := fenced(text, "+++", "+++")
		if end == 0 {
			return 0, nil
		}
		var head map[string]any
		if _, err := toml.Decode(inner, &head); err != nil {
			head = looseFields(inner)
		}
		return end, lowerKeys(head)
	case strings.HasPrefix(text, "{"):
		d := json.NewDecoder(strings.NewReader(text[:min(len(text), maxFrontMatter)]))
		var head map[string]any
		if d.Decode(&head) != nil || head["title"] == nil && head["date"] == nil && head["tags"] == nil {
			return 0, nil
		}
		return int(d.InputOffset()), lowerKeys(head)
	case strings.HasPrefix(text, "% "):
		return titleBlock(text)
	}
	return 0, nil
}

// fenced returns the end of a block that begins with a line and ends with it or
// another, and what is between; 0 for no end.
func fenced(text, fence, other string) (end int, inner string) {
	start := len(fence) + 1
	for at := start; at < min(len(text), maxFrontMatter); {
		line, _, _ := strings.Cut(text[at:], "\n")
		if t := strings.TrimRight(line, " \t"); t == fence || t == other {
			return min(len(text), at+len(line)+1), text[start:at]
		}
		at += len(line) + 1
	}
	return 0, ""
}

// titleBlock reads up to three lines that begin with "%": title, authors, date.
func titleBlock(text string) (int, map[string]any) {
	head := map[string]any{}
	at := 0
	for _, key := range []string{"title", "author", "date"} {
		line, _, _ := strings.Cut(text[at:], "\n")
		value, ok := strings.CutPrefix(line, "%")
		if !ok {
			break
		}
		if value = strings.TrimSpace(value); value != "" {
			head[key] = value
		}
		at = min(len(text), at+len(line)+1)
	}
	if strings.HasPrefix(text[at:], "%") {
		return 0, nil // comments of something else
	}
	return at, head
}

var looseField = regexp.MustCompile(`(?m)^([A-Za-z][\w -]*?)\s*[:=]\s*(.+)$`)

func looseFields(block string) map[string]any {
	head := map[string]any{}
	for _, m := range looseField.FindAllStringSubmatch(block, 100) {
		head[m[1]] = strings.Trim(strings.TrimSpace(m[2]), `"'`)
	}
	return head
}

func lowerKeys(head map[string]any) map[string]any {
	out := make(map[string]any, len(head))
	for k, v := range head {
		out[strings.NewReplacer("-", "_", " ", "_").Replace(strings.ToLower(strings.TrimSpace(k)))] = v
	}
	return out
}

// describe turns the fields of front matter into a title and Meta. Other names
// of a note are tags: what it may be asked for by.
func describe(head map[string]any) (title string, meta golocal.Meta) {
	if list := texts(head["title"], ""); len(list) > 0 {
		title = normal.Shorten(list[0], 300)
	}
	for _, key := range []string{"author", "authors", "creator", "by"} {
		meta.Authors = appendNew(meta.Authors, texts(head[key], ";")...)
	}
	for _, key := range []string{"tags", "tag", "keywords", "keyword", "categories", "category"} {
		meta.Tags = appendNew(meta.Tags, texts(head[key], ", ")...)
	}
	for _, key := range []string{"aliases", "alias"} {
		meta.Tags = appendNew(meta.Tags, texts(head[key], ",")...)
	}
	meta.Created = firstDate(head, "date", "created", "created_at", "date_created", "creation_date", "published", "pubdate", "publishdate")
	meta.Edited = firstDate(head, "updated", "modified", "lastmod", "last_modified", "edited", "updated_at", "date_modified", "modified_at", "date_updated")
	for _, key := range []string{"lang", "language", "locale"} {
		if list := texts(head[key], ""); len(list) > 0 && meta.Language == "" {
			meta.Language = languageTag(list[0])
		}
	}
	return title, meta
}

// texts returns the strings of a field: one, a list, or maps with a name. A
// lone string is cut at the separators; a space among them counts only where
// there is no other.
func texts(value any, separators string) []string {
	var out []string
	add := func(s string) {
		s = strings.TrimLeft(normal.OneLine(normal.Text(s)), "#")
		if s = normal.Shorten(s, 200); s != "" && len(out) < 200 {
			out = append(out, s)
		}
	}
	switch v := value.(type) {
	case nil:
	case string:
		other := strings.ReplaceAll(separators, " ", "")
		switch {
		case other != "" && strings.ContainsAny(v, other):
			for part := range strings.FieldsFuncSeq(v, func(r rune) bool { return strings.ContainsRune(other, r) }) {
				add(part)
			}
		case strings.Contains(separators, " "):
			for part := range strings.FieldsSeq(v) {
				add(part)
			}
		default:
			add(v)
		}
	case []any:
		for _, one := range v {
			switch one := one.(type) {
			case string:
				add(one)
			case map[string]any, []any:
				out = append(out, texts(one, "")...)
			case nil:
			default:
				add(fmt.Sprint(one))
			}
		}
	case map[string]any:
		for _, key := range []string{"name", "literal", "title"} {
			if s, ok := v[key].(string); ok {
				add(s)
				return out
			}
		}
		add(strings.TrimSpace(fmt.Sprint(orEmpty(v["given"]), " ", orEmpty(v["family"]))))
	case time.Time:
		add(v.Format(time.DateOnly))
	default:
		add(fmt.Sprint(v))
	}
	return out
}

func orEmpty(v any) any {
	if v == nil {
		return ""
	}
	return v
}

func firstDate(head map[string]any, keys ...string) time.Time {
	for _, key := range keys {
		switch v := head[key].(type) {
		case time.Time:
			return v.UTC()
		case nil:
		default:
			if t := parseDate(fmt.Sprint(v)); !t.IsZero() {
				return t
			}
		}
	}
	return time.Time{}
}

// dateForms are the ways in which people write dates into files by hand.
var dateForms = []string{
	time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05 -07:00", "2006-01-02 15:04:05", "2006-01-02 15:04",
	"2006-01-02 Mon 15:04", "2006-01-02 Mon", "2006-01-02", "2006/01/02", "2006.01.02", "20060102", "02.01.2006", "2.1.2006", "January 2, 2006", "Jan 2, 2006", "2 January 2006", "2 Jan 2006",
	"January 2006", "Jan 2006", "2006-01", time.RFC1123Z, time.RFC1123, time.RFC850, time.ANSIC, time.UnixDate, "Monday, January 2, 2006", "Mon, 2 Jan 2006",
}

// parseDate reads a date; the zero time for what is none. Forms that mean
// different days in different countries are none.
func parseDate(s string) time.Time {
	s = strings.Trim(normal.OneLine(s), `"'<>[]`)
	for _, form := range dateForms {
		if t, err := time.Parse(form, s); err == nil && t.Year() > 1000 {
			return t.UTC()
		}
	}
	return time.Time{}
}

var languageForm = regexp.MustCompile(`^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*$`)

// languageTag returns s where it has the form of a BCP 47 tag, else "".
func languageTag(s string) string {
	if languageForm.MatchString(s) {
		return strings.ReplaceAll(s, "_", "-")
	}
	return ""
}

// appendNew appends what list does not hold yet, however it is capitalised.
func appendNew(list []string, more ...string) []string {
	for _, s := range more {
		if s != "" && !slices.ContainsFunc(list, func(have string) bool { return strings.EqualFold(have, s) }) {
			list = append(list, s)
		}
	}
	return list
}
