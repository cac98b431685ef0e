import { ArrowRight, PhoneOutgoing } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { commands, type Replanned, type Stand, type Stays } from '../ipc/bindings';
import { run } from '../ipc/error';
import { Button } from '../shared/Button';
import { Tag } from '../shared/Chip';
import { Dialog } from '../shared/Dialog';
import { SectionLabel } from '../shared/Layout';
import { PersonName } from '../shared/People';
import { navigate } from '../shared/route';
import { Notice } from '../shared/States';
import { useFormat } from '../shared/time';
import { useUndo } from '../shared/useUndo';
import { useSaving } from '../team/settings';

/** Before and after; nothing moves until it is said, and nothing moves that somebody was told. */
export function ReplanDialog({
  replanned,
  canChange,
  onClose,
}: {
  replanned: Replanned;
  canChange: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { showUndoable } = useUndo();
  const saving = useSaving();
  const { move_count, moves, told_count, told, no_room_count, no_room } = replanned;
  const apply = async () => {
    const done = await saving.save(async () => {
      const { move_count: moved } = await run(commands.replan(replanned.stamp));
      showUndoable(t('plans.replan.done', { count: moved, n: format.count(moved) }));
    });
    if (done) onClose();
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="wide"
      title={t('plans.replan.title')}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          {canChange && (
            <Button
              look="primary"
              isDisabled={move_count === 0 || saving.isSaving}
              onPress={() => void apply()}
            >
              {t('plans.replan.do', { count: move_count, n: format.count(move_count) })}
            </Button>
          )}
        </>
      }
    >
      {/* Longer than a small window, and often with nothing to press in it: the keyboard scrolls it all the same. */}
      <div tabIndex={0} className="flex flex-col gap-6">
        {saving.error && (
          <Notice>
            <span role="alert">{saving.error}</span>
          </Notice>
        )}
        {!canChange && <p className="text-ink-2">{t('plans.replan.directorOnly')}</p>}
        {move_count + told_count + no_room_count === 0 && <p>{t('plans.replan.nothing')}</p>}
        {told_count > 0 && (
          <Group
            label={t('plans.replan.told', { count: told_count, n: format.count(told_count) })}
            hint={t('plans.replan.toldHint')}
            more={told_count - told.length}
          >
            {told.map((each) => (
              <StaysLine key={each.enrolment} each={each} onClose={onClose} />
            ))}
          </Group>
        )}
        {no_room_count > 0 && (
          <Group
            label={t('plans.replan.noRoom', { count: no_room_count, n: format.count(no_room_count) })}
            hint={t('plans.replan.noRoomHint')}
            more={no_room_count - no_room.length}
          >
            {no_room.map((each) => (
              <StaysLine key={each.enrolment} each={each} onClose={onClose} />
            ))}
          </Group>
        )}
        {move_count > 0 && (
          <Group
            label={t('plans.replan.moves', { count: move_count, n: format.count(move_count) })}
            more={move_count - moves.length}
          >
            {moves.map((each) => (
              <li
                key={each.enrolment}
                className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line py-2 last:border-b-0"
              >
                <Whose name={each.name} step={each.step} plan={each.plan}>
                  {each.late && <Tag tone="late">{t('plans.replan.late')}</Tag>}
                </Whose>
                <span className="tnum flex shrink-0 items-center gap-2 text-small">
                  <del className="text-ink-3">
                    <span className="sr-only">{t('plans.versions.was')} </span>
                    <StandWords stand={each.before} other={each.after} />
                  </del>
                  <ArrowRight aria-hidden size={13} className="text-ink-3 rtl:rotate-180" />
                  <ins className="font-semibold no-underline">
                    <span className="sr-only">{t('plans.versions.is')} </span>
                    <StandWords stand={each.after} other={each.before} />
                  </ins>
                </span>
              </li>
            ))}
          </Group>
        )}
      </div>
    </Dialog>
  );
}

/** The day, and by whom where that is another one. */
function StandWords({ stand, other }: { stand: Stand; other: Stand }) {
  const format = useFormat();
  return (
    <>
      {format.day(stand.from_ms)}
      {stand.keeper?.id !== other.keeper?.id && stand.keeper && (
        <>
          {', '}
          <bdi>{stand.keeper.name}</bdi>
        </>
      )}
    </>
  );
}

function Whose({
  name,
  step,
  plan,
  children,
}: {
  name: string;
  step: string;
  plan: string;
  children?: ReactNode;
}) {
  return (
    <span className="min-w-0 flex-1 basis-60">
      <PersonName name={name} size="inline" /> {children}
      <span className="block text-small text-ink-2">
        <bdi>{step}</bdi>
        <span aria-hidden> · </span>
        <bdi>{plan}</bdi>
      </span>
    </span>
  );
}

function Group({
  label,
  hint,
  more,
  children,
}: {
  label: string;
  hint?: string;
  /** How many are not listed. */
  more: number;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <section>
      <SectionLabel level={3}>{label}</SectionLabel>
      {hint && <p className="text-small text-ink-2">{hint}</p>}
      <ul className="mt-1">{children}</ul>
      {more > 0 && (
        <p className="text-small text-ink-3">
          {t('plans.replan.more', { count: more, n: format.count(more) })}
        </p>
      )}
    </section>
  );
}

function StaysLine({ each, onClose }: { each: Stays; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line py-2 last:border-b-0">
      <Whose name={each.name} step={each.step} plan={each.plan} />
      <span className="tnum shrink-0 text-small">{format.day(each.stand.from_ms)}</span>
      <Button
        size="small"
        look="quiet"
        icon={PhoneOutgoing}
        onPress={() => {
          onClose();
          navigate({ name: 'person', id: each.person });
        }}
      >
        {t('plans.replan.toPerson')}
        <span className="sr-only">{each.name}</span>
      </Button>
    </li>
  );
}
