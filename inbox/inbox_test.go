package inbox

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"golocal"
	"golocal/internal/remark"
)

func opened(t *testing.T, change func(*Options)) *Inbox {
	t.Helper()
	o := Options{Folder: filepath.Join(t.TempDir(), "Documents", "golocal Inbox"), Most: 1 << 20, Refuse: func(string, []byte) golocal.Remark { return golocal.Remark{} }}
	if change != nil {
		change(&o)
	}
	b := New(o)
	if made, err := b.Open(); err != nil || !made {
		t.Fatalf("Open: %v, %v", made, err)
	}
	return b
}

func put(b *Inbox, path, text string) (Placed, error) {
	return b.Put(context.Background(), File{Path: path, Size: int64(len(text)), Content: strings.NewReader(text)})
}

// files lists what lies in the inbox with its content.
func files(t *testing.T, b *Inbox) []string {
	t.Helper()
	list := []string{}
	err := filepath.WalkDir(b.Folder(), func(p string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		text, err := os.ReadFile(p)
		rel, _ := filepath.Rel(b.Folder(), p)
		list = append(list, filepath.ToSlash(rel)+"="+string(text[:min(len(text), 20)]))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(list)
	return list
}

func TestInbox_Put(t *testing.T) {
	b := opened(t, nil)
	if made, err := b.Open(); made || err != nil {
		t.Errorf("opened again: %v, %v", made, err)
	}
	for _, c := range []struct {
		path, text string
		want       Placed
	}{
		{"a.md", "one", Placed{Path: "a.md"}},
		{"a.md", "one", Placed{Path: "a.md", There: true}},
		{"a.md", "two", Placed{Path: "a (2).md"}},
		{"a.md", "two", Placed{Path: "a (2).md", There: true}},
		{"a.md", "three", Placed{Path: "a (3).md"}},
		{"Tax/2024/a.md", "one", Placed{Path: "Tax/2024/a.md"}},
		{"Tax/2024/a.md", "else", Placed{Path: "Tax/2024/a (2).md"}},
		{"empty.md", "", Placed{Path: "empty.md"}},
		{"U\u0308.md", "u", Placed{Path: "Ü.md"}},
		{"Tax", "a file called as a folder is", Placed{Path: "Tax (2)"}},
	} {
		if got, err := put(b, c.path, c.text); err != nil || got != c.want {
			t.Errorf("put %s %q: %+v, %v; want %+v", c.path, c.text, got, err, c.want)
		}
	}
	want := []string{"Tax (2)=a file called as a f", "Tax/2024/a (2).md=else", "Tax/2024/a.md=one", "a (2).md=two", "a (3).md=three", "a.md=one", "empty.md=", "Ü.md=u"}
	if got := files(t, b); !slices.Equal(got, want) {
		t.Errorf("there is %q, want %q", got, want)
	}
}

func TestInbox_KeepsTheDateAndIsPrivate(t *testing.T) {
	b, when := opened(t, nil), time.Date(2019, 5, 1, 12, 0, 0, 0, time.UTC)
	if _, err := b.Put(t.Context(), File{Path: "a.md", Size: 3, Modified: when, Content: strings.NewReader("old")}); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(b.Folder(), "a.md"))
	if err != nil || !info.ModTime().Equal(when) {
		t.Errorf("modified %v, %v", info.ModTime(), err)
	}
	if filepath.Separator == '/' && info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v", info.Mode())
	}
	if _, err := b.Put(t.Context(), File{Path: "b.md", Size: 3, Modified: time.Now().AddDate(9, 0, 0), Content: strings.NewReader("new")}); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(filepath.Join(b.Folder(), "b.md")); err != nil || info.ModTime().After(time.Now()) {
		t.Errorf("modified in the future: %v, %v", info.ModTime(), err)
	}
}

