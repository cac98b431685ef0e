import { keepPreviousData, useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import {
  commands,
  type Letter,
  type ReachKind,
  type NewPerson,
  type NewReach,
  type PeopleQuery,
  type PersonChange,
  type PersonRow,
  type ReachChange,
} from '../ipc/bindings';
import { run } from '../ipc/error';
import { useSettled } from '../shared/useSettled';

export const pageRows = 50;
const mostLines = 500;

/** The first rows, and everyone's order where those are not known without it. */
const peopleOf = (query: PeopleQuery) => async () => {
  const page = await run(commands.firstPeople(query, pageRows));
  if (page) return { ...page, order: null };
  const order = await run(commands.orderPeople(query));
  const rows = await run(commands.peopleAt(order.list, 0, pageRows));
  return { rows: rows.filter((row) => row !== null), more: order.people > pageRows, near: false, order };
};

export const usePeople = (query: PeopleQuery, enabled = true) =>
  useQuery({
    queryKey: ['people', query],
    queryFn: peopleOf(query),
    placeholderData: keepPreviousData,
    enabled,
  });

/** The list as far as it is known: its beginning at once, then how many there are, and any row by its place. */
export interface PeopleInOrder {
  /** The number by which its places are asked for; `null` while only the beginning is known. */
  list: number | null;
  /** The number that it had before something in the book changed: its rows stand until the new ones are there. */
  before: number | null;
  /** Rows that can be scrolled to. */
  count: number;
  /** Everyone who is in it, once that is known. */
  total: number | null;
  letters: Letter[];
  first: PersonRow[];
}

export function usePeopleInOrder(query: PeopleQuery) {
  const head = usePeople(query);
  const isOld = head.isPlaceholderData;
  // Nobody scrolls through what was found while they type on.
  const rested = useSettled(query, query.words ? 400 : 0);
  // An order is kept for a moment by the core, so nobody keeps its number for longer.
  const ordered = useQuery({
    queryKey: ['peopleOrder', query],
    queryFn: () => run(commands.orderPeople(query)),
    enabled:
      rested === query && head.data !== undefined && !isOld && head.data.more && head.data.order === null,
    gcTime: 0,
  });
  const [shown, setShown] = useState<{ list: PeopleInOrder | null; of: PeopleQuery }>({
    list: null,
    of: query,
  });
  const { data } = head;
  const order = data?.order ?? (isOld ? undefined : ordered.data) ?? null;
  const number = order?.list ?? null;
  const [numbers, setNumbers] = useState({ query, now: number, before: null as number | null });
  if (numbers.query !== query) setNumbers({ query, now: number, before: null });
  else if (number !== null && number !== numbers.now) setNumbers({ query, now: number, before: numbers.now });
  const { before } = numbers;
  const list = useMemo((): PeopleInOrder | null => {
    if (!data) return null;
    if (order && data.more)
      return {
        list: order.list,
        before,
        count: order.people,
        total: order.people,
        letters: order.letters,
        first: data.rows,
      };
    const count = data.rows.length;
    return {
      list: null,
      before: null,
      count,
      total: data.more ? null : count,
      letters: [],
      first: data.rows,
    };
  }, [data, order, before]);
  // While others are asked for, those before them stay as they are.
  if (!isOld && (list !== shown.list || query !== shown.of)) setShown({ list, of: query });
  return { ...(isOld ? shown : { list, of: query }), head };
}

/** Rows of an ordered list by their place: `undefined` while they come, `null` for who left the book since. */
export function useRows(list: PeopleInOrder | null, from: number, to: number) {
  const client = useQueryClient();
  const [firstPage, lastPage] = [Math.floor(from / pageRows), Math.floor(Math.max(from, to - 1) / pageRows)];
  const number = list?.list ?? null;
  const pages = useQueries({
    queries: Array.from({ length: number === null ? 0 : lastPage - firstPage + 1 }, (_, index) => ({
      queryKey: ['peopleAt', number, firstPage + index],
      queryFn: () => run(commands.peopleAt(number!, (firstPage + index) * pageRows, pageRows)),
      staleTime: Infinity,
      gcTime: 30_000,
      retry: false,
    })),
  });
  const isLost = pages.some((page) => page.isError);
  useEffect(() => {
    if (!isLost) return;
    void client.invalidateQueries({ queryKey: ['people'] });
    void client.invalidateQueries({ queryKey: ['peopleOrder'] });
  }, [isLost, number, client]);
  return (index: number): PersonRow | null | undefined => {
    const number = Math.floor(index / pageRows);
    const page =
      pages[number - firstPage]?.data ??
      client.getQueryData<(PersonRow | null)[]>(['peopleAt', list?.before, number]);
    // The core holds a row for each place.
    return page ? (page[index % pageRows] ?? null) : list?.first[index];
  };
}

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
