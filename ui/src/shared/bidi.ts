// Marks that turn the direction of what follows. In a name or a message they may turn that, and nothing of ours.

const marks = /[\u202a-\u202e\u2066-\u2069]/gu;
const embeds = /[\u202a\u202b\u202d\u202e]/u;
const isolates = /[\u2066-\u2068]/u;
/** Closes the last of `embeds`. */
const pop = '\u202c';
const popIsolate = '\u2069';
const firstStrong = '\u2068';
/** Letters that are written from the right. */
const fromTheRight =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\u200f]/u;

/** With every direction that it turns to turned back at its end, and none turned back that was not its own. */
export function closed(words: string): string {
  if (words.search(marks) < 0) return words;
  const open: string[] = [];
  let shown = '';
  for (const letter of words) {
    if (embeds.test(letter)) open.push(pop);
    else if (isolates.test(letter)) open.push(popIsolate);
    else if (letter === pop) {
      if (open.at(-1) !== pop) continue;
      open.pop();
    } else if (letter === popIsolate) {
      const at = open.lastIndexOf(popIsolate);
      if (at < 0) continue;
      open.length = at;
    }
    shown += letter;
  }
  return shown + open.reverse().join('');
}

/** A name or words of theirs within a sentence of ours: as they are, and the sentence goes on as before. */
export function isolated(words: string): string {
  if (words.search(marks) < 0 && !fromTheRight.test(words)) return words;
  return firstStrong + closed(words) + popIsolate;
}

/** What is said of someone or something beside each other on a line; what is empty goes without. */
export const dotted = (pieces: readonly (string | false | null | undefined)[]): string =>
  pieces
    .filter((piece): piece is string => Boolean(piece))
    .map(isolated)
    .join(' · ');

/** A sentence of the core's: what stands in “…” is theirs and is isolated, and nothing else in it turns a direction. */
export function steady(sentence: string): string {
  return sentence
    .split(/(“[^”]*”)/u)
    .map((piece) =>
      piece.startsWith('“') && piece.endsWith('”')
        ? `“${isolated(piece.slice(1, -1))}”`
        : piece.replace(marks, ''),
    )
    .join('');
}

/** The clauses of the core as one sentence. */
export const sentenceOf = (clauses: readonly { text: string }[]): string =>
  clauses.map(({ text }) => steady(text)).join('');
