package index

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golocal"
)

// marked writes a text with its marks in brackets.
func marked(text string, marks []golocal.Span) string {
	for _, m := range slices.Backward(marks) {
		text = text[:m.Start] + "[" + text[m.Start:m.End] + "]" + text[m.End:]
	}
	return text
}

func TestHighlight(t *testing.T) {
	for _, c := range []struct{ query, want string }{
		{"cancellation", "The [cancellations] were approved."},
		{"run RUNNING", "He [runs], she ran? [running]"},
		{"zoe naive", "[Zoë] and the [naïve] façade"},
		{"strasse", "Die [Straße], die [STRASSE], die Strassenbahn nicht"},
		{"config", "func parse[Config]File(path_[config] string)"},
		{"parseConfigFile", "func [parseConfigFile](a) and [parse] a [file]"},
		{"server", "a HTTP[Server]2"},
		{"sha256", "[sha256] is [SHA]-[256], not sha 1 or 256"},
		{"HTTPServer2", "[HTTPServer2] or [http] [server] [2], 2"},
		{"budg*", "the [budget], [budgets] and a bud"},
		{"東京", "[東京]都[東京]に[東京]"},
		{"猫", "黒[猫]と[猫]"},
		{"都庁", "東京[都庁]へ"},
		{`"net income" of`, "the [net] [income] of the [income] of [nets]"},
		{"how many days of leave", "[leave] of 25 [days]"},
		{"to be or not", "[be] as [to] rest, [or] [not]"},
		{"🚀", "go[🚀]now"},
		{"office", "an eﬃcient [oﬃce]"},
		{"", "nothing"},
		{"absent", "nothing"},
		{"العقد", "ينص [العَقْدُ] على"},
		{"ёлка", "новая [елка]"},
	} {
		text := strings.NewReplacer("[", "", "]", "").Replace(c.want)
		if got := marked(text, Highlight(c.query, text)); got != c.want {
			t.Errorf("%q marks %s, want %s", c.query, got, c.want)
		}
	}
}

// The rest of the words are compared with FTS5's own tokenizer.
type oracle struct{ db *sql.DB }

func newOracle(t testing.TB) oracle {
	db, err := sql.Open("sqlite", "file::memory:")
	must(t, err)
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { db.Close() })
	_, err = db.Exec(createPosting + `CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab('main', 'posting', 'instance')`)
	must(t, err)
	return oracle{db}
}

// load replaces what the table holds by texts, as they are.
func (o oracle) load(t testing.TB, texts []string) {
	_, err := o.db.Exec(`INSERT INTO posting (posting) VALUES ('delete-all')`)
	must(t, err)
	tx, err := o.db.Begin()
	must(t, err)
	insert, err := tx.Prepare(`INSERT INTO posting (rowid, text) VALUES (?, ?)`)
	must(t, err)
	for i, s := range texts {
		_, err := insert.Exec(i+1, s)
		must(t, err)
	}
	must(t, tx.Commit())
}

// tokens are what FTS5 makes of each text that was loaded.
func (o oracle) tokens(t testing.TB, n int) [][]string {
	out := make([][]string, n)
	rows, err := o.db.Query(`SELECT doc, term FROM vocabulary ORDER BY doc, offset`)
	must(t, err)
	must(t, every(rows, func(r *sql.Rows) error {
		var doc int
		var token string
		err := r.Scan(&doc, &token)
		out[doc-1] = append(out[doc-1], token)
		return err
	}))
	return out
}

// matches are the texts that an expression finds.
func (o oracle) matches(t testing.TB, expression string) map[int]bool {
	out := map[int]bool{}
	rows, err := o.db.Query(`SELECT rowid FROM posting WHERE posting MATCH ?`, expression)
	must(t, err)
	must(t, every(rows, func(r *sql.Rows) error {
		var doc int
		err := r.Scan(&doc)
		out[doc-1] = true
		return err
	}))
	return out
}

func TestFold_LeavesNothingToFTS5(t *testing.T) {
	var letters []rune
	var texts []string
	seen, every := 0, 1
	if raced {
		every = 16
	}
	for r := rune(1); r <= unicode.MaxRune; r++ {
		if !utf8.ValidRune(r) || !unicode.In(r, unicode.L, unicode.N, unicode.M) {
			continue
		}
		if s := segment(string(r)); s != "" && !strings.Contains(s, " ") {
			if seen++; seen%every == 0 {
				letters, texts = append(letters, r), append(texts, s)
			}
		}
	}
	if seen < 130_000 {
		t.Fatalf("only %d letters", seen)
	}
	o := newOracle(t)
	o.load(t, texts)
	wrong := 0
	for i, got := range o.tokens(t, len(texts)) {
		if want := string(stem([]byte(texts[i]))); (len(got) != 1 || got[0] != want) && wrong < 20 {
			wrong++
			t.Errorf("%U %q: FTS5 makes %q, we %q", letters[i], texts[i], got, want)
		}
	}
}

