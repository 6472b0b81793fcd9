import { catalogue } from "./catalogue";

/** Settings, the keys, and the palette. */
export const settingsWords = catalogue({
  en: {
    title: "Settings", close: "Close", language: "Language", asBrowser: "As the browser", colours: "Colours", asSystem: "As the system", light: "Light", dark: "Dark",
    size: "Text size", sizes: { small: "Small", normal: "Normal", large: "Large", larger: "Larger" }, motion: "Motion", less: "Less",
    conversations: "Conversations", kept: (conversations: string, bytes: string, days: string) => `${conversations}, ${bytes}, on this machine only; ${days ? `kept for ${days}` : "kept until you delete them"}.`, notKept: "Not kept: the settings say history: off.",
    confirm: "Confirm deletion", sure: (conversations: string) => `Delete all ${conversations} for good? Your files stay as they are.`, removeAll: "Delete all", keep: "Keep", removeAllAsk: "Delete all conversations…", failed: "they could not be deleted",
    data: "On this machine", dataText: (index: string) => `The index takes ${index}. It lies here, with all that golocal keeps:`,
    stays: "Nothing leaves this machine: no telemetry, no update check.", keys: "Shortcuts",
    keyList: [[["Enter"], "ask"], [["Shift Enter"], "new line"], [["@"], "in the box: ask about one file"], [["↑"], "in an empty box: bring the last question back"], [["/"], "go to the box"], [["n"], "new conversation"], [["Ctrl K", "⌘ K"], "do anything by name"], [["Ctrl Z"], "bring back what was just removed"],
      [["[", "]"], "previous and next citation"], [["Esc"], "close, or stop the answer"], [["g c", "g s", "g l", "g m", "g e"], "conversation, search, library, models, evaluation"], [["?"], "this list"]] as [string[], string][],
    anything: "Do anything", what: "What to do", placeholder: "Go, do, ask or search…", deeds: "Deeds", conversation: "conversation", ask: (q: string) => `Ask “${q}”`, search: (q: string) => `Search for “${q}”`,
  },
  de: {
    title: "Einstellungen", close: "Schließen", language: "Sprache", asBrowser: "Wie der Browser", colours: "Farben", asSystem: "Wie das System", light: "Hell", dark: "Dunkel",
    size: "Schriftgröße", sizes: { small: "Klein", normal: "Normal", large: "Groß", larger: "Größer" }, motion: "Bewegung", less: "Weniger",
    conversations: "Unterhaltungen", kept: (conversations: string, bytes: string, days: string) => `${conversations}, ${bytes}, nur auf diesem Rechner; ${days ? `${days} lang aufbewahrt` : "aufbewahrt, bis Sie sie löschen"}.`, notKept: "Nicht aufbewahrt: In den Einstellungen steht history: off.",
    confirm: "Löschen bestätigen", sure: (conversations: string) => `Alle ${conversations} endgültig löschen? Ihre Dateien bleiben, wie sie sind.`, removeAll: "Alle löschen", keep: "Behalten", removeAllAsk: "Alle Unterhaltungen löschen…", failed: "sie ließen sich nicht löschen",
    data: "Auf diesem Rechner", dataText: (index: string) => `Der Index belegt ${index}. Er liegt hier, mit allem, was golocal aufbewahrt:`,
    stays: "Nichts verlässt diesen Rechner: keine Telemetrie, keine Suche nach Updates.", keys: "Kürzel",
    keyList: [[["Enter"], "fragen"], [["Umschalt Enter"], "neue Zeile"], [["@"], "im Feld: eine Datei fragen"], [["↑"], "im leeren Feld: die letzte Frage zurückholen"], [["/"], "ins Feld"], [["n"], "neue Unterhaltung"], [["Strg K", "⌘ K"], "alles beim Namen tun"], [["Strg Z"], "zurückholen, was eben entfernt wurde"],
      [["[", "]"], "voriges und nächstes Zitat"], [["Esc"], "schließen, oder die Antwort abbrechen"], [["g c", "g s", "g l", "g m", "g e"], "Unterhaltung, Suche, Bibliothek, Modelle, Auswertung"], [["?"], "diese Liste"]] as [string[], string][],
    anything: "Alles tun", what: "Was tun", placeholder: "Gehen, tun, fragen oder suchen…", deeds: "Befehle", conversation: "Unterhaltung", ask: (q: string) => `„${q}“ fragen`, search: (q: string) => `Nach „${q}“ suchen`,
  },
});
