// What can be told of a script's text without asking anyone: which parts begin where.

export interface Part {
  name: string;
  kind: 'part' | 'objection' | 'machine';
  /** From 1, like the problems' lines. */
  line: number;
  lastLine: number;
}

const kinds = { '#': 'part', '!': 'objection', '~': 'machine' } as const;

export function partsOf(text: string): Part[] {
  const lines = text.split('\n');
  const parts: Part[] = [];
  lines.forEach((each, index) => {
    const heading = /^\s*([#!~])\s*(.*?)\s*$/u.exec(each);
    if (!heading) return;
    const before = parts.at(-1);
    if (before) before.lastLine = index;
    const [, sign, name] = heading;
    parts.push({
      name: name!,
      kind: kinds[sign as keyof typeof kinds],
      line: index + 1,
      lastLine: lines.length,
    });
  });
  // What is empty at the foot of a part is no part of it.
  for (const part of parts) {
    while (part.lastLine > part.line && !lines[part.lastLine - 1]!.trim()) part.lastLine--;
  }
  return parts;
}

export const sameName = (a: string, b: string): boolean =>
  a === b || a.toLocaleLowerCase('en') === b.toLocaleLowerCase('en');

export const partNamed = (text: string, name: string): Part | null =>
  partsOf(text).find((part) => sameName(part.name, name)) ?? null;

/** The same words under another title: a script that began as another goes by a name of its own. */
export function retitled(text: string, title: string): string {
  return /^[ \t]*title:.*$/im.test(text)
    ? text.replace(/^[ \t]*title:.*$/im, () => `title: ${title}`)
    : `title: ${title}\n${text}`;
}

export const titleOf = (text: string): string => /^[ \t]*title:[ \t]*(.*?)[ \t]*$/im.exec(text)?.[1] ?? '';
