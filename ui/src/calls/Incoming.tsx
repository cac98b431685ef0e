import { UserPlus } from 'lucide-react';
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { commands, type Candidate } from '../ipc/bindings';
import { run } from '../ipc/error';
import { Button } from '../shared/Button';
import { Dialog } from '../shared/Dialog';
import { Field } from '../shared/Field';
import { SectionLabel } from '../shared/Layout';
import { PersonName } from '../shared/People';
import { dotted } from '../shared/bidi';
import { navigate } from '../shared/route';
import { errorMessage, Notice } from '../shared/States';
import { useFormat } from '../shared/time';
import { askedFor } from './Capture';
import { useCandidates } from './queries';

/** "Someone is ringing us": who it may be, what they wait for, and the call on whom it is. */
export function Incoming({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('calls.incoming.title')}>
      <Ringing onClose={onClose} />
    </Dialog>
  );
}

function Ringing({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [isNew, setNew] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const busy = useRef(false);
  const place = useRef<HTMLDivElement>(null);
  const asked = askedFor(typed, { digits: 3, letters: 2 });
  const { data, error, isPlaceholderData } = useCandidates(asked);
  const candidates = asked ? (data ?? []) : [];
  const digits = typed.replace(/\D/gu, '');
  const isNumber = digits.length >= 3;

  /** The call that they make: nothing is dialled, so nobody is asked whom they mean. */
  const answer = async (
    who: () => Promise<{ person: string; reach: string | null; promise: string | null }>,
  ) => {
    if (busy.current) return;
    busy.current = true;
    setFault(null);
    try {
      const { person, reach, promise } = await who();
      const call = await run(
        commands.beginCall({ person, reach, promise, reason: null, confirmed: null, inbound: true }),
      );
      onClose();
      navigate({ name: 'call', person, ...(promise && { promise }), call: call.id });
    } catch (reason) {
      setFault(errorMessage(reason));
    } finally {
      busy.current = false;
    }
  };
  const choose = (candidate: Candidate) =>
    void answer(() =>
      Promise.resolve({
        person: candidate.person.id,
        reach: candidate.reach,
        promise: candidate.promise,
      }),
    );
  const add = (name: string) =>
    void answer(async () => {
      const person = await run(
        commands.createPerson({
          name,
          phone: isNumber ? typed.trim() : '',
          standing: 'inquirer',
          source: 'phone_call',
        }),
      );
      const { reaches } = await run(commands.person(person));
      return { person, reach: reaches[0]?.id ?? null, promise: null };
    });

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || isNew) return;
    const rows = [...(place.current?.querySelectorAll<HTMLElement>('[data-candidate]') ?? [])];
    const at = rows.indexOf(document.activeElement as HTMLElement);
    if (event.key === 'ArrowDown' && rows.length > 0) {
      event.preventDefault();
      rows[Math.min(at + 1, rows.length - 1)]!.focus();
    } else if (event.key === 'ArrowUp' && at >= 0) {
      event.preventDefault();
      if (at > 0) rows[at - 1]!.focus();
      else place.current?.querySelector('input')?.focus();
    }
  };

  return (
    // Arrows lead from what was typed to who it may be; Enter there begins their call.
    <div ref={place} className="flex flex-col gap-4" onKeyDown={onKeyDown}>
      <Field
        label={t('calls.incoming.who')}
        autoFocus
        value={typed}
        onChange={(value) => {
          setTyped(value);
          setNew(false);
        }}
        placeholder={t('calls.incoming.placeholder')}
        description={t('calls.incoming.hint')}
      />
      {fault && (
        <Notice>
          <span role="alert">{fault}</span>
        </Notice>
      )}
      {isNew ? (
        <NewCaller
          ending={isNumber ? digits.slice(-3) : ''}
          named={isNumber ? '' : typed.trim()}
          onBack={() => setNew(false)}
          onAdd={add}
        />
      ) : (
        asked && (
          <section aria-busy={isPlaceholderData} className="min-h-11">
            {error ? (
              <Notice className="mb-2.5">
                <span role="alert">{errorMessage(error)}</span>
              </Notice>
            ) : (
              // Nobody is said to be missing before the book has answered.
              <SectionLabel level={3} className="mb-1.5">
                {data?.length === 0 ? t('calls.incoming.nobody') : t('calls.capture.mayBe')}
              </SectionLabel>
            )}
            <ul className="-mx-2.5 flex flex-col">
              {candidates.map((candidate) => (
                <li key={candidate.person.id}>
                  <Row onPress={() => choose(candidate)}>
                    <CandidateWords candidate={candidate} />
                  </Row>
                </li>
              ))}
              <li>
                <Row onPress={() => setNew(true)}>
                  <span className="flex items-center gap-2.5 text-ink-2">
                    <UserPlus aria-hidden size={16} strokeWidth={1.6} className="shrink-0 text-ink-3" />
                    {isNumber ? t('calls.incoming.newNumber') : t('calls.incoming.new')}
                  </span>
                </Row>
              </li>
            </ul>
          </section>
        )
      )}
    </div>
  );
}

