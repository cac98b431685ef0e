import { keepPreviousData, useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { commands, type NewMerge, type NewPerson } from '../../ipc/bindings';
import { run } from '../../ipc/error';

const pagePairs = 60;

export const useDuplicates = () =>
  useInfiniteQuery({
    queryKey: ['duplicates'],
    queryFn: ({ pageParam }) => run(commands.duplicates(null, pageParam, pagePairs)),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });

export const useLookForDuplicates = () =>
  useMutation({ mutationFn: () => run(commands.lookForDuplicates()) });

/** Both side by side; the one with more of a history is kept. */
export const useMergePreview = (one: string, other: string) =>
  useQuery({
    queryKey: ['mergePreview', one, other],
    queryFn: () => run(commands.previewMerge(one, other)),
  });

export const useMerge = () =>
  useMutation({
    mutationFn: (merge: NewMerge) => run(commands.mergePeople(merge)),
  });

export const useNotTheSame = () =>
  useMutation({
    mutationFn: ({ one, other }: { one: string; other: string }) => run(commands.notTheSame(one, other)),
  });

export const useMergeManyPreview = () =>
  useQuery({ queryKey: ['mergeMany'], queryFn: () => run(commands.previewMergeMany()) });

export const useMergeMany = () => useMutation({ mutationFn: () => run(commands.mergeMany()) });

export const useMergesOf = (person: string) =>
  useQuery({ queryKey: ['merges', person], queryFn: () => run(commands.mergesOf(person)) });

export const useUnmerge = () => useMutation({ mutationFn: (merge: string) => run(commands.unmerge(merge)) });

export const useMayBe = (person: NewPerson | null) =>
  useQuery({
    queryKey: ['mayBe', person],
    queryFn: () => run(commands.whoMayItBe(person!)),
    enabled: person !== null,
    placeholderData: keepPreviousData,
  });
