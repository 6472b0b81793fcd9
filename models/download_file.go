package models

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/ollama/ollama/types/model"
)

// readDownloads reads what an earlier process had under way. A file that is
// missing, or damaged, gives none; the latter with an error.
func readDownloads(path string) ([]Download, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var all, good []Download
	if err := json.Unmarshal(data, &all); err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	for _, d := range all {
		switch {
		case !model.ParseName(d.Name).IsValid() || d.For != "" && d.For != Embedding && d.For != Chat:
			return nil, fmt.Errorf("read %s: %q for %q is no download", path, d.Name, d.For)
		case d.Active(), d.State == DownloadPaused, d.State == DownloadFailed:
			good = append(good, d)
		}
	}
	return good, nil
}

// writeDownloads replaces the file in one step; without downloads there is none.
func writeDownloads(path string, all []Download) (err error) {
	if len(all) == 0 {
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	}
	data, err := json.MarshalIndent(all, "", "  ")
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), "downloads-*.tmp") // 0600
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(f.Name())
		}
	}()
	_, err = f.Write(append(data, '\n'))
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
