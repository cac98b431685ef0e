import type {
  CustomField,
  CustomFieldUse,
  FieldChange,
  Letter,
  MergePreview,
  PairPage,
  PeopleQuery,
  Person,
  PersonRow,
  Reach,
  SavedView,
  Standing,
} from '../bindings';
import { at, day, hour, helen, mo, mockNow, type Handlers } from './world';

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
  birth_day: '1981-03-04',
  removed: false,
  merged_into: null,
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
  fields: [
    { field: 'field-diet', name: 'Diet', kind: 'choice', value: 'Vegetarian' },
    { field: 'field-joined', name: 'Joined', kind: 'date', value: '2019-07-01' },
  ],
};

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

const other: Person = {
  ...person,
  id: 'p-ranya',
  given: 'Ranya',
  family: 'Hadad',
  name: 'Ranya Hadad',
  standing: 'member',
  birth_day: '',
  facts: [],
};

const along = { touches: 3, messages: 1, promises: 2, facts: 1, reaches: 2, tags: 0, roles: 1 };

export const mergePreview: MergePreview = {
  kept: person,
  other,
  kept_has: along,
  comes_along: { ...along, touches: 0 },
  fields: [
    { field: 'name', kept: 'Rania Haddad', other: 'Ranya Hadad', conflict: true, takes_other: false },
    { field: 'standing', kept: 'inquirer', other: 'member', conflict: true, takes_other: false },
    { field: 'birth_day', kept: '1981-03-04', other: '', conflict: false, takes_other: false },
    { field: 'place', kept: 'New Farm', other: 'New Farm', conflict: false, takes_other: false },
  ],
  own_fields: [
    {
      field: 'field-diet',
      name: 'Diet',
      kind: 'choice',
      kept: 'Vegetarian',
      other: 'Halal',
      conflict: true,
      takes_other: false,
    },
  ],
  said: ['One of them asked not to be called: that stands.'],
  reasons: [],
};

const ref = ({ id, name, standing }: Person) => ({ id, name, standing, organisation: 'Haddad Interiors' });

export const pairPage: PairPage = {
  pairs: [
    {
      id: 's-1',
      one: ref(person),
      other: ref(other),
      score: 0.97,
      level: 'narrow',
      reasons: [
        { words: '“Rania” and “Ranya” are a slip of the finger apart', speaks_for: true },
        { words: 'The same phone number, ••• 016', speaks_for: true },
        { words: 'Other e-mail addresses', speaks_for: false },
      ],
    },
    {
      id: 's-2',
      one: { id: 'row-4', name: 'Samir Okafor', organisation: null, standing: 'member' },
      other: { id: 'row-5', name: 'S. Okafor', organisation: null, standing: 'prospect' },
      score: 0.51,
      level: 'broad',
      reasons: [{ words: 'The same family name, Okafor', speaks_for: true }],
    },
  ],
  next: null,
  total: 2,
  narrow: 1,
  looked_for: { at_ms: mockNow, people: 10_000 },
};

export const customFields: CustomField[] = [
  {
    id: 'field-diet',
    name: 'Diet',
    kind: 'choice',
    options: [
      { id: 'option-veg', name: 'Vegetarian' },
      { id: 'option-halal', name: 'Halal' },
      { id: 'option-none', name: 'Anything' },
    ],
  },
  { id: 'field-number', name: 'Member number', kind: 'number', options: [] },
  { id: 'field-joined', name: 'Joined', kind: 'date', options: [] },
  { id: 'field-hobby', name: 'Hobby', kind: 'text', options: [] },
];

const used = [40, 812, 790, 0];
const fieldsInUse: CustomFieldUse[] = customFields.map((field, at) => ({
  field,
  people: used[at] ?? 0,
  chosen: field.options.map((_, option) => [30, 8, 2][option] ?? 0),
}));

let views: SavedView[] = [
  { id: 'view-1', name: 'Lapsed, for a year', query: { standings: ['lapsed'], quiet_days: 365 } },
];

const orders: number[][] = [];

function inOrder(query: PeopleQuery): number[] {
  const words = (query.words ?? '').toLowerCase();
  const all = Array.from({ length: everyone }, (_, n) => n).filter((n) =>
    personRow(n).name.toLowerCase().includes(words),
  );
  return query.descending ? all.reverse() : all;
}

export const answers: Handlers = {
  firstPeople: ({ query, limit }: { query: PeopleQuery; limit: number }) => {
    if (query.sort !== null && query.sort !== 'name') return null;
    const all = inOrder(query);
    return { rows: all.slice(0, limit).map(personRow), more: all.length > limit, near: false };
  },
  orderPeople: ({ query }: { query: PeopleQuery }) => {
    const all = inOrder(query);
    orders.push(all);
    const letters: Letter[] = query.words
      ? []
      : [...'abcdehkmnoprstvz'].map((letter, n, { length }) => ({
          letter,
          at: Math.floor((n / length) * all.length),
        }));
    return { list: orders.length - 1, people: all.length, letters };
  },
  peopleAt: ({ list, from, limit }: { list: number; from: number; limit: number }) =>
    (orders[list] ?? []).slice(from, from + limit).map(personRow),
  whoIsAt: ({ list, from, to }: { list: number; from: number; to: number }) =>
    (orders[list] ?? []).slice(from, to).map((n) => personRow(n).id),
  peopleChoices: () => ({
    tags: [
      { value: 'mentor', people: 214 },
      { value: 'breakfast 2026', people: 81 },
    ],
    sources: [
      { value: 'voicemail', people: 9 },
      { value: 'Trade fair', people: 640 },
    ],
    places: [
      { value: 'Brisbane', people: 802 },
      { value: 'Perth', people: 41 },
    ],
  }),
  savedViews: () => views,
  saveView: ({ name, query }: { name: string; query: PeopleQuery }) => {
    views = [...views.filter((view) => view.name !== name), { id: `view-${name}`, name, query }];
    return `view-${name}`;
  },
  removeView: ({ id }: { id: string }) => {
    views = views.filter((view) => view.id !== id);
    return null;
  },
  person: ({ id }: { id: string }) => ({ ...person, id }),
  history: () => history,
  customFields: () => customFields,
  customFieldsInUse: () => fieldsInUse,
  tags: () => [
    { value: 'breakfast 2026', people: 81 },
    { value: 'mentor', people: 214 },
    { value: 'mentr', people: 3 },
  ],
  duplicates: () => pairPage,
  lookForDuplicates: () => 2,
  whoMayItBe: () => [],
  notTheSame: () => null,
  previewMerge: () => mergePreview,
  mergePeople: () => 'm-1',
  previewMergeMany: () => ({
    pairs: 1,
    names: [[pairPage.pairs[0]!.one, pairPage.pairs[0]!.other]],
    left: [],
    left_count: 0,
  }),
  mergeMany: () => ({ edit: 'e-1', merged: 1, left: [], left_count: 0 }),
  mergesOf: () => [],
};
