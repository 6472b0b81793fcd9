package corpus

import "strings"

// nounPairs are nouns of columns, files and folders in English and German, folded: who
// writes one language asks in the other.
const nounPairs = `hours:stunden amount:betrag price:preis date:datum quantity:menge number:anzahl category:kategorie customer:kunde client:kunde product:produkt supplier:lieferant
	city:stadt town:ort place:ort total:summe cost:kosten month:monat year:jahr expenses:ausgaben income:einnahmen sales:verkaufe sales:umsatze revenue:umsatz invoice:rechnung bill:rechnung letter:brief report:bericht contract:vertrag
	agreement:vertrag minutes:protokoll meeting:besprechung meeting:sitzung note:notiz recipe:rezept photo:foto member:mitglied employee:mitarbeiter project:projekt task:aufgabe weight:gewicht
	region:gebiet country:land boat:boot course:kurs participant:teilnehmer fee:gebuhr rent:miete order:bestellung offer:angebot travel:reise trip:reise book:buch author:autor title:titel
	department:abteilung team:mannschaft salary:gehalt stock:bestand item:artikel part:teil piece:stuck day:tag week:woche reading:messwert value:wert`

// translations lead from a word to those of the other language.
var translations = func() map[string][]string {
	m := map[string][]string{}
	for pair := range strings.FieldsSeq(nounPairs) {
		en, de, _ := strings.Cut(pair, ":")
		m[en] = append(m[en], de)
		m[de] = append(m[de], en)
	}
	return m
}()

// means tells that two words are forms of one noun, or translations of each other.
func means(a, b string) bool {
	if sameWord(a, b) {
		return true
	}
	for _, form := range forms(a) {
		for _, t := range translations[form] {
			if sameWord(t, b) {
				return true
			}
		}
	}
	return false
}

// forms are a word and what it may be the plural of.
func forms(w string) []string {
	out := []string{w}
	for end := range endings {
		if stem, ok := strings.CutSuffix(w, end); ok && len(stem) > 2 {
			out = append(out, stem)
		}
		out = append(out, w+end)
	}
	return out
}
