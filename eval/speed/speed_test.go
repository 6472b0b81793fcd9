package speed

import (
	"bytes"
	"encoding/json"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ollama/ollama/api"

	"golocal/internal/fakeollama"
)

func fake(t *testing.T, b fakeollama.Behaviour) Runner {
	t.Helper()
	f := fakeollama.New(fakeollama.Options{})
	f.Set(func(now *fakeollama.Behaviour) { *now = b })
	s := httptest.NewServer(f)
	t.Cleanup(s.Close)
	base, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	return Runner{Name: "fake", Client: api.NewClient(base, s.Client())}
}

var quick = Meter{Blocks: 2}

func TestMeter_SlowerSideIsSlower(t *testing.T) {
	fast, slow := fake(t, fakeollama.Behaviour{EmbedDelay: 1}), fake(t, fakeollama.Behaviour{EmbedDelay: 60})
	p, err := quick.Embed(t.Context(), fast, slow, "all-minilm", 2)
	if err != nil || p.Ratio() < 2 {
		t.Errorf("%+v, %v", p, err)
	}
	p, err = quick.Embed(t.Context(), slow, Runner{}, "all-minilm", 1)
	if err != nil || p.First == 0 || p.Ratio() != 0 {
		t.Errorf("alone: %+v, %v", p, err)
	}
	if _, err := quick.Embed(t.Context(), fast, slow, "nothing-like-it", 1); err == nil || !strings.Contains(err.Error(), "nothing-like-it") {
		t.Errorf("unknown model: %v", err)
	}
}

func TestMeter_SecondTurnAndFirstPiece(t *testing.T) {
	r := fake(t, fakeollama.Behaviour{WordDelay: 2})
	a, b, err := quick.SecondTurn(t.Context(), r, "llama3.2:3b")
	if err != nil || a <= 0 || b <= 0 {
		t.Errorf("%v %v, %v", a, b, err)
	}
	req := api.ChatRequest{Model: "llama3.2:3b", Messages: []api.Message{{Role: "user", Content: "[1] Ships leave at dawn.\n\nQuestion: When do ships leave?"}}}
	if took, err := FirstPiece(t.Context(), r, req); err != nil || took <= 0 {
		t.Errorf("%v, %v", took, err)
	}
}

func TestMedian(t *testing.T) {
	for _, c := range []struct {
		in   []float64
		want float64
	}{{nil, 0}, {[]float64{3}, 3}, {[]float64{5, 1, 3}, 3}, {[]float64{4, 1, 3, 2}, 2}} {
		if got := Median(c.in); got != c.want {
			t.Errorf("Median(%v) = %v", c.in, got)
		}
	}
}

func TestReport_KeysAndTable(t *testing.T) {
	var r Report
	r.Ratio("embed_ratio_1", "embedding", "tokens/s", Pair{30, 20}, 1, false)
	r.Ratio("second_turn_ratio", "second turn", "s", Pair{1, 4}, .15, true)
	r.Ratio("embed_ratio_32", "embedding", "tokens/s", Pair{First: 30}, 1, false)
	b, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]any
	if err := json.Unmarshal(b, &all); err != nil {
		t.Fatal(err)
	}
	if all["embed_ratio_1"] != 1.5 || all["second_turn_ratio"] != .25 {
		t.Errorf("%s", b)
	}
	if v, there := all["embed_ratio_32"]; !there || v != nil {
		t.Errorf("a figure without its other side: %v", v)
	}
	if !r.Figures[0].Holds() || r.Figures[1].Holds() || r.Figures[2].Holds() {
		t.Error("the bars are misjudged")
	}
	var out bytes.Buffer
	r.Print(&out)
	for _, want := range []string{"ok", "short", "no Ollama answers", "≤ 0.15"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the table lacks %q:\n%s", want, out.String())
		}
	}
}

func TestMade_TextsDifferAndFilesAnswer(t *testing.T) {
	if a, b := Words(40, 1), Words(40, 2); a == b || a != Words(40, 1) || len(strings.Fields(a)) != 40 {
		t.Errorf("%q %q", a, b)
	}
	dir := t.TempDir()
	if err := WriteTowns(dir, 100); err != nil {
		t.Fatal(err)
	}
	if err := WriteFiller(dir, 3, 100); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.md"))
	if err != nil || len(files) != len(Towns)+3 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, town := range Towns {
		text, err := os.ReadFile(filepath.Join(dir, town+".md"))
		if err != nil || strings.Count(string(text), "The lighthouse of "+town) != 1 {
			t.Errorf("%s: %v", town, err)
		}
	}
}
