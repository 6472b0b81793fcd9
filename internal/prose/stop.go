package prose

import "strings"

// stop holds the English words that say nothing about what a text is about.
var stop = set(`a about above after again against all also am an and any are as at be because been before being below
between both but by can cannot could did do does doing don down during each few for from further get gets got had has have having he her here hers
herself him himself his how i if in into is it its itself just kind ll me might more most much must my myself no nor not now of off on
once only or other our ours ourselves out over own please re same shall she should so some such t s than that the their theirs them
themselves then there these they this those through to too under until up upon us very was we were what when where which while who
whom whose why will with would you your yours yourself yourselves d m o ve tell give many`)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// Stop tells whether a folded word is an English function word or one that
// questions are built with.
func Stop(fold string) bool { return stop[fold] }

// foreign holds the same for other languages, without diacritics, as Fold writes
// them. Languages of few speakers here need no list: their commonest words weigh
// little by their frequency (Idf).
var foreign = []map[string]bool{
	set(`aber alle allem allen aller alles als also am an auch auf aus bei beim bin bis bist da damit dann das dass dein deine dem den der des dessen die dies diese dieser dieses
doch dort du durch ein eine einem einen einer eines er es euch euer fur gibt hab habe haben hat hatte hier ich ihm ihn ihnen ihr ihre im in ins ist ja jede jeder jedes kann
kein keine konnen man mein meine mich mir mit muss nach nicht noch nun nur ob oder ohne sein seine sich sie sind so soll um und uns unser unsere unter viel viele vom von vor wann war waren warum was
weil welche welchen welcher welches wem wen wenn wer werden wie wieviel wir wird wo woher wohin wurde wurden zu zum zur uber`),
	set(`a ai as au aux avec avez avoir ce cela ces cet cette combien comme comment dans de des du elle elles en est et etait etes etre eu fait il ils j je l la le les leur leurs lui m ma mais me meme mes
moi mon n ne nos notre nous on ont ou par pas pour pourquoi qu quand que quel quelle quelles quels qui quoi s sa sans se sera ses si son sont sur t ta te tes toi ton tu un une vos votre vous y d c est-ce`),
	set(`a al algo ante antes aqui asi aun aunque como con cual cuales cuando cuanto cuanta cuantos cuantas de del desde donde dos el ella ellas ellos en entre era es esa ese eso esta estan este esto estos fue
ha han hay hasta la las le les lo los mas me mi mis mucho muy no nos o para pero por porque que quien quienes se sea ser si sin sobre son su sus tambien te tiene tienen tu tus un una unas uno unos y ya yo`),
	set(`a ad agli ai al alla alle anche c che chi ci col come con cosa cui da dagli dai dal dalla dalle degli dei del della delle di dove e ed era essere fa gli ha hanno ho i il in io la le lei li lo loro lui ma
mi mia mio ne negli nei nel nella nelle noi non o per perche piu puo qual quale quali quando quanti quanto quante quanta quella quello questa questo se si sia sono su sua sul sulla suo tra tu un una uno vi voi`),
	set(`a ao aos as ate com como da das de dela dele do dos e ela elas ele eles em entre era essa esse esta este eu foi ha isso isto ja la lhe mais mas me mesmo meu minha muito na nao nas no nos o os ou para
pela pelo por porque qual quais quando quanto quantos quantas que quem se sem ser seu sua sao so tambem te tem ter um uma voce onde`),
	set(`aan al als ben bij daar dan dat de der deze die dit door een en er ga geen had heb hebben heeft het hier hij hoe hoeveel hun ik in is je kan kunnen maar me meer met mij mijn moet na naar niet nog nu of om omdat
onder ons ook op over te tegen toch toen tot u uit uw van veel voor waar waarom wanneer want was wat we wel welke werd wie wij wil worden zal ze zich zij zijn zo zonder`),
	set(`а без был была были было быть в вам вас во вот все вы где да для до его ее если есть еще же за и из или им их к как какая какие какой когда кто ко ли мне мои мой моя мы на над нам нас не него нет
но ну о об он она они оно от по под почему при с сколько со так также там те то того тоже только тот ты у уже чего чем что чтобы эта эти это я`),
}

// stopOf is the list of the language that a text's words are of: the one that has
// most of them and two at least, English where that is not another alone.
func stopOf(words []Word) map[string]bool {
	count := func(list map[string]bool) int {
		n := 0
		for _, w := range words {
			if list[w.Fold] {
				n++
			}
		}
		return n
	}
	best, most, tie := stop, count(stop), false
	for _, list := range foreign {
		switch n := count(list); {
		case n > most && n > 1:
			best, most, tie = list, n, false
		case n == most:
			tie = true
		}
	}
	if tie && count(stop) == most {
		return stop
	}
	return best
}

// Content returns the words that carry meaning: all but the stop words of the
// text's language, or all of them when there are only stop words ("who are we").
func Content(words []Word) []Word {
	list := stopOf(words)
	out := make([]Word, 0, len(words))
	for _, w := range words {
		if !list[w.Fold] {
			out = append(out, w)
		}
	}
	if len(out) == 0 {
		return words
	}
	return out
}
