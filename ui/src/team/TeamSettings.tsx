import { Ellipsis, UserPlus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { commands, type Volunteer, type VolunteerRole } from '../ipc/bindings';
import { run } from '../ipc/error';
import { Button, IconButton } from '../shared/Button';
import { Tag } from '../shared/Chip';
import { ConfirmDialog } from '../shared/Dialog';
import { Field, Select, type FieldProps } from '../shared/Field';
import { FormDialog } from '../shared/FormDialog';
import { Menu } from '../shared/Menu';
import { Avatar } from '../shared/People';
import { ErrorState, Skeleton } from '../shared/States';
import { showDone } from '../shared/Toast';
import { useVolunteers } from './queries';
import { Section } from './Section';
import { useSession } from './session';
import { useIsDirector, useSaving } from './settings';
import { dotted } from '../shared/bidi';

const roles: VolunteerRole[] = ['volunteer', 'director'];
const leastPin = 4;

type Doing =
  | { what: 'add' }
  | { what: 'change'; who: Volunteer }
  | { what: 'pin'; who: Volunteer }
  | { what: 'leave'; who: Volunteer };

export function TeamSettings() {
  const { t } = useTranslation();
  const { volunteer: me } = useSession();
  const isDirector = useIsDirector();
  const { data: volunteers, error, refetch } = useVolunteers();
  const saving = useSaving();
  const [doing, setDoing] = useState<Doing | null>(null);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!volunteers) return <Skeleton rows={4} />;
  const close = () => {
    saving.clear();
    setDoing(null);
  };
  const present = volunteers.filter((each) => !each.left);
  const gone = volunteers.filter((each) => each.left);
  return (
    <Section
      title={t('team.people.title')}
      sentence={t('team.people.sentence')}
      action={
        isDirector && (
          <Button icon={UserPlus} onPress={() => setDoing({ what: 'add' })}>
            {t('team.people.add')}
          </Button>
        )
      }
    >
      <ul>
        {[...present, ...gone].map((who) => (
          <li key={who.id} className="flex items-center gap-3 border-b border-line py-2.5 last:border-b-0">
            <Avatar name={who.name} size={32} />
            <div className="min-w-0 flex-1">
              <p className="font-medium [overflow-wrap:anywhere]">
                <bdi>{who.name}</bdi>
              </p>
              <p className="text-small text-ink-3">
                {dotted([
                  t(`role.${who.role}`),
                  who.left
                    ? t('team.people.left')
                    : who.has_pin
                      ? t('team.people.pin')
                      : t('team.people.noPin'),
                ])}
              </p>
            </div>
            {who.id === me.id && <Tag tone="green">{t('team.people.you')}</Tag>}
            {!who.left && (isDirector || who.id === me.id) && (
              <Menu
                label={t('team.people.menu', { name: who.name })}
                trigger={<IconButton icon={Ellipsis} label={t('team.people.menu', { name: who.name })} />}
                entries={[
                  ...(isDirector
                    ? [
                        {
                          id: 'change',
                          label: t('team.people.change'),
                          onAction: () => setDoing({ what: 'change', who }),
                        },
                      ]
                    : []),
                  {
                    id: 'pin',
                    label: who.has_pin ? t('team.people.changePin') : t('team.people.setPin'),
                    onAction: () => setDoing({ what: 'pin', who }),
                  },
                  ...(isDirector && who.id !== me.id
                    ? [
                        {
                          id: 'leave',
                          label: t('team.people.leave'),
                          danger: true,
                          separate: true,
                          onAction: () => setDoing({ what: 'leave', who }),
                        },
                      ]
                    : []),
                ]}
              />
            )}
          </li>
        ))}
      </ul>
      {(doing?.what === 'add' || doing?.what === 'change') && (
        <VolunteerDialog who={doing.what === 'change' ? doing.who : null} onClose={close} />
      )}
      {doing?.what === 'pin' && <PinDialog who={doing.who} onClose={close} />}
      <ConfirmDialog
        isOpen={doing?.what === 'leave'}
        onClose={close}
        title={t('team.people.leaveTitle', { name: doing?.what === 'leave' ? doing.who.name : '' })}
        body={
          <>
            <p>{t('team.people.leaveBody')}</p>
            {saving.error && (
              <p role="alert" className="mt-2 text-brick">
                {saving.error}
              </p>
            )}
          </>
        }
        confirm={t('team.people.leaveDo')}
        isPending={saving.isSaving}
        onConfirm={() =>
          doing?.what === 'leave' &&
          void saving
            .save(() => run(commands.leaveTeam(doing.who.id)))
            .then((isDone) => {
              if (!isDone) return;
              close();
              showDone(t('team.saved'));
            })
        }
      />
    </Section>
  );
}

function VolunteerDialog({ who, onClose }: { who: Volunteer | null; onClose: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState(who?.name ?? '');
  const [role, setRole] = useState<VolunteerRole>(who?.role ?? 'volunteer');
  const [pin, setPin] = useState('');
  const isShort = pin !== '' && [...pin].length < leastPin;
  const save = async () => {
    const called = name.trim();
    if (who) await run(commands.changeVolunteer(who.id, called, role));
    else await run(commands.addVolunteer({ name: called, role, pin: pin || null }));
    showDone(who ? t('team.saved') : t('team.people.added', { name: called }));
  };
  return (
    <FormDialog
      title={who ? t('team.people.changeTitle') : t('team.people.add')}
      submit={who ? t('common.save') : t('team.people.addDo')}
      isReady={name.trim() !== '' && !isShort}
      isDismissable={!who && name === ''}
      onSubmit={save}
      onClose={onClose}
    >
      {(error) => (
        <>
          <Field label={t('team.people.name')} autoFocus value={name} onChange={setName} error={error} />
          <Select
            label={t('team.people.role')}
            value={role}
            onChange={setRole}
            description={t(`team.people.roleHint.${role}`)}
            options={roles.map((value) => ({ value, label: t(`role.${value}`) }))}
          />
          {!who && (
            <PinField
              label={t('team.people.pinOptional')}
              value={pin}
              onChange={setPin}
              error={isShort ? t('team.pin.short') : null}
              description={t('book.first.you.pinHint')}
            />
          )}
        </>
      )}
    </FormDialog>
  );
}

function PinDialog({ who, onClose }: { who: Volunteer; onClose: () => void }) {
  const { t } = useTranslation();
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const differs = again !== '' && pin !== again;
  const save = async (next: string) => {
    await run(commands.setPin(who.id, next));
    showDone(t(next ? 'team.pin.set' : 'team.pin.removed'));
  };
  return (
    <FormDialog
      title={t('team.pin.title', { name: who.name })}
      submit={t('common.save')}
      isReady={[...pin].length >= leastPin && pin === again}
      onSubmit={() => save(pin)}
      other={who.has_pin && { label: t('team.pin.remove'), onDo: () => save('') }}
      onClose={onClose}
    >
      {(error) => (
        <>
          <PinField
            label={t('team.pin.new')}
            autoFocus
            value={pin}
            onChange={setPin}
            error={error}
            description={t('team.pin.short')}
          />
          <PinField
            label={t('team.pin.again')}
            value={again}
            onChange={setAgain}
            error={differs ? t('team.pin.differs') : null}
          />
        </>
      )}
    </FormDialog>
  );
}

const PinField = (props: FieldProps) => (
  <Field type="password" inputMode="numeric" autoComplete="new-password" dir="ltr" {...props} />
);
