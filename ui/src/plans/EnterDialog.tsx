import { CircleCheck, TriangleAlert } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  commands,
  type Entering,
  type EnterPreview,
  type PeopleQuery,
  type StaysOut,
  type Template,
} from '../ipc/bindings';
import { run } from '../ipc/error';
import { useSavedViews } from '../people/queries';
import { Button } from '../shared/Button';
import { cx } from '../shared/cx';
import { DayField } from '../shared/DateFields';
import { Dialog } from '../shared/Dialog';
import { Checkbox, Select } from '../shared/Field';
import { SectionLabel } from '../shared/Layout';
import { Avatar, PersonName } from '../shared/People';
import { errorMessage, Notice, Skeleton } from '../shared/States';
import { useFormat } from '../shared/time';
import { useUndo } from '../shared/useUndo';
import { useIsDirector, useSaving } from '../team/settings';
import { CapacityDialog } from './Capacities';
import { LoadStrip } from './LoadStrip';
import { PeopleField, type Named } from './PeopleField';
import { useEnterPreview, useForecast, usePlan, usePlans } from './queries';
import { Remedies, useOverWords } from './Remedies';

const named = 'named';
const fewShown = 6;

/** Who is meant, where that was said before this was opened. */
export type Meant = { people: string[]; name?: string } | { list: PeopleQuery };

