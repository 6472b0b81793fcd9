package watch

import (
	"bytes"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// chain makes the rules of folders from their ignore files.
func chain(files map[string]string, dir string) *rules {
	var above *rules
	dirs := []string{""}
	for at := range ancestors(dir + "/") {
		dirs = append(dirs, at)
	}
	for _, d := range dirs {
		var ps []pattern
		for _, n := range ignoreNames {
			ps = append(ps, parseIgnore(join(d, n), []byte(files[join(d, n)]))...)
		}
		if len(ps) > 0 {
			above = &rules{above: above, base: d, patterns: ps}
		}
	}
	return above
}

// ignored asks the rules about path and each folder above it.
func ignored(files map[string]string, path string) bool {
	for at := range ancestors(path) {
		dir, _ := split(at)
		if chain(files, dir).ignores(at, true) != nil {
			return true
		}
	}
	dir, _ := split(path)
	return chain(files, dir).ignores(path, false) != nil
}

func TestRules_FollowGitignore(t *testing.T) {
	tests := []struct {
		name  string
		files map[string]string
		in    string // paths that stay
		out   string // paths that go
	}{
		{"name", map[string]string{".gitignore": "*.log\n"}, "a.md a.logs log", "a.log d/e/b.log"},
		{"anchored", map[string]string{".gitignore": "/a.md\nd/b.md\n"}, "d/a.md e/d/b.md", "a.md d/b.md"},
		{"folder", map[string]string{".gitignore": "tmp/\n"}, "tmp", "tmp/a d/tmp/a"},
		{"taken back", map[string]string{".gitignore": "*.log\n!keep.log\n"}, "keep.log d/keep.log", "a.log"},
		{"not out of an ignored folder", map[string]string{".gitignore": "d/\n!d/keep.md\n"}, "keep.md", "d/keep.md"},
		{"folders taken back, files not", map[string]string{".gitignore": "*\n!*/\n!*.md\n"}, "a.md d/a.md", "a.txt d/a.txt"},
		{"deeper wins", map[string]string{".gitignore": "*.md\n", "d/.gitignore": "!*.md\n"}, "d/a.md d/e/a.md", "a.md"},
		{"own file wins", map[string]string{".gitignore": "*.md\n", ".golocalignore": "!notes.md\nd/\n"}, "notes.md", "a.md d/a"},
		{"stars", map[string]string{".gitignore": "**/x\ny/**\na/**/b\n"}, "y a/c", "x d/x y/1 y/2/3 a/b a/1/b a/1/2/b"},
		{"sets", map[string]string{".gitignore": "[a-c].md\n[!x]z\n[[:digit:]]?\n"}, "d.md xz 1", "a.md az 12 1a"},
		{"escapes", map[string]string{".gitignore": "\\#a\n\\!b\nc\\ \n#d\n\\*\n"}, "#d c x", "#a !b * d/*"},
		{"trailing spaces", map[string]string{".gitignore": "a   \r\nb\n"}, "c", "a b"},
		{"byte order mark", map[string]string{".gitignore": "\xef\xbb\xbfa\n"}, "b", "a"},
		{"raw bytes", map[string]string{".gitignore": "*.\xff\n"}, "a.fe", "a.\xff"},
		{"open set", map[string]string{".gitignore": "[a\n"}, "a [a", ""},
		{"blank", map[string]string{".gitignore": "\n/\n!\n//\n"}, "a d/b", ""},
	}
	for _, tt := range tests {
		for _, p := range strings.Fields(tt.in) {
			if ignored(tt.files, p) {
				t.Errorf("%s: %q is ignored", tt.name, p)
			}
		}
		for _, p := range strings.Fields(tt.out) {
			if !ignored(tt.files, p) {
				t.Errorf("%s: %q is not ignored", tt.name, p)
			}
		}
	}
	if !ignored(map[string]string{".gitignore": "c\\ \n"}, "c ") {
		t.Error("an escaped trailing space is lost")
	}
}

// The same questions go to git itself, where it is installed.
func TestRules_AgreeWithGit(t *testing.T) {
	git, err := exec.LookPath("git")
	if err != nil {
		t.Log("no git to compare with")
		return
	}
	rounds := 12
	if os.Getenv("GOLOCAL_LONG") != "" {
		rounds = 400
	}
	for seed := range uint64(rounds) {
		rng := rand.New(rand.NewPCG(seed, 7))
		dir := t.TempDir()
		run := func(in string, args ...string) string {
			cmd := exec.Command(git, append([]string{"-c", "core.excludesFile=/dev/null", "-c", "core.ignoreCase=false"}, args...)...)
			cmd.Dir, cmd.Stdin = dir, strings.NewReader(in)
			cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_NOSYSTEM=1", "GIT_DIR=", "HOME="+dir)
			cmd.Env = append(cmd.Env[:0:0], cmd.Env...)
			for i, e := range cmd.Env {
				if strings.HasPrefix(e, "GIT_DIR=") {
					cmd.Env[i] = "GIT_TERMINAL_PROMPT=0"
				}
			}
			out, _ := cmd.Output()
			return string(out)
		}
		run("", "init", "-q")
		files := map[string]string{".gitignore": randomIgnore(rng)}
		for _, d := range []string{"a", "b", "a/b"} {
			if rng.IntN(2) == 0 {
				files[d+"/.gitignore"] = randomIgnore(rng)
			}
		}
		var paths []string
		for _, p := range treePaths {
			write(t, filepath.Join(dir, p), "x")
			paths = append(paths, p)
		}
		for name, text := range files {
			write(t, filepath.Join(dir, name), text)
		}
		listed := make(map[string]bool)
		for p := range strings.SplitSeq(run(strings.Join(paths, "\x00"), "check-ignore", "--no-index", "--stdin", "-z"), "\x00") {
			listed[p] = true
		}
		for _, p := range paths {
			if got := ignored(files, p); got != listed[p] {
				t.Errorf("seed %d: %q ignored = %v, git says %v; files %q", seed, p, got, listed[p], files)
			}
		}
	}
}

// treePaths are files of every combination of a few names, to four levels.
var treePaths = func() (paths []string) {
	names := []string{"ab", "x.md", "a-b", "foo", "[x]"}
	for _, d := range []string{"", "a", "b", "a/b", "a/b/foo", "foo", "b/ab", "b/ab/b"} {
		for _, n := range names {
			if p := join(d, n); p != "foo" && p != "a/b/foo" && p != "b/ab" {
				paths = append(paths, p)
			}
		}
	}
	return paths
}()

func randomIgnore(rng *rand.Rand) string {
	// "a**" is not among them: git strips literal starts before it matches and
	// so takes "a**/b" for "a" and "**/b", against its own manual.
	pieces := []string{"a", "b", "ab", "foo", "*", "**", "x.md", "*.md", "?b", "[ab]", "[!a]*", "a[-]b", "f*o", "\\[x\\]", "[[]x]", "**b", "[a-f]oo", "[]x]", "a\\"}
	var b strings.Builder
	for range 1 + rng.IntN(4) {
		if rng.IntN(3) == 0 {
			b.WriteByte('!')
		}
		if rng.IntN(4) == 0 {
			b.WriteByte('/')
		}
		n := 1 + rng.IntN(3)
		for i := range n {
			if i > 0 {
				b.WriteByte('/')
			}
			b.WriteString(pieces[rng.IntN(len(pieces))])
		}
		if rng.IntN(4) == 0 {
			b.WriteByte('/')
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func FuzzIgnore(f *testing.F) {
	f.Add([]byte("*.log\n!a/**/b[!x-]\n[[:alpha:]]\\"), "a/b.log")
	f.Add([]byte("[\n[]\n[!]\n[a-\n[[:\n\\\n**/\n/**"), "x")
	f.Add([]byte("*a*a*a*a*a*a*a*a*b"), strings.Repeat("a", 200))
	f.Fuzz(func(t *testing.T, data []byte, path string) {
		if !validName(path) {
			return
		}
		ps := parseIgnore(".gitignore", data)
		if lines := bytes.Count(data, []byte("\n")) + 1; len(ps) > lines {
			t.Errorf("%d patterns of %d lines", len(ps), lines)
		}
		r := &rules{patterns: ps}
		if p := r.ignores(path, false); p != nil && r.ignores(path, true) == nil {
			t.Errorf("%v ignores the file %q but no folder of that name", p, path)
		}
	})
}

func TestMatchName_HostilePatternsAreQuick(t *testing.T) {
	pattern := strings.Repeat("*a", 2000) + "b"
	if matchName(pattern, strings.Repeat("a", 4000)) {
		t.Error("matched")
	}
	segments := strings.Split(strings.Repeat("**/a/", 500)+"b", "/")
	if matchPath(segments, strings.Split(strings.Repeat("a/", 1000)+"a", "/")) {
		t.Error("matched")
	}
}

func TestSecrets_Names(t *testing.T) {
	secret := ".env .ENV .env.local .env.examples .example.env/.env d/.env.production .envrc id_rsa id_rsa.pub id_ed25519 server.pem SERVER.PEM tls.key vault.kdbx " +
		"store.p12 cert.pfx release.jks app.keystore .netrc _netrc .npmrc .pypirc .git-credentials .pgpass terraform.tfstate " +
		".bash_history profile/logins.json profile/key4.db wallet.dat a/b/putty.ppk"
	plain := ".env.example .ENV.Sample .env.local.template d/.env.dist id_rsa.example env environment.md keys.md pem keyboard.txt a.keys id.md npmrc notes/netrc.md credentials.md secret.md ssh.md .environs/../x.md"
	for _, p := range strings.Fields(secret) {
		if _, ok := secretFile(p); !ok {
			t.Errorf("%q is not taken for a secret", p)
		}
	}
	for _, p := range strings.Fields(plain) {
		if rule, ok := secretFile(p); ok {
			t.Errorf("%q is taken for a secret by %q", p, rule)
		}
	}
	for _, p := range strings.Fields(".ssh home/.SSH .aws d/.gnupg .config/gcloud x/.config/google-chrome .password-store .mozilla me.opvault") {
		if _, ok := secretFolder(p); !ok {
			t.Errorf("folder %q is not taken for secret", p)
		}
	}
	for _, p := range strings.Fields("ssh aws config gcloud config/gcloud x.config/gcloud google-chrome notes") {
		if rule, ok := secretFolder(p); ok {
			t.Errorf("folder %q is taken for secret by %q", p, rule)
		}
	}
}

func TestLitter_Names(t *testing.T) {
	for _, p := range strings.Fields("~$report.docx .~lock.report.odt# a.swp .a.md.swp a.md~ ~WRD0001.tmp base.laccdb film.mp4.partial 4913 .#a.md #a.md# .DS_Store Thumbs.db ._a .git") {
		if _, ok := litterList.match(p); !ok {
			t.Errorf("%q is indexed", p)
		}
	}
	for _, p := range strings.Fields("a.md ~a 49131 a#b.md lock.md swp .gitignore .github a$~b thumbs.md") {
		if rule, ok := litterList.match(p); ok {
			t.Errorf("%q is left out by %q", p, rule)
		}
	}
	for _, p := range strings.Fields(".git .hg .svn node_modules .venv __pycache__ $RECYCLE.BIN") {
		if _, ok := litterFolderList.match("d/" + p); !ok {
			t.Errorf("folder %q is entered", p)
		}
	}
	if _, ok := litterFolderList.match("modules"); ok {
		t.Error("modules is not entered")
	}
}

func write(t testing.TB, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
