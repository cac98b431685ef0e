import { PhoneOff } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { commands, type Brief, type PersonRef, type PromiseView } from '../ipc/bindings';
import { run } from '../ipc/error';
import { usePromisesOf } from '../promises/queries';
import { steady } from '../shared/bidi';
import { Button } from '../shared/Button';
import { Dialog } from '../shared/Dialog';
import { Field, Select } from '../shared/Field';
import { PersonName } from '../shared/People';
import { navigate } from '../shared/route';
import { errorMessage, ErrorState, Notice, Skeleton } from '../shared/States';
import { useFormat } from '../shared/time';
import { useSettled } from '../shared/useSettled';
import { endingOf } from './brief';
import { CandidateRow, askedFor } from './Capture';
import { logCallAbout } from './logCall';
import { MinutesField, minutesOf } from './MinutesField';
import { useBrief, useCandidates } from './queries';
import { Pill, WhenItWas } from './WhenItWas';

const hourMs = 3_600_000;
const otherNumber = 'other';
const otherReason = 'other';

/** "I rang them already": when, on which number, how long; then the same questions as after any call. */
export function LogCall({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const [person, setPerson] = useState(logCallAbout);
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('calls.log.title')} isDismissable={false}>
      {person ? (
        <WithWhom key={person.id} person={person} onOther={() => setPerson(null)} onClose={onClose} />
      ) : (
        <Who onChoose={setPerson} onClose={onClose} />
      )}
    </Dialog>
  );
}

function Who({ onChoose, onClose }: { onChoose: (person: PersonRef) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const words = askedFor(typed, { digits: 3, letters: 2 });
  const asked = useSettled(words, 90);
  const { data, error, isPlaceholderData } = useCandidates(asked);
  const list = useRef<HTMLUListElement>(null);
  const shown = asked === '' ? [] : (data ?? []);
  const isAnswered = asked === words && data !== undefined && !isPlaceholderData;
  // Until the answer to all that was typed is there, the list shows who answers to less: Enter waits for it.
  const isEntered = useRef(false);
  const enter = () => {
    isEntered.current = !isAnswered;
    if (!isAnswered) return;
    if (shown.length === 1) onChoose(shown[0]!.person);
    else list.current?.querySelector('button')?.focus();
  };
  useEffect(() => {
    if (isEntered.current && isAnswered) enter();
  });
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        enter();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
        const rows = [...(list.current?.querySelectorAll('button') ?? [])];
        const at = rows.indexOf(document.activeElement as HTMLButtonElement);
        const next = rows[at + (event.key === 'ArrowDown' ? 1 : -1)];
        event.preventDefault();
        if (next) next.focus();
        else if (event.key === 'ArrowUp') event.currentTarget.querySelector('input')?.focus();
      }}
    >
      <Field
        label={t('calls.log.who')}
        autoFocus
        value={typed}
        onChange={(next) => {
          isEntered.current = false;
          setTyped(next);
        }}
        placeholder={t('calls.log.whoPlaceholder')}
        error={error ? errorMessage(error) : null}
      />
      {shown.length > 0 ? (
        <ul ref={list} aria-label={t('calls.log.who')} className="-mx-2.5 flex flex-col">
          {shown.map((candidate) => (
            <li key={candidate.person.id}>
              <CandidateRow candidate={candidate} onChoose={() => onChoose(candidate.person)} />
            </li>
          ))}
        </ul>
      ) : (
        asked !== '' && data && <p className="text-ink-2">{t('calls.log.nobody')}</p>
      )}
      <div className="flex justify-end">
        <Button onPress={onClose}>{t('common.cancel')}</Button>
      </div>
    </form>
  );
}

function WithWhom({
  person,
  onOther,
  onClose,
}: {
  person: PersonRef;
  onOther: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { data: brief, error, refetch } = useBrief(person.id, null);
  const { data: promises } = usePromisesOf(person.id);
  return (
    <div className="flex flex-col gap-4">
      <div className="flex items-center gap-3 rounded-box bg-green-soft px-4 py-3">
        <p className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-2">
          <PersonName name={person.name} />
          {person.organisation && (
            <span dir="auto" className="text-small text-ink-2">
              {person.organisation}
            </span>
          )}
        </p>
        <Button size="small" onPress={onOther}>
          {t('calls.capture.notThem')}
        </Button>
      </div>
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : brief?.person.id === person.id && promises ? (
        <CallForm
          brief={brief}
          promises={promises.filter((promise) => promise.state === 'open')}
          onClose={onClose}
        />
      ) : (
        <Skeleton rows={3} />
      )}
    </div>
  );
}

