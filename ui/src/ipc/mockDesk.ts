// The call desk, first run, settings and import, as the mock answers them. Never part of a build, like mock.ts.
import type {
  Answer,
  Answered,
  Call,
  Candidate,
  Draft,
  EditLine,
  Filing,
  ImportLine,
  Outcome,
  Preview,
  Question,
  ScriptStep,
  Standards,
  UnfinishedCall,
} from './bindings';
import { brief, mockNow, volunteers, type Handlers } from './mock';

const hour = 3_600_000;
const fail = (code: string, message: string) => () => {
  // The core's errors are plain objects, not instances of Error.
  throw { code, message };
};

const apology: ScriptStep = {
  node: 'apology',
  breadcrumb: [
    { label: 'Greeting', state: 'past', moves: 0 },
    { label: 'Apology', state: 'here', moves: null },
    { label: 'What she hopes for', state: 'ahead', moves: null },
    { label: 'Invitation', state: 'ahead', moves: null },
  ],
  hint: 'Say it once, and plainly. Then wait.',
  say: [
    { kind: 'filled', field: 'person.given', value: 'Rania' },
    { kind: 'text', text: ', this is ' },
    { kind: 'filled', field: 'caller.given', value: 'Helen' },
    { kind: 'text', text: ' from ' },
    { kind: 'filled', field: 'association.name', value: 'Northside Business Women' },
    { kind: 'text', text: '. You rang us on ' },
    { kind: 'filled', field: 'inquiry.first_asked_when', value: 'the second of November' },
    {
      kind: 'text',
      text: ' and again this morning, and nobody rang you back. I am sorry. That is not how we want you to meet us. Have you got ',
    },
    { kind: 'blank', field: null, question: 'how long? ask her' },
    { kind: 'text', text: ' now?' },
  ],
  ask: {
    question: [],
    choices: [
      { key: 1, label: 'Yes, go ahead' },
      { key: 2, label: 'Not now; another time' },
      { key: 3, label: 'She is annoyed' },
      { key: 4, label: 'No longer interested' },
    ],
  },
  objections: [
    { id: 'fees', label: 'What does it cost' },
    { id: 'time', label: 'I have no time' },
    { id: 'before', label: 'I’ve been before' },
  ],
  end: false,
};
const hopes: ScriptStep = {
  ...apology,
  node: 'hopes',
  breadcrumb: [
    { label: 'Greeting', state: 'past', moves: 0 },
    { label: 'Apology', state: 'past', moves: 1 },
    { label: 'What she hopes for', state: 'here', moves: null },
    { label: 'Invitation', state: 'ahead', moves: null },
  ],
  hint: null,
  say: [
    {
      kind: 'text',
      text: 'Before I tell you anything about us, I would like to hear about you.\n\nTake all the time you like.',
    },
  ],
  ask: {
    question: [{ kind: 'text', text: 'What made you think of us, and what would make it worth your while?' }],
    choices: [
      { key: 1, label: 'She tells me what she hopes for' },
      { key: 2, label: 'Only a question to answer' },
      { key: 3, label: 'She would rather read first' },
    ],
  },
};
const goodbye: ScriptStep = {
  ...hopes,
  node: 'goodbye',
  say: [{ kind: 'text', text: 'Thank you for your time. Goodbye.' }],
  ask: null,
  objections: [],
  end: true,
};

export const call: Call = {
  id: 'call-1',
  person: brief.person,
  reach: brief.reaches[0]!,
  dialled: { shown: '0412 555 016', tel: 'tel:+61412555016' },
  reason: 'ring back within one business day',
  promise: brief.promise,
  brief,
  began_ms: Date.now() - 134_000,
  ended_ms: null,
  notes: 'Second showroom doing well. Came to one breakfast years ago and felt invisible.',
  learned: 'Exports to Lebanon; wants to meet others who do',
  script_name: 'Call back after a long wait',
  step: apology,
  meant: null,
};

