// Package judged makes collections with judged questions for tests: equal seeds
// make equal ones. In one the ways to search differ on purpose, in the other
// vectors alone fail.
package judged

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
)

// Collection is a judged collection in the form of BEIR.
type Collection struct {
	Documents []Document
	Questions []Question
}

// Document is one text.
type Document struct {
	ID    string `json:"_id"`
	Title string `json:"title"`
	Text  string `json:"text"`
}

// Question is one question, and the ids of the documents that answer it.
type Question struct {
	ID, Text string
	Gold     []string
}

// Write writes corpus.jsonl, queries.jsonl and qrels/test.tsv into dir.
func (c Collection) Write(dir string) error {
	var corpus, queries strings.Builder
	qrels := strings.Builder{}
	qrels.WriteString("query-id\tcorpus-id\tscore\n")
	for _, d := range c.Documents {
		line, err := json.Marshal(d)
		if err != nil {
			return err
		}
		corpus.Write(append(line, '\n'))
	}
	for _, q := range c.Questions {
		line, err := json.Marshal(map[string]string{"_id": q.ID, "text": q.Text})
		if err != nil {
			return err
		}
		queries.Write(append(line, '\n'))
		for _, d := range q.Gold {
			fmt.Fprintf(&qrels, "%s\t%s\t1\n", q.ID, d)
		}
	}
	if err := os.MkdirAll(filepath.Join(dir, "qrels"), 0o755); err != nil {
		return err
	}
	for name, text := range map[string]string{"corpus.jsonl": corpus.String(), "queries.jsonl": queries.String(), "qrels/test.tsv": qrels.String()} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// fact is a thing that a notice says of a place, in its own words and in words
// that mean the same.
type fact struct{ says, means string }

var facts = []fact{
	{"The doctor sees patients on %s mornings.", "When can sick people visit the physician in %s?"},
	{"Automobiles may be parked behind the %s building.", "Where do I leave my car at the %s?"},
	{"Children learn to swim in the %s pool.", "Are there lessons in the water for kids at the %s?"},
	{"The bakery near the %s sells rye loaves.", "Where can one buy bread by the %s?"},
	{"Rubbish from the %s is collected on odd weeks.", "When is the garbage taken away from the %s?"},
	{"The %s closes for lunch at noon.", "At what hour is the midday meal break of the %s?"},
	{"Dogs are not allowed inside the %s.", "May I bring my pet into the %s?"},
	{"A physician's certificate is needed to join the %s rowing club.", "What medical paper must new members of the %s boat team show?"},
	{"The %s lends ladders and drills to neighbours.", "Which tools can residents borrow from the %s?"},
	{"Fire drills at the %s take place each spring.", "How often does the %s practise an evacuation?"},
}

var places = []string{"harbour", "library", "castle", "museum", "theatre", "mill", "chapel", "observatory", "orchard", "railway station", "lighthouse", "town hall"}

// Notices is a collection of a notice for each fact of each place. A third of
// the questions uses the notice's own words, a third other words for them, and a
// third a number that stands in no other notice: keywords find the first and the
// last, meaning the first and the second, and only both together find all.
func Notices(seed uint64) Collection {
	random := rand.New(rand.NewPCG(seed, 1))
	var c Collection
	codes := random.Perm(9000)
	for i, place := range places {
		for j, f := range facts {
			n := len(c.Documents)
			id, code := fmt.Sprintf("notice %d", n), 1000+codes[n]
			said := fmt.Sprintf(f.says, place)
			c.Documents = append(c.Documents, Document{ID: id, Title: "Notice of the " + place,
				Text: said + fmt.Sprintf(" This was decided at meeting %d of the board. Questions go to the office of the %s, which answers within a week.", code, place)})
			q := Question{ID: fmt.Sprintf("q%d", n), Gold: []string{id}}
			switch (i + j) % 3 {
			case 0:
				q.Text = "Is it true: " + strings.TrimSuffix(strings.ToLower(said[:1])+said[1:], ".") + "?"
			case 1:
				q.Text = fmt.Sprintf(f.means, place)
			default:
				q.Text = fmt.Sprintf("What was decided at meeting %d?", code)
			}
			c.Questions = append(c.Questions, q)
		}
	}
	return c
}

var (
	given    = []string{"Ada", "Bela", "Cleo", "Dora", "Emil", "Finn", "Greta", "Hugo", "Ida", "Jonas", "Karla", "Leo"}
	families = []string{"Arnold", "Bergman", "Castell", "Dietz", "Ekberg", "Falk"}
	things   = []string{"quilts", "herons", "marzipan", "chess", "harpsichords", "kites", "saunas", "ferns", "dominoes", "glaciers", "puppets", "rhubarb", "sextants", "topiary", "velvet",
		"walnuts", "yodelling", "zeppelins", "anagrams", "bonfires", "cactuses", "driftwood", "espresso", "falconry", "gargoyles", "hammocks", "igloos", "jigsaws", "kayaks", "lanterns"}
)

// Likings is a collection after LIMIT (Weller et al. 2025, arXiv 2508.21038): each
// person likes many things, each question names one, and two persons like it. A
// vector cannot hold so many, so keywords must carry the fusion.
func Likings(seed uint64) Collection {
	random := rand.New(rand.NewPCG(seed, 2))
	var c Collection
	likes := make([][]string, 48)
	for _, thing := range things {
		picked := random.Perm(len(likes))[:2]
		q := Question{ID: "likes " + thing, Text: "Who likes " + thing + "?"}
		for _, p := range picked {
			likes[p] = append(likes[p], thing)
			q.Gold = append(q.Gold, fmt.Sprintf("person %d", p))
		}
		c.Questions = append(c.Questions, q)
	}
	filler := []string{"bread", "music", "rain", "cards", "trains", "salt", "summer", "books", "coffee", "maps", "winter", "tea", "soup", "shoes", "clouds", "stairs", "clocks", "paper", "stones", "birds"}
	for p := range likes {
		name := given[p%len(given)] + " " + families[(p/len(given)+p)%len(families)] + fmt.Sprintf(" of house %d", p)
		all := append(likes[p], filler...)
		random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		c.Documents = append(c.Documents, Document{ID: fmt.Sprintf("person %d", p), Text: name + " likes " + strings.Join(all, ", ") + "."})
	}
	return c
}
