import { describe, expect, it } from 'vitest';
import { faultOf, newRow, nextRow, openingsOf, readMinute, showMinute, usualWeek, weekOf } from './hours';

describe('a time as it is typed', () => {
  it.each([
    ['9', 540],
    ['09:00', 540],
    ['9.30', 570],
    ['0930', 570],
    ['930', 570],
    ['17h30', 1050],
    ['5pm', 1020],
    ['12 am', 0],
    ['12:15 p.m.', 735],
    ['24:00', 1440],
    [' 8:05 ', 485],
  ])('%j is %i minutes', (typed, minute) => expect(readMinute(typed)).toBe(minute));

  it.each(['', 'noon', '25', '24:01', '9:60', '13pm', '9:5', '-1', '9:00 to 17:00'])('%j is none', (typed) =>
    expect(readMinute(typed)).toBeNull(),
  );

  it('is shown as it is read', () => {
    for (let minute = 0; minute <= 1440; minute += 5) expect(readMinute(showMinute(minute))).toBe(minute);
  });
});

describe('a week of openings', () => {
  it('goes to the core and back unchanged, split days too', () => {
    const openings = [
      { weekday: 0, opens_minute: 540, closes_minute: 720 },
      { weekday: 0, opens_minute: 780, closes_minute: 1020 },
      { weekday: 6, opens_minute: 600, closes_minute: 1440 },
    ];
    expect(openingsOf(weekOf(openings))).toEqual(openings);
  });

  it('sorts what was typed in any order', () => {
    const week = usualWeek();
    week[2] = [newRow('13:00', '17:00'), newRow('9', '12')];
    expect(openingsOf(week)!.filter((opening) => opening.weekday === 2)).toEqual([
      { weekday: 2, opens_minute: 540, closes_minute: 720 },
      { weekday: 2, opens_minute: 780, closes_minute: 1020 },
    ]);
  });

  it('says what is wrong, and is not sent before it is right', () => {
    expect(faultOf([newRow('nine', '17:00')])).toBe('unreadable');
    expect(faultOf([newRow('17:00', '9:00')])).toBe('backwards');
    expect(faultOf([newRow('9:00', '9:00')])).toBe('backwards');
    expect(faultOf([newRow('9:00', '13:00'), newRow('12:00', '17:00')])).toBe('overlap');
    // One that begins as the other ends is no overlap.
    expect(faultOf([newRow('9:00', '12:00'), newRow('12:00', '17:00')])).toBeNull();
    const week = usualWeek();
    week[4] = [newRow('9:00', '')];
    expect(openingsOf(week)).toBeNull();
  });

  it('offers a second opening that fits after the first', () => {
    const day = [newRow('9:00', '12:00')];
    expect(faultOf([...day, nextRow(day)])).toBeNull();
    const late = [newRow('9:00', '24:00')];
    expect(readMinute(nextRow(late).closes)).toBeLessThanOrEqual(1440);
  });
});
