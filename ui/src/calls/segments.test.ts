import { describe, expect, it } from 'vitest';
import { paragraphsOf } from './segments';

describe('what is said', () => {
  it('parts its paragraphs at an empty line, wherever a name stands', () => {
    expect(
      paragraphsOf([
        { kind: 'text', text: 'Hello ' },
        { kind: 'filled', field: 'person.given', value: 'Rania' },
        { kind: 'text', text: '.\n\nI am sorry.' },
        { kind: 'blank', field: null, question: 'for what?' },
      ]),
    ).toEqual([
      [
        { kind: 'text', text: 'Hello ' },
        { kind: 'filled', field: 'person.given', value: 'Rania' },
        { kind: 'text', text: '.' },
      ],
      [
        { kind: 'text', text: 'I am sorry.' },
        { kind: 'blank', field: null, question: 'for what?' },
      ],
    ]);
  });

  it('has none where nothing is to be said', () => {
    expect(paragraphsOf([{ kind: 'text', text: ' \n\n ' }])).toEqual([]);
  });
});