func TestInbox_RefusesAndLeavesNothing(t *testing.T) {
	broken := errors.New("the line broke")
	for name, c := range map[string]struct {
		file   File
		change func(*Options)
		want   func(error) bool
	}{
		"a path that leads out":          {File{Path: "../a.md", Size: 1, Content: strings.NewReader("x")}, nil, refusedFor("leads out")},
		"too large by its size":          {File{Path: "a.md", Size: 2 << 20, Content: strings.NewReader("x")}, nil, refusedFor("larger than 1 MB")},
		"too large, and silent about it": {File{Path: "a.md", Size: -1, Content: io.LimitReader(letters{}, 2<<20)}, nil, refusedFor("larger than 1 MB")},
		"a type that is not read": {File{Path: "a.mp3", Size: 1, Content: strings.NewReader("ID3")}, func(o *Options) {
			o.Refuse = func(path string, head []byte) golocal.Remark {
				return remark.New(remark.IsArchiveOf, path+" "+string(head))
			}
		}, refusedFor("a.mp3 ID3")},
		"no room":           {File{Path: "a.md", Size: 100, Content: strings.NewReader(strings.Repeat("x", 100))}, func(o *Options) { o.Free = func(string) (uint64, bool) { return reserve + 99, true } }, is(ErrFull)},
		"broken off":        {File{Path: "a.md", Size: 9000, Content: io.MultiReader(strings.NewReader(strings.Repeat("x", 5000)), iotest.ErrReader(broken))}, nil, is(broken)},
		"broken at once":    {File{Path: "a.md", Size: 9000, Content: iotest.ErrReader(broken)}, nil, is(broken)},
		"shorter than said": {File{Path: "a.md", Size: 9, Content: strings.NewReader("x")}, nil, is(io.ErrUnexpectedEOF)},
		"longer than said":  {File{Path: "a.md", Size: 1, Content: strings.NewReader("xx")}, nil, is(io.ErrUnexpectedEOF)},
	} {
		t.Run(name, func(t *testing.T) {
			b := opened(t, c.change)
			if placed, err := b.Put(t.Context(), c.file); !c.want(err) {
				t.Errorf("%+v, %v", placed, err)
			}
			if got := files(t, b); len(got) != 0 {
				t.Errorf("left behind: %q", got)
			}
		})
	}
}

