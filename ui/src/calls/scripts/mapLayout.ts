// Where the parts of a script stand on its map. The ways through it go from left to right; what can come up at any
// moment, and what is said to a machine, stand in rows of their own beneath.
import { Graph, layout } from '@dagrejs/dagre';
import type { FreeAnswer, MapNode, ScriptMap } from '../../ipc/bindings';

export interface Way {
  /** What they say; empty where it goes straight on. */
  label: string;
  /** The number key, where it is a choice. */
  key: number | null;
  /** They may say anything, and the caller types it. */
  free: FreeAnswer | null;
  /** What the answer sets, as it is written. */
  effects: string[];
  /** None: back to where the conversation stood. */
  to: number | null;
  line: number;
}

export interface Card {
  /** Its place in the map. */
  at: number;
  node: MapNode;
  ways: Way[];
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Line {
  from: number;
  way: number;
  to: number;
  /** As an SVG path. */
  path: string;
}

export interface Band {
  kind: 'objection' | 'machine';
  x: number;
  y: number;
}

export interface Layout {
  cards: Card[];
  lines: Line[];
  bands: Band[];
  width: number;
  height: number;
}

export const cardWidth = 224;
const gap = 20;
const rankGap = 60;
const bandGap = 56;
const labelHeight = 28;
/** As the card is drawn, in pixels. */
export const measures = { padding: 10, name: 22, words: 36, asks: 20, way: 26, waysTop: 6 };

export function waysOf(map: ScriptMap, at: number): Way[] {
  const edges = map.edges.filter((edge) => edge.from === at);
  return edges.map(({ label, to, free, effects, line }, index) => ({
    label,
    to,
    free,
    effects,
    line,
    key: label ? index + 1 : null,
  }));
}

/** Words as they stand on a card: what is filled in later is left open. */
export const gist = (words: string): string =>
  words
    .replace(/\{\{[^}]*\}\}/gu, '…')
    .replace(/\\(.)|[[\]]/gu, '$1')
    .replace(/\s+/gu, ' ')
    .trim();

/** Whether a line stands at the foot of the card that says how it goes on from there. */
export const rowsOf = (node: MapNode, ways: Way[]): number => ways.length + (node.ends ? 1 : 0);

function heightOf(node: MapNode, ways: Way[]): number {
  const rows = rowsOf(node, ways);
  return (
    2 * measures.padding +
    measures.name +
    (node.kind === 'missing' || node.says ? measures.words : 0) +
    (node.asks ? measures.asks : 0) +
    (rows > 0 ? measures.waysTop + rows * measures.way : 0)
  );
}

const inFlow = (node: MapNode): boolean => node.kind === 'part' || node.kind === 'missing';

export function layoutMap(map: ScriptMap): Layout {
  const cards: Card[] = map.nodes.map((node, at) => {
    const ways = waysOf(map, at);
    return { at, node, ways, x: 0, y: 0, width: cardWidth, height: heightOf(node, ways) };
  });
  const flow = cards.filter((card) => inFlow(card.node));
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', nodesep: gap, ranksep: rankGap, edgesep: gap });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const card of flow) graph.setNode(String(card.at), { width: card.width, height: card.height });
  const drawn = flow.flatMap((card) =>
    card.ways.flatMap((way, index) =>
      way.to !== null && inFlow(map.nodes[way.to]!) ? [{ from: card.at, way: index, to: way.to }] : [],
    ),
  );
  for (const { from, way, to } of drawn) {
    // Where they may go first stands above: a straighter line for the first answers.
    graph.setEdge(String(from), String(to), { weight: way === 0 ? 2 : 1 }, String(way));
  }
  layout(graph);

  let [width, height] = [0, 0];
  for (const card of flow) {
    const placed = graph.node(String(card.at)) as { x: number; y: number };
    card.x = placed.x - card.width / 2;
    card.y = placed.y - card.height / 2;
    width = Math.max(width, card.x + card.width);
    height = Math.max(height, card.y + card.height);
  }
  const lines = drawn.map((line): Line => {
    const edge = graph.edge(String(line.from), String(line.to), String(line.way)) as {
      points: { x: number; y: number }[];
    };
    const path = pathOf(cards[line.from]!, line.way, cards[line.to]!, edge.points.slice(1, -1));
    return { ...line, path };
  });

  const bands: Band[] = [];
  const columns = Math.max(3, Math.floor((width + gap) / (cardWidth + gap)));
  for (const kind of ['objection', 'machine'] as const) {
    const row = cards.filter((card) => card.node.kind === kind);
    if (row.length === 0) continue;
    let y = height > 0 ? height + bandGap : 0;
    bands.push({ kind, x: 0, y });
    y += labelHeight;
    for (let first = 0; first < row.length; first += columns) {
      const beside = row.slice(first, first + columns);
      beside.forEach((card, index) => {
        card.x = index * (cardWidth + gap);
        card.y = y;
        width = Math.max(width, card.x + card.width);
      });
      y += Math.max(...beside.map((card) => card.height)) + gap;
    }
    height = y - gap;
  }
  return { cards, lines, bands, width, height };
}

