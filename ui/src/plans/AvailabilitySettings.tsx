import { X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { commands, type GroupClosure, type TimeAway, type Volunteer } from '../ipc/bindings';
import { run } from '../ipc/error';
import { Button, IconButton } from '../shared/Button';
import { DayField } from '../shared/DateFields';
import { Field, Select } from '../shared/Field';
import { SectionLabel } from '../shared/Layout';
import { navigate } from '../shared/route';
import { ErrorState, Notice, Skeleton } from '../shared/States';
import { useFormat } from '../shared/time';
import { showDone } from '../shared/Toast';
import { useUndo } from '../shared/useUndo';
import { useVolunteers } from '../team/queries';
import { Section } from '../team/Section';
import { useSession } from '../team/session';
import { useIsDirector, useSaving, type Saving } from '../team/settings';
import { Capacities } from './Capacities';
import { spanOf } from './days';
import { NumberField } from './fields';
import { useAvailability } from './queries';

/** Who can when: what plans reckon with when they lay their steps. */
export function AvailabilitySettings() {
  const { t } = useTranslation();
  const { data, error, refetch } = useAvailability();
  const { data: volunteers } = useVolunteers();
  const saving = useSaving();
  return (
    <Section
      title={t('plans.can.title')}
      sentence={t('plans.can.sentence')}
      action={
        <Button onPress={() => navigate({ name: 'plans', view: 'forecast' })}>
          {t('plans.forecast.open')}
        </Button>
      }
    >
      {saving.error && (
        <Notice>
          <span role="alert">{saving.error}</span>
        </Notice>
      )}
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data || !volunteers ? (
        <Skeleton rows={5} />
      ) : (
        <>
          <Part title={t('plans.can.capacity')} hint={t('plans.can.capacityHint')}>
            <Capacities
              capacities={data.capacities}
              volunteers={volunteers.filter((each) => !each.left)}
              saving={saving}
            />
          </Part>
          <Leaves leaves={data.leaves} volunteers={volunteers} saving={saving} />
          <GroupClosures closures={data.group_closures} saving={saving} />
          <TouchGap days={data.touch_gap_days} saving={saving} />
        </>
      )}
    </Section>
  );
}

function Part({ title, hint, children }: { title: string; hint: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="border-t border-line pt-5">
      <SectionLabel level={3}>{title}</SectionLabel>
      <p className="mb-3 text-small text-ink-2">{hint}</p>
      {children}
    </section>
  );
}

/** A span of days, from one to the other, both included. */
function useSpan() {
  const format = useFormat();
  const today = format.dayKey(format.nowMs);
  const [from, setFrom] = useState(today);
  const [to, setTo] = useState(today);
  return {
    from,
    to,
    isBackwards: to < from,
    setTo,
    setFrom: (day: string) => {
      setFrom(day);
      if (to < day) setTo(day);
    },
  };
}

function SpanFields({ span }: { span: ReturnType<typeof useSpan> }) {
  const { t } = useTranslation();
  return (
    <>
      <DayField label={t('team.closures.from')} value={span.from} onChange={span.setFrom} />
      <DayField label={t('team.closures.to')} value={span.to} onChange={span.setTo} />
      {span.isBackwards && (
        <p role="alert" className="order-last w-full text-small text-brick">
          {t('team.closures.backwards')}
        </p>
      )}
    </>
  );
}

function SpanLine({
  name,
  detail,
  from,
  to,
  removeLabel,
  onRemove,
}: {
  name: string;
  detail?: string;
  from: string;
  to: string;
  removeLabel: string;
  onRemove: (() => void) | null;
}) {
  return (
    <li className="flex min-h-11 items-center gap-4 border-b border-line py-1.5">
      <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        <bdi>{name}</bdi>
        {detail && (
          <span className="block text-small text-ink-3">
            <bdi>{detail}</bdi>
          </span>
        )}
      </span>
      <span className="tnum max-w-[50%] text-end text-ink-2">{spanOf(from, to)}</span>
      {onRemove && <IconButton icon={X} label={removeLabel} onPress={onRemove} className="-me-2" />}
    </li>
  );
}

