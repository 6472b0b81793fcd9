import { catalogue, number } from "./catalogue";

const n = (x: number, one: string, many: string) => `${number(x)} ${x === 1 ? one : many}`;

/** Files that are dropped on the page or chosen, on their way into the inbox. */
export const inboxWords = catalogue({
  en: {
    drop: (f: string) => `Drop to add to “${f}”`, dropHint: "The files are copied; the originals stay where they are.", inbox: "your inbox", off: "golocal takes no files here. Add the folder that they lie in.",
    addFiles: "Add files…", hint: (f: string) => `Or drop files and folders anywhere on the page: they are copied to ${f}.`,
    title: "Adding files", looking: "Looking through the folders…", busy: (x: number) => `Adding ${n(x, "file", "files")}`, gone: "golocal does not answer. What waits is added as soon as it does; keep this page open.",
    done: (added: number, there: number, refused: number, cancelled: number) => [added ? `${number(added)} added` : "", there ? `${number(there)} already there` : "", refused ? `${number(refused)} not added` : "", cancelled ? `${number(cancelled)} cancelled` : ""].filter(Boolean).join(", ") || "Nothing to add",
    made: (f: string) => `This folder was made for them and is watched from now on: ${f}`,
    of: (done: string, all: string) => `${done} of ${all}`, progress: (f: string) => `Adding ${f}`, all: "All files",
    groups: { refused: "Not added", sending: "On the way", waiting: "Waiting", added: "Added", there: "Already there", cancelled: "Cancelled" }, more: (x: number) => `and ${number(x)} more`,
    cancel: "Cancel", cancelOf: (f: string) => `Cancel ${f}`, cancelAll: "Cancel all", close: "Close", fold: "Show less", unfold: "Show more", show: "Show in the library",
    tooLarge: (most: string) => `larger than ${most}, the largest that is read`, full: "no room on the disk", unreadable: "it cannot be read any more", as: (f: string) => `as ${f}`,
  },
  de: {
    drop: (f: string) => `Loslassen, um sie in „${f}“ zu legen`, dropHint: "Die Dateien werden kopiert; die Originale bleiben, wo sie sind.", inbox: "den Eingang", off: "golocal nimmt hier keine Dateien an. Fügen Sie den Ordner hinzu, in dem sie liegen.",
    addFiles: "Dateien hinzufügen …", hint: (f: string) => `Oder Dateien und Ordner irgendwo auf der Seite ablegen: Sie werden nach ${f} kopiert.`,
    title: "Dateien hinzufügen", looking: "Die Ordner werden durchgesehen …", busy: (x: number) => `${n(x, "Datei wird", "Dateien werden")} hinzugefügt`, gone: "golocal antwortet nicht. Was wartet, wird hinzugefügt, sobald es wieder da ist; lassen Sie diese Seite offen.",
    done: (added: number, there: number, refused: number, cancelled: number) => [added ? `${number(added)} hinzugefügt` : "", there ? `${number(there)} schon da` : "", refused ? `${number(refused)} nicht hinzugefügt` : "", cancelled ? `${number(cancelled)} abgebrochen` : ""].filter(Boolean).join(", ") || "Nichts hinzuzufügen",
    made: (f: string) => `Dieser Ordner wurde dafür angelegt und wird ab jetzt beobachtet: ${f}`,
    of: (done: string, all: string) => `${done} von ${all}`, progress: (f: string) => `${f} wird hinzugefügt`, all: "Alle Dateien",
    groups: { refused: "Nicht hinzugefügt", sending: "Unterwegs", waiting: "Wartet", added: "Hinzugefügt", there: "Schon da", cancelled: "Abgebrochen" }, more: (x: number) => `und ${number(x)} weitere`,
    cancel: "Abbrechen", cancelOf: (f: string) => `${f} abbrechen`, cancelAll: "Alle abbrechen", close: "Schließen", fold: "Weniger zeigen", unfold: "Mehr zeigen", show: "In der Bibliothek zeigen",
    tooLarge: (most: string) => `größer als ${most}, mehr wird nicht gelesen`, full: "kein Platz auf der Platte", unreadable: "lässt sich nicht mehr lesen", as: (f: string) => `als ${f}`,
  },
});
