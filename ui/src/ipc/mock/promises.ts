import type { InboxItem, Keeper, PersonRef, PromiseView, TodayItem, TodayShown } from '../bindings';
import { at, day, helen, mo, mockNow, rania, ref, type Handlers } from './world';

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
  made_by: keeper?.name ?? null,
  by_ringing: rest.kind !== 'own_word' && rest.kind !== 'decision',
  from_ms: null,
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

export const raniaPromise = promise(
  'o-rania',
  'p-rania',
  'ring back within one business day',
  at(3, '17:00'),
  helen,
  {
    inquiry: 'i-rania',
  },
);

export const today: TodayShown = {
  at_ms: mockNow,
  more: 0,
  letters: [],
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

/** What is owed to Rania. */
export const promises: PromiseView[] = [
  raniaPromise,
  promise('o-word', 'p-rania', 'send her the programme of the mentoring circle', at(25, '09:00'), mo, {
    kind: 'own_word',
  }),
];

export const answers: Handlers = {
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
  promisesOf: () => promises,
  inbox: () => inbox,
  theirTime: () => ({ there: null, not_then: null }),
  readDate: ({ typed }: { typed: string }) => {
    if (!/tue|week/u.test(typed)) {
      throw { code: 'invalid', message: `“${typed}” is not a time. Write one such as “tue 3pm”.` };
    }
    const isAfter = typed.includes('after');
    return {
      at_ms: at(24, '15:00'),
      has_time: true,
      said: isAfter ? 'after' : 'at',
      from_ms: isAfter ? at(24, '15:00') : null,
      due_ms: at(24, isAfter ? '17:00' : '15:00'),
      moved_past_closed: typed.includes('week'),
    };
  },
};
