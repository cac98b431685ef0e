// Scripts, as the core keeps them, and a reader of their text that knows enough of it to draw and to test with. What a
// script means is for the core to say: its own tests hold that.
import type {
  KeepDraft,
  FreeAnswer,
  MapEdge,
  MapNode,
  Move,
  Problem,
  Purpose,
  ScriptCheck,
  ScriptDraft,
  ScriptPreview,
  ScriptRow,
  ScriptVersionView,
  Segment,
  Share,
} from '../bindings';
import { day, mockNow, type Handlers } from './world';

export const callBack = `title: First call back
purpose: call back
when: Someone asked us something, and we are ringing in good time.

// Keep it short: they are at work.

# Greeting
(Smile; it can be heard.)
Hello {{ person.given }}, this is {{ caller.given }} from {{ association.name }}. You asked us about {{ inquiry.about }}[, and again {{ inquiry.last_message_when }}].

> Have you got {{ ? how long? ask them }}?
1. Yes, go ahead -> Hopes
2. Not now; another time -> Another time
3. They are annoyed -> Apology
4. No longer interested -> Goodbye

# Apology
You are right, and I am sorry. That is not how we want you to meet us.
-> Hopes

# Hopes
What made you think of us, and what would have to happen in a year for you to say that it was worth it?

1. A mentor {fact: wants a mentor} -> Mentoring
2. To meet others in the trade -> Breakfast
3. They are not sure yet -> How many

# How many
> How many people work with you?
= number {fact staff} -> Breakfast

# Mentoring
We have a mentoring circle. It meets on {{ ? the next evening }}, and I would like to introduce you to someone there.
-> Goodbye

# Breakfast
Then come as my guest to the breakfast on {{ ? the next breakfast }}. You need not decide anything there.

> Shall I put you down?
1. Yes, please -> Goodbye
2. Let me think about it -> Another time

# Another time
Of course. When would suit you best? It will be me who rings.
-> Goodbye

# Goodbye
Thank you, {{ person.given }}. You can reach me at {{ association.phone }} whenever something comes up. Goodbye.
end

! What does it cost
A year is {{ ? the fee }}. That is the whole of it.
back

! I have been before
I am glad that you came, and sorry that it did not hold you. May I ask what was missing?
-> Hopes

! How did you get my number
You left it with us when you rang. I can take it out at once.
-> Goodbye

~ Message
Hello {{ person.given }}, this is {{ caller.given }} from {{ association.name }}. I am returning your call, and will ring again.

~ Discreet message
Hello, this is {{ caller.given }}, with a message for {{ person.given }}. I will ring again.
`;

const lateCallBack = callBack
  .replace('First call back', 'Call back after a long wait')
  .replace('purpose: call back', 'purpose: late call back')
  .replace('You asked us about', 'You asked us {{ inquiry.first_asked_when }} about');

const short = (title: string, purpose: string) => `title: ${title}
purpose: ${purpose}

# Greeting
Hello {{ person.given }}, this is {{ caller.given }} from {{ association.name }}.

> Is this a good moment?
1. Yes -> Goodbye
2. Not now -> Goodbye

# Goodbye
Thank you. Goodbye.
end
`;

