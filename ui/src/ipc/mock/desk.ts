// One call and what comes of it, as the core would let it go.
import type { Call, Jotted, ScriptStep } from '../bindings';
import { brief } from './calls';
import { createFiling } from './filing';
import { hour, mockNow, type Handlers } from './world';

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
      { key: 1, label: 'Yes, go ahead', sets: [] },
      { key: 2, label: 'Not now; another time', sets: [] },
      { key: 3, label: 'She is annoyed', sets: [] },
      { key: 4, label: 'No longer interested', sets: [] },
    ],
    free: null,
  },
  objections: [
    { id: 'fees', label: 'What does it cost' },
    { id: 'time', label: 'I have no time' },
    { id: 'before', label: 'I’ve been before' },
  ],
  end: false,
  has_machine: true,
  machine: null,
  noted: [],
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
      { key: 1, label: 'She tells me what she hopes for', sets: [] },
      { key: 2, label: 'Only a question to answer', sets: [] },
      { key: 3, label: 'She would rather read first', sets: [] },
    ],
    free: null,
  },
};
/** They may say anything. */
export const asksFreely: ScriptStep = {
  ...apology,
  node: 'hopes',
  say: [{ kind: 'text', text: 'I would like to hear about you first.' }],
  ask: {
    question: [{ kind: 'text', text: 'What do you hope for?' }],
    choices: [],
    free: { kind: 'words', sets: [{ kind: 'fact', name: 'hopes for' }] },
  },
};
/** A machine answers, and its owner wants us unnamed. */
export const meetsMachine: ScriptStep = {
  ...apology,
  node: 'Machine',
  hint: 'No association, no reason, no number.',
  say: [{ kind: 'text', text: 'Hello, this is Helen, with a message for Rania.' }],
  ask: null,
  objections: [],
  end: true,
  machine: { wishes: 'yes_without_name', leave: 'discreet' },
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
  dialled: {
    shown: '0412 555 016',
    tel: 'tel:+61412555016',
    qr: { size: 29, path: 'M4 4h7v1h-7zM4 10h7v1h-7zM18 4h7v1h-7zM4 24h7v1h-7z' },
  },
  voicemail: 'yes_and_name_us',
  inbound: false,
  logged: false,
  reason: 'ring back within one business day',
  promise: brief.promise,
  brief,
  began_ms: Date.now() - 134_000,
  ended_ms: null,
  notes: 'Second showroom doing well. Came to one breakfast years ago and felt invisible.',
  learned: 'Exports to Lebanon; wants to meet others who do',
  begun_answer: null,
  script: 's-late',
  script_name: 'Call back after a long wait',
  step: apology,
  meant: null,
};

/** One desk with its one call, which goes on as it is answered. */
export function createDesk(begun: Call = call): Handlers {
  let now: Call = { ...begun };
  return {
    ...createFiling(),
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
    jotCall: ({ jotted }: { jotted: Jotted }) => {
      now = { ...now, ...jotted };
      return null;
    },
    endCall: () => {
      now = { ...now, ended_ms: Date.now() };
      return null;
    },
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
          colleague: false,
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

export const scenarios: Record<string, Handlers> = {
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
      until_ms: null,
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
            sets: [],
          },
          { key: 2, label: 'لا، شكرا', sets: [] },
        ],
        free: null,
      },
    },
  }),
  ended: createDesk({ ...call, ended_ms: Date.now() }),
  unfinished: {
    unfinishedCalls: () => [
      { id: call.id, person: call.person, began_ms: mockNow - hour, by: 'Helen Barrow', ended: true },
    ],
  },
};
