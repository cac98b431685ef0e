// What may stand where one types: fields between the braces, parts behind the arrow, purposes in the head.
import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import type { EditorView } from '@codemirror/view';
import type { MergeFieldView } from '../../ipc/bindings';
import { partsOf, sameName } from './outline';

export interface Vocabulary {
  fields: MergeFieldView[];
  purposes: string[];
  /** What the completions say of themselves. */
  words: { blank: string; back: string; effects: { label: string; detail: string }[] };
}

/** Puts the words in, and the closing braces where they do not stand yet. */
const within =
  (words: string, close: string) =>
  (view: EditorView, _: Completion, from: number, to: number): void => {
    const after = view.state.sliceDoc(to, to + close.length + 1);
    const before = view.state.sliceDoc(from - 1, from) === '{' ? ' ' : '';
    const stands = after.trimStart().startsWith(close);
    const skipped = stands ? after.indexOf(close) + close.length : 0;
    const insert = `${before}${words} ${close}`;
    view.dispatch({
      changes: { from, to: to + skipped, insert },
      selection: { anchor: from + insert.length },
      userEvent: 'input.complete',
    });
  };

function fields(before: string, pos: number, vocabulary: Vocabulary): CompletionResult | null {
  const open = /\{\{[ \t]*([\p{L}\p{N}._]*)$/u.exec(before);
  if (!open) return null;
  return {
    from: pos - open[1]!.length,
    options: [
      // In the order in which they were told: the person first.
      ...vocabulary.fields.map(({ path, question }, index) => ({
        label: path,
        boost: Math.max(0, 90 - index),
        detail: question,
        type: 'field',
        apply: within(path, '}}'),
      })),
      {
        label: '?',
        detail: vocabulary.words.blank,
        type: 'blank',
        boost: -99,
        // The question itself is still to be written, between.
        apply: (view: EditorView, _: Completion, from: number, to: number) => {
          const gap = view.state.sliceDoc(from - 1, from) === '{' ? ' ' : '';
          const stands = view.state
            .sliceDoc(to, to + 3)
            .trimStart()
            .startsWith('}}');
          const insert = `${gap}? `;
          view.dispatch({
            changes: { from, to, insert: stands ? insert : `${insert} }}` },
            selection: { anchor: from + insert.length },
            userEvent: 'input.complete',
          });
        },
      },
    ],
    validFor: /^[\p{L}\p{N}._]*$/u,
  };
}

function targets(
  before: string,
  context: CompletionContext,
  vocabulary: Vocabulary,
): CompletionResult | null {
  const arrow = /->[ \t]*([^\n]*)$/u.exec(before);
  if (!arrow) return null;
  const text = context.state.doc.toString();
  const line = context.state.doc.lineAt(context.pos).number;
  const parts = partsOf(text);
  const here = parts.findLast((part) => part.line <= line);
  const names = parts.filter((part) => part.kind === 'part' && part.name && part !== here);
  const options: Completion[] = names
    .filter((part, at) => names.findIndex((other) => sameName(other.name, part.name)) === at)
    .map((part) => ({ label: part.name, type: 'part' }));
  if (here?.kind === 'objection')
    options.push({ label: 'back', detail: vocabulary.words.back, type: 'back' });
  return {
    from: context.pos - arrow[1]!.length,
    options: options.map((option) => ({
      ...option,
      apply: (view: EditorView, _: Completion, from: number, to: number) => {
        const gap = view.state.sliceDoc(from - 1, from) === '>' ? ' ' : '';
        const insert = gap + option.label;
        view.dispatch({
          changes: { from, to: Math.max(to, view.state.doc.lineAt(to).to), insert },
          selection: { anchor: from + insert.length },
          userEvent: 'input.complete',
        });
      },
    })),
    validFor: /^(?!\s)[^\n]*$/u,
  };
}

function effects(before: string, pos: number, vocabulary: Vocabulary): CompletionResult | null {
  if (!/^\s*(\d+\.|=)/u.test(before)) return null;
  const open = /(?<!\{)\{([\p{L}]*)$/u.exec(before);
  if (!open) return null;
  return {
    from: pos - open[1]!.length,
    options: vocabulary.words.effects.map(({ label, detail }) => ({ label, detail, type: 'effect' })),
    validFor: /^\p{L}*$/u,
  };
}

const machines = ['Message', 'Discreet message'];

function names(before: string, pos: number, vocabulary: Vocabulary): CompletionResult | null {
  const purpose = /^\s*purpose:[ \t]*(.*)$/iu.exec(before);
  // What is said to a machine goes by one of two names.
  const machine = /^\s*~[ \t]*(.*)$/u.exec(before);
  const typed = purpose ?? machine;
  if (!typed) return null;
  return {
    from: pos - typed[1]!.length,
    options: (purpose ? vocabulary.purposes : machines).map((label) => ({ label, type: 'name' })),
    validFor: /^(?!\s)[^\n]*$/u,
  };
}

export const completeScript =
  (vocabulary: () => Vocabulary) =>
  (context: CompletionContext): CompletionResult | null => {
    const line = context.state.doc.lineAt(context.pos);
    const before = line.text.slice(0, context.pos - line.from);
    const known = vocabulary();
    return (
      fields(before, context.pos, known) ??
      targets(before, context, known) ??
      effects(before, context.pos, known) ??
      names(before, context.pos, known)
    );
  };
