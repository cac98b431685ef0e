// What lies over the screen. One at a time: opening another closes the first.
import { useSyncExternalStore } from 'react';

export type OverlayName = 'palette' | 'keys' | 'capture' | 'logCall' | 'incoming' | 'inbox' | 'newPerson';

let current: OverlayName | null = null;
const listeners = new Set<() => void>();

function set(next: OverlayName | null): void {
  if (current === next) return;
  current = next;
  for (const listener of listeners) listener();
}

export const openOverlay = (name: OverlayName): void => set(name);
export const closeOverlay = (): void => set(null);

export function useOverlay(): OverlayName | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}
