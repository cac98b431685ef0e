import { useEffect, useState, useSyncExternalStore } from 'react';

const settleMs = 400;
const retryMs = 3_000;

export interface Jotted {
  notes: string;
  learned: string;
}

interface Shown<Words> {
  words: Words;
  state: 'saved' | 'saving' | 'failed';
}

/**
 * Words that are kept as they are typed. They live here until the book has them: what cannot be written is tried again,
 * and stays on the screen.
 */
export class JotPad<Words extends object = Jotted> {
  private shown: Shown<Words>;
  private written: Words;
  private running: Promise<void> | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly listeners = new Set<() => void>();

  constructor(
    initial: Words,
    private readonly write: (words: Words) => Promise<unknown>,
  ) {
    this.written = initial;
    this.shown = { words: initial, state: 'saved' };
  }

  readonly read = (): Shown<Words> => this.shown;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private show(change: Partial<Shown<Words>>): void {
    this.shown = { ...this.shown, ...change };
    for (const listener of this.listeners) listener();
  }

  readonly change = (change: Partial<Words>): void => {
    this.show({ words: { ...this.shown.words, ...change } });
    this.later(settleMs);
  };

  private later(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush().catch(() => {}), ms);
  }

  private get isWritten(): boolean {
    return (Object.keys(this.written) as (keyof Words)[]).every(
      (each) => this.shown.words[each] === this.written[each],
    );
  }

  /** What is not written yet is written now; rejects where it cannot be. */
  readonly flush = (): Promise<void> => {
    clearTimeout(this.timer);
    this.running ??= this.writeAll().finally(() => {
      this.running = null;
    });
    return this.running;
  };

  private async writeAll(): Promise<void> {
    try {
      // What was typed while the last words were on their way follows them.
      while (!this.isWritten) {
        const { words } = this.shown;
        this.show({ state: 'saving' });
        await this.write(words);
        this.written = words;
      }
      if (this.shown.state !== 'saved') this.show({ state: 'saved' });
    } catch (reason) {
      this.show({ state: 'failed' });
      if (this.listeners.size > 0) this.later(retryMs);
      throw reason;
    }
  }
}

export type Jot = Jotted & Pick<Shown<Jotted>, 'state'> & Pick<JotPad, 'change' | 'flush'>;

export function useJot(initial: Jotted, write: (jotted: Jotted) => Promise<unknown>): Jot {
  const [pad] = useState(() => new JotPad(initial, write));
  const { words, state } = usePad(pad);
  return { ...words, state, change: pad.change, flush: pad.flush };
}

/** What stands on it; written at the latest when the window or the page goes. */
export function usePad<Words extends object>(pad: JotPad<Words>): Shown<Words> {
  const shown = useSyncExternalStore(pad.subscribe, pad.read);
  useEffect(() => {
    const leave = () => void pad.flush().catch(() => {});
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, [pad]);
  return shown;
}