const share = (count: number, of: number): Share => {
  const [z2, p] = [3.8416, of === 0 ? 0 : count / of];
  const middle = (p + z2 / (2 * of)) / (1 + z2 / of);
  const half = (1.96 / (1 + z2 / of)) * Math.sqrt((p * (1 - p)) / of + z2 / (4 * of * of));
  return of === 0
    ? { count, of, low: 0, high: 1 }
    : { count, of, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
};

interface Kept {
  id: string;
  shipped: boolean;
  retired: boolean;
  /** Oldest first. */
  versions: ScriptVersionView[];
}

const version = (number: number, text: string, rest: Partial<ScriptVersionView> = {}): ScriptVersionView => ({
  id: `sv-${number}-${text.length}`,
  number,
  created_ms: mockNow - (40 - 9 * number) * day,
  text,
  running: true,
  calls: 0,
  reached: share(0, 0),
  went_well: share(0, 0),
  ...rest,
});

const book = (): Kept[] => [
  {
    id: 's-call-back',
    shipped: true,
    retired: false,
    versions: [
      version(1, callBack.replace('4. No longer interested -> Goodbye\n', ''), {
        running: false,
        calls: 212,
        reached: share(141, 205),
        went_well: share(82, 141),
      }),
      version(2, callBack.replace('(Smile; it can be heard.)\n', ''), {
        calls: 31,
        reached: share(22, 30),
        went_well: share(13, 22),
      }),
      version(3, callBack, { calls: 30, reached: share(19, 29), went_well: share(14, 19) }),
    ],
  },
  { id: 's-late', shipped: true, retired: false, versions: [version(1, lateCallBack, { calls: 12 })] },
  {
    id: 's-breakfast',
    shipped: false,
    retired: false,
    versions: [version(1, short('Invitation to the breakfast', 'invitation'))],
  },
  {
    id: 's-invitation',
    shipped: true,
    retired: false,
    versions: [version(1, short('Invitation', 'invitation'))],
  },
  {
    id: 's-general',
    shipped: true,
    retired: false,
    versions: [version(1, short('A call to say hello', 'general'))],
  },
  {
    id: 's-old',
    shipped: false,
    retired: true,
    versions: [version(1, short('The spring of 2024', 'invitation'))],
  },
];

interface Part {
  node: MapNode;
  says: string[];
  hint: string;
  ways: { label: string; target: string; free: FreeAnswer | null; effects: string[]; line: number }[];
}

const fold = (name: string) => name.trim().toLowerCase();

function read(text: string): { head: Record<string, string>; parts: Part[]; problems: Problem[] } {
  const head: Record<string, string> = {};
  const parts: Part[] = [];
  const problems: Problem[] = [];
  text.split('\n').forEach((raw, index) => {
    const [line, n] = [raw.trim(), index + 1];
    const part = parts.at(-1);
    const heading = /^([#!~])\s*(.*)$/u.exec(line);
    const way = /^(?:(\d+)\.\s+|(=)\s*)?(.*?)\s*->\s*(.*)$/u.exec(line);
    if (!line || line.startsWith('//')) return;
    if (heading) {
      const kind = ({ '#': 'part', '!': 'objection', '~': 'machine' } as const)[heading[1] as '#'];
      parts.push({
        node: {
          name: heading[2]!,
          kind: kind as MapNode['kind'],
          first: parts.length === 0,
          ends: false,
          says: '',
          asks: '',
          line: n,
          reachable: false,
        },
        says: [],
        hint: '',
        ways: [],
      });
    } else if (!part) {
      const [key, ...rest] = line.split(':');
      head[fold(key!)] = rest.join(':').trim();
    } else if (line === 'end') part.node.ends = true;
    else if (line === 'back') part.ways.push({ label: '', target: 'back', free: null, effects: [], line: n });
    else if (line.startsWith('(')) part.hint = line.slice(1, -1);
    else if (line.startsWith('>')) part.node.asks = line.slice(1).trim();
    else if (way && (way[1] || way[2] || line.startsWith('->'))) {
      const words = way[3]!.replace(/\{[^{}]*\}/gu, '').trim();
      part.ways.push({
        label: way[2] ? '' : words,
        target: way[4]!,
        free: way[2] ? (words as FreeAnswer) : null,
        effects: way[3]!.match(/\{[^{}]*\}/gu) ?? [],
        line: n,
      });
    } else if (/^\d+\.\s/u.test(line)) {
      problems.push({
        line: n,
        message: `this choice leads nowhere; write: ${line} -> and the name of a part`,
      });
    } else part.says.push(line);
    if (part && /\{\{\s*person\.(?!given|full|organisation)(\w+)/u.test(line)) {
      problems.push({ line: n, message: 'there is no such field; did you mean {{ person.given }}?' });
    }
  });
  for (const part of parts) part.node.says = part.says.join(' ');
  if (!head.title)
    problems.unshift({ line: 1, message: 'title: is empty; write what this script is called' });
  return { head, parts, problems };
}

export function checkScript({ text }: { text: string }): ScriptCheck {
  const { head, parts, problems } = read(text);
  const nodes = parts.map((part) => part.node);
  const edges: MapEdge[] = [];
  parts.forEach((part, from) => {
    for (const { label, target, free, effects, line } of part.ways) {
      if (target === 'back') {
        edges.push({ from, to: null, label, free, effects, line });
        continue;
      }
      let to = nodes.findIndex((node) => fold(node.name) === fold(target));
      if (to < 0) {
        to = nodes.length;
        nodes.push({
          name: target,
          kind: 'missing',
          first: false,
          ends: false,
          says: '',
          asks: '',
          line,
          reachable: false,
        });
        problems.push({
          line,
          message: `there is no part "${target}"; add # ${target}, or lead to another part`,
        });
      }
      edges.push({ from, to, label, free, effects, line });
    }
  });
  const open = nodes.flatMap((node, at) =>
    node.first || node.kind === 'objection' || node.kind === 'machine' ? [at] : [],
  );
  while (open.length > 0) {
    const at = open.pop()!;
    if (nodes[at]!.reachable) continue;
    nodes[at]!.reachable = true;
    open.push(...edges.flatMap((edge) => (edge.from === at && edge.to !== null ? [edge.to] : [])));
  }
  for (const node of nodes) {
    if (!node.reachable && node.kind === 'part') {
      problems.push({
        line: node.line,
        message: `nothing leads to "${node.name}"; lead a choice to it, or take it out`,
      });
    }
  }
  const purpose = (head.purpose?.replaceAll(' ', '_') || null) as Purpose | null;
  return {
    title: head.title ?? '',
    purpose,
    problems: problems.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)),
    map: nodes.length > 0 ? { nodes, edges } : null,
  };
}

const known = (person: string | null): Record<string, string> => ({
  'caller.given': 'Helen',
  'association.name': 'Northside Business Women',
  ...(person && { 'person.given': person.split(' ')[0]!, 'inquiry.about': 'how to join' }),
});

function fill(words: string, fields: Record<string, string>): Segment[] {
  const shown = words.replace(/\[([^\]]*)\]/gu, (_, inner: string) =>
    [...inner.matchAll(/\{\{\s*([\w.]+)/gu)].every(([, path]) => fields[path!]) ? inner : '',
  );
  return shown.split(/(\{\{[^}]*\}\})/u).flatMap((piece): Segment[] => {
    const field = /^\{\{\s*([\w.]*)\s*(?:\?\s*(.*?))?\s*\}\}$/u.exec(piece);
    if (!field) return piece ? [{ kind: 'text', text: piece }] : [];
    const [, path, question] = field;
    const value = fields[path!];
    return value
      ? [{ kind: 'filled', field: path!, value }]
      : [{ kind: 'blank', field: path || null, question: question ?? `${path}? ask` }];
  });
}

function walk(text: string, person: string | null, moves: Move[]): ScriptPreview {
  const { parts } = read(text);
  const named = (name: string) => parts.find((part) => fold(part.node.name) === fold(name));
  const fields = known(person);
  let [said, here, base]: [Part[], Part, Part] = [[], parts[0]!, parts[0]!];
  const crumbs: ScriptPreview['step']['breadcrumb'] = [];
  const enter = (part: Part | undefined, made: number): boolean => {
    if (!part) return false;
    said.push(part);
    crumbs.push({ label: part.node.name, state: 'past', moves: made });
    here = part;
    if (part.node.kind === 'part') base = part;
    const [only] = part.ways;
    if (part.ways.length === 1 && only && !only.label && !only.free) {
      if (only.target !== 'back') return enter(named(only.target), made);
      here = base;
    }
    return true;
  };
  enter(parts[0], 0);
  const path: Move[] = [];
  let refused: string | null = null;
  for (const move of moves) {
    said = [];
    const pick: { choice?: number; objection?: string; said?: string } =
      move.pick === 'machine' ? {} : move.pick;
    const to =
      pick.objection !== undefined
        ? named(pick.objection)
        : named(here.ways[pick.said === undefined ? (pick.choice ?? 0) - 1 : 0]?.target ?? '');
    if (here.ways[0]?.free === 'number' && Number.isNaN(Number(pick.said))) {
      refused = 'That is not a number. Type its digits.';
      break;
    }
    if (fold(move.node) !== fold(here.node.name) || !enter(to, path.length + 1)) break;
    path.push(move);
  }
  const choices = here.ways
    .filter((way) => way.label)
    .map((way, index) => ({ key: index + 1, label: way.label, sets: [] }));
  const kind = here.ways[0]?.free ?? null;
  const free = kind && { kind, sets: [] };
  const asks = choices.length > 0 || free !== null;
  crumbs.at(-1)!.state = 'here';
  return {
    path,
    refused,
    step: {
      node: here.node.name,
      breadcrumb: crumbs,
      hint: here.hint || null,
      say: said.flatMap((part, at): Segment[] => [
        ...(at > 0 ? [{ kind: 'text' as const, text: '\n\n' }] : []),
        ...fill(part.node.says, fields),
      ]),
      ask: asks ? { question: fill(here.node.asks, fields), choices, free } : null,
      objections: parts
        .filter((part) => part.node.kind === 'objection')
        .map(({ node }) => ({ id: node.name, label: node.name })),
      end: !asks,
      has_machine: parts.some((part) => part.node.kind === 'machine'),
      machine: null,
      noted: [],
    },
  };
}

/** A book's scripts, which change as they are changed. */
export function createScripts(kept: Kept[] = book()): Handlers {
  let drafts: ScriptDraft[] = [];
  let made = 0;
  const files = new Map<string, string>([
    ['/home/helen/a friend’s.script', short('From a friend', 'general')],
  ]);
  const find = (id: string): Kept => {
    const found = kept.find((script) => script.id === id);
    if (!found) throw { code: 'not_found', message: 'This script is not in the book any more.' };
    return found;
  };
  const rowOf = (script: Kept): ScriptRow => {
    const newest = script.versions.at(-1)!;
    const check = checkScript({ text: newest.text });
    return {
      id: script.id,
      name: check.title,
      purpose: check.purpose!,
      number: newest.number,
      changed_ms: newest.created_ms,
      retired: script.retired,
      shipped: script.shipped,
      running: script.versions.filter((each) => each.running).length,
      first: !script.retired && !kept.some((other) => other !== script && firstOf(other, script)),
    };
  };
  const purposeOf = (script: Kept) => checkScript({ text: script.versions.at(-1)!.text }).purpose;
  const firstOf = (other: Kept, script: Kept) =>
    !other.retired && purposeOf(other) === purposeOf(script) && !other.shipped && script.shipped;
  return {
    scriptList: () => kept.map(rowOf),
    script: ({ id }: { id: string }) => {
      const script = find(id);
      return {
        row: rowOf(script),
        text: script.versions.at(-1)!.text,
        versions: script.versions.toReversed(),
      };
    },
    checkScript,
    previewScript: ({ text, person, path }: { text: string; person: string | null; path: Move[] }) =>
      walk(text, person && 'Rania Haddad', path),
    mergeFields: () => [
      { path: 'person.given', question: 'what do they like to be called?' },
      { path: 'person.full', question: 'who is this?' },
      { path: 'person.organisation', question: 'where do they work?' },
      { path: 'caller.given', question: 'your name' },
      { path: 'association.name', question: 'the association’s name' },
      { path: 'association.phone', question: 'our number' },
      { path: 'inquiry.about', question: 'what did they ask about?' },
      { path: 'inquiry.first_asked_when', question: 'when did they first ask?' },
    ],
    saveScript: ({ id, text, beside }: { id: string | null; text: string; beside: boolean }) => {
      const { problems } = checkScript({ text });
      if (problems.length > 0) throw { code: 'invalid', message: problems[0]!.message };
      if (id === null) {
        kept.push({
          id: `s-new-${++made}`,
          shipped: false,
          retired: false,
          versions: [version(1, text, { created_ms: mockNow })],
        });
        return `s-new-${made}`;
      }
      const script = find(id);
      if (!beside) script.versions = script.versions.map((each) => ({ ...each, running: false }));
      script.versions.push(version(script.versions.length + 1, text, { created_ms: mockNow }));
      return id;
    },
    runScriptVersions: ({ id, versions }: { id: string; versions: string[] }) => {
      const script = find(id);
      script.versions = script.versions.map((each) => ({ ...each, running: versions.includes(each.id) }));
      return null;
    },
    retireScript: ({ id, retired }: { id: string; retired: boolean }) => {
      find(id).retired = retired;
      return null;
    },
    chooseScriptFile: () => '/home/helen/a friend’s.script',
    readScriptFile: ({ path }: { path: string }) => {
      const text = files.get(path);
      if (text === undefined)
        throw { code: 'file', message: `${path} cannot be read: there is no such file.` };
      return text;
    },
    chooseScriptTarget: ({ suggested }: { suggested: string }) => `/home/helen/${suggested}`,
    writeScriptFile: ({ id, path }: { id: string; path: string }) => {
      files.set(path, find(id).versions.at(-1)!.text);
      return null;
    },
    scriptDrafts: () => drafts,
    keepScriptDraft: ({ draft }: { draft: KeepDraft }) => {
      const there = drafts.find((each) =>
        draft.id ? each.id === draft.id : draft.script !== null && each.script === draft.script,
      );
      const id = draft.id ?? there?.id ?? `sd-${++made}`;
      drafts = [
        { id, script: draft.script, base: draft.base, text: draft.text, changed_ms: mockNow },
        ...drafts.filter((each) => each.id !== id),
      ];
      return id;
    },
    discardScriptDraft: ({ id }: { id: string }) => {
      drafts = drafts.filter((each) => each.id !== id);
      return null;
    },
  };
}
