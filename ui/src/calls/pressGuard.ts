import { useState } from 'react';

export const bounceMs = 250;

export interface PressGuard {
  /** Whether this press means something: not a key held down, and not the same key once more by a heavy finger. */
  admits: (event: Pick<KeyboardEvent, 'key' | 'repeat' | 'timeStamp'>) => boolean;
}

export function createPressGuard(): PressGuard {
  let lastKey = '';
  let lastAt = -Infinity;
  return {
    admits: ({ key, repeat, timeStamp }) => {
      const isBounce = key === lastKey && timeStamp - lastAt < bounceMs;
      lastKey = key;
      lastAt = timeStamp;
      return !repeat && !isBounce;
    },
  };
}

export const usePressGuard = (): PressGuard => useState(createPressGuard)[0];
