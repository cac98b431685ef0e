import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { commands } from '../ipc/bindings';
import { run } from '../ipc/error';

export const useBrief = (person: string | null, promise: string | null) =>
  useQuery({
    queryKey: ['brief', person, promise],
    queryFn: () => run(commands.brief(person!, promise)),
    enabled: person !== null,
    placeholderData: keepPreviousData,
    // What it says of the hour and of being late changes without anyone writing.
    refetchInterval: 60_000,
  });

export const useCall = (id: string) =>
  useQuery({
    queryKey: ['call', id],
    queryFn: () => run(commands.call(id)),
    // The desk itself changes it, and puts every answer in its place.
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });

export const useDialGate = (person: string, reach: string | null) =>
  useQuery({
    queryKey: ['dialGate', person, reach],
    queryFn: () => run(commands.dialGate(person, reach!)),
    enabled: reach !== null,
    // Whether one may ring is asked each time: an hour ago is not now.
    staleTime: 0,
    gcTime: 0,
  });

export const useUnfinishedCalls = () =>
  useQuery({ queryKey: ['unfinishedCalls'], queryFn: () => run(commands.unfinishedCalls()) });

export const useCandidates = (typed: string) =>
  useQuery({
    queryKey: ['candidates', typed],
    queryFn: () => run(commands.candidates(typed)),
    enabled: typed !== '',
    placeholderData: keepPreviousData,
  });
