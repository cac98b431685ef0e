import { useEffect } from 'react';
import { Drawn, useDrawn } from './held';

export const retryMs = 3_000;

export interface Kept {
  state: 'kept' | 'keeping' | 'failed';
  /** Why it could not be kept. */
  why: unknown;
}

/**
 * Words that are kept in the book as they are typed, at every pause. They live here until the book has them: what
 * cannot be written is tried again, and stays on the screen.
 */
export abstract class Pad<Shown extends Kept> extends Drawn<Shown> {
  private running: Promise<void> | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    begun: Shown,
    private readonly pauseMs: number,
  ) {
    super(begun);
  }

  /** The book has what stands here. */
  protected abstract isKept(): boolean;
  /** Writes what stands here now. */
  protected abstract keep(): Promise<void>;

  protected later(ms = this.pauseMs): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush().catch(() => {}), ms);
  }

  /** What is not in the book yet is written now; rejects where it cannot be. */
  readonly flush = (): Promise<void> => {
    clearTimeout(this.timer);
    this.running ??= this.keepAll().finally(() => {
      this.running = null;
    });
    return this.running;
  };

  /** Once nothing is on its way to the book any more. */
  protected async idle(): Promise<void> {
    await this.running?.catch(() => {});
  }

  private async keepAll(): Promise<void> {
    try {
      // What was typed while the last words were on their way follows them.
      while (!this.isKept()) {
        this.tell({ state: 'keeping' });
        await this.keep();
      }
      if (this.read().state !== 'kept') this.tell({ state: 'kept', why: null });
    } catch (why) {
      this.tell({ state: 'failed', why });
      if (this.isDrawn) this.later(retryMs);
      throw why;
    }
  }

  private tell(change: Partial<Kept>): void {
    this.show(change as Partial<Shown>);
  }

  protected show(change: Partial<Shown>): void {
    this.set({ ...this.read(), ...change });
  }
}

/** What stands on it; written at the latest when the window or the page goes. */
export function usePad<Shown extends Kept>(pad: Pad<Shown>): Shown {
  const shown = useDrawn(pad);
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
