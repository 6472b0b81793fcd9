package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// pages is the text of report.pdf; its second page is what tests ask for.
var pages = [][]string{
	{"Annual report of the boat house", "The boat house has twelve rowing boats and two motor boats.", "Repairs were done in winter."},
	{"Costs", "The new landing stage cost 48,200 euros, of which the town paid half.", "The roof will be mended next year."},
}

// letter is what a parser would read from letter.docx.
const letter = "Letter to the members\nThe yearly fee rises to 85 euros in April.\nFamilies pay 140 euros for all their children together.\nWith kind regards, the board"

// writeFixtures makes a folder with one file of each kind.
func writeFixtures(dir string) error {
	files := map[string][]byte{
		"handbook.md": []byte(`# Handbook

## Opening hours

The boat house opens at 7 in the morning and closes when it gets dark.

## Keys

Every member gets **one key**. A lost key costs 30 euros.

- Rowing boats may be taken without asking.
- Motor boats need a licence and a signature.

## Swimming

Children under ten years swim only with a grown-up. ![plan](http://evil.invalid/plan.png) See [the plan](http://evil.invalid/).
`),
		"notes/minutes.txt": []byte("Minutes of the meeting\n\n" + strings.Repeat("Nothing was decided on this point.\n", 400) +
			"The harbour office keeps the accounts since the meeting in May.\n" + strings.Repeat("Nothing was decided on that point either.\n", 400)),
		"tide.go":     []byte("package tide\n\n// Hours is the time between two high tides.\nconst Hours = 12.42\n\nfunc Next(last float64) float64 {\n\treturn last + Hours\n}\n"),
		"report.pdf":  report(),
		"letter.docx": []byte("stands for a Word file"),
		"broken.pdf":  []byte("%PDF-1.7 broken"),
		"Donaudampfschifffahrtsgesellschaftskapitänsmützenverordnung-mit-sehr-langem-Namen-2024-Entwurf-3-final.md": []byte("# Verordnung\n\nDie Mütze ist blau und wird nur an Bord getragen.\n"),
	}
	for name, b := range files {
		p := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(p, b, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// report writes the smallest PDF that shows pages: one font, one stream a page.
func report() []byte {
	var objects []string
	var kids []string
	for i, lines := range pages {
		var s strings.Builder
		s.WriteString("BT /F 13 Tf 60 720 Td 20 TL\n")
		for _, l := range lines {
			// A long line is broken, as typesetters do, to see that the mark follows.
			for len(l) > 48 {
				cut := strings.LastIndex(l[:48], " ")
				fmt.Fprintf(&s, "(%s) Tj T*\n", l[:cut])
				l = l[cut+1:]
			}
			fmt.Fprintf(&s, "(%s) Tj T* T*\n", l)
		}
		s.WriteString("ET")
		kids = append(kids, fmt.Sprintf("%d 0 R", 4+2*i))
		objects = append(objects,
			fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 780] /Resources << /Font << /F 3 0 R >> >> /Contents %d 0 R >>", 5+2*i),
			fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", s.Len(), s.String()))
	}
	objects = append([]string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		fmt.Sprintf("<< /Type /Pages /Count %d /Kids [%s] >>", len(pages), strings.Join(kids, " ")),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
	}, objects...)
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return b.Bytes()
}
