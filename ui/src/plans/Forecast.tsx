import { ArrowLeft, CalendarClock, CircleCheck, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Forecast as Quarter } from '../ipc/bindings';
import { Button } from '../shared/Button';
import { cx } from '../shared/cx';
import { Select } from '../shared/Field';
import { useKeys } from '../shared/keys';
import { ScreenHeader, SectionLabel } from '../shared/Layout';
import { navigate } from '../shared/route';
import { ErrorState, Notice, Skeleton } from '../shared/States';
import { useFormat } from '../shared/time';
import { useIsDirector } from '../team/settings';
import { longDay } from './days';
import { LoadCalendar } from './LoadCalendar';
import { takesOnTogether } from './LoadStrip';
import { useForecast, useReplanPreview } from './queries';
import { useOverWords } from './Remedies';
import { ReplanDialog } from './ReplanDialog';

const everyone = 'everyone';
const nobodyYet = 'nobody';

/** The quarter to come: how much on which day, by whom, against what each takes on. */
export function Forecast() {
  const { t } = useTranslation();
  const { data: forecast, error, refetch } = useForecast(null);
  const toList = () => navigate({ name: 'plans' });
  useKeys([{ keys: 'Escape', label: 'keys.back', run: toList }]);
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto max-w-[68rem] px-6 py-5 mid:px-8">
        <Button look="quiet" size="small" icon={ArrowLeft} className="-ms-2.5 mb-2" onPress={toList}>
          {t('plans.title')}
        </Button>
        {error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : !forecast ? (
          <Skeleton rows={8} />
        ) : (
          <Opened forecast={forecast} />
        )}
      </div>
    </div>
  );
}

function Opened({ forecast }: { forecast: Quarter }) {
  const { t } = useTranslation();
  const format = useFormat();
  const overWords = useOverWords();
  const [who, setWho] = useState(everyone);
  const over = forecast.first_over;
  const overAt = over ? forecast.days.findIndex((day) => day.day === over.day) : -1;
  const [place, setPlace] = useState<number | null>(null);
  const keeper =
    who === everyone
      ? null
      : Math.max(
          0,
          forecast.keepers.findIndex((each) => (each.id ?? nobodyYet) === who),
        );
  const isUnkept = forecast.days.some((day) => (day.by[0] ?? 0) > 0);
  const shown = place ?? (overAt >= 0 ? overAt : forecast.days.findIndex((day) => day.total > 0));
  const day = forecast.days[Math.max(0, shown)]!;
  return (
    <>
      <ScreenHeader title={t('plans.forecast.open')} sentence={t('plans.forecast.sentence')} className="mb-4">
        <Select
          label={t('plans.forecast.of')}
          hideLabel
          className="w-56"
          value={who}
          onChange={setWho}
          options={[
            { value: everyone, label: t('plans.forecast.everyone') },
            ...forecast.keepers.flatMap((each) =>
              each.id !== null
                ? [{ value: each.id, label: each.name }]
                : isUnkept
                  ? [{ value: nobodyYet, label: t('plans.forecast.nobodyYet') }]
                  : [],
            ),
          ]}
        />
      </ScreenHeader>
      {over ? (
        <Notice
          tone="late"
          icon={TriangleAlert}
          action={
            <Button size="small" onPress={() => setPlace(overAt)} isDisabled={overAt < 0}>
              {t('plans.forecast.showDay')}
            </Button>
          }
        >
          <strong>{overWords(over)}</strong>{' '}
          {t('plans.forecast.overDays', { count: forecast.over_days, n: format.count(forecast.over_days) })}
        </Notice>
      ) : (
        <Notice tone="good" icon={CircleCheck}>
          {t('plans.forecast.bears')}
        </Notice>
      )}
      <ReplanNotice />
      <div className="mt-5 flex flex-wrap items-start gap-x-8 gap-y-6">
        <div className="min-w-0 flex-1 basis-[34rem]">
          <LoadCalendar forecast={forecast} keeper={keeper} place={Math.max(0, shown)} onPlace={setPlace} />
        </div>
        <section aria-live="polite" aria-label={t('plans.forecast.theDay')} className="w-64 shrink-0 grow">
          <SectionLabel className="mb-1.5">{longDay(day.day, format)}</SectionLabel>
          {!day.open && <p className="text-ink-2">{t('plans.forecast.closed')}</p>}
          <ul className="border-t border-line">
            {forecast.keepers.map((each, at) => {
              const count = day.by[at] ?? 0;
              const limit = each.takes_on[Math.max(0, shown)] ?? null;
              if (each.id === null && count === 0) return null;
              return (
                <DayLine
                  key={each.id ?? nobodyYet}
                  name={each.id === null ? t('plans.forecast.nobodyYet') : each.name}
                  count={count}
                  limit={limit}
                />
              );
            })}
            <DayLine
              name={t('plans.forecast.together')}
              count={day.total}
              limit={takesOnTogether(forecast, Math.max(0, shown))}
              isSum
            />
          </ul>
          <Button
            look="quiet"
            size="small"
            className="mt-2 -ms-2.5"
            onPress={() => navigate({ name: 'settings', section: 'availability' })}
          >
            {t('plans.forecast.toAvailability')}
          </Button>
        </section>
      </div>
    </>
  );
}

function DayLine({
  name,
  count,
  limit,
  isSum = false,
}: {
  name: string;
  count: number;
  limit: number | null;
  isSum?: boolean;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const isOver = limit !== null && count > limit;
  return (
    <li className={cx('flex items-baseline gap-3 border-b border-line py-2', isSum && 'font-medium')}>
      <bdi className="min-w-0 flex-1 [overflow-wrap:anywhere]">{name}</bdi>
      <span className={cx('tnum shrink-0', isOver && 'font-semibold text-brick')}>
        {limit === null
          ? format.count(count)
          : t('plans.forecast.countOf', { count: format.count(count), of: format.count(limit) })}
      </span>
    </li>
  );
}

/** Steps that cannot stand where they stand: leave, a departure, a closure or a changed capacity came between. */
function ReplanNotice() {
  const { t } = useTranslation();
  const format = useFormat();
  const canChange = useIsDirector();
  const { data } = useReplanPreview();
  const [isOpen, setOpen] = useState(false);
  const count = data ? data.move_count + data.told_count + data.no_room_count : 0;
  if (!data || (count === 0 && !isOpen)) return null;
  return (
    <>
      <Notice
        icon={CalendarClock}
        className="mt-3"
        action={
          <Button size="small" onPress={() => setOpen(true)}>
            {t('plans.replan.open')}
          </Button>
        }
      >
        <strong>{t('plans.replan.cannotStand', { count, n: format.count(count) })}</strong>{' '}
        {t('plans.replan.why')}
      </Notice>
      {isOpen && <ReplanDialog replanned={data} canChange={canChange} onClose={() => setOpen(false)} />}
    </>
  );
}
