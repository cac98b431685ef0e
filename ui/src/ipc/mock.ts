// A small association that answers in the shell's place: for vitest, and for `vite` in a browser while one draws.
// It is never part of a build: main.tsx imports it under `import.meta.env.DEV` alone.
import { mockIPC } from '@tauri-apps/api/mocks';
import type {
  Brief,
  commands,
  FieldChange,
  InboxItem,
  Keeper,
  Person,
  PersonRef,
  PersonRow,
  PromiseView,
  Reach,
  Standing,
  TimelineItem,
  Today,
  TodayItem,
  Volunteer,
} from './bindings';

type Data<T> = Exclude<T, { status: 'error' }> extends { data: infer D } ? D : T;
/** One answer a command, by the command's name; each may throw a `{ code, message }`, as the core does. */
export type Handlers = {
  [K in keyof typeof commands]?: (args: never) => Data<Awaited<ReturnType<(typeof commands)[K]>>>;
};

/** Monday 23 November 2026, 9:12 in Brisbane. */
export const mockNow = Date.parse('2026-11-22T23:12:00Z');
const hour = 3_600_000;
const day = 24 * hour;
/** An instant of that month in Brisbane. */
const at = (date: number, time: string) =>
  Date.parse(`2026-11-${String(date).padStart(2, '0')}T${time}:00+10:00`);

export const volunteers: Volunteer[] = [
  { id: 'v-helen', name: 'Helen Barrow', role: 'director', has_pin: false, left: false },
  { id: 'v-mo', name: 'Moana Ota', role: 'volunteer', has_pin: true, left: false },
  { id: 'v-joan', name: 'Joan Whitlam', role: 'volunteer', has_pin: true, left: false },
];
const helen: Keeper = { id: 'v-helen', name: 'Helen Barrow', initials: 'HB' };
const mo: Keeper = { id: 'v-mo', name: 'Moana Ota', initials: 'MO' };

const ref = (id: string, name: string, organisation: string | null, standing: Standing): PersonRef => ({
  id,
  name,
  organisation,
  standing,
});

const promise = (
  id: string,
  person: string,
  what: string,
  due_ms: number,
  keeper: Keeper | null,
  rest: Partial<PromiseView> = {},
): PromiseView => ({
  id,
  person,
  kind: 'callback',
  what,
  keeper,
  made_ms: due_ms - day,
  due_ms,
  next_try_ms: null,
  attempt: 0,
  state: 'open',
  ended_ms: null,
  end_reason: '',
  inquiry: null,
  ...rest,
});

const item = (
  person: PersonRef,
  owed: PromiseView,
  reason: string,
  waiting_ms: number,
  rest: Partial<TodayItem> = {},
): TodayItem => ({
  person,
  promise: owed,
  reason: [{ text: reason, record: { kind: 'promise', id: owed.id } }],
  waiting_ms,
  at_ms: owed.due_ms,
  due_soon: false,
  not_now: null,
  ...rest,
});

const rania = ref('p-rania', 'Rania Haddad', 'Haddad Interiors', 'inquirer');
const raniaPromise = promise(
  'o-rania',
  'p-rania',
  'ring back within one business day',
  at(3, '17:00'),
  helen,
  {
    inquiry: 'i-rania',
  },
);

