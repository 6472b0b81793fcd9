package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"golocal"
	"golocal/eval/extraction"
	"golocal/ingest/child"
	"golocal/ingest/parse"
)

func (c *cli) evalExtractionCommand() *cobra.Command {
	var o extraction.Options
	cmd := &cobra.Command{
		Use:   "extraction DIR",
		Short: "Measure how well files are read, against pdftotext, mutool and pandoc",
		Long: `Read every file of DIR as the index would, and let pdftotext, mutool and pandoc
read it too, those of them that are installed. Print per type how many files have
text and how well their words match the references' (F1: 1 is all and nothing
else), then the files that match worst. A PDF is judged where pdftotext and mutool
agree, against the one that it matches better. Your own index is not touched.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return c.evalExtraction(cmd.Context(), args[0], o) },
	}
	f := cmd.Flags()
	f.StringVar(&o.Format, "type", "", "only files of this type, by their extension: pdf")
	f.IntVar(&o.Worst, "worst", 20, "how many of the worst files to name")
	f.BoolVar(&o.Speed, "speed", false, "time PDFs against pdftotext too")
	return cmd
}

func (c *cli) evalExtraction(ctx context.Context, dir string, o extraction.Options) error {
	if info, err := os.Stat(dir); err != nil {
		return fmt.Errorf("measure %s: %w", printable(dir), err)
	} else if !info.IsDir() {
		return usagef("%s is not a folder; one file alone: golocal text FILE", printable(dir))
	}
	if o.Worst < 1 {
		return usagef("--worst %d: choose 1 or more", o.Worst)
	}
	o.Format = strings.ToLower(strings.TrimPrefix(o.Format, "."))
	var err error
	if o.References, err = extraction.FindTools(); err != nil {
		return err
	}
	parser, err := c.parser()
	if err != nil {
		return err
	}
	bar := c.progress()
	o.Read, o.Parser, o.Deaths = readWith(parser), "parse", parser.Deaths
	o.Progress = func(step string, done, of int) { bar.set(step, int64(done), int64(of), false) }
	report, err := extraction.Run(ctx, dir, o)
	bar.clear()
	if err := errors.Join(err, parser.Close()); err != nil {
		return err
	}
	if c.asJSON {
		return c.t.json(report)
	}
	c.printExtraction(report)
	return nil
}

// largestFile is the size in bytes up to which files are read, as in the index.
const largestFile = 200e6

// readWith returns a function that reads a file with parser.
func readWith(parser *child.Parser) extraction.Reader {
	return func(ctx context.Context, file string) (extraction.Reading, error) {
		info, err := os.Stat(file)
		if err == nil && info.Size() > largestFile {
			return extraction.Reading{State: string(golocal.StateSkipped), Reason: "too large: " + bytesText(info.Size())}, nil
		}
		data, err := os.ReadFile(file)
		if err != nil {
			if path, ok := errors.AsType[*fs.PathError](err); ok {
				err = path.Err
			}
			return extraction.Reading{State: string(golocal.StateFailed), Reason: "could not be read: " + err.Error()}, nil
		}
		doc, err := parser.Parse(ctx, filepath.Base(file), data)
		if f, ok := errors.AsType[*parse.Failure](err); ok {
			return extraction.Reading{State: string(f.State), Reason: f.Reason, Pages: f.Pages, Crashed: f.Crashed}, nil
		}
		return extraction.Reading{Text: doc.Text, State: string(golocal.StateReady), Reason: doc.Reason, Pages: doc.Pages}, err
	}
}

func (c *cli) printExtraction(r extraction.Report) {
	columns := []column{{title: "type"}, {title: "files", right: true}, {title: "read", right: true}, {title: "no text", right: true}, {title: "failed", right: true},
		{title: "references", right: true}, {title: "median F1", right: true}, {title: "mean F1", right: true}, {title: "F1 ≥ .95", right: true}}
	var rows []row
	for _, k := range r.Kinds {
		rows = append(rows, row{cells: []string{k.Format, strconv.Itoa(k.Files), count(k.Read), count(k.Empty), count(k.Failed),
			count(k.References), f1Text(k.Median), f1Text(k.Mean), shareText(k.Good)}})
	}
	c.t.printf("%s in %.0f s, against %s\n\n%s\n", plural(r.Files, "file"), r.Seconds, strings.Join(r.References, ", "), table(columns, rows, 0))
	c.t.printf("%d crashes or hangs, %d silently empty", r.Crashed(), len(r.Silent))
	if r.ChildPeak > 0 {
		c.t.printf("; memory: parser %s at most, this process %s more than at its start", bytesText(r.ChildPeak), bytesText(r.Growth))
	}
	c.t.printf("\n")
	for _, n := range r.Notes {
		c.t.printf("%s\n", warn.Render(n))
	}
	if s := r.Speed; s != nil {
		c.t.printf("%s of %s: %.1f pages/s, pdftotext %.1f: %.2f times (starting pdftotext takes %.0f ms a file, which is in its figure)\n",
			plural(s.Pages, "page"), plural(s.Files, "PDF"), s.PagesPerSecond, s.Reference, s.Ratio(), s.Start*1000)
	}
	for _, group := range []struct {
		title string
		files []extraction.Verdict
	}{{"Crashed", r.Crashes}, {"Silently empty", r.Silent}, {"Worst", r.Worst}} {
		if len(group.files) == 0 {
			continue
		}
		c.t.printf("\n%s\n", bold.Render(group.title))
		for _, v := range group.files {
			score := "no reference"
			if v.Reference != "" {
				score = fmt.Sprintf("F1 %.3f, recall %.3f, precision %.3f, %d words for %d (%s)", v.F1, v.Recall, v.Precision, v.Tokens, v.Expected, v.Reference)
			}
			c.t.printf("%s\n  %s\n", printable(v.Path), faint.Render(score))
			if v.Reason != "" {
				c.t.printf("  %s\n", printable(v.State+": "+v.Reason))
			}
		}
	}
}

// count leaves a table's cell empty for none.
func count(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func f1Text(v *float64) string {
	if v == nil {
		return ""
	}
	return fmt.Sprintf("%.3f", *v)
}

func shareText(v *float64) string {
	if v == nil {
		return ""
	}
	return fmt.Sprintf("%.1f %%", *v*100)
}
