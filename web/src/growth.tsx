import { useEffect, useState } from "preact/hooks";
import { LinePlot } from "./plot";
import { growth, type Grown } from "./surveys";
import { number } from "./text/catalogue";
import { formatWords } from "./text/format";
import { libraryWords } from "./text/library";

const rest = 10 * 60_000; // a pause longer than this parts two readings, milliseconds
const noted = 5000; // after a change by when the daemon has made a point of it, milliseconds
const shownRest = 60_000; // of a longer pause so much is shown

/** The points since the last long pause. */
export function lastReading(points: Grown[]): Grown[] {
  let from = points.length - 1;
  while (from > 0 && Date.parse(points[from]?.at ?? "") - Date.parse(points[from - 1]?.at ?? "") < rest) from--;
  return points.slice(Math.max(0, from));
}

/** A moment, as short as the span that is shown lets it be. */
function moment(x: number, span: number): string {
  const d = new Date(x);
  if (span < 36 * 3600_000) return d.toLocaleTimeString(formatWords().locale, { hour: "2-digit", minute: "2-digit", ...(span < 20 * 60_000 ? { second: "2-digit" } : {}) });
  return d.toLocaleDateString(formatWords().locale, { day: "numeric", month: "short" });
}

/** Where the points stand on an axis of work: pauses are cut short. */
export function worked(points: Grown[]): number[] {
  let x = 0;
  return points.map((g, i) => x += i === 0 ? 0 : Math.min(shownRest, Math.max(0, Date.parse(g.at) - Date.parse(points[i - 1]?.at ?? ""))));
}

/** Files, passages and files a second over time. */
export function GrowthPlots({ version }: { version: string }) {
  const w = libraryWords();
  const [points, setPoints] = useState<Grown[]>([]);
  const [last, setLast] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    const look = () => { growth(stop.signal).then(setPoints, () => undefined); }; // a picture more or less: the page is whole without it
    look();
    const later = setTimeout(look, noted);
    return () => { stop.abort(); clearTimeout(later); };
  }, [version]);
  const recent = lastReading(points), parted = recent.length > 2 && recent.length < points.length;
  const of = last && parted ? recent : points;
  if (points.length < 2) return null;
  const time = (g: Grown) => Date.parse(g.at);
  const first = of[0], end = of[of.length - 1], span = first && end ? time(end) - time(first) : 0;
  const xs = worked(of), cut = span > (xs[xs.length - 1] ?? 0);
  const line = (pick: (g: Grown) => number) => of.map((g, i): [number, number] => [xs[i] ?? 0, pick(g)]);
  const speed = line((g) => g.seconds > 0 ? g.read / g.seconds : 0);
  const busy = of.reduce((n, g) => n + g.seconds, 0), mean = busy > 0 ? of.reduce((n, g) => n + g.read, 0) / busy : 0;
  const xText = (x: number) => { const g = of[xs.findIndex((v) => v >= x - .5)]; return g ? moment(time(g), span) : ""; };
  const common = { xText, height: 112 };
  const short = (y: number) => y >= 10_000 ? `${number(y / 1000)}k` : number(y, y > 0 && y < 10 && y % 1 !== 0 ? 1 : 0);
  return <section class="growth" aria-label={w.growth}><details class="fold"><summary>{w.growth}</summary>
    {parted && <div class="switch" role="group" aria-label={w.growthRange}><button aria-pressed={!last} onClick={() => setLast(false)}>{w.growthAll}</button><button aria-pressed={last} onClick={() => setLast(true)}>{w.growthLast}</button></div>}
    <div class="plots">
      <LinePlot {...common} area stepped whole title={w.growthFiles} summary={w.growthFilesText(first?.documents ?? 0, end?.documents ?? 0)} yText={short} series={[{ name: w.growthFiles, tone: "one", points: line((g) => g.documents) }]} />
      <LinePlot {...common} area stepped whole title={w.growthPassages} summary={w.growthFilesText(first?.passages ?? 0, end?.passages ?? 0)} yText={short} series={[{ name: w.growthPassages, tone: "one", points: line((g) => g.passages) }]} />
      <LinePlot {...common} title={w.growthSpeed} summary={w.growthSpeedText(mean, Math.max(...speed.map(([, y]) => y)))} yText={short} series={[{ name: w.growthSpeed, tone: "two", points: speed }]} />
    </div>{cut && <p class="quiet">{w.growthCut}</p>}
  </details></section>;
}
