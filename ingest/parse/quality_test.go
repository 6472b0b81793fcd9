package parse

import (
	"strings"
	"testing"
	"unicode"
)

// shifted writes text as PDFs whose fonts number their letters from the space
// do: every character 29 below its own.
func shifted(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x3d || r > 0x7e {
			return ' '
		}
		return r - 29
	}, s)
}

// numbered writes text as PDFs whose fonts hold only the letters that they draw,
// in the order of their first use, and number them from "A".
func numbered(s string) string {
	codes := map[rune]rune{' ': ' '}
	return strings.Map(func(r rune) rune {
		if codes[r] == 0 {
			codes[r] = rune('@' + len(codes))
		}
		return codes[r]
	}, s)
}

const english = "The quick brown fox jumps over the lazy dog while thirty clever farmers measure what their fields have brought them during the long summer months. " +
	"Everything that could be harvested before autumn storms arrive must be gathered, counted, weighed and written down, because nobody remembers such numbers afterwards."

func TestJudge(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       verdict
	}{
		{"English", english, pageReadable},
		{"German compounds", "Rechtsschutzversicherungsgesellschaften übernehmen Angstschweiß und Pfropfschwungfeder nicht. Die Wirtschaftsprüfungsgesellschaft bescheinigt deutschsprachigen Geschichtsschreibern selbstverständlich hochrechtschaffene Rechtschreibung; Strumpfschwund, Herbststürme und Schriftzüge gehören ebenso zur Wirklichkeit wie Fruchtsaftkonzentrat, Knopflochzwirn, Sprachschwierigkeiten, Tischlerwerkstatt, Durchschnittsgeschwindigkeit, Kopfschmerztabletten, Zwetschgenschnaps und Landschaftsarchitektur.", pageReadable},
		{"Polish", "Wszystkie szczególnie trzcinowe chrząszcze brzmią w trzcinie, a źdźbło trawy drży. Przedsiębiorstwo przetwórstwa zbożowego zatrudniło czterdziestu pracowników, którzy wstrzymali wszelkie przygotowania. Społeczeństwo współczesne przykłada większą wagę do bezpieczeństwa żywności niż kiedykolwiek wcześniej.", pageReadable},
		{"Czech", "Zvlášť zákeřný učeň s ďolíčky běží podél zóny úlů. Čtvrtek přinesl čtyřicet zmrzlých brambor, vlk zmlkl a smršť strhla střechu. Nejneobhospodařovávanější pozemky v okrsku zůstaly prázdné, protože hospodářství upadlo a mlčenlivost sousedů přetrvala.", pageReadable},
		{"Vietnamese", "Tất cả mọi người sinh ra đều được hưởng tự do và bình đẳng về nhân phẩm và quyền lợi. Mọi con người đều được tạo hóa ban cho lý trí và lương tâm và cần phải đối xử với nhau trong tình anh em. Người nông dân trồng lúa nước ở đồng bằng sông Cửu Long.", pageReadable},
		{"Welsh", "Genir pawb yn rhydd ac yn gydradd a'i gilydd mewn urddas a hawliau. Fe'u cynysgaeddir â rheswm a chydwybod, a dylai pawb ymddwyn y naill at y llall mewn ysbryd cymodlon. Cwrw, pwll, clwb, bwrdd, ffwrnais, gwrthrych, hwylfwrdd a thrwsgl yng Nghaernarfon.", pageReadable},
		{"Finnish", "Kaikki ihmiset syntyvät vapaina ja tasavertaisina arvoltaan ja oikeuksiltaan. Heille on annettu järki ja omatunto, ja heidän on toimittava toisiaan kohtaan veljeyden hengessä. Lentokonesuihkuturbiinimoottoriapumekaanikkoaliupseerioppilas.", pageReadable},
		{"Turkish", "Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar. Akıl ve vicdana sahiptirler ve birbirlerine karşı kardeşlik zihniyeti ile hareket etmelidirler. Çekoslovakyalılaştıramadıklarımızdan mısınız.", pageReadable},
		{"Russian", "Все люди рождаются свободными и равными в своём достоинстве и правах. Они наделены разумом и совестью и должны поступать в отношении друг друга в духе братства. Взгляд чувств встревожил бодрствовавшего контрабандиста; агентство вскрыло монстра.", pageReadable},
		{"Ukrainian", "Всі люди народжуються вільними і рівними у своїй гідності та правах. Вони наділені розумом і совістю і повинні діяти у відношенні один до одного в дусі братерства.", pageReadable},
		{"Greek", "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα. Είναι προικισμένοι με λογική και συνείδηση, και οφείλουν να συμπεριφέρονται μεταξύ τους με πνεύμα αδελφοσύνης.", pageReadable},
		{"Arabic", "يولد جميع الناس أحرارا متساوين في الكرامة والحقوق. وقد وهبوا عقلا وضميرا وعليهم أن يعامل بعضهم بعضا بروح الإخاء.", pageReadable},
		{"Hebrew", "כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם. כולם חוננו בתבונה ובמצפון, לפיכך חובה עליהם לנהוג איש ברעהו ברוח של אחווה.", pageReadable},
		{"Hindi", "सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त है। उन्हें बुद्धि और अन्तरात्मा की देन प्राप्त है।", pageReadable},
		{"Tamil", "மனிதப் பிறிவியினர் சகலரும் சுதந்திரமாகவே பிறக்கின்றனர்; அவர்கள் மதிப்பிலும், உரிமைகளிலும் சமமானவர்கள்.", pageReadable},
		{"Thai", "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ ต่างมีเหตุผลและมโนธรรม และควรปฏิบัติต่อกันด้วยเจตนารมณ์แห่งภราดรภาพ", pageReadable},
		{"Chinese", "人人生而自由，在尊严和权利上一律平等。他们赋有理性和良心，并应以兄弟关系的精神相对待。", pageReadable},
		{"Japanese", "すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。TシャツとLサイズのUSBメモリを3個。", pageReadable},
		{"Korean", "모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다. 인간은 천부적으로 이성과 양심을 부여받았으며 서로 형제애의 정신으로 행동하여야 한다.", pageReadable},
		{"capitals", strings.ToUpper(english), pageReadable},
		{"a table of numbers", strings.Repeat("1,204.50 | 33.1 % | -17 | 2024-02-29 | 4.5E-03\n", 30), pageReadable},
		{"codes of parts", strings.Repeat("XK-4711-B BZTR0042 QRSTV-9 MCMXCIV KTPN.33 WDHLR/7\n", 30), pageReadable},
		{"chemical names", "Methylenedioxypyrovalerone, hydroxychloroquine sulphate, tetrahydrocannabinol, polychlorinated dibenzodioxins, phthalocyanine, dichlorodiphenyltrichloroethane, 2,4-dimethylpyrrole, trinitrotoluene, cyclopentadienylmolybdenum, xylylene, β-carotene, α-pinene, ethylbenzhydramine.", pageReadable},
		{"source code", "func (p *pdfium) readTextPage(ctx context.Context, doc *pdfDocument) (lines []pdfLine, err error) {\n\tfor i := range strings.SplitSeq(text, \"\\n\") {\n\t\tif hasPrefix := strings.HasPrefix(line, prefix); !hasPrefix { fmt.Fprintf(w, \"%s\\n\", strconv.Itoa(len(xmlHttpRequest))) }\n\t}\n\tctrlStrmPtr, nxtBlkSz, tmpDstBuf := mmap(srcFd, bufLen), strtol(argv), memcpy(dst, src, cnt)\n}", pageReadable},
		{"formulas", strings.Repeat("∑ᵢ αᵢxᵢ ≤ β‖Aᵀy‖₂ , ∀ε>0 ∃δ: |f(x)−f(x₀)|<ε , λmax(ATA) , Γ(z)=∫t^{z−1}e^{−t}dt , μm kΩ Δx σ-algebra\n", 8), pageReadable},
		{"phonetic dictionary", strings.Repeat("through /θruː/ prep. in at one end and out at the other; thorough /ˈθʌrə/ adj. complete in every detail\n", 6), pageReadable},
		{"a page number", "7", pageReadable},
		{"a mark and a word", "\uf0ab Contents", pageReadable},
		{"bullets of a symbol font", strings.Repeat("\uf02a They conduct legal aid cases in the courts.\n", 12), pageReadable},

		{"nothing", "", pageBlank},
		{"marks only", " . — · \n", pageBlank},
		{"private characters", strings.Repeat("\ue054\ue068\ue065 \ue071\ue075 ", 12), pageGarbled},
		{"unknown characters", strings.Repeat("\ufffd\ufffd\ufffd a ", 12), pageGarbled},
		{"Cyrillic and Greek in a word", "Аχтыкωл Уσεοбщαя δεкλαραцыя πραвαў чαлαвεкα. Усε λюдзі нαραδжαюццα вολьнымі і ροўнымі ў свαёй γοднαсці і πραвαх. Яны надзелены ροзумам і сумλεннεм.", pageGarbled},
		{"Arabic as Greek", strings.Repeat("ϲΒϴΒ ϪϠϴϠΤΗ ϡϼϋϹ ϱήϜϔϟ΍ ϩάϫ ", 6), pageGarbled},
		{"Cyrillic as Latin", "Âñå ëþäè ðîæäàþòñÿ ñâîáîäíûìè è ðàâíûìè â ñâî¸ì äîñòîèíñòâå è ïðàâàõ. Îíè íàäåëåíû ðàçóìîì è ñîâåñòüþ è äîëæíû ïîñòóïàòü â îòíîøåíèè äðóã äðóãà.", pageGarbled},
		{"signs between letters", strings.Repeat("Ï¤ÛÞ¯§¬é÷NN t¶h¥e q§u±ck b¿r¤wn ", 8), pageGarbled},
		{"numbered from the space", strings.Repeat(shifted(english)+"\n", 3), pageGarbled},
		{"numbered as they come", numbered(english), pageGarbled},
	} {
		if got := judge(strings.Split(c.text, "\n")); got != c.want {
			var q quality
			q.read(c.text)
			t.Errorf("%s: %v, want %v: %+v", c.name, got, c.want, q)
		}
	}
}

func FuzzJudge(f *testing.F) {
	f.Add(english)
	f.Add("\ufffd\ue000 ΒϴΒ Âñå\x00")
	f.Fuzz(func(t *testing.T, text string) {
		got := judge(strings.Split(text, "\n"))
		if got == pageBlank && strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			t.Errorf("%q is blank", text)
		}
		if len(text) < fewestLetters/2 && got == pageGarbled {
			t.Errorf("%q is garbled", text)
		}
	})
}