function CallForm({
  brief,
  promises,
  onClose,
}: {
  brief: Brief;
  promises: PromiseView[];
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const numbers = brief.reaches.filter((reach) => reach.kind === 'phone');
  const [inbound, setInbound] = useState(false);
  const [beganMs, setBegan] = useState<number | null>(null);
  const [minutes, setMinutes] = useState('5');
  const [number, setNumber] = useState(numbers.length === 1 ? numbers[0]!.id : otherNumber);
  const [about, setAbout] = useState(brief.promise?.id ?? promises[0]?.id ?? otherReason);
  const [reason, setReason] = useState('');
  const [isReasonMissing, setReasonMissing] = useState(false);
  const reasonField = useRef<HTMLInputElement>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const unfinished = brief.unfinished_call;

  const goTo = (call: string, promise: string | null) => {
    onClose();
    navigate({ name: 'call', person: brief.person.id, ...(promise && { promise }), call });
  };
  if (unfinished) {
    return (
      <>
        <Notice>{t('calls.gate.unfinished')}</Notice>
        <div className="flex justify-end gap-2.5">
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" onPress={() => goTo(unfinished, null)}>
            {t('calls.gate.toUnfinished')}
          </Button>
        </div>
      </>
    );
  }

  const lasted = minutesOf(minutes);
  const isAboutOther = about === otherReason;
  const save = async () => {
    if (isSaving || lasted === null) return;
    if (isAboutOther && !inbound && reason.trim() === '') {
      setReasonMissing(true);
      reasonField.current?.focus();
      return;
    }
    setSaving(true);
    setFault(null);
    try {
      const promise = isAboutOther ? null : about;
      // A moment ago: it ended just now.
      const began = beganMs ?? format.nowMs - lasted * 60_000;
      const call = await run(
        commands.beginCall({
          person: brief.person.id,
          reach: number === otherNumber ? null : number,
          promise,
          reason: isAboutOther ? reason.trim() || null : null,
          confirmed: null,
          inbound,
          logged: { began_ms: began, minutes: lasted },
          script: null,
        }),
      );
      goTo(call.id, promise);
    } catch (why) {
      setFault(errorMessage(why));
      setSaving(false);
    }
  };
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {brief.not_now && brief.not_now.from_ms === null && (
        <Notice icon={PhoneOff}>
          {steady(brief.not_now.why)} {t('calls.log.allTheSame')}
        </Notice>
      )}
      {fault && (
        <Notice>
          <span role="alert">{fault}</span>
        </Notice>
      )}
      <fieldset className="flex flex-wrap gap-1.5">
        <legend className="mb-1.5 text-small font-medium">{t('calls.log.direction')}</legend>
        <Pill isOn={!inbound} onPress={() => setInbound(false)}>
          {t('calls.log.weRang')}
        </Pill>
        <Pill isOn={inbound} onPress={() => setInbound(true)}>
          {t('calls.log.theyRang')}
        </Pill>
      </fieldset>
      <div className="grid grid-cols-[minmax(0,1fr)_9rem] items-start gap-4 max-single:grid-cols-1">
        <WhenItWas
          legend={t('calls.log.when')}
          likely={[
            { id: 'now', label: t('calls.capture.heard.now'), ms: null },
            { id: 'hour', label: t('calls.log.anHourAgo'), ms: format.nowMs - hourMs },
            { id: 'morning', label: t('calls.capture.heard.morning'), ms: format.atLocal(0, 9) },
            { id: 'yesterday', label: t('calls.capture.heard.yesterday'), ms: format.atLocal(-1, 17) },
          ]}
          valueMs={beganMs}
          onChange={setBegan}
        />
        <MinutesField value={minutes} onChange={setMinutes} />
      </div>
      <Select
        label={t('calls.log.number')}
        value={number}
        onChange={setNumber}
        options={[
          ...numbers.map((reach) => ({
            value: reach.id,
            label: endingOf(reach, t),
          })),
          { value: otherNumber, label: t('calls.log.otherNumber') },
        ]}
      />
      {promises.length > 0 && (
        <Select
          label={t('calls.log.about')}
          value={about}
          onChange={setAbout}
          options={[
            ...promises.map((promise) => ({
              value: promise.id,
              label: promise.what,
              description: format.near(promise.due_ms),
            })),
            { value: otherReason, label: t('calls.log.otherReason') },
          ]}
        />
      )}
      {isAboutOther && (
        <Field
          label={inbound ? t('calls.log.whyTheyRang') : t('calls.log.whyWeRang')}
          value={reason}
          inputRef={reasonField as never}
          onChange={(next) => {
            setReason(next);
            setReasonMissing(false);
          }}
          error={isReasonMissing && !inbound ? t('calls.log.reasonMissing') : null}
          placeholder={t('calls.gate.reasonPlaceholder')}
        />
      )}
      <div className="flex items-center justify-end gap-2.5">
        <Button onPress={onClose}>{t('common.cancel')}</Button>
        <Button look="primary" type="submit" keyHint="Enter" isDisabled={isSaving || lasted === null}>
          {t('calls.log.goOn')}
        </Button>
      </div>
    </form>
  );
}
