package parse

import (
	"bytes"
	"errors"
	"mime"
	"net/mail"
	"strings"
	"time"

	"golocal/ingest/normal"
)

// maxHeader is how long a header may be, in bytes.
const maxHeader = 256 << 10

var errHeader = errors.New("a header of more than 256 KB")

// letterHeader holds the fields of a message or of one of its parts, in order
// (RFC 5322, 2.2). Names are in lower case, values unfolded and not yet decoded.
type letterHeader []headerField

type headerField struct{ name, value string }

// get returns the first field of a name.
func (h letterHeader) get(name string) string {
	for _, f := range h {
		if f.name == name {
			return f.value
		}
	}
	return ""
}

// all returns the fields of a name as one list.
func (h letterHeader) all(name string) string {
	var out []string
	for _, f := range h {
		if f.name == name && strings.TrimSpace(f.value) != "" {
			out = append(out, f.value)
		}
	}
	return strings.Join(out, ", ")
}

// readHeader cuts a message or part into its header and its body. A line that
// is no field continues the one before where fields follow, as broken senders
// fold; else the body has begun without a blank line.
func readHeader(data []byte) (h letterHeader, body []byte, err error) {
	var name string
	var value bytes.Buffer
	done := func() {
		if name != "" {
			h = append(h, headerField{name, strings.TrimSpace(value.String())})
		}
		name = ""
		value.Reset()
	}
	rest := data
	for len(rest) > 0 {
		if len(data)-len(rest) > maxHeader {
			return nil, nil, errHeader
		}
		line, after := cutLine(rest)
		if len(line) > maxHeader {
			return nil, nil, errHeader
		}
		field, ok := fieldName(line)
		switch {
		case len(bytes.TrimSpace(line)) == 0:
			done()
			return h, after, nil
		case line[0] == ' ' || line[0] == '\t':
			value.WriteByte(' ')
			value.Write(bytes.TrimSpace(line))
		case ok:
			done()
			name = field
			_, v, _ := bytes.Cut(line, []byte(":"))
			value.Write(bytes.TrimSpace(v))
		default:
			next, _ := cutLine(after)
			if _, goesOn := fieldName(next); !goesOn || name == "" {
				done()
				return h, rest, nil
			}
			value.WriteByte(' ')
			value.Write(bytes.TrimSpace(line))
		}
		rest = after
	}
	done()
	return h, nil, nil
}

// cutLine returns the first line of data, without its end, and what follows.
func cutLine(data []byte) (line, rest []byte) {
	line, rest, _ = bytes.Cut(data, []byte("\n"))
	return bytes.TrimSuffix(line, []byte("\r")), rest
}

// mediaType reads a Content-Type or Content-Disposition (RFC 2045, 2183, 2231).
// Where it is broken, what can be told is told.
func mediaType(value string) (kind string, params map[string]string) {
	kind, params, err := mime.ParseMediaType(value)
	if err == nil {
		return kind, params
	}
	params = map[string]string{}
	kind, rest, _ := strings.Cut(value, ";")
	for rest != "" {
		var key, val string
		key, rest, _ = strings.Cut(rest, "=")
		if i := strings.LastIndexByte(key, ';'); i >= 0 {
			key = key[i+1:] // a parameter without value stands before it
		}
		rest = strings.TrimLeft(rest, " \t")
		if strings.HasPrefix(rest, `"`) {
			val, rest, _ = strings.Cut(rest[1:], `"`)
			_, rest, _ = strings.Cut(rest, ";")
		} else {
			val, rest, _ = strings.Cut(rest, ";")
		}
		if key = strings.ToLower(strings.TrimSpace(key)); params[key] == "" {
			params[key] = strings.TrimSpace(val)
		}
	}
	return strings.ToLower(strings.TrimSpace(kind)), params
}

// addresses cuts a list of addresses (RFC 5322, 3.4) and writes each for
// people: "Ann Lee <ann@example.com>". Comments may be nested to any depth.
func addresses(list string) []string {
	var out []string
	add := func(s string) {
		if _, members, group := strings.Cut(s, ":"); group && !strings.ContainsAny(s, "<\"") && !strings.Contains(s, "=?") {
			s = members // "undisclosed-recipients:;"
		}
		s = normal.OneLine(normal.Text(decodeWords(strings.Trim(s, " \t;"))))
		if name, address, ok := strings.Cut(s, "<"); ok {
			name = strings.TrimSpace(strings.ReplaceAll(strings.Trim(strings.TrimSpace(name), `"'`), `\`, ""))
			address = strings.TrimRight(address, "> ")
			switch {
			case name == "" || strings.EqualFold(name, address):
				s = address
			case address == "":
				s = name
			default:
				s = name + " <" + address + ">"
			}
		}
		if s != "" && len(out) < 1000 {
			out = append(out, normal.Shorten(s, 300))
		}
	}
	start, quoted, comment, angle := 0, false, 0, false
	for i := 0; i < len(list); i++ {
		switch c := list[i]; {
		case c == '\\' && (quoted || comment > 0):
			i++
		case quoted:
			quoted = c != '"'
		case c == '(':
			comment++
		case c == ')':
			comment = max(0, comment-1)
		case comment > 0:
		case c == '"':
			quoted = true
		case c == '<':
			angle = true
		case c == '>':
			angle = false
		case c == ',' && !angle, c == ';' && !angle:
			add(list[start:i])
			start = i + 1
		}
	}
	add(list[start:])
	return out
}

// sentAt reads a Date field; zero where it is none.
func sentAt(value string) time.Time {
	value = strings.TrimSpace(value)
	if t, err := mail.ParseDate(value); err == nil {
		return t
	}
	return parseDate(value)
}
