// A small association that answers in the shell's place: for vitest, and for `vite` in a browser while one draws.
// It is never part of a build: main.tsx imports it under `import.meta.env.DEV` alone.
import { mockIPC } from '@tauri-apps/api/mocks';
import * as calls from './calls';
import * as desk from './desk';
import * as exchange from './exchange';
import * as mail from './mail';
import * as people from './people';
import { createPlans } from './plans';
import * as owed from './promises';
import { createScripts } from './scripts';
import * as store from './store';
import * as team from './team';
import { fail, type Handlers } from './world';

export { brief, timeline } from './calls';
export { asksFreely, call, createDesk, meetsMachine } from './desk';
export { preflight, preview } from './exchange';
export { letter } from './mail';
export { customFields, mergePreview, pairPage, person, personRow } from './people';
export { createPlans, guestPlan } from './plans';
export { inbox, promises, today } from './promises';
export { callBack, createScripts } from './scripts';
export { standards } from './team';
export { mockNow, volunteers, type Handlers } from './world';

export const answers: Handlers = {
  ...store.answers,
  ...team.answers,
  ...people.answers,
  ...owed.answers,
  ...desk.createDesk(),
  ...calls.answers,
  ...exchange.answers,
  ...mail.answers,
  ...createScripts(),
  ...createPlans(),
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

const damaged = fail(
  'book_damaged',
  'The book’s file is not whole. The last good backup is of Friday, 17:00.',
);

/** What the address asks for while one draws: `?mock=empty`, `?mock=first`, `?mock=locked`, … */
export const scenarios: Record<string, Handlers> = {
  ...store.scenarios,
  ...team.scenarios,
  ...desk.scenarios,
  empty: {
    today: () => ({
      ...owed.today,
      groups: owed.today.groups.map((group) => ({ ...group, items: [] })),
    }),
    firstPeople: () => ({ rows: [], more: false, near: false }),
    savedViews: () => [],
    customFields: () => [],
    customFieldsInUse: () => [],
    tags: () => [],
    peopleChoices: () => ({ tags: [], sources: [], places: [] }),
    person: ({ id }: { id: string }) => ({
      ...people.person,
      id,
      roles: [],
      reaches: [],
      consents: [],
      facts: [],
      tags: [],
      fields: [],
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
  error: { today: damaged, firstPeople: damaged, person: damaged, inbox: damaged },
  many: {
    today: () => ({
      ...owed.today,
      groups: owed.today.groups.map((group) => ({
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
  noSave: {
    capture: fail('disk_full', 'The disk is full. Make some room, and save again.'),
    jotCall: fail('disk_full', 'The disk is full.'),
    fileCall: fail('conflict', 'Someone filed this call already.'),
  },
  noClosures: {
    standards: () => ({ ...team.standards, closures: [] }),
    imports: () => [],
  },
};