function Row({ onPress, children }: { onPress: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      data-candidate
      onClick={onPress}
      className="flex min-h-11 w-full flex-col justify-center rounded-control px-2.5 py-2 text-start hover:bg-sunken focus-visible:bg-selected"
    >
      {children}
    </button>
  );
}

/** What they wait for stands first: it is what the next sentence will be about. */
function CandidateWords({ candidate }: { candidate: Candidate }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { person, waits_for: waitsFor, waiting_since_ms: since, phone_endings: endings } = candidate;
  const about = [
    t(`standing.${person.standing}`),
    candidate.number_matches
      ? t('calls.capture.sameNumber')
      : endings.length > 0 && t('calls.capture.ending', { list: endings.join(', ') }),
  ].filter(Boolean);
  return (
    <>
      {waitsFor && (
        <span className="flex w-full items-baseline gap-3 font-medium">
          <span dir="auto" className="line-clamp-2 min-w-0 flex-1 [overflow-wrap:anywhere]">
            {t('calls.capture.waitsFor', { what: waitsFor })}
          </span>
          {since !== null && (
            <span className="tnum shrink-0 text-small text-ink-2">
              {format.duration(format.nowMs - since)}
            </span>
          )}
        </span>
      )}
      <span className="flex w-full flex-wrap items-baseline gap-x-2">
        <PersonName name={person.name} className="line-clamp-2 min-w-0" />
        {person.organisation && (
          <span dir="auto" className="min-w-0 truncate text-small text-ink-2">
            {person.organisation}
          </span>
        )}
        <span className="text-small text-ink-3">{dotted(about)}</span>
      </span>
    </>
  );
}

function NewCaller({
  ending,
  named,
  onBack,
  onAdd,
}: {
  /** Of the number that they ring from. */
  ending: string;
  named: string;
  onBack: () => void;
  onAdd: (name: string) => void;
}) {
  const { t } = useTranslation();
  const [name, setName] = useState(named);
  // Who is on the line is asked while one talks; the call need not wait for it.
  const unnamed = ending ? t('calls.capture.unnamedEnding', { ending }) : '';
  const whole = name.trim() || unnamed;
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (whole) onAdd(whole);
      }}
    >
      <Field
        label={t('calls.capture.name')}
        autoFocus
        value={name}
        onChange={setName}
        description={!name && unnamed ? t('calls.capture.unnamed', { name: unnamed }) : undefined}
      />
      <div className="flex justify-end gap-2.5">
        <Button onPress={onBack}>{t('common.back')}</Button>
        <Button look="primary" type="submit" keyHint="Enter" isDisabled={!whole}>
          {t('calls.incoming.begin')}
        </Button>
      </div>
    </form>
  );
}
