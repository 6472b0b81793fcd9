// Package eval measures search on judged questions: datasets in the form of
// BEIR (Thakur et al. 2021, arXiv 2104.08663), rankings by any Ranker, and the
// usual figures. It holds no product logic; cmd hands it what is measured.
package eval

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Document is one entry of corpus.jsonl.
type Document struct {
	ID    string `json:"_id"`
	Title string `json:"title"`
	Text  string `json:"text"`
}

// Query is one entry of queries.jsonl.
type Query struct {
	ID   string `json:"_id"`
	Text string `json:"text"`
}

// Dataset is a judged collection.
type Dataset struct {
	Documents []Document
	Queries   []Query                   // those that have a judgement, in the file's order
	Judged    map[string]map[string]int // by query, by document: relevance, above zero is relevant
}

// Read reads corpus.jsonl, queries.jsonl and qrels/SPLIT.tsv below dir. Errors
// name the file and line.
func Read(dir, split string) (Dataset, error) {
	var set Dataset
	var err error
	if set.Judged, err = readJudgements(filepath.Join(dir, "qrels", split+".tsv")); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return set, fmt.Errorf("%w; choose one of the files in qrels with --split", err)
		}
		return set, err
	}
	if set.Documents, err = readLines[Document](filepath.Join(dir, "corpus.jsonl")); err != nil {
		return set, err
	}
	queries, err := readLines[Query](filepath.Join(dir, "queries.jsonl"))
	if err != nil {
		return set, err
	}
	for _, q := range queries {
		if len(set.Judged[q.ID]) > 0 {
			set.Queries = append(set.Queries, q)
		}
	}
	switch {
	case len(set.Documents) == 0:
		return set, fmt.Errorf("%s holds no document", filepath.Join(dir, "corpus.jsonl"))
	case len(set.Queries) == 0:
		return set, fmt.Errorf("no query of %s is judged in split %s", filepath.Join(dir, "queries.jsonl"), split)
	}
	return set, nil
}

func readLines[T any](path string) ([]T, error) {
	var all []T
	err := eachLine(path, func(line string) error {
		var v T
		if err := json.Unmarshal([]byte(line), &v); err != nil {
			return err
		}
		all = append(all, v)
		return nil
	})
	return all, err
}

// readJudgements reads tab-separated query, document and relevance; a first
// line without a number is a heading.
func readJudgements(path string) (map[string]map[string]int, error) {
	judged := map[string]map[string]int{}
	first := true
	err := eachLine(path, func(line string) error {
		f := strings.Split(line, "\t")
		heading := first
		first = false
		if len(f) != 3 {
			return fmt.Errorf("%d columns, want query, document and relevance", len(f))
		}
		n, err := strconv.Atoi(strings.TrimSpace(f[2]))
		if err != nil {
			if heading {
				return nil
			}
			return fmt.Errorf("relevance %q is no number", f[2])
		}
		if n <= 0 {
			return nil
		}
		if judged[f[0]] == nil {
			judged[f[0]] = map[string]int{}
		}
		judged[f[0]][f[1]] = n
		return nil
	})
	return judged, err
}

// eachLine calls f with each line that is not empty, up to 64 MiB long.
func eachLine(path string, f func(string) error) error {
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("read the dataset: %w", err)
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 64<<20)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimRight(lines.Text(), "\r")
		if line == "" {
			continue
		}
		if err := f(line); err != nil {
			return fmt.Errorf("%s line %d: %w", path, n, err)
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read %s: %w", path, err)
	}
	return nil
}
