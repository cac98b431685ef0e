import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { commands, type Status, type Volunteer } from '../ipc/bindings';
import { run } from '../ipc/error';
import { Button } from '../shared/Button';
import { Field } from '../shared/Field';
import { Kbd } from '../shared/Kbd';
import { useKeys } from '../shared/keys';
import { Avatar } from '../shared/People';
import { errorMessage, ErrorState, Skeleton } from '../shared/States';
import { Front } from '../store/Front';
import { useVolunteers } from './queries';

/** Pick your name, enter your PIN. */
export function SignIn({ status }: { status: Status }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { data: volunteers, error, refetch } = useVolunteers();
  const [chosen, setChosen] = useState<Volunteer | null>(null);
  const [pin, setPin] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const [isTrying, setTrying] = useState(false);
  const busy = useRef(false);
  const present = (volunteers ?? []).filter((each) => !each.left);

  const signIn = async (who: Volunteer, typed: string | null) => {
    if (busy.current) return;
    busy.current = true;
    setTrying(true);
    setFault(null);
    try {
      await run(commands.signIn(who.id, typed));
      await client.invalidateQueries();
    } catch (reason) {
      setFault(errorMessage(reason));
      setPin('');
    } finally {
      busy.current = false;
      setTrying(false);
    }
  };
  const choose = (who: Volunteer) => {
    setFault(null);
    setPin('');
    setChosen(who);
    if (!who.has_pin) void signIn(who, null);
  };
  const leave = () => {
    setChosen(null);
    setFault(null);
  };
  const isAskingPin = chosen?.has_pin === true;
  useKeys(
    present.slice(0, 9).map((who, index) => ({ keys: String(index + 1), run: () => choose(who) })),
    { enabled: !isAskingPin },
  );
  useKeys([{ keys: 'Escape', whileTyping: true, run: leave }], { enabled: isAskingPin });

  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!volunteers) return <Skeleton rows={4} className="p-8" />;
  if (chosen && isAskingPin) {
    return (
      <Front title={t('team.signIn.hello', { name: chosen.name })} sentence={t('team.signIn.pinSentence')}>
        <form
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            void signIn(chosen, pin);
          }}
        >
          <Field
            label={t('team.signIn.pin')}
            autoFocus
            type="password"
            inputMode="numeric"
            autoComplete="off"
            dir="ltr"
            value={pin}
            onChange={setPin}
            error={fault}
            className="max-w-64"
          />
          <div className="flex gap-2.5">
            <Button onPress={leave}>{t('team.signIn.other')}</Button>
            <Button look="primary" type="submit" keyHint="Enter" isDisabled={isTrying || pin === ''}>
              {t('team.signIn.do')}
            </Button>
          </div>
        </form>
      </Front>
    );
  }
  return (
    <Front title={t('team.signIn.title')} sentence={status.association?.name}>
      {fault && <p role="alert">{fault}</p>}
      <ul className="overflow-hidden rounded-box border border-line bg-surface">
        {present.map((who, index) => (
          <li key={who.id} className="border-b border-line last:border-b-0">
            <button
              type="button"
              autoFocus={index === 0}
              aria-keyshortcuts={index < 9 ? String(index + 1) : undefined}
              disabled={isTrying}
              onClick={() => choose(who)}
              className="flex w-full items-center gap-3 px-4 py-3 text-start -outline-offset-2 transition-colors duration-120 hover:bg-sunken focus-visible:bg-green-soft"
            >
              <Avatar name={who.name} size={32} />
              <span className="min-w-0 flex-1">
                <span className="block font-medium [overflow-wrap:anywhere]">
                  <bdi>{who.name}</bdi>
                </span>
                <span className="block text-small text-ink-2">{t(`role.${who.role}`)}</span>
              </span>
              {index < 9 && <Kbd keys={String(index + 1)} />}
            </button>
          </li>
        ))}
      </ul>
    </Front>
  );
}
