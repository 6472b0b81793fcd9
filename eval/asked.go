package eval

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
)

// Asked is a question of qa.jsonl that a document of the collection answers.
type Asked struct {
	ID      string
	Text    string
	Answers []string // any of them is right
	Support []string // sentences of the documents that say so; most collections name none
	Docs    []string // that answer: those that are judged and those the line names
}

// ReadAsked reads the questions of qa.jsonl below dir that have a gold answer
// and a document of set that answers them, in the file's order. Errors name the
// file and line.
func ReadAsked(dir string, set Dataset) ([]Asked, error) {
	path := filepath.Join(dir, "qa.jsonl")
	rows, err := readLines[struct {
		ID         string   `json:"_id"`
		Question   string   `json:"question"`
		Answers    []string `json:"answers"`
		Support    []string `json:"support"`
		Answerable *bool    `json:"answerable"`
		Docs       []string `json:"docs"`
	}](path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w; answers are measured on collections that have one: {_id, question, answers, docs}, a line a question", err)
	}
	if err != nil {
		return nil, err
	}
	there := make(map[string]bool, len(set.Documents))
	for _, d := range set.Documents {
		there[d.ID] = true
	}
	var out []Asked
	for _, r := range rows {
		if r.Answerable != nil && !*r.Answerable || r.Question == "" || len(r.Answers) == 0 {
			continue
		}
		a := Asked{ID: r.ID, Text: r.Question, Answers: r.Answers, Support: r.Support}
		known := map[string]bool{}
		for _, g := range gold(set.Judged[r.ID], nil) {
			r.Docs = append(r.Docs, g.Doc)
		}
		for _, d := range r.Docs {
			if there[d] && !known[d] {
				known[d] = true
				a.Docs = append(a.Docs, d)
			}
		}
		if len(a.Docs) > 0 {
			out = append(out, a)
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("no question of %s has both a gold answer and a document of the collection", path)
	}
	return out, nil
}
