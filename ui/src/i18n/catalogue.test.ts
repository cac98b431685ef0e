import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import en from './en.json';

type Tree = { [key: string]: string | Tree };
const leaves = (tree: Tree, path = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[`${path}${key}`, value] as [string, string]]
      : leaves(value, `${path}${key}.`),
  );

const source = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !file.includes('.test.') && !file.endsWith('bindings.ts'))
  .map((file) => readFileSync(join('src', file), 'utf8'))
  .join('\n');

/** Literally, or by a template that begins with the words before it: t(`standing.${standing}`). */
function isUsed(key: string): boolean {
  const base = key.replace(/(_ordinal)?_(zero|one|two|few|many|other)$/, '');
  if (source.includes(`'${base}'`)) return true;
  const parts = base.split('.');
  return (
    parts.some((_, at) => at > 0 && source.includes(`\`${parts.slice(0, at).join('.')}.\${`)) ||
    isByWord(base)
  );
}

/** Looked up by a word of the core: the name of an action, a field, a result. */
const isByWord = (key: string) => /^(action|field|result|source|touch)\./.test(key);

describe('the catalogue', () => {
  const all = leaves(en);

  it('holds no words that nobody says', () => {
    expect(all.map(([key]) => key).filter((key) => !isUsed(key))).toEqual([]);
  });

  it('has every plural in both numbers', () => {
    const keys = new Set(all.map(([key]) => key));
    const lonely = [...keys].filter(
      (key) => key.endsWith('_one') && !keys.has(key.replace(/_one$/, '_other')),
    );
    expect(lonely).toEqual([]);
  });

  it('is plain and kind: no exclamation marks, no jargon, no empty words', () => {
    const bad = all.filter(
      ([, words]) => !words.trim() || /!|\b(SLA|ticket|breach|invalid|user)\b/i.test(words),
    );
    expect(bad).toEqual([]);
  });
});