export const today: Today = {
  at_ms: mockNow,
  more: 0,
  groups: [
    {
      name: 'late',
      items: [
        item(
          rania,
          raniaPromise,
          'Asked on 2 November how to join; left a second message this morning. Nobody has rung her.',
          21 * day,
        ),
        item(
          ref('p-tom', 'Tom Ashby', 'Ashby & Sons', 'member'),
          promise('o-tom', 'p-tom', 'ring about the March training', at(21, '17:00'), mo, {
            kind: 'own_word',
          }),
          'You said you would ring on Friday about the March training.',
          3 * day,
        ),
      ],
    },
    {
      name: 'today',
      items: [
        item(
          ref('p-ngozi', 'Ngozi Eze', 'Blue Wren Bakery', 'prospect'),
          promise('o-ngozi', 'p-ngozi', 'call within two days', at(23, '11:00'), helen),
          'Came as Priya Nair’s guest to the breakfast; call within two days.',
          2 * day,
          { due_soon: true },
        ),
        item(
          ref('p-margaret', 'Margaret O’Donnell', null, 'member'),
          promise('o-margaret', 'p-margaret', 'tell her the answer', at(23, '17:00'), helen, {
            kind: 'decision',
          }),
          'Asked to pay by instalments. Joan decides today; tell her the answer.',
          4 * day,
        ),
        item(
          ref('p-lukas', 'Lukas Brandt', 'Brandt Joinery', 'member'),
          promise('o-lukas', 'p-lukas', 'introduce him to Ana Silva', at(23, '17:00'), mo, {
            kind: 'plan_step',
          }),
          'Week three of the first ninety days: introduce him to Ana Silva.',
          day,
        ),
        item(
          ref('p-rtl', 'رانيا عبد الرحمن الحداد', 'شركة الحداد للتصميم', 'applicant'),
          promise('o-rtl', 'p-rtl', 'ask how it sits with her', at(23, '17:00'), helen, {
            kind: 'recovery_check',
          }),
          'Late invoice was our mistake. Joan put lunch on the house; ask how it sits with her.',
          day,
        ),
      ],
    },
    {
      name: 'coming',
      items: [
        item(
          ref(
            'p-long',
            'Wilhelmina Featherstonehaugh-Cholmondeley van der Westhuizen',
            'Cooperative of Cabinetmakers and Joiners of Northern Queensland',
            'lapsed',
          ),
          promise('o-long', 'p-long', 'ask her back', at(25, '15:00'), null, { kind: 'own_word' }),
          'Let her membership lapse in June, and said to ask again after the harvest.',
          5 * day,
        ),
      ],
    },
    {
      name: 'not_now',
      items: [
        item(
          ref('p-mei', 'Mei Tanaka', null, 'prospect'),
          promise('o-mei', 'p-mei', 'ring back', at(23, '15:00'), helen),
          'Left a message on Friday.',
          3 * day,
          { not_now: { why: 'It is 7:12 in Perth.', from_ms: at(23, '11:00'), place: 'Perth' } },
        ),
      ],
    },
  ],
};

const reach = (id: string, rest: Partial<Reach>): Reach => ({
  id,
  kind: 'phone',
  shown: '•••• ••• 016',
  ending: '016',
  label: 'Mobile',
  state: 'good',
  voicemail: 'yes_and_name_us',
  best_times: 'mornings',
  unreadable: false,
  shared_with: 0,
  ...rest,
});

export const person: Person = {
  id: 'p-rania',
  given: 'Rania',
  family: 'Haddad',
  name: 'Rania Haddad',
  standing: 'inquirer',
  place: 'New Farm, Brisbane',
  zone: 'Australia/Brisbane',
  country: null,
  keeper: helen,
  external_id: 'C-1047',
  do_not_call: false,
  source: 'voicemail',
  created_ms: at(2, '10:15'),
  removed: false,
  roles: [
    { id: 'r-1', organisation_id: 'org-1', organisation: 'Haddad Interiors', title: 'Owner', to_day: null },
    {
      id: 'r-2',
      organisation_id: 'org-2',
      organisation: 'Harbour Design Studio',
      title: 'Designer',
      to_day: '2023-06-30',
    },
  ],
  reaches: [
    reach('k-1', {}),
    reach('k-2', {
      kind: 'email',
      shown: 'rania@haddad-interiors.example',
      ending: null,
      label: '',
      voicemail: 'unknown',
      best_times: '',
    }),
    reach('k-3', {
      shown: '•••• ••• 500',
      ending: '500',
      label: 'Showroom',
      state: 'disconnected',
      voicemail: 'unknown',
      best_times: '',
      shared_with: 2,
    }),
  ],
  consents: [{ channel: 'phone', allowed: true, since_ms: at(2, '10:15'), how: 'asked to be rung back' }],
  facts: [
    {
      id: 'f-1',
      words: 'Opened a second showroom in September',
      learned_ms: at(2, '10:15'),
      learned_from: 'her message',
    },
    { id: 'f-2', words: 'Heard of us from Priya Nair', learned_ms: at(2, '10:15'), learned_from: 'Priya' },
    { id: 'f-3', words: 'Wants a mentor in export', learned_ms: at(2, '10:15'), learned_from: '' },
  ],
  tags: ['design', 'export'],
};

export const brief: Brief = {
  person: rania,
  title: 'Owner',
  place: 'New Farm, Brisbane',
  roles: person.roles,
  reason: [
    { text: 'Rania asked on 2 November how to join', record: { kind: 'message', id: 'm-1' } },
    { text: ', and ', record: null },
    { text: 'left a second message this morning at 8:40', record: { kind: 'message', id: 'm-2' } },
    { text: '. ', record: null },
    { text: 'We promised to ring within one business day', record: { kind: 'promise', id: 'o-rania' } },
    { text: ' and have not.', record: null },
  ],
  late: true,
  promise: raniaPromise,
  last_promise: null,
  waiting_since_ms: at(2, '10:15'),
  messages: [
    {
      received_ms: at(2, '10:15'),
      source: 'voicemail',
      words: 'asks about membership and the mentoring circle',
      taken_by: 'Helen Barrow',
    },
    {
      received_ms: at(23, '08:40'),
      source: 'voicemail',
      words: 'just wondering whether anyone got my message',
      taken_by: 'Helen Barrow',
    },
  ],
  others: [
    {
      person: ref('p-hadid', 'Rania Hadid', 'Northside Physio', 'member'),
      same_name: false,
      sounds_alike: true,
      shares_number: false,
      phone_ending: '061',
      waits_for: null,
    },
  ],
  facts: person.facts,
  touches: [],
  note_for_next: null,
  reaches: [person.reaches[0]!],
  not_now: null,
  their_minute: 552,
  script_name: 'first call-back after a long wait',
  unfinished_call: null,
};

