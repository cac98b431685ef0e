import type { Forecast } from '../ipc/bindings';
import { cx } from '../shared/cx';

/** Of everyone together on each day; nothing where somebody takes on any number. */
export const takesOnTogether = (forecast: Forecast, place: number): number | null =>
  forecast.keepers
    .slice(1)
    .reduce<number | null>(
      (sum, keeper) => (sum === null || keeper.takes_on[place] == null ? null : sum + keeper.takes_on[place]),
      forecast.keepers.length > 1 ? 0 : null,
    );

/** Whether anybody has more on that day than they take on. */
export function breaks(forecast: Forecast, place: number): boolean {
  const day = forecast.days[place]!;
  const together = takesOnTogether(forecast, place);
  return (
    forecast.keepers.some((keeper, at) => {
      const limit = keeper.takes_on[place];
      return limit != null && (day.by[at] ?? 0) > limit;
    }) ||
    (together !== null && day.total > together)
  );
}

/** The open days of the quarter as one looks along them: what there is, what comes to it, and where it is too much. */
export function LoadStrip({ forecast }: { forecast: Forecast }) {
  const open = forecast.days
    .map((day, place) => ({ day, place }))
    .filter(({ day }) => day.open || day.total > 0);
  const most = Math.max(1, ...open.map(({ day }) => day.total));
  return (
    <div aria-hidden className="flex h-14 items-end gap-px border-b border-line">
      {open.map(({ day, place }) => {
        const isOver = breaks(forecast, place);
        return (
          <span key={day.day} className="flex h-full min-w-0 flex-1 flex-col justify-end">
            <span
              className={cx('block rounded-t-[2px]', isOver ? 'bg-brick' : 'bg-green')}
              style={{ height: `${(day.added / most) * 100}%` }}
            />
            <span
              className={cx('block', isOver ? 'bg-brick/50' : 'bg-green/35')}
              style={{ height: `${((day.total - day.added) / most) * 100}%` }}
            />
          </span>
        );
      })}
    </div>
  );
}
