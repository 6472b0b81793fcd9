package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime/pprof"
	"time"

	"golocal/ingest/parse"
)

func main() {
	full := flag.Bool("full", false, "")
	prof := flag.String("prof", "", "")
	flag.Parse()
	if *prof != "" {
		w, _ := os.Create(*prof)
		pprof.StartCPUProfile(w)
		defer pprof.StopCPUProfile()
	}
	f := &parse.Formats{Cache: os.Getenv("HOME") + "/.cache/golocal-test-pdf", Time: 45 * time.Second}
	enc := json.NewEncoder(os.Stdout)
	for _, p := range flag.Args() {
		data, err := os.ReadFile(p)
		if err != nil {
			panic(err)
		}
		t := time.Now()
		doc, err := f.Parse(context.Background(), filepath.Base(p), data)
		s := ""
		if err != nil {
			s = err.Error()
		}
		out := map[string]any{"path": p, "text": doc.Text, "err": s, "pages": doc.Pages, "blank": doc.Blank, "garbled": doc.Garbled, "notes": doc.Notes, "title": doc.Title, "meta": doc.Meta, "hidden": doc.Hidden, "seconds": time.Since(t).Seconds()}
		if *full {
			out["sections"] = doc.Sections
			out["lines"] = doc.Lines
			out["marks"] = doc.Marks
		}
		if e := parse.Verify(&doc); e != nil {
			fmt.Fprintln(os.Stderr, p, e)
		}
		enc.Encode(out)
	}
}
