// Plans, as the core keeps them, and enough of what it reckons to draw and to test with. When a step comes, and what a day
// bears, is for the core to say: its own tests hold that.
import type {
  Availability,
  Capacity,
  Entering,
  EnterPreview,
  Forecast,
  ForecastAsk,
  InPlan,
  NewRule,
  Over,
  PlanDetail,
  PlanRow,
  PlanRule,
  PlanVersion,
  Remedy,
  Replanned,
  RunStep,
  RunView,
  Step,
  Template,
} from '../bindings';
import { at, day, helen, mo, mockNow, type Handlers } from './world';

const step = (key: string, title: string, rest: Partial<Step>): Step => ({
  key,
  title,
  channel: 'call',
  words: '',
  who: { by: 'keeper' },
  when: { base: 'previous', wait: { unit: 'days', count: 3 } },
  within_days: 2,
  skip_when: [],
  question: '',
  text: '',
  script: '',
  spoken: null,
  ...rest,
});

export const guestPlan: Template = {
  name: 'Event guest',
  purpose: 'A guest is thanked while the evening is still fresh, and asked again.',
  for_whom: 'Someone who came to an event and is no member.',
  date_of: 'event',
  date_field: '',
  leave_when: [{ fact: 'standing', any_of: ['member', 'declined'] }, { fact: 'opted_out' }],
  steps: [
    step('before', 'Look forward to them', {
      channel: 'email',
      words: 'write that they are expected, and whom they will meet',
      when: { base: 'before_date', wait: { unit: 'days', count: 2 } },
      text: 'Dear {{ person.given }},\n\nwe are glad that you are coming.',
    }),
    step('thanks', 'Thank them', {
      words: 'thank them for coming and ask how the evening was',
      when: { base: 'after_date', wait: { unit: 'days', count: 1 } },
      within_days: 1,
      skip_when: [{ fact: 'spoken_within', days: 3 }],
      question: 'Whom did they meet?',
      script: 'after_event',
    }),
    step('coffee', 'Have a coffee with them', {
      channel: 'visit',
      words: 'meet them where they work',
      who: { by: 'role', which: 'director' },
    }),
    step('again', 'Invite them again', { channel: 'invitation', words: 'invite them to what suits them' }),
  ],
};

const quiet: Template = {
  name: 'Quiet member',
  purpose: 'Nobody leaves because nobody asked.',
  for_whom: 'A member of whom we have not heard for half a year.',
  leave_when: [{ fact: 'opted_out' }],
  steps: [
    step('ask', 'Ask how they are', {
      words: 'ask how they are, and nothing else',
      when: { base: 'joining', wait: { unit: 'days', count: 2 } },
    }),
    step('letter', 'Write by hand', { channel: 'letter', words: 'write a card by hand' }),
  ],
};

interface Kept {
  id: string;
  shipped: boolean;
  retired: boolean;
  /** Newest first. */
  versions: PlanVersion[];
  rules: PlanRule[];
}

const version = (number: number, template: Template, people: number): PlanVersion => ({
  id: `pv-${template.name}-${number}`,
  number,
  created_ms: mockNow - 12 * day,
  template,
  people,
});

const book = (): Kept[] => [
  {
    id: 'pl-guest',
    shipped: true,
    retired: false,
    versions: [version(2, guestPlan, 9), version(1, { ...guestPlan, steps: guestPlan.steps.slice(0, 3) }, 3)],
    rules: [{ id: 'rule-1', plan: 'pl-guest', happening: 'tag', word: 'guest' }],
  },
  { id: 'pl-quiet', shipped: true, retired: false, versions: [version(1, quiet, 2)], rules: [] },
  {
    id: 'pl-old',
    shipped: false,
    retired: true,
    versions: [version(1, { ...quiet, name: 'The spring of 2024' }, 0)],
    rules: [],
  },
];

const people: InPlan[] = [
  {
    enrolment: 'en-rania',
    person: 'p-rania',
    name: 'Rania Haddad',
    state: 'running',
    joined_ms: at(16, '10:00'),
    held_until_day: null,
    due_ms: at(25, '17:00'),
    step: 'Thank them',
    version: 'plv-guest-3',
    told: false,
  },
  {
    enrolment: 'en-noor',
    person: 'p-noor',
    name: 'رانيا عبد الرحمن الحداد',
    state: 'held',
    joined_ms: at(10, '10:00'),
    held_until_day: '2026-12-04',
    due_ms: null,
    step: null,
    version: 'plv-guest-3',
    told: null,
  },
];

