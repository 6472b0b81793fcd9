package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"golocal/web"
)

func TestPostbox(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "Documents", inboxName)
	c, s, _ := atHome(t, func(c *config) { c.Inbox, c.MaxFileMB = folder, 1 })
	post, err := openPostbox(s.app)
	if err != nil {
		t.Fatal(err)
	}
	put := func(path, text string) (web.Arrived, error) {
		return post.Put(t.Context(), web.Arriving{Path: path, Size: int64(len(text))}, strings.NewReader(text))
	}
	if st, err := post.Inbox(t.Context()); err != nil || st != (web.InboxState{Folder: folder, Name: inboxName, Most: 1 << 20}) {
		t.Errorf("before: %+v, %v", st, err)
	}
	for path, text := range map[string]string{"song.mp3": "ID3\x04\x00\x00\x00\x00\x00\x00", "a/.ssh/key": "x", ".env": "A=b", "../a.md": "# A", "big.txt": strings.Repeat("x", 1<<20+1)} {
		_, err := put(path, text)
		if p, ok := errors.AsType[*web.Problem](err); !ok || !strings.HasPrefix(p.Code, "file_") {
			t.Errorf("put %s: %v", path, err)
		}
	}
	if _, err := os.Stat(folder); !errors.Is(err, fs.ErrNotExist) {
		t.Fatal("what was refused made the folder")
	}
	var wg sync.WaitGroup // the first files come together
	var mu sync.Mutex
	news := 0
	for _, name := range []string{"a.md", "sub/b.md", "c.md"} {
		wg.Go(func() {
			got, err := put(name, "The lantern of "+name+" hangs in the hall.\n")
			if err != nil || got.Path != name || got.Root.ID == 0 {
				t.Errorf("put %s: %+v, %v", name, got, err)
			}
			mu.Lock()
			defer mu.Unlock()
			if got.New {
				news++
			}
		})
	}
	wg.Wait()
	if news != 1 {
		t.Errorf("the folder was added %d times", news)
	}
	st, err := post.Inbox(t.Context())
	if err != nil || st.Root == 0 {
		t.Fatalf("after: %+v, %v", st, err)
	}
	if err := c.syncAll(t.Context(), s, []int64{st.Root}, false); err != nil {
		t.Fatal(err)
	}
	page, err := s.Documents(t.Context(), web.Filter{Root: st.Root, Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, d := range page.Documents {
		found = append(found, d.Ref.Path)
	}
	if want := []string{"a.md", "c.md", "sub/b.md"}; !slices.Equal(found, want) {
		t.Errorf("indexed %q, want %q", found, want)
	}
	if got, err := put("a.md", "The lantern of a.md hangs in the hall.\n"); err != nil || !got.There || got.New || got.Path != "a.md" {
		t.Errorf("the same again: %+v, %v", got, err)
	}
	if err := s.RemoveRoot(t.Context(), st.Root); err != nil {
		t.Fatal(err)
	}
	if got, err := put("d.md", "more"); err != nil || !got.New { // and it is said again
		t.Errorf("after it was removed: %+v, %v", got, err)
	}
}

func TestPostbox_Inspect(t *testing.T) {
	_, s, _ := atHome(t, func(c *config) { c.Inbox, c.MaxFileMB = filepath.Join(t.TempDir(), "In"), 1 })
	if _, err := s.Roots(t.Context()); err != nil { // it is at work
		t.Fatal(err)
	}
	post, err := openPostbox(s.app)
	if err != nil {
		t.Fatal(err)
	}
	got, err := post.Inspect(t.Context(), []web.Arriving{
		{Path: "a/b?.md", Size: 3, Head: []byte("# A")},
		{Path: "film.mp4", Size: 9, Head: []byte("\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00")},
		{Path: "id_rsa", Size: 9},
		{Path: "long.txt", Size: 2 << 20, Head: []byte("long")},
		{Path: "/etc/passwd", Size: 9},
		{Path: "empty.md"},
	})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []struct{ path, code, says string }{{"a/b_.md", "", ""}, {"film.mp4", "file_refused", "video"}, {"id_rsa", "file_refused", "id_rsa*"}, {"long.txt", "file_too_large", "1 MB"}, {"", "file_refused", "top of the disk"}, {"empty.md", "", ""}} {
		p := got[i].Problem
		if got[i].Path != want.path || (p != nil) != (want.code != "") || p != nil && (p.Code != want.code || !strings.Contains(p.Message, want.says)) {
			t.Errorf("%d: %+v %v, want %+v", i, got[i], p, want)
		}
	}
	off := &postbox{a: s.app}
	if st, err := off.Inbox(t.Context()); err != nil || st != (web.InboxState{Off: true}) {
		t.Errorf("off: %+v, %v", st, err)
	}
	if _, err := off.Put(t.Context(), web.Arriving{Path: "a.md"}, strings.NewReader("x")); !errors.Is(err, errInboxOff) {
		t.Error(err)
	}
}

func TestConfig_InboxFolder(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	t.Setenv("XDG_CONFIG_HOME", "")
	folder := func(set string) string {
		got, err := config{Inbox: set}.inboxFolder()
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	for set, want := range map[string]string{"off": "", "~": home, "~/My files": filepath.Join(home, "My files"), filepath.Join(home, "x", "..", "y"): filepath.Join(home, "y")} {
		if got := folder(set); got != want {
			t.Errorf("inbox %q: %q, want %q", set, got, want)
		}
	}
	if filepath.Separator != '/' {
		return // where Windows keeps documents is not the home's to say
	}
	if got, want := folder(""), filepath.Join(home, inboxName); got != want {
		t.Errorf("without a folder of documents: %q, want %q", got, want)
	}
	make := func(dir string) {
		if err := os.MkdirAll(filepath.Join(home, dir), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	make("Documents")
	if got, want := folder(""), filepath.Join(home, "Documents", inboxName); got != want {
		t.Errorf("with Documents: %q, want %q", got, want)
	}
	make("Dokumente")
	make(".config")
	if err := os.WriteFile(filepath.Join(home, ".config", "user-dirs.dirs"), []byte("# made by xdg-user-dirs\nXDG_DOCUMENTS_DIR=\"$HOME/Dokumente\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, want := folder(""), filepath.Join(home, "Dokumente", inboxName); got != want {
		t.Errorf("on a German desktop: %q, want %q", got, want)
	}
}