const option = (key: number, id: string, what: string | null = null, due: number | null = null) => ({
  key,
  id,
  what,
  due,
});
const questions: Record<string, Question> = {
  reached: {
    id: 'reached',
    prompt: 'outcome.reached',
    options: ['spoke', 'voicemail_left', 'no_answer', 'wrong_number'].map((id, n) => option(n + 1, id)),
    free: null,
    may_skip: false,
  },
  what_happened: {
    id: 'what_happened',
    prompt: 'outcome.what_happened',
    options: ['spoke', 'not_now', 'left_with_someone', 'do_not_call'].map((id, n) => option(n + 1, id)),
    free: null,
    may_skip: false,
  },
  learned: { id: 'learned', prompt: 'outcome.learned', options: [], free: 'lines', may_skip: true },
  next: {
    id: 'next',
    prompt: 'outcome.next',
    options: [
      option(1, 'proposal_1', 'Ring again', mockNow + 30 * hour),
      option(2, 'own_promise'),
      option(3, 'close'),
    ],
    free: null,
    may_skip: false,
  },
  promise_means: {
    id: 'promise_means',
    prompt: 'outcome.promise_means',
    options: ['ring', 'write', 'do'].map((id, n) => option(n + 1, id)),
    free: null,
    may_skip: false,
  },
  promise_what: {
    id: 'promise_what',
    prompt: 'outcome.promise_what',
    options: [],
    free: 'words',
    may_skip: false,
  },
  promise_when: {
    id: 'promise_when',
    prompt: 'outcome.promise_when',
    options: [
      option(1, 'today', null, mockNow + 8 * hour),
      option(2, 'next_day', null, mockNow + 32 * hour),
      option(3, 'in_a_week', null, mockNow + 7 * 24 * hour),
    ],
    free: 'time',
    may_skip: false,
  },
  close_reason: {
    id: 'close_reason',
    prompt: 'outcome.close_reason',
    options: ['answered', 'declined', 'do_not_contact', 'other'].map((id, n) => option(n + 1, id)),
    free: null,
    may_skip: false,
  },
  note_for_next: {
    id: 'note_for_next',
    prompt: 'outcome.note_for_next',
    options: [],
    free: 'words',
    may_skip: true,
  },
};

/** The way through the questions that the core would take. */
function standing(answers: Answered[]): Question | null {
  const given = Object.fromEntries(answers.map(({ question, answer }) => [question, answer])) as Record<
    string,
    Answer
  >;
  const picked = (id: string) => {
    const answer = given[id];
    return typeof answer === 'object' ? answer.pick : undefined;
  };
  const order = ['reached'];
  if (picked('reached') === 'spoke' || picked('reached') === 'no_answer') order.push('what_happened');
  if (picked('reached') === 'spoke') order.push('learned');
  order.push('next');
  if (picked('next') === 'own_promise') order.push('promise_means', 'promise_what', 'promise_when');
  if (picked('next') === 'close') order.push('close_reason');
  order.push('note_for_next');
  const open = order.find((id) => given[id] === undefined);
  return open ? questions[open]! : null;
}

function filingOf(draft: Draft): Filing {
  const question = standing(draft.answers);
  const words = (id: string) => {
    const answer = draft.answers.find((each) => each.question === id)?.answer;
    return typeof answer === 'object' ? answer.words : undefined;
  };
  const outcome: Outcome | null = question
    ? null
    : {
        result: 'spoke',
        learned: words('learned')?.split('\n') ?? [],
        notes: draft.notes,
        note_for_next: words('note_for_next') ?? null,
        next: {
          kind: 'promise',
          what: words('promise_what') ?? 'Ring again',
          means: 'ring',
          due: mockNow + 30 * hour,
        },
      };
  return { draft, question, outcome };
}

