// Package eval measures search on judged questions: datasets in the form of
// BEIR (Thakur et al. 2021, arXiv 2104.08663), rankings by any Ranker, and the
// usual figures. It holds no product logic; cmd hands it what is measured.
package eval

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
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
	Split     string                    // which judgements
	Queries   []Query                   // those that have a judgement, in the file's order
	Judged    map[string]map[string]int // by query, by document: relevance, above zero is relevant
	// Questions that no document answers, from qa.jsonl where there is one.
	Unanswerable []Query
}

// Read reads corpus.jsonl, queries.jsonl and qrels/SPLIT.tsv below dir. Errors
// name the file and line.
func Read(dir, split string) (Dataset, error) {
	set := Dataset{Split: split}
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
	if set.Unanswerable, err = readUnanswerable(filepath.Join(dir, "qa.jsonl"), set.Judged); err != nil {
		return set, err
	}
	switch {
	case len(set.Documents) == 0:
		return set, fmt.Errorf("%s holds no document", filepath.Join(dir, "corpus.jsonl"))
	case len(set.Queries) == 0:
		return set, fmt.Errorf("no query of %s is judged in split %s", filepath.Join(dir, "queries.jsonl"), split)
	}
	return set, nil
}

// readUnanswerable reads the questions of a qa.jsonl that say "answerable":
// false and are not judged; no file is no question.
func readUnanswerable(path string, judged map[string]map[string]int) ([]Query, error) {
	rows, err := readLines[struct {
		ID         string `json:"_id"`
		Question   string `json:"question"`
		Answerable *bool  `json:"answerable"`
	}](path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var out []Query
	for _, r := range rows {
		if r.Answerable != nil && !*r.Answerable && r.Question != "" && len(judged[r.ID]) == 0 {
			out = append(out, Query{r.ID, r.Question})
		}
	}
	return out, nil
}

// Splits lists the judgements of the collection below dir: the names of the
// files in qrels, sorted. A folder that is no collection has none.
func Splits(dir string) ([]string, error) {
	for _, name := range []string{"corpus.jsonl", "queries.jsonl"} {
		if _, err := os.Stat(filepath.Join(dir, name)); errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		} else if err != nil {
			return nil, fmt.Errorf("look for a dataset: %w", err)
		}
	}
	files, err := os.ReadDir(filepath.Join(dir, "qrels"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("look for judgements: %w", err)
	}
	var splits []string
	for _, f := range files {
		if name, ok := strings.CutSuffix(f.Name(), ".tsv"); ok {
			splits = append(splits, name)
		}
	}
	return splits, nil
}

// Digest is the SHA-256, in hex, of the documents, queries and judgements: runs
// over equal ones can be compared.
func (s Dataset) Digest() string {
	h := sha256.New()
	out := json.NewEncoder(h) // maps are written in the order of their keys
	for _, v := range []any{s.Documents, s.Queries, s.Judged} {
		if err := out.Encode(v); err != nil {
			panic(err) // strings and numbers always encode
		}
	}
	return hex.EncodeToString(h.Sum(nil))
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
