import { useSyncExternalStore } from 'react';
import { commands } from '../ipc/bindings';
import { run } from '../ipc/error';
import type { KeyBinding } from '../shared/keys';

/** How this screen is looked at, which is not the association's: it stays on the machine. */
class Habit<T extends string | number> {
  readonly #listeners = new Set<() => void>();

  constructor(
    private readonly name: string,
    readonly choices: readonly T[],
    readonly usual: T,
    private readonly take: (value: T) => void,
  ) {}

  readonly read = (): T => {
    const stored = window.localStorage.getItem(this.name);
    return this.choices.find((choice) => String(choice) === stored) ?? this.usual;
  };

  readonly set = (value: T) => {
    window.localStorage.setItem(this.name, String(value));
    this.take(value);
    for (const listener of this.#listeners) listener();
  };

  readonly follow = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  apply() {
    this.take(this.read());
  }
}

export const theme = new Habit('wellmet.theme', ['system', 'light', 'dark'] as const, 'system', (value) => {
  if (value === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = value;
});

/** In percent of the usual. */
export const size = new Habit('wellmet.size', [75, 90, 100, 110, 125, 150, 175, 200], 100, (percent) => {
  // Where the window cannot, everything stays as large as it is, and readable.
  void run(commands.setZoom(percent)).catch(() => {});
});

export const useHabit = <T extends string | number>(habit: Habit<T>): T =>
  useSyncExternalStore(habit.follow, habit.read);

/** The next size up or down, as far as there is one. */
function step(by: 1 | -1) {
  const next = size.choices[size.choices.indexOf(size.read()) + by];
  if (next !== undefined) size.set(next);
}

export const sizeKeys: KeyBinding[] = [
  { keys: 'mod++', label: 'keys.larger', always: true, run: () => step(1) },
  // The same key where "+" needs Shift.
  { keys: 'mod+=', always: true, run: () => step(1) },
  { keys: 'mod+-', label: 'keys.smaller', always: true, run: () => step(-1) },
  { keys: 'mod+0', label: 'keys.usualSize', always: true, run: () => size.set(size.usual) },
];
