import { keepPreviousData, queryOptions, useQueries, useQuery } from '@tanstack/react-query';
import { commands, type Entering } from '../ipc/bindings';
import { run } from '../ipc/error';

export const usePlans = () => useQuery({ queryKey: ['plans'], queryFn: () => run(commands.planList()) });

const planOf = (id: string) =>
  queryOptions({ queryKey: ['plan', id], queryFn: () => run(commands.plan(id)) });

export const usePlan = (id: string | null) => useQuery({ ...planOf(id ?? ''), enabled: id !== null });

/** Each as far as it is there: a list of plans tells what is in them. */
export const usePlanDetails = (ids: string[]) => useQueries({ queries: ids.map(planOf) });

export const usePeopleInPlan = (id: string) =>
  useQuery({ queryKey: ['peopleInPlan', id], queryFn: () => run(commands.peopleInPlan(id)) });

export const useOlderPlans = (id: string) =>
  useQuery({ queryKey: ['olderPlans', id], queryFn: () => run(commands.olderPlanVersions(id)) });

export const usePlansOf = (person: string) =>
  useQuery({ queryKey: ['plansOf', person], queryFn: () => run(commands.plansOf(person)) });

/** Nobody, until it is said who. */
export const useEnterPreview = (entering: Entering | null) =>
  useQuery({
    queryKey: ['previewEntering', entering],
    queryFn: () => run(commands.previewEntering(entering!)),
    enabled: entering !== null,
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });

/** The quarter to come; with those who might enter, or as it stands. */
export const useForecast = (entering: Entering | null, enabled = true) =>
  useQuery({
    queryKey: ['forecast', entering],
    queryFn: () => run(commands.forecast({ entering })),
    enabled,
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });

export const useReplanPreview = () =>
  useQuery({ queryKey: ['previewReplan'], queryFn: () => run(commands.previewReplan()) });

export const useAvailability = () =>
  useQuery({ queryKey: ['availability'], queryFn: () => run(commands.availability()) });

export const useNeverOn = (person: string) =>
  useQuery({ queryKey: ['neverOn', person], queryFn: () => run(commands.neverOn(person)) });
