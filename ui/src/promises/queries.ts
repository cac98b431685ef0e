import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { commands } from '../ipc/bindings';
import { run } from '../ipc/error';
import { followClock } from '../shared/time';

export const useToday = (keeper: string | null) =>
  useQuery({
    queryKey: ['today', keeper],
    queryFn: async () => {
      const today = await run(commands.today(keeper));
      followClock(today.at_ms);
      return today;
    },
    // What is late grows late by itself: nothing need be written for that.
    refetchInterval: 60_000,
    placeholderData: keepPreviousData,
  });

export const useCounts = () =>
  useQuery({ queryKey: ['counts'], queryFn: () => run(commands.counts()), refetchInterval: 60_000 });

export const usePromisesOf = (person: string) =>
  useQuery({ queryKey: ['promises', person], queryFn: () => run(commands.promisesOf(person)) });

export const useInbox = () =>
  useQuery({ queryKey: ['inbox'], queryFn: () => run(commands.inbox()), refetchInterval: 60_000 });

export const useHandOver = () =>
  useMutation({
    mutationFn: ({ promise, to }: { promise: string; to: string }) => run(commands.handOver(promise, to)),
  });

export const useSnooze = () =>
  useMutation({
    mutationFn: ({ promise, untilMs }: { promise: string; untilMs: number }) =>
      run(commands.snoozePromise(promise, untilMs)),
  });

/** Not before, where there is such a time; and by when. */
export interface When {
  from_ms: number | null;
  due_ms: number;
}

/** What can be done to the promises to one person. Each rejects with the core's own words. */
export function promiseActions(person: string) {
  return {
    add: (what: string, when: When, callback: boolean) =>
      run(commands.makePromise({ person, what, ...when, keeper: null, callback })),
    keep: (id: string) => run(commands.keepPromise(id)),
    renegotiate: (id: string, { from_ms, due_ms }: When) =>
      run(commands.renegotiatePromise(id, from_ms, due_ms)),
    release: (id: string, reason: string) => run(commands.releasePromise(id, reason)),
  };
}
