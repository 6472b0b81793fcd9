// Package verify measures the check of written sentences on made ones: true
// sentences about a made paragraph, and the same with one thing wrong. All text is
// made here; equal seeds make equal sentences.
package verify

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// Kind is what is wrong in the false one of two sentences.
type Kind string

// The kinds of error.
const (
	Number   Kind = "number"   // another number than the paragraph's
	Date     Kind = "date"     // another year
	Name     Kind = "name"     // a name that the paragraph has not
	Swap     Kind = "swap"     // a name of another statement of the paragraph
	Negation Kind = "negation" // the opposite
	Subject  Kind = "subject"  // said of another thing of the paragraph
)

// Kinds are all kinds, in the order of the report.
var Kinds = []Kind{Number, Date, Name, Swap, Negation, Subject}

// Pair is a sentence that its paragraph says, and its twin with one thing wrong.
type Pair struct {
	Title     string // of the paragraph's document; "" has none
	Paragraph string
	True      string
	Wrong     string
	Kind      Kind
}

// Passage is what the sentences of a pair are checked against.
func (p Pair) Passage() Passage { return Passage{p.Title, p.Paragraph} }

// statement is a sentence of a paragraph, how a writer repeats it, and how the
// opposite is said. Slots: {p} person, {t} thing, {n} number, {y} year.
type statement struct{ source, claim, denied string }

// The limits of the check were chosen with tuned; held are judged alone.
var tuned = []statement{
	{"The {t} was founded in {y} by {p}, who had learnt the trade abroad.", "{p} founded the {t} in {y}.", "{p} did not found the {t} in {y}."},
	{"In {y} the council let {p} rebuild the {t} for {n} crowns.", "{p} rebuilt the {t} in {y} for {n} crowns.", "{p} did not rebuild the {t} in {y} for {n} crowns."},
	{"{p} has kept the books of the {t} since {y} and is paid {n} crowns a month.", "Since {y}, {p} has kept the books of the {t}.", "Since {y}, {p} has not kept the books of the {t}."},
	{"About {n} visitors came to the {t} in {y}, according to {p}.", "According to {p}, about {n} visitors came to the {t} in {y}.", "According to {p}, no visitors came to the {t} in {y}."},
	{"The roof of the {t} was damaged by a storm in {y}, and {p} paid for {n} new tiles.", "{p} paid for {n} new tiles after a storm damaged the roof of the {t}.", "{p} never paid for {n} new tiles after a storm damaged the roof of the {t}."},
	{"Since the reform of {y} the {t} may be used by {n} members, as {p} had asked.", "The {t} may be used by {n} members since the reform of {y}.", "The {t} may not be used by {n} members since the reform of {y}."},
	{"{p} sold the {t} to the parish for {n} crowns in {y}.", "The {t} was sold to the parish by {p} in {y}.", "The {t} was not sold to the parish by {p} in {y}."},
	{"A fire in {y} destroyed the {t}, where {p} stored {n} barrels.", "The {t} was destroyed by a fire in {y}.", "The {t} was not destroyed by a fire in {y}."},
	{"The {t} opens on {n} days of the year; {p} has held the key since {y}.", "{p} has held the key of the {t} since {y}.", "{p} has not held the key of the {t} since {y}."},
	{"Under {p}, who took over in {y}, the {t} employed {n} people.", "Under {p} the {t} employed {n} people.", "Under {p} the {t} never employed {n} people."},
}

var held = []statement{
	{"The {t} belongs to {p}. She bought it in {y} and pays {n} crowns of tax for it.", "{p} bought the {t} in {y}.", "{p} has never bought the {t}."},
	{"{p} designed the {t}; it was finished in {y} after {n} weeks of work.", "The {t}, designed by {p}, was finished in {y} after {n} weeks.", "The {t}, designed by {p}, was not finished in {y} after {n} weeks."},
	{"When the {t} was closed in {y}, {n} workers lost their jobs, and {p} wrote to the king.", "{n} workers lost their jobs when the {t} was closed in {y}.", "No workers lost their jobs when the {t} was closed in {y}."},
	{"It took {p} {n} days to paint the {t} in the summer of {y}.", "In the summer of {y}, {p} painted the {t} in {n} days.", "In the summer of {y}, {p} did not paint the {t} in {n} days."},
	{"Children under twelve enter the {t} free of charge; this was decided by {p} in {y}, when {n} of them came.", "Children under twelve enter the {t} free of charge, as {p} decided in {y}.", "Children under twelve do not enter the {t} free of charge, as {p} decided in {y}."},
	{"The {t} was insured for {n} crowns by {p}, and the contract ended in {y}.", "{p} insured the {t} for {n} crowns.", "{p} didn't insure the {t} for {n} crowns."},
	{"According to the chronicle, {p} was born in the {t} in {y}, the youngest of {n} grandchildren.", "{p} was born in the {t} in {y}.", "{p} was not born in the {t} in {y}."},
	{"The {t} measures {n} paces in length. {p} had it surveyed in {y}.", "The {t} is {n} paces long and was surveyed for {p} in {y}.", "The {t} is {n} paces long and was never surveyed for {p} in {y}."},
	{"Every spring the river floods the {t}; the worst flood, in {y}, cost {p} {n} sheep.", "The worst flood of the {t}, in {y}, cost {p} {n} sheep.", "The worst flood of the {t}, in {y}, did not cost {p} {n} sheep."},
	{"{p} teaches apprentices in the {t}, {n} of them since {y}.", "Since {y}, {p} has taught {n} apprentices in the {t}.", "Since {y}, {p} has not taught {n} apprentices in the {t}."},
}