/** Puts people into a plan: who would enter and who not, what becomes of the quarter, and only then they do. */
export function EnterDialog({
  plan: initialPlan,
  meant,
  onClose,
  onEntered,
}: {
  plan?: string;
  meant?: Meant;
  onClose: () => void;
  onEntered?: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const canChange = useIsDirector();
  const { showUndoable, doUndoable } = useUndo();
  const { data: plans } = usePlans();
  const { data: views = [] } = useSavedViews();
  const [chosenPlan, setPlan] = useState<string | null>(initialPlan ?? null);
  const [from, setFrom] = useState<string>(named);
  const [people, setPeople] = useState<Named[]>([]);
  const [date, setDate] = useState('');
  const [start, setStart] = useState('');
  const [spread, setSpread] = useState(false);
  const [again, setAgain] = useState(false);
  const [takingOn, setTakingOn] = useState<{ who: string | null } | null>(null);
  const saving = useSaving();
  const { data: detail } = usePlan(chosenPlan);
  const template = detail?.versions[0]?.template ?? null;
  const view = views.find((each) => each.id === from);

  const entering = useMemo((): Entering | null => {
    if (!chosenPlan) return null;
    const how = { plan: chosenPlan, date: date || null, start: start || null, spread, again };
    if (meant) return 'people' in meant ? { ...how, people: meant.people } : { ...how, list: meant.list };
    if (view) return { ...how, list: view.query };
    return people.length > 0 ? { ...how, people: people.map((each) => each.id) } : null;
  }, [chosenPlan, date, start, spread, again, meant, view, people]);
  const preview = useEnterPreview(entering);
  // What was shown of others is not what would be done with these.
  const isAnswered = entering !== null && preview.data !== undefined && !preview.isPlaceholderData;
  const shown = entering ? preview.data : undefined;
  const enter = async () => {
    if (!entering) return;
    const entered = await saving.save(async () => {
      const done = await run(commands.enterPlan(entering));
      showUndoable(
        t('plans.enter.done', { count: done.enter, n: format.count(done.enter), plan: done.plan }),
      );
    });
    if (!entered) return;
    onEntered?.();
    onClose();
  };
  const waitLonger = (days: number) => {
    if (!chosenPlan || !template) return;
    void doUndoable(
      run(commands.savePlan(chosenPlan, longer(template, days))),
      t('plans.remedy.waitsAreLonger', { name: template.name }),
    );
  };

  const title = !meant
    ? t('plans.enter.title')
    : 'list' in meant
      ? t('plans.enter.titleView')
      : meant.name
        ? t('plans.enter.titleOne', { name: meant.name })
        : t('plans.enter.titleSome', { count: meant.people.length, n: format.count(meant.people.length) });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="wide"
      title={title}
      isDismissable={entering === null}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button
            look="primary"
            isDisabled={!isAnswered || shown?.enter === 0 || saving.isSaving}
            onPress={() => void enter()}
          >
            {shown && shown.enter > 0
              ? t('plans.enter.do', { count: shown.enter, n: format.count(shown.enter) })
              : t('plans.enter.doNobody')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        <div className="grid gap-4 pair:grid-cols-2">
          <Select
            label={t('plans.enter.plan')}
            placeholder={t('plans.enter.choosePlan')}
            value={chosenPlan}
            onChange={setPlan}
            options={(plans ?? [])
              .filter((row) => !row.retired)
              .map((row) => ({ value: row.id, label: row.name }))}
          />
          {!meant && (
            <Select
              label={t('plans.enter.who')}
              value={from}
              onChange={setFrom}
              options={[
                { value: named, label: t('plans.enter.named') },
                ...views.map((each) => ({
                  value: each.id,
                  label: t('plans.enter.view', { name: each.name }),
                })),
              ]}
            />
          )}
          {template?.date_of && (
            <div className="flex flex-col gap-1.5">
              <DayField label={t(`plans.enter.date.${template.date_of}`)} value={date} onChange={setDate} />
              {template.date_field && (
                <p className="text-small text-ink-3">
                  {t('plans.enter.dateField', { field: template.date_field })}
                </p>
              )}
            </div>
          )}
        </div>
        <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
          <DayField label={t('plans.enter.start')} value={start} onChange={setStart} />
          {start === '' ? (
            <p className="pb-2 text-small text-ink-3">{t('plans.enter.startHint')}</p>
          ) : (
            <Button look="quiet" onPress={() => setStart('')}>
              {t('plans.enter.startToday')}
            </Button>
          )}
        </div>
        {!meant && from === named && <PeopleField people={people} onChange={setPeople} />}
        <div className="flex flex-col gap-2">
          <Checkbox isSelected={spread} onChange={setSpread} description={t('plans.enter.spreadHint')}>
            {t('plans.enter.spread')}
          </Checkbox>
          <Checkbox isSelected={again} onChange={setAgain}>
            {t('plans.enter.again')}
          </Checkbox>
        </div>
        {saving.error && (
          <Notice>
            <span role="alert">{saving.error}</span>
          </Notice>
        )}
        {entering === null ? (
          <p className="text-ink-2">{t(chosenPlan ? 'plans.enter.nobodyYet' : 'plans.enter.noPlanYet')}</p>
        ) : preview.error ? (
          <Notice>
            <span role="alert">{errorMessage(preview.error)}</span>
          </Notice>
        ) : !shown ? (
          <Skeleton rows={3} />
        ) : (
          <>
            <HowManyEnter preview={shown} />
            {shown.enter > 0 && (
              <WhatItMakes
                entering={entering}
                actions={{
                  spread: spread ? null : () => setSpread(true),
                  waitLonger: canChange ? waitLonger : null,
                  startOn: setStart,
                }}
                start={start || null}
                onTakesOn={canChange ? (who) => setTakingOn({ who }) : null}
              />
            )}
            <WhoEnters preview={shown} />
          </>
        )}
      </div>
      {takingOn && <CapacityDialog meant={takingOn.who} onClose={() => setTakingOn(null)} />}
    </Dialog>
  );
}

/** Each wait of so many days more; what is counted from a date stays by it. */
function longer(template: Template, days: number): Template {
  return {
    ...template,
    steps: template.steps.map((step, at) => {
      const { base, wait } = step.when;
      if (wait.unit !== 'days' || base === 'before_date' || base === 'after_date') return step;
      // Counted from the joining, the waits before it are longer too.
      const more = base === 'joining' ? days * (at + 1) : days;
      return { ...step, when: { base, wait: { unit: 'days', count: wait.count + more } } };
    }),
  };
}

function HowManyEnter({ preview }: { preview: EnterPreview }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className="flex flex-col gap-3">
      <p role="status" className="text-reason font-semibold">
        {t('plans.enter.enters', { count: preview.enter, n: format.count(preview.enter) })}
        {preview.stay_out > 0 && (
          <>
            {' '}
            <span className="font-normal text-ink-2">
              {t('plans.enter.staysOut', { count: preview.stay_out, n: format.count(preview.stay_out) })}
            </span>
          </>
        )}
      </p>
      {preview.later > 0 && (
        <p className="text-ink-2">
          {t('plans.enter.later', { count: preview.later, n: format.count(preview.later) })}
        </p>
      )}
    </div>
  );
}

