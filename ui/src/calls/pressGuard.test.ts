import { describe, expect, it } from 'vitest';
import { createPressGuard } from './pressGuard';

const press = (key: string, timeStamp: number, repeat = false) => ({ key, timeStamp, repeat });

describe('a press', () => {
  it('counts once where a key bounces or is held down', () => {
    const guard = createPressGuard();
    expect(guard.admits(press('1', 1000))).toBe(true);
    expect(guard.admits(press('1', 1080))).toBe(false);
    expect(guard.admits(press('1', 1500))).toBe(true);
    expect(guard.admits(press('1', 2500, true))).toBe(false);
  });

  it('does not hold up another key', () => {
    const guard = createPressGuard();
    expect(guard.admits(press('1', 1000))).toBe(true);
    expect(guard.admits(press('2', 1060))).toBe(true);
  });
});
