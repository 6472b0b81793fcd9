//go:build e2e

package e2e

import (
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// storm does random operations on a folder, from its seed alone. Each version
// of a file that it writes holds a word that stands nowhere else.
type storm struct {
	t       *testing.T
	rng     *rand.Rand
	dir     string // the folder
	away    string // beside it, never indexed
	made    map[string]bool
	words   []string // of all versions, in their order
	checked int      // of words, before the last check
	commits int      // of the git history
	quiet   map[uint64]bool
	history []string
}

func newStorm(t *testing.T, seed uint64, dir, away string) *storm {
	return &storm{t: t, rng: rand.New(rand.NewPCG(seed, 5)), dir: dir, away: away, made: map[string]bool{}, quiet: map[uint64]bool{}}
}

// fresh is a word that stands nowhere yet.
func (s *storm) fresh() string {
	w := fmt.Sprintf("zq%06dk", len(s.words))
	s.words = append(s.words, w)
	return w
}

// text is a new version: one passage, whatever it grows to.
func (s *storm) text() string {
	return "The note " + s.fresh() + " says" + strings.Repeat(" again", s.rng.IntN(20)) + ".\n"
}

// save writes a new version to path, where nothing is in the way.
func (s *storm) save(path string) bool {
	text := s.text()
	if os.WriteFile(path, []byte(text), 0o644) != nil {
		return false
	}
	s.made[strings.TrimSpace(text)] = true
	return true
}

// note remembers what path holds now.
func (s *storm) note(path string) {
	if data, err := os.ReadFile(path); err == nil {
		s.made[strings.TrimSpace(string(data))] = true
	}
}

// plain tells whether path is a regular file with something in it.
func plain(path string) (fs.FileInfo, bool) {
	fi, err := os.Lstat(path)
	return fi, err == nil && fi.Mode().IsRegular() && fi.Size() > 0
}

var stormNames = []string{"a.md", "b.md", "c.txt", "d", "e", "f", "g.md", "x.log", "k.pem", ".env", "tmp-ignored", "node_modules", "new\nline.md", "ü.md", "\xff\xfe.txt", "s.md~", "-rf"}

// pick returns a random file, a random folder, and a path in a folder that is
// there. The first two are "" if there is none.
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

// fill makes the folder to begin with.
func (s *storm) fill() {
	for range 60 {
		_, _, file := s.pick()
		s.save(file)
		_, _, folder := s.pick()
		os.Mkdir(folder, 0o755)
	}
}

// do does one random operation. Errors are part of it: a folder may be in the
// way of a file.
func (s *storm) do() {
	op := s.rng.IntN(len(operations))
	file, folder, place := s.pick()
	s.history = append(s.history, fmt.Sprintf("%s %q %q %q", operations[op].name, file, folder, place))
	operations[op].do(s, file, folder, place)
}

// operations are what a storm is made of; those that stand twice are done twice
// as often.
var operations = []struct {
	name string
	do   func(s *storm, file, folder, place string)
}{
	{"create", create}, {"create", create}, {"create", create}, {"create", create}, {"create", create},
	{"append", func(s *storm, file, _, _ string) {
		if f, err := os.OpenFile(file, os.O_APPEND|os.O_WRONLY, 0); err == nil {
			f.WriteString("And " + s.fresh() + ".\n")
			f.Close()
			s.note(file)
		}
	}},
	{"overwrite", func(s *storm, file, _, _ string) {
		if file != "" {
			s.save(file)
		}
	}},
	{"same size", func(s *storm, file, _, _ string) { s.sameSize(file, os.WriteFile) }},
	{"same size, same time", func(s *storm, file, _, _ string) {
		if fi, ok := plain(file); ok && s.sameSize(file, os.WriteFile) {
			os.Chtimes(file, fi.ModTime(), fi.ModTime())
		}
	}},
	{"mmap", func(s *storm, file, _, _ string) {
		before, ok := plain(file)
		if !ok || !s.sameSize(file, mapped) {
			return
		}
		// No event tells of it, so a comparison must find it.
		after, err := os.Lstat(file)
		if err != nil {
			return
		}
		s.quiet[after.Sys().(*syscall.Stat_t).Ino] = true
		if after.ModTime().Equal(before.ModTime()) { // a file system that does not tell at all
			now := time.Now()
			os.Chtimes(file, now, now)
		}
	}},
	{"truncate", func(s *storm, file, _, _ string) {
		if fi, ok := plain(file); ok && os.Truncate(file, s.rng.Int64N(fi.Size())) == nil {
			s.note(file)
		}
	}},
	{"rename file", func(s *storm, file, _, place string) { os.Rename(file, place) }},
	{"rename file", func(s *storm, file, _, place string) { os.Rename(file, place) }},
	{"rename folder", func(s *storm, _, folder, place string) { unix.Rename(folder, place) }}, // over an empty one too
	{"rename folder", func(s *storm, _, folder, place string) { unix.Rename(folder, place) }}, // over an empty one too
	{"rename folder", func(s *storm, _, folder, place string) { unix.Rename(folder, place) }}, // over an empty one too
	{"move out", func(s *storm, _, folder, _ string) {
		os.Rename(folder, filepath.Join(s.away, fmt.Sprint("out", s.rng.Uint32())))
	}},
	{"move in", moveIn}, {"move in", moveIn},
	{"swap", func(s *storm, file, folder, _ string) {
		if file != "" && folder != "" { // what Exchange refuses, as a folder in itself, is refused
			unix.Renameat2(unix.AT_FDCWD, file, unix.AT_FDCWD, folder, unix.RENAME_EXCHANGE)
		}
	}},
	{"delete", func(s *storm, file, _, _ string) { os.Remove(file) }},
	{"delete folder", func(s *storm, _, folder, _ string) {
		if folder != "" && s.rng.IntN(3) == 0 {
			os.RemoveAll(folder)
		}
	}},
	{"chmod", func(s *storm, file, folder, _ string) {
		os.Chmod(file, []os.FileMode{0o600, 0o640, 0o644, 0o755}[s.rng.IntN(4)])
		os.Chmod(folder, []os.FileMode{0o700, 0o755}[s.rng.IntN(2)])
	}},
	{"no permission", func(s *storm, file, _, _ string) {
		if _, ok := plain(file); ok {
			os.Chmod(file, 0)
			if s.rng.IntN(3) > 0 {
				os.Chmod(file, 0o644)
			}
		}
	}},
	{"symlink", func(s *storm, file, _, place string) {
		os.Symlink([]string{"a.md", "/etc", "..", "nowhere", file}[s.rng.IntN(5)], place)
	}},
	{"hard link", func(s *storm, file, _, place string) {
		if os.Link(file, place) == nil {
			if fi, err := os.Lstat(place); err == nil { // what is written under one name brings no event for the other
				s.quiet[fi.Sys().(*syscall.Stat_t).Ino] = true
			}
		}
	}},
	{"folder to file", func(s *storm, _, folder, _ string) {
		if folder != "" && os.RemoveAll(folder) == nil {
			s.save(folder)
		}
	}},
	{"file to folder", func(s *storm, file, _, _ string) {
		if file != "" && os.Remove(file) == nil && os.Mkdir(file, 0o755) == nil {
			s.save(filepath.Join(file, "in.md"))
		}
	}},
	{"deep folders", func(s *storm, _, _, place string) {
		deep := filepath.Join(place, "m", "n", "o")
		if os.MkdirAll(deep, 0o755) == nil {
			for i := range 3 {
				s.save(filepath.Join(deep, fmt.Sprint(i, ".md")))
			}
		}
	}},
	{"ignore", func(s *storm, _, _, _ string) {
		ignore := filepath.Join(s.dir, ".gitignore")
		if fi, err := os.Lstat(ignore); err != nil {
			text := []string{"*.log\n", "tmp-ignored/\n", "*.log\ntmp-ignored/\n"}[s.rng.IntN(3)]
			os.WriteFile(ignore, []byte(text), 0o644)
			s.made[strings.TrimSpace(text)] = true
		} else if !fi.IsDir() {
			os.Remove(ignore)
		}
	}},
	{"checkout", func(s *storm, _, _, _ string) { s.checkout() }},
	{"safe save", safeSave}, {"safe save", safeSave}, {"safe save", safeSave},
}

func create(s *storm, _, _, place string) { s.save(place) }

func moveIn(s *storm, _, _, place string) {
	if entries, _ := os.ReadDir(s.away); len(entries) > 0 {
		os.Rename(filepath.Join(s.away, entries[s.rng.IntN(len(entries))].Name()), place)
	}
}

func safeSave(s *storm, file, _, _ string) {
	if _, ok := plain(file); ok {
		s.editor(s.rng.IntN(7), file)
	}
}

// editor saves to file as one of the seven usual kinds of editor does.
func (s *storm) editor(kind int, file string) {
	dir, name := filepath.Split(file)
	beside := func(name string) string { return filepath.Join(dir, name) }
	over := func(tmp string) {
		if s.save(beside(tmp)) {
			os.Rename(beside(tmp), file)
		}
	}
	switch kind {
	case 0: // most programs
		over(".tmp-save")
	case 1: // GNOME
		over(".goutputstream-AB12CD")
	case 2: // macOS
		over(name + ".sb-abcd1234-efGHij")
	case 3: // vim with backup
		os.WriteFile(beside("."+name+".swp"), []byte("swap"), 0o600)
		os.WriteFile(beside("4913"), nil, 0o600)
		os.Remove(beside("4913"))
		os.Rename(file, file+"~")
		s.save(file)
		os.Remove(file + "~")
		os.Remove(beside("." + name + ".swp"))
	case 4: // LibreOffice
		os.WriteFile(beside(".~lock."+name+"#"), []byte(",user;"), 0o600)
		over("lu1234abcd.tmp")
		os.Remove(beside(".~lock." + name + "#"))
	case 5: // Word
		os.WriteFile(beside("~$"+name), []byte("owner"), 0o600)
		if s.save(beside("3F2A0000.tmp")) {
			os.Rename(file, beside("9BC40000.tmp"))
			os.Rename(beside("3F2A0000.tmp"), file)
			os.Remove(beside("9BC40000.tmp"))
		}
		os.Remove(beside("~$" + name))
	case 6: // an exchange
		if s.save(beside(".tmp-swap")) {
			unix.Renameat2(unix.AT_FDCWD, beside(".tmp-swap"), unix.AT_FDCWD, file, unix.RENAME_EXCHANGE)
			os.Remove(beside(".tmp-swap"))
		}
	}
}

// sameSize gives path a new version of the same length.
func (s *storm) sameSize(path string, write func(string, []byte, os.FileMode) error) bool {
	fi, ok := plain(path)
	if !ok || fi.Size() > 1000 {
		return false
	}
	data := append([]byte(s.fresh()+" "), bytes.Repeat([]byte("x"), int(fi.Size()))...)[:fi.Size()]
	if write(path, data, 0o644) != nil {
		return false
	}
	s.made[strings.TrimSpace(string(data))] = true
	return true
}

// mapped writes through a mapping of the file.
func mapped(path string, data []byte, _ os.FileMode) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	m, err := unix.Mmap(int(f.Fd()), 0, len(data), unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED)
	if err != nil {
		return err
	}
	copy(m, data)
	return unix.Munmap(m)
}

