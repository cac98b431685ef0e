import type { FieldChange, Person, PersonRow, Reach, Standing } from '../bindings';
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

export const answers: Handlers = {
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
  history: () => history,
};
