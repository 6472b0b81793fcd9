package child

import (
	"context"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// attempt does in a parser process what a hijacked parser would, and tells how
// it went.
func attempt(what, with string) string {
	var err error
	var got string
	switch what {
	case "network":
		_, err = net.Dial("tcp", with)
	case "datagram":
		_, err = net.Dial("udp", with)
	case "socket":
		_, err = net.Dial("unix", with)
	case "read":
		var b []byte
		b, err = os.ReadFile(with)
		got = string(b)
	case "list":
		_, err = os.ReadDir(with)
	case "write":
		err = os.WriteFile(with, []byte("x"), 0o600)
	case "signal":
		err = syscall.Kill(os.Getppid(), 0)
	case "descriptors":
		fds, _ := os.ReadDir("/proc/self/fd")
		for _, fd := range fds {
			to, _ := os.Readlink("/proc/self/fd/" + fd.Name())
			got += to + "\n"
		}
	case "environment":
		got = strings.Join(os.Environ(), "\n")
	case "temporary":
		var f *os.File
		if f, err = os.CreateTemp("", "x"); err == nil {
			got = f.Name()
			f.Close()
		}
	case "program":
		var b []byte
		b, err = exec.Command("sh", "-c", with).CombinedOutput()
		got = string(b)
	}
	if err != nil {
		return "error: " + err.Error() + " " + got
	}
	return "done: " + got
}

// try runs attempt in a parser process.
func try(t *testing.T, c *Parser, what, with string) string {
	t.Helper()
	doc, err := c.Parse(context.Background(), "try "+what, []byte(with))
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	return doc.Text
}

// holds reports whether the parser processes of this system are confined so.
func holds(t *testing.T, what string) bool {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux confines parser processes")
	}
	c := start(t, "parse-trouble", Options{})
	p, err := c.process()
	if err != nil {
		t.Fatal(err)
	}
	defer c.release(p)
	return strings.Contains(p.confined, what)
}

func TestConfine_Network(t *testing.T) {
	if !holds(t, "seccomp") {
		t.Skip("this system has no seccomp")
	}
	tcp, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Skip(err)
	}
	defer tcp.Close()
	local, err := net.Listen("unix", filepath.Join(t.TempDir(), "s"))
	if err != nil {
		t.Fatal(err)
	}
	defer local.Close()
	c := start(t, "parse-trouble", Options{})
	for what, with := range map[string]string{"network": tcp.Addr().String(), "datagram": "127.0.0.1:53", "socket": local.Addr().String()} {
		if here := attempt(what, with); !strings.HasPrefix(here, "done") {
			t.Errorf("%s fails without a parser process too: %s", what, here)
		}
		if got := try(t, c, what, with); !strings.Contains(got, "operation not permitted") {
			t.Errorf("%s: %s", what, got)
		}
	}
	if got := try(t, c, "program", `exec 2>&1; (echo >/dev/tcp/`+strings.Replace(tcp.Addr().String(), ":", "/", 1)+`) || echo refused; grep -i nonewprivs /proc/self/status`); !strings.Contains(got, "refused") || !strings.Contains(got, "NoNewPrivs:\t1") {
		t.Errorf("a program that the parser starts: %s", got)
	}
}

