import { Ellipsis, UserPlus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { commands, type Volunteer, type VolunteerRole } from '../ipc/bindings';
import { run } from '../ipc/error';
import { Button, IconButton } from '../shared/Button';
import { Tag } from '../shared/Chip';
import { ConfirmDialog, Dialog } from '../shared/Dialog';
import { Field, Select } from '../shared/Field';
import { Menu } from '../shared/Menu';
import { Avatar } from '../shared/People';
import { ErrorState, Notice, Skeleton } from '../shared/States';
import { showDone } from '../shared/Toast';
import { useVolunteers } from './queries';
import { Section } from './Section';
import { useSession } from './session';
import { useIsDirector, useSaving, type Saving } from './settings';

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
  const done = (words: string) => (isDone: boolean) => {
    if (!isDone) return;
    close();
    showDone(words);
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
                {[
                  t(`role.${who.role}`),
                  who.left
                    ? t('team.people.left')
                    : who.has_pin
                      ? t('team.people.pin')
                      : t('team.people.noPin'),
                ].join(' · ')}
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
        <VolunteerDialog
          who={doing.what === 'change' ? doing.who : null}
          saving={saving}
          onClose={close}
          onSave={({ name, role, pin }) =>
            void saving
              .save(() =>
                doing.what === 'change'
                  ? run(commands.changeVolunteer(doing.who.id, name, role))
                  : run(commands.addVolunteer({ name, role, pin: pin || null })),
              )
              .then(done(doing.what === 'change' ? t('team.saved') : t('team.people.added', { name })))
          }
        />
      )}
      {doing?.what === 'pin' && (
        <PinDialog
          who={doing.who}
          saving={saving}
          onClose={close}
          onSave={(pin) =>
            void saving
              .save(() => run(commands.setPin(doing.who.id, pin)))
              .then(done(pin ? t('team.pin.set') : t('team.pin.removed')))
          }
        />
      )}
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
          void saving.save(() => run(commands.leaveTeam(doing.who.id))).then(done(t('team.saved')))
        }
      />
    </Section>
  );
}

function VolunteerDialog({
  who,
  saving,
  onClose,
  onSave,
}: {
  who: Volunteer | null;
  saving: Saving;
  onClose: () => void;
  onSave: (volunteer: { name: string; role: VolunteerRole; pin: string }) => void;
}) {
  const { t } = useTranslation();
  const [name, setName] = useState(who?.name ?? '');
  const [role, setRole] = useState<VolunteerRole>(who?.role ?? 'volunteer');
  const [pin, setPin] = useState('');
  const isShort = pin !== '' && [...pin].length < leastPin;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="small"
      title={who ? t('team.people.changeTitle') : t('team.people.add')}
      isDismissable={!who && name === ''}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button
            look="primary"
            type="submit"
            form="volunteer"
            isDisabled={!name.trim() || isShort || saving.isSaving}
          >
            {who ? t('common.save') : t('team.people.addDo')}
          </Button>
        </>
      }
    >
      <form
        id="volunteer"
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() && !isShort) onSave({ name: name.trim(), role, pin });
        }}
      >
        <Field label={t('team.people.name')} autoFocus value={name} onChange={setName} error={saving.error} />
        <Select
          label={t('team.people.role')}
          value={role}
          onChange={setRole}
          description={t(`team.people.roleHint.${role}`)}
          options={roles.map((value) => ({ value, label: t(`role.${value}`) }))}
        />
        {!who && (
          <Field
            label={t('team.people.pinOptional')}
            type="password"
            inputMode="numeric"
            autoComplete="new-password"
            dir="ltr"
            value={pin}
            onChange={setPin}
            error={isShort ? t('team.pin.short') : null}
            description={t('book.first.you.pinHint')}
          />
        )}
      </form>
    </Dialog>
  );
}

function PinDialog({
  who,
  saving,
  onClose,
  onSave,
}: {
  who: Volunteer;
  saving: Saving;
  onClose: () => void;
  onSave: (pin: string) => void;
}) {
  const { t } = useTranslation();
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const isShort = [...pin].length < leastPin;
  const differs = again !== '' && pin !== again;
  const isReady = !isShort && pin === again && !saving.isSaving;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="small"
      title={t('team.pin.title', { name: who.name })}
      footer={
        <>
          {who.has_pin && (
            <Button look="danger" className="me-auto" isDisabled={saving.isSaving} onPress={() => onSave('')}>
              {t('team.pin.remove')}
            </Button>
          )}
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" type="submit" form="pin" isDisabled={!isReady}>
            {t('common.save')}
          </Button>
        </>
      }
    >
      <form
        id="pin"
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) onSave(pin);
        }}
      >
        <Field
          label={t('team.pin.new')}
          autoFocus
          type="password"
          inputMode="numeric"
          autoComplete="new-password"
          dir="ltr"
          value={pin}
          onChange={setPin}
          description={t('team.pin.short')}
        />
        <Field
          label={t('team.pin.again')}
          type="password"
          inputMode="numeric"
          autoComplete="new-password"
          dir="ltr"
          value={again}
          onChange={setAgain}
          error={differs ? t('team.pin.differs') : null}
        />
        {saving.error && (
          <Notice>
            <span role="alert">{saving.error}</span>
          </Notice>
        )}
      </form>
    </Dialog>
  );
}