function Leaves({
  leaves,
  volunteers,
  saving,
}: {
  leaves: TimeAway[];
  volunteers: Volunteer[];
  saving: Saving;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const isDirector = useIsDirector();
  const me = useSession().volunteer;
  const { showUndoable } = useUndo();
  const span = useSpan();
  const [who, setWho] = useState(me.id);
  const today = format.dayKey(format.nowMs);
  const ahead = leaves.filter((each) => each.to_day >= today);
  const nameOf = (id: string) => volunteers.find((each) => each.id === id)?.name ?? t('plans.who.gone');
  const add = async () => {
    if (await saving.save(() => run(commands.addLeave(who, span.from, span.to))))
      showDone(t('plans.can.leaveAdded', { name: nameOf(who) }), {
        label: t('plans.can.toForecast'),
        run: () => navigate({ name: 'plans', view: 'forecast' }),
      });
  };
  const remove = async (leave: TimeAway) => {
    if (await saving.save(() => run(commands.removeLeave(leave.id))))
      showUndoable(t('plans.can.leaveRemoved', { name: nameOf(leave.volunteer) }));
  };
  return (
    <Part title={t('plans.can.leave')} hint={t('plans.can.leaveHint')}>
      {ahead.length > 0 && (
        <ul className="mb-4 border-t border-line">
          {ahead.map((leave) => (
            <SpanLine
              key={leave.id}
              name={nameOf(leave.volunteer)}
              from={leave.from_day}
              to={leave.to_day}
              removeLabel={t('plans.can.removeLeave', { name: nameOf(leave.volunteer) })}
              onRemove={isDirector || leave.volunteer === me.id ? () => void remove(leave) : null}
            />
          ))}
        </ul>
      )}
      <form
        className="flex flex-wrap items-end gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (!span.isBackwards) void add();
        }}
      >
        {isDirector && (
          <Select
            label={t('plans.can.who')}
            className="min-w-44 flex-1"
            value={who}
            onChange={setWho}
            options={volunteers
              .filter((each) => !each.left)
              .map((each) => ({ value: each.id, label: each.name }))}
          />
        )}
        <SpanFields span={span} />
        <Button type="submit" isDisabled={span.isBackwards || saving.isSaving}>
          {t('plans.can.addLeave')}
        </Button>
      </form>
    </Part>
  );
}

function GroupClosures({ closures, saving }: { closures: GroupClosure[]; saving: Saving }) {
  const { t } = useTranslation();
  const isDirector = useIsDirector();
  const { showUndoable } = useUndo();
  const span = useSpan();
  const [tag, setTag] = useState('');
  const [name, setName] = useState('');
  const canAdd = tag.trim() !== '' && !span.isBackwards && !saving.isSaving;
  const add = async () => {
    const added = await saving.save(() =>
      run(commands.addGroupClosure(tag.trim(), name.trim(), span.from, span.to)),
    );
    if (!added) return;
    setTag('');
    setName('');
    showUndoable(t('plans.can.groupAdded'));
  };
  const remove = async (closure: GroupClosure) => {
    if (await saving.save(() => run(commands.removeGroupClosure(closure.id))))
      showUndoable(t('plans.can.groupRemoved'));
  };
  return (
    <Part title={t('plans.can.group')} hint={t('plans.can.groupHint')}>
      {closures.length > 0 && (
        <ul className="mb-4 border-t border-line">
          {closures.map((closure) => (
            <SpanLine
              key={closure.id}
              name={closure.name || closure.tag}
              detail={t('plans.can.groupOf', { tag: closure.tag })}
              from={closure.from_day}
              to={closure.to_day}
              removeLabel={t('plans.can.removeGroup', { name: closure.name || closure.tag })}
              onRemove={isDirector ? () => void remove(closure) : null}
            />
          ))}
        </ul>
      )}
      {isDirector && (
        <form
          className="flex flex-wrap items-end gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            if (canAdd) void add();
          }}
        >
          <Field
            label={t('plans.can.groupTag')}
            className="min-w-36 flex-1"
            value={tag}
            onChange={setTag}
            placeholder={t('plans.can.groupTagExample')}
          />
          <Field
            label={t('plans.can.groupName')}
            className="min-w-36 flex-1"
            value={name}
            onChange={setName}
            placeholder={t('plans.can.groupNameExample')}
          />
          <SpanFields span={span} />
          <Button type="submit" isDisabled={!canAdd}>
            {t('plans.can.addGroup')}
          </Button>
        </form>
      )}
    </Part>
  );
}

function TouchGap({ days, saving }: { days: number; saving: Saving }) {
  const { t } = useTranslation();
  const isDirector = useIsDirector();
  const { showUndoable } = useUndo();
  const [typed, setTyped] = useState<number | null>(null);
  const save = async () => {
    if (typed === null) return;
    if (!(await saving.save(() => run(commands.setTouchGapDays(typed))))) return;
    setTyped(null);
    showUndoable(t('plans.can.gapSaved'));
  };
  return (
    <Part title={t('plans.can.gap')} hint={t('plans.can.gapHint')}>
      {isDirector ? (
        <form
          className="flex items-end gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <NumberField label={t('plans.edit.days')} value={typed ?? days} most={60} onChange={setTyped} />
          <Button type="submit" isDisabled={typed === null || typed === days || saving.isSaving}>
            {t('common.save')}
          </Button>
        </form>
      ) : (
        <p>{t('plans.can.gapIs', { count: days })}</p>
      )}
    </Part>
  );
}
