package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTypes_AreCommittedAsTheFileGives(t *testing.T) {
	want, err := types("../openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../src/schema.ts")
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Error("web/src/schema.ts is not what web/openapi.yaml gives: run go generate ./web")
	}
}

// file writes an OpenAPI file of one schema X and one route.
func file(t *testing.T, schema, route string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "openapi.yaml")
	text := "openapi: 3.0.3\ninfo: { title: t, version: '1' }\npaths:\n  /a/{id}:\n    get:\n      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]\n" +
		route + "\ncomponents:\n  schemas:\n    Y: { type: string }\n    X: " + schema + "\n"
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

const given = "      responses: { '200': { description: d, content: { application/json: { schema: { $ref: '#/components/schemas/X' } } } } }"

func TestTypes_OfSchemas(t *testing.T) {
	for schema, want := range map[string]string{
		"{ type: integer }":                                                         "export type X = number;",
		"{ type: number }":                                                          "export type X = number;",
		"{ type: boolean }":                                                         "export type X = boolean;",
		"{ type: string, format: date-time }":                                       "export type X = string;",
		"{ type: string, enum: ['', a b] }":                                         `export type X = "" | "a b";`,
		"{ type: array, items: { $ref: '#/components/schemas/Y' } }":                "export type X = Y[];",
		"{ type: array, items: { type: string, enum: [a, b] } }":                    `export type X = ("a" | "b")[];`,
		"{ type: array, nullable: true, items: { type: string } }":                  "export type X = string[] | null;",
		"{ type: array, minItems: 2, maxItems: 2, items: { type: number } }":        "export type X = [number, number];",
		"{ type: object, additionalProperties: { type: number } }":                  "export type X = Record<string, number>;",
		"{ type: object, additionalProperties: false }":                             "export type X = Record<string, never>;",
		"{ oneOf: [{ type: string }, { $ref: '#/components/schemas/Y' }] }":         "export type X = string | Y;",
		"{ allOf: [{ $ref: '#/components/schemas/Y' }], description: other words }": "/** other words */\nexport type X = Y;",
		"{ type: object, required: [b], properties: { b: { type: string, description: said }, a-c: { type: object, properties: { z: { type: boolean } } } } }": "export interface X {\n  \"a-c\"?: { z?: boolean };\n  /** said */\n  b: string;\n}",
	} {
		got, err := types(file(t, schema, given))
		if err != nil || !strings.Contains(got, "\n"+want+"\n") {
			t.Errorf("%s: %v\n%s", schema, err, got)
		}
	}
}

func TestTypes_RefusesWhatWouldBeWider(t *testing.T) {
	for _, schema := range []string{
		"{ type: integer, enum: [1, 2] }",
		"{ allOf: [{ $ref: '#/components/schemas/Y' }, { type: string }] }",
		"{ type: object, additionalProperties: { type: string }, properties: { a: { type: string } } }",
		"{ description: anything }",
	} {
		if got, err := types(file(t, schema, given)); err == nil || !strings.Contains(err.Error(), "schema X") {
			t.Errorf("%s: %v\n%s", schema, err, got)
		}
	}
}

func TestTypes_OfRoutes(t *testing.T) {
	for route, want := range map[string]string{
		given: `{ path: { id: number }; gives: X };`,
		"      responses: { '204': { description: d } }": `{ path: { id: number }; gives: null };`,
		"      requestBody: { content: { application/json: { schema: { type: object, required: [a], properties: { a: { type: string } } } } } }\n" +
			"      responses: { '200': { description: d, content: { text/event-stream: { schema: { $ref: '#/components/schemas/X' } } } } }": `{ path: { id: number }; takes: { a: string }; events: X };`,
		"      responses: { '200': { description: d, content: { application/pdf: { schema: { type: string } }, application/json: { schema: { type: string } } } } }": `{ path: { id: number }; gives: Blob };`,
	} {
		got, err := types(file(t, "{ type: string }", route))
		if err != nil || !strings.Contains(got, `"GET /a/{id}": `+want) {
			t.Errorf("%s: %v\n%s", route, err, got)
		}
	}
}
