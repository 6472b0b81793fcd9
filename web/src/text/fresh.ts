import { catalogue } from "./catalogue";

/** What became of a cited passage. */
export const freshWords = catalogue({
  en: {
    current: "Still in the file", changed: "File changed since: passage not found in it now", moved: "File is gone; another one holds the passage", gone: "File is gone",
  },
  de: {
    current: "Steht noch in der Datei", changed: "Datei seither geändert: Die Textstelle steht nicht mehr darin", moved: "Datei ist weg; eine andere enthält die Textstelle", gone: "Datei ist weg",
  },
});
