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
export const keepDraft = (id: string, draft: Draft): void => void drafts.set(id, draft);
export const dropDraft = (id: string): void => void drafts.delete(id);

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