export const timeline: TimelineItem[] = [
  {
    at_ms: at(23, '08:40'),
    kind: 'message',
    what: 'voicemail',
    words: 'just wondering whether anyone got my message',
    by: 'Helen Barrow',
    other_ms: null,
    edit: null,
  },
  {
    at_ms: at(3, '17:00'),
    kind: 'promise_passed',
    what: 'callback',
    words: 'ring back within one business day',
    by: null,
    other_ms: null,
    edit: null,
  },
  {
    at_ms: at(2, '10:20'),
    kind: 'edit',
    what: 'change_person',
    words: 'Standing: inquirer',
    by: 'Helen Barrow',
    other_ms: null,
    edit: 'e-1',
  },
  {
    at_ms: at(2, '10:16'),
    kind: 'promise_made',
    what: 'callback',
    words: 'ring back within one business day',
    by: 'Helen Barrow',
    other_ms: at(3, '17:00'),
    edit: null,
  },
  {
    at_ms: at(2, '10:15'),
    kind: 'message',
    what: 'voicemail',
    words: 'asks about membership and the mentoring circle',
    by: 'Helen Barrow',
    other_ms: null,
    edit: null,
  },
];

const history: FieldChange[] = [
  {
    seq: 7,
    edit: 'e-1',
    at_ms: at(2, '10:20'),
    actor: 'Helen Barrow',
    action: 'change_person',
    table: 'person',
    field: 'place',
    before: 'Brisbane',
    after: 'New Farm, Brisbane',
  },
];

export const inbox: InboxItem[] = [
  {
    id: 'n-1',
    person: 'p-rania',
    name: 'Rania Haddad',
    promise: 'o-rania',
    reason: 'Asked on 2 November how to join; left a second message this morning.',
    due_ms: at(3, '17:00'),
    shown_ms: at(23, '09:00'),
    seen: false,
  },
  {
    id: 'n-2',
    person: 'p-ngozi',
    name: 'Ngozi Eze',
    promise: 'o-ngozi',
    reason: 'Came as Priya Nair’s guest to the breakfast.',
    due_ms: at(23, '11:00'),
    shown_ms: at(23, '09:00'),
    seen: true,
  },
];

const given = ['Ana', 'Priya', 'Lukas', 'Siobhan', 'Tom', 'Mei', 'Ngozi', 'Étienne', 'Zoë', 'Hana'];
const family = [
  'Silva',
  'Nair',
  'Brandt',
  'Kelly',
  'Ashby',
  'Tanaka',
  'Eze',
  'Dubois',
  'Papadopoulos',
  'Novák',
];
const standings: Standing[] = ['member', 'member', 'prospect', 'inquirer', 'lapsed', 'member', 'applicant'];

/** The nth of however many people one wants. */
export function personRow(n: number): PersonRow {
  const name = `${given[n % 10]} ${family[Math.floor(n / 10) % 10]}`;
  return {
    id: `row-${n}`,
    name: n === 4 ? 'رانيا عبد الرحمن الحداد' : name,
    organisation: n % 3 === 0 ? null : `${family[(n * 7) % 10]} & Co`,
    standing: standings[n % standings.length]!,
    place: ['Brisbane', 'New Farm', 'Perth', ''][n % 4]!,
    keeper: n % 2 === 0 ? helen : n % 5 === 0 ? null : mo,
    last_touch_ms: n % 4 === 0 ? null : mockNow - (n % 50) * day,
    waiting_since_ms: n % 9 === 1 ? mockNow - (n % 23) * day - hour : null,
    do_not_call: n % 17 === 3,
    phone_ending: String((n * 37) % 1000).padStart(3, '0'),
    email: n % 3 === 1 ? `${given[n % 10]!.toLowerCase()}@example.org` : null,
  };
}

const everyone = 10_000;

