import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { commands, type Call, type Filed, type Pick, type ScriptStep } from '../ipc/bindings';
import { run } from '../ipc/error';
import { Button } from '../shared/Button';
import { cx } from '../shared/cx';
import { useKeys } from '../shared/keys';
import { Kbd } from '../shared/Kbd';
import { SectionLabel } from '../shared/Layout';
import { PersonName } from '../shared/People';
import { navigate } from '../shared/route';
import { errorMessage } from '../shared/States';
import { coreNowMs, useFormat } from '../shared/time';
import { showDone, showError } from '../shared/Toast';
import { useIsDirector } from '../team/settings';
import { BriefColumn } from './BriefColumn';
import { CallNumber } from './CallNumber';
import { Choices } from './Choices';
import { CallTimer } from './CallTimer';
import { NeverMade } from './NeverMade';
import { NotesFields } from './NotesFields';
import { labelOf, OutcomeWizard, spanOf } from './OutcomeWizard';
import { Rescue } from './Rescue';
import { ScriptColumn } from './ScriptColumn';
import { SheetDialog } from './SheetDialog';
import { setListener } from './scripts/listener';
import { saidOf } from './said';
import { useFiling } from './useFiling';
import { useJot } from './useJot';

/** The window's top line during a call. */
export function DeskHeader({
  name,
  organisation,
  children,
}: {
  name: string;
  organisation: string | null;
  children: ReactNode;
}) {
  return (
    <header className="flex min-h-14 flex-wrap items-center gap-x-3.5 gap-y-1 border-b border-line bg-surface px-4 py-2 mid:px-6">
      {/* In a small window the organisation has a line of its own, and the buttons go beneath before a name is cut. */}
      <h1
        tabIndex={-1}
        className="flex min-w-0 flex-1 basis-56 flex-col items-start gap-x-3.5 mid:flex-row mid:items-baseline"
      >
        <PersonName name={name} className="line-clamp-3 min-w-0 text-[1.25rem]/6" />
        {organisation && (
          <span className="max-w-full min-w-10 truncate font-normal text-ink-2 mid:max-w-[40%]">
            <bdi>{organisation}</bdi>
          </span>
        )}
      </h1>
      <div className="flex flex-wrap items-center gap-3.5">{children}</div>
    </header>
  );
}

/** What will be asked first, under the keys that it will have. */
const firstAsked = {
  reached: ['spoke', 'voicemail_left', 'no_answer', 'wrong_number', 'left_with_someone'],
  // Who rang us has been reached.
  what_happened: ['spoke', 'not_now', 'do_not_call'],
} as const;

