package watch

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golocal"
)

// storm does random operations on a folder, from its seed alone.
type storm struct {
	*testing.T
	rng     *rand.Rand
	dir     string // the root
	away    string // beside it
	serial  int
	made    map[golocal.Sum]bool // contents that ever were in a file
	twins   map[inode]bool       // files that had two names
	history []string
}

func (s *storm) text() string {
	s.serial++
	text := fmt.Sprintf("text %06d ", s.serial) + strings.Repeat("x", s.rng.IntN(200))
	return text
}

// pick returns a random file, a random folder and a path that may be taken, in
// a folder that is there. The first two are "" if there is none.
func (s *storm) pick() (file, folder, place string) {
	var files, folders []string
	filepath.WalkDir(s.dir, func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil, p == s.dir, d.Type()&fs.ModeSymlink != 0:
		case d.IsDir():
			folders = append(folders, p)
		default:
			files = append(files, p)
		}
		return nil
	})
	one := func(list []string) string {
		if len(list) == 0 {
			return ""
		}
		return list[s.rng.IntN(len(list))]
	}
	dir := s.dir
	if s.rng.IntN(4) > 0 && len(folders) > 0 {
		dir = one(folders)
	}
	return one(files), one(folders), filepath.Join(dir, one(stormNames))
}

var stormNames = []string{"a.md", "b.md", "c.txt", "d", "e", "f", "x.log", "k.pem", ".env", "tmp-ignored", "node_modules", "new\nline", "ü", "s.md~"}

func (s *storm) save(path, text string) {
	if os.WriteFile(path, []byte(text), 0o644) == nil {
		s.made[sha256.Sum256([]byte(text))] = true
	}
}

// note remembers the content of path for the count of needed embeddings.
func (s *storm) note(path string) {
	if data, err := os.ReadFile(path); err == nil {
		s.made[sha256.Sum256(data)] = true
	}
}

// do does one random operation. Errors are part of it: a folder may be in the
// way of a file.
func (s *storm) do() {
	op := s.rng.IntN(24)
	file, folder, place := s.pick()
	s.history = append(s.history, fmt.Sprintf("%d %q %q %q", op, file, folder, place))
	switch op {
	case 0, 1, 2, 3, 4:
		s.save(place, s.text())
	case 5:
		if f, err := os.OpenFile(file, os.O_APPEND|os.O_WRONLY, 0); err == nil {
			f.WriteString("more")
			f.Close()
			s.note(file)
		}
	case 6: // same size, same time
		fi, err := os.Lstat(file)
		if err != nil || !fi.Mode().IsRegular() || fi.Size() == 0 {
			return
		}
		s.serial++
		data := fmt.Appendf(nil, "%0*d", fi.Size(), s.serial)[:fi.Size()]
		if os.WriteFile(file, data, 0o644) == nil {
			s.made[sha256.Sum256(data)] = true
			os.Chtimes(file, fi.ModTime(), fi.ModTime())
		}
	case 7:
		if os.Truncate(file, int64(s.rng.IntN(10))) == nil {
			s.note(file)
		}
	case 8, 9:
		os.Rename(file, place)
	case 10, 11, 12:
		os.Rename(folder, place)
	case 13:
		os.Rename(folder, filepath.Join(s.away, fmt.Sprint(s.serial)))
		s.serial++
	case 14, 15:
		if entries, _ := os.ReadDir(s.away); len(entries) > 0 {
			os.Rename(filepath.Join(s.away, entries[s.rng.IntN(len(entries))].Name()), place)
		}
	case 16:
		os.Remove(file)
	case 17:
		if s.rng.IntN(3) == 0 {
			os.RemoveAll(folder)
		}
	case 18:
		os.Symlink([]string{"a.md", "/etc", "..", "nowhere"}[s.rng.IntN(4)], place)
	case 19:
		if os.Link(file, place) == nil {
			if fi, err := os.Lstat(place); err == nil {
				id, _ := inodeOf(fi)
				s.twins[id] = true
			}
		}
	case 20: // a folder becomes a file, or a file a folder
		if s.rng.IntN(2) == 0 && os.Remove(folder) == nil {
			s.save(folder, s.text())
		} else if os.Remove(file) == nil {
			os.Mkdir(file, 0o755)
			s.save(filepath.Join(file, "in.md"), s.text())
		}
	case 21: // an editor's safe save
		tmp := filepath.Join(filepath.Dir(file), ".tmp-save")
		if file != "" {
			s.save(tmp, s.text())
			os.Rename(tmp, file)
		}
	case 22:
		deep := filepath.Join(place, "m", "n", "o")
		if os.MkdirAll(deep, 0o755) == nil {
			for i := range 3 {
				s.save(filepath.Join(deep, fmt.Sprint(i)), s.text())
			}
		}
	case 23:
		ignore := filepath.Join(s.dir, ".gitignore")
		if fi, err := os.Lstat(ignore); err == nil && !fi.IsDir() {
			os.Remove(ignore)
		} else {
			s.save(ignore, [...]string{"*.log\n", "tmp-ignored/\n", "*.log\ntmp-ignored/\n"}[s.rng.IntN(3)])
		}
	}
}

