import { catalogue } from "./catalogue";

export const commandWords = catalogue({
  en: { copy: "Copy command", copyCode: "Copy code", copied: "Copied", copyFailed: "Not copied: the browser did not allow it" },
  de: { copy: "Befehl kopieren", copyCode: "Code kopieren", copied: "Kopiert", copyFailed: "Nicht kopiert: Der Browser hat es nicht erlaubt" },
});
