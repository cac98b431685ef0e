import { Clock, Phone, PhoneIncoming, PhoneOff, Voicemail } from 'lucide-react';
import type { TFunction } from 'i18next';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { commands, type BeginCall, type Brief, type DialGate, type Reach } from '../ipc/bindings';
import { run } from '../ipc/error';
import { Button } from '../shared/Button';
import { Field, Select } from '../shared/Field';
import { dotted } from '../shared/bidi';
import { useKeys } from '../shared/keys';
import { SectionLabel } from '../shared/Layout';
import { goBack, navigate, type Route } from '../shared/route';
import { errorMessage, ErrorState, Notice, Skeleton } from '../shared/States';
import { coreNowMs, useFormat } from '../shared/time';
import { showDone } from '../shared/Toast';
import { endingOf } from './brief';
import { BriefPane } from './BriefPane';
import { Choices, type Choice } from './Choices';
import { useBrief, useDialGate } from './queries';
import { useScripts } from './scripts/queries';
import { useChoiceKeys } from './useChoiceKeys';

type CallRoute = Extract<Route, { name: 'call' }>;

/** The last look before a number is handed out: whom one means, on which number, and why. */
export function BeforeCall({ route }: { route: CallRoute }) {
  const { t } = useTranslation();
  const { data: brief, error, refetch } = useBrief(route.person, route.promise ?? null);
  useKeys([{ keys: 'Escape', label: 'keys.back', run: goBack }]);
  if (error) {
    return (
      <ErrorState error={error} onRetry={() => void refetch()}>
        <Button onPress={goBack}>{t('common.back')}</Button>
      </ErrorState>
    );
  }
  if (!brief) return <Skeleton rows={5} className="p-8" />;
  return (
    <div className="flex h-full flex-col">
      <header className="flex min-h-14 items-center justify-between gap-4 border-b border-line bg-surface px-6 py-2 mid:px-8">
        <h1 tabIndex={-1} className="text-reason font-semibold">
          {t('calls.gate.title')}
        </h1>
        <Button keyHint="Escape" onPress={goBack}>
          {t('calls.gate.notNow')}
        </Button>
      </header>
      <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)_minmax(20rem,26rem)] max-pair:block max-pair:overflow-y-auto">
        <div className="min-h-0">
          <BriefPane person={route.person} promise={route.promise ?? null} />
        </div>
        <div className="min-h-0 overflow-y-auto border-s border-line bg-surface px-6 py-6.5">
          <Gate brief={brief} promise={route.promise ?? null} />
        </div>
      </div>
    </div>
  );
}

function Gate({ brief, promise }: { brief: Brief; promise: string | null }) {
  const { t } = useTranslation();
  const numbers = brief.reaches.filter(
    (reach) => reach.kind === 'phone' && reach.state === 'good' && !reach.unreadable,
  );
  const [chosen, setChosen] = useState<string | null>(numbers.length === 1 ? numbers[0]!.id : null);
  const [reason, setReason] = useState('');
  const [script, setScript] = useState<string | null>(null);
  const reach = numbers.find((each) => each.id === chosen) ?? null;

  if (brief.unfinished_call) {
    const id = brief.unfinished_call;
    return (
      <Step title={t('calls.gate.unfinishedTitle')}>
        <p className="text-ink-2">{t('calls.gate.unfinished')}</p>
        <Button
          autoFocus
          look="primary"
          className="self-start"
          onPress={() =>
            navigate(
              { name: 'call', person: brief.person.id, ...(promise && { promise }), call: id },
              { replace: true },
            )
          }
        >
          {t('calls.gate.toUnfinished')}
        </Button>
      </Step>
    );
  }
  if (numbers.length === 0) {
    return (
      <Step title={t('calls.gate.noNumberTitle')}>
        <p className="text-ink-2">{t('calls.gate.noNumber')}</p>
        <Button
          autoFocus
          className="self-start"
          onPress={() => navigate({ name: 'person', id: brief.person.id })}
        >
          {t('calls.gate.openPerson')}
        </Button>
      </Step>
    );
  }
  return (
    <div className="flex flex-col gap-6">
      {promise === null && (
        <form
          onSubmit={(event) => {
            // Said; the next Enter begins.
            event.preventDefault();
            if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
          }}
        >
          <Field
            label={t('calls.gate.reason')}
            autoFocus
            value={reason}
            onChange={setReason}
            placeholder={t('calls.gate.reasonPlaceholder')}
            description={t('calls.gate.reasonHint')}
          />
        </form>
      )}
      {numbers.length > 1 && <Numbers numbers={numbers} chosen={chosen} onChoose={setChosen} />}
      {reach && (
        <Judged
          key={reach.id}
          brief={brief}
          reach={reach}
          promise={promise}
          script={script}
          reason={promise === null ? reason.trim() : null}
        />
      )}
      {reach && <ScriptChoice usual={brief.script_name} chosen={script} onChoose={setScript} />}
    </div>
  );
}

