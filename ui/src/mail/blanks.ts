import type { LetterToWrite, OwnWords, Segment } from '../ipc/bindings';

export type Blank = Extract<Segment, { kind: 'blank' }>;

/** What was said for each blank. */
export type Said = Record<string, { value: string; remember: boolean }>;

/** What somebody wrote of a letter. */
export interface Begun {
  said: Said;
  /** The words as they were changed by hand. */
  own: OwnWords | null;
}

/** Of each promise, what was begun and not sent. It stays for as long as the window is open: Escape costs no word. */
export const begun = new Map<string, Begun>();

/** A blank is the same wherever it stands again. */
export const keyOf = (blank: Pick<Blank, 'field' | 'question'>) => `${blank.field ?? ''}?${blank.question}`;

/** Each once, in the order in which they stand. */
export function blanksOf(letter: LetterToWrite): Blank[] {
  const all = [...letter.subject, ...letter.body].filter((each): each is Blank => each.kind === 'blank');
  return all.filter((blank, index) => all.findIndex((other) => keyOf(other) === keyOf(blank)) === index);
}
