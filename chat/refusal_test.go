package chat

import "testing"

func TestRefuses_KnowsManyPhrasings(t *testing.T) {
	for _, s := range []string{
		"I don't know.", "I don’t know", "I do not know the answer.", "I can't tell from this.", "I cannot find that in the sources.", "I am unable to answer.", "I have no information about that.",
		"Your files do not mention the price.", "The provided sources don't contain the answer.", "The price is not mentioned in the sources.",
		"There is no information about the price in the documents.", "The price cannot be determined from the context.", "Not enough information.",
		"Ich weiß es nicht.", "Ich weiss nicht.", "Die Quellen enthalten dazu keine Angaben.", "Ich kann die Frage nicht beantworten.", "Das steht in den Quellen nicht.",
		"Je ne sais pas.", "Les sources ne mentionnent pas le prix.", "Aucune information dans les documents.",
		"No lo sé.", "No sé.", "Las fuentes no mencionan el precio.", "No hay información en los documentos.",
		"Non lo so.", "Le fonti non menzionano il prezzo.", "Não sei.", "As fontes não mencionam o preço.", "Ik weet het niet.", "De bronnen bevatten geen antwoord.",
	} {
		if !refuses(s) {
			t.Errorf("%q is no refusal", s)
		}
	}
}

func TestRefuses_LeavesStatementsAlone(t *testing.T) {
	for _, s := range []string{
		"The Normans gave their name to Normandy.", "The mill was not mentioned in the treaty.", "No dogs are allowed inside.", "The council could not find a buyer.",
		"The text was written in 1820.", "Die Kirche wurde nicht gebaut.", "Il ne vend pas de pain.", "No hay perros en la casa.", "Il mulino non fu venduto.", "De molen werd niet verkocht.",
		"The sources of the river lie in the hills.", "The documents were signed in May.",
	} {
		if refuses(s) {
			t.Errorf("%q is a refusal", s)
		}
	}
}