/** One desk with its one call, which goes on as it is answered. */
export function createDesk(begun: Call = call): Handlers {
  let now: Call = { ...begun };
  return {
    dialGate: () => ({ gate: 'open' }),
    beginCall: () => (now = { ...now, began_ms: Date.now() }),
    call: () => now,
    answerScript: ({ node, pick }: { node: string; pick: { choice?: number; objection?: string } }) => {
      if (node !== now.step.node) throw { code: 'conflict', message: 'That part of the script is past.' };
      const step = now.step.node === 'apology' && (pick.choice === 1 || pick.objection) ? hopes : goodbye;
      now = { ...now, step };
      return step;
    },
    scriptBack: () => {
      now = { ...now, step: apology };
      return apology;
    },
    jotCall: ({ notes, learned }: { notes: string; learned: string }) => {
      now = { ...now, notes, learned };
      return null;
    },
    endCall: () => {
      now = { ...now, ended_ms: Date.now() };
      return null;
    },
    filing: ({ draft }: { draft: Draft }) => filingOf(draft),
    answerFiling: ({
      draft,
      question,
      answer,
    }: {
      draft: Draft;
      question: Answered['question'];
      answer: Answer;
    }) => {
      if (standing(draft.answers)?.id !== question) {
        throw {
          code: 'conflict',
          message: 'That question is not open any more. Answer the one that is shown.',
        };
      }
      // As the core does: a proposal is kept as what was read, not as its number.
      const picked = standing(draft.answers)?.options.find(
        (each) => typeof answer === 'object' && each.id === answer.pick,
      );
      const kept: Answer =
        !picked || picked.due === null
          ? answer
          : picked.what
            ? { promise: { what: picked.what, means: 'ring', due: picked.due } }
            : { time: picked.due };
      return filingOf({ ...draft, answers: [...draft.answers, { question, answer: kept }] });
    },
    fileCall: () => ({ person: brief.person, next: brief.promise, standing: 'inquirer' }),
    whoElse: () => ({
      meant: brief.person,
      may_be: [
        {
          person: {
            id: 'p-karim',
            name: 'Karim Haddad',
            organisation: 'Haddad Interiors',
            standing: 'prospect',
          },
          same_name: false,
          sounds_alike: false,
          shares_number: true,
          phone_ending: '016',
          waits_for: null,
        },
        { ...brief.others[0]!, waits_for: 'the programme of the spring breakfast' },
      ],
      stays_open: brief.promise,
    }),
    switchPerson: () =>
      (now = {
        ...now,
        person: {
          id: 'p-karim',
          name: 'Karim Haddad',
          organisation: 'Haddad Interiors',
          standing: 'prospect',
        },
        meant: brief.person,
        step: {
          ...hopes,
          node: 'sorry',
          say: [{ kind: 'text', text: 'I am sorry; I took you for someone else.' }],
        },
      }),
    unfinishedCalls: () => [],
  };
}

const candidates: Candidate[] = [
  {
    person: brief.person,
    number_matches: true,
    phone_endings: ['016'],
    waits_for: 'asked how to join',
    waiting_since_ms: mockNow - 21 * 24 * hour,
  },
  {
    person: { id: 'p-hadid', name: 'Rania Hadid', organisation: 'Northside Physio', standing: 'member' },
    number_matches: false,
    phone_endings: ['061', '700'],
    waits_for: null,
    waiting_since_ms: null,
  },
  {
    person: {
      id: 'p-rtl',
      name: 'رانيا عبد الرحمن الحداد',
      organisation: 'شركة الحداد للتصميم',
      standing: 'applicant',
    },
    number_matches: false,
    phone_endings: ['160'],
    waits_for: null,
    waiting_since_ms: null,
  },
];

