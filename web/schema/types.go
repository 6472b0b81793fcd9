package main

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// writer gathers the lines of the file.
type writer struct{ strings.Builder }

func (w *writer) line(format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }

func sorted[T any](m map[string]T) []string { return slices.Sorted(maps.Keys(m)) }

// schema writes a named schema: an object as an interface with a line for each
// property, anything else as a type.
func (w *writer) schema(name string, s *openapi3.Schema) error {
	w.line("")
	w.comment("", s.Description)
	if !s.Type.Is("object") || len(s.Properties) == 0 || s.AdditionalProperties.Schema != nil {
		t, err := typeOf(&openapi3.SchemaRef{Value: s})
		w.line("export type %s = %s;", name, t)
		return err
	}
	w.line("export interface %s {", name)
	for _, p := range sorted(s.Properties) {
		t, err := typeOf(s.Properties[p])
		if err != nil {
			return fmt.Errorf("%s: %w", p, err)
		}
		if s.Properties[p].Ref == "" {
			w.comment("  ", s.Properties[p].Value.Description)
		}
		w.line("  %s%s;", key(p, slices.Contains(s.Required, p)), ": "+t)
	}
	w.line("}")
	return nil
}

func (w *writer) comment(indent, text string) {
	if text = strings.Join(strings.Fields(text), " "); text != "" {
		w.line("%s/** %s */", indent, strings.ReplaceAll(text, "*/", "* /"))
	}
}

var word = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

func key(name string, required bool) string {
	if !word.MatchString(name) {
		name = strconv.Quote(name)
	}
	if required {
		return name
	}
	return name + "?"
}

// typeOf is a schema as a type. What it does not know is an error: a type that is
// wider than the file would let the page read what never comes.
func typeOf(r *openapi3.SchemaRef) (string, error) {
	if r.Ref != "" {
		return r.Ref[strings.LastIndex(r.Ref, "/")+1:], nil
	}
	t, err := bare(r.Value)
	if err == nil && r.Value.Nullable {
		t += " | null"
	}
	return t, err
}

func bare(s *openapi3.Schema) (string, error) {
	switch {
	case len(s.OneOf) > 0:
		return union(s.OneOf)
	case len(s.AnyOf) > 0:
		return union(s.AnyOf)
	case len(s.AllOf) == 1: // a reference with words of its own
		return typeOf(s.AllOf[0])
	case len(s.AllOf) > 1:
		return "", errors.New("allOf of several is not known")
	case len(s.Enum) > 0:
		var all []string
		for _, v := range s.Enum {
			v, ok := v.(string)
			if !ok {
				return "", errors.New("only words are known in an enum")
			}
			all = append(all, strconv.Quote(v))
		}
		return strings.Join(all, " | "), nil
	case s.Type.Is("string"):
		return "string", nil
	case s.Type.Is("integer"), s.Type.Is("number"):
		return "number", nil
	case s.Type.Is("boolean"):
		return "boolean", nil
	case s.Type.Is("array"):
		return array(s)
	case s.Type.Is("object"):
		return object(s)
	}
	return "", fmt.Errorf("type %v is not known", s.Type)
}

func union(of openapi3.SchemaRefs) (string, error) {
	var all []string
	for _, r := range of {
		t, err := typeOf(r)
		if err != nil {
			return "", err
		}
		all = append(all, t)
	}
	return strings.Join(all, " | "), nil
}

func array(s *openapi3.Schema) (string, error) {
	t, err := typeOf(s.Items)
	if err != nil {
		return "", err
	}
	if s.MaxItems != nil && *s.MaxItems == s.MinItems {
		return "[" + strings.TrimSuffix(strings.Repeat(t+", ", int(s.MinItems)), ", ") + "]", nil
	}
	if strings.Contains(t, " | ") {
		t = "(" + t + ")"
	}
	return t + "[]", nil
}

func object(s *openapi3.Schema) (string, error) {
	if a := s.AdditionalProperties.Schema; a != nil {
		if len(s.Properties) > 0 {
			return "", errors.New("an object of named and other properties is not known")
		}
		t, err := typeOf(a)
		return "Record<string, " + t + ">", err
	}
	if len(s.Properties) == 0 {
		return "Record<string, never>", nil
	}
	var all []string
	for _, p := range sorted(s.Properties) {
		t, err := typeOf(s.Properties[p])
		if err != nil {
			return "", fmt.Errorf("%s: %w", p, err)
		}
		all = append(all, key(p, slices.Contains(s.Required, p))+": "+t)
	}
	return "{ " + strings.Join(all, "; ") + " }", nil
}
