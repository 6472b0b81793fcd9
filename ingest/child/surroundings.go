package child

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// childEnv is all the environment that a parser process gets.
func childEnv(memory int64, temp string, open bool) []string {
	env := []string{
		"GOMEMLIMIT=" + strconv.FormatInt(memory*8/10, 10), "GOTRACEBACK=none",
		"TMPDIR=" + temp, "TMP=" + temp, "TEMP=" + temp, readsEnv + "=" + strings.Join(programFolders(), ":"),
	}
	if open {
		env = append(env, openEnv+"=1")
	}
	for _, name := range []string{"PATH", "SYSTEMROOT", "PATHEXT", "TESSDATA_PREFIX", "GOLOCAL_PARSER_TEST"} {
		if v := os.Getenv(name); v != "" {
			env = append(env, name+"="+v)
		}
	}
	return env
}

// programFolders returns where the programs that parsers start are installed, so
// that one outside of the system's folders works too: the folder above bin.
// A bin folder of the user's home is not one: above it lie his files.
func programFolders() []string {
	home, _ := os.UserHomeDir()
	var folders []string
	for _, name := range []string{"tesseract", "soffice"} {
		path, err := exec.LookPath(name)
		if err == nil {
			path, err = filepath.EvalSymlinks(path)
		}
		if err != nil || !filepath.IsAbs(path) {
			continue
		}
		folder := filepath.Dir(path)
		if above := filepath.Dir(folder); above != "/" && !within(home, above) && above != filepath.Join(home, ".local") {
			folder = above
		}
		folders = append(folders, folder)
	}
	if data := os.Getenv("TESSDATA_PREFIX"); filepath.IsAbs(data) {
		folders = append(folders, data)
	}
	return folders
}

// within reports whether path is folder or lies below it.
func within(path, folder string) bool {
	rel, err := filepath.Rel(folder, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

const tempPrefix = "golocal-parser-"

// makeTemp makes a folder for the temporary files of one parser process, and
// removes those that a golocal left behind which was killed.
func makeTemp() (string, error) {
	left, _ := filepath.Glob(filepath.Join(os.TempDir(), tempPrefix+"*"))
	for _, dir := range left {
		pid, _, _ := strings.Cut(strings.TrimPrefix(filepath.Base(dir), tempPrefix), "-")
		if n, err := strconv.Atoi(pid); err == nil && gone(n) {
			os.RemoveAll(dir)
		}
	}
	dir, err := os.MkdirTemp("", tempPrefix+strconv.Itoa(os.Getpid())+"-")
	if err != nil {
		return "", fmt.Errorf("make a folder for the parser's temporary files: %w", err)
	}
	return dir, nil
}
