// Small line icons, drawn for this page on a 16-unit grid.
const paths = {
  ask: "M3 4.5h10v6.5H7.5L4.5 13.5V11H3z",
  search: "M7 3a4 4 0 1 1 0 8a4 4 0 0 1 0-8zM10 10l3.5 3.5",
  library: "M2.5 4.5h4l1.5 1.5h5.5v6.5h-11z",
  models: "M5 5h6v6H5zM7 2.5V5M9 2.5V5M7 11v2.5M9 11v2.5M2.5 7H5M2.5 9H5M11 7h2.5M11 9h2.5",
  evaluation: "M2.5 2.5v11h11M5.5 10.5V8M8.5 10.5V4.5M11.5 10.5V6.5",
  close: "M4 4l8 8M12 4l-8 8",
  left: "M9.5 4l-4 4l4 4",
  right: "M6.5 4l4 4l-4 4",
  copy: "M5.5 5.5h7v7h-7zM3.5 10.5v-7h7",
  link: "M7 9.5a2.5 2.5 0 0 0 3.5 0l2-2a2.5 2.5 0 0 0-3.5-3.5l-.8.8M9 6.5a2.5 2.5 0 0 0-3.5 0l-2 2a2.5 2.5 0 0 0 3.5 3.5l.8-.8",
  stop: "M5 5h6v6H5z",
  up: "M8 13V4M4.5 7.5L8 4l3.5 3.5",
  plus: "M8 3.5v9M3.5 8h9",
  check: "M3.5 8.5l3 3l6-7",
  several: "M2.5 4.5l1.3 1.3L6.3 3M2.5 11l1.3 1.3L6.3 9.5M9 4.5h4.5M9 11h4.5",
  half: "M3 8h10",
  pin: "M6 2.5h4l-.5 4 2 2.5h-7l2-2.5zM8 9v4.5",
  unpin: "M6 2.5h4l-.5 4 2 2.5h-7l2-2.5zM8 9v4.5M3 3l10 10",
  pencil: "M3.5 12.5l.6-2.6 6.4-6.4 2 2-6.4 6.4zM9.3 4.7l2 2",
  bin: "M3 4.5h10M6.5 4.5v-2h3v2M4.5 4.5l.6 9h5.8l.6-9",
  menu: "M2.5 4.5h11M2.5 8h11M2.5 11.5h11",
  sliders: "M2.5 5h6.5M12 5h1.5M2.5 11h1.5M7 11h6.5M10.5 3.5v3M5.5 9.5v3",
  save: "M8 2.5v7.5M4.8 7L8 10.2 11.2 7M3 13.5h10",
  out: "M6.5 3.5h-3v9h9v-3M9.5 3.5h3v3M12.5 3.5l-6 6",
  minus: "M3.5 8h9",
  down: "M4 6.5l4 4l4-4",
  file: "M4 2.5h5l3 3v8H4zM9 2.5v3h3",
  day: "M2.5 4h11v9.5h-11zM2.5 7h11M5.5 2.5v3M10.5 2.5v3",
  tag: "M2.5 2.5h5l6 6-5 5-6-6zM5.2 5.2h.1",
  filter: "M2.5 4h11M4.5 8h7M6.5 12h3",
  folder: "M2.5 4.5h4l1.5 1.5h5.5v6.5h-11z",
  cross: "M8 3.5v5.5M8 11.8v.4",
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }) {
  return <svg class="icon" viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d={paths[name]} /></svg>;
}