export const standards: Standards = {
  association: {
    name: 'Northside Business Women',
    country: 'AU',
    zone: 'Australia/Brisbane',
    calling_from_minute: 540,
    calling_to_minute: 1200,
    calling_weekend: false,
    quiet_from_minute: 1200,
    quiet_to_minute: 480,
  },
  openings: [0, 1, 2, 3, 4].flatMap((weekday) =>
    weekday === 2
      ? [
          { weekday, opens_minute: 540, closes_minute: 720 },
          { weekday, opens_minute: 780, closes_minute: 1020 },
        ]
      : [{ weekday, opens_minute: 540, closes_minute: 1020 }],
  ),
  closures: [
    { id: 'c-1', name: 'Christmas break', from_day: '2026-12-24', to_day: '2027-01-02' },
    { id: 'c-2', name: 'Australia Day', from_day: '2027-01-26', to_day: '2027-01-26' },
  ],
  targets: (
    ['voicemail', 'web_form', 'email', 'referral', 'event_card', 'walk_in', 'phone_call'] as const
  ).map((source) => ({
    source,
    target: { unit: 'days' as const, count: source === 'referral' || source === 'event_card' ? 2 : 1 },
  })),
  retry_rules: [
    { result: 'no_answer', attempt: 1, target: { unit: 'hours', count: 3 } },
    { result: 'no_answer', attempt: 2, target: { unit: 'days', count: 1 } },
    { result: 'no_answer', attempt: 3, target: { unit: 'days', count: 3 } },
    { result: 'busy', attempt: 1, target: { unit: 'minutes', count: 30 } },
    { result: 'voicemail_left', attempt: 1, target: { unit: 'days', count: 2 } },
  ],
};

const edits: EditLine[] = [
  {
    id: 'e-3',
    at_ms: mockNow - hour,
    actor: 'Helen Barrow',
    action: 'capture',
    label: 'Rania Haddad',
    undone: false,
  },
  {
    id: 'e-2',
    at_ms: mockNow - 2 * hour,
    actor: 'Moana Ota',
    action: 'hand_over',
    label: 'Tom Ashby',
    undone: true,
  },
  {
    id: 'e-1',
    at_ms: mockNow - 26 * hour,
    actor: null,
    action: 'import',
    label: 'members 2026.csv',
    undone: false,
  },
];

export const preview: Preview = {
  path: '/home/helen/members 2026.csv',
  file_name: 'members 2026.csv',
  encoding: 'windows-1252',
  delimiter: ';',
  columns: [
    { header: 'Record ID', field: 'external_id' },
    { header: 'First name', field: 'given' },
    { header: 'Last name', field: 'family' },
    { header: 'Company', field: 'organisation' },
    { header: 'Phone (work)', field: 'phone:work' },
    { header: 'E-mail', field: 'email' },
    { header: 'Internal remarks that nobody ever read and that has a very long heading', field: 'note' },
    { header: 'Unused', field: 'skip' },
  ],
  rows: [
    [
      'C-1047',
      'Rania',
      'Haddad',
      'Haddad Interiors',
      '07 5550 1016',
      'rania@haddad.example',
      'Call mornings',
      '',
    ],
    ['C-1048', 'رانيا', 'الحداد', 'شركة الحداد', '07 5550 1160', 'r@example.org', '', ''],
    ['C-1049', 'Étienne', 'Dubois', '', '0412 555 090', '', 'Asked for the fees in writing twice', ''],
  ],
  row_count: 1284,
  remarks: ['The file does not say how its letters are written. They look like windows-1252.'],
  fields: ['name', 'given', 'family', 'organisation', 'phone', 'email', 'external_id', 'note', 'tag', 'skip'],
};

const imports: ImportLine[] = [
  {
    import: 'im-1',
    file_name: 'members 2025.xlsx',
    began_ms: mockNow - 90 * 24 * hour,
    by: 'Helen Barrow',
    state: 'done',
    created: 1190,
    updated: 12,
    unchanged: 80,
    rejected: 2,
    rejects_file: '/home/helen/rejected.csv',
  },
  {
    import: 'im-2',
    file_name: 'event cards.csv',
    began_ms: mockNow - 4 * 24 * hour,
    by: 'Moana Ota',
    state: 'undone',
    created: 14,
    updated: 0,
    unchanged: 0,
    rejected: 0,
    rejects_file: null,
  },
];

const unfinished: UnfinishedCall[] = [
  { id: 'call-1', person: brief.person, began_ms: mockNow - hour, by: 'Helen Barrow' },
];

const closed = (code: string, message: string, hasPassphrase = true): Handlers => ({
  bookStatus: () => ({
    fault: { code, message } as never,
    folder: '/home/helen/.local/share/wellmet',
    has_passphrase: hasPassphrase,
    association: null,
    signed_in: null,
    version: '0.1.0',
  }),
  openBook: fail(code, message),
});

