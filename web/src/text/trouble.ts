import { catalogue } from "./catalogue";

interface State { short: string; title: string; text: string; commands: readonly string[] }

/** What is wrong with golocal as a whole, what goes on all the same, and what helps. */
export const troubleWords = catalogue({
  en: {
    gone: "golocal does not answer.", goneNext: "start it again with golocal up", goneText: "What you see stays, and an answer that was under way is taken up again. Trying again every two seconds; start it with",
    noRunner: "No model runner answers.", tried: (address: string) => `Tried ${address}.`, goesOn: "Search by words and quotes go on.", seeModels: "See models",
    noEmbedding: "No model for search by meaning.", noEmbeddingText: "Words are searched, and answers rest on what they find.", getModel: "Get one",
    noChat: "No model writes here yet: the answer will be quotes.",
    offline: "golocal runs offline.", offlineText: "No model is fetched, and nothing else. Installed models work. To bring one as a file:", offlineShort: "Offline: nothing is fetched",
    refused: "The index takes no changes.",
    index: {
      index_damaged: { short: "index damaged", title: "The index is damaged.", text: "What is whole is still searched and quoted; some passages are left out. Your own files are not touched. Stop golocal, then look what is wrong, and mend it:", commands: ["golocal check", "golocal repair"] },
      index_newer: { short: "index of a newer version", title: "The index is from a newer golocal.", text: "It is only read. Start that version.", commands: [] },
      disk_full: { short: "disk full", title: "The disk is full.", text: "Search and answers go on with what is indexed; nothing new is stored. Free some space, and golocal goes on by itself.", commands: [] },
      read_only: { short: "index not writable", title: "The index cannot be written.", text: "Search and answers go on with what is indexed; nothing new is stored. Give your user write permission on golocal’s folder; this tells where it is:", commands: ["golocal doctor"] },
      index_locked: { short: "index held", title: "Another program holds the index.", text: "Search and answers go on; what changed is read as soon as that program lets go, a backup for example.", commands: [] },
    } as Record<string, State>,
  },
  de: {
    gone: "golocal antwortet nicht.", goneNext: "wieder starten mit golocal up", goneText: "Was zu sehen ist, bleibt, und eine angefangene Antwort wird wieder aufgenommen. Alle zwei Sekunden ein neuer Versuch; so startet es:",
    noRunner: "Kein Modellserver antwortet.", tried: (address: string) => `Versucht: ${address}.`, goesOn: "Wortsuche und Zitate gehen weiter.", seeModels: "Zu den Modellen",
    noEmbedding: "Kein Modell für die Suche nach Bedeutung.", noEmbeddingText: "Gesucht wird nach Wörtern, und Antworten stützen sich darauf.", getModel: "Eines holen",
    noChat: "Noch schreibt hier kein Modell: Die Antwort sind Zitate.",
    offline: "golocal läuft offline.", offlineText: "Es holt kein Modell und auch sonst nichts. Installierte Modelle gehen. Eines aus einer Datei aufnehmen:", offlineShort: "Offline: nichts wird geholt",
    refused: "Der Index nimmt keine Änderungen an.",
    index: {
      index_damaged: { short: "Index beschädigt", title: "Der Index ist beschädigt.", text: "Was heil ist, wird weiter durchsucht und zitiert; einige Textstellen fehlen. Ihre eigenen Dateien sind unberührt. golocal beenden, nachsehen, was fehlt, und reparieren:", commands: ["golocal check", "golocal repair"] },
      index_newer: { short: "Index zu neu", title: "Der Index stammt von einem neueren golocal.", text: "Er wird nur gelesen. Bitte jene Version starten.", commands: [] },
      disk_full: { short: "Platte voll", title: "Die Platte ist voll.", text: "Suche und Antworten gehen mit dem Gelesenen weiter; Neues wird nicht gespeichert. Sobald Platz frei ist, geht es von selbst weiter.", commands: [] },
      read_only: { short: "Index nicht schreibbar", title: "Der Index lässt sich nicht schreiben.", text: "Suche und Antworten gehen mit dem Gelesenen weiter; Neues wird nicht gespeichert. Es fehlt das Schreibrecht auf golocals Ordner; wo er liegt, sagt:", commands: ["golocal doctor"] },
      index_locked: { short: "Index belegt", title: "Ein anderes Programm hält den Index fest.", text: "Suche und Antworten gehen weiter; Änderungen werden gelesen, sobald jenes Programm ihn freigibt, etwa eine Sicherung.", commands: [] },
    } as Record<string, State>,
  },
});
