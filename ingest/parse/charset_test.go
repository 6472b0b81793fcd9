package parse

import (
	"context"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// TestCharsets_Short has what stands in small tables and notes.
func TestCharsets_Short(t *testing.T) {
	for _, c := range []struct {
		name string
		as   encoding.Encoding
		want string
	}{
		{"shift_jis table", japanese.ShiftJIS, "名前,年齢,住所\n佐藤太郎,30,東京\n三木英子,25,大阪\n"},
		{"euc-jp table", japanese.EUCJP, "名前,年齢,住所\n佐藤太郎,30,東京\n三木英子,25,大阪\n"},
		{"gb18030 table", simplifiedchinese.GB18030, "姓名,年龄,地址\n王小明,30,北京\n李娜,25,上海\n"},
		{"big5 table", traditionalchinese.Big5, "姓名,年齡,地址\n王小明,30,台北\n陳美玲,25,高雄\n"},
		{"euc-kr table", korean.EUCKR, "이름,나이,주소\n김민수,30,서울\n이영희,25,부산\n"},
		{"windows-1252 words", charmap.Windows1252, "Müller GmbH, Straße 5, Köln, 5 €"},
		{"iso-8859-1 word", charmap.ISO8859_1, "café"},
	} {
		doc, err := (&Formats{}).Parse(context.Background(), "a.txt", encoded(t, c.as, c.want))
		if err != nil || doc.Text != c.want {
			t.Errorf("%s: %q, %v", c.name, doc.Text, err)
		}
	}
}

func TestCharsets_Damage(t *testing.T) {
	text := strings.Repeat("Größe, Äpfel und süße Träume. ", 5)
	for _, c := range []struct {
		name, data, want, note string
	}{
		{"a bad byte", text + "\xff end", text + "\ufffd end", "1 byte that is no character was replaced"},
		{"cut off", text + "\xc3", text, ""},
		{"cut inside", strings.Replace(text, "und", "\xe4\xf6und", 1), strings.Replace(text, "und", "\ufffdund", 1), "2 bytes that are no characters were replaced"},
		{"a hole of zeros", text + strings.Repeat("\x00", 5) + "end", text + "end", ""},
	} {
		doc, err := parseOne(t, "a.txt", []byte(c.data))
		if err != nil || doc.Text != c.want || strings.Join(doc.Notes, "") != c.note {
			t.Errorf("%s: %q, notes %q, %v", c.name, doc.Text, doc.Notes, err)
		}
	}
}

// Sentences in languages that the encodings were made for.
const (
	german      = "Die Prüfung der Größe ließ überraschend viele Fragen offen, sagte die Ärztin. Später wurde geklärt, daß süße Äpfel möglich wären."
	french      = "L’été dernier, nous avons déménagé à la campagne près d’une forêt. Le prix était de 1 200 € par mois, « très élevé » selon la mairie."
	polish      = "Wszyscy pracownicy mają prawo do dwudziestu dni urlopu. Wniosek należy złożyć najpóźniej dwa tygodnie wcześniej, a zgłoszenie potwierdza kierownik działu."
	czech       = "Příliš žluťoučký kůň úpěl ďábelské ódy. Všichni zaměstnanci mají nárok na dovolenou, kterou schvaluje vedoucí oddělení nejpozději týden předem."
	russian     = "Сегодня в городе прошла встреча, на которой обсуждали новые правила хранения документов и личных данных граждан."
	greek       = "Όλοι οι εργαζόμενοι δικαιούνται είκοσι ημέρες άδειας κάθε χρόνο. Η αίτηση πρέπει να υποβληθεί δύο εβδομάδες νωρίτερα στον προϊστάμενο."
	turkish     = "Bütün çalışanların yılda yirmi gün izin hakkı vardır. Başvuru en geç iki hafta önce yapılmalı ve bölüm müdürü tarafından onaylanmalıdır. Şirket içi kuralların değişmesi için ayrıca bir toplantı yapılır."
	hebrew      = "כל העובדים זכאים לעשרים ימי חופשה בשנה. את הבקשה יש להגיש לפחות שבועיים מראש למנהל המחלקה, והוא מאשר אותה בכתב."
	arabic      = "يحق لجميع الموظفين الحصول على عشرين يوما من الإجازة كل سنة. يجب تقديم الطلب قبل أسبوعين على الأقل إلى مدير القسم."
	nihongo     = "これは日本語の文章です。文書の中の言葉を探すことができます。検索は速いです。休暇の申請は二週間前までに提出してください。"
	simple      = "这是一份关于公司休假政策的文件，所有员工每年都有二十天的带薪休假。申请必须至少提前两周提交给部门经理。"
	traditional = "這是一份關於公司休假政策的文件，所有員工每年都有二十天的帶薪休假。申請必須至少提前兩週提交給部門經理。"
	hangul      = "모든 직원은 매년 이십 일의 휴가를 받을 수 있습니다. 신청서는 적어도 이 주 전에 부서장에게 제출해야 합니다."
)

func encoded(t testing.TB, e encoding.Encoding, s string) []byte {
	t.Helper()
	b, err := e.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestCharsets(t *testing.T) {
	utf16 := func(end unicode.Endianness, mark unicode.BOMPolicy) encoding.Encoding {
		return unicode.UTF16(end, mark)
	}
	latin9 := "Le cœur de l'été : 50 € pour la nuit, un bœuf et des œufs. Voilà où nous étions, déjà fatigués."
	for _, c := range []struct {
		name string
		as   encoding.Encoding
		want string
	}{
		{"utf-8", encoding.Nop, german},
		{"utf-8 marked", unicode.UTF8BOM, german},
		{"utf-16le marked", utf16(unicode.LittleEndian, unicode.UseBOM), russian},
		{"utf-16be marked", utf16(unicode.BigEndian, unicode.UseBOM), russian},
		{"utf-16le", utf16(unicode.LittleEndian, unicode.IgnoreBOM), german},
		{"utf-16be", utf16(unicode.BigEndian, unicode.IgnoreBOM), german},
		{"utf-16le Cyrillic", utf16(unicode.LittleEndian, unicode.IgnoreBOM), russian},
		{"utf-16be Greek", utf16(unicode.BigEndian, unicode.IgnoreBOM), greek},
		{"utf-16le Chinese", utf16(unicode.LittleEndian, unicode.IgnoreBOM), simple},
		{"utf-16be Japanese", utf16(unicode.BigEndian, unicode.IgnoreBOM), nihongo},
		{"windows-1250 Polish", charmap.Windows1250, polish},
		{"windows-1250 Czech", charmap.Windows1250, czech},
		{"iso-8859-2 Polish", charmap.ISO8859_2, polish},
		{"iso-8859-2 Czech", charmap.ISO8859_2, czech},
		{"windows-1251", charmap.Windows1251, russian},
		{"iso-8859-5", charmap.ISO8859_5, russian},
		{"koi8-r", charmap.KOI8R, russian},
		{"windows-1252 German", charmap.Windows1252, german},
		{"windows-1252 French", charmap.Windows1252, french},
		{"iso-8859-1", charmap.ISO8859_1, german},
		{"iso-8859-15", charmap.ISO8859_15, latin9},
		{"windows-1253", charmap.Windows1253, greek},
		{"iso-8859-7", charmap.ISO8859_7, greek},
		{"windows-1254", charmap.Windows1254, turkish},
		{"windows-1255", charmap.Windows1255, hebrew},
		{"windows-1256", charmap.Windows1256, arabic},
		{"shift_jis", japanese.ShiftJIS, nihongo},
		{"euc-jp", japanese.EUCJP, nihongo},
		{"iso-2022-jp", japanese.ISO2022JP, nihongo},
		{"gb18030", simplifiedchinese.GB18030, simple},
		{"big5", traditionalchinese.Big5, traditional},
		{"euc-kr", korean.EUCKR, hangul},
	} {
		for _, n := range []int{1, 5} { // a note and a letter
			want := strings.Repeat(c.want+"\n", n)
			doc, err := (&Formats{}).Parse(context.Background(), "a.txt", encoded(t, c.as, want))
			if err != nil || doc.Text != want {
				t.Errorf("%s, %d times: %.60q, %v", c.name, n, doc.Text, err)
			}
		}
	}
}
