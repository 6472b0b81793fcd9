import { catalogue } from "./catalogue";

/** Why a file is not in a result. */
export const whyWords = catalogue({
  en: { missing: "A file is missing here?", label: "Name or path of the file", place: "Its name or path", ask: "Why?", unknown: "No file of that name is known. Give its whole path to learn why.", failed: "That could not be found out." },
  de: { missing: "Fehlt hier eine Datei?", label: "Name oder Pfad der Datei", place: "Ihr Name oder Pfad", ask: "Warum?", unknown: "Keine Datei dieses Namens ist bekannt. Der ganze Pfad hilft weiter.", failed: "Das ließ sich nicht herausfinden." },
});
