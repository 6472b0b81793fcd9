//go:build e2e

package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golocal"
	"golocal/internal/place"
	"golocal/internal/sample"
)

// TestFormats has the binary index a file of every format beside what is broken,
// and find a sentence of each at its place.
func TestFormats(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	files := map[string]string{
		"broken.pdf": "%PDF-1.7 and nothing that a PDF has", "broken.docx": "PK\x03\x04 cut", "locked.pdf": string(sample.PDF([][]sample.PDFLine{nil}, "", "", nil, "secret")),
		"empty.txt": "", "song.mp3": "ID3\x04\x00\x00\x00\x00\x00\x00\xff\xfb\x90d\x00\x00\x00\x00",
	}
	bad := len(files)
	for _, f := range sample.Folder() {
		files[f.Name] = string(f.Data)
	}
	dir := folder(t, files)
	h.run("add", dir, "-q").want(t, 4)
	for _, f := range sample.Folder() {
		r := decode[struct {
			Hits []struct {
				Path  string        `json:"path"`
				Place golocal.Place `json:"place"`
				Text  string        `json:"text"`
			} `json:"hits"`
		}](t, h.run("search", "--json", f.Word).want(t, 0))
		found := ""
		for _, hit := range r.Hits {
			if !strings.Contains(hit.Text, f.Word) {
				continue
			}
			at := place.Name(hit.Place)
			found += filepath.Base(hit.Path) + " at " + at + "; "
		}
		if !strings.Contains(found, f.Name+" at ") {
			t.Errorf("%s: %s is found in %q", f.Name, f.Word, found)
		}
	}
	failed := decode[[]golocal.Document](t, h.run("status", "--failed", "--json").want(t, 0))
	reasons := map[string]string{}
	for _, d := range failed {
		if d.State != golocal.StateReady {
			reasons[d.Ref.Path] = d.Reason
		}
	}
	if len(reasons) != bad || !strings.Contains(reasons["locked.pdf"], "password") || !strings.Contains(reasons["song.mp3"], "audio") {
		t.Errorf("reasons %q", reasons)
	}
}

// TestFormats_TextTellsThePlace reads each file by golocal text: the sentence
// stands where the maker of the file put it.
func TestFormats_TextTellsThePlace(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	for _, f := range sample.Folder() {
		path := filepath.Join(t.TempDir(), f.Name)
		if err := os.WriteFile(path, f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
		doc := decode[golocal.Document](t, h.run("text", "--json", path).want(t, 0))
		says := "The " + f.Word + " is kept here."
		at := strings.Index(doc.Text, says)
		if at < 0 {
			t.Errorf("%s: %q is not in %.300q", f.Name, says, doc.Text)
			continue
		}
		got := place.Name(place.NewRuler(doc.Marks, doc.Text).Of(golocal.Span{Start: at, End: at + len(says)}))
		if want := strings.TrimPrefix(f.Place, "lines 3"); !strings.Contains(got, want) {
			t.Errorf("%s: at %q, want %q", f.Name, got, f.Place)
		}
	}
}

func TestEvalExtraction_MadeFiles(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	files := map[string]string{"broken.pdf": "%PDF-1.7 and nothing that a PDF has"}
	for _, f := range sample.Extracts() {
		files[f.Name] = string(f.Data)
	}
	r := decode[map[string]any](t, h.run("eval", "extraction", "--json", folder(t, files)).want(t, 0))
	for key, least := range map[string]float64{"pdf.share_f1_95": 1, "docx.median_f1": .99, "odt.median_f1": .99, "rtf.median_f1": .99, "epub.median_f1": .9, "html.median_f1": .98} {
		if v, ok := r[key].(float64); !ok || v < least {
			t.Errorf("%s is %v, want at least %v", key, r[key], least)
		}
	}
	for _, key := range []string{"crashes", "silent_empty"} {
		if v, ok := r[key].(float64); !ok || v != 0 {
			t.Errorf("%s is %v", key, r[key])
		}
	}
}

// TestFormats_OtherPrograms reads drawn text through tesseract, and what
// LibreOffice itself wrote, by the built binary.
func TestFormats_OtherPrograms(t *testing.T) {
	t.Parallel()
	h := newHome(t, "GOLOCAL_OCR=on")
	dir := t.TempDir()
	write := func(name string, data []byte) string {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	picture := write("scan.png", sample.Picture("The invoice is due on Monday.", "Please pay in time."))
	scan := write("scan.pdf", sample.Scan("The parcel was sent on Friday.", "It has not come yet."))
	for path, want := range map[string]string{picture: "invoice is due on Monday", scan: "parcel was sent on Friday"} {
		doc := decode[golocal.Document](t, h.run("text", "--json", path).want(t, 0))
		if !strings.Contains(doc.Text, want) {
			t.Errorf("%s: %q, notes %q", filepath.Base(path), doc.Text, doc.Notes)
		}
		if filepath.Ext(path) == ".pdf" && (len(doc.Lines) == 0 || doc.Lines[0].Box == golocal.Box{}) {
			t.Errorf("the scan's lines have no boxes: %+v", doc.Lines)
		}
	}
	off := newHome(t)
	if r := off.run("text", scan); r.code != 3 || !strings.Contains(r.err, "ocr: on") {
		t.Errorf("without OCR: %d %q", r.code, r.err)
	}
	for _, c := range []struct {
		from, to string
		data     []byte
	}{
		{"memo.rtf", "doc", sample.RTF(`\pard The beacon is kept here.\par`)},
		{"budget.csv", "xls", []byte("What,Note\nRope,The beacon is kept here.\n")},
		{"deck.fodp", "ppt", sample.FlatODF("presentation", "", `<draw:page draw:name="p1"><draw:frame svg:width="10cm" svg:height="5cm"><draw:text-box><text:p>The beacon is kept here.</text:p></draw:text-box></draw:frame></draw:page>`, "")},
	} {
		cmd := exec.Command("soffice", "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", c.to, "--outdir", dir, write(c.from, c.data))
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("soffice: %v: %s", err, out)
		}
		old := filepath.Join(dir, strings.TrimSuffix(c.from, filepath.Ext(c.from))+"."+c.to)
		doc := decode[golocal.Document](t, h.run("text", "--json", old).want(t, 0))
		if !strings.Contains(doc.Text, "The beacon is kept here.") || doc.Type != c.to {
			t.Errorf("%s: type %q, %q", filepath.Base(old), doc.Type, doc.Text)
		}
	}
}
