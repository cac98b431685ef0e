// How a script's marks are told apart while one types. What they mean, and what is wrong with them, the core says; this
// only colours.
import { HighlightStyle, StreamLanguage, syntaxHighlighting, type StringStream } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { Tag, tags } from '@lezer/highlight';

const mark = {
  heading: Tag.define(),
  objection: Tag.define(),
  machine: Tag.define(),
  headKey: Tag.define(),
  headWords: Tag.define(),
  question: Tag.define(),
  sign: Tag.define(),
  answer: Tag.define(),
  target: Tag.define(),
  ending: Tag.define(),
  hint: Tag.define(),
  remark: Tag.define(),
  field: Tag.define(),
  blank: Tag.define(),
  optional: Tag.define(),
  effect: Tag.define(),
};
type MarkName = keyof typeof mark;

/** What the rest of the line is. */
type Rest = MarkName | 'say';

interface State {
  /** Before the first part stands the head. */
  inHead: boolean;
  rest: Rest;
}

const headings: Record<string, MarkName> = { '#': 'heading', '!': 'objection', '~': 'machine' };

function lineStart(stream: StringStream, state: State): MarkName | null {
  const line = stream.string.trim();
  const first = stream.peek() ?? '';
  const whole = (name: MarkName): MarkName => {
    stream.skipToEnd();
    return name;
  };
  state.rest = 'say';
  if (line.startsWith('//')) return whole('remark');
  const heading = headings[first];
  if (heading) {
    state.inHead = false;
    return whole(heading);
  }
  if (state.inHead) {
    if (stream.match(/^[\p{L} ]+:/u)) {
      state.rest = 'headWords';
      return 'headKey';
    }
    return null;
  }
  if (line.startsWith('(') && line.endsWith(')')) return whole('hint');
  if (/^(end|back)$/i.test(line)) return whole('ending');
  if (stream.match('->')) {
    state.rest = 'target';
    return 'sign';
  }
  if (stream.match('>')) {
    state.rest = 'question';
    return 'sign';
  }
  // "1. Yes", "1.Yes -> Part", not "10.30 suits".
  if (stream.match(/^\d+\.(?=\s|$|[^\n]*->)/)) {
    state.rest = 'answer';
    return 'sign';
  }
  if (stream.match(/^=\s*(words|number|date)?\b/i)) {
    state.rest = 'answer';
    return 'sign';
  }
  return null;
}

function inLine(stream: StringStream, state: State): MarkName | null {
  const rest = state.rest === 'say' ? null : state.rest;
  if (stream.eatSpace()) return rest;
  if (state.rest === 'target') {
    stream.skipToEnd();
    return 'target';
  }
  if (stream.eat('\\')) {
    stream.next();
    return rest;
  }
  if (stream.match(/^\{\{\s*\?[^}]*\}\}/)) return 'blank';
  if (stream.match(/^\{\{[^}]*\}\}/)) return 'field';
  if (state.rest === 'answer') {
    if (stream.match('->')) {
      state.rest = 'target';
      return 'sign';
    }
    if (stream.match(/^\{[^{}]*\}/)) return 'effect';
  }
  if ((state.rest === 'say' || state.rest === 'question') && (stream.eat('[') || stream.eat(']')))
    return 'optional';
  stream.next();
  stream.eatWhile(/[^\\{[\]\s-]/);
  return rest;
}

const scriptStream = StreamLanguage.define<State>({
  name: 'script',
  startState: () => ({ inHead: true, rest: 'say' }),
  copyState: (state) => ({ ...state }),
  blankLine: (state) => {
    state.rest = 'say';
  },
  token(stream, state) {
    if (stream.sol()) {
      stream.eatSpace();
      if (stream.eol()) return null;
      const found = lineStart(stream, state);
      if (found) return found;
    }
    return stream.eol() ? null : inLine(stream, state);
  },
  tokenTable: mark,
  languageData: { commentTokens: { line: '//' }, closeBrackets: { brackets: ['{', '['] } },
});

const chip = { borderRadius: '3px', padding: '1px 0' };

const look = HighlightStyle.define([
  { tag: mark.heading, fontWeight: '650', color: 'var(--green)' },
  { tag: mark.objection, fontWeight: '650', color: 'var(--ink)' },
  { tag: mark.machine, fontWeight: '650', color: 'var(--ink)', fontStyle: 'italic' },
  { tag: mark.headKey, color: 'var(--ink-3)' },
  { tag: mark.headWords, fontWeight: '550' },
  { tag: mark.question, fontWeight: '550' },
  { tag: mark.sign, color: 'var(--ink-3)', fontWeight: '600' },
  { tag: mark.answer, color: 'var(--ink)' },
  { tag: mark.target, color: 'var(--green)' },
  { tag: mark.ending, color: 'var(--ink-3)', fontWeight: '600' },
  { tag: mark.hint, color: 'var(--ink-2)', fontStyle: 'italic' },
  { tag: mark.remark, color: 'var(--ink-3)' },
  { tag: mark.field, ...chip, background: 'var(--green-soft)', color: 'var(--green)' },
  { tag: mark.blank, ...chip, background: 'var(--amber-soft)', color: 'var(--amber)' },
  { tag: mark.optional, color: 'var(--ink-3)', fontWeight: '700' },
  { tag: mark.effect, color: 'var(--ink-2)', background: 'var(--sunken)', ...chip },
  { tag: tags.invalid, color: 'inherit' },
]);

export const scriptLanguage: Extension = [scriptStream, syntaxHighlighting(look)];
