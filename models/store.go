package models

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// usableStore returns dir when the models in it can be read, "" when there are
// none, and otherwise the reason, without the paths.
func usableStore(dir string) (string, error) {
	if dir == "" {
		return "", nil
	}
	for _, part := range []string{"manifests", "blobs"} {
		_, err := os.ReadDir(filepath.Join(dir, part))
		switch path, ok := errors.AsType[*fs.PathError](err); {
		case errors.Is(err, fs.ErrNotExist):
			return "", nil
		case errors.Is(err, fs.ErrPermission):
			return "", errors.New("this user may not read them; to use them, give it read permission on the folder")
		case ok:
			return "", path.Err
		case err != nil:
			return "", err
		}
	}
	return dir, nil
}
