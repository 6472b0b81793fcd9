package main

import (
	"cmp"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"golocal"
	"golocal/web"
)

// named is how many files of one reason are named one by one.
const named = 12

// failedText lists the files that are not searchable, or not all of them, as a
// person looks through them: what can be mended first, equal reasons once.
func failedText(docs []golocal.Document, roots []web.RootStatus) string {
	base := map[int64]string{}
	for _, r := range roots {
		base[r.ID] = r.Path
	}
	groups := []struct {
		title string
		style func(...string) string
		has   func(golocal.Document) bool
	}{
		{"could not be read", bad.Render, func(d golocal.Document) bool { return d.State == golocal.StateFailed }},
		{"changing whenever they are read, to be read again", warn.Render, func(d golocal.Document) bool { return d.State == golocal.StateUnstable }},
		{"read in part", warn.Render, func(d golocal.Document) bool { return d.State == golocal.StateReady }},
		{"without text", warn.Render, func(d golocal.Document) bool { return d.State == golocal.StateNoText }},
		{"of a type that is not read", faint.Render, func(d golocal.Document) bool { return d.State == golocal.StateUnsupported }},
		{"left out on purpose", faint.Render, func(d golocal.Document) bool { return d.State == golocal.StateSkipped }},
	}
	var b strings.Builder
	for _, g := range groups {
		paths := map[string][]string{} // by reason
		n := 0
		for _, d := range docs {
			if g.has(d) {
				path := shortPath(filepath.Join(base[d.Ref.Root], filepath.FromSlash(d.Ref.Path)))
				for _, why := range whys(d) {
					reason, detail := apart(why)
					if detail != "" {
						detail = faint.Render("  " + printable(detail))
					}
					paths[reason] = append(paths[reason], path+detail)
				}
				n++
			}
		}
		if n == 0 {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "%s\n", bold.Render(plural(n, "file")+" "+g.title))
		reasons := slices.SortedFunc(maps.Keys(paths), func(x, y string) int {
			return cmp.Or(cmp.Compare(len(paths[y]), len(paths[x])), cmp.Compare(x, y))
		})
		for _, reason := range reasons {
			files := paths[reason]
			fmt.Fprintf(&b, "  %s\n", g.style(printable(reason)))
			for _, path := range files[:min(len(files), named)] {
				fmt.Fprintf(&b, "    %s\n", path)
			}
			if more := len(files) - named; more > 0 {
				fmt.Fprintf(&b, "    %s\n", faint.Render(fmt.Sprintf("and %d more; golocal status --failed --json lists all", more)))
			}
		}
	}
	return b.String()
}

// whys is what is wrong with a document, in one line each.
func whys(d golocal.Document) []string {
	if d.State == golocal.StateReady {
		return d.Notes
	}
	return []string{cmp.Or(d.Reason, string(d.State))}
}

// apart takes what is of this one file alone out of a reason, so that equal ones
// stand together: the name of an attachment, and what is in brackets at the end.
func apart(why string) (reason, detail string) {
	if rest, ok := strings.CutPrefix(why, "attachment "); ok {
		if name, reason, ok := strings.Cut(rest, ": "); ok {
			return "an attachment: " + reason, name
		}
	}
	if head, tail, ok := strings.Cut(why, " ("); ok && strings.HasSuffix(tail, ")") && strings.ContainsAny(tail, "0123456789") {
		return head, strings.TrimSuffix(tail, ")")
	}
	return why, ""
}
