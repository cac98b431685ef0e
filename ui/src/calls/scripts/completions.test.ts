import { CompletionContext, type Completion } from '@codemirror/autocomplete';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { describe, expect, it } from 'vitest';
import { completeScript, type Vocabulary } from './completions';

const vocabulary: Vocabulary = {
  fields: [
    { path: 'person.given', question: 'what do they like to be called?' },
    { path: 'caller.given', question: 'your name' },
  ],
  purposes: ['call back', 'general'],
  words: { blank: 'a blank', back: 'back', effects: [{ label: 'fact ', detail: 'matters' }] },
};
const complete = completeScript(() => vocabulary);

/** With the cursor at the bar. */
function ask(text: string) {
  const pos = text.indexOf('|');
  const doc = text.replace('|', '');
  const state = EditorState.create({ doc, selection: { anchor: pos } });
  return { state, result: complete(new CompletionContext(state, pos, false)) };
}
const labels = (text: string) => ask(text).result?.options.map((option) => option.label) ?? null;

function choose(text: string, label: string): string {
  const { state, result } = ask(text);
  const view = new EditorView({ state });
  const option = result!.options.find((each) => each.label === label)!;
  (option.apply as (view: EditorView, option: Completion, from: number, to: number) => void)(
    view,
    option,
    result!.from,
    state.selection.main.head,
  );
  const { head } = view.state.selection.main;
  const doc = view.state.doc.toString();
  view.destroy();
  return `${doc.slice(0, head)}|${doc.slice(head)}`;
}

describe('completion in a script', () => {
  it('offers the fields behind two braces, and the blank', () => {
    expect(labels('# A\nHello {{ |')).toEqual(['person.given', 'caller.given', '?']);
    expect(labels('# A\nHello {{per|')).toEqual(['person.given', 'caller.given', '?']);
    expect(labels('# A\nHello { |')).toBeNull();
    expect(labels('# A\nHello {{ person.given }} |')).toBeNull();
  });

  it('closes the braces, or goes out of those that stand', () => {
    expect(choose('# A\nHello {{ per|', 'person.given')).toBe('# A\nHello {{ person.given }}|');
    expect(choose('# A\nHello {{per| }}, you', 'person.given')).toBe('# A\nHello {{ person.given }}|, you');
    expect(choose('# A\nAt {{|}}', '?')).toBe('# A\nAt {{ ? |}}');
  });

  it('offers every other part behind an arrow, and back to an objection alone', () => {
    const script = '# A\nHi\n1. Yes -> \n# B\nend\n# C\nend\n! No\n';
    expect(labels(script.replace('-> ', '-> |'))).toEqual(['B', 'C']);
    expect(labels(`${script}-> |`)).toEqual(['A', 'B', 'C', 'back']);
    expect(choose('# A\n-> Go|odby\n# Goodbye\nend\n', 'Goodbye')).toBe('# A\n-> Goodbye|\n# Goodbye\nend\n');
    expect(choose('# A\n->|\n# B\nend', 'B')).toBe('# A\n-> B|\n# B\nend');
  });

  it('offers effects to an answer alone, and purposes in the head', () => {
    expect(labels('# A\n1. Yes {|')).toEqual(['fact ']);
    expect(labels('# A\n= words {fa|')).toEqual(['fact ']);
    expect(labels('# A\nWell {|')).toBeNull();
    expect(labels('purpose: |')).toEqual(['call back', 'general']);
    expect(labels('# A\nend\n~ |')).toEqual(['Message', 'Discreet message']);
  });
});
