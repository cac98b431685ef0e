import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { JotPad } from './useJot';

describe('notes as one talks', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('writes once the typing pauses, and everything at once', async () => {
    const write = vi.fn().mockResolvedValue(null);
    const pad = new JotPad({ notes: '', learned: '' }, write);
    pad.change({ notes: 'Second' });
    await vi.advanceTimersByTimeAsync(200);
    pad.change({ notes: 'Second showroom' });
    expect(write).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(400);
    expect(write).toHaveBeenCalledExactlyOnceWith({ notes: 'Second showroom', learned: '' });
    expect(pad.read().state).toBe('kept');
  });

  it('keeps every word where the book cannot be written, says so, and tries again', async () => {
    let isFull = true;
    const write = vi.fn(() => (isFull ? Promise.reject(new Error('full')) : Promise.resolve(null)));
    const pad = new JotPad({ notes: '', learned: '' }, write);
    const stop = pad.subscribe(() => {});
    pad.change({ notes: 'Wants a mentor', learned: 'daughter sails' });
    await vi.advanceTimersByTimeAsync(500);
    expect(pad.read()).toEqual({
      words: { notes: 'Wants a mentor', learned: 'daughter sails' },
      state: 'failed',
      why: new Error('full'),
    });
    isFull = false;
    await vi.advanceTimersByTimeAsync(3_100);
    expect(pad.read().state).toBe('kept');
    expect(write).toHaveBeenLastCalledWith({ notes: 'Wants a mentor', learned: 'daughter sails' });
    stop();
  });

  it('lets what was typed during a write follow it, in order', async () => {
    const written: string[] = [];
    const ends: (() => void)[] = [];
    const pad = new JotPad({ notes: '', learned: '' }, ({ notes }) => {
      written.push(notes);
      return new Promise<void>((resolve) => ends.push(resolve));
    });
    pad.change({ notes: 'one' });
    const first = pad.flush();
    pad.change({ notes: 'one two' });
    const second = pad.flush();
    expect(written).toEqual(['one']);
    ends[0]!();
    await vi.advanceTimersByTimeAsync(0);
    expect(written).toEqual(['one', 'one two']);
    ends[1]!();
    await Promise.all([first, second]);
    expect(pad.read().state).toBe('kept');
  });

  it('tells whoever waits for it that it could not be written', async () => {
    const pad = new JotPad({ notes: '', learned: '' }, () => Promise.reject(new Error('The disk is full.')));
    pad.change({ notes: 'x' });
    await expect(pad.flush()).rejects.toThrow('The disk is full.');
  });
});
