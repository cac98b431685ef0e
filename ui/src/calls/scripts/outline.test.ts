import { describe, expect, it } from 'vitest';
import { callBack } from '../../ipc/mock';
import { fileNameOf } from './actions';
import { partNamed, partsOf, retitled, titleOf } from './outline';

describe('the outline of a script', () => {
  it('knows where each part begins and ends', () => {
    const parts = partsOf(callBack);
    expect(parts.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'part Greeting',
      'part Apology',
      'part Hopes',
      'part How many',
      'part Mentoring',
      'part Breakfast',
      'part Another time',
      'part Goodbye',
      'objection What does it cost',
      'objection I have been before',
      'objection How did you get my number',
      'machine Message',
      'machine Discreet message',
    ]);
    const lines = callBack.split('\n');
    const apology = partNamed(callBack, 'apology')!;
    expect(lines[apology.line - 1]).toBe('# Apology');
    expect(lines[apology.lastLine - 1]).toBe('-> Hopes');
  });

  it('takes no escaped mark and no remark for a part', () => {
    expect(partsOf('title: x\n\\# not one\n// # nor this\n  # This one  \n~ Message')).toEqual([
      { name: 'This one', kind: 'part', line: 4, lastLine: 4 },
      { name: 'Message', kind: 'machine', line: 5, lastLine: 5 },
    ]);
  });

  it('gives the words another title, or one at all, whatever signs are in it', () => {
    expect(titleOf(retitled(callBack, 'Ours: $& and $1'))).toBe('Ours: $& and $1');
    expect(retitled(callBack, 'Ours').split('\n').slice(1)).toEqual(callBack.split('\n').slice(1));
    expect(titleOf(retitled('# Greeting', 'Ours'))).toBe('Ours');
  });

  it('makes a file name that every system takes', () => {
    expect(fileNameOf('What does it cost? a/b\\c: "x"')).toBe('What does it cost a b c x.script');
    expect(fileNameOf('...')).toBe('script.script');
    expect(fileNameOf('رنين')).toBe('رنين.script');
  });
});
