package watch

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// CheckRoot tells whether the folder at path may become a root, and returns its
// path absolute, clean and without links. It refuses what is no readable
// folder, whole disks, home folders as a whole, folders of the system, folders
// of secrets, and golocal's own data, whose folders own lists; a folder around
// own is fine, as own is left out. The error says what to do instead.
func CheckRoot(path string, own []string) (clean string, err error) {
	if path == "" {
		return "", errors.New("no folder is named; name one, such as ~/Documents")
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", fmt.Errorf("find folder %q: %w", path, err)
	}
	clean, err = filepath.EvalSymlinks(abs)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", fmt.Errorf("%q is not there; check the spelling", path)
	case errors.Is(err, fs.ErrPermission):
		return "", fmt.Errorf("%q cannot be read: permission denied; choose a folder that you may read", path)
	case err != nil:
		return "", fmt.Errorf("find folder %q: %w", path, err)
	}
	fi, err := os.Lstat(clean)
	if err != nil {
		return "", fmt.Errorf("find folder %q: %w", path, err)
	}
	if !fi.IsDir() {
		return "", fmt.Errorf("%q is not a folder; add the folder that it lies in: %s", path, filepath.Dir(clean))
	}
	if err := checkPlace(clean, own); err != nil {
		return "", err
	}
	dir, err := os.Open(clean)
	if err == nil {
		_, err = dir.Readdirnames(1)
		dir.Close()
	}
	if err != nil && err != io.EOF {
		return "", fmt.Errorf("%q cannot be read: %w; choose a folder that you may read", path, errorCause(err))
	}
	return clean, nil
}

// systemFolders show devices and the kernel's state.
var systemFolders = []string{"/proc", "/sys", "/dev"}

// checkPlace refuses folders that must not be watched for where they are.
func checkPlace(clean string, own []string) error {
	if filepath.Dir(clean) == clean {
		return fmt.Errorf("%s is the whole disk; choose a folder on it, such as your Documents", clean)
	}
	if runtime.GOOS != "windows" {
		for _, s := range systemFolders {
			if _, ok := below(s, clean); ok {
				return fmt.Errorf("%s belongs to the system and holds no documents; choose a folder of your own", clean)
			}
		}
	}
	if pseudo(clean) {
		return fmt.Errorf("%s belongs to the system and holds no documents; choose a folder of your own", clean)
	}
	for _, o := range own {
		if real, err := filepath.EvalSymlinks(o); err == nil {
			o = real
		}
		if _, ok := below(filepath.Clean(o), clean); ok {
			return fmt.Errorf("%s is golocal's own data; choose a folder of documents", clean)
		}
	}
	if home, err := os.UserHomeDir(); err == nil && filepath.IsAbs(home) {
		if real, err := filepath.EvalSymlinks(home); err == nil {
			home = real
		}
		rel, around := below(clean, filepath.Clean(home))
		switch {
		case around && rel == "":
			return fmt.Errorf("%s is your whole home folder, with keys and programs' data in it; choose folders inside it, such as %s", clean, filepath.Join(clean, "Documents"))
		case around:
			return fmt.Errorf("%s holds whole home folders; choose folders inside yours, such as %s", clean, filepath.Join(home, "Documents"))
		}
	}
	slashed := filepath.ToSlash(strings.TrimPrefix(clean, filepath.VolumeName(clean)))
	for at := range ancestors(strings.TrimPrefix(slashed, "/") + "/") {
		if _, ok := secretFolder(at); ok {
			return fmt.Errorf("%s holds secrets, which are never indexed; choose a folder of documents", clean)
		}
	}
	return nil
}

// errorCause strips the path from a file system error.
func errorCause(err error) error {
	if pe, ok := errors.AsType[*fs.PathError](err); ok {
		return pe.Err
	}
	return err
}
