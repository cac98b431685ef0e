import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const css = readFileSync('src/tokens.css', 'utf8');
const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map((m) => [
    m[1]!,
    { light: m[2]!, dark: m[3]! },
  ]),
);

function luminance(hex: string): number {
  const channel = (at: number) => {
    const c = parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

const grounds = ['paper', 'surface', 'sunken', 'selected'];
const text: [string, string[], number][] = [
  ['ink', [...grounds, 'green-soft', 'amber-soft', 'brick-soft'], 7],
  ['ink-2', [...grounds, 'green-soft', 'amber-soft', 'brick-soft'], 4.5],
  ['ink-3', grounds, 4.5],
  ['green', [...grounds, 'green-soft'], 4.5],
  ['amber', [...grounds, 'amber-soft'], 4.5],
  ['brick', [...grounds, 'brick-soft'], 4.5],
  ['on-green', ['green', 'green-hover'], 4.5],
  // The edge of a control, and the focus ring: 3:1 (WCAG 1.4.11).
  ['edge', ['paper', 'surface'], 3],
  ['green', ['paper', 'surface', 'sunken', 'selected', 'green-soft', 'brick-soft'], 3],
];

describe.each(['light', 'dark'] as const)('%s', (theme) => {
  const pairs = text.flatMap(([fore, backs, least]) => backs.map((back) => [fore, back, least] as const));
  it.each(pairs)('%s can be read on %s (%d:1)', (fore, back, least) => {
    const ratio = contrast(tokens.get(fore)![theme], tokens.get(back)![theme]);
    expect(ratio).toBeGreaterThanOrEqual(least);
  });
});

it('every icon is of a size that grows with the text', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.tsx'),
  );
  const drawn = files.flatMap((file) =>
    // An avatar is no icon.
    [...readFileSync(join('src', file), 'utf8').matchAll(/<(?!Avatar)[\w.]+\s[^<>]*?size=\{(\d+)\}/g)].map(
      (m) => m[1]!,
    ),
  );
  const known = [...readFileSync('src/app.css', 'utf8').matchAll(/\.lucide\[width='(\d+)'\]/g)].map(
    (m) => m[1]!,
  );
  expect(drawn.length).toBeGreaterThan(40);
  expect([...new Set(drawn)].toSorted()).toEqual(known);
});
