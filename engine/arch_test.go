package engine

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The list is what the pinned module registers: a newer module brings others.
func TestArchitectures_AreThoseOfTheModule(t *testing.T) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/ollama/ollama").Output()
	if err != nil {
		t.Fatal(err)
	}
	register := regexp.MustCompile(`model\.Register\("([^"]+)"`)
	var want []string
	err = filepath.WalkDir(filepath.Join(strings.TrimSpace(string(out)), "model", "models"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		text, err := os.ReadFile(path)
		for _, m := range register.FindAllStringSubmatch(string(text), -1) {
			want = append(want, strings.TrimSuffix(m[1], "_embed"))
		}
		return err
	})
	if err != nil || len(want) < 20 {
		t.Fatalf("%d registrations found, %v", len(want), err)
	}
	slices.Sort(want)
	if want = slices.Compact(want); !slices.Equal(slices.Sorted(slices.Values(architectures)), want) {
		t.Errorf("the engine lists %v, the module has %v", architectures, want)
	}
}
