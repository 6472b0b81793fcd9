package parse

import (
	"strconv"
	"strings"
)

// The characters of the fonts Symbol (Adobe's encoding) and Wingdings that
// stand in text, by their code.
var (
	symbolFont = symbols(0x41, "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", 0x61, "αβχδεφγηιϕκλμνοπθρστυϖωξψζ",
		0xa2, "′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…", 0xc4, "⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊", 0xe5, "∑", 0xf2, "∫",
		0x22, "∀", 0x24, "∃", 0x27, "∋", 0x2a, "∗", 0x2d, "−", 0x40, "≅", 0x5c, "∴", 0x5e, "⊥")
	wingdings = symbols(0x4a, "☺", 0x4c, "☹", 0x6c, "●", 0x6e, "■", 0x6f, "□", 0x71, "❑", 0x75, "◆", 0x76, "❖", 0x9f, "•", 0xa7, "▪", 0xa8, "☐",
		0xd8, "➢", 0xdf, "←→↑↓", 0xe8, "➔", 0xf0, "⇨", 0xfb, "✗✓☒☑")
)

// symbols maps runs of characters, each from a code on.
func symbols(runs ...any) map[int]string {
	m := map[int]string{}
	for i := 0; i+1 < len(runs); i += 2 {
		code := runs[i].(int)
		for _, r := range runs[i+1].(string) {
			m[code] = string(r)
			code++
		}
	}
	return m
}

// symbol returns the character at a hexadecimal code of a font, "" for a mere
// ornament.
func symbol(font, code string) string {
	n, err := strconv.ParseInt(code, 16, 32)
	if err != nil {
		return ""
	}
	low := int(n)
	if n >= 0xf000 && n <= 0xf0ff { // where symbol fonts lie
		low -= 0xf000
	}
	switch strings.ToLower(font) {
	case "symbol":
		if s := symbolFont[low]; s != "" {
			return s
		}
		n = int64(low) // digits and the like
	case "wingdings":
		return wingdings[low]
	}
	if n < ' ' || n >= 0xd800 && n < 0xf900 || n > 0x10ffff {
		return ""
	}
	return string(rune(n))
}
