package watch

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	"golocal/internal/remark"
)

// CheckRoot tells whether the folder at path may become a root, and returns its
// path absolute, clean and without links. It refuses what is no readable
// folder, whole disks, home folders as a whole, folders of the system, folders
// of secrets, and golocal's own data, whose folders own lists; a folder around
// own is fine, as own is left out. The error says what to do instead.
func CheckRoot(path string, own []string) (clean string, err error) {
	if path == "" {
		return "", remark.Error(nil, remark.AddNothing)
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", remark.Error(err, remark.AddFind, strconv.Quote(path), err)
	}
	clean, err = filepath.EvalSymlinks(abs)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", remark.Error(nil, remark.AddNotThere, strconv.Quote(path))
	case errors.Is(err, fs.ErrPermission):
		return "", remark.Error(nil, remark.AddDenied, strconv.Quote(path))
	case err != nil:
		return "", remark.Error(err, remark.AddFind, strconv.Quote(path), err)
	}
	fi, err := os.Lstat(clean)
	if err != nil {
		return "", remark.Error(err, remark.AddFind, strconv.Quote(path), err)
	}
	if !fi.IsDir() {
		return "", remark.Error(nil, remark.AddNoFolder, strconv.Quote(path), filepath.Dir(clean))
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
		return "", remark.Error(err, remark.AddUnreadable, strconv.Quote(path), errorCause(err))
	}
	return clean, nil
}

// systemFolders show devices and the kernel's state.
var systemFolders = []string{"/proc", "/sys", "/dev"}

// checkPlace refuses folders that must not be watched for where they are.
func checkPlace(clean string, own []string) error {
	if filepath.Dir(clean) == clean {
		return remark.Error(nil, remark.AddDisk, clean)
	}
	if runtime.GOOS != "windows" {
		for _, s := range systemFolders {
			if _, ok := below(s, clean); ok {
				return remark.Error(nil, remark.AddSystem, clean)
			}
		}
	}
	if pseudo(clean) {
		return remark.Error(nil, remark.AddSystem, clean)
	}
	for _, o := range own {
		if real, err := filepath.EvalSymlinks(o); err == nil {
			o = real
		}
		if _, ok := below(filepath.Clean(o), clean); ok {
			return remark.Error(nil, remark.AddOwn, clean)
		}
	}
	if home, err := os.UserHomeDir(); err == nil && filepath.IsAbs(home) {
		if real, err := filepath.EvalSymlinks(home); err == nil {
			home = real
		}
		rel, around := below(clean, filepath.Clean(home))
		switch {
		case around && rel == "":
			return remark.Error(nil, remark.AddHome, clean, filepath.Join(clean, "Documents"))
		case around:
			return remark.Error(nil, remark.AddHomes, clean, filepath.Join(home, "Documents"))
		}
	}
	slashed := filepath.ToSlash(strings.TrimPrefix(clean, filepath.VolumeName(clean)))
	for at := range ancestors(strings.TrimPrefix(slashed, "/") + "/") {
		if _, ok := secretFolder(at); ok {
			return remark.Error(nil, remark.AddSecrets, clean)
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
