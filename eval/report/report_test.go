package report

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"golocal/eval"
	"golocal/eval/own"
)

// run is a made run of n questions over three legs.
func run(n int, gain float64) eval.Run {
	r := eval.Run{Set: "set & <set>", Split: "test", Digest: "d", Settings: map[string]string{"embedding model": "m"}}
	for i := range n {
		judged := map[string]int{fmt.Sprint("doc ", i): 1}
		rank := 1 + i%12
		place := func(rank int) []string {
			ids := make([]string, rank)
			for j := range ids {
				ids[j] = fmt.Sprint("other ", j)
			}
			ids[rank-1] = fmt.Sprint("doc ", i)
			return ids
		}
		q := eval.NewQuestion(eval.Query{ID: fmt.Sprint("q", i), Text: "<script>alert(" + fmt.Sprint(i) + ")</script> what?"}, judged, map[string]string{fmt.Sprint("doc ", i): "A \"title\""},
			map[string][]string{"keyword": place(rank), "dense": place(13 - rank), "hybrid": place(1 + rank/2)})
		m := q.Legs["hybrid"]
		m.NDCG10 = min(1, m.NDCG10+gain*float64(i%3-1))
		q.Legs["hybrid"] = m
		r.Questions = append(r.Questions, q)
	}
	r.Report = r.Mean()
	return r
}

// elements walks a page and calls f with each element.
func elements(t *testing.T, page []byte, f func(*html.Node)) {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			f(n)
		}
	}
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

var remote = regexp.MustCompile(`(?i)(https?:)?//|url\(|@import|javascript:`)

// alone checks that a page loads and runs nothing.
func alone(t *testing.T, page []byte) map[string]int {
	t.Helper()
	count := map[string]int{}
	elements(t, page, func(n *html.Node) {
		count[n.Data]++
		switch n.Data {
		case "script", "link", "iframe", "img", "image", "object", "embed", "base", "use", "a", "form", "video", "audio", "foreignobject":
			t.Errorf("the page holds <%s>", n.Data)
		case "style":
			if remote.MatchString(n.FirstChild.Data) {
				t.Error("the style sheet names another address")
			}
		}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "src" || a.Key == "srcset" || remote.MatchString(a.Val) {
				t.Errorf("<%s %s=%q>", n.Data, a.Key, a.Val)
			}
		}
	})
	if !bytes.Contains(page, []byte(`content="default-src 'none'; style-src 'unsafe-inline'"`)) {
		t.Error("the page forbids itself nothing")
	}
	return count
}

func TestRun(t *testing.T) {
	before, now := run(40, 0), run(40, .1)
	against, err := now.Compare(before)
	if err != nil {
		t.Fatal(err)
	}
	worst := now.Worst(5)
	page, err := Run(now, &against, worst)
	if err != nil {
		t.Fatal(err)
	}
	count := alone(t, page)
	if count["svg"] != 3 || count["table"] != 4 {
		t.Errorf("%d drawings and %d tables, want 3 and 4", count["svg"], count["table"])
	}
	text := string(page)
	for _, want := range []string{"set &amp; &lt;set&gt;", "&lt;script&gt;alert(", "A &#34;title&#34;", worst[0].ID, "prefers-color-scheme: dark", "Recall over depth"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	rows := 0
	elements(t, page, func(n *html.Node) {
		if n.Data == "svg" && (attribute(n, "role") != "img" || attribute(n, "aria-label") == "") {
			t.Error("a drawing without a text for those who hear it")
		}
		if n.Data == "tr" {
			rows++
		}
	})
	if want := (1 + 3) + (1 + 12) + (1 + len(against.Changed)) + (1 + 5); rows != want {
		t.Errorf("%d rows, want %d", rows, want)
	}
	plain, err := Run(now, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if count := alone(t, plain); count["svg"] != 2 {
		t.Errorf("%d drawings without an earlier run, want 2", count["svg"])
	}
}

// TestRun_Small draws runs that have hardly anything to draw.
func TestRun_Small(t *testing.T) {
	for _, r := range []eval.Run{{}, run(1, 0), {Questions: []eval.Question{{ID: "q"}}}} {
		page, err := Run(r, nil, r.Worst(3))
		if err != nil {
			t.Fatal(err)
		}
		alone(t, page)
		if strings.Contains(string(page), "NaN") || strings.Contains(string(page), "Inf") {
			t.Errorf("a figure that is none, with %d questions", len(r.Questions))
		}
	}
	same := run(3, 0)
	against, err := same.Compare(same)
	if err != nil {
		t.Fatal(err)
	}
	page, err := Run(same, &against, nil)
	if err != nil || strings.Contains(string(page), "NaN") {
		t.Errorf("a run against itself: %v", err)
	}
}

func TestOwn(t *testing.T) {
	r := own.Result{Run: run(6, 0), Answered: .5, Refused: 1, AUROC: .75}
	for i := range 6 {
		r.Asked = append(r.Asked, own.Asked{Question: own.Question{Text: fmt.Sprint("What is <b>", i), Path: "/files/a.md", Sentence: "It is."}, Answered: i%2 == 0})
	}
	r.Reliability = []eval.Bin{{From: 0, To: .1}, {From: .1, To: .2, Queries: 3, Evidence: .15, Answered: .4}}
	page, err := Own(r, r.Worst(3))
	if err != nil {
		t.Fatal(err)
	}
	if count := alone(t, page); count["svg"] != 3 || count["table"] != 4 {
		t.Errorf("%d drawings and %d tables, want 3 and 4", count["svg"], count["table"])
	}
	for _, want := range []string{"What is &lt;b&gt;5", "AUROC of 0.750", "first quote stands in its file"} {
		if !strings.Contains(string(page), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}
