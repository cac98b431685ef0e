import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { commands, type Call, type Other, type Rescue as RescueView, type WhoItWas } from '../ipc/bindings';
import { run } from '../ipc/error';
import { Button } from '../shared/Button';
import { Dialog } from '../shared/Dialog';
import { Field } from '../shared/Field';
import { SectionLabel } from '../shared/Layout';
import { PersonName } from '../shared/People';
import { errorMessage, ErrorState, Notice, Skeleton } from '../shared/States';
import { dotted } from '../shared/bidi';
import { useFormat } from '../shared/time';
import { Choices, type Choice } from './Choices';
import { useChoiceKeys } from './useChoiceKeys';

/** "This is not who I meant": whose number this is, and whose call it becomes. */
export function Rescue({
  call,
  onClose,
  onSwitched,
}: {
  call: Call;
  onClose: () => void;
  onSwitched: (call: Call) => void;
}) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery({
    queryKey: ['whoElse', call.id],
    queryFn: () => run(commands.whoElse(call.id)),
    staleTime: 0,
    gcTime: 0,
  });
  return (
    <Dialog isOpen onClose={onClose} title={t('calls.rescue.title')}>
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <Who rescue={data} call={call} onSwitched={onSwitched} />
      ) : (
        <Skeleton rows={3} />
      )}
    </Dialog>
  );
}

function Who({
  rescue,
  call,
  onSwitched,
}: {
  rescue: RescueView;
  call: Call;
  onSwitched: (call: Call) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const there = rescue.meant.organisation ?? '';
  const [isNew, setNew] = useState(rescue.may_be.length === 0);
  const [name, setName] = useState('');
  const [organisation, setOrganisation] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const [pending, setPending] = useState<string | null>(null);
  const busy = useRef(false);

  const switchTo = async (who: WhoItWas, id: string) => {
    if (busy.current) return;
    busy.current = true;
    setPending(id);
    setFault(null);
    try {
      onSwitched(await run(commands.switchPerson(call.id, who)));
    } catch (reason) {
      setFault(errorMessage(reason));
      setPending(null);
    } finally {
      busy.current = false;
    }
  };

  // The last keys are for somebody who is not in the book.
  const people: Choice[] = rescue.may_be.slice(0, there ? 7 : 8).map((other, index) => ({
    key: index + 1,
    id: other.person.id,
    label: (
      <span className="flex flex-wrap items-baseline gap-x-2">
        <PersonName name={other.person.name} />
        {other.person.organisation && (
          <span dir="auto" className="text-small text-ink-3">
            {other.person.organisation}
          </span>
        )}
      </span>
    ),
    detail: describe(other),
  }));
  function describe(other: Other): string {
    return dotted([
      other.shares_number
        ? t('calls.rescue.ownsNumber')
        : other.same_name
          ? t('calls.rescue.sameName')
          : other.sounds_alike && t('calls.rescue.soundsAlike'),
      other.colleague && t('calls.rescue.colleague'),
      !other.shares_number && other.phone_ending
        ? t('calls.capture.ending', { list: other.phone_ending })
        : null,
      other.waits_for && t('calls.capture.waitsFor', { what: other.waits_for }),
    ]);
  }
  const newThere: Choice = {
    key: people.length + 1,
    id: 'newThere',
    label: t('calls.rescue.newThere', { organisation: there }),
    detail: t('calls.rescue.newThereHint'),
  };
  const someoneNew: Choice = {
    key: people.length + (there ? 2 : 1),
    id: 'new',
    label: t('calls.rescue.someoneElse'),
    detail: t('calls.rescue.someoneElseHint'),
  };
  const choices = isNew ? [] : [...people, ...(there ? [newThere] : []), someoneNew];
  const pick = (choice: Choice) => {
    if (choice.id !== 'new' && choice.id !== 'newThere')
      return void switchTo({ known: choice.id }, choice.id);
    setOrganisation(choice.id === 'newThere' ? there : '');
    setNew(true);
  };
  useChoiceKeys(choices, pick, pending === null);

  return (
    <div className="flex flex-col gap-4">
      <p className="text-ink-2">{t('calls.rescue.sentence')}</p>
      {rescue.stays_open && (
        <Notice tone="good">
          {t('calls.rescue.staysOpen', {
            name: rescue.meant.name,
            what: rescue.stays_open.what,
            when: format.near(rescue.stays_open.due_ms),
          })}
        </Notice>
      )}
      {fault && (
        <Notice>
          <span role="alert">{fault}</span>
        </Notice>
      )}
      {isNew ? (
        <form
          className="flex flex-col gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim()) {
              void switchTo({ new: { name: name.trim(), organisation: organisation.trim() } }, 'new');
            }
          }}
        >
          <Field
            label={t('calls.rescue.name')}
            autoFocus
            value={name}
            onChange={setName}
            description={t('calls.rescue.nameHint')}
          />
          <Field label={t('calls.rescue.organisation')} value={organisation} onChange={setOrganisation} />
          <div className="flex justify-end gap-2.5">
            {people.length > 0 && <Button onPress={() => setNew(false)}>{t('common.back')}</Button>}
            <Button look="primary" type="submit" isDisabled={!name.trim() || pending !== null}>
              {t('calls.rescue.switch')}
            </Button>
          </div>
        </form>
      ) : (
        <div>
          <SectionLabel className="mb-2.5">{t('calls.rescue.who')}</SectionLabel>
          <Choices label={t('calls.rescue.who')} choices={choices} onPick={pick} picked={pending} />
        </div>
      )}
    </div>
  );
}