// I1: after any operations the index equals the folder; by events alone, and
// after Sync; also with restarts between.
func TestI1_IndexEqualsFolder(t *testing.T) {
	seeds, ops := 4, 250
	if os.Getenv("GOLOCAL_LONG") != "" {
		seeds, ops = 50, 2000
	}
	for seed := range uint64(seeds) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) { ride(t, seed, ops) })
	}
}

func ride(t *testing.T, seed uint64, ops int) {
	h := open(t, testOptions(), nil)
	s := &storm{T: t, rng: rand.New(rand.NewPCG(seed, 3)), dir: h.dir, away: h.dir + ".away", made: make(map[golocal.Sum]bool), twins: make(map[inode]bool)}
	h.must(os.Mkdir(s.away, 0o755))
	for range 60 {
		_, _, file := s.pick()
		s.save(file, s.text())
		_, _, folder := s.pick()
		os.Mkdir(folder, 0o755)
	}
	from := 0
	for i := range ops {
		s.do()
		switch s.rng.IntN(40) {
		case 0:
			time.Sleep(time.Duration(s.rng.IntN(80)) * time.Millisecond)
		case 1:
			s.calm(h, "events", &from)
			h.sync()
			s.check(h, "Sync", &from)
		case 2:
			if i%3 == 0 {
				h.stop()
				for range 5 {
					s.do()
				}
				h.start(testOptions(), nil)
			}
		}
	}
	s.calm(h, "events", &from)
	h.sync()
	s.check(h, "the end", &from)
	h.shelf.mu.Lock()
	defer h.shelf.mu.Unlock()
	needed := 0
	for sum := range h.shelf.sums {
		if !s.made[sum] {
			needed++
		}
	}
	// Only a file read while it was being written has a content of its own.
	if needed > len(s.made)/20 {
		t.Errorf("%d contents were read that no file was meant to have, of %d", needed, len(s.made))
	}
}

// calm waits until events alone made the index equal, unless a deletion is held.
// A file that had another name, in an ignored folder, may have been written there
// without an event.
func (s *storm) calm(h *house, after string, from *int) {
	h.Helper()
	var diff string
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if h.w.Queue().Len() > 0 {
			continue
		}
		diff = h.differsBut(func(path string) bool {
			fi, err := os.Lstat(h.path(path))
			if err != nil {
				return false
			}
			id, ok := inodeOf(fi)
			return ok && s.twins[id]
		})
		if diff == "" || h.w.Status()[0].Held > 0 {
			return
		}
	}
	s.fail(h, after, diff, *from)
}

func (s *storm) check(h *house, after string, from *int) {
	h.Helper()
	if diff := h.differs(); diff != "" {
		s.fail(h, after, diff, *from)
	}
	*from = len(s.history)
}

func (s *storm) fail(h *house, after, diff string, from int) {
	h.Helper()
	last := s.history[max(from, len(s.history)-30):]
	h.Fatalf("after %s the index is not the folder:\n%s%+v\n%s\nthe last operations:\n%s",
		after, diff, h.w.Status(), h.logs, strings.ReplaceAll(strings.Join(last, "\n"), h.dir, ""))
}
