package inbox

import (
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func TestClean(t *testing.T) {
	long := strings.Repeat("ü", 200)
	for _, c := range []struct {
		name, in, want string // want "" is refused
	}{
		{"a name", "Report 2024.pdf", "Report 2024.pdf"},
		{"a dropped folder's path", "Tax/2024/Report.pdf", "Tax/2024/Report.pdf"},
		{"other scripts", "税/отчёт/دفتر.md", "税/отчёт/دفتر.md"},
		{"an emoji of several", "👩\u200d👧.md", "👩\u200d👧.md"},
		{"decomposed, as macOS names files", "U\u0308bersicht.md", "Übersicht.md"},
		{"hidden", ".notes/.x.md", ".notes/.x.md"},
		{"upwards", "../x.md", ""},
		{"upwards inside", "a/../../x.md", ""},
		{"upwards as a name's end", "a/..", ""},
		{"from the top", "/etc/passwd", ""},
		{"Windows' top", `C:\Users\x.md`, "C__Users_x.md"},
		{"Windows' way upwards", `..\x.md`, ".._x.md"},
		{"a stream of NTFS", "x.md:secret", "x.md_secret"},
		{"this folder", "./x.md", ""},
		{"an empty name within", "a//x.md", ""},
		{"nothing", "", ""},
		{"dots alone", "...", ""},
		{"spaces alone", "a/   /x.md", ""},
		{"NUL", "a\x00b.md", "a_b.md"},
		{"line break", "a\nb.md", "a_b.md"},
		{"escape", "a\x1b[31m.md", "a_[31m.md"},
		{"no UTF-8", "a\xff.md", ""},
		{"a name that reads backwards", "invoice\u202efdp.exe", "invoicefdp.exe"},
		{"zero width", "a\u200b\ufeff.md", "a.md"},
		{"what Windows drops", " x.md. . ", "x.md"},
		{"a device", "con", "_con"},
		{"a device with an ending", "dir/NUL.tar.gz", "dir/_NUL.tar.gz"},
		{"a device with a space", "aux .txt", "_aux .txt"},
		{"a port", "com1.txt", "_com1.txt"},
		{"a port in small figures", "LPT².md", "_LPT².md"},
		{"not a device", "console.md", "console.md"},
		{"too long", long + ".md", strings.Repeat("ü", 98) + ".md"},
		{"too long without an ending", strings.Repeat("x", 300), strings.Repeat("x", 200)},
		{"too long an ending", "a." + strings.Repeat("y", 300), "a." + strings.Repeat("y", 198)},
		{"too long a path", strings.Repeat(strings.Repeat("x", 150)+"/", 8) + "a.md", ""},
		{"too deep", strings.Repeat("a/", 40) + "a.md", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Clean(c.in)
			if got != c.want || (err != nil) != (c.want == "") {
				t.Errorf("Clean(%q) = %q, %v; want %q", c.in, got, err, c.want)
			}
		})
	}
}

func TestNumbered(t *testing.T) {
	for _, c := range []struct {
		in   string
		n    int
		want string
	}{
		{"a/b.md", 1, "a/b.md"}, {"a/b.md", 2, "a/b (2).md"}, {"b.tar.gz", 3, "b.tar (3).gz"}, {".env", 2, ".env (2)"}, {"a.b/c", 2, "a.b/c (2)"},
		{"x." + strings.Repeat("y", 30), 2, "x." + strings.Repeat("y", 30) + " (2)"},
	} {
		if got := numbered(c.in, c.n); got != c.want {
			t.Errorf("numbered(%q, %d) = %q, want %q", c.in, c.n, got, c.want)
		}
	}
}

func FuzzClean(f *testing.F) {
	for _, s := range []string{"a/b.md", "../x", "/x", `C:\x`, "NUL.txt", "a\u202eb", " . ", "U\u0308.md", strings.Repeat("ü", 300) + ".md", "a/.../b", "com1 .x", "\u0308x", "_" + strings.Repeat("\u1100", 80) + "\u1161", "CON:"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		got, err := Clean(in)
		if err != nil {
			if got != "" {
				t.Errorf("%q refused and given", got)
			}
			return
		}
		if !filepath.IsLocal(filepath.FromSlash(got)) || strings.HasPrefix(got, "/") || strings.ContainsAny(got, "\\:*?\"<>|") || !utf8.ValidString(got) || !norm.NFC.IsNormalString(got) || len(got) > maxPath {
			t.Fatalf("Clean(%q) = %q", in, got)
		}
		for name := range strings.SplitSeq(got, "/") {
			switch {
			case name == "" || name == "." || name == ".." || len(name) > maxName,
				strings.TrimSpace(name) != name, strings.HasSuffix(name, "."), device(name):
				t.Fatalf("Clean(%q) has the name %q", in, name)
			case strings.IndexFunc(name, func(r rune) bool { return unicode.IsControl(r) || hidden(r) }) >= 0:
				t.Fatalf("Clean(%q) keeps what is not seen: %q", in, name)
			case len(numbered(name, mostNumbers)) > 255:
				t.Fatalf("the number makes %q too long", name)
			}
		}
		if again, err := Clean(got); err != nil || again != got {
			t.Fatalf("Clean(%q) = %q, and of that %q, %v", in, got, again, err)
		}
	})
}
