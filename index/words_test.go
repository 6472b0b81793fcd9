package index

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"golocal"
)

func TestSegment(t *testing.T) {
	for in, want := range map[string]string{
		"":                               "",
		"plain words, here.":             "plain words here",
		"東京都":                            "東京 京都 都",
		"東京にいる Tokyo":                    "東京 京に にい いる る tokyo",
		"ｶﾀｶﾅ ＡＢＣ":                       "カタ タカ カナ ナ abc",
		"コーヒー":                           "コー ーヒ ヒー ー",
		"한국어":                            "한국 국어 어",
		"parseHTTPRequest":               "parsehttprequest parse http request",
		"snake_case iPhone":              "snake case iphone i phone",
		"NASA Tom":                       "nasa tom",
		"HTTPServer2 sha256 10kg":        "httpserver2 http server 2 sha256 sha 256 10kg 10 kg",
		"w3f2a1 2024Q3 v2":               "w3f2a1 2024q3 2024 q 3 v2 v 2",
		"Straße Ærø Łódź ISTANBUL İzmir": "strasse aero lodz istanbul izmir",
		"Ещё Αθήνα ΣΊΣΥΦΟΣ":              "еще αθηνα σισυφοσ",
		"مدرسة إلى ٢٠٢٤ کتاب":            "مدرسه الي 2024 كتاب",
		"ĳ ﬃ":                            "ij ffi",
		"eﬃcient":                        "efficient",
		"soft\u00adhyphen":               "softhyphen",
		"كِتَابٌ":                        "كتاب",
		"हिन्दी":                         "हिन्दी",
		"go🚀now":                         "go sign1f680 now",
		"\x00nul\x00 \xff\xfebad":        "nul bad",
	} {
		if got := segment(in); got != want {
			t.Errorf("segment(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestParse(t *testing.T) {
	for in, want := range map[string]string{
		"":                               ``,
		`"`:                              ``,
		"-- ; ()":                        ``,
		"how many days":                  `("how" OR "many" OR "days")`,
		"days Days DAYS":                 `("days")`,
		`NOT a AND b OR c NEAR(d)`:       `("not" OR "a" OR "and" OR "b" OR "or" OR "c" OR "near" OR "d" OR "near d")`,
		`say "net income" now`:           `("say" OR "net" OR "income" OR "now")`,
		"budg* x":                        `("budg" * OR "x")`,
		"title:Budget PATH:a/b.md":       `("title" OR "budget" OR "path" OR "a" OR "b" OR "md" OR "title budget" OR "path a b md")`,
		"text:word note: http://x.y":     `("text" OR "word" OR "note" OR "http" OR "x" OR "y" OR "text word" OR "http x y")`,
		"猫":                              `("猫" *)`,
		"retry_policy maxRetry":          `("retry" OR "policy" OR "maxretry" OR "max" OR "retry policy")`,
		"HTTPServer2 v2":                 `("httpserver2" OR "http" OR "server" OR "v2" OR "http server 2" OR "v 2")`,
		"東京都":                            `("東京" OR "京都" OR "東京 京都")`,
		"don't":                          `("don" OR "t" OR "don t")`,
		"x\x00y\"; DROP TABLE chunk; --": `("x" OR "y" OR "drop" OR "table" OR "chunk")`,
	} {
		if strings.HasPrefix(want, "(") {
			want = worded + " : " + want
		}
		if got := parse(in).fts5(); got != want {
			t.Errorf("parse(%q) = %s, want %s", in, got, want)
		}
	}
}

func TestExpression_Narrow(t *testing.T) {
	anywhere := func(s string) string { return worded + " : " + s }
	for _, c := range []struct {
		name  string
		words string
		scope golocal.Scope
		want  string
	}{
		{"a phrase", "", golocal.Scope{With: []golocal.Term{{Text: "net income"}}}, anywhere(`"net income"`)},
		{"of a script without spaces", "", golocal.Scope{With: []golocal.Term{{Text: "東京都"}}}, anywhere(`"東京 京都"`)},
		{"a beginning", "", golocal.Scope{With: []golocal.Term{{Field: "tag", Text: "leg*"}}}, `tag : "leg" *`},
		{"fields", "tax", golocal.Scope{With: []golocal.Term{{Field: "title", Text: "Budget"}, {Field: "to", Text: "Bob"}}}, anywhere(`("tax")`) + ` AND title : "budget" AND recipient : "bob"`},
		{"left out", "tax", golocal.Scope{Without: []golocal.Term{{Text: "draft"}, {Text: "old plan"}}}, `(` + anywhere(`("tax")`) + `) NOT (` + anywhere(`"draft"`) + ` OR ` + anywhere(`"old plan"`) + `)`},
		{"only left out", "", golocal.Scope{Without: []golocal.Term{{Text: "draft"}}}, ``},
		{"of documents", "", golocal.Scope{With: []golocal.Term{{Field: "path", Text: "a"}, {Field: "type", Text: "pdf"}, {Field: "unknown", Text: "x"}, {Text: "?!"}}}, ``},
	} {
		e := parse(c.words)
		e.narrow(c.scope)
		if got := e.fts5(); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestMatch_Languages(t *testing.T) {
	x, root := ready(t, Options{})
	passages := []string{
		"The cancellations were approved by Zoë and the naïve façade stayed.",
		"我们在北京大学学习机器翻译。",
		"東京都の黒猫はコーヒーが好きです。",
		"Die Kündigungsfrist beträgt drei Monate; Straße und Übergröße.",
		"Договор аренды действует до конца года.",
		"ينص العَقْدُ على مدة الإيجار.",
		"The launch 🚀 went well, nobody 😀 complained.",
		"계약 기간은 삼 년입니다.",
		"สัญญาเช่าบ้านมีอายุสามปี",
		"यह अनुबंध तीन वर्ष का है।",
		"func parseConfigFile(maxRetryCount int) reads retry_policy",
		"הַחוֹזֶה בתוקף לשלוש שנים",
	}
	for i, p := range passages {
		put(t, x, root.ID, fmt.Sprintf("f%02d.md", i), p)
	}
	for query, want := range map[string]int{
		"cancellation": 0, "zoe": 0, "Zoë?": 0, "naive": 0, "FACADE": 0,
		"机器翻译": 1, "北京": 1, "翻译": 1, "译": 1,
		"黒猫": 2, "猫": 2, "コーヒー": 2, "ｺｰﾋｰ": 2, "東京": 2,
		"kundigungsfrist": 3, "KÜNDIGUNGSFRIST": 3, "übergröße": 3,
		"аренды": 4, "ДОГОВОР": 4,
		"العقد": 5, "الإيجار": 5,
		"🚀": 6, "😀": 6,
		"계약": 7, "สัญญา": 8, "अनुबंध": 9, "वर्ष": 9,
		"parseConfigFile": 10, "config": 10, "retry policy": 10, "maxretrycount": 10, "retri* polic*": 10,
		"החוזה": 11,
	} {
		if got := match(t, x, query, golocal.Scope{}); len(got) == 0 || got[0] != passages[want] {
			t.Errorf("%q finds %q", query, got)
		}
	}
	for _, query := range []string{"", " ", "?!", "\x00", "absentword", "🦆", "犬", "大阪府"} {
		if got := match(t, x, query, golocal.Scope{}); len(got) != 0 {
			t.Errorf("%q finds %q", query, got)
		}
	}
}

func TestMatch_Fields(t *testing.T) {
	x, root := ready(t, Options{})
	add := func(path, title, heading, text string) {
		d, chunks := document(root.ID, path, text)
		d.Title, chunks[0].Heading = title, []string{"Top", heading}
		must(t, x.Put(t.Context(), d, chunks, vectors(chunks)))
	}
	add("taxes/2025.md", "Income", "Rates", "the first text about budget")
	add("notes/budget.md", "Diary", "Income", "the second text")
	add("notes/x.md", "Budget plan", "Rates", "the third text")
	with := func(terms ...golocal.Term) golocal.Scope { return golocal.Scope{With: terms} }
	for _, c := range []struct {
		query string
		scope golocal.Scope
		want  []string
	}{
		{"", with(golocal.Term{Field: "title", Text: "budget"}), []string{"the third text"}},
		{"text", with(golocal.Term{Field: "path", Text: "budget"}), []string{"the second text"}},
		{"text", with(golocal.Term{Field: "path", Text: "ES/budg"}), []string{"the second text"}},
		{"first", with(golocal.Term{Field: "heading", Text: "rates"}), []string{"the first text about budget"}},
		{"", with(golocal.Term{Field: "path", Text: "notes"}, golocal.Term{Field: "title", Text: "budget"}), []string{"the third text"}},
		{"text", with(golocal.Term{Field: "title", Text: "nothing"}), []string{}},
		{"text", with(golocal.Term{Text: "second text"}), []string{"the second text"}},
		{"taxes", golocal.Scope{}, []string{"the first text about budget"}},
		{"text", golocal.Scope{Without: []golocal.Term{{Text: "budget"}}}, []string{}}, // a title and a path have it too
		{"text", golocal.Scope{Without: []golocal.Term{{Field: "path", Text: "notes/"}}}, []string{"the first text about budget"}},
		{"text", golocal.Scope{Without: []golocal.Term{{Text: "first text"}, {Text: "third text"}}}, []string{"the second text"}},
	} {
		got := match(t, x, c.query, c.scope)
		if len(got) != len(c.want) || len(c.want) > 0 && got[0] != c.want[0] {
			t.Errorf("%s in %+v finds %q, want %q", c.query, c.scope, got, c.want)
		}
		var seen []string // a search by meaning keeps to the same scope
		for _, text := range nearest(t, x, "whatever", 10, c.scope) {
			if c.query == "text" {
				seen = append(seen, text)
			}
		}
		if c.query == "text" && len(seen) != len(c.want) {
			t.Errorf("near anything in %+v: %q, want %q", c.scope, seen, c.want)
		}
	}
}

func TestFrequency(t *testing.T) {
	x, root := ready(t, Options{})
	put(t, x, root.ID, "a.md", "Running shoes", "he runs and runs", "東京都 maxRetry")
	words := []string{"run", "RUNNING", "shoe", "absent", "東京", "東京都", "京都府", "maxRetry", "", "\"", "a.md"}
	want := []int{2, 2, 1, 0, 1, 1, 0, 1, 0, 0, 3}
	for range 2 {
		counts, total, err := x.Frequency(t.Context(), words)
		must(t, err)
		if total != 3 || !slices.Equal(counts, want) {
			t.Errorf("Frequency = %v of %d, want %v", counts, total, want)
		}
	}
	must(t, x.Remove(t.Context(), golocal.Ref{Root: root.ID, Path: "a.md"}))
	if counts, total, err := x.Frequency(t.Context(), words); err != nil || total != 0 || slices.Max(counts) != 0 {
		t.Errorf("after Remove: %v of %d, %v", counts, total, err)
	}
}

// TestMatch_FrequentWordsAreLeftOutOfLargeIndexes pretends that the index is large.
func TestMatch_FrequentWordsAreLeftOutOfLargeIndexes(t *testing.T) {
	x, root := ready(t, Options{})
	for i := range 30 {
		put(t, x, root.ID, fmt.Sprint(i), fmt.Sprint("common number", i))
	}
	small := parse("common seven")
	must(t, x.thin(t.Context(), &small))
	if len(small.words) != 2 {
		t.Errorf("small index: %v", small.words)
	}
	x.chunks.Add(manyChunks)
	x.generation.Add(1)
	_, err := raw(t, x, `SELECT 1`)
	must(t, err)
	x.freq.known = map[string]known{`"common"`: {count: 5000, total: int(x.chunks.Load()), generation: x.generation.Load()}}
	large := parse("common seven")
	must(t, x.thin(t.Context(), &large))
	if len(large.words) != 1 || large.words[0].text != "seven" {
		t.Errorf("large index: %v", large.words)
	}
	alone := parse("common")
	must(t, x.thin(t.Context(), &alone))
	if len(alone.words) != 1 {
		t.Errorf("only frequent words: %v", alone.words)
	}
	x.chunks.Add(-manyChunks)
	long := parse(strings.Repeat("common ", 3) + func() (s string) {
		for i := range 100 {
			s += fmt.Sprint(" other", i)
		}
		return s + " number7"
	}())
	must(t, x.thin(t.Context(), &long))
	if len(long.words) != maxTerms {
		t.Errorf("long query: %d words", len(long.words))
	}
}

var fuzzIndex *Index

func FuzzMatch(f *testing.F) {
	for _, seed := range []string{"", `"`, `'`, "a\x00b", `a" OR "b`, "NEAR(a b, 3)", "col:x", "title:", "title:\"", "^a", "a*", "-a +b", "(((", "{a b}:c", "a AND", "NOT", "\xff\xfe", "東", "🚀*", "path:東京 \"title:x\"", strings.Repeat("word ", 500), strings.Repeat(`"`, 99), "\u0300\u0301", "a\u200db", "ﷺ", "title:a title:b title:c"} {
		f.Add(seed)
	}
	x, root := ready(f, Options{})
	put(f, x, root.ID, "a.md", "some words 東京都 🚀", "title of everything", "NEAR and far")
	fuzzIndex = x
	f.Fuzz(func(t *testing.T, query string) {
		for _, s := range []golocal.Scope{{}, {Folder: query}, {Paths: []string{query}, Types: []string{query}, After: query},
			{With: []golocal.Term{{Text: query}, {Field: "path", Text: query}, {Field: "tag", Text: query}}, Without: []golocal.Term{{Text: query}, {Field: query, Text: query}}}} {
			if _, err := fuzzIndex.Match(t.Context(), query, 5, s); err != nil {
				t.Fatalf("Match(%q): %v", query, err)
			}
		}
		if _, _, err := fuzzIndex.Frequency(t.Context(), []string{query}); err != nil {
			t.Fatalf("Frequency(%q): %v", query, err)
		}
	})
}
