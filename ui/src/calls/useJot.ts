import { useEffect, useState, useSyncExternalStore } from 'react';

const settleMs = 400;
const retryMs = 3_000;

export interface Jotted {
  notes: string;
  learned: string;
}

interface Shown extends Jotted {
  state: 'saved' | 'saving' | 'failed';
}

/**
 * Words that are kept as they are typed. They live here until the book has them: what cannot be written is tried again,
 * and stays on the screen.
 */
export class JotPad {
  private shown: Shown;
  private written: Jotted;
  private running: Promise<void> | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly listeners = new Set<() => void>();

  constructor(
    initial: Jotted,
    private readonly write: (jotted: Jotted) => Promise<unknown>,
  ) {
    this.written = initial;
    this.shown = { ...initial, state: 'saved' };
  }

  readonly read = (): Shown => this.shown;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private show(change: Partial<Shown>): void {
    this.shown = { ...this.shown, ...change };
    for (const listener of this.listeners) listener();
  }

  readonly change = (change: Partial<Jotted>): void => {
    this.show(change);
    this.later(settleMs);
  };

  private later(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush().catch(() => {}), ms);
  }

  private get isWritten(): boolean {
    return this.shown.notes === this.written.notes && this.shown.learned === this.written.learned;
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
        const { notes, learned } = this.shown;
        this.show({ state: 'saving' });
        await this.write({ notes, learned });
        this.written = { notes, learned };
      }
      if (this.shown.state !== 'saved') this.show({ state: 'saved' });
    } catch (reason) {
      this.show({ state: 'failed' });
      if (this.listeners.size > 0) this.later(retryMs);
      throw reason;
    }
  }
}

export type Jot = Shown & Pick<JotPad, 'change' | 'flush'>;

export function useJot(initial: Jotted, write: (jotted: Jotted) => Promise<unknown>): Jot {
  const [pad] = useState(() => new JotPad(initial, write));
  const shown = useSyncExternalStore(pad.subscribe, pad.read);
  useEffect(() => {
    const leave = () => void pad.flush().catch(() => {});
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, [pad]);
  return { ...shown, change: pad.change, flush: pad.flush };
}
