// What the app says in passing: that something was done, or that it could not be. Words, until someone has read them.
import { i18next } from '../i18n';

export interface Toast {
  id: number;
  words: string;
  isError: boolean;
  action: { label: string; run: () => void } | undefined;
  /** On its way out; gone a moment later. */
  isLeaving: boolean;
}

const leavingMs = 160;
const doneMs = 4_500;
const withActionMs = 6_000;
const errorMs = 8_000;

let shown: Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();
const timers = new Map<number, ReturnType<typeof setTimeout>>();

function set(next: Toast[]): void {
  shown = next;
  for (const listener of listeners) listener();
}

export const toasts = (): Toast[] => shown;

export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const lastsMs = (toast: Toast): number => (toast.isError ? errorMs : toast.action ? withActionMs : doneMs);

function goesIn(toast: Toast): void {
  timers.set(
    toast.id,
    setTimeout(() => dismiss(toast.id), lastsMs(toast)),
  );
}

export function dismiss(id: number): void {
  clearTimeout(timers.get(id));
  timers.set(
    id,
    setTimeout(() => {
      timers.delete(id);
      set(shown.filter((toast) => toast.id !== id));
    }, leavingMs),
  );
  set(shown.map((toast) => (toast.id === id ? { ...toast, isLeaving: true } : toast)));
}

/** Whoever reads one, with the pointer or the keyboard on it, has the time they need. */
export function hold(): void {
  for (const { id, isLeaving } of shown) if (!isLeaving) clearTimeout(timers.get(id));
}

export function letGo(): void {
  hold();
  for (const toast of shown) if (!toast.isLeaving) goesIn(toast);
}

function show(words: string, isError: boolean, action?: Toast['action']): void {
  lastId += 1;
  const toast = { id: lastId, words, isError, action, isLeaving: false };
  // The newest of its kind takes the place of the one before: what was done last is what one may want to take back.
  for (const { id } of shown.filter((each) => each.isError === isError)) clearTimeout(timers.get(id));
  set([...shown.filter((each) => each.isError !== isError), toast]);
  goesIn(toast);
}

export function showDone(words: string, action?: Toast['action']): void {
  show(words, false, action);
}

export function showError(words: string): void {
  show(words || i18next.t('error.unknown'), true);
}

// --- where they stand ---------------------------------------------------------------------------------------------

export interface Place {
  /** The highest has them. */
  rank: number;
}

let places: Place[] = [];

export function takePlace(place: Place): () => void {
  places = [...places, place];
  for (const listener of listeners) listener();
  return () => {
    places = places.filter((each) => each !== place);
    for (const listener of listeners) listener();
  };
}

export const bestPlace = (): Place | undefined =>
  places.reduce<Place | undefined>((best, each) => (best && best.rank > each.rank ? best : each), undefined);
