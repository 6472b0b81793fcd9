package main

import (
	"strings"
	"testing"

	"golocal"
)

// Questions in other languages find their file by the words alone: the home has no
// model that could help.
func TestSearch_QuestionsInOtherLanguages(t *testing.T) {
	files := map[string]string{
		"zh.md":    "# 租赁合同\n\n租期为三年，押金为两个月的租金。合同到期前三个月可以解除。\n",
		"zh2.md":   "# 食谱\n\n把面粉和水混合，揉成面团，放置一个小时。\n",
		"ja.md":    "# 休暇\n\n有給休暇は年に二十七日です。申請は上司に提出してください。\n",
		"ar.md":    "# عقد الإيجار\n\nمدة الإيجار ثلاث سنوات، ويدفع المستأجر الإيجار في أول كل شهر.\n",
		"ar2.md":   "# وصفة\n\nاخلط الدقيق بالماء واتركه ساعة.\n",
		"de.md":    "# Mietvertrag\n\nDie Kündigungsfrist beträgt drei Monate. Größere Reparaturen zahlt der Vermieter.\n",
		"de2.md":   "# Rezept\n\nMehl und Wasser werden verrührt und eine Stunde stehen gelassen.\n",
		"ru.md":    "# Договор аренды\n\nАрендная плата вносится в первый рабочий день месяца. Залог возвращается через тридцать дней.\n",
		"ru2.md":   "# Рецепт\n\nСмешайте муку с водой и оставьте на час.\n",
		"emoji.md": "# Launch\n\nThe 🚀 left the pad at dawn, and everybody 😀 cheered.\n",
		"en.md":    "# Garden\n\nTulips are planted in October, roses in March.\n",
	}
	dir := libraryOf(t, files)
	c, s, _ := atHome(t, func(c *config) { c.EmbeddingModel = "none-such:latest" })
	if _, err := c.addFolder(t.Context(), s, dir); err != nil {
		t.Fatal(err)
	}
	if err := c.syncAll(t.Context(), s, nil, false); err != nil {
		t.Fatal(err)
	}
	for question, want := range map[string]string{
		"押金是多少？":                            "zh.md",
		"合同什么时候可以解除":                        "zh.md",
		"有給休暇は何日ありますか":                      "ja.md",
		"متى يدفع المستأجر الإيجار؟":        "ar.md",
		"Wie lang ist die Kündigungsfrist?": "de.md",
		"Wer zahlt groessere Reparaturen?":  "de.md",
		"Когда возвращается залог?":         "ru.md",
		"when did the 🚀 leave":              "emoji.md",
		"😀":                                 "emoji.md",
		"\"drei Monate\" typ:md":            "de.md",
	} {
		found, err := s.Search(t.Context(), question, golocal.Scope{}, 3)
		if err != nil {
			t.Fatal(err)
		}
		if found.Note == "" || !strings.Contains(found.Note, "by words only") {
			t.Errorf("%s: searched by more than words: %q", question, found.Note)
		}
		if len(found.Hits) == 0 || found.Hits[0].Doc.Ref.Path != want {
			t.Errorf("%s: first is not %s: %+v", question, want, found.Hits)
		}
	}
}