// commit makes a git history of n commits over many files, beside the folder.
func (s *storm) commit(n int) {
	s.t.Helper()
	work := filepath.Join(s.away, "work")
	if err := os.MkdirAll(work, 0o755); err != nil {
		s.t.Fatal(err)
	}
	s.git(work, "init", "-q")
	for range n {
		for range 15 {
			path := filepath.Join(work, fmt.Sprintf("t%d/f%d.md", s.rng.IntN(4), s.rng.IntN(12)))
			os.MkdirAll(filepath.Dir(path), 0o755)
			if s.rng.IntN(4) == 0 {
				os.Remove(path)
			} else {
				s.save(path)
			}
		}
		s.git(work, "add", "-A")
		s.git(work, "-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "-q", "--allow-empty", "-m", "step")
		s.git(work, "tag", fmt.Sprint("c", s.commits))
		s.commits++
	}
	if err := os.RemoveAll(work); err != nil {
		s.t.Fatal(err)
	}
}

// checkout changes to a random commit in a folder of the storm's.
func (s *storm) checkout() {
	work := filepath.Join(s.dir, "repository")
	if s.commits == 0 || os.MkdirAll(work, 0o755) != nil {
		return
	}
	s.git(work, "checkout", "-q", "-f", fmt.Sprint("c", s.rng.IntN(s.commits)))
	s.git(work, "clean", "-q", "-f", "-d")
}

// git runs git on the storm's repository. In the storm it may fail, as anything
// may be in its way.
func (s *storm) git(work string, args ...string) {
	s.t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = work
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_NOSYSTEM=1", "GIT_WORK_TREE="+work, "GIT_DIR="+s.away+".git")
	if out, err := cmd.CombinedOutput(); err != nil && !strings.HasPrefix(work, s.dir) {
		s.t.Fatalf("git %v: %v\n%s", args, err, out)
	}
}