/** A call that goes on, or that wants filing: who, what to say, and what came of it. */
export function Desk({ call }: { call: Call }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const [pending, setPending] = useState<string | null>(null);
  const [isEnding, setEnding] = useState(false);
  const [isRescuing, setRescuing] = useState(false);
  const [isDenying, setDenying] = useState(false);
  const [isPrinting, setPrinting] = useState(false);
  const moving = useRef<Promise<string | null> | null>(null);
  const notes = useRef<HTMLTextAreaElement>(null);
  const learned = useRef<HTMLTextAreaElement>(null);
  const { notes: noted, learned: known, begun_answer } = call;
  const jot = useJot({ notes: noted, learned: known, begun_answer }, (words) =>
    run(commands.jotCall(call.id, words)),
  );
  const hasEnded = call.ended_ms !== null;
  const isDirector = useIsDirector();
  const { script } = call;
  // From the press of End on, no number belongs to the script any more.
  const isTalking = !hasEnded && !isEnding;
  // Begun by another, or not to be dialled any more.
  const isCovered = isTalking && !call.dialled && call.reach !== null && !call.inbound && call.meant === null;
  const filing = useFiling(call.id, hasEnded);
  const first = call.inbound ? 'what_happened' : 'reached';

  const put = (change: Partial<Call>) =>
    client.setQueryData<Call>(['call', call.id], (before) => ({ ...(before ?? call), ...change }));

  /** Answers what stood in its way. */
  const move = async (id: string, ask: () => Promise<ScriptStep>): Promise<string | null> => {
    if (moving.current) return null;
    setPending(id);
    moving.current = ask().then(
      (step) => {
        put({ step });
        return null;
      },
      (reason: unknown) => errorMessage(reason),
    );
    const refused = await moving.current;
    moving.current = null;
    setPending(null);
    return refused;
  };
  const answer = (pick: Pick) => run(commands.answerScript(call.id, call.step.node, pick));
  const tell = (refused: string | null) => refused !== null && showError(refused);
  const pick = (pick: Pick, id: string) =>
    void move(id, () => answer(pick)).then((refused) => {
      tell(refused);
      // What is proposed next hangs on what was said.
      if (hasEnded) void filing.begin();
    });
  const back = (moves: number) =>
    void move('back', () => run(commands.scriptBack(call.id, moves))).then(tell);

  /** An answer that was typed and not sent goes along, as Enter would have sent it. */
  const sendTyped = async (): Promise<string | null> => {
    const onItsWay = await moving.current;
    if (onItsWay) return onItsWay;
    const { step } = client.getQueryData<Call>(['call', call.id]) ?? call;
    const begun = jot.read().words.begun_answer;
    const free = step.ask?.free;
    if (!free || begun?.node !== step.node || begun.words.trim() === '') return null;
    const refused = await move('said', async () =>
      run(commands.answerScript(call.id, step.node, { said: await saidOf(free, begun.words) })),
    );
    if (refused === null) jot.change({ begun_answer: null });
    return refused;
  };
  const end = async () => {
    if (!isTalking) return;
    setEnding(true);
    try {
      const refused = await sendTyped();
      if (refused !== null) {
        showError(refused);
        return;
      }
      await jot.flush().catch(() => {
        // The words are on the screen, tried again, and go along with the filing.
      });
      await run(commands.endCall(call.id));
      put({ ended_ms: coreNowMs() });
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    } catch (reason) {
      showError(errorMessage(reason));
    } finally {
      setEnding(false);
    }
  };
  const onFiled = (filed: Filed) => {
    void client.invalidateQueries({ queryKey: ['unfinishedCalls'] });
    const { next, decision } = filed;
    showDone(
      [
        next
          ? t('calls.outcome.filedNext', {
              what: next.what,
              when: spanOf(next.from_ms, next.next_try_ms ?? next.due_ms, format),
            })
          : t('calls.outcome.filed'),
        decision?.keeper && t('calls.outcome.filedDecision', { name: decision.keeper.name }),
      ]
        .filter(Boolean)
        .join(' '),
    );
    navigate({ name: 'today' });
  };

  // What is taken back here is the last answer, not what was done before the call.
  const takeBack = () => {
    const before = call.step.breadcrumb.findLast((crumb) => crumb.state === 'past' && crumb.moves !== null);
    if (hasEnded) filing.back();
    else if (isTalking && before) back(before.moves!);
  };
  useKeys([
    { keys: 'mod+z', label: 'calls.key.takeBack', run: takeBack },
    { keys: 'mod+shift+z', run: () => {} },
    { keys: 'e', label: 'calls.key.end', enabled: isTalking, run: () => void end() },
    { keys: 'mod+Enter', whileTyping: true, enabled: isTalking, run: () => void end() },
    { keys: 'w', label: 'calls.key.rescue', run: () => setRescuing(true) },
    { keys: 'p', label: 'calls.key.sheet', enabled: isTalking, run: () => setPrinting(true) },
    { keys: 'n', label: 'calls.key.notes', run: () => notes.current?.focus() },
    { keys: 'l', label: 'calls.key.learned', run: () => learned.current?.focus() },
    {
      // Out of the notes, and the numbers are the script's again.
      keys: 'Escape',
      whileTyping: true,
      enabled: isTalking,
      run: () => document.activeElement instanceof HTMLElement && document.activeElement.blur(),
    },
  ]);

  return (
    <div className="flex h-full flex-col">
      <DeskHeader name={call.person.name} organisation={call.person.organisation}>
        {call.dialled && isTalking && <CallNumber call={call} dialled={call.dialled} />}
        {isCovered && <span className="max-w-80 text-small text-ink-2">{t('calls.number.covered')}</span>}
        <CallTimer call={call} isTalking={isTalking} onChange={put} />
        <Button keyHint="w" onPress={() => setRescuing(true)}>
          {t('calls.desk.rescue')}
        </Button>
        {isTalking ? (
          <Button keyHint="e" onPress={() => void end()}>
            {t('calls.desk.end')}
          </Button>
        ) : (
          <span className="text-small font-medium text-ink-2">
            {call.logged ? t('calls.desk.logged') : t('calls.desk.ended')}
          </span>
        )}
      </DeskHeader>
      <div
        className={cx(
          'grid min-h-0 flex-1 max-pair:block max-pair:overflow-y-auto',
          call.logged
            ? 'grid-cols-[clamp(13.75rem,38vw,30rem)_minmax(0,1fr)]'
            : 'grid-cols-[clamp(13.75rem,23.45vw,18.8rem)_minmax(0,1fr)_clamp(16.5rem,26.6vw,21.25rem)]',
        )}
      >
        <aside
          aria-label={t('calls.desk.brief')}
          className="min-h-0 overflow-y-auto border-e border-line px-4 pt-4 pb-6 mid:px-6 mid:pt-5.5 max-pair:border-0"
        >
          <BriefColumn call={call} />
        </aside>
        {/* What is written down afterwards is not said any more. */}
        {!call.logged && (
          <div
            className={cx(
              'min-h-0 overflow-y-auto px-4 pt-4 pb-8 transition-opacity duration-150 mid:px-6 mid:pt-6',
              !isTalking && 'text-ink-2',
            )}
          >
            <ScriptColumn
              begun={jot.begun_answer}
              onBegin={(begun_answer) => jot.change({ begun_answer })}
              name={call.script_name}
              step={call.step}
              isTalking={isTalking && !isRescuing}
              mayMeetMachine={call.dialled !== null}
              pending={pending}
              onPick={pick}
              onSaid={(pick) => move('said', () => answer(pick))}
              onBack={back}
              onEdit={
                isDirector && script !== null
                  ? () => {
                      setListener({
                        id: call.person.id,
                        name: call.person.name,
                        organisation: call.person.organisation,
                      });
                      navigate({ name: 'scripts', script });
                    }
                  : undefined
              }
            />
          </div>
        )}
        <aside
          aria-label={t('calls.desk.outcome')}
          className="min-h-0 overflow-y-auto border-s border-line bg-surface px-4 pt-4 pb-8 mid:px-6 mid:pt-5.5 max-pair:border-0"
        >
          <div className={cx('flex flex-col gap-5', call.logged && 'max-w-lg')}>
            <NotesFields
              jot={jot}
              notesRef={notes}
              learnedRef={learned}
              isCompact={hasEnded}
              asksLearned={hasEnded && filing.filing?.question?.id === 'learned'}
            />
            <section>
              <div className="mb-2 flex items-center justify-between">
                <SectionLabel>{t('calls.outcome.after')}</SectionLabel>
                {isTalking && <Kbd keys="e" />}
              </div>
              {hasEnded ? (
                <OutcomeWizard
                  desk={filing}
                  person={call.person.id}
                  jot={jot}
                  keeper={call.promise?.keeper?.id ?? null}
                  voicemail={call.reach?.voicemail ?? 'unknown'}
                  onFiled={onFiled}
                />
              ) : (
                <Choices
                  label={t(`calls.question.${first}`)}
                  choices={firstAsked[first].map((id, index) => ({
                    key: index + 1,
                    id,
                    label: labelOf(first, id, t),
                  }))}
                  onPick={() => {}}
                  isActive={false}
                />
              )}
            </section>
            <div className="-ms-2.5 flex flex-col items-start">
              {isTalking && (
                <Button look="quiet" size="small" keyHint="p" onPress={() => setPrinting(true)}>
                  {t('calls.key.sheet')}
                </Button>
              )}
              <Button look="quiet" size="small" onPress={() => setDenying(true)}>
                {t('calls.desk.neverMade')}
              </Button>
            </div>
          </div>
        </aside>
      </div>
      {isRescuing && (
        <Rescue
          call={call}
          onClose={() => setRescuing(false)}
          onSwitched={(next) => {
            setRescuing(false);
            client.setQueryData(['call', call.id], next);
          }}
        />
      )}
      {isPrinting && (
        <SheetDialog
          one={{ person: call.person.id, promise: call.promise?.id ?? null }}
          name={call.person.name}
          dialled={call.dialled}
          onClose={() => setPrinting(false)}
        />
      )}
      {isDenying && (
        <NeverMade
          call={call.id}
          name={call.person.name}
          onClose={() => setDenying(false)}
          onDone={() => navigate({ name: 'today', ...(call.promise && { promise: call.promise.id }) })}
        />
      )}
    </div>
  );
}
