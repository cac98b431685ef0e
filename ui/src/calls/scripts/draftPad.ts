import { useEffect, useState } from 'react';
import { Pad, retryMs, usePad, type Kept } from '../../shared/pad';

const pauseMs = 500;

export interface DraftShown extends Kept {
  text: string;
  /** Not the words of the newest version. */
  isDirty: boolean;
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

/** A script while it is written. Words that are those of the newest version need no draft. */
export class DraftPad extends Pad<DraftShown> {
  /** What the book would give back now. */
  private written: string;
  private draft: string | null;
  private saved: string | null;
  private base: number;
  private isClosed = false;

  constructor(
    begun: Begun,
    private readonly store: DraftStore,
  ) {
    super({ text: begun.text, isDirty: begun.text !== begun.saved, state: 'kept', why: null }, pauseMs);
    this.draft = begun.draft;
    this.saved = begun.saved;
    this.base = begun.base;
    this.written = begun.text;
  }

  protected override show(change: Partial<DraftShown>): void {
    super.show({ ...change, isDirty: (change.text ?? this.read().text) !== this.saved });
  }

  readonly change = (text: string): void => {
    this.show({ text });
    this.later();
  };

  protected isKept(): boolean {
    return this.isClosed || this.written === this.read().text;
  }

  protected async keep(): Promise<void> {
    const { text } = this.read();
    if (text === this.saved) await this.drop();
    else this.draft = await this.store.keep(this.draft, this.base, text);
    this.written = text;
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
    await this.idle();
    this.saved = text;
    this.base = base;
    this.show({});
    if (this.read().text !== text) return this.later();
    this.written = text;
    await this.tidy();
  };

  /** The newest version is another than it was: it was undone, or someone saved one. */
  readonly follow = (saved: string, number: number): void => {
    this.base = Math.min(this.base, number);
    if (saved === this.saved) return;
    this.saved = saved;
    this.show({});
    if (this.read().isDirty) {
      // What was no draft so far has to be one now.
      if (this.draft === null) this.written = saved;
      this.later();
    }
  };

  /** A draft that says what the newest version says is left over; it does no harm where it cannot go. */
  readonly tidy = async (): Promise<void> => {
    if (!this.read().isDirty) await this.drop().catch(() => {});
  };

  /** Throws the draft away; nothing more is kept. */
  readonly close = async (): Promise<void> => {
    this.isClosed = true;
    await this.idle();
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
  const shown = usePad(pad);
  useEffect(() => {
    pads.set(key, pad);
    void pad.tidy();
    return () => {
      const go = () => {
        if (pads.get(key) === pad && !pad.isDrawn) pads.delete(key);
      };
      pad.whenKept(go);
    };
  }, [key, pad]);
  return { pad, shown };
}
