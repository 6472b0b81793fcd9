import { number } from "./text/catalogue";
import { formatWords } from "./text/format";

const units = ["B", "KB", "MB", "GB", "TB"];

/** "4.2 MB", "4,2 MB", in steps of 1,000 as disks are sold. */
export function bytes(n: number): string {
  let u = 0;
  while (n >= 1000 && u < units.length - 1) { n /= 1000; u++; }
  return `${u === 0 || n >= 100 ? number(Math.round(n)) : number(n, 1)} ${units[u]}`;
}

/** "0.4 s", "12 s", "3 min", "2 h 5 min". */
export function seconds(s: number): string {
  if (s < 10) return `${number(s > 0 ? Math.max(s, .1) : 0, 1)} s`; // what took a moment did not take none
  if (s < 90) return `${Math.round(s)} s`;
  const m = Math.round(s / 60);
  return m < 90 ? `${m} min` : `${Math.floor(m / 60)} h ${m % 60} min`;
}

/** "8.1 tokens/s", "81 tokens/s". */
export const perSecond = (x: number) => formatWords().tokens(number(x < 9.95 ? x : Math.round(x), x < 9.95 ? 1 : 0));
export const count = (n: number, one: string, many = one + "s") => `${number(n)} ${n === 1 ? one : many}`;
/** A number with two digits that count: "45,000", "1.9 million". */
export function roughly(n: number): string {
  if (n >= 1e6) return `${n < 9.95e6 ? number(n / 1e6, 1) : Math.min(99, Math.round(n / 1e6))} ${formatWords().million}`;
  const unit = 10 ** Math.max(0, String(Math.floor(n)).length - 2);
  return number(Math.floor(n / unit) * unit);
}
export const percent = (x: number) => `${Math.round(x * 100)} %`;

/** "today 14:05", "3 Mar 2026". */
export function when(iso: string, now = new Date()): string {
  const d = new Date(iso);
  if (Number.isNaN(d.getTime()) || d.getFullYear() < 1971) return "";
  if (d.toDateString() === now.toDateString()) return formatWords().today + " " + d.toLocaleTimeString(formatWords().locale, { hour: "2-digit", minute: "2-digit" });
  return d.toLocaleDateString(formatWords().locale, { day: "numeric", month: "short", year: "numeric" });
}