/** Where a way leaves its card: at the height of its own row. */
export function leaves(card: Card, way: number): { x: number; y: number } {
  const rows = rowsOf(card.node, card.ways);
  const top = card.y + card.height - measures.padding - rows * measures.way;
  return { x: card.x + card.width, y: top + (way + 0.5) * measures.way };
}

export const enters = (card: Card): { x: number; y: number } => ({
  x: card.x,
  y: card.y + measures.padding + measures.name / 2,
});

function pathOf(from: Card, way: number, to: Card, between: { x: number; y: number }[]): string {
  const start = leaves(from, way);
  const end = enters(to);
  const p = (x: number, y: number) => `${x.toFixed(1)},${y.toFixed(1)}`;
  if (end.x <= start.x) {
    // Back to an earlier part: round below both.
    const below = Math.max(from.y + from.height, to.y + to.height) + gap / 2;
    const out = start.x + rankGap / 2;
    const into = end.x - rankGap / 2;
    return (
      `M${p(start.x, start.y)} C${p(out, start.y)} ${p(out, below)} ${p(start.x - gap, below)} ` +
      `L${p(end.x + gap, below)} C${p(into, below)} ${p(into, end.y)} ${p(end.x, end.y)}`
    );
  }
  // Through the free lanes that the layout kept between the cards of the ranks that are passed.
  let path = `M${p(start.x, start.y)}`;
  let at = start;
  const half = cardWidth / 2;
  for (const lane of between.filter(({ x }) => x - half > start.x && x + half < end.x)) {
    path += curve(at, { x: lane.x - half, y: lane.y }, p);
    path += ` L${p(lane.x + half, lane.y)}`;
    at = { x: lane.x + half, y: lane.y };
  }
  return path + curve(at, end, p);
}

function curve(
  a: { x: number; y: number },
  b: { x: number; y: number },
  p: (x: number, y: number) => string,
): string {
  const half = (b.x - a.x) / 2;
  return ` C${p(a.x + half, a.y)} ${p(b.x - half, b.y)} ${p(b.x, b.y)}`;
}

export type Direction = 'left' | 'right' | 'up' | 'down';

/** The card that an arrow leads to: along a way where there is one, else the nearest on that side. */
export function neighbour(layout: Layout, at: number, direction: Direction): number | null {
  const from = layout.cards[at];
  if (!from) return null;
  if (direction === 'right') {
    const next = from.ways.find((way) => way.to !== null && way.to !== at);
    if (next) return next.to;
  }
  if (direction === 'left') {
    const before = layout.lines.find((line) => line.to === at && line.from !== at);
    if (before) return before.from;
  }
  const isAcross = direction === 'left' || direction === 'right';
  const sign = direction === 'right' || direction === 'down' ? 1 : -1;
  const middle = (card: Card) => ({ x: card.x + card.width / 2, y: card.y + card.height / 2 });
  const here = middle(from);
  let [best, least]: [number | null, number] = [null, Infinity];
  for (const card of layout.cards) {
    const there = middle(card);
    const [along, aside] = isAcross
      ? [(there.x - here.x) * sign, Math.abs(there.y - here.y)]
      : [(there.y - here.y) * sign, Math.abs(there.x - here.x)];
    const far = along + 3 * aside;
    if (card.at !== at && along > 1 && far < least) [best, least] = [card.at, far];
  }
  return best;
}
