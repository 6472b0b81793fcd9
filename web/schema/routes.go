package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// routes writes the interface Routes: for each route its parameters in path and
// query, the body that it takes (JSON, or a Blob), and what it gives: JSON as gives, the data of
// server-sent events as events, anything else as a Blob.
func (w *writer) routes(paths *openapi3.Paths) error {
	w.line("")
	w.comment("", "What each route takes and gives.")
	w.line("export interface Routes {")
	for _, path := range sorted(paths.Map()) {
		item := paths.Find(path)
		for _, method := range sorted(item.Operations()) {
			parts, err := operation(item.GetOperation(method))
			if err != nil {
				return fmt.Errorf("%s %s: %w", method, path, err)
			}
			w.line("  %q: { %s };", method+" "+path, strings.Join(parts, "; "))
		}
	}
	w.line("}")
	return nil
}

func operation(o *openapi3.Operation) ([]string, error) {
	var parts []string
	for _, in := range []string{"path", "query"} {
		of, all := "", []string(nil)
		for _, p := range o.Parameters {
			if p.Value.In != in {
				continue
			}
			t, err := typeOf(p.Value.Schema)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", p.Value.Name, err)
			}
			all = append(all, key(p.Value.Name, p.Value.Required)+": "+t)
			if p.Value.Required {
				of = in + ": "
			}
		}
		if len(all) == 0 {
			continue
		}
		if of == "" {
			of = in + "?: "
		}
		parts = append(parts, of+"{ "+strings.Join(all, "; ")+" }")
	}
	if o.RequestBody != nil {
		t, err := "Blob", error(nil)
		if m := o.RequestBody.Value.Content["application/json"]; m != nil {
			t, err = typeOf(m.Schema)
		}
		if err != nil {
			return nil, fmt.Errorf("body: %w", err)
		}
		parts = append(parts, "takes: "+t)
	}
	given, err := response(o)
	return append(parts, given), err
}

func response(o *openapi3.Operation) (string, error) {
	for status, r := range o.Responses.Map() {
		if !strings.HasPrefix(status, "2") {
			continue
		}
		content := r.Value.Content
		if len(content) == 0 {
			return "gives: null", nil
		}
		for kind, name := range map[string]string{"text/event-stream": "events", "application/json": "gives"} {
			if m := content[kind]; m != nil && len(content) == 1 {
				t, err := typeOf(m.Schema)
				return name + ": " + t, err
			}
		}
		return "gives: Blob", nil
	}
	return "", errors.New("no response of success")
}
