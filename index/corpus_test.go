package index

import (
	"fmt"
	"testing"

	"golocal"
)

// TestMatch_WholeNamesComeFirst: of passages that are alike, the one with the
// whole name is first, whatever its words are joined by, and each of its parts
// finds it.
func TestMatch_WholeNamesComeFirst(t *testing.T) {
	for name, c := range map[string]struct {
		whole  string   // as asked for
		exact  string   // the passage with it
		others []string // with its parts, apart or in another order, more often
		parts  []string // each finds exact
	}{
		"camelCase":    {"maxRetryCount", "set maxRetryCount before the start", []string{"the count of max retry", "retry count, max", "count max max retry retry"}, []string{"max", "retry", "COUNT", "retries"}},
		"snake_case":   {"retry_policy", "set retry_policy before the start", []string{"policy of retry", "policy policy retry retry", "retry the policy"}, []string{"retry", "policies"}},
		"kebab-case":   {"dry-run", "use --dry-run before the start", []string{"run run dry dry", "the run is dry", "dry days and a run"}, []string{"dry", "run"}},
		"dotted.names": {"app.config.yaml", "see app.config.yaml before the start", []string{"yaml config app", "app with a yaml config", "config of the app, no yaml"}, []string{"config", "yaml"}},
		"digits":       {"HTTPServer2", "start HTTPServer2 before the rest", []string{"server 2 speaks http", "http 2 server server", "http server, not 2"}, []string{"http", "server", "2", "server2"}},
		"sha256":       {"sha256", "take the sha256 of it all", []string{"256 sha keys", "sha 1 and 256"}, []string{"sha", "256"}},
		"constants":    {"MAX_OPEN_FILES", "raise MAX_OPEN_FILES before the start", []string{"files open at max", "open max files open max files"}, []string{"max", "open", "file"}},
		"qualified":    {"index::Store.putAll", "call index::Store.putAll before the rest", []string{"putAll of the store in index", "store index put all"}, []string{"store", "put", "all", "putall"}},
		"path":         {"src/web/page.tsx", "see src/web/page.tsx before the rest", []string{"page of web in src, tsx", "tsx web page src"}, []string{"web", "tsx"}},
		"Chinese":      {"机器翻译", "我们比较了机器翻译的方法", []string{"翻译机器的器翻很多", "机器很多，翻译也多", "器翻机器器翻翻译翻机"}, []string{"机器", "翻译"}},
		"Japanese":     {"東京都庁", "来週は東京都庁へ行きます", []string{"京都の都庁と東京", "都庁京都東京"}, []string{"東京", "都庁", "庁"}},
		"Korean":       {"계약기간", "그 계약기간은 삼 년이다", []string{"기간과 계약 약기", "약기 기간 계약"}, []string{"계약", "기간"}},
		"Thai":         {"สัญญาเช่า", "ลงนามในสัญญาเช่าแล้ว", []string{"เช่าบ้านมีสัญญา", "สัญญาและเช่า"}, []string{"สัญญา", "เช่า"}},
		"Arabic":       {"إدارة_المخاطر", "تقرير إدارة_المخاطر السنوي", []string{"المخاطر في إدارة الشركة", "إدارة بلا المخاطر"}, []string{"ادارة", "إداره", "المخاطر"}},
		"German":       {"Übergrößen-Straße", "die Übergrößen-Straße im Ort", []string{"Straße mit Übergrößen", "Übergrößen in der Straße"}, []string{"STRASSE", "strasse", "übergrössen", "ubergroßen"}},
		"Russian":      {"отчёт_за_год", "готов отчёт_за_год по договору", []string{"год за отчёт", "за год нужен отчёт"}, []string{"отчет", "ОТЧЁТ", "год"}},
		"emoji":        {"👩‍💻", "our 👩‍💻 wrote it", []string{"💻 from 👩", "👩 and a 💻 and 👩"}, []string{"👩", "💻"}},
		"flags":        {"🇩🇪", "a trip to 🇩🇪 in May", []string{"to 🇪🇸 and 🇩🇰", "🇪🇸🇩🇰"}, []string{"🇩🇪"}},
	} {
		t.Run(name, func(t *testing.T) {
			x, root := ready(t, Options{})
			for i, p := range append(append([]string{}, c.others...), c.exact, "nothing of this here", "ничего 🚀 何も 아무 것도") {
				put(t, x, root.ID, fmt.Sprintf("%c.md", 'p'+i), p)
			}
			if got := match(t, x, c.whole, golocal.Scope{}); len(got) == 0 || got[0] != c.exact {
				t.Errorf("%q finds %q", c.whole, got)
			}
			for _, part := range c.parts {
				found := false
				for _, p := range match(t, x, part, golocal.Scope{}) {
					found = found || p == c.exact
					if marks := Highlight(part, p); len(marks) == 0 {
						t.Errorf("%q is not marked in %q", part, p)
					}
				}
				if !found {
					t.Errorf("part %q does not find it", part)
				}
			}
		})
	}
}

// TestMatch_WritesAlike: what people type without the right letters is found.
func TestMatch_WritesAlike(t *testing.T) {
	x, root := ready(t, Options{})
	for i, pair := range [][2]string{
		{"Die Straße ist gesperrt", "strasse"}, {"STRASSENBAHN", "straßenbahn"}, {"Ærøskøbing harbour", "aeroskobing"}, {"Łódź w Polsce", "lodz"},
		{"ISPARTA gülü", "ısparta"}, {"İzmir", "izmir"}, {"ещё раз", "еще"}, {"елка", "ёлка"}, {"Η Αθήνα", "ΑΘΗΝΑ"}, {"ο Σίσυφος", "σισυφοσ"},
		{"في المدرسة", "المدرسه"}, {"أحمد", "احمد"}, {"مصطفى", "مصطفي"}, {"سنة ٢٠٢٤", "2024"}, {"کتاب فارسی", "كتاب"}, {"Thòmas naïveté", "thomas"},
		{"das Œuvre", "oeuvre"}, {"ﬁnal oﬃce", "office"}, {"ＡＢＣ商事", "abc"},
	} {
		put(t, x, root.ID, fmt.Sprint(i, ".md"), pair[0])
		if got := match(t, x, pair[1], golocal.Scope{}); len(got) != 1 || got[0] != pair[0] {
			t.Errorf("%q finds %q, want %q", pair[1], got, pair[0])
		}
		if marks := Highlight(pair[1], pair[0]); len(marks) != 1 {
			t.Errorf("%q marks %v in %q", pair[1], marks, pair[0])
		}
	}
}
