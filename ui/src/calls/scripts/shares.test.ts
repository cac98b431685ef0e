import { describe, expect, it } from 'vitest';
import type { ScriptVersionView, Share } from '../../ipc/bindings';
import { overlap, verdictOf } from './shares';

const share = (count: number, of: number, low: number, high: number): Share => ({ count, of, low, high });
const version = (number: number, went_well: Share, running = true): ScriptVersionView => ({
  id: `v${number}`,
  number,
  created_ms: 0,
  text: '',
  running,
  calls: went_well.of,
  reached: went_well,
  went_well,
});

describe('what may be said of versions', () => {
  it('says nothing of one alone, whatever ran before it', () => {
    expect(
      verdictOf([version(2, share(9, 10, 0.6, 0.98)), version(1, share(0, 90, 0, 0.04), false)]),
    ).toEqual({ kind: 'alone' });
  });

  it('says nothing while the intervals overlap, be it in a point', () => {
    const [a, b] = [share(8, 10, 0.49, 0.94), share(3, 10, 0.11, 0.6)];
    expect(overlap(a, b) && overlap(b, a)).toBe(true);
    expect(verdictOf([version(2, a), version(1, b)])).toEqual({ kind: 'open' });
    expect(overlap(share(1, 2, 0, 0.5), share(1, 2, 0.5, 1))).toBe(true);
  });

  it('says nothing of a version without calls', () => {
    expect(verdictOf([version(2, share(0, 0, 0, 1)), version(1, share(90, 100, 0.83, 0.94))])).toEqual({
      kind: 'open',
    });
  });

  it('names the better one, and those alone that it is better than', () => {
    const versions = [
      version(3, share(20, 100, 0.13, 0.29)),
      version(2, share(85, 100, 0.77, 0.91)),
      version(1, share(80, 100, 0.71, 0.87)),
    ];
    expect(verdictOf(versions)).toEqual({ kind: 'better', number: 2, than: [3] });
  });
});
