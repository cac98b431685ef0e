// Days of the calendar as the core writes them, `2026-11-23`. They are no instants: reckoned in one zone throughout.
import { Format } from '../shared/time';

const dayMs = 86_400_000;

export const instantOf = (day: string): number => Date.parse(`${day}T12:00:00Z`);
export const dayAt = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
export const daysAfter = (day: string, days: number): string => dayAt(instantOf(day) + days * dayMs);
/** 0 is Monday. */
export const weekdayOf = (day: string): number => (new Date(instantOf(day)).getUTCDay() + 6) % 7;

const inUtc = (format: Format): Format => new Format({ zone: 'UTC' }, instantOf(format.dayKey(format.nowMs)));

/** `4 December`, with the year where it is not this one. */
export const calendarDay = (day: string, format: Format): string => inUtc(format).day(instantOf(day));

/** `Friday 4 December` */
export const longDay = (day: string, format: Format): string => inUtc(format).longDay(instantOf(day));

const shortDays = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'short' });
/** `4 Dec` */
export const shortDay = (day: string): string => shortDays.format(instantOf(day));

const spans = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});
/** `4 – 18 December 2026` */
export const spanOf = (from: string, to: string): string =>
  from === to ? spans.format(instantOf(from)) : spans.formatRange(instantOf(from), instantOf(to));
