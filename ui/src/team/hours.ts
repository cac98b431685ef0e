// Opening hours as one edits them: words until they are read, several openings a day. 0 is Monday.
import type { Opening } from '../ipc/bindings';

export interface HoursRow {
  id: string;
  opens: string;
  closes: string;
}
/** Seven days, each with its openings; none: closed. */
export type Week = HoursRow[][];

/** What is wrong with a day, as a key of the words for it. */
export type HoursFault = 'unreadable' | 'backwards' | 'overlap';

const dayMinutes = 24 * 60;

/** `9`, `9:30`, `0930`, `9.30`, `5pm`, `17h`: minutes after midnight; 24:00 ends a day. */
export function readMinute(typed: string): number | null {
  const match = /^(\d{1,2})(?:[:.h]?(\d{2}))?\s*(?:h|uhr)?\s*([ap])?\.?m?\.?$/iu.exec(typed.trim());
  if (!match) return null;
  let hour = Number(match[1]);
  const minute = Number(match[2] ?? 0);
  const half = match[3]?.toLowerCase();
  if (half) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (half === 'p' ? 12 : 0);
  }
  const total = hour * 60 + minute;
  return minute < 60 && total <= dayMinutes ? total : null;
}

export const showMinute = (minute: number): string =>
  `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;

let rows = 0;
export const newRow = (opens: string, closes: string): HoursRow => ({ id: `row-${++rows}`, opens, closes });

export function weekOf(openings: Opening[]): Week {
  return Array.from({ length: 7 }, (_, weekday) =>
    openings
      .filter((opening) => opening.weekday === weekday)
      .toSorted((a, b) => a.opens_minute - b.opens_minute)
      .map((opening) => newRow(showMinute(opening.opens_minute), showMinute(opening.closes_minute))),
  );
}

/** Monday to Friday, nine to five. */
export const usualWeek = (): Week =>
  Array.from({ length: 7 }, (_, weekday) => (weekday < 5 ? [newRow('9:00', '17:00')] : []));

/** What is wrong with each day, or null. */
export function faultOf(day: HoursRow[]): HoursFault | null {
  const read = day.map((row) => ({ from: readMinute(row.opens), to: readMinute(row.closes) }));
  if (read.some(({ from, to }) => from === null || to === null)) return 'unreadable';
  if (read.some(({ from, to }) => from! >= to!)) return 'backwards';
  const sorted = read.toSorted((a, b) => a.from! - b.from!);
  return sorted.some(({ from }, index) => index > 0 && from! < sorted[index - 1]!.to!) ? 'overlap' : null;
}

/** The openings as the core takes them, or null while a day cannot be read. */
export function openingsOf(week: Week): Opening[] | null {
  if (week.some((day) => faultOf(day) !== null)) return null;
  return week.flatMap((day, weekday) =>
    day
      .map((row) => ({
        weekday,
        opens_minute: readMinute(row.opens)!,
        closes_minute: readMinute(row.closes)!,
      }))
      .toSorted((a, b) => a.opens_minute - b.opens_minute),
  );
}

/** A sensible second opening: after a break that follows the last one. */
export function nextRow(day: HoursRow[]): HoursRow {
  const ends = day.map((row) => readMinute(row.closes)).filter((minute) => minute !== null);
  const last = Math.max(0, ...ends);
  if (day.length === 0) return newRow('9:00', '17:00');
  const from = Math.min(last + 60, dayMinutes - 60);
  return newRow(showMinute(from), showMinute(Math.min(from + 180, dayMinutes)));
}
