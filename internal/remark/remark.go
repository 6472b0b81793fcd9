// Package remark says what golocal has to say to people in the languages that it
// speaks. What is said has a code and values: so a page or an answer says in its own
// language what a reader, a search or a rule found long before, in another process.
package remark

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golocal"
	"golocal/internal/place"
)

// Code names what is said. Codes are stable: programs and stored documents have them.
type Code string

// words are the texts of a code, in English and German. A text holds its values by
// number: {0} as it is, {0:decimal} a number as English writes it, {0:size} bytes in MB, {0:bytes} in MB or GB, {0:place} a golocal.Place, {0:period} days (see
// Period), {0:remark} another remark, {0:remarks} several, and {0:row|rows} a count
// with its noun, {0:row is|rows are} with more.
type words struct{ en, de string }

// Languages are those that every code has a text in, BCP 47.
var Languages = []string{"en", "de"}

// Texts are all texts of a language by code, as New's values go into them.
func Texts(language string) map[Code]string {
	out := map[Code]string{}
	for _, part := range catalogue {
		for code, w := range part {
			out[code] = w.in(language)
		}
	}
	return out
}

func (w words) in(language string) string {
	if language == "de" {
		return w.de
	}
	return w.en
}

// find is what a code says.
func find(code Code) (words, bool) {
	for _, part := range catalogue {
		if w, ok := part[code]; ok {
			return w, true
		}
	}
	return words{}, false
}

// New is a remark of a code. Values are strings, integers, places, remarks, and
// errors, which count as the remark that they have, else as their text.
func New(code Code, values ...any) golocal.Remark {
	r := golocal.Remark{Code: string(code)}
	for _, v := range values {
		r.Values = append(r.Values, value(v))
	}
	return r
}

// remarked is an error that says what is wrong in several languages.
type remarked interface {
	error
	Remark() golocal.Remark
}

// By is what an error says in several languages, itself or one that it wraps; the
// zero Remark where none does.
func By(err error) golocal.Remark {
	if r, ok := errors.AsType[remarked](err); ok {
		return r.Remark()
	}
	return golocal.Remark{}
}

// Of is By, or the error's text as it is.
func Of(err error) golocal.Remark {
	if r := By(err); r.Code != "" {
		return r
	}
	return AsIs(err.Error())
}

// AsIs is a text that no code says.
func AsIs(text string) golocal.Remark { return New(NoteText, text) }

func value(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case remarked:
		if r := v.Remark(); r.Code != "" {
			return asJSON(r)
		}
	case golocal.Remark, []golocal.Remark, golocal.Place:
		return asJSON(v)
	}
	return fmt.Sprint(v)
}

func asJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil { // of strings and numbers there is always one
		panic(err)
	}
	return string(b)
}

// Text is New's text in English.
func Text(code Code, values ...any) string { return Say("en", New(code, values...)) }

// Say says a remark in a language, English for every one that is not spoken; "" for
// one of no code or an unknown code.
func Say(language string, r golocal.Remark) string {
	w, ok := find(Code(r.Code))
	if !ok {
		return ""
	}
	var b strings.Builder
	text := w.in(language)
	for {
		before, rest, more := strings.Cut(text, "{")
		b.WriteString(before)
		if !more {
			return b.String()
		}
		var hole string
		hole, text, _ = strings.Cut(rest, "}")
		number, kind, _ := strings.Cut(hole, ":")
		n, _ := strconv.Atoi(number)
		if n < len(r.Values) {
			b.WriteString(fill(language, r.Values[n], kind))
		}
	}
}

// Or says a remark, or text where it has no code or one that is not known.
func Or(language string, r golocal.Remark, text string) string {
	if s := Say(language, r); s != "" {
		return s
	}
	return text
}

// fill writes a value as a text wants it.
func fill(language, value, kind string) string {
	switch kind {
	case "":
		return value
	case "bytes":
		if n, err := strconv.ParseInt(value, 10, 64); err == nil {
			return Bytes(language, n)
		}
		return value
	case "decimal":
		return decimal(language, value)
	case "size":
		if n, err := strconv.ParseInt(value, 10, 64); err == nil {
			return Size(language, n)
		}
		return value
	case "place":
		var p golocal.Place
		if json.Unmarshal([]byte(value), &p) != nil {
			return value
		}
		return place.NameIn(language, p)
	case "remark":
		var r golocal.Remark
		if json.Unmarshal([]byte(value), &r) != nil {
			return value // of an error without a code
		}
		return Say(language, r)
	case "remarks":
		var list []golocal.Remark
		if json.Unmarshal([]byte(value), &list) != nil {
			return value
		}
		said := make([]string, len(list))
		for i, r := range list {
			said[i] = Say(language, r)
		}
		return strings.Join(said, ", ")
	case "period":
		return sayPeriod(language, value)
	}
	one, many, _ := strings.Cut(kind, "|")
	if value == "1" {
		return value + " " + one
	}
	return value + " " + many
}

// Size writes a number of bytes for people: "1.2 MB".
func Size(language string, n int64) string {
	if n >= 10e6 {
		return fmt.Sprintf("%d MB", n/1e6)
	}
	return decimal(language, fmt.Sprintf("%.1f", float64(n)/1e6)) + " MB"
}

// Bytes writes the size of a model: "1.2 GB", "46 MB"; at least 1 MB.
func Bytes(language string, n int64) string {
	if n >= 1e9 {
		return decimal(language, fmt.Sprintf("%.1f", float64(n)/1e9)) + " GB"
	}
	return fmt.Sprintf("%d MB", max((n+5e5)/1e6, 1))
}

var marks = strings.NewReplacer(".", ",", ",", ".")

// decimal writes a number as a language does that English writes so: "4,070.5".
func decimal(language, number string) string {
	if language == "de" {
		return marks.Replace(number)
	}
	return number
}