function WhoEnters({ preview }: { preview: EnterPreview }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? preview.entrants : preview.entrants.slice(0, fewShown);
  return (
    <section aria-label={t('plans.enter.preview')} className="flex flex-col gap-3">
      {shown.length > 0 && (
        <ul className="border-t border-line">
          {shown.map((each) => (
            <li key={each.person} className="flex min-h-10 items-center gap-4 border-b border-line py-1.5">
              <span className="min-w-0 flex-1">
                <PersonName name={each.name} size="inline" />
                <bdi className="ms-2 text-small text-ink-2">{each.step}</bdi>
              </span>
              <span className="tnum shrink-0 text-small">{format.comingDay(each.from_ms)}</span>
              {each.keeper && (
                <Avatar name={each.keeper.name} label={t('people.keptBy', { name: each.keeper.name })} />
              )}
            </li>
          ))}
        </ul>
      )}
      {preview.entrants.length > shown.length && (
        <Button size="small" look="quiet" className="-ms-2.5 self-start" onPress={() => setWhole(true)}>
          {t('plans.enter.showAll', {
            count: preview.entrants.length,
            n: format.count(preview.entrants.length),
          })}
        </Button>
      )}
      {preview.out.length > 0 && <WhoStaysOut out={preview.out} all={preview.stay_out} />}
    </section>
  );
}

function WhoStaysOut({ out, all }: { out: StaysOut[]; all: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const reasons = [...new Set(out.map((each) => each.why))];
  return (
    <details>
      <summary className="text-small text-ink-2">
        {t('plans.enter.whyOut', { count: all, n: format.count(all) })}
      </summary>
      <dl className="mt-2 flex flex-col gap-2">
        {reasons.map((why) => (
          <div key={why}>
            <dt className="text-small font-medium">{why}</dt>
            <dd className="flex flex-wrap gap-x-3">
              {out
                .filter((each) => each.why === why)
                .map((each) => (
                  <PersonName key={each.person} name={each.name} size="inline" className="text-ink-2" />
                ))}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

/** Whether the quarter bears it, and what would help where it does not. */
function WhatItMakes({
  entering,
  start,
  actions,
  onTakesOn,
}: {
  entering: Entering;
  start: string | null;
  /** Told the volunteer whose day breaks first, where it is somebody's. */
  onTakesOn: ((who: string | null) => void) | null;
  actions: Parameters<typeof Remedies>[0]['actions'];
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const overWords = useOverWords();
  const { data: forecast, error, isPlaceholderData } = useForecast(entering);
  if (error) {
    return (
      <Notice>
        <span role="alert">{errorMessage(error)}</span>
      </Notice>
    );
  }
  if (!forecast) return <Skeleton rows={2} />;
  const over = forecast.first_over;
  return (
    // What was reckoned of others is not what would come of these.
    <section
      aria-label={t('plans.forecast.title')}
      aria-busy={isPlaceholderData}
      className={cx('flex flex-col gap-3', isPlaceholderData && 'opacity-50')}
    >
      <SectionLabel level={3}>{t('plans.forecast.quarter')}</SectionLabel>
      <LoadStrip forecast={forecast} />
      {over ? (
        <Notice
          tone="late"
          icon={TriangleAlert}
          action={
            onTakesOn && (
              <Button size="small" onPress={() => onTakesOn(over.keeper)}>
                {t('plans.forecast.takesOnWhat')}
              </Button>
            )
          }
        >
          <strong>{overWords(over)}</strong>{' '}
          {t('plans.forecast.overDays', { count: forecast.over_days, n: format.count(forecast.over_days) })}
          {forecast.remedies.length === 0 && <> {t('plans.forecast.withoutThem')}</>}
        </Notice>
      ) : (
        <Notice tone="good" icon={CircleCheck}>
          {t('plans.forecast.bears')}
        </Notice>
      )}
      {!isPlaceholderData && <Remedies forecast={forecast} start={start} actions={actions} />}
    </section>
  );
}
