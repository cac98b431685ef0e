import { useState } from 'react';
import type { Jotted } from '../ipc/bindings';
import { Pad, usePad, type Kept } from '../shared/pad';

const pauseMs = 400;

/** What one writes beside a call. */
export class JotPad<Words extends object = Jotted> extends Pad<Kept & { words: Words }> {
  constructor(
    private written: Words,
    private readonly write: (words: Words) => Promise<unknown>,
  ) {
    super({ words: written, state: 'kept', why: null }, pauseMs);
  }

  readonly change = (change: Partial<Words>): void => {
    this.show({ words: { ...this.read().words, ...change } });
    this.later();
  };

  protected isKept(): boolean {
    return (Object.keys(this.written) as (keyof Words)[]).every(
      (each) => this.read().words[each] === this.written[each],
    );
  }

  protected async keep(): Promise<void> {
    const { words } = this.read();
    await this.write(words);
    this.written = words;
  }
}

export type Jot = Jotted & Pick<Kept, 'state'> & Pick<JotPad, 'change' | 'flush' | 'read'>;

export function useJot(initial: Jotted, write: (jotted: Jotted) => Promise<unknown>): Jot {
  const [pad] = useState(() => new JotPad(initial, write));
  const { words, state } = usePad(pad);
  return { ...words, state, change: pad.change, flush: pad.flush, read: pad.read };
}
