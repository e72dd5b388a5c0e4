/** One line of a plot: seconds over how many. */
export interface Series {
  readonly name: string;
  readonly colour: string;
  readonly points: readonly (readonly [count: number, seconds: number])[];
}

const WIDTH = 720;
const HEIGHT = 420;
const LEFT = 70;
const RIGHT = 150;
const TOP = 40;
const BOTTOM = 50;

/** Both axes by powers of ten, so that what grows in proportion is a straight line of one slope. */
export function plot(title: string, series: readonly Series[]): string {
  const counts = series.flatMap(({ points }) => points.map(([count]) => count));
  const seconds = series.flatMap(({ points }) => points.map(([, value]) => value));
  const [fromX, toX] = [Math.log10(Math.min(...counts)), Math.log10(Math.max(...counts))];
  const [fromY, toY] = [Math.floor(Math.log10(Math.min(...seconds))), Math.ceil(Math.log10(Math.max(...seconds)))];
  const x = (count: number) => LEFT + ((Math.log10(count) - fromX) / (toX - fromX)) * (WIDTH - LEFT - RIGHT);
  const y = (value: number) => TOP + ((toY - Math.log10(value)) / (toY - fromY)) * (HEIGHT - TOP - BOTTOM);
  const decades = Array.from({ length: toY - fromY + 1 }, (_, index) => 10 ** (fromY + index));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="13">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="white"/>`,
    text(LEFT, TOP - 16, title, 'font-weight="bold"'),
    ...decades.flatMap((value) => [
      line([LEFT, y(value)], [WIDTH - RIGHT, y(value)], "#ddd"),
      text(LEFT - 8, y(value) + 4, `${Number(value.toPrecision(1))} s`, 'text-anchor="end"'),
    ]),
    ...[...new Set(counts)]
      .sort((a, b) => a - b)
      .flatMap((count) => [
        line([x(count), TOP], [x(count), HEIGHT - BOTTOM], "#eee"),
        text(x(count), HEIGHT - BOTTOM + 18, count.toLocaleString("en-US"), 'text-anchor="middle"'),
      ]),
    text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12, "pairs of image and container", 'text-anchor="middle"'),
    ...series.flatMap(({ name, colour, points }) => {
      const at = points.map(([count, value]) => `${round(x(count))},${round(y(value))}`);
      const [count, value] = points.at(-1) ?? [1, 1];
      return [
        `<polyline fill="none" stroke="${colour}" stroke-width="2" points="${at.join(" ")}"/>`,
        ...points.map(([c, v]) => `<circle cx="${round(x(c))}" cy="${round(y(v))}" r="3" fill="${colour}"/>`),
        text(x(count) + 10, y(value) + 4, name, `fill="${colour}"`),
      ];
    }),
    "</svg>",
    "",
  ].join("\n");
}

function text(x: number, y: number, content: string, more: string): string {
  return `<text x="${round(x)}" y="${round(y)}" ${more}>${content}</text>`;
}

function line([x1, y1]: readonly [number, number], [x2, y2]: readonly [number, number], colour: string): string {
  return `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" stroke="${colour}"/>`;
}

function round(value: number): string {
  return value.toFixed(1);
}
