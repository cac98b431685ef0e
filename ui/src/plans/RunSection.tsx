import type { TFunction } from 'i18next';
import { CalendarDays, Ellipsis, LogOut, Megaphone, Pause, PenLine, Play, SkipForward } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { commands, type RunStep, type RunView } from '../ipc/bindings';
import { run } from '../ipc/error';
import { LetterDialog } from '../mail/LetterDialog';
import { Button, IconButton } from '../shared/Button';
import { Tag } from '../shared/Chip';
import { dotted } from '../shared/bidi';
import { cx } from '../shared/cx';
import { SectionLabel } from '../shared/Layout';
import { Menu, type MenuEntry } from '../shared/Menu';
import { formatRoute } from '../shared/route';
import { ErrorState } from '../shared/States';
import { useFormat, type Format } from '../shared/time';
import { useUndo } from '../shared/useUndo';
import { calendarDay, longDay } from './days';
import { EnterDialog } from './EnterDialog';
import { HoldDialog, WhyDialog } from './RunDialogs';
import { MoveDay } from './MoveDay';
import { holdWords } from './PeopleInPlan';
import { usePlansOf } from './queries';
import { channelIcons } from './words';

/** Every plan that somebody is or was in, each as a line of what was done and what is to come. */
export function RunSection({ person, name, canEnter }: { person: string; name: string; canEnter: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: runs, error, refetch } = usePlansOf(person);
  const [isEntering, setEntering] = useState(false);
  const [showsPast, setShowsPast] = useState(false);
  const isOn = (each: RunView) => each.state === 'running' || each.state === 'held';
  const now = (runs ?? []).filter(isOn);
  const past = (runs ?? []).filter((each) => !isOn(each));
  return (
    <section>
      <SectionLabel add={canEnter && { label: t('plans.enter.openOne'), onPress: () => setEntering(true) }}>
        {t('plans.title')}
      </SectionLabel>
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <>
          {runs && now.length === 0 && <p className="text-ink-2">{t('plans.run.none')}</p>}
          {now.map((each) => (
            <Run key={each.id} view={each} />
          ))}
          {past.length > 0 && (
            <Button
              look="quiet"
              size="small"
              aria-expanded={showsPast}
              className="-ms-2.5"
              onPress={() => setShowsPast(!showsPast)}
            >
              {showsPast
                ? t('plans.run.hidePast')
                : t('plans.run.showPast', { count: past.length, n: format.count(past.length) })}
            </Button>
          )}
          {showsPast && past.map((each) => <Run key={each.id} view={each} />)}
        </>
      )}
      {isEntering && <EnterDialog meant={{ people: [person], name }} onClose={() => setEntering(false)} />}
    </section>
  );
}

type Doing = 'hold' | 'skip' | 'leave' | 'move' | 'write';

