package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"golocal/ingest"
	"golocal/web"
)

// namedNow is how many of the files that are worked on the overview names.
const namedNow = 2

// stageTexts says what is being done to a file.
var stageTexts = map[ingest.Stage]string{
	ingest.Queued: "waits for its turn", ingest.Reading: "is read", ingest.Chunking: "is cut into passages", ingest.Embedding: "gets vectors", ingest.Storing: "is stored",
}

// nowText tells which files are worked on and how far they are, in lines of n
// columns; none when nothing is.
func nowText(q web.Queue, roots []web.RootStatus, n int) []string {
	base := map[int64]string{}
	for _, r := range roots {
		base[r.ID] = r.Path
	}
	var lines []string
	for _, f := range q.Now[:min(len(q.Now), namedNow)] {
		does := orText(stageTexts[ingest.Stage(f.Stage)], f.Stage)
		if f.Total > 0 {
			does += fmt.Sprintf(", %d of %s", f.Done, plural(f.Total, "passage"))
		}
		if took := time.Duration(f.Seconds) * time.Second; took > 0 {
			does += ", " + took.String()
		}
		lines = append(lines, does)
	}
	if more := q.Waiting + q.Working - len(lines); more > 0 && len(lines) > 0 {
		lines[len(lines)-1] += fmt.Sprintf("; %d more to go", more)
	}
	for i, f := range q.Now[:len(lines)] {
		path := shortPath(filepath.Join(base[f.Ref.Root], filepath.FromSlash(f.Ref.Path)))
		lines[i] = cutMiddle(path, max(n-len([]rune(lines[i]))-1, 20)) + " " + lines[i]
	}
	return lines
}

// cutMiddle shortens a path to n runes: it keeps how it begins and, rather, how
// it ends.
func cutMiddle(path string, n int) string {
	r := []rune(path)
	if len(r) <= n {
		return path
	}
	name := []rune(path[strings.LastIndexByte(path, '/')+1:])
	tail := min(max(len(name)+1, n/2), n*3/4)
	return string(r[:n-1-tail]) + "…" + string(r[len(r)-tail:])
}
