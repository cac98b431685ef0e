import { describe, expect, it } from 'vitest';
import { Format } from '../shared/time';
import { snoozeChoices } from './snooze';

const at = (iso: string) => snoozeChoices(new Format({ zone: 'Australia/Brisbane' }, Date.parse(iso)));
const named = (choices: ReturnType<typeof at>) =>
  Object.fromEntries(choices.map((c) => [c.id, new Date(c.untilMs).toISOString()]));

describe('snoozing', () => {
  it('offers what is meant on a Monday morning, in the zone of the association', () => {
    expect(named(at('2026-11-22T23:12:00Z'))).toEqual({
      hour: '2026-11-23T00:15:00.000Z',
      afternoon: '2026-11-23T04:00:00.000Z',
      tomorrow: '2026-11-23T23:00:00.000Z',
      monday: '2026-11-29T23:00:00.000Z',
    });
  });

  it('offers no afternoon that is gone, and Monday only once on a Sunday', () => {
    expect(Object.keys(named(at('2026-11-22T05:00:00Z')))).toEqual(['hour', 'tomorrow']);
  });
});