export const deskAnswers: Handlers = {
  countries: () => [
    {
      code: 'AU',
      zones: ['Australia/Sydney', 'Australia/Melbourne', 'Australia/Brisbane', 'Australia/Perth'],
    },
    { code: 'GB', zones: ['Europe/London'] },
    { code: 'NZ', zones: ['Pacific/Auckland', 'Pacific/Chatham'] },
    { code: 'US', zones: ['America/New_York', 'America/Chicago', 'America/Los_Angeles'] },
    { code: 'AE', zones: ['Asia/Dubai'] },
  ],
  createBook: () => ({ recovery_key: 'K7QM-3XWD-9RTF-HB2N-6PVC-ZD4E-8SGJ-Y5MAQ', in_keyring: true }),
  ...createDesk(),
  candidates: ({ typed }: { typed: string }) =>
    /^[\d\s+()-]+$/u.test(typed)
      ? candidates
      : candidates.filter((each) => each.person.name.toLowerCase().includes(typed.toLowerCase())),
  capture: () => ({
    person: brief.person,
    inquiry: 'i-rania',
    promise: 'o-rania',
    due_ms: mockNow + 8 * hour,
    joined: true,
    message_number: 3,
    waiting_ms: 21 * 24 * hour,
  }),
  readDate: ({ typed }: { typed: string }) => {
    if (typed.length < 3)
      throw { code: 'invalid', message: 'That is not a day that can be read. Try “next tue after 3”.' };
    return {
      at_ms: mockNow + 54 * hour,
      has_time: true,
      said: 'at',
      moved_past_closed: typed.includes('week'),
    };
  },
  standards: () => standards,
  desktopSettings: () => ({ autostart: true, timer: false }),
  backUp: () => '/home/helen/.local/share/wellmet/backups/2026-11-23 by-hand.wellmet',
  checkBook: () => ({ ok: true, findings: [] }),
  renewRecoveryKey: () => 'AAAA-3XWD-9RTF-HB2N-6PVC-ZD4E-8SGJ-Y5MAQ',
  lastEdits: () => edits,
  undoEdit: () => ({
    edit: 'e-3',
    action: 'capture',
    label: 'Rania Haddad',
    reversed: 3,
    kept: 0,
    failed: 0,
    rows: [],
  }),
  chooseImportFile: () => preview.path,
  previewImport: ({ mapping }: { mapping: Record<string, string> | null }) => ({
    ...preview,
    columns: preview.columns.map((column) => ({
      ...column,
      field: mapping?.[column.header] ?? column.field,
    })),
  }),
  startImport: () => 'im-3',
  imports: () => imports,
  undoImport: () => ({
    import: 'im-1',
    reversed: 1189,
    kept: 1,
    failed: 0,
    rows: [
      {
        table: 'person',
        row: 'x',
        person: 'p-rania',
        fate: 'kept',
        why: 'Rania Haddad: the place was changed since.',
      },
    ],
  }),
  chooseClosuresFile: () => '/home/helen/holidays.ics',
  importClosures: () => ({
    added: 8,
    left_out: [{ event: 'Team lunch', line: 41, why: 'It is only a few hours.' }],
  }),
};

