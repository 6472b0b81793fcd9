package prose

// languages are the BCP 47 codes of foreign, in its order.
var languages = []string{"de", "fr", "es", "it", "pt", "nl", "ru"}

// Language is the BCP 47 code of the language whose function words a text has more
// of than of any other's; "" where they do not tell.
func Language(words []Word) string {
	code, most, tie := "", 0, false
	see := func(name string, list map[string]bool) {
		n := 0
		for _, w := range words {
			if list[w.Fold] {
				n++
			}
		}
		switch {
		case n > most:
			code, most, tie = name, n, false
		case n == most:
			tie = true
		}
	}
	see("en", stop)
	for i, list := range foreign {
		see(languages[i], list)
	}
	if tie {
		return ""
	}
	return code
}
