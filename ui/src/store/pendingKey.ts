// A recovery key that nobody has printed yet. It is shown once: nothing may take its place until someone has it.
import { useSyncExternalStore } from 'react';

let pending: string | null = null;
const listeners = new Set<() => void>();

export function setPendingKey(key: string | null): void {
  pending = key;
  for (const listener of listeners) listener();
}

export function usePendingKey(): string | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => pending,
  );
}
