import type { Segment } from '../ipc/bindings';

/** What is said, in its paragraphs: an empty line within a text parts them. */
export function paragraphsOf(segments: Segment[]): Segment[][] {
  const paragraphs: Segment[][] = [[]];
  for (const segment of segments) {
    if (segment.kind !== 'text') {
      paragraphs.at(-1)!.push(segment);
      continue;
    }
    segment.text.split(/\n\s*\n/u).forEach((text, index) => {
      if (index > 0) paragraphs.push([]);
      if (text) paragraphs.at(-1)!.push({ kind: 'text', text });
    });
  }
  return paragraphs.filter((paragraph) =>
    paragraph.some((segment) => segment.kind !== 'text' || segment.text.trim() !== ''),
  );
}
