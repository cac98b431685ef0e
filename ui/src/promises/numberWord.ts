import type { TFunction } from 'i18next';
import type { Format } from '../shared/time';

const spelled = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] as const;

/** "Nine", as one writes it in a sentence; from thirteen on, the figure. */
export function numberWord(n: number, t: TFunction, format: Format): string {
  const known = spelled.find((each) => each === n);
  return known === undefined ? format.count(n) : t(`number.${known}`);
}
