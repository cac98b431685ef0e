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
    t(
      over.keeper === null
        ? 'plans.forecast.overAll'
        : over.takes_on === 0
          ? 'plans.forecast.overAway'
          : 'plans.forecast.over',
      {
        day: longDay(over.day, format),
        name: over.name,
        have: format.count(over.count),
        takes: format.count(over.takes_on),
      },
    );
}

/** The day so many open days after the one on which they would begin. */
const openDayAfter = (forecast: Forecast, days: number, start: string | null): string | null =>
  forecast.days.filter((day) => day.open && (start === null || day.day >= start))[days]?.day ?? null;

export interface RemedyActions {
  spread: (() => void) | null;
  waitLonger: ((days: number) => void) | null;
  startOn: (day: string) => void;
}

/** What would help, each with what is left then; a press takes one. */
export function Remedies({
  forecast,
  start,
  actions,
}: {
  forecast: Forecast;
  /** When they are to begin; `null`: today. */
  start: string | null;
  actions: RemedyActions;
}) {
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
        return null;
      case 'start_later': {
        const day = openDayAfter(forecast, remedy.by, start);
        return day === null ? null : () => actions.startOn(day);
      }
    }
  };
  const wordsOf = (remedy: Remedy) => {
    const day = remedy.kind === 'start_later' ? openDayAfter(forecast, remedy.by, start) : null;
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
            {act && remedy.kind !== 'more_volunteers' && (
              <Button size="small" onPress={act}>
                {t(`plans.remedy.do.${remedy.kind}`)}
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
