import { useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { commands, type Capacity, type Volunteer } from '../ipc/bindings';
import { run } from '../ipc/error';
import { Button } from '../shared/Button';
import { Field } from '../shared/Field';
import { FormDialog } from '../shared/FormDialog';
import { Avatar } from '../shared/People';
import { ErrorState, Notice, Skeleton } from '../shared/States';
import { useFormat } from '../shared/time';
import { useUndo } from '../shared/useUndo';
import { useVolunteers } from '../team/queries';
import { useSession } from '../team/session';
import { useIsDirector, type Saving } from '../team/settings';
import { useAvailability } from './queries';
import { everyDay, WeekdayChips } from './WeekdayChips';

const capacityOf = (capacities: Capacity[], volunteer: string): Capacity =>
  capacities.find((each) => each.volunteer === volunteer) ?? {
    volunteer,
    works_on: everyDay,
    daily_limit: null,
  };
const isSame = (one: Capacity, other: Capacity): boolean =>
  one.works_on === other.works_on && one.daily_limit === other.daily_limit;

/** What each takes on, a line to be saved for each. */
export function Capacities({
  capacities,
  volunteers,
  saving,
}: {
  capacities: Capacity[];
  volunteers: Volunteer[];
  saving: Saving;
}) {
  const isDirector = useIsDirector();
  const me = useSession().volunteer;
  return (
    <ul>
      {volunteers.map((who) => {
        const capacity = capacityOf(capacities, who.id);
        return (
          <li key={who.id} className={lineLook}>
            <CapacityLine
              // What the book says now is where one begins, also after an undo.
              key={`${capacity.works_on}-${capacity.daily_limit}`}
              who={who}
              capacity={capacity}
              saving={isDirector || who.id === me.id ? saving : null}
            />
          </li>
        );
      })}
    </ul>
  );
}

const lineLook = 'border-b border-line py-3 first:pt-0 last:border-b-0 last:pb-0';

function CapacityLine({
  who,
  capacity,
  saving,
}: {
  who: Volunteer;
  capacity: Capacity;
  saving: Saving | null;
}) {
  const { t } = useTranslation();
  const { showUndoable } = useUndo();
  const [draft, setDraft] = useState(capacity);
  const isDirty = !isSame(draft, capacity);
  const save = async () => {
    if (await saving?.save(() => run(commands.setCapacities([draft]))))
      showUndoable(t('plans.can.capacitySaved', { count: 1, name: who.name }));
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isDirty) void save();
      }}
    >
      <CapacityFields who={who} capacity={draft} onChange={saving && setDraft}>
        {isDirty && (
          <Button size="small" type="submit" isDisabled={saving?.isSaving}>
            {t('common.save')}
            <span className="sr-only">{who.name}</span>
          </Button>
        )}
      </CapacityFields>
    </form>
  );
}

function CapacityFields({
  who,
  capacity,
  isMeant = false,
  onChange,
  children,
}: {
  who: Volunteer;
  capacity: Capacity;
  /** One types at once, in place of what stands there. */
  isMeant?: boolean;
  /** `null`: it is not theirs to change. */
  onChange: ((capacity: Capacity) => void) | null;
  children?: ReactNode;
}) {
  const { t } = useTranslation();
  const limit = useRef<HTMLInputElement>(null);
  // Also when the book says another number meanwhile: what is typed replaces it, and is not put behind it.
  useLayoutEffect(() => {
    if (isMeant && limit.current === document.activeElement) limit.current?.select();
  }, [isMeant, capacity.daily_limit]);
  return (
    <fieldset disabled={onChange === null} className="flex min-w-0 flex-wrap items-center gap-x-4 gap-y-2.5">
      <legend className="sr-only">{who.name}</legend>
      <span aria-hidden className="flex min-w-0 flex-1 basis-44 items-center gap-3">
        <Avatar name={who.name} size={32} />
        <bdi className="min-w-0 font-medium [overflow-wrap:anywhere]">{who.name}</bdi>
      </span>
      <span className="flex items-center gap-2">
        <Field
          label={t('plans.can.limit', { name: who.name })}
          hideLabel
          autoFocus={isMeant}
          inputRef={limit}
          onFocus={() => isMeant && limit.current?.select()}
          inputMode="numeric"
          dir="ltr"
          isDisabled={onChange === null}
          className="tnum w-16"
          placeholder={t('plans.can.noLimit')}
          value={capacity.daily_limit === null ? '' : String(capacity.daily_limit)}
          onChange={(typed) => {
            const digits = typed.replace(/\D/gu, '').slice(0, 3);
            onChange?.({ ...capacity, daily_limit: digits === '' ? null : Number(digits) });
          }}
        />
        <span aria-hidden className="text-small text-ink-3">
          {t('plans.can.aDay')}
        </span>
      </span>
      {children}
      <div className="w-full ps-11">
        <WeekdayChips
          label={t('plans.can.worksOn', { name: who.name })}
          days={capacity.works_on}
          onChange={(works_on) => onChange?.({ ...capacity, works_on })}
        />
      </div>
    </fieldset>
  );
}

/** What each takes on, changed beside what it is changed for. */
export function CapacityDialog({
  meant,
  onClose,
}: {
  /** The volunteer of whom it is a matter, where it is one's. */
  meant: string | null;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { showUndoable } = useUndo();
  const { data, error, refetch } = useAvailability();
  const { data: volunteers } = useVolunteers();
  const [drafts, setDrafts] = useState<Record<string, Capacity>>({});
  const there = (volunteers ?? []).filter((each) => !each.left);
  const changed = there.filter(
    ({ id }) => drafts[id] && data && !isSame(drafts[id], capacityOf(data.capacities, id)),
  );
  const save = async () => {
    await run(commands.setCapacities(changed.map(({ id }) => drafts[id]!)));
    const name = format.list(changed.map((each) => each.name));
    showUndoable(t('plans.can.capacitySaved', { count: changed.length, name }));
  };
  return (
    <FormDialog
      title={t('plans.can.capacity')}
      submit={t('common.save')}
      size="regular"
      isReady={changed.length > 0}
      isDismissable={changed.length === 0}
      onSubmit={save}
      onClose={onClose}
    >
      {(refused) => (
        <>
          <p className="text-ink-2">{t('plans.can.capacityHint')}</p>
          {refused && (
            <Notice>
              <span role="alert">{refused}</span>
            </Notice>
          )}
          {error ? (
            <ErrorState error={error} onRetry={() => void refetch()} />
          ) : !data || !volunteers ? (
            <Skeleton rows={3} />
          ) : (
            <ul className="border-t border-line pt-4">
              {there.map((who) => (
                <li key={who.id} className={lineLook}>
                  <CapacityFields
                    who={who}
                    capacity={drafts[who.id] ?? capacityOf(data.capacities, who.id)}
                    isMeant={who.id === (meant ?? there[0]?.id) && !drafts[who.id]}
                    onChange={(capacity) => setDrafts((before) => ({ ...before, [who.id]: capacity }))}
                  />
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </FormDialog>
  );
}
