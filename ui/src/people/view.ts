// The list as it was left, so that coming back from a person finds it so. Of this window, not of the book.
import type { PeopleQuery } from '../ipc/bindings';
import { Held, useDrawn } from '../shared/held';

export type PeopleView = Required<PeopleQuery>;

export const wholeView: PeopleView = {
  words: '',
  standings: [],
  keeper: null,
  waiting: false,
  tag: '',
  source: '',
  place: '',
  said: null,
  quiet_days: 0,
  field: null,
  sort: null,
  descending: false,
};

/** What was kept as a query, by an older Wellmet too, as the list shows it. */
export const viewOf = (query: PeopleQuery): PeopleView => ({ ...wholeView, ...query });
export const isSameView = (one: PeopleView, other: PeopleView): boolean =>
  JSON.stringify(queryOf(viewOf(one))) === JSON.stringify(queryOf(viewOf(other)));

const view = new Held(wholeView);

export const setPeopleView = (change: Partial<PeopleView>): void => view.set({ ...view.read(), ...change });
export const usePeopleView = (): PeopleView => useDrawn(view);

/** Where the list stood when it was left. */
let lastPlace = 0;
export const placeBefore = (): number => lastPlace;
export function rememberPlace(place: number): void {
  lastPlace = place;
}

export const isWhole = (of: PeopleView): boolean =>
  isSameView({ ...of, sort: null, descending: false }, wholeView);

export const queryOf = (of: PeopleView): PeopleQuery => ({ ...of, words: of.words.trim() });

// `/` from anywhere leads here and into the field, also when this screen is yet to be drawn.
let isSearchAsked = false;
let focusSearch: (() => void) | null = null;

export function askToSearch(): void {
  if (focusSearch) focusSearch();
  else isSearchAsked = true;
}

export function onSearchAsked(focus: () => void): () => void {
  focusSearch = focus;
  if (isSearchAsked) focus();
  isSearchAsked = false;
  return () => {
    focusSearch = null;
  };
}
