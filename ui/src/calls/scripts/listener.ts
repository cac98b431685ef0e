import { useSyncExternalStore } from 'react';

/** To whom a script is said while it is tried. */
export interface Listener {
  id: string;
  name: string;
  organisation: string | null;
}

// Whoever a script is tried with is tried again with the next one, for as long as the window is open.
let current: Listener | null = null;
const listeners = new Set<() => void>();

export function setListener(next: Listener | null): void {
  current = next;
  for (const listener of listeners) listener();
}

export const useListener = (): Listener | null =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
