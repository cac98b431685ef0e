import type { Brief, BriefOf, Candidate, TimelineItem } from '../bindings';
import { person } from './people';
import { raniaPromise, today } from './promises';
import { at, hour, mockNow, rania, ref, type Handlers } from './world';

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
      colleague: false,
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
  more_others: 0,
  script_name: 'first call-back after a long wait',
  at_hand: [],
  unfinished_call: null,
};

export const timeline: TimelineItem[] = [
  {
    at_ms: at(23, '08:40'),
    kind: 'message',
    what: 'voicemail',
    words: 'just wondering whether anyone got my message',
    by: 'Helen Barrow',
    mixed_up_with: null,
    other_ms: null,
    edit: null,
    inquiry: null,
  },
  {
    at_ms: at(3, '17:00'),
    kind: 'promise_passed',
    what: 'callback',
    words: 'ring back within one business day',
    by: null,
    mixed_up_with: null,
    other_ms: null,
    edit: null,
    inquiry: null,
  },
  {
    at_ms: at(2, '10:20'),
    kind: 'edit',
    what: 'change_person',
    words: 'Standing: inquirer',
    by: 'Helen Barrow',
    mixed_up_with: null,
    other_ms: null,
    edit: 'e-1',
    inquiry: null,
  },
  {
    at_ms: at(2, '10:16'),
    kind: 'promise_made',
    what: 'callback',
    words: 'ring back within one business day',
    by: 'Helen Barrow',
    mixed_up_with: null,
    other_ms: at(3, '17:00'),
    edit: null,
    inquiry: null,
  },
  {
    at_ms: at(2, '10:15'),
    kind: 'message',
    what: 'voicemail',
    words: 'asks about membership and the mentoring circle',
    by: 'Helen Barrow',
    mixed_up_with: null,
    other_ms: null,
    edit: null,
    inquiry: null,
  },
];

export const candidates: Candidate[] = [
  {
    person: brief.person,
    number_matches: true,
    phone_endings: ['016'],
    waits_for: 'asked how to join',
    waiting_since_ms: mockNow - 21 * 24 * hour,
    promise: 'o-rania',
    reach: 'k-1',
  },
  {
    person: { id: 'p-hadid', name: 'Rania Hadid', organisation: 'Northside Physio', standing: 'member' },
    number_matches: false,
    phone_endings: ['061', '700'],
    waits_for: null,
    waiting_since_ms: null,
    promise: null,
    reach: null,
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
    promise: null,
    reach: null,
  },
];

export const answers: Handlers = {
  briefs: ({ of }: { of: BriefOf[] }) => of.map(() => brief),
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
  timeline: () => timeline,
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
};