function Step({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section className="flex flex-col gap-3">
      <h2 className="text-reason font-semibold">{title}</h2>
      {children}
    </section>
  );
}

function Numbers({
  numbers,
  chosen,
  onChoose,
}: {
  numbers: Reach[];
  chosen: string | null;
  onChoose: (id: string | null) => void;
}) {
  const { t } = useTranslation();
  const choices: Choice[] = numbers.map((reach, index) => ({
    key: index + 1,
    id: reach.id,
    label: endingOf(reach, t),
    detail: wishesOf(reach, t),
  }));
  // Once a number is chosen the keys belong to the question that follows.
  useChoiceKeys(choices, (choice) => onChoose(choice.id), chosen === null);
  useKeys([
    {
      keys: 'Backspace',
      label: 'calls.key.otherNumber',
      enabled: chosen !== null,
      run: () => onChoose(null),
    },
  ]);
  return (
    <section>
      <SectionLabel className="mb-2.5">{t('calls.gate.which')}</SectionLabel>
      <Choices
        label={t('calls.gate.which')}
        choices={
          chosen === null
            ? choices
            : choices.filter((choice) => choice.id === chosen).map((choice) => ({ ...choice, key: 10 }))
        }
        onPick={(choice) => onChoose(choice.id)}
        picked={chosen}
      />
      {chosen !== null && (
        <Button
          look="quiet"
          size="small"
          keyHint="Backspace"
          className="mt-1.5 -ms-2.5"
          onPress={() => onChoose(null)}
        >
          {t('calls.gate.otherNumber')}
        </Button>
      )}
    </section>
  );
}

/** When they like to be rung, and what may be left where nobody answers. */
const wishesOf = (reach: Reach, t: TFunction): string =>
  dotted([
    reach.best_times,
    reach.voicemail !== 'unknown' && t(`voicemail.${reach.voicemail}`),
    reach.shared_with > 0 && t('person.sharedWith', { count: reach.shared_with }),
  ]);

function Wishes({ reach }: { reach: Reach }) {
  const { t } = useTranslation();
  const wishes = [
    { icon: Clock, text: reach.best_times },
    { icon: Voicemail, text: t(`voicemail.${reach.voicemail}`) },
  ].filter((wish) => wish.text);
  return (
    <ul className="flex flex-col gap-1.5 text-ink-2">
      {wishes.map(({ icon: Icon, text }) => (
        <li key={text} className="flex gap-2.5">
          <Icon aria-hidden size={15} strokeWidth={1.6} className="mt-0.75 shrink-0 text-ink-3" />
          <span dir="auto" className="min-w-0 [overflow-wrap:anywhere]">
            {text}
          </span>
        </li>
      ))}
    </ul>
  );
}

const usual = 'usual';

