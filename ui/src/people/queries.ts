import { keepPreviousData, useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import {
  commands,
  type ReachKind,
  type NewPerson,
  type NewReach,
  type PeopleQuery,
  type PersonChange,
  type ReachChange,
} from '../ipc/bindings';
import { run } from '../ipc/error';

const pageRows = 100;
const mostLines = 500;

export const usePeople = (query: PeopleQuery, enabled = true) =>
  useInfiniteQuery({
    queryKey: ['people', query],
    queryFn: ({ pageParam }) => run(commands.people(query, pageParam, pageRows)),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    enabled,
  });

/** Apart from the list itself, which does not wait for it. */
export const usePeopleCount = (query: PeopleQuery) =>
  useQuery({
    queryKey: ['countPeople', query],
    queryFn: () => run(commands.countPeople(query)),
    placeholderData: keepPreviousData,
  });

export const usePeopleChoices = () =>
  useQuery({
    queryKey: ['peopleChoices'],
    queryFn: () => run(commands.peopleChoices()),
    // Asked when the list is opened: counting the tags of a large book at each change would keep it busy.
    staleTime: 0,
  });

export const useSavedViews = () =>
  useQuery({ queryKey: ['savedViews'], queryFn: () => run(commands.savedViews()) });

export const useSaveView = () =>
  useMutation({
    mutationFn: ({ name, query }: { name: string; query: PeopleQuery }) =>
      run(commands.saveView(name, query)),
    meta: { showsError: true },
  });

export const useRemoveView = () => useMutation({ mutationFn: (id: string) => run(commands.removeView(id)) });

export const usePerson = (id: string) =>
  useQuery({ queryKey: ['person', id], queryFn: () => run(commands.person(id)) });

export const useTimeline = (id: string) =>
  useQuery({ queryKey: ['timeline', id], queryFn: () => run(commands.timeline(id, mostLines)) });

export const useHistory = (id: string) =>
  useQuery({ queryKey: ['history', id], queryFn: () => run(commands.history(id)) });

export const blankPerson: NewPerson = {
  name: '',
  given: '',
  family: '',
  standing: null,
  place: '',
  zone: null,
  country: null,
  organisation: '',
  role_title: '',
  phone: '',
  email: '',
  external_id: null,
  source: '',
  keeper: null,
  birth_day: '',
};

export const useCreatePerson = () =>
  useMutation({
    mutationFn: (person: Partial<NewPerson>) => run(commands.createPerson({ ...blankPerson, ...person })),
    meta: { showsError: true },
  });

/** Everything that changes one person. Each rejects with the core's own words. */
export function personActions(id: string) {
  return {
    change: (change: PersonChange) => run(commands.changePerson(id, change)),
    remove: () => run(commands.removePerson(id)),
    giveRole: (organisation: string, title: string) => run(commands.giveRole(id, organisation, title)),
    addTag: (name: string) => run(commands.addTag(id, name)),
    addReach: (reach: NewReach) => run(commands.addReach(id, reach)),
    changeReach: (reach: string, change: ReachChange) => run(commands.changeReach(reach, change)),
    removeReach: (reach: string) => run(commands.removeReach(reach)),
    addFact: (words: string, learnedFrom: string) => run(commands.addFact(id, words, learnedFrom)),
    changeFact: (fact: string, words: string, learnedFrom: string) =>
      run(commands.changeFact(fact, words, learnedFrom)),
    removeFact: (fact: string) => run(commands.removeFact(fact)),
    askAgain: (inquiry: string) => run(commands.reopenInquiry(inquiry)),
    setConsent: (channel: ReachKind, allowed: boolean, how: string) =>
      run(commands.setConsent(id, channel, allowed, how)),
    restore: (seq: number, field: string) => run(commands.restoreField(id, seq, field)),
  };
}
