package parse

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"golocal"
	"golocal/internal/sample"
)

func timeRange(a, b float64) golocal.Place { return golocal.Place{Time: a, TimeEnd: b} }

func TestSubtitles(t *testing.T) {
	for _, c := range []struct {
		name, data string
		want       []shown
	}{
		{"a.srt", sample.SRT, []shown{
			{golocal.KindParagraph, "", "Good morning. How are you & yours?", timeRange(1, 4.5)},
			{golocal.KindParagraph, "", "After a pause.", timeRange(10, 12)},
		}},
		{"a.vtt", sample.VTT, []shown{
			{golocal.KindParagraph, "", "Ann: Hello there, my friend.", timeRange(1, 3)},
			{golocal.KindParagraph, "", "Bob: Hi!", timeRange(3, 3661)},
		}},
		{"rolled.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\none two\n\n00:02.000 --> 00:03.000\none two\nthree four\n\n00:03.000 --> 00:04.000\nthree four\nfive\n\n00:04.000 --> 00:05.000\nfive\n", []shown{
			{golocal.KindParagraph, "", "one two three four five", timeRange(1, 5)},
		}},
		{"a.sbv", "0:00:01.000,0:00:02.000\nHi\nthere\n\n0:00:02.000,0:00:03.000\nBye\n", []shown{{golocal.KindParagraph, "", "Hi there Bye", timeRange(1, 3)}}},
		{"a.ass", "[Events]\nFormat: Layer, Start\nDialogue: 0,0:00:01.00,0:00:02.50,Default,Ann,0,0,0,,{\\i1}Hi,{\\i0} you\\Nthere\n", []shown{{golocal.KindParagraph, "", "Ann: Hi, you there", timeRange(1, 2.5)}}},
		{"a.lrc", "[ti:The song]\n[00:01.00]First line\n[00:04.00]Second\n", []shown{{golocal.KindParagraph, "", "First line Second", timeRange(1, 7)}}},
	} {
		doc, err := parseOne(t, c.name, []byte(c.data))
		if err != nil || doc.Type != Subtitles {
			t.Fatalf("%s: type %q, %v", c.name, doc.Type, err)
		}
		if diff := cmp.Diff(c.want, show(doc)); diff != "" {
			t.Errorf("%s:\n%s", c.name, diff)
		}
	}
	doc, _ := parseOne(t, "a.vtt", []byte(sample.VTT))
	if doc.Meta.Language != "en" {
		t.Errorf("language %q", doc.Meta.Language)
	}
	if p := rulerOf(doc).At(8); p.Time != 1 || rulerOf(doc).At(15).Time != 2 { // "there," is in the second cue
		t.Errorf("cues lost their times: %+v", doc.Marks)
	}
}
