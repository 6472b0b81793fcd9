package parse

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golocal"
	"golocal/internal/remark"
	"golocal/internal/sample"
)

// old is a Compound File with a stream of the given name, and one of another
// format further down, as embedded documents have.
func old(stream string) []byte {
	return sample.Compound(sample.Storage{Streams: map[string][]byte{stream: []byte("content")},
		Storages: map[string]sample.Storage{"ObjectPool": {Streams: map[string][]byte{"WordDocument": []byte("x"), "Workbook": []byte("x")}}}})
}

func TestLegacy(t *testing.T) {
	program := fake(t, `
		for a; do case "$last" in --outdir) out=$a;; --convert-to) to=$a;; esac; last=$a; done
		mkdir -p "$out"; echo "$@" >"$0.args"; echo "$HOME $TMPDIR" >"$0.env"; cp "$last" "$0.in"; cp "$0.$to" "$out/file.$to"`)
	docx := sample.DOCX(sample.Para("H1", "Means")+sample.Para("", "Old words."), nil)
	if err := os.WriteFile(program+".docx", docx, 0o600); err != nil {
		t.Fatal(err)
	}
	f := &Formats{Office: program}
	doc, err := f.Parse(context.Background(), "letter.bin", old("WordDocument"))
	if err != nil || doc.Type != DOC || doc.Text != "Means\nOld words.\n" || len(doc.Sections) != 2 {
		t.Fatalf("type %q, %q, %v", doc.Type, doc.Text, err)
	}
	args, _ := os.ReadFile(program + ".args")
	for _, want := range []string{"--headless", "-env:UserInstallation=file:///", "--convert-to docx", "file.doc\n"} {
		if !strings.Contains(string(args), want) {
			t.Errorf("arguments %s lack %s", args, want)
		}
	}
	if in, _ := os.ReadFile(program + ".in"); string(in) != string(old("WordDocument")) {
		t.Error("LibreOffice was given another file")
	}
	env, _ := os.ReadFile(program + ".env")
	home, temp, _ := strings.Cut(strings.TrimSpace(string(env)), " ")
	if _, err := os.Stat(home); home == "" || home != temp || !os.IsNotExist(err) {
		t.Errorf("its folder %s: %v", env, err)
	}
}

func TestLegacyFailures(t *testing.T) {
	for _, c := range []struct {
		name, stream, script, reason, kind string
		state                              golocal.State
	}{
		{"Word", "WordDocument", "", "a Word file from before 2007 (.doc): install LibreOffice and golocal reads it, or save it as .docx", DOC, golocal.StateUnsupported},
		{"Excel", "Workbook", "", "an Excel file from before 2007 (.xls): install LibreOffice and golocal reads it, or save it as .xlsx", XLS, golocal.StateUnsupported},
		{"Excel 5", "Book", "", "an Excel file from before 2007 (.xls): install LibreOffice and golocal reads it, or save it as .xlsx", XLS, golocal.StateUnsupported},
		{"PowerPoint", "PowerPoint Document", "", "a PowerPoint file from before 2007 (.ppt): install LibreOffice and golocal reads it, or save it as .pptx", PPT, golocal.StateUnsupported},
		{"refused", "WordDocument", "echo Error: source file could not be loaded", "LibreOffice does not open it: it is broken, or needs a password", DOC, golocal.StateFailed},
		{"crash", "WordDocument", "echo no memory >&2; exit 7", "LibreOffice does not open it: no memory", DOC, golocal.StateFailed},
		{"empty", "WordDocument", `for a; do [ "$last" = --outdir ] && out=$a; last=$a; done; mkdir $out; : >$out/file.docx`, remark.Text(remark.NoText), DOC, golocal.StateNoText},
	} {
		f := &Formats{}
		if c.script != "" {
			f.Office = fake(t, c.script)
		}
		_, err := f.Parse(context.Background(), "a.doc", old(c.stream))
		var failure *Failure
		if !errors.As(err, &failure) || failure.Reason != c.reason || failure.Type != c.kind || failure.State != c.state {
			t.Errorf("%s: %+v, %v", c.name, failure, err)
		}
	}
}

// TestLegacy_LibreOffice reads a file that LibreOffice itself wrote, where it is
// installed.
func TestLegacy_LibreOffice(t *testing.T) {
	program, err := exec.LookPath("soffice")
	if err != nil || testing.Short() {
		t.Skip("needs LibreOffice, and seconds")
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.rtf"), sample.RTF(`\pard\s1 Means\par\pard Old words.\par`), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(program, "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", "doc", "--outdir", dir, filepath.Join(dir, "a.rtf")).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	data, err := os.ReadFile(filepath.Join(dir, "a.doc"))
	if err != nil {
		t.Fatal(err)
	}
	f := &Formats{Office: program}
	doc, err := f.Parse(context.Background(), "a.doc", data)
	if err != nil || doc.Type != DOC || doc.Text != "Means\nOld words.\n" || doc.Sections[0].Kind != golocal.KindHeading {
		t.Errorf("type %q, %q, %v", doc.Type, doc.Text, err)
	}
}