export const answers: Handlers = {
  bookStatus: () => ({
    fault: null,
    folder: '/home/helen/.local/share/wellmet',
    has_passphrase: false,
    association: {
      name: 'Northside Business Women',
      country: 'AU',
      zone: 'Australia/Brisbane',
      calling_from_minute: 540,
      calling_to_minute: 1200,
      calling_weekend: false,
      quiet_from_minute: 1260,
      quiet_to_minute: 420,
    },
    signed_in: volunteers[0]!,
    version: '0.1.0',
  }),
  volunteers: () => volunteers,
  counts: () => ({ late: 2, people: 1284, inbox: 1, unfinished_calls: 0 }),
  today: ({ keeper }: { keeper: string | null }) =>
    keeper === null
      ? today
      : {
          ...today,
          groups: today.groups.map((group) => ({
            ...group,
            items: group.items.filter((each) => each.promise.keeper?.id === keeper),
          })),
        },
  brief: ({ person: id }: { person: string }) => {
    const found = today.groups.flatMap((group) => group.items).find((each) => each.person.id === id);
    if (!found || id === 'p-rania') return brief;
    return {
      ...brief,
      person: found.person,
      title: '',
      place: '',
      reason: found.reason,
      late: found.promise.due_ms < mockNow,
      promise: found.promise,
      messages: [],
      others: [],
      facts: [],
      reaches: brief.reaches.map((each) => ({ ...each, voicemail: 'unknown' as const })),
      not_now: found.not_now,
    };
  },
  people: ({ query, after, limit }: { query: { words?: string }; after: string | null; limit: number }) => {
    const words = (query.words ?? '').toLowerCase();
    const from = after === null ? 0 : Number(after);
    const all = Array.from({ length: everyone }, (_, n) => n);
    const matching = words ? all.filter((n) => personRow(n).name.toLowerCase().includes(words)) : all;
    const rows = matching.slice(from, from + limit).map(personRow);
    return {
      rows,
      next: from + limit < matching.length ? String(from + limit) : null,
      total: matching.length,
    };
  },
  person: ({ id }: { id: string }) => ({ ...person, id }),
  timeline: () => timeline,
  promisesOf: () => [
    raniaPromise,
    promise('o-word', 'p-rania', 'send her the programme of the mentoring circle', at(25, '09:00'), mo, {
      kind: 'own_word',
    }),
  ],
  history: () => history,
  inbox: () => inbox,
  unfinishedCalls: () => [],
  readDate: ({ typed }: { typed: string }) => {
    if (!typed.includes('tue')) {
      throw { code: 'invalid', message: `“${typed}” is not a time. Write one such as “tue 3pm”.` };
    }
    return { at_ms: at(24, '15:00'), has_time: true, said: 'at', moved_past_closed: false };
  },
  undoLast: () => ({
    edit: 'e-2',
    action: 'change_person',
    label: 'Rania Haddad',
    reversed: 1,
    kept: 0,
    failed: 0,
    rows: [],
  }),
};

const camel = (command: string) => command.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());

/** Answers in the shell's place until `clearMocks`. A command without an answer does nothing and succeeds. */
export function installMock(changed: Handlers = {}): void {
  mockIPC(
    (command, args) => {
      const name = camel(command) as keyof Handlers;
      const answer = (changed[name] ?? answers[name]) as ((args: unknown) => unknown) | undefined;
      return answer ? answer(args) : null;
    },
    { shouldMockEvents: true },
  );
}

const fail = () => {
  // The core's errors are plain objects, not instances of Error.
  throw {
    code: 'book_damaged',
    message: 'The book’s file is not whole. The last good backup is of Friday, 17:00.',
  };
};

/** What the address asks for while one draws: `?mock=empty`, `?mock=error`, `?mock=many`, `?mock=slow`. */
export const scenarios: Record<string, Handlers> = {
  empty: {
    today: () => ({ ...today, groups: today.groups.map((group) => ({ ...group, items: [] })) }),
    people: () => ({ rows: [], next: null, total: 0 }),
    person: ({ id }: { id: string }) => ({
      ...person,
      id,
      roles: [],
      reaches: [],
      consents: [],
      facts: [],
      tags: [],
      keeper: null,
      place: '',
      external_id: null,
    }),
    timeline: () => [],
    promisesOf: () => [],
    inbox: () => [],
    history: () => [],
    counts: () => ({ late: 0, people: 0, inbox: 0, unfinished_calls: 0 }),
  },
  error: { today: fail, people: fail, person: fail, inbox: fail },
  many: {
    today: () => ({
      ...today,
      groups: today.groups.map((group) => ({
        ...group,
        items: Array.from({ length: 100 }, (_, n) =>
          group.items.map((each) => ({
            ...each,
            promise: { ...each.promise, id: `${each.promise.id}-${n}` },
          })),
        ).flat(),
      })),
      more: 9_600,
    }),
  },
};
