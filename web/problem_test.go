package web

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

// Every code that a refusal has is in the file, so that the page has words for it
// (src/text/problems.ts does not compile without), and no other.
func TestOpenAPI_KnowsTheCodesOfProblems(t *testing.T) {
	doc, err := openapi3.NewLoader().LoadFromFile("openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{} // and whether it is given anywhere
	for _, c := range doc.Components.Schemas["Problem"].Value.Properties["code"].Value.Enum {
		known[c.(string)] = false
	}
	var files []string
	for _, pattern := range []string{"*.go", "../cmd/golocal/*.go", "e2e/harness/*.go"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	set := token.NewFileSet()
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(set, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BasicLit:
				if s, err := strconv.Unquote(n.Value); err == nil && n.Kind == token.STRING {
					if _, ok := known[s]; ok {
						known[s] = true
					}
				}
			case *ast.CompositeLit:
				var of string
				switch x := n.Type.(type) {
				case *ast.Ident:
					of = x.Name
				case *ast.SelectorExpr:
					of = x.Sel.Name
				}
				for _, e := range n.Elts {
					kv, ok := e.(*ast.KeyValueExpr)
					if !ok || of != "Problem" || kv.Key.(*ast.Ident).Name != "Code" {
						continue
					}
					if lit, ok := kv.Value.(*ast.BasicLit); ok {
						if code, err := strconv.Unquote(lit.Value); err != nil || !has(known, code) {
							t.Errorf("%s: the code %s is not in openapi.yaml", set.Position(lit.Pos()), lit.Value)
						}
					}
				}
			}
			return true
		})
	}
	for code, given := range known {
		if !given {
			t.Errorf("openapi.yaml has the code %q, which nothing gives", code)
		}
	}
}

func has(m map[string]bool, key string) bool { _, ok := m[key]; return ok }
