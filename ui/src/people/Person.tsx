import { useMutation } from '@tanstack/react-query';
import { Ellipsis, History, PhoneOutgoing, Printer, Trash2, TriangleAlert, Undo2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { linked, warningOf } from '../calls/brief';
import { openLogCall } from '../calls/logCall';
import { useBrief } from '../calls/queries';
import { SheetDialog } from '../calls/SheetDialog';
import { HandOverDialog } from '../promises/HandOverDialog';
import { NeverOnSection } from '../plans/NeverOnSection';
import { RunSection } from '../plans/RunSection';
import { PromiseSection } from '../promises/PromiseSection';
import { promiseActions, useHandOver, usePromisesOf } from '../promises/queries';
import type { PromiseView } from '../ipc/bindings';
import { Button, IconButton } from '../shared/Button';
import { cx } from '../shared/cx';
import { SectionLabel } from '../shared/Layout';
import { useKeys } from '../shared/keys';
import { Menu } from '../shared/Menu';
import { PersonName } from '../shared/People';
import { goBack, navigate, type Route } from '../shared/route';
import { Sentence } from '../shared/Sentence';
import { errorMessage, ErrorState, Notice, Skeleton } from '../shared/States';
import { useFormat } from '../shared/time';
import { Timeline } from '../shared/Timeline';
import { showDone, showError } from '../shared/Toast';
import { useUndo } from '../shared/useUndo';
import { useVolunteers } from '../team/queries';
import { AboutSection } from './AboutSection';
import { MergedSection } from './duplicates/MergedSection';
import { ConsentSection } from './ConsentSection';
import { FactSection } from './FactSection';
import { FieldSection } from './fields/FieldSection';
import { HistoryDialog } from './HistoryDialog';
import { personActions, usePerson, useTimeline } from './queries';
import { ReachSection } from './ReachSection';
import { timelineItem, worthTelling } from './timeline';

const firstLines = 30;

/** Everything the book knows of one person, on one page. */
export function Person({ route }: { route: Extract<Route, { name: 'person' }> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: person, error, refetch } = usePerson(route.id);
  const { data: owed } = usePromisesOf(route.id);
  const promises = owed ?? [];
  const { data: timeline, error: timelineError, refetch: refetchTimeline } = useTimeline(route.id);
  const { data: volunteers = [] } = useVolunteers();
  const handOver = useHandOver();
  const { undo, undoEdit } = useUndo();
  const askAgain = useMutation({
    mutationFn: personActions(route.id).askAgain,
    onSuccess: ({ due_ms, promise }) =>
      showDone(t('timeline.askedAgain', { when: format.near(due_ms) }), {
        label: t('timeline.toToday'),
        run: () => navigate({ name: 'today', promise }),
      }),
  });
  const [handing, setHanding] = useState<PromiseView | null>(null);
  const [isHistoryOpen, setHistoryOpen] = useState(false);
  const [isPrinting, setPrinting] = useState(false);
  const [isWhole, setWhole] = useState(false);
  const timelineStart = useRef<HTMLElement>(null);

  useEffect(() => {
    // A clause of a reason led here: to what happened between us.
    if (route.at && timeline) timelineStart.current?.scrollIntoView({ block: 'start' });
  }, [route.at, timeline]);

  const nextPromise = promises
    .filter((promise) => promise.state === 'open')
    .toSorted((a, b) => a.due_ms - b.due_ms)
    .at(0);
  const { data: brief } = useBrief(nextPromise ? route.id : null, nextPromise?.id ?? null);
  // One inquiry, one clock: who waits already does not begin to wait anew.
  const canAskAgain =
    !person?.removed &&
    owed !== undefined &&
    !owed.some((promise) => promise.state === 'open' && promise.inquiry !== null);
  const canCall = person !== undefined && !person.do_not_call && !person.removed;
  const call = () => navigate({ name: 'call', person: route.id, promise: nextPromise?.id });
  const logCall = () => {
    if (!person) return;
    const organisation = person.roles.find((each) => each.to_day === null)?.organisation ?? null;
    openLogCall({ id: person.id, name: person.name, organisation, standing: person.standing });
  };
  useKeys([
    { keys: 'c', label: 'keys.call', enabled: canCall, run: call },
    { keys: 'r', label: 'keys.logCall', enabled: person !== undefined, run: () => logCall() },
    { keys: 'p', label: 'calls.key.sheet', run: () => setPrinting(true) },
    { keys: 'Escape', label: 'keys.back', run: goBack },
  ]);

  if (error) {
    return (
      <ErrorState error={error} onRetry={() => void refetch()}>
        <Button onPress={() => navigate({ name: 'people' })}>{t('person.toPeople')}</Button>
      </ErrorState>
    );
  }
  if (!person) return <Skeleton rows={7} className="px-8 py-8" />;

  const actions = personActions(person.id);
  const promising = promiseActions(person.id);
  /** For what has no field of its own to say it beside. */
  const told = (work: Promise<unknown>) => work.catch((reason: unknown) => showError(errorMessage(reason)));
  const role = person.roles.find((each) => each.to_day === null);
  const subtitle = [
    role && [role.title, role.organisation].filter(Boolean).join(', '),
    t(`standing.${person.standing}`),
    person.place,
  ].filter(Boolean);
  const lines = worthTelling(timeline ?? []);
  const shown = isWhole ? lines : lines.slice(0, firstLines);

  return (
    <div className="@container h-full overflow-y-auto">
      <div className="min-h-full @3xl:flex">
        <div className="min-w-0 flex-1 px-6 py-6.5 @3xl:px-8">
          <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
            <div className="min-w-0 flex-1 basis-72">
              <h1 tabIndex={-1} className="outline-none">
                <PersonName name={person.name} size="person" />
              </h1>
              <p className="text-ink-2">
                {subtitle.map((part, index) => (
                  <span key={index}>
                    {index > 0 && <span aria-hidden> · </span>}
                    <bdi className="select-text">{part}</bdi>
                  </span>
                ))}
              </p>
            </div>
            <div className="flex items-center gap-2.5">
              <Button look="primary" keyHint="c" isDisabled={!canCall} onPress={call}>
                {t('today.beginCall')}
              </Button>
              <Menu
                label={t('person.menu')}
                trigger={<IconButton icon={Ellipsis} label={t('person.menu')} />}
                entries={[
                  {
                    id: 'log-call',
                    label: t('calls.log.open'),
                    icon: PhoneOutgoing,
                    onAction: logCall,
                  },
                  {
                    id: 'sheet',
                    label: t('sheet.openOne'),
                    icon: Printer,
                    onAction: () => setPrinting(true),
                  },
                  {
                    id: 'history',
                    label: t('history.open'),
                    icon: History,
                    onAction: () => setHistoryOpen(true),
                  },
                  {
                    id: 'remove',
                    label: t('person.remove'),
                    icon: Trash2,
                    danger: true,
                    separate: true,
                    onAction: () =>
                      void told(
                        actions.remove().then(() => {
                          showDone(t('person.removed', { name: person.name }), {
                            label: t('common.undo'),
                            run: undo,
                          });
                          navigate({ name: 'people' });
                        }),
                      ),
                  },
                ]}
              />
            </div>
          </header>
          {person.merged_into && (
            <Notice
              className="mt-5.5"
              action={
                <Button size="small" onPress={() => navigate({ name: 'person', id: person.merged_into!.id })}>
                  {t('duplicates.toKept', { name: person.merged_into.name })}
                </Button>
              }
            >
              <strong>{t('duplicates.mergedInto')}</strong>{' '}
              {t('duplicates.mergedIntoSentence', { name: person.merged_into.name })}
            </Notice>
          )}
          {person.removed && !person.merged_into && (
            <Notice className="mt-5.5">
              <strong>{t('person.isRemoved')}</strong> {t('person.isRemovedSentence')}
            </Notice>
          )}
          {person.do_not_call && (
            <Notice className="mt-5.5">
              <strong>{t('people.doNotCall')}.</strong> {t('person.doNotCallSentence')}
            </Notice>
          )}
          {nextPromise && brief && brief.reason.length > 0 && (
            <div
              className={cx(
                'mt-4.5 rounded-box px-4 py-3.5',
                nextPromise.due_ms < format.nowMs ? 'bg-brick-soft' : 'bg-green-soft',
              )}
            >
              <Sentence clauses={linked(brief.reason, person.id)} />
            </div>
          )}
          {brief?.others.map((other) => {
            const warning = warningOf(other, brief, t);
            return (
              <Notice key={warning.id} icon={TriangleAlert} className="mt-4">
                <strong>{warning.title}</strong> {warning.body}
              </Notice>
            );
          })}
          <div className="mt-6">
            <PromiseSection
              person={person.id}
              promises={promises}
              actions={promising}
              onHandOver={setHanding}
            />
          </div>
          <div className="mt-6">
            <RunSection person={person.id} name={person.name} canEnter={!person.removed} />
          </div>
          <section ref={timelineStart} className="mt-6 scroll-mt-4">
            <SectionLabel className="mb-3">{t('brief.soFar')}</SectionLabel>
            {timelineError ? (
              <ErrorState error={timelineError} onRetry={() => void refetchTimeline()} />
            ) : !timeline ? (
              <Skeleton rows={4} />
            ) : lines.length === 0 ? (
              <p className="text-ink-2">{t('brief.nothingYet')}</p>
            ) : (
              <>
                <Timeline
                  items={shown.map((line, index) => ({
                    ...timelineItem(line, index, person.name, t, format),
                    action: line.inquiry ? (
                      canAskAgain && (
                        <Button
                          look="quiet"
                          size="small"
                          className="-my-1.5"
                          isDisabled={askAgain.isPending}
                          onPress={() => askAgain.mutate(line.inquiry!)}
                        >
                          {t('timeline.askAgain')}
                        </Button>
                      )
                    ) : line.edit ? (
                      <IconButton
                        icon={Undo2}
                        label={t('undo.this')}
                        onPress={() => undoEdit(line.edit!)}
                        className="-my-1.5 opacity-0 group-hover:opacity-100 data-focus-visible:opacity-100"
                      />
                    ) : undefined,
                  }))}
                />
                {shown.length < lines.length && (
                  <Button size="small" className="mt-4" onPress={() => setWhole(true)}>
                    {t('person.showEarlier', { count: lines.length - shown.length })}
                  </Button>
                )}
              </>
            )}
          </section>
        </div>
        <aside
          aria-label={t('person.about')}
          className="grid content-start gap-7 border-t border-line bg-surface px-6 py-6.5 @md:grid-cols-2 @3xl:w-84 @3xl:grid-cols-1 @3xl:border-s @3xl:border-t-0"
        >
          <ReachSection
            reaches={person.reaches}
            actions={{
              add: actions.addReach,
              change: (id, change) => told(actions.changeReach(id, change)),
              remove: (id) => told(actions.removeReach(id)),
            }}
          />
          <FactSection
            facts={person.facts}
            actions={{
              add: actions.addFact,
              change: actions.changeFact,
              remove: (id) => told(actions.removeFact(id)),
            }}
          />
          <ConsentSection
            consents={person.consents}
            doNotCall={person.do_not_call}
            onDoNotCall={(on) => void told(actions.change({ do_not_call: on }))}
            onSet={actions.setConsent}
          />
          <AboutSection
            person={person}
            volunteers={volunteers}
            onChange={actions.change}
            onAddRole={actions.giveRole}
            onAddTag={actions.addTag}
          />
          <NeverOnSection key={`never-${person.id}`} person={person.id} />
          <FieldSection key={person.id} person={person} />
          <MergedSection person={person.id} />
        </aside>
      </div>
      {isPrinting && (
        <SheetDialog
          one={{ person: person.id, promise: nextPromise?.id ?? null }}
          name={person.name}
          onClose={() => setPrinting(false)}
        />
      )}
      {isHistoryOpen && (
        <HistoryDialog
          person={person.id}
          onClose={() => setHistoryOpen(false)}
          onRestore={(change) =>
            void told(actions.restore(change.seq, change.field).then(() => showDone(t('history.restored'))))
          }
        />
      )}
      {handing && (
        <HandOverDialog
          personName={person.name}
          keeperId={handing.keeper?.id ?? null}
          hands={volunteers.filter((each) => !each.left)}
          onClose={() => setHanding(null)}
          onHandOver={(to) => {
            handOver.mutate(
              { promise: handing.id, to: to.id },
              { onSuccess: () => showDone(t('handOver.done', { name: to.name })) },
            );
            setHanding(null);
          }}
        />
      )}
    </div>
  );
}
