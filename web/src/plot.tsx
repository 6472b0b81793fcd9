import { useEffect, useId, useRef, useState } from "preact/hooks";

/** A line of a plot. Each is told apart by its stroke as well as by its colour. */
export interface Series { name: string; tone: "one" | "two" | "three"; dashed?: boolean; points: [number, number][] }

/** The width of an element in pixels, as it is now. */
function useWidth(): [{ current: HTMLDivElement | null }, number] {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(320);
  useEffect(() => {
    const b = box.current;
    if (!b) return undefined;
    const o = new ResizeObserver(() => setWidth(Math.max(160, Math.round(b.clientWidth))));
    o.observe(b);
    return () => o.disconnect();
  }, []);
  return [box, width];
}

/** Round numbers from 0 that reach most: 0, 500, 1000. */
export function steps(most: number, whole = false): number[] {
  if (!(most > 0)) return [0, 1];
  const raw = whole ? Math.max(1, most / 3) : most / 3, unit = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].map((n) => n * unit).find((s) => s >= raw && (!whole || s % 1 === 0)) ?? raw;
  const out = [0];
  while ((out[out.length - 1] ?? 0) < most - step * 1e-6) out.push(out.length * step);
  return out;
}

const margin = { top: 8, right: 10, bottom: 20, left: 44 };

/**
 * Lines over a number or a time. summary says in words what is to be seen: it
 * stands for the picture where that is not seen.
 */
export function LinePlot(p: { title: string; summary: string; series: Series[]; xText: (x: number) => string; yText: (y: number) => string; xTicks?: number[]; most?: number; height?: number; stepped?: boolean; area?: boolean; whole?: boolean }) {
  const [box, width] = useWidth();
  const [near, setNear] = useState<number | null>(null); // the x that is pointed at
  const id = useId(), height = p.height ?? 132;
  const all = p.series.flatMap((s) => s.points);
  const x0 = Math.min(...all.map(([x]) => x)), x1 = Math.max(...all.map(([x]) => x));
  const yTicks = steps(p.most ?? Math.max(...all.map(([, y]) => y)), p.whole), y1 = yTicks[yTicks.length - 1] ?? 1;
  const w = width - margin.left - margin.right, h = height - margin.top - margin.bottom;
  const px = (x: number) => margin.left + (x1 > x0 ? (x - x0) / (x1 - x0) : .5) * w;
  const py = (y: number) => margin.top + h - y / y1 * h;
  const path = (s: Series) => s.points.map(([x, y], i) => i === 0 ? `M${px(x).toFixed(1)} ${py(y).toFixed(1)}` : p.stepped ? `H${px(x).toFixed(1)}V${py(y).toFixed(1)}` : `L${px(x).toFixed(1)} ${py(y).toFixed(1)}`).join("");
  const xTicks = p.xTicks ?? (x1 > x0 ? [x0, x1] : [x0]);
  const point = (e: PointerEvent) => {
    const b = box.current?.getBoundingClientRect();
    if (!b) return;
    const at = x0 + (e.clientX - b.left - margin.left) / Math.max(1, w) * (x1 - x0);
    let best: number | null = null;
    for (const [x] of all) if (best === null || Math.abs(x - at) < Math.abs(best - at)) best = x;
    setNear(best);
  };
  const shown = near === null ? [] : p.series.flatMap((s) => {
    const at = s.points.filter(([x]) => x <= near + (x1 - x0) * 1e-9).at(-1);
    return at ? [{ s, x: at[0], y: at[1] }] : [];
  });
  return <figure class="plot" aria-labelledby={id}>
    <figcaption id={id}><strong>{p.title}</strong> <span class="quiet">{p.summary}</span></figcaption>
    <div ref={box} class="plot-box" onPointerMove={point} onPointerLeave={() => setNear(null)}>
      <svg width={width} height={height} aria-hidden="true" focusable="false">
        {yTicks.map((y) => <g key={y}><line class="grid" x1={margin.left} x2={width - margin.right} y1={py(y)} y2={py(y)} /><text class="tick" x={margin.left - 6} y={py(y) + 3.5} text-anchor="end">{p.yText(y)}</text></g>)}
        {xTicks.map((x, i) => <text key={x} class="tick" x={px(x)} y={height - 4} text-anchor={i === 0 ? "start" : i === xTicks.length - 1 ? "end" : "middle"}>{p.xText(x)}</text>)}
        {p.area && p.series.map((s) => s.points.length > 1 && <path key={s.name} class={`under ${s.tone}`} d={`${path(s)}V${py(0)}H${px(x0)}Z`} />)}
        {p.series.map((s) => s.points.length > 1 ? <path key={s.name} class={`line-of ${s.tone} ${s.dashed ? "dashed" : ""}`} d={path(s)} /> : s.points.map(([x, y]) => <circle key={s.name} class={`dot-of ${s.tone}`} cx={px(x)} cy={py(y)} r="3.5" />))}
        {near !== null && <line class="cross" x1={px(near)} x2={px(near)} y1={margin.top} y2={margin.top + h} />}
        {shown.map(({ s, x, y }) => <circle key={s.name} class={`dot-of ${s.tone}`} cx={px(x)} cy={py(y)} r="3.5" />)}
      </svg>
      {near !== null && <p class={`plot-tip ${px(near) > width / 2 ? "left" : ""}`} style={{ insetInlineStart: `${px(near)}px` }} aria-hidden="true"><span class="quiet">{p.xText(near)}</span>{shown.map(({ s, y }) => <span key={s.name}>{p.series.length > 1 && <><i class={`key ${s.tone} ${s.dashed ? "dashed" : ""}`} />{s.name} </>}<b>{p.yText(y)}</b></span>)}</p>}
    </div>
    {p.series.length > 1 && <p class="legend">{p.series.map((s) => <span key={s.name}><i class={`key ${s.tone} ${s.dashed ? "dashed" : ""}`} aria-hidden="true" />{s.name}</span>)}</p>}
  </figure>;
}

/** Two values of one share, 0 to 1, on a track: before is a ring, now a disc. */
export function Track({ now, before, low, high }: { now: number; before?: number | undefined; low?: number | undefined; high?: number | undefined }) {
  const at = (x: number) => `${(2 + 96 * Math.min(1, Math.max(0, x))).toFixed(2)}%`;
  return <svg class="track" width="100%" height="20" aria-hidden="true" focusable="false">
    <line class="rail-of" x1={at(0)} x2={at(1)} y1="10" y2="10" />
    {low !== undefined && high !== undefined && <line class="spread" x1={at(low)} x2={at(high)} y1="10" y2="10" />}
    {before !== undefined && <line class="move" x1={at(before)} x2={at(now)} y1="10" y2="10" />}
    {before !== undefined && <circle class="ring" cx={at(before)} cy="10" r="5" />}
    <circle class="disc" cx={at(now)} cy="10" r="5.5" />
  </svg>;
}