func TestStem_IsFTS5s(t *testing.T) {
	starts := []string{"", "a", "b", "y", "sky", "tr", "hop", "fall", "agre", "plaster", "motor", "conflat", "troubl", "siz", "fizz", "fil", "happ", "relat", "condit", "rat", "val", "digit", "conform", "radic", "differ",
		"vile", "analog", "vietnam", "predic", "oper", "feud", "decis", "hope", "callous", "form", "sensit", "sensib", "triplic", "electr", "good", "reviv", "allow", "infer", "airlin", "gyroscop", "adjust", "defens", "irrit", "replac", "dependen",
		"adopt", "homolog", "commun", "activ", "angular", "effect", "bowdler", "probat", "cease", "contr", "ro", "oyy", "yy", "zoë", "straß", "договор", "é", "x1", "aa", "ee", strings.Repeat("long", 15)}
	ends := []string{"", "s", "ses", "sses", "ies", "ss", "eed", "ed", "ing", "y", "ational", "tional", "enci", "anci", "izer", "logi", "bli", "alli", "entli", "eli", "ousli", "ization", "ation", "ator", "alism", "iveness", "fulness", "ousness", "aliti",
		"iviti", "biliti", "icate", "ative", "alize", "iciti", "ical", "ful", "ness", "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "sion", "tion", "ion", "ou", "ism", "ate", "iti", "ous", "ive", "ize", "e", "ll", "l", "le", "ations", "izations", "edly", "inging"}
	var texts []string
	for _, a := range starts {
		for _, b := range ends {
			if a+b != "" {
				texts = append(texts, segment(a+b))
			}
		}
	}
	random := rand.New(rand.NewPCG(3, 5))
	for range 20_000 {
		var b strings.Builder
		for range 1 + random.IntN(9) {
			b.WriteByte("aeiouybdlnstzgmcr"[random.IntN(17)])
		}
		texts = append(texts, b.String()+ends[random.IntN(len(ends))])
	}
	o := newOracle(t)
	o.load(t, texts)
	wrong := 0
	for i, got := range o.tokens(t, len(texts)) {
		if len(strings.Fields(texts[i])) != 1 {
			continue
		}
		if want := string(stem([]byte(texts[i]))); (len(got) != 1 || got[0] != want) && wrong < 20 {
			wrong++
			t.Errorf("%q: FTS5 makes %q, we %q", texts[i], got, want)
		}
	}
}

// checkMarks proves marks against FTS5: a text that it finds by a word has a
// mark, one that it does not find has none, and what is marked is found by the
// word when it stands alone.
func checkMarks(t *testing.T, o oracle, query, text string) {
	marks := Highlight(query, text)
	at := 0
	for _, m := range marks {
		if m.Start < at || m.End <= m.Start || m.End > len(text) || !utf8.ValidString(text[m.Start:m.End]) && utf8.ValidString(text) || at > 0 && m.Start == at {
			t.Fatalf("Highlight(%q, %q) = %v", query, text, marks)
		}
		at = m.End
	}
	e := parse(query)
	if len(e.words)+len(e.names) == 0 {
		if len(marks) > 0 {
			t.Fatalf("no words in %q, marks %v in %q", query, marks, text)
		}
		return
	}
	e.phrases = nil
	texts := []string{segment(text)}
	var rest strings.Builder
	at = 0
	for _, m := range marks {
		texts = append(texts, segment(text[m.Start:m.End]))
		rest.WriteString(text[at:m.Start] + " ")
		at = m.End
	}
	o.load(t, texts)
	found := o.matches(t, e.fts5())
	if found[0] != (len(marks) > 0) {
		t.Fatalf("FTS5 finds %q in %q: %v; marks: %s", e.fts5(), text, found[0], marked(text, marks))
	}
	for i, m := range marks {
		if !found[i+1] && len(e.names) == 0 { // parts of a name are found together only
			t.Fatalf("%q is marked for %q in %q and not found by it", text[m.Start:m.End], query, text)
		}
	}
}

var marksSeeds = []struct{ query, text string }{
	{"cancel approve", "The cancellations were approved by Zoë."}, {"東京 猫", "東京都の黒猫はコーヒーが好きです。"}, {"parseConfig retry_policy 2", "func parseConfigFile(HTTPServer2) retry_policy"},
	{"budg* x", "budget x budgets"}, {"猫", "黒猫"}, {"office", "e\ufb03cient o\ufb03ce"}, {"العقد", "ينص العَقْدُ على"}, {"🚀 👩‍💻", "go🚀now 👩‍💻"}, {"a\xffb", "a\xff b"}, {"e\u0301te", "été E\u0301TE"}, {"ｶﾀ", "ｶﾀｶﾅ ＡＢＣ"},
	{"한국", "한국어 계약"}, {"हिन्दी", "यह हिन्दी है"}, {"to the", "to the be"}, {"title:x y", "x y"}, {`"a b"`, "a b a"}, {"Ⅻ ½ ²", "XII 1⁄2 2 ½"}, {"ing ed s", "a ing ed s"}, {"ة", "مدرسة ة"}, {"ﷺ", "ﷺ صلى"}, {"ﷺ", "ﷺa0"}, {"ῼ", "ῼ ωι"}, {"ﾞ", "ｶﾞ"},
}

func TestHighlight_IsWhatFTS5Finds(t *testing.T) {
	o := newOracle(t)
	for _, a := range marksSeeds {
		for _, b := range marksSeeds {
			checkMarks(t, o, a.query, b.text)
		}
	}
}

func FuzzHighlight(f *testing.F) {
	for _, s := range marksSeeds {
		f.Add(s.query, s.text)
	}
	o := newOracle(f)
	f.Fuzz(func(t *testing.T, query, text string) { checkMarks(t, o, query, text) })
}

func BenchmarkHighlight(b *testing.B) {
	text := strings.Repeat("The cancellation of policies by Zoë is in parseConfigFile and others. ", 14)
	for b.Loop() {
		if len(Highlight("how is a policy cancelled", text)) != 28 {
			b.Fatal(fmt.Sprint(len(Highlight("how is a policy cancelled", text))))
		}
	}
}
