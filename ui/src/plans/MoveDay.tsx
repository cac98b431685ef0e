import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../shared/Button';
import { cx } from '../shared/cx';
import { errorMessage } from '../shared/States';
import { useFormat } from '../shared/time';
import { calendarDay, daysAfter, instantOf, longDay, weekdayOf } from './days';
import { useForecast } from './queries';

const shownDays = 28;
/** Two weeks a row: four in one would be too narrow to read. */
const rowDays = 14;
const dayMs = 86_400_000;

/** Four weeks along which a step is drawn to another day: by hand, or by the arrows and Enter. */
export function MoveDay({
  fromDay,
  onMove,
  onCancel,
}: {
  fromDay: string;
  /** Rejects with what is wrong with that day. */
  onMove: (day: string) => Promise<unknown>;
  onCancel: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const today = format.dayKey(format.nowMs);
  const isFar = instantOf(fromDay) - instantOf(today) > (shownDays - 8) * dayMs;
  const first = isFar ? daysAfter(fromDay, -7) : today;
  const start = Math.max(0, Math.round((instantOf(fromDay) - instantOf(first)) / dayMs));
  const [at, setAt] = useState(start);
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const line = useRef<HTMLDivElement>(null);
  const isDragging = useRef(false);
  // How full each day is, to move to one that has room; without it, it moves all the same.
  const { data: forecast } = useForecast(null);
  const dayAt = (place: number) => daysAfter(first, place);
  const known = (day: string) => forecast?.days.find((each) => each.day === day);
  useEffect(() => line.current?.focus(), []);

  const move = async (place: number) => {
    if (isBusy) return;
    if (place === start) return onCancel();
    setBusy(true);
    setError(null);
    try {
      await onMove(dayAt(place));
    } catch (reason) {
      setError(errorMessage(reason));
      setBusy(false);
    }
  };
  const bound = (place: number) => Math.max(0, Math.min(shownDays - 1, place));
  const placeOf = (event: PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    const along = (event.clientX - box.left) / Math.max(1, box.width);
    const isRtl = getComputedStyle(event.currentTarget).direction === 'rtl';
    const column = Math.max(0, Math.min(rowDays - 1, Math.floor((isRtl ? 1 - along : along) * rowDays)));
    const down = (event.clientY - box.top) / Math.max(1, box.height);
    const row = Math.max(0, Math.min(shownDays / rowDays - 1, Math.floor((down * shownDays) / rowDays)));
    return bound(row * rowDays + column);
  };
  const steps: Record<string, number> = {
    ArrowLeft: -1,
    ArrowDown: -1,
    ArrowRight: 1,
    ArrowUp: 1,
    PageDown: -7,
    PageUp: 7,
    Home: -Infinity,
    End: Infinity,
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = steps[event.key];
    if (by !== undefined) setAt((before) => bound(before + by));
    else if (event.key === 'Enter') void move(at);
    else if (event.key === 'Escape') onCancel();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const day = dayAt(at);
  const there = known(day);
  const valueText = [
    longDay(day, format),
    there && t('plans.forecast.touches', { count: there.total, n: format.count(there.total) }),
    there && !there.open && t('plans.forecast.closed'),
  ]
    .filter(Boolean)
    .join(', ');
  return (
    <div className="mt-2 rounded-box border border-line bg-surface px-3 pt-2.5 pb-3">
      <p className="mb-2 flex flex-wrap items-baseline justify-between gap-x-3 text-small">
        <span className="font-semibold">{valueText}</span>
        <span className="text-ink-3">{t('plans.move.hint')}</span>
      </p>
      <div
        ref={line}
        role="slider"
        tabIndex={0}
        aria-label={t('plans.run.move')}
        aria-valuemin={0}
        aria-valuemax={shownDays - 1}
        aria-valuenow={at}
        aria-valuetext={valueText}
        aria-disabled={isBusy}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          isDragging.current = true;
          event.currentTarget.setPointerCapture(event.pointerId);
          setAt(placeOf(event));
        }}
        onPointerMove={(event) => isDragging.current && setAt(placeOf(event))}
        onPointerUp={(event) => {
          if (!isDragging.current) return;
          isDragging.current = false;
          void move(placeOf(event));
        }}
        onPointerCancel={() => {
          isDragging.current = false;
          setAt(start);
        }}
        className="grid cursor-grab touch-none select-none active:cursor-grabbing"
        style={{ gridTemplateColumns: `repeat(${rowDays}, minmax(0, 1fr))` }}
      >
        {Array.from({ length: shownDays }, (_, place) => {
          const each = dayAt(place);
          const load = known(each);
          const isClosed = load ? !load.open : weekdayOf(each) > 4;
          return (
            <span
              key={place}
              className={cx(
                'm-px flex h-9 flex-col items-center justify-between rounded-small border border-line py-1',
                place === at
                  ? 'bg-green text-on-green'
                  : place === start
                    ? 'bg-green-soft text-green'
                    : isClosed
                      ? 'bg-sunken text-ink-3'
                      : 'text-ink-2',
              )}
            >
              <span className="tnum text-[0.6875rem] leading-none">{Number(each.slice(8))}</span>
              <span
                className={cx('h-1 rounded-full', place === at ? 'bg-on-green' : 'bg-green/45')}
                style={{ width: `${Math.min(100, (load?.total ?? 0) * 12)}%` }}
              />
            </span>
          );
        })}
      </div>
      {error && (
        <p role="alert" className="mt-2 text-small text-brick">
          {error}
        </p>
      )}
      <div className="mt-2.5 flex justify-end gap-2">
        <Button size="small" look="quiet" onPress={onCancel}>
          {t('common.cancel')}
        </Button>
        <Button size="small" isDisabled={isBusy || at === start} onPress={() => void move(at)}>
          {t('plans.move.do', { day: calendarDay(day, format) })}
        </Button>
      </div>
    </div>
  );
}