func TestInbox_StoppedOnTheWay(t *testing.T) {
	b := opened(t, nil)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := b.Put(ctx, File{Path: "a.md", Size: 1, Content: strings.NewReader("x")}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if got := files(t, b); len(got) != 0 {
		t.Errorf("left behind: %q", got)
	}
}

type letters struct{}

func (letters) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

func is(target error) func(error) bool {
	return func(err error) bool { return errors.Is(err, target) }
}

func refusedFor(part string) func(error) bool {
	return func(err error) bool {
		r, ok := errors.AsType[*Refused](err)
		return ok && strings.Contains(r.Error(), part) && remark.Say("de", r.Remark()) != r.Error()
	}
}

func TestInbox_FollowsNoLink(t *testing.T) {
	b, outside := opened(t, nil), t.TempDir()
	secret := filepath.Join(outside, "a.md")
	if err := os.WriteFile(secret, []byte("same"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(b.Folder(), "out")); err != nil {
		return // Windows lets few users make links; the rest of the tests hold there
	}
	inside := filepath.Join(b.Folder(), "real")
	if err := os.Mkdir(inside, 0o700); err != nil {
		t.Fatal(err)
	}
	for from, to := range map[string]string{"in": "real", "a.md": secret, "dangling.md": filepath.Join(outside, "none")} {
		if err := os.Symlink(to, filepath.Join(b.Folder(), from)); err != nil {
			t.Fatal(err)
		}
	}
	for _, p := range []string{"out/b.md", "in/b.md", "out/sub/b.md"} {
		if got, err := put(b, p, "x"); !refusedFor("no folder")(err) {
			t.Errorf("put %s: %+v, %v", p, got, err)
		}
	}
	for p, want := range map[string]string{"a.md": "a (2).md", "dangling.md": "dangling (2).md"} {
		if got, err := put(b, p, "same"); err != nil || got != (Placed{Path: want}) {
			t.Errorf("put %s: %+v, %v", p, got, err)
		}
	}
	if list, err := os.ReadDir(outside); err != nil || len(list) != 1 {
		t.Errorf("outside there is %v, %v", list, err)
	}
}

// Many files of one name at once: each content is there once, none is lost.
func TestInbox_AtOnce(t *testing.T) {
	b := opened(t, nil)
	var wg sync.WaitGroup
	for i := range 24 {
		wg.Go(func() {
			if _, err := put(b, "a.md", fmt.Sprint("text ", i%6)); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	got := files(t, b)
	for i, f := range got {
		_, got[i], _ = strings.Cut(f, "=")
	}
	slices.Sort(got)
	if want := []string{"text 0", "text 1", "text 2", "text 3", "text 4", "text 5"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func TestInbox_SweepsWhatACrashLeft(t *testing.T) {
	b := opened(t, nil)
	for name, age := range map[string]time.Duration{".golocal-OLD.part": 25 * time.Hour, ".golocal-NEW.part": time.Minute, "mine.part": 99 * time.Hour} {
		p := filepath.Join(b.Folder(), name)
		if err := os.WriteFile(p, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(p, time.Time{}, time.Now().Add(-age)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := put(b, "a.md", "x"); err != nil {
		t.Fatal(err)
	}
	if got, want := files(t, b), []string{".golocal-NEW.part=", "a.md=x", "mine.part="}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// Room is asked for where the folder will be, as long as it is not there yet.
func TestInbox_CheckBeforeTheFolderIsThere(t *testing.T) {
	top := t.TempDir()
	var asked []string
	b := New(Options{Folder: filepath.Join(top, "a", "b"), Most: 10, Refuse: func(string, []byte) golocal.Remark { return golocal.Remark{} }, Free: func(dir string) (uint64, bool) {
		asked = append(asked, dir)
		return reserve + 5, dir == top
	}})
	if clean, err := b.Check("x/y?.md", 5, nil); err != nil || clean != "x/y_.md" {
		t.Errorf("%q, %v", clean, err)
	}
	if _, err := b.Check("y.md", 6, nil); !errors.Is(err, ErrFull) {
		t.Error(err)
	}
	if want := []string{filepath.Join(top, "a", "b"), filepath.Join(top, "a"), top}; !slices.Equal(asked[:3], want) {
		t.Errorf("asked %q", asked)
	}
	if _, err := os.Stat(filepath.Join(top, "a")); !errors.Is(err, fs.ErrNotExist) {
		t.Error("a check made the folder")
	}
}

func TestInbox_FolderIsAFile(t *testing.T) {
	p := filepath.Join(t.TempDir(), "Inbox")
	if err := os.WriteFile(p, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := New(Options{Folder: p}).Open(); err == nil || !strings.Contains(err.Error(), "is a file") {
		t.Error(err)
	}
}

// A large file is streamed: what is held is bounded, whatever its size.
func TestInbox_StreamsToTheDisk(t *testing.T) {
	b := opened(t, func(o *Options) { o.Most = 64 << 20 })
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if placed, err := b.Put(t.Context(), File{Path: "large.txt", Size: 24 << 20, Content: io.LimitReader(letters{}, 24<<20)}); err != nil || placed.Path != "large.txt" {
		t.Error(placed, err)
	}
	if runtime.ReadMemStats(&after); after.TotalAlloc-before.TotalAlloc > 4<<20 {
		t.Errorf("%d bytes of memory for 24 MB", after.TotalAlloc-before.TotalAlloc)
	}
	info, err := os.Stat(filepath.Join(b.Folder(), "large.txt"))
	if err != nil || info.Size() != 24<<20 {
		t.Error(info, err)
	}
	if head, err := os.ReadFile(filepath.Join(b.Folder(), "large.txt")); err != nil || !bytes.Equal(head[:8], []byte("xxxxxxxx")) {
		t.Error("its content is another", err)
	}
}
