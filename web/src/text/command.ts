import { catalogue } from "./catalogue";

export const commandWords = catalogue({
  en: { copy: "Copy command" },
  de: { copy: "Befehl kopieren" },
});
