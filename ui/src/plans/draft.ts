// A plan while it is written: kept while one looks elsewhere, and told what is wrong with which step of it.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { commands, type Step, type Template } from '../ipc/bindings';
import { run } from '../ipc/error';
import { errorMessage } from '../shared/States';

export interface Draft {
  template: Template;
  /** As it was when one began, to tell whether anything was changed. */
  base: string;
}

const drafts = new Map<string, Draft>();
export const draftOf = (id: string): Draft | undefined => drafts.get(id);
export const dropDraft = (id: string): void => void drafts.delete(id);

// One write after another: what was typed last stands last.
let writing: Promise<unknown> = Promise.resolve();
const timers = new Map<string, ReturnType<typeof setTimeout>>();
const pauseMs = 500;
const retryMs = 5_000;

const write = (id: string): void => {
  clearTimeout(timers.get(id));
  timers.delete(id);
  writing = writing.then(async () => {
    const draft = drafts.get(id);
    try {
      await run(draft ? commands.keepPlanDraft(id, JSON.stringify(draft)) : commands.discardPlanDraft(id));
    } catch {
      // The book was busy, or is away: what is typed is here, and is written once it can be.
      if (!timers.has(id))
        timers.set(
          id,
          setTimeout(() => write(id), retryMs),
        );
    }
  });
};

/** Kept here at once, and in the book at the next pause: a crash costs no word. */
export const keepDraft = (id: string, draft: Draft): void => {
  drafts.set(id, draft);
  clearTimeout(timers.get(id));
  timers.set(
    id,
    setTimeout(() => write(id), pauseMs),
  );
};

/** It was saved, or thrown away; or nothing is different any more. */
export const discardDraft = (id: string): void => {
  drafts.delete(id);
  write(id);
};

/** What is still to be written, when one looks elsewhere. */
export const flushDraft = (id: string): void => {
  if (timers.has(id)) write(id);
};

/** As the book has it. What another Wellmet wrote and this one cannot read is none. */
export function readDraft(text: string | null): Draft | null {
  if (text === null) return null;
  try {
    const draft = JSON.parse(text) as Partial<Draft>;
    return typeof draft.base === 'string' && Array.isArray(draft.template?.steps) ? (draft as Draft) : null;
  } catch {
    return null;
  }
}

/** What was written of it and not saved: here, or in the book. */
export const useDraft = (id: string, isWanted: boolean) =>
  useQuery({
    queryKey: ['planDraft', id],
    queryFn: async () => draftOf(id) ?? readDraft(await run(commands.planDraft(id))),
    enabled: isWanted,
    staleTime: Infinity,
    gcTime: 0,
  });

export const isChanged = ({ template, base }: Draft): boolean => JSON.stringify(template) !== base;
export const begun = (template: Template): Draft => ({ template, base: JSON.stringify(template) });

/** Stays the same over versions, whatever the step is called. */
const newKey = () => `step-${crypto.randomUUID().slice(0, 8)}`;

export const blankStep = (isFirst: boolean): Step => ({
  key: newKey(),
  title: '',
  channel: 'call',
  words: '',
  who: { by: 'keeper' },
  when: { base: isFirst ? 'joining' : 'previous', wait: { unit: 'days', count: isFirst ? 1 : 5 } },
  within_days: 1,
});

export const blankPlan = (): Template => ({
  name: '',
  purpose: '',
  for_whom: '',
  leave_when: [{ fact: 'opted_out' }],
  steps: [blankStep(true)],
});

export interface Wrong {
  /** Of which step; `null`: of the plan itself. */
  at: number | null;
  message: string;
}

const check = (template: Template) => run(commands.checkPlan(template));

async function wrongWith(template: Template): Promise<Wrong | null> {
  try {
    await check(template);
    return null;
  } catch (reason) {
    const message = errorMessage(reason);
    // The core names the first that is wrong. It is the last step of the shortest beginning that is refused.
    try {
      await check({ ...template, steps: [{ ...blankStep(true), title: 'x', words: 'x' }] });
    } catch {
      return { at: null, message };
    }
    for (let at = 0; at < template.steps.length; at++) {
      try {
        await check({ ...template, steps: template.steps.slice(0, at + 1) });
      } catch {
        return { at, message };
      }
    }
    return { at: null, message };
  }
}

export const useWrong = (template: Template) =>
  useQuery({
    queryKey: ['checkPlan', template],
    queryFn: () => wrongWith(template),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 10_000,
  });