/** What the address asks for while one draws: `?mock=first`, `?mock=locked`, … */
export const deskScenarios: Record<string, Handlers> = {
  first: closed('no_book', 'There is no book here yet.'),
  firstNoKeyring: {
    ...closed('no_book', 'There is no book here yet.'),
    createBook: ({ book }: { book: { passphrase: string | null } }) => {
      if (!book.passphrase) throw { code: 'key_needed', message: 'No keyring answers. Choose a passphrase.' };
      return { recovery_key: 'K7QM-3XWD-9RTF-HB2N-6PVC-ZD4E-8SGJ-Y5MAQ', in_keyring: false };
    },
  },
  locked: {
    ...closed('key_needed', 'The key of this book is in no keyring that answers.'),
    unlockBook: fail(
      'wrong_key',
      'That passphrase does not open this book. Type it again, or use the recovery key.',
    ),
  },
  keyring: closed('keyring_locked', 'The keyring “Login” is locked.'),
  busy: closed('book_busy', 'Another Wellmet (process 4711) has this book open.'),
  newer: closed('book_newer', 'Wellmet 0.4.0 wrote this book; this is 0.1.0.'),
  damaged: closed(
    'book_damaged',
    'Page 17 of book.db is not whole. The last good backup is of Friday, 17:00.',
  ),
  readOnly: closed('read_only', 'The folder may not be written: permission denied.'),
  signIn: {
    bookStatus: () => ({
      fault: null,
      folder: '',
      has_passphrase: false,
      association: standards.association,
      signed_in: null,
      version: '0.1.0',
    }),
    volunteers: () => [
      ...volunteers,
      { id: 'v-4', name: 'رانيا عبد الرحمن الحداد', role: 'volunteer', has_pin: false, left: false },
      {
        id: 'v-5',
        name: 'Wilhelmina Featherstonehaugh-Cholmondeley van der Westhuizen',
        role: 'volunteer',
        has_pin: true,
        left: false,
      },
    ],
    signIn: fail('refused', 'That is not the PIN of this volunteer.'),
  },
  confirm: {
    dialGate: () => ({
      gate: 'confirm',
      question: 'organisation',
      choices: [
        { key: 'a', label: 'Haddad Interiors' },
        { key: 'b', label: 'Northside Physio' },
        { key: 'none', label: 'Neither of these' },
      ],
      others: brief.others,
    }),
  },
  refused: {
    dialGate: () => ({
      gate: 'refused',
      why: 'Rania asked on 4 November not to be rung. Write to her instead.',
    }),
  },
  notNow: {
    dialGate: () => ({
      gate: 'not_now',
      not_now: {
        why: 'It is 7:12 in Perth, and people may be rung there from 9:00.',
        from_ms: mockNow + 2 * hour,
        place: 'Perth',
      },
    }),
  },
  twoNumbers: {
    brief: () => ({
      ...brief,
      reaches: [
        brief.reaches[0]!,
        { ...brief.reaches[0]!, id: 'k-9', label: 'Showroom', ending: '500', shared_with: 2, best_times: '' },
      ],
    }),
  },
  longNames: createDesk({
    ...call,
    person: {
      id: 'p-long',
      name: 'Wilhelmina Featherstonehaugh-Cholmondeley van der Westhuizen',
      organisation: 'Cooperative of Cabinetmakers and Joiners of Northern Queensland',
      standing: 'lapsed',
    },
    step: {
      ...apology,
      say: [
        { kind: 'text', text: 'Hello ' },
        { kind: 'filled', field: 'person.full', value: 'رانيا عبد الرحمن الحداد' },
        { kind: 'text', text: ', this is ' },
        { kind: 'filled', field: 'caller.given', value: 'Wilhelmina Featherstonehaugh-Cholmondeley' },
        { kind: 'text', text: '.' },
      ],
      ask: {
        question: [],
        choices: [
          {
            key: 1,
            label:
              'She would like to, and wants to know everything about the fees before she says anything else at all',
          },
          { key: 2, label: 'لا، شكرا' },
        ],
      },
    },
  }),
  ended: createDesk({ ...call, ended_ms: Date.now() }),
  unfinished: { unfinishedCalls: () => unfinished },
  volunteer: {
    bookStatus: () => ({
      fault: null,
      folder: '',
      has_passphrase: false,
      association: standards.association,
      signed_in: volunteers[1]!,
      version: '0.1.0',
    }),
  },
  noSave: {
    capture: fail('disk_full', 'The disk is full. Make some room, and save again.'),
    jotCall: fail('disk_full', 'The disk is full.'),
    fileCall: fail('conflict', 'Someone filed this call already.'),
  },
  noClosures: {
    standards: () => ({ ...standards, closures: [] }),
    imports: () => [],
  },
};
