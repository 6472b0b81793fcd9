package chat

import (
	"strings"
	"testing"
	"unicode"

	"golocal/internal/prose"

	"github.com/google/go-cmp/cmp"
)

func wordsOf(s string) []prose.Word { return prose.Words(s) }

type said struct {
	Lead, Text string
	Markers    []int
}

func of(ds []draft) (out []said) {
	for _, d := range ds {
		out = append(out, said{d.lead, d.text, d.markers})
	}
	return out
}

func TestDrafts_MarkersBelongToTheirSentence(t *testing.T) {
	for _, c := range []struct {
		reply string
		want  []said
	}{
		{"", nil},
		{"One [1]. Two [2].", []said{{"", "One.", []int{1}}, {" ", "Two.", []int{2}}}},
		{"One. [1] Two. [2]", []said{{"", "One.", []int{1}}, {" ", "Two.", []int{2}}}},
		{"One.[1] Two.[2][3]", []said{{"", "One.", []int{1}}, {" ", "Two.", []int{2, 3}}}},
		{"[1] One. Two.", []said{{"", "One.", []int{1}}, {" ", "Two.", nil}}},
		{"One [1][1].", []said{{"", "One.", []int{1}}}},
		{"As [1] says, one.", []said{{"", "As says, one.", []int{1}}}},
		{"Steps:\n- First [1]\n- Second [2]", []said{{"", "Steps:", nil}, {"\n- ", "First", []int{1}}, {"\n- ", "Second", []int{2}}}},
		{"1. First [1]\n2. Second", []said{{"1. ", "First", []int{1}}, {"\n2. ", "Second", nil}}},
		{"Line one.\nLine two [1]:\nThree [2]", []said{{"", "Line one.", nil}, {"\n", "Line two:", []int{1}}, {"\n", "Three", []int{2}}}},
		{"One that runs\nover a line [1].", []said{{"", "One that runs\nover a line.", []int{1}}}},
		{"Take `rows[1]` first [2].", []said{{"", "Take `rows[1]` first.", []int{2}}}},
		{"```\nrows[1]\n```\nIt is first [2].", []said{{"", "```", nil}, {"\n", "rows[1]", nil}, {"\n", "```", nil}, {"\n", "It is first.", []int{2}}}},
		{"One.\n\n[2] Two.", []said{{"", "One.", nil}, {"\n\n ", "Two.", []int{2}}}},
		{"Dr. Smith has 3.5 of them. Next.", []said{{"", "Dr. Smith has 3.5 of them.", nil}, {" ", "Next.", nil}}},
	} {
		if d := cmp.Diff(c.want, of(drafts(c.reply))); d != "" {
			t.Errorf("%q: %s", c.reply, d)
		}
	}
}

// What stands between sentences is not lost where they come one by one: an answer is
// put together of them.
func TestStream_KeepsWhatStandsBetween(t *testing.T) {
	reply := "One has it [1]. Two has it.\n\nThree has it: \n- Four. [2]\n- Five.\n\nSix ends it:\n```go\nfor _, r := range rows[1] {\n\n\tuse(r)\n}\n```\nSeven is\nin two lines [1].\nEight."
	for step := 1; step <= len(reply); step++ {
		var st stream
		var got []draft
		for i := 0; i < len(reply); i += step {
			got = append(got, st.add(reply[i:min(i+step, len(reply))])...)
		}
		got = append(got, st.rest()...)
		if d := cmp.Diff(of(drafts(reply)), of(got)); d != "" {
			t.Errorf("in pieces of %d: %s", step, d)
		}
	}
}

// However a reply is cut into pieces, the same sentences come out.
func FuzzStream(f *testing.F) {
	for _, s := range []string{"One [1]. Two [2].", "One.[1] Two. [2]\n\n- three [3]\n- four", "# Head\n\nText. More?! \"Yes.\" no", "a\n\n[1]\n\nb.", "```\ncode. Code\n```\nText [1].",
		"Wait... what? Yes! [2] Ok", "| a | b |\n|---|---|\n| 1 | 2 |", "世界。你好！[1] 再见", "A.B. C.", "[1][2][3]", "U.S. Army of the U.S. The end [1]."} {
		f.Add(s, 3)
	}
	f.Fuzz(func(t *testing.T, s string, step int) {
		s = strings.ToValidUTF8(s, "")
		if step < 1 || len(s) > 2000 {
			return
		}
		var st stream
		var got []draft
		for i := 0; i < len(s); i += step {
			got = append(got, st.add(s[i:min(i+step, len(s))])...)
		}
		got = append(got, st.rest()...)
		letters := func(ds []draft) string {
			var b strings.Builder
			for _, d := range ds {
				b.WriteString(d.lead + d.text)
			}
			return strings.Map(func(r rune) rune {
				if unicode.IsLetter(r) {
					return r
				}
				return -1
			}, b.String())
		}
		whole := strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) {
				return r
			}
			return -1
		}, s)
		if l := letters(got); l != whole {
			t.Fatalf("%q in pieces of %d: letters %q became %q", s, step, whole, l)
		}
	})
}
