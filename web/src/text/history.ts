import { catalogue } from "./catalogue";

/** The list of conversations. */
export const historyWords = catalogue({
  en: {
    label: "Conversations", fresh: "New conversation", search: "Search conversations", find: "Search conversations", noneFound: "No conversation has these words.", none: "What you ask is kept here, on this machine.",
    pinned: "Pinned", today: "Today", yesterday: "Yesterday", week: "Last 7 days", answering: "answering, ", title: "Title",
    pin: "Pin", unpin: "Unpin", rename: "Rename", remove: "Delete", of: (what: string, title: string) => `${what} ${title}`, deleted: (title: string) => `“${title}” deleted`, failed: "that did not work", several: "Choose several", done: "Done", removeSeveral: (x: number) => x ? `Delete ${x}` : "Delete", deletedSeveral: (x: number) => x === 1 ? "1 conversation deleted" : `${x} conversations deleted`,
  },
  de: {
    label: "Unterhaltungen", fresh: "Neue Unterhaltung", search: "Unterhaltungen durchsuchen", find: "Durchsuchen", noneFound: "Keine Unterhaltung enthält diese Wörter.", none: "Was Sie fragen, bleibt hier, auf diesem Rechner.",
    pinned: "Angeheftet", today: "Heute", yesterday: "Gestern", week: "Letzte 7 Tage", answering: "antwortet, ", title: "Titel",
    pin: "Anheften", unpin: "Lösen", rename: "Umbenennen", remove: "Löschen", of: (what: string, title: string) => `${what}: ${title}`, deleted: (title: string) => `„${title}“ gelöscht`, failed: "das ging nicht", several: "Mehrere wählen", done: "Fertig", removeSeveral: (x: number) => x ? `${x} löschen` : "Löschen", deletedSeveral: (x: number) => x === 1 ? "1 Unterhaltung gelöscht" : `${x} Unterhaltungen gelöscht`,
  },
});