/** What the call is about chooses the script; the caller may know better. */
function ScriptChoice({
  usual: name,
  chosen,
  onChoose,
}: {
  usual: string;
  chosen: string | null;
  onChoose: (id: string | null) => void;
}) {
  const { t } = useTranslation();
  const { data: scripts = [] } = useScripts();
  const offered = scripts.filter((script) => !script.retired && script.running > 0);
  return (
    <Select
      label={t('calls.gate.script')}
      value={chosen ?? usual}
      onChange={(value) => onChoose(value === usual ? null : value)}
      options={[
        { value: usual, label: name, description: t('calls.gate.scriptUsual') },
        ...offered.map((script) => ({ value: script.id, label: script.name })),
      ]}
    />
  );
}

function Judged({
  brief,
  reach,
  promise,
  script,
  reason,
}: {
  brief: Brief;
  reach: Reach;
  promise: string | null;
  /** The caller's own choice; else what the call is about chooses. */
  script: string | null;
  /** Needed where no promise says why. */
  reason: string | null;
}) {
  const { t } = useTranslation();
  const { data: gate, error, refetch } = useDialGate(brief.person.id, reach.id);
  const [fault, setFault] = useState<string | null>(null);
  const [pending, setPending] = useState<string | null>(null);
  const busy = useRef(false);
  const lacksReason = reason === '';
  const until = gate?.gate === 'refused' ? gate.until_ms : null;
  useEffect(() => {
    if (until === null) return;
    const timer = setTimeout(() => void refetch(), Math.max(0, until - coreNowMs()) + 500);
    return () => clearTimeout(timer);
  }, [until, refetch]);

  const begin = async (change: Partial<BeginCall>, id: string) => {
    if (busy.current) return;
    if (lacksReason) {
      setFault(t('calls.gate.needsReason'));
      return;
    }
    busy.current = true;
    setPending(id);
    setFault(null);
    try {
      const call = await run(
        commands.beginCall({
          person: brief.person.id,
          reach: reach.id,
          promise,
          reason,
          confirmed: null,
          inbound: false,
          script,
          ...change,
        }),
      );
      navigate(
        { name: 'call', person: brief.person.id, ...(promise && { promise }), call: call.id },
        { replace: true },
      );
    } catch (why) {
      setFault(errorMessage(why));
      busy.current = false;
      setPending(null);
      void refetch();
    }
  };

  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!gate) return <Skeleton rows={2} />;
  return (
    <div className="flex flex-col gap-5">
      {fault && until === null && (
        <Notice>
          <span role="alert">{fault}</span>
        </Notice>
      )}
      <Verdict
        gate={gate}
        brief={brief}
        reach={reach}
        promise={promise}
        pending={pending}
        begin={(change, id) => void begin(change, id)}
      />
      {gate.gate !== 'open' && gate.gate !== 'confirm' && (
        <div className="border-t border-line pt-4">
          <Button
            icon={PhoneIncoming}
            isDisabled={pending !== null}
            onPress={() => void begin({ inbound: true }, 'inbound')}
          >
            {t('calls.gate.inbound')}
          </Button>
          <p className="mt-1.5 text-small text-ink-3">{t('calls.gate.inboundHint')}</p>
        </div>
      )}
    </div>
  );
}

function Verdict({
  gate,
  brief,
  reach,
  promise,
  pending,
  begin,
}: {
  gate: DialGate;
  brief: Brief;
  reach: Reach;
  promise: string | null;
  pending: string | null;
  begin: (change: Partial<BeginCall>, id: string) => void;
}) {
  const { t } = useTranslation();
  switch (gate.gate) {
    case 'open':
      return (
        <Open
          reach={reach}
          pending={pending}
          takesFocus={promise !== null}
          onBegin={() => begin({}, 'begin')}
        />
      );
    case 'confirm':
      return (
        <Confirm
          gate={gate}
          name={brief.person.name}
          pending={pending}
          onConfirm={(key) => begin({ confirmed: key }, key)}
        />
      );
    case 'refused':
      return (
        <Step title={gate.until_ms === null ? t('calls.gate.refusedTitle') : t('calls.gate.restTitle')}>
          <Notice icon={PhoneOff}>{gate.why}</Notice>
          <Button
            autoFocus
            className="self-start"
            onPress={() => navigate({ name: 'person', id: brief.person.id })}
          >
            {t('calls.gate.openPerson')}
          </Button>
        </Step>
      );
    case 'not_now':
      return <NotNow notNow={gate.not_now} promise={promise} />;
  }
}

