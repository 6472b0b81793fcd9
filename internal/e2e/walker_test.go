//go:build e2e

package e2e

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// entry is what becomes of a file: "read" with the sum of its bytes, "skipped",
// or "denied".
type entry struct{ fate, sum string }

// walk tells what the index of a folder should be. It knows the rules of the
// product's pages, not its code.
func walk(t testing.TB, dir string) map[string]entry {
	t.Helper()
	files := map[string]entry{}
	ignore, _ := os.ReadFile(filepath.Join(dir, ".gitignore"))
	rules := strings.Split(string(ignore), "\n")
	noLogs, noTmp := slices.Contains(rules, "*.log"), slices.Contains(rules, "tmp-ignored/")
	if slices.Contains(rules, "*") { // what is left of *.log when it is cut
		return files
	}
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			if errors.Is(err, fs.ErrNotExist) {
				return nil // it went while we looked
			}
			return err
		}
		name := d.Name()
		if p != dir && d.IsDir() && (name == ".git" || name == "node_modules" || name == ".ssh" || name == "tmp-ignored" && noTmp) ||
			noLogs && strings.HasSuffix(name, ".log") {
			if d.IsDir() {
				return filepath.SkipDir
			}
			return nil
		}
		if d.IsDir() || d.Type()&fs.ModeSymlink != 0 || name == ".gitignore" || litter(name) {
			return nil
		}
		rel := filepath.ToSlash(strings.TrimPrefix(p, dir+string(filepath.Separator)))
		if !d.Type().IsRegular() || strings.HasSuffix(name, ".pem") || strings.HasPrefix(name, ".env") {
			files[rel] = entry{fate: "skipped"}
			return nil
		}
		if fi, err := d.Info(); err == nil && fi.Size() > 200<<20 {
			files[rel] = entry{fate: "skipped"}
			return nil
		}
		data, err := os.ReadFile(p)
		switch {
		case errors.Is(err, fs.ErrPermission):
			files[rel] = entry{fate: "denied"}
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return err
		default:
			files[rel] = entry{"read", fmt.Sprintf("%x", sha256.Sum256(data))}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// litter tells whether programs leave files of that name beside people's.
func litter(name string) bool {
	return name == "4913" || strings.HasSuffix(name, "~") || strings.HasSuffix(name, ".swp") || strings.HasPrefix(name, "~$") ||
		strings.HasPrefix(name, ".~lock.") || strings.HasPrefix(name, ".goutputstream-") || strings.Contains(name, ".sb-")
}
