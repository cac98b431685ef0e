import type { Forecast } from '../ipc/bindings';
import { cx } from '../shared/cx';

/** How much a keeper takes on that day; nothing where they take on any number. */
const takesOn = (forecast: Forecast, keeper: number, place: number): number | null =>
  forecast.keepers[keeper]?.takes_on[place] ?? null;

/** Of everyone together on each day; nothing where somebody takes on any number. */
export function takesOnTogether(forecast: Forecast, place: number): number | null {
  let sum = 0;
  // The first is what nobody has yet.
  for (let keeper = 1; keeper < forecast.keepers.length; keeper++) {
    const limit = takesOn(forecast, keeper, place);
    if (limit === null) return null;
    sum += limit;
  }
  return forecast.keepers.length > 1 ? sum : null;
}

/** Whether anybody has more on that day than they take on. */
export function breaks(forecast: Forecast, place: number): boolean {
  const day = forecast.days[place]!;
  const together = takesOnTogether(forecast, place);
  return (
    forecast.keepers.some((_, at) => {
      const limit = takesOn(forecast, at, place);
      return limit !== null && (day.by[at] ?? 0) > limit;
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
