import { describe, expect, it } from 'vitest';
import { Format } from './time';

// Monday 23 November 2026, 9:12 in Brisbane.
const now = Date.parse('2026-11-22T23:12:00Z');
const brisbane = new Format({ zone: 'Australia/Brisbane' }, now);

describe('times on screen', () => {
  it('are those of the association, not of the machine', () => {
    expect(brisbane.longDay(now)).toBe('Monday 23 November');
    expect(brisbane.time(Date.parse('2026-11-22T22:40:00Z'))).toBe('8:40');
    expect(brisbane.time(Date.parse('2026-11-23T07:00:00Z'))).toBe('17:00');
  });

  it('say today and tomorrow by the calendar there', () => {
    expect(brisbane.near(Date.parse('2026-11-22T22:40:00Z'))).toBe('today 8:40');
    expect(brisbane.near(Date.parse('2026-11-23T14:30:00Z'))).toBe('tomorrow 0:30');
    expect(brisbane.near(Date.parse('2026-11-22T13:00:00Z'))).toBe('yesterday 23:00');
    expect(brisbane.near(Date.parse('2026-11-27T07:00:00Z'))).toBe('Friday 17:00');
    expect(brisbane.near(Date.parse('2026-11-02T00:15:00Z'))).toBe('2 November 10:15');
    expect(brisbane.near(Date.parse('2025-11-02T00:15:00Z'))).toBe('2 November 2025 10:15');
  });

  it('say the year of a day in full where it could be taken for another', () => {
    expect(brisbane.longDay(Date.parse('2026-12-02T07:00:00Z'))).toBe('Wednesday 2 December');
    expect(brisbane.longDay(Date.parse('2027-12-02T07:00:00Z'))).toBe('Thursday 2 December 2027');
    expect(brisbane.longDay(Date.parse('2026-01-02T07:00:00Z'))).toBe('Friday 2 January 2026');
  });

  it('count days over a change of the clock', () => {
    // Sydney moved an hour ahead on 4 October 2026.
    const sydney = new Format({ zone: 'Australia/Sydney' }, Date.parse('2026-10-03T12:00:00Z'));
    expect(sydney.daysFromToday(Date.parse('2026-10-04T12:30:00Z'))).toBe(1);
  });

  it('find the instant of an hour there, over a change of the clock', () => {
    const sydney = new Format({ zone: 'Australia/Sydney' }, Date.parse('2026-10-03T02:00:00Z'));
    expect(new Date(sydney.atLocal(0, 9)).toISOString()).toBe('2026-10-02T23:00:00.000Z');
    expect(new Date(sydney.atLocal(1, 9)).toISOString()).toBe('2026-10-03T22:00:00.000Z');
    expect(brisbane.weekdayNumber(now)).toBe(1);
  });

  it('say how long in one unit', () => {
    expect(brisbane.duration(21 * 86_400_000 + 5)).toBe('21 days');
    expect(brisbane.duration(86_400_000)).toBe('1 day');
    expect(brisbane.duration(3 * 3_600_000)).toBe('3 hours');
    expect(brisbane.duration(-5)).toBe('0 minutes');
  });
});