const runStep = (key: string, state: RunStep['state'], rest: Partial<RunStep> = {}): RunStep => {
  const of = guestPlan.steps.find((each) => each.key === key)!;
  return {
    key,
    title: of.title,
    channel: of.channel,
    state,
    promise: null,
    told: false,
    keeper: helen,
    from_ms: null,
    due_ms: null,
    ended_ms: null,
    why: '',
    question: of.question ?? '',
    text: of.text ?? '',
    ...rest,
  };
};

const raniasRun = (): RunView => ({
  id: 'en-rania',
  person: 'p-rania',
  plan: 'pl-guest',
  version: 'pv-Event guest-2',
  name: 'Event guest',
  state: 'running',
  joined_ms: at(16, '10:00'),
  date: '2026-11-23',
  held_ms: null,
  held_until_day: null,
  held_why: '',
  ended_ms: null,
  end_reason: '',
  steps: [
    runStep('before', 'skipped', { ended_ms: at(19, '10:00'), why: 'Is a member now' }),
    runStep('thanks', 'open', {
      promise: 'pr-plan',
      from_ms: at(25, '09:00'),
      due_ms: at(25, '17:00'),
      question: 'Whom did they meet?',
    }),
    runStep('coffee', 'to_come', { from_ms: at(30, '09:00'), due_ms: at(30, '17:00') }),
    runStep('again', 'undated', { keeper: null }),
  ],
});

const days = 91;
const dayOf = (place: number) =>
  new Date(Date.parse('2026-11-23T12:00:00Z') + place * day).toISOString().slice(0, 10);

const over = (count: number): Over => ({
  day: '2026-12-03',
  keeper: 'v-helen',
  name: 'Helen Barrow',
  count,
  takes_on: 6,
});

const remedies: Remedy[] = [
  { kind: 'start_later', by: 5, first_over: over(7), over_days: 2, mends: false },
  { kind: 'spread', by: 6, first_over: null, over_days: 0, mends: true },
  { kind: 'wait_longer', by: 2, first_over: null, over_days: 0, mends: true },
  { kind: 'more_volunteers', by: 1, first_over: null, over_days: 0, mends: true },
];

function foresee(entering: Entering | null | undefined): Forecast {
  const count = entering ? entering.people?.length || 9 : 0;
  const isBroken = count > 5 && !entering?.spread;
  return {
    days: Array.from({ length: days }, (_, place) => {
      const isOpen = place % 7 < 5;
      const added = isOpen && isBroken && place === 10 ? count : 0;
      const helens = isOpen ? 2 + (place % 3) : 0;
      return {
        day: dayOf(place),
        open: isOpen,
        total: helens + added + (isOpen ? 1 : 0),
        added,
        by: [0, helens + added, isOpen ? 1 : 0],
      };
    }),
    keepers: [
      { id: null, name: '', takes_on: Array.from({ length: days }, () => null) },
      {
        id: helen.id,
        name: helen.name,
        takes_on: Array.from({ length: days }, (_, n) => (n % 7 < 5 ? 6 : 0)),
      },
      { id: mo.id, name: mo.name, takes_on: Array.from({ length: days }, (_, n) => (n % 7 < 5 ? 4 : 0)) },
    ],
    first_over: isBroken ? over(2 + count) : null,
    over_days: isBroken ? 4 : 0,
    newcomers: count,
    remedies: isBroken ? remedies : [],
  };
}

const replanned: Replanned = {
  move_count: 2,
  moves: ['Ngozi Eze', 'Lukas Brandt'].map((name, n) => ({
    enrolment: `en-${n}`,
    person: `p-${n}`,
    name,
    plan: 'Event guest',
    step: 'Thank them',
    before: { from_ms: at(25, '09:00'), due_ms: at(25, '17:00'), keeper: helen },
    after: { from_ms: at(26 + n, '09:00'), due_ms: at(26 + n, '17:00'), keeper: n ? mo : helen },
    late: n === 1,
  })),
  told_count: 1,
  told: [
    {
      enrolment: 'en-7',
      person: 'p-siobhan',
      name: 'Siobhan Kelly',
      plan: 'Renewal',
      step: 'Ring about the renewal',
      stand: { from_ms: at(26, '09:00'), due_ms: at(26, '17:00'), keeper: helen },
    },
  ],
  no_room_count: 0,
  no_room: [],
  stamp: 'stamp-1',
};

