import { describe, expect, it } from 'vitest';
import type { MapEdge, MapNode, ScriptMap } from '../../ipc/bindings';
import { callBack } from '../../ipc/mock';
import { checkScript } from '../../ipc/mock/scripts';
import { enters, gist, layoutMap, leaves, neighbour, type Layout } from './mapLayout';

const node = (name: string, rest: Partial<MapNode> = {}): MapNode => ({
  name,
  kind: 'part',
  first: false,
  ends: false,
  says: 'Words.',
  asks: '',
  line: 1,
  reachable: true,
  ...rest,
});
const edge = (from: number, to: number | null, label = ''): MapEdge => ({
  from,
  to,
  label,
  free: null,
  effects: [],
  line: 1,
});

/** Small numbers that look like chance and are the same each time. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state % below;
  };
}

function someMap(seed: number): ScriptMap {
  const next = chance(seed);
  const kinds = ['part', 'part', 'part', 'objection', 'machine', 'missing'] as const;
  const nodes = Array.from({ length: 1 + next(24) }, (_, n) =>
    node(`Part ${n}`, {
      kind: n === 0 ? 'part' : kinds[next(kinds.length)],
      says: next(3) === 0 ? '' : 'Some words.',
      asks: next(2) === 0 ? '' : 'Is it so?',
      ends: next(5) === 0,
    }),
  );
  const edges = nodes.flatMap((from, at) =>
    from.kind === 'missing'
      ? []
      : Array.from({ length: next(5) }, (_, n) =>
          edge(at, next(6) === 0 ? null : next(nodes.length), next(4) === 0 ? '' : `Answer ${n}`),
        ),
  );
  return { nodes, edges };
}

function overlaps({ cards }: Layout): string[] {
  return cards.flatMap((a, at) =>
    cards
      .slice(at + 1)
      .filter(
        (b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height,
      )
      .map((b) => `${a.node.name} lies over ${b.node.name}`),
  );
}

describe('the map of a script', () => {
  it('lays no card over another, and every way from its row to its part, whatever the script', () => {
    for (let seed = 1; seed <= 150; seed++) {
      const map = someMap(seed);
      const layout = layoutMap(map);
      expect(overlaps(layout), `seed ${seed}`).toEqual([]);
      for (const card of layout.cards) {
        for (const place of [card.x, card.y, card.width, card.height]) {
          expect(Number.isFinite(place), `seed ${seed}`).toBe(true);
        }
      }
      for (const line of layout.lines) {
        const [from, to] = [layout.cards[line.from]!, layout.cards[line.to]!];
        const [start, end] = [leaves(from, line.way), enters(to)];
        expect(line.path.startsWith(`M${start.x.toFixed(1)},${start.y.toFixed(1)}`), `seed ${seed}`).toBe(
          true,
        );
        expect(line.path.endsWith(`${end.x.toFixed(1)},${end.y.toFixed(1)}`), `seed ${seed}`).toBe(true);
        expect(line.path).not.toContain('NaN');
        expect(start.y > from.y && start.y < from.y + from.height, `seed ${seed}: a row in its card`).toBe(
          true,
        );
      }
    }
  });

  it('goes from left to right, with what can come up at any moment beneath', () => {
    const { map } = checkScript({ text: callBack });
    const layout = layoutMap(map!);
    const card = (name: string) => layout.cards.find((each) => each.node.name === name)!;
    expect(card('Greeting').x).toBeLessThan(card('Hopes').x);
    expect(card('Hopes').x).toBeLessThan(card('Goodbye').x);
    const lowest = Math.max(...layout.cards.filter((c) => c.node.kind === 'part').map((c) => c.y + c.height));
    expect(card('What does it cost').y).toBeGreaterThan(lowest);
    expect(layout.bands.map((band) => band.kind)).toEqual(['objection', 'machine']);
  });

  it('draws a round without hanging', () => {
    const map = {
      nodes: [node('A', { first: true }), node('B')],
      edges: [edge(0, 1, 'on'), edge(1, 0, 'again'), edge(1, 1, 'once more')],
    };
    const layout = layoutMap(map);
    expect(layout.lines).toHaveLength(3);
    expect(overlaps(layout)).toEqual([]);
  });

  it('is walked with the arrows: along the ways, and to what stands beside', () => {
    const { map } = checkScript({ text: callBack });
    const layout = layoutMap(map!);
    const at = (name: string) => map!.nodes.findIndex((each) => each.name === name);
    expect(neighbour(layout, at('Greeting'), 'right')).toBe(at('Hopes'));
    expect(neighbour(layout, at('Mentoring'), 'left')).toBe(at('Hopes'));
    expect(layout.cards[neighbour(layout, at('Greeting'), 'down')!]!.node.kind).toBe('objection');
    expect(neighbour(layout, at('Greeting'), 'left')).toBeNull();
    // From the first card the arrows alone come to every other.
    const met = new Set<number>([0]);
    const open = [0];
    while (open.length > 0) {
      const from = open.pop()!;
      for (const way of ['left', 'right', 'up', 'down'] as const) {
        const next = neighbour(layout, from, way);
        if (next !== null && !met.has(next)) {
          met.add(next);
          open.push(next);
        }
      }
    }
    expect([...met].toSorted((a, b) => a - b)).toEqual(map!.nodes.map((_, n) => n));
  });

  it('shows words without their marks', () => {
    expect(gist('Hello {{ person.given }}[, and {{ person.full }}] at \\[ten\\].')).toBe(
      'Hello …, and … at [ten].',
    );
  });
});
