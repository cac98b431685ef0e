import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { commands, type Difference, type Older, type PlanDetail, type Step } from '../ipc/bindings';
import { run } from '../ipc/error';
import { Button } from '../shared/Button';
import { Tag } from '../shared/Chip';
import { SectionLabel } from '../shared/Layout';
import { ErrorState, Notice } from '../shared/States';
import { useFormat } from '../shared/time';
import { useUndo } from '../shared/useUndo';
import { useSaving } from '../team/settings';
import { useOlderPlans } from './queries';
import { StepColumn } from './StepColumn';
import { usePlanWords, type PlanWords } from './words';

/** Whoever is in a plan goes on with the version that they entered, until they are moved. */
export function VersionsPane({ plan, canChange }: { plan: PlanDetail; canChange: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: older = [], error, refetch } = useOlderPlans(plan.row.id);
  const [reading, setReading] = useState<string | null>(null);
  return (
    <div className="flex max-w-[46rem] flex-col gap-7">
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        older.length > 0 && <MoveThem plan={plan} older={older} canChange={canChange} />
      )}
      <ol className="border-t border-line">
        {plan.versions.map((version, index) => (
          <li key={version.id} className="border-b border-line py-3">
            <div className="flex items-center gap-4">
              <p className="min-w-0 flex-1">
                <span className="font-medium">{t('plans.versions.number', { number: version.number })}</span>{' '}
                {index === 0 && <Tag tone="green">{t('plans.versions.newest')}</Tag>}
                <span className="block text-small text-ink-3">
                  {format.ago(version.created_ms)}
                  <span aria-hidden> · </span>
                  {t('plans.inIt', { count: version.people, n: format.count(version.people) })}
                </span>
              </p>
              {index > 0 && (
                <Button
                  size="small"
                  look="quiet"
                  aria-expanded={reading === version.id}
                  onPress={() => setReading(reading === version.id ? null : version.id)}
                >
                  {reading === version.id
                    ? t('plans.versions.close')
                    : t('plans.versions.read', { number: version.number })}
                </Button>
              )}
            </div>
            {reading === version.id && (
              <div className="mt-4 mb-2">
                <StepColumn template={version.template} />
              </div>
            )}
          </li>
        ))}
      </ol>
    </div>
  );
}

function MoveThem({ plan, older, canChange }: { plan: PlanDetail; older: Older[]; canChange: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const saving = useSaving();
  const { showUndoable } = useUndo();
  const people = older.reduce((sum, each) => sum + each.people, 0);
  const move = () =>
    saving.save(async () => {
      const moved = await run(commands.moveToNewestPlan(plan.row.id));
      showUndoable(t('plans.versions.moved', { count: moved, n: format.count(moved) }));
    });
  return (
    <section aria-label={t('plans.versions.older')}>
      <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
        <p className="min-w-0 flex-1 basis-72">
          {t('plans.versions.stillIn', { count: people, n: format.count(people) })}
        </p>
        {canChange && (
          <Button isDisabled={saving.isSaving} onPress={() => void move()}>
            {t('plans.versions.move', { count: people, n: format.count(people) })}
          </Button>
        )}
      </div>
      {saving.error && (
        <Notice className="mb-3">
          <span role="alert">{saving.error}</span>
        </Notice>
      )}
      {older.map((each) => (
        <section key={each.version} className="mb-4 rounded-box border border-line bg-surface px-5 py-4">
          <SectionLabel className="mb-2">
            {t('plans.versions.differs', {
              count: each.people,
              n: format.count(each.people),
              number: each.number,
            })}
          </SectionLabel>
          {each.lose_their_step > 0 && (
            <p className="mb-2 text-small text-ink-2">
              {t('plans.versions.lose', {
                count: each.lose_their_step,
                n: format.count(each.lose_their_step),
              })}
            </p>
          )}
          {each.differences.length === 0 ? (
            <p className="text-ink-2">{t('plans.versions.same')}</p>
          ) : (
            <ul className="flex flex-col gap-3">
              {each.differences.map((difference) => (
                <DifferenceLine
                  key={difference.key}
                  difference={difference}
                  dateOf={plan.versions[0]!.template.date_of ?? null}
                />
              ))}
            </ul>
          )}
        </section>
      ))}
    </section>
  );
}

type DateOf = PlanDetail['versions'][number]['template']['date_of'];

function DifferenceLine({ difference, dateOf }: { difference: Difference; dateOf: DateOf }) {
  const { t } = useTranslation();
  const words = usePlanWords();
  const { before, after, moved } = difference;
  const kind = !before ? 'added' : !after ? 'removed' : 'changed';
  const step = after ?? before;
  if (!step) return null;
  return (
    <li className="[overflow-wrap:anywhere]">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <bdi className="font-medium">{step.title}</bdi>
        <Tag tone={kind === 'added' ? 'green' : 'plain'}>{t(`plans.versions.${kind}`)}</Tag>
        {moved && <Tag>{t('plans.versions.elsewhere')}</Tag>}
      </p>
      {before && after && (
        <dl className="mt-1 flex flex-col gap-1 text-small">
          {changesOf(before, after, words, dateOf ?? null).map(({ name, was, is }) => (
            <div key={name} className="flex flex-wrap gap-x-2">
              <dt className="text-ink-3">{t(`plans.part.${name}`)}</dt>
              <dd className="min-w-0 select-text">
                {was && (
                  <del dir="auto" className="me-2 text-ink-3">
                    <span className="sr-only">{t('plans.versions.was')} </span>
                    {was}
                  </del>
                )}
                {is && (
                  <ins dir="auto" className="no-underline">
                    <span className="sr-only">{t('plans.versions.is')} </span>
                    {is}
                  </ins>
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  );
}

/** What of a step reads otherwise than before. */
function changesOf(before: Step, after: Step, words: PlanWords, dateOf: NonNullable<DateOf> | null) {
  const of = (step: Step) =>
    ({
      title: step.title,
      channel: words.channel(step.channel),
      words: step.words,
      subject: step.subject ?? '',
      text: step.text ?? '',
      script: step.script ?? '',
      who: words.who(step.who),
      when: words.when(step.when, dateOf),
      within: step.within_days ? words.within(step.within_days) : '',
      skip: words.anyOf(step.skip_when ?? []),
      question: step.question ?? '',
    }) as const;
  const [was, is] = [of(before), of(after)];
  return (Object.keys(was) as (keyof typeof was)[])
    .filter((name) => was[name] !== is[name])
    .map((name) => ({ name, was: was[name], is: is[name] }));
}