function Run({ view }: { view: RunView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { showUndoable, doUndoable } = useUndo();
  const [doing, setDoing] = useState<Doing | null>(null);
  const isOn = view.state === 'running' || view.state === 'held';
  const open = view.steps.find((step) => step.state === 'open' || step.state === 'waiting');
  const close = () => setDoing(null);
  const article = useRef<HTMLElement>(null);
  // Back to the menu that it came from, as a dialog does by itself.
  const closeMove = () => {
    close();
    article.current?.querySelector<HTMLElement>('[aria-haspopup]')?.focus();
  };
  const entries: (MenuEntry | false)[] = [
    open?.state === 'open' &&
      !open.told && {
        id: 'move',
        label: t('plans.run.move'),
        icon: CalendarDays,
        onAction: () => setDoing('move'),
      },
    open?.state === 'open' && {
      id: 'tell',
      label: open.told ? t('plans.run.notTold') : t('plans.run.tell'),
      description: open.told ? undefined : t('plans.run.tellHint'),
      icon: Megaphone,
      onAction: () =>
        void doUndoable(
          run(commands.tellPlanStep(view.id, !open.told)),
          t(open.told ? 'plans.run.notToldDone' : 'plans.run.toldDone'),
        ),
    },
    open !== undefined && {
      id: 'skip',
      label: t('plans.run.skip'),
      icon: SkipForward,
      onAction: () => setDoing('skip'),
    },
    {
      id: 'hold',
      label: t(view.state === 'running' ? 'plans.run.hold' : 'plans.run.holdOtherwise'),
      icon: Pause,
      separate: true,
      onAction: () => setDoing('hold'),
    },
    {
      id: 'leave',
      label: t('plans.run.leave'),
      icon: LogOut,
      onAction: () => setDoing('leave'),
    },
  ];
  return (
    <article ref={article} aria-label={view.name} className="border-b border-line py-3 last:border-b-0">
      <header className="mb-2.5 flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="min-w-0 font-semibold [overflow-wrap:anywhere]">
          <a
            href={formatRoute({ name: 'plans', plan: view.plan })}
            draggable={false}
            className="rounded-small hover:underline"
          >
            <bdi>{view.name}</bdi>
          </a>
        </h3>
        {view.state === 'held' && <Tag>{t('plans.run.held')}</Tag>}
        {view.state === 'finished' && <Tag tone="green">{t('plans.run.finished')}</Tag>}
        {view.state === 'left' && <Tag>{t('plans.run.leftIt')}</Tag>}
        <span className="min-w-0 flex-1 text-small text-ink-3">
          {dotted([
            view.joined_ms > format.nowMs
              ? t('plans.run.begins', { day: format.comingDay(view.joined_ms) })
              : t('plans.run.since', { day: format.day(view.joined_ms) }),
            view.date && t('plans.run.by', { day: calendarDay(view.date, format) }),
          ])}
        </span>
        {view.state === 'held' && (
          <Button
            size="small"
            icon={Play}
            onPress={() => void doUndoable(run(commands.resumePlan(view.id)), t('plans.run.resumed'))}
          >
            {t('plans.run.resume')}
          </Button>
        )}
        {isOn && (
          <Menu
            label={t('plans.run.menu', { name: view.name })}
            trigger={
              <IconButton
                icon={Ellipsis}
                label={t('plans.run.menu', { name: view.name })}
                className="-me-2"
              />
            }
            entries={entries.filter((entry) => entry !== false)}
          />
        )}
      </header>
      {view.state === 'held' && (
        <p className="mb-2.5 text-ink-2 first-letter:uppercase">
          {holdWords(t, format, view.held_until_day)}
          {view.held_why && (
            <>
              {': '}
              <bdi>{view.held_why}</bdi>
            </>
          )}
        </p>
      )}
      {view.end_reason && (
        <p dir="auto" className="mb-2.5 text-ink-2">
          {view.end_reason}
        </p>
      )}
      <ol aria-label={t('plans.run.line', { name: view.name })} className="flex flex-col">
        {view.steps.map((step, index) => (
          <StepLine key={step.key} step={step} isLast={index === view.steps.length - 1}>
            {step.state === 'open' && (step.channel === 'email' || step.channel === 'letter') && (
              <Button size="small" icon={PenLine} className="mt-2" onPress={() => setDoing('write')}>
                {t('mail.write')}
              </Button>
            )}
            {doing === 'move' && step === open && step.from_ms !== null && (
              <MoveDay
                fromDay={format.dayKey(step.from_ms)}
                onCancel={closeMove}
                onMove={async (day) => {
                  await run(commands.movePlanStep(view.id, day));
                  closeMove();
                  showUndoable(t('plans.run.moved', { day: longDay(day, format) }));
                }}
              />
            )}
          </StepLine>
        ))}
      </ol>
      {doing === 'write' && open?.promise && <LetterDialog promise={open.promise} onClose={close} />}
      {doing === 'hold' && (
        <HoldDialog
          name={view.name}
          onClose={close}
          onHold={async (until, why) => {
            await run(commands.holdPlan(view.id, until, why));
            showUndoable(t('plans.run.heldDone'));
          }}
        />
      )}
      {doing === 'skip' && (
        <WhyDialog
          title={t('plans.run.skipTitle', { step: open?.title ?? '' })}
          confirm={t('plans.run.skipDo')}
          onClose={close}
          onDone={async (why) => {
            await run(commands.skipPlanStep(view.id, why));
            showUndoable(t('plans.run.skippedDone'));
          }}
        />
      )}
      {doing === 'leave' && (
        <WhyDialog
          title={t('plans.run.leaveTitle', { name: view.name })}
          confirm={t('plans.run.leaveDo')}
          onClose={close}
          onDone={async (why) => {
            await run(commands.leavePlan(view.id, why));
            showUndoable(t('plans.run.leftDone'));
          }}
        />
      )}
    </article>
  );
}

const dots: Record<RunStep['state'], string> = {
  open: 'border-green bg-surface text-green',
  waiting: 'border-line bg-sunken text-ink-3',
  done: 'border-green bg-green text-on-green',
  skipped: 'border-line bg-sunken text-ink-3',
  left: 'border-line bg-sunken text-ink-3',
  to_come: 'border-dashed border-edge bg-transparent text-ink-3',
  undated: 'border-dashed border-edge bg-transparent text-ink-3',
};

/** `Friday 9:00–17:00`; over several days, from the first of them to the last: `Friday to Tuesday 17:00`. */
function spanOf(t: TFunction, format: Format, fromMs: number, dueMs: number): string {
  if (fromMs <= format.nowMs || format.dayKey(fromMs) === format.dayKey(dueMs)) {
    return format.between(fromMs, dueMs);
  }
  return t('plans.run.fromTo', { from: format.comingDay(fromMs), until: format.near(dueMs) });
}

function StepLine({ step, isLast, children }: { step: RunStep; isLast: boolean; children?: ReactNode }) {
  const { t } = useTranslation();
  const format = useFormat();
  const Icon = channelIcons[step.channel];
  const isLate = step.state === 'open' && step.due_ms !== null && step.due_ms < format.nowMs;
  const isNow = step.state === 'open' || step.state === 'waiting';
  const isOver = step.state === 'skipped' || step.state === 'left';
  const when =
    step.ended_ms !== null
      ? format.day(step.ended_ms)
      : isLate
        ? t('promise.late', { duration: format.duration(format.nowMs - step.due_ms!) })
        : step.state === 'open' && step.from_ms !== null && step.due_ms !== null
          ? spanOf(t, format, step.from_ms, step.due_ms)
          : step.from_ms !== null
            ? format.comingDay(step.from_ms)
            : '';
  return (
    <li aria-current={isNow ? 'step' : undefined} className="relative flex gap-3 pb-3 last:pb-0">
      {!isLast && <span aria-hidden className="absolute start-[0.71875rem] top-6 bottom-0 w-px bg-line" />}
      <span
        aria-hidden
        className={cx(
          'relative flex size-6 shrink-0 items-center justify-center rounded-full border',
          isLate ? 'border-brick bg-brick-soft text-brick' : dots[step.state],
        )}
      >
        <Icon size={12} strokeWidth={2} />
      </span>
      <div className="min-w-0 flex-1 pt-0.5 [overflow-wrap:anywhere]">
        <p className="flex flex-wrap items-baseline gap-x-2.5">
          <bdi className={cx(isNow ? 'font-semibold' : isOver ? 'text-ink-3 line-through' : 'text-ink-2')}>
            {step.title}
          </bdi>
          <span className="sr-only">{t(`plans.run.state.${step.state}`)}</span>
          <span
            className={cx(
              'tnum text-small',
              isLate ? 'font-semibold text-brick' : isNow ? 'font-semibold' : 'text-ink-3',
            )}
          >
            {when || t(`plans.run.state.${step.state}`)}
          </span>
          {step.told && isNow && <Tag tone="green">{t('plans.run.told')}</Tag>}
          {step.keeper && !isOver && <bdi className="text-small text-ink-3">{step.keeper.name}</bdi>}
        </p>
        {step.why && (
          <p dir="auto" className="text-small text-ink-3">
            {step.why}
          </p>
        )}
        {isNow && step.question && (
          <p dir="auto" className="mt-1 border-s-2 border-green/40 ps-2.5 text-small">
            {step.question}
          </p>
        )}
        {children}
      </div>
    </li>
  );
}
