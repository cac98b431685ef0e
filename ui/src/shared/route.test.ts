import { describe, expect, it } from 'vitest';
import { formatRoute, parseRoute, type Route } from './route';

describe('routes', () => {
  it.each<Route>([
    { name: 'today' },
    { name: 'today', promise: '0199' },
    { name: 'people' },
    { name: 'person', id: 'a/b c' },
    { name: 'person', id: '1', at: '2' },
    { name: 'call', person: '1' },
    { name: 'call', person: '1', promise: '2' },
    { name: 'call', person: '1', promise: '2', call: '3' },
    { name: 'call', person: '1', call: '3' },
    { name: 'import' },
    { name: 'settings', section: 'hours' },
  ])('%o comes back from its hash', (route) => {
    expect(parseRoute(formatRoute(route))).toEqual(route);
  });

  it('leads home from anywhere unknown', () => {
    expect(parseRoute('')).toEqual({ name: 'today' });
    expect(parseRoute('#/nowhere')).toEqual({ name: 'today' });
    expect(parseRoute('#/person')).toEqual({ name: 'today' });
  });
});