function Open({
  reach,
  pending,
  takesFocus,
  onBegin,
}: {
  reach: Reach;
  pending: string | null;
  takesFocus: boolean;
  onBegin: () => void;
}) {
  const { t } = useTranslation();
  useKeys([{ keys: ['c', 'Enter'], label: 'keys.call', enabled: pending === null, run: onBegin }]);
  return (
    <Step title={t('calls.gate.openTitle')}>
      <p className="text-ink-2">{t('calls.gate.open', { reach: endingOf(reach, t) })}</p>
      <Wishes reach={reach} />
      <Button
        autoFocus={takesFocus}
        look="primary"
        icon={Phone}
        keyHint="Enter"
        className="self-start"
        isDisabled={pending !== null}
        onPress={onBegin}
      >
        {t('today.beginCall')}
      </Button>
    </Step>
  );
}

function Confirm({
  gate,
  name,
  pending,
  onConfirm,
}: {
  gate: Extract<DialGate, { gate: 'confirm' }>;
  name: string;
  pending: string | null;
  onConfirm: (key: string) => void;
}) {
  const { t } = useTranslation();
  const choices: Choice[] = gate.choices.map((choice, index) => ({
    key: index + 1,
    id: choice.key,
    label: choice.label,
  }));
  useChoiceKeys(choices, (choice) => onConfirm(choice.id), pending === null);
  const title = t(`calls.confirm.${gate.question}`, { name });
  return (
    <Step title={t('calls.gate.confirmTitle')}>
      <p className="text-ink-2">
        {t('calls.gate.confirm', {
          list: gate.others
            .map((other) =>
              other.person.organisation && gate.question !== 'organisation'
                ? t('calls.gate.otherOf', {
                    name: other.person.name,
                    organisation: other.person.organisation,
                  })
                : other.person.name,
            )
            .join('; '),
        })}
      </p>
      <p className="font-medium">{title}</p>
      <Choices label={title} choices={choices} onPick={(choice) => onConfirm(choice.id)} picked={pending} />
      <p className="text-small text-ink-3">{t('calls.gate.covered')}</p>
    </Step>
  );
}

function NotNow({
  notNow,
  promise,
}: {
  notNow: Extract<DialGate, { gate: 'not_now' }>['not_now'];
  promise: string | null;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const [fault, setFault] = useState<string | null>(null);
  const from = notNow.from_ms;
  const remind = async () => {
    if (!promise || from === null) return;
    try {
      await run(commands.snoozePromise(promise, from));
      showDone(t('snooze.done', { when: format.near(from) }));
      navigate({ name: 'today' });
    } catch (reason) {
      setFault(errorMessage(reason));
    }
  };
  return (
    <Step title={t('calls.gate.notNowTitle')}>
      <Notice icon={PhoneOff}>
        {notNow.why}
        {from !== null && (
          <>
            {' '}
            <strong>{t('calls.gate.from', { when: format.near(from) })}</strong>
          </>
        )}
      </Notice>
      {fault && <p role="alert">{fault}</p>}
      {promise && from !== null && (
        <Button autoFocus look="primary" className="self-start" onPress={() => void remind()}>
          {t('calls.gate.remind', { when: format.near(from) })}
        </Button>
      )}
    </Step>
  );
}
