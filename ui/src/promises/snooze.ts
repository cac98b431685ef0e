import type { Format } from '../shared/time';

export interface SnoozeChoice {
  id: 'hour' | 'afternoon' | 'tomorrow' | 'monday';
  untilMs: number;
}

const hourMs = 3_600_000;

/** The few times that one really means; those already past are left out. */
export function snoozeChoices(format: Format): SnoozeChoice[] {
  const { nowMs } = format;
  const inOneHour = Math.ceil((nowMs + hourMs) / (5 * 60_000)) * 5 * 60_000;
  const tomorrow = format.atLocal(1, 9);
  const daysToMonday = (8 - format.weekdayNumber(nowMs)) % 7 || 7;
  const choices: SnoozeChoice[] = [
    { id: 'hour', untilMs: inOneHour },
    { id: 'afternoon', untilMs: format.atLocal(0, 14) },
    { id: 'tomorrow', untilMs: tomorrow },
  ];
  if (daysToMonday > 1) choices.push({ id: 'monday', untilMs: format.atLocal(daysToMonday, 9) });
  return choices.filter((choice) => choice.id !== 'afternoon' || choice.untilMs > nowMs + 2 * hourMs);
}
