import { CalendarRange, ChevronRight, CornerDownRight, Plus, Send } from 'lucide-react';
import { Fragment, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlanRow, Template } from '../ipc/bindings';
import { useMailServer, useOutboxCount } from '../mail/queries';
import { Button } from '../shared/Button';
import { Tag } from '../shared/Chip';
import { cx } from '../shared/cx';
import { ScreenHeader, SectionLabel } from '../shared/Layout';
import { formatRoute, navigate } from '../shared/route';
import { EmptyState, ErrorState, Skeleton } from '../shared/States';
import { useFormat } from '../shared/time';
import { useIsDirector } from '../team/settings';
import { usePlanDetails, usePlans } from './queries';
import { channelIcons, usePlanWords } from './words';

/** Every plan, each as the sequence of its steps. */
export function PlanList() {
  const { t } = useTranslation();
  const format = useFormat();
  const canChange = useIsDirector();
  const { data: plans, error, refetch } = usePlans();
  const details = usePlanDetails(useMemo(() => (plans ?? []).map((row) => row.id), [plans]));
  const { data: server } = useMailServer();
  const { data: outgoing } = useOutboxCount();
  const needsSomebody = outgoing?.needs_somebody ?? 0;
  const isOutboxUsed = Boolean(server) || needsSomebody + (outgoing?.waiting ?? 0) > 0;
  const newestOf = (id: string) =>
    details.find(({ data }) => data?.row.id === id)?.data?.versions[0]?.template ?? null;
  const offered = (plans ?? []).filter((row) => !row.retired);
  const retired = (plans ?? []).filter((row) => row.retired);
  const people = offered.reduce((sum, row) => sum + row.running + row.held, 0);
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto max-w-[56rem] px-6 py-6.5 mid:px-8">
        <ScreenHeader
          title={t('plans.title')}
          sentence={plans ? t('plans.sentence', { count: people, n: format.count(people) }) : '\u00a0'}
          className="mb-5"
        >
          {isOutboxUsed && (
            <Button icon={Send} onPress={() => navigate({ name: 'plans', view: 'outbox' })}>
              {needsSomebody > 0 ? t('mail.outbox.count', { count: needsSomebody }) : t('mail.outbox.title')}
            </Button>
          )}
          <Button icon={CalendarRange} onPress={() => navigate({ name: 'plans', view: 'forecast' })}>
            {t('plans.forecast.open')}
          </Button>
          {canChange && (
            <Button look="primary" icon={Plus} onPress={() => navigate({ name: 'plans', plan: 'new' })}>
              {t('plans.new')}
            </Button>
          )}
        </ScreenHeader>
        {error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : !plans ? (
          <Skeleton rows={8} />
        ) : plans.length === 0 ? (
          <EmptyState icon={CornerDownRight} title={t('plans.empty')}>
            {t('plans.emptySentence')}
          </EmptyState>
        ) : (
          <>
            <ul className="border-t border-line">
              {offered.map((row) => (
                <PlanLine key={row.id} row={row} template={newestOf(row.id)} />
              ))}
            </ul>
            {retired.length > 0 && (
              <section className="mt-8">
                <SectionLabel className="pb-2">{t('plans.retired.group')}</SectionLabel>
                <ul className="border-t border-line">
                  {retired.map((row) => (
                    <PlanLine key={row.id} row={row} template={newestOf(row.id)} />
                  ))}
                </ul>
              </section>
            )}
          </>
        )}
      </div>
    </div>
  );
}

function PlanLine({ row, template }: { row: PlanRow; template: Template | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const there = row.running + row.held;
  return (
    <li className="border-b border-line">
      <a
        href={formatRoute({ name: 'plans', plan: row.id })}
        draggable={false}
        className="-mx-3 flex items-start gap-6 rounded-control px-3 py-4 transition-colors duration-120 hover:bg-selected"
      >
        <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
          <bdi className={cx('text-reason font-semibold', row.retired && 'text-ink-2')}>{row.name}</bdi>
          {template?.for_whom && (
            <span dir="auto" className="block text-ink-2">
              {template.for_whom}
            </span>
          )}
          {template ? <Sequence template={template} /> : <span className="mt-2 block h-5" />}
        </span>
        <span className="flex shrink-0 flex-col items-end gap-1 pt-0.5 text-small">
          <span className={cx('tnum', there > 0 ? 'font-medium text-ink' : 'text-ink-3')}>
            {t('plans.inIt', { count: there, n: format.count(there) })}
          </span>
          {row.held > 0 && <Tag>{t('plans.onHold', { count: row.held, n: format.count(row.held) })}</Tag>}
        </span>
      </a>
    </li>
  );
}

/** What comes after what, on one line that wraps. */
function Sequence({ template }: { template: Template }) {
  const { t } = useTranslation();
  const words = usePlanWords();
  return (
    <span className="mt-2 flex flex-wrap items-center gap-x-1.5 gap-y-1 text-small text-ink-3">
      <span className="sr-only">{t('plans.steps.label')}: </span>
      {template.steps.map((step, index) => {
        const Icon = channelIcons[step.channel];
        return (
          <Fragment key={step.key}>
            {index > 0 && (
              <ChevronRight aria-hidden size={12} strokeWidth={1.75} className="shrink-0 rtl:rotate-180" />
            )}
            <span className="inline-flex max-w-full items-center gap-1.5">
              <Icon aria-hidden size={13} strokeWidth={1.75} className="shrink-0 text-green" />
              <span className="sr-only">{words.channel(step.channel)}: </span>
              <bdi className="min-w-0">{step.title}</bdi>
              {index < template.steps.length - 1 && <span className="sr-only">, </span>}
            </span>
          </Fragment>
        );
      })}
    </span>
  );
}
