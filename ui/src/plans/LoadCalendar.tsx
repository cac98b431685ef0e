import { useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Forecast } from '../ipc/bindings';
import { cx } from '../shared/cx';
import { useFormat } from '../shared/time';
import { longDay, shortDay, weekdayOf } from './days';
import { breaks, takesOnTogether } from './LoadStrip';

const weekdays = [0, 1, 2, 3, 4, 5, 6] as const;

/** The quarter as a calendar: a week a row, and on each day how much of what it bears is taken. */
export function LoadCalendar({
  forecast,
  keeper,
  place,
  onPlace,
}: {
  forecast: Forecast;
  /** Which of the keepers; `null`: everyone. */
  keeper: number | null;
  /** The day that is looked at. */
  place: number;
  onPlace: (place: number) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const table = useRef<HTMLTableElement>(null);
  const first = weekdayOf(forecast.days[0]!.day);
  const weeks = Array.from({ length: Math.ceil((first + forecast.days.length) / 7) }, (_, week) => week);
  const go = (to: number) => {
    const next = Math.max(0, Math.min(forecast.days.length - 1, to));
    onPlace(next);
    table.current?.querySelector<HTMLElement>(`[data-place="${next}"]`)?.focus();
  };
  const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = steps[event.key];
    if (by === undefined && event.key !== 'Home' && event.key !== 'End') return;
    event.preventDefault();
    event.stopPropagation();
    go(event.key === 'Home' ? 0 : event.key === 'End' ? Infinity : place + by!);
  };
  return (
    <table ref={table} className="w-full table-fixed border-separate border-spacing-1" onKeyDown={onKeyDown}>
      <caption className="sr-only">{t('plans.forecast.calendar')}</caption>
      <thead>
        <tr>
          <th scope="col" className="w-15">
            <span className="sr-only">{t('plans.forecast.week')}</span>
          </th>
          {weekdays.map((weekday) => (
            <th key={weekday} scope="col" className="pb-1 text-label font-medium text-ink-3">
              {t(`plans.weekday.${weekday}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => {
          const head = forecast.days[Math.max(0, week * 7 - first)]!;
          return (
            <tr key={week}>
              <th
                scope="row"
                className="tnum pe-1 whitespace-nowrap text-end text-label font-medium text-ink-3"
              >
                {shortDay(head.day)}
              </th>
              {weekdays.map((weekday) => {
                const at = week * 7 + weekday - first;
                const day = forecast.days[at];
                if (!day) return <td key={weekday} />;
                const count = keeper === null ? day.total : (day.by[keeper] ?? 0);
                const limit =
                  keeper === null
                    ? takesOnTogether(forecast, at)
                    : (forecast.keepers[keeper]?.takes_on[at] ?? null);
                const isOver = keeper === null ? breaks(forecast, at) : limit !== null && count > limit;
                const share =
                  limit === null ? (count > 0 ? 0.5 : 0) : limit === 0 ? (count > 0 ? 1 : 0) : count / limit;
                return (
                  <td key={weekday} className="p-0">
                    <button
                      type="button"
                      data-place={at}
                      tabIndex={at === place ? 0 : -1}
                      aria-pressed={at === place}
                      onClick={() => onPlace(at)}
                      className={cx(
                        'relative flex h-11 w-full items-center justify-between overflow-hidden rounded-small border px-1.5 text-start',
                        at === place ? 'border-green' : 'border-transparent',
                        isOver ? 'bg-brick-soft' : day.open ? 'bg-surface hover:bg-selected' : 'bg-sunken',
                      )}
                    >
                      <span className="sr-only">
                        {[
                          longDay(day.day, format),
                          t('plans.forecast.touches', { count, n: format.count(count) }),
                          limit !== null && t('plans.forecast.takesOn', { takes: format.count(limit) }),
                          isOver && t('plans.forecast.tooMany'),
                          !day.open && t('plans.forecast.closed'),
                        ]
                          .filter(Boolean)
                          .join(', ')}
                      </span>
                      <span
                        aria-hidden
                        className={cx(
                          'tnum self-start pt-1 text-label',
                          isOver ? 'text-ink-2' : 'text-ink-3',
                        )}
                      >
                        {Number(day.day.slice(8))}
                      </span>
                      {count > 0 && (
                        <span
                          aria-hidden
                          className={cx('tnum font-medium', isOver ? 'text-brick' : 'text-ink')}
                        >
                          {format.count(count)}
                        </span>
                      )}
                      <span
                        aria-hidden
                        className={cx('absolute start-0 bottom-0 h-[3px]', isOver ? 'bg-brick' : 'bg-green')}
                        style={{ width: `${Math.min(1, share) * 100}%` }}
                      />
                    </button>
                  </td>
                );
              })}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
