import type { TFunction } from 'i18next';
import type { Effect, Noted, Sets } from '../ipc/bindings';

/** What an answer has set, in a few words. */
export function effectText(effect: Effect, t: TFunction): string {
  switch (effect.kind) {
    case 'fact':
      return effect.words;
    case 'tag':
      return t('calls.noted.tag', { name: effect.name });
    case 'field':
      return t('calls.noted.field', { field: t(`calls.noted.fields.${effect.field}`), value: effect.value });
    case 'own':
      return t('calls.noted.field', { field: effect.name, value: effect.value });
    case 'consent':
      return t(`calls.noted.consent.${effect.channel}.${effect.allowed ? 'yes' : 'no'}`);
    case 'next':
      return effect.days === 0
        ? t('calls.noted.nextToday', { what: effect.what })
        : t('calls.noted.next', { what: effect.what, count: effect.days });
  }
}

/** Where a free answer goes. */
export function keptAs(sets: Sets[], t: TFunction): string {
  return sets
    .flatMap((each) =>
      each.kind === 'fact' || each.kind === 'own'
        ? [each.name]
        : each.kind === 'field'
          ? [t(`calls.noted.fields.${each.field}`).toLowerCase()]
          : [],
    )
    .join(', ');
}

/** One answer may set several things, and is taken back as one. */
export function byAnswer(noted: Noted[]): { at: number; effects: Effect[] }[] {
  const answers: { at: number; effects: Effect[] }[] = [];
  for (const { at, effect } of noted) {
    const last = answers.find((each) => each.at === at);
    if (last) last.effects.push(effect);
    else answers.push({ at, effects: [effect] });
  }
  return answers;
}
