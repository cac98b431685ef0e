// A recovery key that nobody has printed yet. It is shown once: nothing may take its place until someone has it.
import { Held, useDrawn } from '../shared/held';

const pending = new Held<string | null>(null);

export const setPendingKey = (key: string | null): void => pending.set(key);
export const usePendingKey = (): string | null => useDrawn(pending);
