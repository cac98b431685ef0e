import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DraftPad } from './draftPad';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A book that can be full. */
function book() {
  const kept = new Map<string, string>();
  let made = 0;
  const state = {
    full: false,
    kept,
    asked: [] as string[],
    keep: async (draft: string | null, _base: number, text: string) => {
      state.asked.push(text);
      await Promise.resolve();
      if (state.full) throw new Error('The disk is full.');
      const id = draft ?? `d-${++made}`;
      kept.set(id, text);
      return id;
    },
    discard: async (draft: string) => {
      if (state.full) throw new Error('The disk is full.');
      kept.delete(draft);
    },
  };
  return state;
}
const begun = (rest = {}) => ({ draft: null, text: 'saved', saved: 'saved', base: 2, ...rest });

describe('a script that is being written', () => {
  it('is kept at a pause, once, and not at each letter', async () => {
    const there = book();
    const pad = new DraftPad(begun(), there);
    for (const text of ['a', 'ab', 'abc']) pad.change(text);
    expect(pad.read()).toMatchObject({ isDirty: true });
    await vi.advanceTimersByTimeAsync(600);
    expect(there.asked).toEqual(['abc']);
    expect([...there.kept.values()]).toEqual(['abc']);
    expect(pad.read().state).toBe('kept');
  });

  it('needs no draft where the words are those of the newest version', async () => {
    const there = book();
    const pad = new DraftPad(begun(), there);
    pad.change('other');
    await pad.flush();
    expect(there.kept.size).toBe(1);
    pad.change('saved');
    await pad.flush();
    expect(there.kept.size).toBe(0);
    expect(pad.read().isDirty).toBe(false);
  });

  it('writes what was typed while the last words were on their way', async () => {
    const there = book();
    const pad = new DraftPad(begun(), there);
    pad.change('one');
    const flushing = pad.flush();
    pad.change('one and two');
    await flushing;
    expect([...there.kept.values()]).toEqual(['one and two']);
  });

  it('stays as it is where it cannot be kept, says why, and is tried again by itself', async () => {
    const there = book();
    there.full = true;
    const pad = new DraftPad(begun(), there);
    const stop = pad.subscribe(() => {});
    pad.change('my words');
    await vi.advanceTimersByTimeAsync(600);
    expect(pad.read()).toMatchObject({
      text: 'my words',
      state: 'failed',
      why: new Error('The disk is full.'),
    });
    there.full = false;
    await vi.advanceTimersByTimeAsync(3_100);
    expect([...there.kept.values()]).toEqual(['my words']);
    expect(pad.read().state).toBe('kept');
    stop();
  });

  it('tells whoever left once the book has it', async () => {
    const there = book();
    there.full = true;
    const pad = new DraftPad(begun(), there);
    pad.change('my words');
    let isKept = false;
    pad.whenKept(() => (isKept = true));
    await vi.advanceTimersByTimeAsync(4_000);
    expect(isKept).toBe(false);
    there.full = false;
    await vi.advanceTimersByTimeAsync(4_000);
    expect(isKept).toBe(true);
    expect([...there.kept.values()]).toEqual(['my words']);
  });

  it('goes when it was saved, unless more was typed meanwhile', async () => {
    const there = book();
    const pad = new DraftPad(begun({ draft: 'd', text: 'draft' }), there);
    there.kept.set('d', 'draft');
    await pad.settle('draft', 3);
    expect(there.kept.size).toBe(0);
    expect(pad.read().isDirty).toBe(false);
    pad.change('draft and more');
    await pad.settle('draft', 3);
    await vi.advanceTimersByTimeAsync(600);
    expect([...there.kept.values()]).toEqual(['draft and more']);
    expect(pad.read().isDirty).toBe(true);
  });

  it('is a draft again where the version that was saved of it is undone', async () => {
    const there = book();
    const pad = new DraftPad(begun(), there);
    pad.change('third');
    await pad.flush();
    await pad.settle('third', 3);
    expect(there.kept.size).toBe(0);
    pad.follow('saved', 2);
    expect(pad.read()).toMatchObject({ text: 'third', isDirty: true });
    await vi.advanceTimersByTimeAsync(600);
    expect([...there.kept.values()]).toEqual(['third']);
    pad.follow('third', 3);
    expect(pad.read().isDirty).toBe(false);
  });

  it('keeps nothing more once it is thrown away', async () => {
    const there = book();
    const pad = new DraftPad(begun({ saved: null, text: '' }), there);
    pad.change('one');
    await pad.flush();
    pad.change('one more');
    await pad.close();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(there.kept.size).toBe(0);
  });
});