/** A book's plans, which change as they are changed. */
export function createPlans(kept: Kept[] = book()): Handlers {
  let made = 0;
  let runs: RunView[] = [raniasRun()];
  let never = 0;
  let laid = false;
  const can: Availability = {
    capacities: [
      { volunteer: 'v-helen', works_on: 31, daily_limit: 6 },
      { volunteer: 'v-mo', works_on: 21, daily_limit: 4 },
    ],
    leaves: [{ id: 'l-1', volunteer: 'v-mo', from_day: '2026-12-14', to_day: '2026-12-24' }],
    group_closures: [
      { id: 'g-1', tag: 'parents', name: 'School holidays', from_day: '2026-12-12', to_day: '2027-01-26' },
    ],
    touch_gap_days: 3,
  };
  const find = (id: string): Kept => {
    const found = kept.find((plan) => plan.id === id);
    if (!found) throw { code: 'not_found', message: 'This plan is not in the book any more.' };
    return found;
  };
  const rowOf = (plan: Kept): PlanRow => ({
    id: plan.id,
    name: plan.versions[0]!.template.name,
    number: plan.versions[0]!.number,
    changed_ms: plan.versions[0]!.created_ms,
    shipped: plan.shipped,
    retired: plan.retired,
    running: plan.id === 'pl-guest' ? 11 : plan.retired ? 0 : 2,
    held: plan.id === 'pl-guest' ? 1 : 0,
  });
  const detailOf = (plan: Kept): PlanDetail => ({
    row: rowOf(plan),
    versions: plan.versions,
    rules: plan.rules,
  });
  const drafts = new Map<string, string>();
  const check = ({ template }: { template: Template }) => {
    const wrong = (message: string) => {
      throw { code: 'invalid', message };
    };
    if (!template.name.trim()) wrong('A plan needs a name, of at most 120 letters.');
    template.steps.forEach((each, index) => {
      if (!each.title.trim()) wrong(`Step ${index + 1}, “”: it needs a name, and a short one.`);
      if (!each.words.trim() && !each.text?.trim())
        wrong(`Step ${index + 1}, “${each.title}”: say what is to be done.`);
    });
    return null;
  };
  const entered = (entering: Entering): EnterPreview => {
    const count = entering.people?.length || 9;
    const plan = find(entering.plan).versions[0]!.template;
    const names = ['Ngozi Eze', 'Lukas Brandt', 'Margaret O’Donnell', 'Siobhan Kelly', 'Mei Tanaka'];
    return {
      plan: plan.name,
      enter: count,
      entrants: Array.from({ length: count }, (_, n) => ({
        person: `p-${n}`,
        name: names[n % names.length]!,
        step: plan.steps[0]!.title,
        from_ms: at(24 + (n % 3), '09:00'),
        due_ms: at(24 + (n % 3), '17:00'),
        keeper: helen,
      })),
      stay_out: 2,
      out: [
        { person: 'p-8', name: 'Tom Ashby', why: 'Is in this plan already' },
        { person: 'p-9', name: 'رانيا الحداد', why: 'Does not want to hear from us' },
      ],
      days: [{ day: '2026-11-24', count }],
      later: entering.spread ? 3 : 0,
    };
  };
  const runOf = (id: string): RunView => {
    const found = runs.find((each) => each.id === id);
    if (!found) throw { code: 'not_found', message: 'This is not in the book any more.' };
    return found;
  };
  const change = (id: string, part: Partial<RunView>) => {
    const before = runOf(id);
    runs = runs.map((each) => (each === before ? { ...before, ...part } : each));
    return null;
  };
  const changeOpen = (id: string, part: Partial<RunStep>) =>
    change(id, {
      steps: runOf(id).steps.map((each) => (each.state === 'open' ? { ...each, ...part } : each)),
    });
  return {
    planList: () => kept.map(rowOf).toSorted((a, b) => Number(a.retired) - Number(b.retired)),
    plan: ({ id }: { id: string }) => detailOf(find(id)),
    checkPlan: check,
    planDraft: ({ of }: { of: string }) => drafts.get(of) ?? null,
    keepPlanDraft: ({ of, text }: { of: string; text: string }) => {
      drafts.set(of, text);
      return null;
    },
    discardPlanDraft: ({ of }: { of: string }) => {
      drafts.delete(of);
      return null;
    },
    savePlan: ({ id, template }: { id: string | null; template: Template }) => {
      check({ template });
      if (id === null) {
        const made_ = `pl-new-${++made}`;
        kept.push({
          id: made_,
          shipped: false,
          retired: false,
          versions: [version(1, template, 0)],
          rules: [],
        });
        return made_;
      }
      const plan = find(id);
      plan.versions = [version(plan.versions.length + 1, template, 0), ...plan.versions];
      return id;
    },
    retirePlan: ({ id, retired }: { id: string; retired: boolean }) => {
      find(id).retired = retired;
      return null;
    },
    addPlanRule: ({ id, rule }: { id: string; rule: NewRule }) => {
      const added = { id: `rule-new-${++made}`, plan: id, happening: rule.happening, word: rule.word ?? '' };
      find(id).rules = [...find(id).rules, added];
      return added.id;
    },
    removePlanRule: ({ id }: { id: string }) => {
      for (const plan of kept) plan.rules = plan.rules.filter((rule) => rule.id !== id);
      return null;
    },
    peopleInPlan: ({ id }: { id: string }) => (id === 'pl-guest' ? people : []),
    olderPlanVersions: ({ id }: { id: string }) =>
      id === 'pl-guest'
        ? [
            {
              version: 'pv-Event guest-1',
              number: 1,
              people: 3,
              differences: [
                {
                  key: 'thanks',
                  before: { ...guestPlan.steps[1]!, words: 'thank them' },
                  after: guestPlan.steps[1]!,
                  moved: false,
                },
                { key: 'again', before: null, after: guestPlan.steps[3]!, moved: false },
              ],
              lose_their_step: 1,
            },
          ]
        : [],
    moveToNewestPlan: () => 3,
    previewEntering: ({ entering }: { entering: Entering }) => entered(entering),
    enterPlan: ({ entering }: { entering: Entering }) => entered(entering),
    plansOf: ({ person }: { person: string }) => runs.filter((each) => each.person === person),
    planRun: ({ id }: { id: string }) => runOf(id),
    holdPlan: ({ id, untilDay, why }: { id: string; untilDay: string | null; why: string }) =>
      change(id, { state: 'held', held_ms: mockNow, held_until_day: untilDay, held_why: why }),
    resumePlan: ({ id }: { id: string }) => change(id, { state: 'running', held_ms: null, held_why: '' }),
    leavePlan: ({ id, why }: { id: string; why: string }) =>
      change(id, { state: 'left', ended_ms: mockNow, end_reason: why }),
    skipPlanStep: ({ id, why }: { id: string; why: string }) =>
      changeOpen(id, { state: 'skipped', ended_ms: mockNow, why }),
    tellPlanStep: ({ id, told }: { id: string; told: boolean }) => changeOpen(id, { told }),
    movePlanStep: ({ id, toDay }: { id: string; toDay: string }) =>
      changeOpen(id, {
        from_ms: Date.parse(`${toDay}T09:00:00+10:00`),
        due_ms: Date.parse(`${toDay}T17:00:00+10:00`),
      }),
    forecast: ({ ask }: { ask: ForecastAsk }) => foresee(ask.entering),
    previewReplan: () => (laid ? { ...replanned, move_count: 0, moves: [], stamp: 'stamp-2' } : replanned),
    replan: () => {
      laid = true;
      return replanned;
    },
    availability: () => ({ ...can }),
    setCapacities: ({ capacities }: { capacities: Capacity[] }) => {
      const said = new Set(capacities.map((each) => each.volunteer));
      can.capacities = [...can.capacities.filter((each) => !said.has(each.volunteer)), ...capacities];
      return null;
    },
    addLeave: ({ volunteer, fromDay, toDay }: { volunteer: string; fromDay: string; toDay: string }) => {
      const id = `l-new-${++made}`;
      can.leaves = [...can.leaves, { id, volunteer, from_day: fromDay, to_day: toDay }];
      return id;
    },
    removeLeave: ({ id }: { id: string }) => {
      can.leaves = can.leaves.filter((each) => each.id !== id);
      return null;
    },
    addGroupClosure: (of: { tag: string; name: string; fromDay: string; toDay: string }) => {
      const id = `g-new-${++made}`;
      can.group_closures = [
        ...can.group_closures,
        { id, tag: of.tag, name: of.name, from_day: of.fromDay, to_day: of.toDay },
      ];
      return id;
    },
    removeGroupClosure: ({ id }: { id: string }) => {
      can.group_closures = can.group_closures.filter((each) => each.id !== id);
      return null;
    },
    setTouchGapDays: ({ days: gap }: { days: number }) => {
      can.touch_gap_days = gap;
      return null;
    },
    neverOn: () => never,
    setNeverOn: ({ days: on }: { days: number }) => {
      never = on;
      return null;
    },
  };
}
