import type { TFunction } from 'i18next';
import type { CustomField, FieldFilter, FieldKind } from '../../ipc/bindings';
import type { Option } from '../../shared/Field';
import { birthDayWords } from '../options';

const kinds: FieldKind[] = ['text', 'number', 'date', 'choice'];
export const kindOptions = (t: TFunction): Option<FieldKind>[] =>
  kinds.map((value) => ({
    value,
    label: t(`fields.kind.${value}`),
    description: t(`fields.kindSentence.${value}`),
  }));

/** A value as it is read: a day in words, all else as it came. */
export const valueWords = (kind: FieldKind, value: string): string =>
  kind === 'date' ? birthDayWords(value) : value;

/** As the core takes it: digits, and a point where there is a part. */
export const isNumber = (typed: string): boolean => /^[+-]?\d{1,18}(\.\d{1,12})?$/.test(typed);

/** What a list is restricted to, in a few words. */
export function filterWords(filter: FieldFilter, field: CustomField | undefined, t: TFunction): string {
  if (!field) return t('fields.gone');
  const bound = (value: string) => valueWords(field.kind, value);
  const { from = '', to = '' } = filter;
  switch (filter.test) {
    case 'has':
      return t('fields.anything');
    case 'has_none':
      return t('fields.nothing');
    case 'contains':
      return t('fields.containsWords', { words: filter.words ?? '' });
    case 'among': {
      const chosen = field.options.filter((option) => filter.options?.includes(option.id));
      return chosen.map((option) => option.name).join(', ') || t('fields.gone');
    }
    case 'between':
      if (from && to) return t('fields.fromTo', { from: bound(from), to: bound(to) });
      if (field.kind === 'date')
        return from ? t('fields.fromDay', { day: bound(from) }) : t('fields.untilDay', { day: bound(to) });
      return from ? t('fields.atLeastWords', { value: from }) : t('fields.atMostWords', { value: to });
  }
}
