import type { Problem } from "../schema";
import type { Language } from "./catalogue";

export type ProblemCode = Problem["code"];
/** What a refusal says, and what helps; detail is the daemon's own message, where it tells more than the code. */
interface Words { message: string | ((detail: string) => string); next?: string }

const asIs = (detail: string) => detail;

/** What the daemon refuses, by code. */
export const problems: Record<Language, Record<ProblemCode, Words>> = {
  en: {
    apart: { message: "The two evaluations asked no question in common", next: "compare with another" },
    busy: { message: asIs }, cancelled: { message: "Stopped" }, code: { message: "The code was not taken", next: "get another: golocal token" },
    config: { message: asIs, next: "mend the file" }, content_type: { message: asIs }, cross_origin: { message: "Another site sent this request" },
    disk_full: { message: "The disk is full", next: "make room on the disk, then try again" }, exists: { message: asIs }, file_refused: { message: asIs }, file_too_large: { message: asIs, next: "raise max-file-mb in the config, or add the folder that it lies in" }, folder: { message: asIs },
    history_off: { message: "No conversations are kept", next: "set history: on in config.yaml, and leave --no-history out" }, host: { message: asIs }, inbox_off: { message: "golocal takes no files here: inbox is off in its config", next: "add the folder that they lie in" }, in_use: { message: asIs },
    index_damaged: { message: "The index is damaged", next: "golocal check tells what is wrong" }, index_locked: { message: "Another program holds the index", next: "wait for it, or stop it" }, index_newer: { message: "The index is of a newer golocal", next: "start that version" },
    internal: { message: asIs, next: "golocal doctor tells more" }, invalid: { message: asIs }, method: { message: asIs }, model: { message: asIs },
    no_display: { message: "golocal runs without a display here, so no program could be seen", next: "copy the path and open the file where you are" }, no_program: { message: asIs, next: "copy the path and open the file yourself" },
    no_runner: { message: "No model runner answers", next: "run golocal doctor, or start Ollama; search and quotes work without it" }, not_a_folder: { message: asIs, next: "choose the folder that it lies in" }, not_found: { message: asIs },
    paused: { message: "The folder is paused", next: "go on with it: golocal resume" }, permission: { message: asIs, next: "let your user read it, then try again" }, read_only: { message: "The index cannot be written", next: "golocal doctor tells why" },
    refused: { message: asIs, next: "choose a model that runs on this machine" }, rules: { message: asIs }, runs: { message: "This is a file that a system runs when it is opened", next: "copy its path and open it in an editor" },
    stopped: { message: "Stopped" }, stopping: { message: "golocal is ending", next: "start it again: golocal up" }, timeout: { message: "It took too long", next: "try again" }, token: { message: "This tab has no key to your files" },
    too_large: { message: "The request is larger than 1 MB", next: "send less" }, too_long: { message: "The address is longer than 8 KB", next: "send less" },
  },
  de: {
    apart: { message: "Die beiden Prüfungen haben keine Frage gemeinsam", next: "mit einer anderen vergleichen" },
    busy: { message: "Gerade läuft schon zu viel davon", next: "darauf warten, oder es beenden" }, cancelled: { message: "Abgebrochen" }, code: { message: "Der Code wurde nicht angenommen", next: "einen neuen gibt: golocal token" },
    config: { message: (d) => `Die Konfiguration lässt sich nicht ändern: ${d}`, next: "die Datei richten" }, content_type: { message: "Die Anfrage hat nicht die richtige Form" }, cross_origin: { message: "Eine andere Seite hat diese Anfrage geschickt" },
    disk_full: { message: "Die Platte ist voll", next: "Platz schaffen, dann noch einmal versuchen" }, exists: { message: (d) => `Das gibt es schon: ${d}` }, file_refused: { message: (d) => `Nicht angenommen: ${d}` }, file_too_large: { message: (d) => `Zu groß: ${d}`, next: "max-file-mb in der Konfiguration erhöhen, oder den Ordner hinzufügen, in dem sie liegt" }, folder: { message: (d) => `Der Ordner lässt sich nicht hinzufügen: ${d}` },
    history_off: { message: "Unterhaltungen werden nicht aufbewahrt", next: "history: on in config.yaml setzen und --no-history weglassen" }, host: { message: "Die Anfrage kam unter einem anderen Namen als dem dieses Rechners" }, in_use: { message: (d) => `Das Modell wird noch gebraucht: ${d}` }, inbox_off: { message: "golocal nimmt hier keine Dateien an: inbox steht in der Konfiguration auf off", next: "den Ordner hinzufügen, in dem sie liegen" },
    index_damaged: { message: "Der Index ist beschädigt", next: "golocal check sagt, was fehlt" }, index_locked: { message: "Ein anderes Programm hält den Index fest", next: "darauf warten, oder es beenden" }, index_newer: { message: "Der Index stammt von einem neueren golocal", next: "jene Version starten" },
    internal: { message: (d) => `Das ging nicht: ${d}`, next: "golocal doctor sagt mehr" }, invalid: { message: (d) => `Die Eingabe ist nicht gültig: ${d}` }, method: { message: "Diese Seite wird nur gelesen" }, model: { message: (d) => `Das Modell macht nicht mit: ${d}` },
    no_display: { message: "golocal läuft hier ohne Bildschirm; kein Programm wäre zu sehen", next: "den Pfad kopieren und die Datei dort öffnen, wo Sie sind" }, no_program: { message: (d) => `Das System öffnet die Datei nicht: ${d}`, next: "den Pfad kopieren und die Datei selbst öffnen" },
    no_runner: { message: "Kein Modellserver antwortet", next: "golocal doctor hilft weiter, oder Ollama starten; Suche und Zitate gehen ohne" }, not_a_folder: { message: "Das ist kein Ordner", next: "den Ordner wählen, in dem es liegt" }, not_found: { message: (d) => `Nicht gefunden: ${d}` },
    paused: { message: "Der Ordner ist angehalten", next: "mit golocal resume geht es weiter" }, permission: { message: (d) => `Keine Erlaubnis: ${d}`, next: "dem eigenen Benutzer das Lesen erlauben, dann noch einmal versuchen" }, read_only: { message: "Der Index lässt sich nicht schreiben", next: "golocal doctor sagt, warum" },
    refused: { message: (d) => `Abgelehnt: ${d}`, next: "ein Modell wählen, das auf diesem Rechner läuft" }, rules: { message: (d) => `Die Regeln sind nicht gültig: ${d}` }, runs: { message: "Diese Datei führt ein System aus, wenn sie geöffnet wird", next: "den Pfad kopieren und sie in einem Editor öffnen" },
    stopped: { message: "Abgebrochen" }, stopping: { message: "golocal wird beendet", next: "wieder starten: golocal up" }, timeout: { message: "Das hat zu lange gedauert", next: "noch einmal versuchen" }, token: { message: "Dieser Tab hat keinen Schlüssel zu den Dateien" },
    too_large: { message: "Die Anfrage ist größer als 1 MB", next: "weniger senden" }, too_long: { message: "Die Adresse ist länger als 8 KB", next: "weniger senden" },
  },
};
