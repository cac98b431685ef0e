import { useTranslation } from 'react-i18next';
import type { Forecast, Over, Remedy } from '../ipc/bindings';
import { Button } from '../shared/Button';
import { isolated } from '../shared/bidi';
import { useFormat } from '../shared/time';
import { longDay } from './days';

/** `Helen would have 9 on Thursday 3 December, and takes on 6.` */
export function useOverWords(): (over: Over) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return (over) =>
    t(over.keeper === null ? 'plans.forecast.overAll' : 'plans.forecast.over', {
      day: longDay(over.day, format),
      name: over.name,
      have: format.count(over.count),
      takes: format.count(over.takes_on),
    });
}

/** The day so many open days after the first one of the forecast. */
const openDayAfter = (forecast: Forecast, days: number): string | null =>
  forecast.days.filter((day) => day.open)[days]?.day ?? null;

export interface RemedyActions {
  spread: (() => void) | null;
  waitLonger: ((days: number) => void) | null;
  moreVolunteers: (() => void) | null;
}

/** What would help, each with what is left then; a press takes one. */
export function Remedies({ forecast, actions }: { forecast: Forecast; actions: RemedyActions }) {
  const { t } = useTranslation();
  const format = useFormat();
  const effectOf = (remedy: Remedy) =>
    remedy.mends
      ? t('plans.remedy.mends')
      : remedy.first_over
        ? t('plans.remedy.leaves', {
            count: remedy.over_days,
            n: format.count(remedy.over_days),
            day: longDay(remedy.first_over.day, format),
          })
        : t('plans.remedy.helps');
  const actOf = (remedy: Remedy): (() => void) | null => {
    switch (remedy.kind) {
      case 'spread':
        return actions.spread;
      case 'wait_longer':
        return actions.waitLonger && (() => actions.waitLonger?.(remedy.by));
      case 'more_volunteers':
        return actions.moreVolunteers;
      case 'start_later':
        return null;
    }
  };
  const wordsOf = (remedy: Remedy) => {
    const day = remedy.kind === 'start_later' ? openDayAfter(forecast, remedy.by) : null;
    return day
      ? t('plans.remedy.start_on', { day: isolated(longDay(day, format)) })
      : t(`plans.remedy.${remedy.kind}`, { count: remedy.by, n: format.count(remedy.by) });
  };
  if (forecast.remedies.length === 0) return null;
  return (
    <ul aria-label={t('plans.remedy.label')} className="border-t border-line">
      {forecast.remedies.map((remedy) => {
        const act = actOf(remedy);
        return (
          <li
            key={remedy.kind}
            className="flex min-h-12 items-center gap-4 border-b border-line py-2 last:border-b-0"
          >
            <span className="min-w-0 flex-1">
              {wordsOf(remedy)}
              <span className="block text-small text-ink-3">{effectOf(remedy)}</span>
            </span>
            {act && (
              <Button size="small" onPress={act}>
                {t(`plans.remedy.do.${remedy.kind as 'spread' | 'wait_longer' | 'more_volunteers'}`)}
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
