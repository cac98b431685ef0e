import { Held, useDrawn } from '../../shared/held';

/** To whom a script is said while it is tried. */
export interface Listener {
  id: string;
  name: string;
  organisation: string | null;
}

// Whoever a script is tried with is tried again with the next one, for as long as the window is open.
const current = new Held<Listener | null>(null);

export const setListener = (next: Listener | null): void => current.set(next);
export const useListener = (): Listener | null => useDrawn(current);