var (
	given    = []string{"Agnes", "Bruno", "Clara", "Dietmar", "Edith", "Florian", "Gerda", "Heinrich", "Irene", "Jakob", "Kirsten", "Lukas", "Marta", "Norbert", "Olga", "Pavel"}
	families = []string{"Aschenbrenner", "Bolander", "Czerny", "Dahlgren", "Engstrom", "Fiedler", "Grabowski", "Hollander", "Ivarsson", "Jelinek", "Kowalczyk", "Lindqvist", "Mazur", "Nordin", "Ostermann", "Pohl"}
	things   = []string{"bakery", "brewery", "chapel", "dairy", "foundry", "granary", "harbour office", "inn", "laundry", "mill", "nursery", "observatory", "pharmacy", "sawmill", "tannery", "waterworks"}
)

// values fill the slots of a statement.
type values struct {
	person, thing string
	number, year  int
}

func (v values) fill(form string) string {
	s := strings.NewReplacer("{p}", v.person, "{t}", v.thing, "{n}", fmt.Sprint(v.number), "{y}", fmt.Sprint(v.year)).Replace(form)
	return s
}

// perParagraph is how many statements a paragraph makes.
const perParagraph = 4

// Make makes n pairs, each kind as often as the others, from the statements that
// the limits of the check were chosen with or, with heldOut, from the others.
func Make(n int, seed uint64, heldOut bool) []Pair {
	statements := tuned
	if heldOut {
		statements = held
	}
	random := rand.New(rand.NewPCG(seed, 0x5eed))
	out := make([]Pair, 0, n)
	for len(out) < n {
		kind := Kinds[len(out)%len(Kinds)]
		says, all := paragraph(random, statements)
		lines := make([]string, perParagraph)
		for i, s := range says {
			lines[i] = all[i].fill(s.source)
		}
		i := random.IntN(perParagraph)
		other := (i + 1 + random.IntN(perParagraph-1)) % perParagraph
		said, told := says[i], all[i]
		if !strings.Contains(said.claim, slot[kind]) {
			continue // this claim has nothing of the kind
		}
		p := Pair{Paragraph: strings.Join(lines, " "), True: told.fill(said.claim), Kind: kind}
		wrong, form := told, said.claim
		switch kind {
		case Number:
			wrong.number += 7 + random.IntN(90)
		case Date:
			wrong.year += 1 + random.IntN(9)
		case Name:
			wrong.person = all[perParagraph].person
		case Swap:
			wrong.person = all[other].person
		case Subject:
			wrong.thing = all[other].thing
		case Negation:
			form = said.denied
		}
		if p.Wrong = wrong.fill(form); p.Wrong != p.True {
			out = append(out, p)
		}
	}
	return out
}

// slot is what a claim must hold so that a kind of error can be made in it.
var slot = map[Kind]string{Number: "{n}", Date: "{y}", Name: "{p}", Swap: "{p}", Subject: "{t}"}

// paragraph picks statements and values for them; one more values than
// statements, for what stands nowhere in it.
func paragraph(random *rand.Rand, statements []statement) ([]statement, []values) {
	var says []statement
	for _, i := range random.Perm(len(statements))[:perParagraph] {
		says = append(says, statements[i])
	}
	g, f, t := random.Perm(len(given)), random.Perm(len(families)), random.Perm(len(things))
	all := make([]values, perParagraph+1)
	for i := range all {
		all[i] = values{given[g[i]] + " " + families[f[i]], things[t[i]], 11 + random.IntN(900), 1750 + 50*i + random.IntN(40)}
	}
	return says, all
}
