import { useEffect, useState, useSyncExternalStore } from 'react';

const settleMs = 500;
const retryMs = 3_000;

export interface DraftShown {
  text: string;
  /** Not the words of the newest version. */
  isDirty: boolean;
  state: 'kept' | 'keeping' | 'failed';
  /** Why it could not be kept. */
  why: unknown;
}

export interface DraftStore {
  /** Keeps the words and answers their draft. */
  keep: (draft: string | null, base: number, text: string) => Promise<string>;
  discard: (draft: string) => Promise<unknown>;
}

interface Begun {
  /** The draft in the book, where there is one. */
  draft: string | null;
  text: string;
  /** The newest version; none for a script that is still to be. */
  saved: string | null;
  base: number;
}

/**
 * A script while it is written. Its words are kept in the book at every pause, and live here until the book has them:
 * what cannot be written is tried again, and stays on the screen. Words that are those of the newest version need no
 * draft.
 */
export class DraftPad {
  private shown: DraftShown;
  /** What the book would give back now. */
  private written: string;
  private draft: string | null;
  private saved: string | null;
  private base: number;
  private running: Promise<void> | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isClosed = false;
  private readonly listeners = new Set<() => void>();

  constructor(
    begun: Begun,
    private readonly store: DraftStore,
  ) {
    this.draft = begun.draft;
    this.saved = begun.saved;
    this.base = begun.base;
    this.written = begun.text;
    this.shown = { text: begun.text, isDirty: begun.text !== begun.saved, state: 'kept', why: null };
  }

  readonly read = (): DraftShown => this.shown;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private show(change: Partial<DraftShown>): void {
    const next = { ...this.shown, ...change };
    this.shown = { ...next, isDirty: next.text !== this.saved };
    for (const listener of this.listeners) listener();
  }

  readonly change = (text: string): void => {
    this.show({ text });
    this.later(settleMs);
  };

  private later(ms: number): void {
    clearTimeout(this.timer);
    if (!this.isClosed) this.timer = setTimeout(() => void this.flush().catch(() => {}), ms);
  }

  /** What is not in the book yet is written now; rejects where it cannot be. */
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
      while (!this.isClosed && this.written !== this.shown.text) {
        const { text } = this.shown;
        this.show({ state: 'keeping' });
        if (text === this.saved) await this.drop();
        else this.draft = await this.store.keep(this.draft, this.base, text);
        this.written = text;
      }
      if (this.shown.state !== 'kept') this.show({ state: 'kept', why: null });
    } catch (why) {
      this.show({ state: 'failed', why });
      this.later(retryMs);
      throw why;
    }
  }

  get isWatched(): boolean {
    return this.listeners.size > 0;
  }

  /** Writes what is left; `then` once the book has it, however often that takes. */
  readonly whenKept = (then: () => void): void => {
    if (this.isClosed) return then();
    this.flush().then(then, () => setTimeout(() => this.whenKept(then), retryMs));
  };

  private async drop(): Promise<void> {
    if (this.draft === null) return;
    await this.store.discard(this.draft);
    this.draft = null;
  }

  /** These words are a version now: a draft of them is not needed. */
  readonly settle = async (text: string, base: number): Promise<void> => {
    await this.running?.catch(() => {});
    this.saved = text;
    this.base = base;
    this.show({});
    if (this.shown.text !== text) return this.later(settleMs);
    this.written = text;
    clearTimeout(this.timer);
    await this.tidy();
  };

  /** The newest version is another than it was: it was undone, or someone saved one. */
  readonly follow = (saved: string, number: number): void => {
    this.base = Math.min(this.base, number);
    if (saved === this.saved) return;
    this.saved = saved;
    this.show({});
    if (this.shown.isDirty) {
      // What was no draft so far has to be one now.
      if (this.draft === null) this.written = saved;
      this.later(settleMs);
    }
  };

  /** A draft that says what the newest version says is left over; it does no harm where it cannot go. */
  readonly tidy = async (): Promise<void> => {
    if (!this.shown.isDirty) await this.drop().catch(() => {});
  };

  /** Throws the draft away; nothing more is kept. */
  readonly close = async (): Promise<void> => {
    this.isClosed = true;
    clearTimeout(this.timer);
    await this.running?.catch(() => {});
    await this.drop();
  };
}

// Who leaves before the words are in the book, or while the book cannot be written, finds them as they were.
const pads = new Map<string, DraftPad>();

/** What is being written of this script, or of this draft of a new one. */
export function useDraftPad(
  key: string,
  begun: Begun,
  store: DraftStore,
): { pad: DraftPad; shown: DraftShown } {
  const [pad] = useState(() => pads.get(key) ?? new DraftPad(begun, store));
  const shown = useSyncExternalStore(pad.subscribe, pad.read);
  useEffect(() => {
    pads.set(key, pad);
    void pad.tidy();
    const leave = () => void pad.flush().catch(() => {});
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      const go = () => {
        if (pads.get(key) === pad && !pad.isWatched) pads.delete(key);
      };
      pad.whenKept(go);
    };
  }, [key, pad]);
  return { pad, shown };
}
