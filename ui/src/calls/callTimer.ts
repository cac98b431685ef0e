import { useEffect, useState } from 'react';
import { coreNowMs } from '../shared/time';

/** `2:14`, and `1:02:14` past the hour. */
export function clockOf(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (n: number) => String(n).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** How long the call has lasted, by the second until it ended. */
export function useCallClock(beganMs: number, endedMs: number | null): string {
  const [nowMs, setNow] = useState(() => coreNowMs());
  useEffect(() => {
    if (endedMs !== null) return;
    const timer = setInterval(() => setNow(coreNowMs()), 1000);
    return () => clearInterval(timer);
  }, [endedMs]);
  return clockOf((endedMs ?? nowMs) - beganMs);
}
