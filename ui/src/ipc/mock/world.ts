// Where the mock's association is, and when; and how its answers are written. Never part of a build, like all of this folder.
import type { commands, Keeper, PersonRef, Standing, Volunteer } from '../bindings';

type Data<T> = Exclude<T, { status: 'error' }> extends { data: infer D } ? D : T;
/** One answer a command, by the command's name; each may throw a `{ code, message }`, as the core does. */
export type Handlers = {
  [K in keyof typeof commands]?: (args: never) => Data<Awaited<ReturnType<(typeof commands)[K]>>>;
};

/** Monday 23 November 2026, 9:12 in Brisbane. */
export const mockNow = Date.parse('2026-11-22T23:12:00Z');
export const hour = 3_600_000;
export const day = 24 * hour;
/** An instant of that month in Brisbane. */
export const at = (date: number, time: string) =>
  Date.parse(`2026-11-${String(date).padStart(2, '0')}T${time}:00+10:00`);

/** What the core says when it cannot. */
export const fail = (code: string, message: string) => () => {
  // The core's errors are plain objects, not instances of Error.
  throw { code, message };
};

export const volunteers: Volunteer[] = [
  { id: 'v-helen', name: 'Helen Barrow', role: 'director', has_pin: false, left: false },
  { id: 'v-mo', name: 'Moana Ota', role: 'volunteer', has_pin: true, left: false },
  { id: 'v-joan', name: 'Joan Whitlam', role: 'volunteer', has_pin: true, left: false },
];
export const helen: Keeper = { id: 'v-helen', name: 'Helen Barrow', initials: 'HB' };
export const mo: Keeper = { id: 'v-mo', name: 'Moana Ota', initials: 'MO' };

export const ref = (
  id: string,
  name: string,
  organisation: string | null,
  standing: Standing,
): PersonRef => ({
  id,
  name,
  organisation,
  standing,
});

export const rania = ref('p-rania', 'Rania Haddad', 'Haddad Interiors', 'inquirer');