func TestConfine_Files(t *testing.T) {
	if !holds(t, "Landlock") {
		t.Skip("this kernel has no Landlock")
	}
	dir := t.TempDir()
	secret := filepath.Join(dir, "secret")
	if err := os.WriteFile(secret, []byte("words"), 0o644); err != nil {
		t.Fatal(err)
	}
	c := start(t, "parse-trouble", Options{})
	for what, with := range map[string]string{"read": secret, "list": dir, "write": filepath.Join(dir, "new"), "program": "cat " + secret} {
		if here := attempt(what, with); !strings.HasPrefix(here, "done") {
			t.Errorf("%s fails without a parser process too: %s", what, here)
		}
		if got := try(t, c, what, with); !strings.Contains(strings.ToLower(got), "permission denied") {
			t.Errorf("%s: %s", what, got)
		}
	}
	temp := try(t, c, "temporary", "")
	if !strings.HasPrefix(temp, "done: "+filepath.Join(os.TempDir(), tempPrefix)) {
		t.Errorf("a temporary file: %s", temp)
	}
	if got := try(t, c, "program", "echo words | tr a-z A-Z"); got != "done: WORDS\n" {
		t.Errorf("a program with a pipe: %s", got)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(strings.TrimPrefix(temp, "done: ")); !os.IsNotExist(err) {
		t.Errorf("the temporary file is left: %v", err)
	}
}

func TestConfine_Signals(t *testing.T) {
	if !holds(t, "Landlock 6") && !holds(t, "Landlock 7") {
		t.Skip("this kernel does not confine signals")
	}
	c := start(t, "parse-trouble", Options{})
	if got := try(t, c, "signal", ""); !strings.Contains(got, "operation not permitted") {
		t.Errorf("a signal to the parent: %s", got)
	}
}

func TestConfine_Descriptors(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("read from /proc")
	}
	f, err := os.Create(filepath.Join(t.TempDir(), "open"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	leak, err := syscall.Dup(int(f.Fd())) // without close-on-exec, as a shell leaves it
	if err != nil {
		t.Fatal(err)
	}
	defer syscall.Close(leak)
	c := start(t, "parse-trouble", Options{})
	got := strings.TrimPrefix(try(t, c, "descriptors", ""), "done: ")
	pipes := 0
	for to := range strings.Lines(got) {
		to = strings.TrimSpace(to)
		switch {
		case strings.HasPrefix(to, "pipe:"):
			pipes++
		case to == "", strings.HasPrefix(to, "anon_inode:"), strings.HasPrefix(to, "/proc/"), strings.HasPrefix(to, "/sys/"), strings.Contains(to, "cgroup"):
		default:
			t.Errorf("the process holds %s", to)
		}
	}
	if pipes < 3 {
		t.Errorf("%d pipes: this test sees nothing", pipes)
	}
	env := try(t, c, "environment", "")
	for line := range strings.Lines(strings.TrimPrefix(env, "done: ")) {
		name, _, _ := strings.Cut(line, "=")
		if !slices.Contains([]string{"GOMEMLIMIT", "GOTRACEBACK", "TMPDIR", "TMP", "TEMP", "PATH", "TESSDATA_PREFIX"}, name) {
			t.Errorf("the process was given %s", name)
		}
	}
}

// TestConfine_DiesWithGroup ends a parser process that has started a program.
func TestConfine_DiesWithGroup(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("needs /proc")
	}
	c := start(t, "parse-trouble", Options{})
	got := try(t, c, "program", "sleep 60 >/dev/null 2>&1 & echo $!")
	pid := strings.TrimSpace(strings.TrimPrefix(got, "done: "))
	if _, err := os.Stat("/proc/" + pid); err != nil {
		t.Fatalf("what the parser started is not there: %s", got)
	}
	c.Close()
	for range 100 {
		state, err := os.ReadFile("/proc/" + pid + "/stat")
		if err != nil || strings.Contains(string(state), ") Z ") {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Error("what the parser started is left")
}

func TestWithin(t *testing.T) {
	for _, c := range []struct {
		path, folder string
		want         bool
	}{
		{"/home/a", "/home/a", true},
		{"/home/a/b", "/home/a", true},
		{"/home/ab", "/home/a", false},
		{"/home", "/home/a", false},
	} {
		if got := within(c.path, c.folder); got != c.want {
			t.Errorf("within(%s, %s) = %v", c.path, c.folder, got)
		}
	}
}

// TestConfine_Programs runs what parsers start, where it is installed.
func TestConfine_Programs(t *testing.T) {
	c := start(t, "parse-trouble", Options{})
	for program, script := range map[string]string{
		"tesseract": `cd $TMPDIR && { printf 'P5 300 100 255\n'; head -c 30000 /dev/zero | tr '\0' '\377'; } >a.pgm && tesseract a.pgm - 2>&1 && echo well done`,
		"soffice": `cd $TMPDIR && printf '{\\rtf1 well done}' >a.rtf &&
			HOME=$TMPDIR soffice -env:UserInstallation=file://$TMPDIR/profile --headless --convert-to txt:Text a.rtf 2>&1 && cat a.txt`,
	} {
		if _, err := exec.LookPath(program); err != nil {
			continue
		}
		if got := try(t, c, "program", script); !strings.Contains(got, "well done") {
			t.Errorf("%s: %s", program, got)
		}
	}
}
