import type { TFunction } from 'i18next';
import { Users } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { InPlan } from '../ipc/bindings';
import { Tag } from '../shared/Chip';
import { cx } from '../shared/cx';
import { PersonName } from '../shared/People';
import { formatRoute } from '../shared/route';
import { EmptyState, ErrorState, Skeleton } from '../shared/States';
import { useFormat, type Format } from '../shared/time';
import { useLongList } from '../shared/useLongList';
import { usePeopleInPlan } from './queries';
import { calendarDay } from './days';

const rowRem = 3.5;

/** Everyone who is in a plan now, and where each of them stands. */
export function PeopleInPlan({ id }: { id: string }) {
  const { t } = useTranslation();
  const { data: people, error, refetch } = usePeopleInPlan(id);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!people) return <Skeleton rows={6} />;
  if (people.length === 0) {
    return (
      <EmptyState icon={Users} title={t('plans.people.none')}>
        {t('plans.people.noneSentence')}
      </EmptyState>
    );
  }
  return <Rows people={people} />;
}

function Rows({ people }: { people: InPlan[] }) {
  const { t } = useTranslation();
  const { scroller, heightPx, rowPx, from, to, yOf } = useLongList(people.length, rowRem);
  return (
    // As tall as they are, up to what a window shows: a thousand are scrolled through in it.
    <div
      ref={scroller}
      tabIndex={people.length > 8 ? 0 : undefined}
      role={people.length > 8 ? 'group' : undefined}
      aria-label={people.length > 8 ? t('plans.tab.people') : undefined}
      className="max-h-[calc(100vh-17rem)] min-h-56 overflow-y-auto"
    >
      <ul className="relative" style={{ height: heightPx }}>
        {people.slice(from, to).map((each, index) => (
          <li
            key={each.enrolment}
            aria-setsize={people.length}
            aria-posinset={from + index + 1}
            className="absolute inset-x-0 border-b border-line"
            style={{ top: yOf(from + index), height: rowPx }}
          >
            <PersonLine each={each} />
          </li>
        ))}
      </ul>
    </div>
  );
}

/** `on hold until 4 December` */
export function holdWords(t: TFunction, format: Format, untilDay: string | null): string {
  return untilDay
    ? t('plans.hold.until', { day: calendarDay(untilDay, format) })
    : t('plans.hold.furtherNotice');
}

function PersonLine({ each }: { each: InPlan }) {
  const { t } = useTranslation();
  const format = useFormat();
  const isLate = each.due_ms !== null && each.due_ms < format.nowMs;
  return (
    <a
      href={formatRoute({ name: 'person', id: each.person })}
      draggable={false}
      className="flex h-full items-center gap-4 rounded-control px-1 transition-colors duration-120 hover:bg-selected"
    >
      <span className="min-w-0 flex-1">
        <PersonName name={each.name} className="block truncate" />
        <span className="block truncate text-small text-ink-2">
          {each.state === 'held' ? (
            holdWords(t, format, each.held_until_day)
          ) : each.step ? (
            <bdi>{each.step}</bdi>
          ) : (
            t('plans.people.waits')
          )}
        </span>
      </span>
      {each.told && <Tag tone="green">{t('plans.run.told')}</Tag>}
      {each.state === 'held' && <Tag>{t('plans.run.held')}</Tag>}
      {each.due_ms !== null && (
        <span className={cx('tnum shrink-0 text-small font-semibold', isLate && 'text-brick')}>
          {isLate
            ? t('promise.late', { duration: format.duration(format.nowMs - each.due_ms) })
            : format.near(each.due_ms)}
        </span>
      )}
    </a>
  );
}
