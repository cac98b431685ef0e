import { syntaxTree } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import { scriptLanguage } from './language';

/** What is told apart in a line, in its order. */
function marks(text: string, line: string): string[] {
  const state = EditorState.create({ doc: text, extensions: scriptLanguage });
  const from = text.indexOf(line);
  const found: string[] = [];
  syntaxTree(state).iterate({
    from,
    to: from + line.length,
    enter: (node) => {
      if (node.from >= from && node.to <= from + line.length && node.name !== 'Document')
        found.push(`${node.name} ${text.slice(node.from, node.to)}`);
    },
  });
  return found;
}
const inPart = (line: string) => marks(`title: x\n# A\n${line}\n`, line);

describe('the marks of a script', () => {
  it('tells the head from what follows the first part', () => {
    expect(marks('title: A call\n# A\ntitle: said\n', 'title: A call')[0]).toBe('headKey title:');
    expect(inPart('title: said')).toEqual([]);
  });

  it('tells parts, objections and words to a machine apart', () => {
    expect(inPart('# Greeting')).toEqual(['heading # Greeting']);
    expect(inPart('! The cost')).toEqual(['objection ! The cost']);
    expect(inPart('~ Message')).toEqual(['machine ~ Message']);
    expect(inPart('(Smile.)')).toEqual(['hint (Smile.)']);
    expect(inPart('// for us')).toEqual(['remark // for us']);
    expect(inPart('end')).toEqual(['ending end']);
  });

  it('shows where a choice leads and what it notes', () => {
    const found = inPart('2. A mentor {fact: wants one} -> Next part');
    expect(found[0]).toBe('sign 2.');
    expect(found).toContain('effect {fact: wants one}');
    expect(found.at(-1)).toBe('target  Next part');
  });

  it('takes a time of day for words, not for a choice', () => {
    expect(inPart('10.30 suits')).toEqual([]);
  });

  it('tells what is filled in from what is always a blank, and leaves escaped signs alone', () => {
    expect(inPart('Hello {{ person.given }}.')).toEqual(['field {{ person.given }}']);
    expect(inPart('At {{ ? what time }}?')).toEqual(['blank {{ ? what time }}']);
    expect(inPart('\\{{ x }} and \\[plain\\]')).toEqual([]);
    expect(inPart('It is[ and {{ person.full }}].')).toEqual([
      'optional [',
      'field {{ person.full }}',
      'optional ]',
    ]);
  });
});
