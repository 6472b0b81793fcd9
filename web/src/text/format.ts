import { catalogue } from "./catalogue";

export const formatWords = catalogue({
  en: { tokens: (n: string) => `${n} tokens/s`, million: "million", today: "today", locale: "en-GB" },
  de: { tokens: (n: string) => `${n} Token/s`, million: "Millionen", today: "heute", locale: "de-DE" },
});
