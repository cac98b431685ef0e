import { Copy, ExternalLink, PenLine, Printer, Send } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { commands, type OutboxLine, type OwnWords, type Writing } from '../ipc/bindings';
import { run } from '../ipc/error';
import { Button } from '../shared/Button';
import { Dialog } from '../shared/Dialog';
import { Field, Select } from '../shared/Field';
import { openExported } from '../shared/files';
import { navigate } from '../shared/route';
import { errorMessage, ErrorState, Notice, Skeleton } from '../shared/States';
import { useFormat } from '../shared/time';
import { useUndo } from '../shared/useUndo';
import { begun, blanksOf, keyOf, type Begun } from './blanks';
import { Paper } from './Paper';
import { useLetter } from './queries';

/** What is not written a second time beside it. */
const onItsWay = new Set<OutboxLine['state']>(['waiting', 'sending', 'unsure']);

/** What was handed on, and may have gone. */
type Handed = 'opened' | 'copied' | 'printed' | 'long';

/** One e-mail or letter of somebody's plan: its blanks filled on the spot, and its ways out. */
export function LetterDialog({ promise, onClose }: { promise: string; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { showUndoable } = useUndo();
  const { data: letter, error, refetch } = useLetter(promise);
  const [{ said, own }, setWords] = useState<Begun>(() => begun.get(promise) ?? { said: {}, own: null });
  const [reach, setReach] = useState<string | null>(null);
  const [handed, setHanded] = useState<Handed | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  if (!letter) {
    return (
      <Dialog isOpen onClose={onClose} title={t('mail.write')} size="wide">
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton rows={4} />}
      </Dialog>
    );
  }
  const change = (part: Partial<Begun>) => {
    const words = { said, own, ...part };
    begun.set(promise, words);
    setWords(words);
  };
  const setOwn = (own: OwnWords | null) => change({ own });
  const blanks = blanksOf(letter);
  const left = blanks.filter((blank) => !said[keyOf(blank)]?.value.trim()).length;
  const isEmail = letter.kind === 'email';
  const isOut = letter.outgoing !== null && onItsWay.has(letter.outgoing.state);
  const mayGo = letter.refusal === null && left === 0 && !isOut;
  const name = letter.person.name;
  const writing: Writing = {
    promise,
    reach,
    blanks: blanks.map((blank) => ({
      field: blank.field,
      question: blank.question,
      value: said[keyOf(blank)]?.value ?? '',
      remember: said[keyOf(blank)]?.remember ?? false,
    })),
    own,
  };
  /** What is refused is said above the buttons, and nothing typed is lost. */
  const attempt = async (work: () => Promise<void>) => {
    if (isBusy) return;
    setBusy(true);
    setProblem(null);
    try {
      await work();
    } catch (reason) {
      setProblem(errorMessage(reason));
    }
    setBusy(false);
  };
  const open = () =>
    attempt(async () => setHanded((await run(commands.openMailProgram(writing))) ? 'opened' : 'long'));
  const copy = () =>
    attempt(async () => {
      await run(commands.copyLetter(writing));
      setHanded('copied');
    });
  const print = () =>
    attempt(async () => {
      // Refused before anyone chose where to put it.
      await run(commands.letterReady(writing));
      const day = format.dayKey(format.nowMs);
      const path = await run(commands.chooseExportFile(t('mail.fileName', { name, day })));
      if (path === null) return;
      openExported(await run(commands.writeLetter(writing, path)));
      setHanded('printed');
    });
  const reword = () =>
    attempt(async () => {
      const { subject, body } = await run(commands.letterReady(writing));
      setOwn({ subject, body });
    });
  const send = () =>
    attempt(async () => {
      await run(commands.sendLetter(writing));
      begun.delete(promise);
      onClose();
      showUndoable(t('mail.sending', { name }));
    });
  const went = () =>
    attempt(async () => {
      await run(commands.letterSent(writing));
      begun.delete(promise);
      onClose();
      showUndoable(t(isEmail ? 'mail.emailFiled' : 'mail.letterFiled', { name }));
    });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="wide"
      title={t(isEmail ? 'mail.emailTo' : 'mail.letterTo', { name })}
      isDismissable={Object.keys(said).length === 0 && own === null && handed === null}
      footer={
        handed ? (
          <>
            <Button onPress={() => setHanded(null)}>{t('mail.notYet')}</Button>
            {handed === 'long' && (
              <Button icon={Copy} onPress={() => void copy()}>
                {t('mail.copy')}
              </Button>
            )}
            {handed !== 'long' && (
              <Button look="primary" autoFocus isDisabled={isBusy} onPress={() => void went()}>
                {t('mail.itWent')}
              </Button>
            )}
          </>
        ) : (
          <>
            <Button icon={Copy} isDisabled={!mayGo || isBusy} onPress={() => void copy()}>
              {t('mail.copy')}
            </Button>
            {isEmail ? (
              <Button
                look={letter.can_send ? 'secondary' : 'primary'}
                icon={ExternalLink}
                isDisabled={!mayGo || isBusy}
                onPress={() => void open()}
              >
                {t('mail.open')}
              </Button>
            ) : (
              <Button
                look="primary"
                icon={Printer}
                isDisabled={!mayGo || isBusy}
                onPress={() => void print()}
              >
                {t('mail.print')}
              </Button>
            )}
            {letter.can_send && (
              <Button look="primary" icon={Send} isDisabled={!mayGo || isBusy} onPress={() => void send()}>
                {t('mail.send')}
              </Button>
            )}
          </>
        )
      }
    >
      <div className="flex flex-col gap-4">
        <p className="text-ink-2 first-letter:uppercase">
          <bdi>{letter.words || letter.step}</bdi>
          {letter.question && (
            <bdi className="mt-1 block border-s-2 border-green/40 ps-2.5 text-small">{letter.question}</bdi>
          )}
        </p>
        {letter.refusal !== null && (
          <Notice>
            <span role="alert">{letter.refusal}</span>
          </Notice>
        )}
        {letter.outgoing && (
          <Notice
            action={
              <Button
                size="small"
                onPress={() => {
                  onClose();
                  navigate({ name: 'plans', view: 'outbox' });
                }}
              >
                {t('mail.openOutbox')}
              </Button>
            }
          >
            {t('mail.alreadyOut', { state: t(`mail.state.${letter.outgoing.state}`) })}
          </Notice>
        )}
        {handed ? (
          <p role="status" className="text-reason font-semibold">
            {t(`mail.asked.${handed}`, { name })}
          </p>
        ) : (
          <>
            {letter.to.length > 0 && (
              <Select
                label={t('mail.to')}
                value={reach ?? letter.to[0]!.reach}
                onChange={setReach}
                options={letter.to.map((to) => ({ value: to.reach, label: to.shown.replaceAll('\n', ', ') }))}
              />
            )}
            {letter.unusable.length > 0 && (
              <p className="text-small text-ink-3">
                {letter.unusable.map((each) => (
                  <span key={each.shown} className="block">
                    <bdi>{each.shown}</bdi>: {t(`reachState.${each.state}`)}
                  </span>
                ))}
              </p>
            )}
            {own ? (
              <>
                {isEmail && (
                  <Field
                    label={t('mail.subject')}
                    value={own.subject ?? ''}
                    onChange={(subject) => setOwn({ ...own, subject })}
                  />
                )}
                <Field
                  label={t('mail.body')}
                  rows={12}
                  autoFocus
                  value={own.body}
                  onChange={(body) => setOwn({ ...own, body })}
                />
              </>
            ) : (
              <Paper letter={letter} said={said} onSay={(said) => change({ said })} />
            )}
            <div className="flex flex-wrap items-center justify-between gap-3">
              <p aria-live="polite" className={left > 0 ? 'text-small text-amber' : 'text-small text-ink-3'}>
                {left > 0 ? t('mail.blanks', { count: left, n: format.count(left) }) : t('mail.noBlanks')}
              </p>
              {own ? (
                <Button size="small" look="quiet" onPress={() => setOwn(null)}>
                  {t('mail.asThePlan')}
                </Button>
              ) : (
                <Button
                  size="small"
                  look="quiet"
                  icon={PenLine}
                  isDisabled={!mayGo || isBusy}
                  onPress={() => void reword()}
                >
                  {t('mail.reword')}
                </Button>
              )}
            </div>
          </>
        )}
        {problem !== null && (
          <Notice>
            <span role="alert">{problem}</span>
          </Notice>
        )}
      </div>
    </Dialog>
  );
}
