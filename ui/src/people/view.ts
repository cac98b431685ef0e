// The list as it was left, so that coming back from a person finds it so. Of this window, not of the book.
import type { PeopleQuery, PeopleSort, Standing } from '../ipc/bindings';
import { Held, useDrawn } from '../shared/held';

export interface PeopleView {
  words: string;
  standings: Standing[];
  keeper: string | null;
  waiting: boolean;
  sort: PeopleSort;
}

export const wholeView: PeopleView = { words: '', standings: [], keeper: null, waiting: false, sort: 'name' };

const view = new Held(wholeView);

export const setPeopleView = (change: Partial<PeopleView>): void => view.set({ ...view.read(), ...change });
export const usePeopleView = (): PeopleView => useDrawn(view);

/** Whom the list stood at when it was left. */
let lastSelected: string | null = null;
export const selectedBefore = (): string | null => lastSelected;
export function rememberSelected(id: string | null): void {
  lastSelected = id;
}

export const isWhole = (of: PeopleView): boolean =>
  !of.words.trim() && of.standings.length === 0 && of.keeper === null && !of.waiting;

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
