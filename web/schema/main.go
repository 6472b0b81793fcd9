// Command schema writes the page's types, src/schema.ts, from openapi.yaml: an
// interface for each schema and, in Routes, what each route takes and gives. So
// the page compiles only where it and the daemon mean the same. It also writes
// src/text/remarks.ts, all that the daemon says by code, in each language.
// Run it with go generate ./web.
package main

import (
	"fmt"
	"os"

	"github.com/getkin/kin-openapi/openapi3"
)

func main() {
	err := write("openapi.yaml", "src/schema.ts")
	if err == nil {
		err = os.WriteFile("src/text/remarks.ts", []byte(remarks()), 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "web/schema:", err)
		os.Exit(1)
	}
}

func write(from, to string) error {
	text, err := types(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, []byte(text), 0o644)
}

// types is the TypeScript of an OpenAPI file.
func types(file string) (string, error) {
	doc, err := openapi3.NewLoader().LoadFromFile(file)
	if err != nil {
		return "", fmt.Errorf("read %s: %w", file, err)
	}
	var w writer
	w.line("// Made from openapi.yaml by go generate ./web: change that file, not this one.")
	for _, name := range sorted(doc.Components.Schemas) {
		if err := w.schema(name, doc.Components.Schemas[name].Value); err != nil {
			return "", fmt.Errorf("%s: schema %s: %w", file, name, err)
		}
	}
	if err := w.routes(doc.Paths); err != nil {
		return "", fmt.Errorf("%s: %w", file, err)
	}
	return w.String(), nil
}
