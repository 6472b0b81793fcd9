// Command samples writes a made file of every format into a folder, for browser
// tests: those of internal/sample, and beside them what the page has views for:
// a scan, a picture, a page with scripts, tables and texts of many lines.
//
//	samples DIR
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golocal/internal/sample"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "samples: name one folder")
		os.Exit(2)
	}
	if err := write(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "samples:", err)
		os.Exit(1)
	}
}

func write(dir string) error {
	files := map[string][]byte{}
	for _, f := range sample.Folder() {
		files[f.Name] = f.Data
	}
	files["scan.pdf"] = sample.Scan("")
	files["photo.png"] = sample.Picture("A harbour")
	files["harbour.html"] = []byte(harbour)
	files["members.csv"] = []byte(members())
	files["stock.xlsx"] = sample.XLSX([]sample.Sheet{{Name: "Lagerbestand 2024", Rows: stock()}, {Name: "Notes", Rows: sample.Row(1, "Counted in March.")}}, nil, nil)
	files["minutes.txt"] = []byte(strings.Repeat("Nothing was decided on this point.\n", 30_000) + "The pilot keeps the sextant in May.\n" + strings.Repeat("Nor on that.\n", 30_000))
	files["handbook.md"] = []byte(handbook)
	files["Donaudampfschifffahrtsgesellschaftskapitänsmützenverordnung-mit-sehr-langem-Namen-2024-Entwurf-3-final.md"] = []byte("# Verordnung\n\nDie Kapitänsmütze ist blau und wird nur an Bord getragen.\n")
	for name, b := range files {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// members is a table of 20,001 lines whose row 12,345 holds what is asked for.
func members() string {
	var b strings.Builder
	b.WriteString("Number,Name,Joined,Remark\n")
	for n := 2; n <= 20_001; n++ {
		remark := "pays by month"
		if n == 12_345 {
			remark = "\"keeps the zither, and plays it\""
		}
		fmt.Fprintf(&b, "%d,Member %d,%d,%s\n", n, n, 1990+n%30, remark)
	}
	return b.String()
}

func stock() string {
	rows := sample.Row(1, "Artikel", "Lagerplatz", "Stückzahl", "Einzelpreis")
	for n := 2; n <= 400; n++ {
		name := fmt.Sprintf("Schraube M%d", n)
		if n == 250 {
			name = "Ankerwinde mit Zubehör"
		}
		rows += sample.Row(n, name, fmt.Sprintf("Regal %d", n%12), n*3, float64(n)/4)
	}
	return rows
}

const harbour = `<!DOCTYPE html><html lang="en"><head><title>Harbour rules</title><style>p { color: red }</style><script>document.title = "run"</script></head>
<body><h1>Harbour rules</h1><p onclick="alert(1)">Ships <b>moor</b> at the <a href="http://evil.invalid/quay">long quay</a> only.</p>
<img src="http://evil.invalid/plan.png" alt="plan of the quays"><iframe src="http://evil.invalid/"></iframe><form action="http://evil.invalid/"><input name="x"></form>
<h2>Fees</h2><table><tr><th>Length</th><th>A night</th></tr><tr><td>to 8 m</td><td>11 euros</td></tr><tr><td>to 12 m</td><td>17 euros</td></tr></table>
<ul><li>Fees are due before noon.</li><li>The <em>gangway</em> is rented by the week.</li></ul><svg><script>alert(2)</script></svg></body></html>`

const handbook = `# Handbook

## Keys

Every member gets **one key**. A lost key costs 30 euros.

| Season | Opens | Closes |
|--------|-------|--------|
| Summer | 7:00  | 21:30  |
| Winter | 9:00  | 16:00  |

- Rowing boats may be taken without asking.
- Motor boats need a licence and a signature.

## Swimming

Children under ten years swim only with a grown-up. ![plan](http://evil.invalid/plan.png) See [the plan](http://evil.invalid/).
`
