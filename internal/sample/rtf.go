package sample

// RTF is a Rich Text document with the given body. Font 0 is of the charset
// "ANSI", 1 Japanese, 2 Polish, 3 the font Symbol; style 1 is "heading 1", style
// 2 has the outline level 2.
func RTF(body string) []byte {
	return []byte(`{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset128 Mincho;}{\f2\fcharset238 Times CE;}{\f3\fcharset2 Symbol;}}` +
		`{\stylesheet{\s0 Normal;}{\s1\f2 heading 1;}{\s2\outlinelevel1 My own;}{\*\cs10 Char;}}` +
		`{\info{\title A {\i Title}}{\author Ann}{\keywords red, blue}{\creatim\yr2024\mo2\dy3\hr4\min5}}` + "\r\n" + body + `}`)
}
