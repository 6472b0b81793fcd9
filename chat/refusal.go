package chat

import "regexp"

// refusals match the ways in which models say that the sources hold no answer,
// English first: small models answer in it whatever they are asked in.
var refusals = []*regexp.Regexp{
	regexp.MustCompile(`(?i)\b(i (do not|don['’]t|cannot|can['’]t) (know|find|answer|determine|provide|tell)|i (am|'m|’m) (not sure|unable|not able)|i have no (information|answer|idea)|` +
		`(the |these |your |provided |given |numbered )*(sources?|documents?|files?|passages?|texts?|context|information)( provided| given)? (do|does) ?(not|n['’]t) (say|mention|contain|hold|provide|answer|state|specify|include|give|have)|` +
		`(is|are|was|were) not (mentioned|specified|stated|provided|given|found|included|answered) in (the |any |these |your )?(provided |given |numbered )*(sources?|documents?|files?|passages?|texts?|context)|` +
		`(there is )?no (information|mention|answer|source)[^.]{0,60}(in|from) (the |your )(provided |given |numbered )*(sources?|documents?|files?|passages?|texts?|context)|` +
		`not enough information|(cannot|can['’]t|could not|couldn['’]t) be (determined|answered|found) (from|in|with))`),
	// German
	regexp.MustCompile(`(?i)(\bich wei(ß|ss) (es |das )?(leider )?nicht|\bich kann (die frage|das|dies|dazu)[^.]{0,60}nicht (beantworten|sagen|finden)|\b(quellen?|dokumente?n?|texte?n?) (enthalten|enthält|nennen|nennt|erwähnen|erwähnt|beantworten|beantwortet)[^.]{0,60}(nicht|keine)|` +
		`\bkeine (angaben?|informationen?|antwort)[^.]{0,60}(quellen?|dokument|text|kontext)|\b(wird|ist|steht|werden) (in|aus) den (quellen|dokumenten|texten) nicht)`),
	// French
	regexp.MustCompile(`(?i)(\bje ne (sais|peux|trouve) pas|\bles? (sources?|documents?|textes?) ne (mentionne|contien|répond|précise|donne|di)[^ ]* pas|\baucune (information|réponse|mention)[^.]{0,60}(source|document|texte|contexte))`),
	// Spanish
	regexp.MustCompile(`(?i)(\bno (lo )?sé(\PL|$)|\bno (puedo|encuentro)[^.]{0,40}(responder|respuesta|información|determinar|encontrar)|\b(las fuentes|los documentos|el texto|la fuente|el documento) no (menciona|contiene|indica|responde|dice)|\bno hay (información|respuesta|mención)[^.]{0,60}(fuente|documento|texto|contexto))`),
	// Italian
	regexp.MustCompile(`(?i)(\bnon (lo )?so\b|\b(le fonti|i documenti|il testo) non (menziona|contien|contengono|indica|risponde|dic)|\bnon (posso|riesco a) (rispondere|trovare|determinare))`),
	// Portuguese
	regexp.MustCompile(`(?i)(\b(eu )?não sei\b|\b(as fontes|os documentos|o texto) não (menciona|contém|contêm|indica|responde|diz)|\bnão (posso|consigo) (responder|encontrar|determinar))`),
	// Dutch
	regexp.MustCompile(`(?i)(\bik weet het niet|\bde (bronnen|documenten|tekst) (vermelden|vermeldt|bevatten|bevat|noemen|noemt)[^.]{0,40}(niet|geen)|\bik kan (dit|de vraag|dat)[^.]{0,40}niet (beantwoorden|vinden))`),
}

// refuses tells that a sentence says the sources hold no answer.
func refuses(sentence string) bool {
	for _, r := range refusals {
		if r.MatchString(sentence) {
			return true
		}
	}
	return false
}
