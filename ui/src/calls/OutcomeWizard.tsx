import { useQuery } from '@tanstack/react-query';
import { Check } from 'lucide-react';
import { useEffect, useRef, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import {
  commands,
  type Answered,
  type Filed,
  type Outcome,
  type Question,
  type QuestionOption,
} from '../ipc/bindings';
import { run } from '../ipc/error';
import { useVolunteers } from '../team/queries';
import { useSession } from '../team/session';
import { Button } from '../shared/Button';
import { Field, Select } from '../shared/Field';
import { Kbd } from '../shared/Kbd';
import { useKeys } from '../shared/keys';
import { SectionLabel } from '../shared/Layout';
import { errorMessage, Notice, Skeleton } from '../shared/States';
import { useFormat, type Format } from '../shared/time';
import { useSettled } from '../shared/useSettled';
import { Choices, type Choice } from './Choices';
import { useChoiceKeys } from './useChoiceKeys';
import type { FilingState } from './useFiling';
import type { Jot } from './useJot';

function labelOf(question: Question['id'], option: string, t: TFunction): string {
  return t(`calls.option.${question}.${option}` as 'calls.option.reached.spoke', { defaultValue: '' });
}

function choiceOf(question: Question, option: QuestionOption, t: TFunction, format: Format): Choice {
  const label = option.what ?? (labelOf(question.id, option.id, t) || option.id);
  return {
    key: option.key,
    id: option.id,
    label,
    detail: option.due === null ? undefined : format.near(option.due),
  };
}

/** What was answered, in the words that it was asked with. */
export function answerText({ question, answer }: Answered, t: TFunction, format: Format): string {
  if (answer === 'skip') return t('calls.outcome.nothing');
  if (answer.pick !== undefined) return labelOf(question, answer.pick, t) || answer.pick;
  if (answer.words !== undefined) return answer.words;
  if (answer.time !== undefined) return format.near(answer.time);
  return `${answer.promise.what}, ${format.near(answer.promise.due)}`;
}

/** The questions after a call, one at a time on the number keys, and then the filing itself. */
export function OutcomeWizard({
  desk,
  jot,
  keeper,
  onFiled,
}: {
  desk: FilingState;
  /** What was learned is one text, during the call and after it. */
  jot: Jot;
  /** Who keeps the promise that the call was about. */
  keeper: string | null;
  onFiled: (filed: Filed) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { filing } = desk;
  const heading = useRef<HTMLDivElement>(null);
  const standing = filing ? (filing.question?.id ?? 'file') : null;
  useEffect(() => {
    if (standing) heading.current?.scrollIntoView?.({ block: 'nearest' });
  }, [standing]);

  const canBack = Boolean(filing && filing.draft.answers.length > 0) && desk.pending === null;
  useKeys([
    { keys: 'Backspace', label: 'calls.key.back', enabled: canBack, run: desk.back },
    {
      keys: 'Escape',
      whileTyping: true,
      run: ({ target }) => {
        // Out of the notes first; only from the questions themselves is it a step back.
        const isElsewhere = target instanceof HTMLTextAreaElement && !heading.current?.contains(target);
        if (isElsewhere) target.blur();
        else if (canBack) desk.back();
      },
    },
  ]);

  if (!filing) {
    return desk.error ? (
      <Notice action={<Button onPress={() => void desk.begin()}>{t('error.retry')}</Button>}>
        <span role="alert">{desk.error}</span>
      </Notice>
    ) : (
      <Skeleton rows={3} />
    );
  }
  const { question, outcome, draft } = filing;
  return (
    <div ref={heading} className="flex flex-col gap-3">
      {draft.answers.length > 0 && (
        <ol className="flex flex-col gap-1 text-small text-ink-2">
          {draft.answers.map((answered) => (
            <li key={answered.question} className="flex gap-1.5">
              <Check aria-hidden size={13} strokeWidth={2} className="mt-[3px] shrink-0 text-green" />
              <span dir="auto" className="line-clamp-2 min-w-0 [overflow-wrap:anywhere]">
                {answerText(answered, t, format)}
              </span>
            </li>
          ))}
        </ol>
      )}
      {desk.error && (
        <Notice>
          <span role="alert">{desk.error}</span>
        </Notice>
      )}
      <div key={question?.id ?? 'file'} className="flex flex-col gap-3 rise">
        {question && <Asking question={question} desk={desk} jot={jot} />}
        {outcome && <Ready outcome={outcome} desk={desk} jot={jot} keptBy={keeper} onFiled={onFiled} />}
      </div>
      {canBack && (
        <Button look="quiet" size="small" className="-ms-2.5 self-start" onPress={desk.back}>
          <Kbd keys="Backspace" />
          {t('calls.outcome.back')}
        </Button>
      )}
    </div>
  );
}

function Asking({ question, desk, jot }: { question: Question; desk: FilingState; jot: Jot }) {
  const { t } = useTranslation();
  const format = useFormat();
  const choices = question.options.map((option) => choiceOf(question, option, t, format));
  const pick = (choice: Choice) => desk.answer(question.id, { pick: choice.id }, choice.id);
  const isIdle = desk.pending === null;
  useChoiceKeys(choices, pick, isIdle);
  const title = t(`calls.question.${question.id}`);
  const field = useRef<HTMLTextAreaElement>(null);
  useKeys([
    {
      keys: 't',
      label: 'calls.key.typeTime',
      enabled: question.free === 'time',
      run: () => field.current?.focus(),
    },
  ]);
  return (
    <>
      {/* Where there is but a field, its own label says it. */}
      <p className="font-semibold" aria-live="polite" aria-hidden={choices.length === 0 || undefined}>
        {title}
      </p>
      {choices.length > 0 && (
        <Choices choices={choices} onPick={pick} picked={desk.pending} label={title} isActive />
      )}
      {question.free === 'time' ? (
        <TimeAnswer question={question} desk={desk} field={field} />
      ) : (
        question.free && (
          <WordsAnswer
            question={question}
            desk={desk}
            title={title}
            {...(question.id === 'learned' && {
              kept: { words: jot.learned, change: (learned: string) => jot.change({ learned }) },
            })}
          />
        )
      )}
    </>
  );
}

function WordsAnswer({
  question,
  desk,
  title,
  kept,
}: {
  question: Question;
  desk: FilingState;
  title: string;
  /** Words that live elsewhere already. */
  kept?: { words: string; change: (words: string) => void };
}) {
  const { t } = useTranslation();
  const [own, setOwn] = useState('');
  const words = kept?.words ?? own;
  const setWords = kept?.change ?? setOwn;
  const isSkip = words.trim() === '' && question.may_skip;
  const answer = () => desk.answer(question.id, isSkip ? 'skip' : { words }, 'words');
  return (
    <form
      className="flex flex-col gap-2.5"
      onSubmit={(event) => {
        event.preventDefault();
        answer();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
        if (!(event.target instanceof HTMLTextAreaElement)) return;
        event.preventDefault();
        if (!event.repeat) answer();
      }}
    >
      <Field
        label={title}
        hideLabel
        autoFocus
        rows={question.free === 'lines' ? 3 : 2}
        value={words}
        onChange={setWords}
        placeholder={t(`calls.placeholder.${question.id}` as 'calls.placeholder.learned', {
          defaultValue: '',
        })}
        description={question.free === 'lines' ? t('calls.outcome.linesHint') : undefined}
      />
      <Button type="submit" look="primary" className="self-start" isDisabled={desk.pending !== null}>
        {isSkip ? t('calls.outcome.skip') : t('calls.outcome.next')}
        <Kbd keys="Enter" onGreen />
      </Button>
    </form>
  );
}

/** A day as one would say it; what was understood is shown before it counts. */
function TimeAnswer({
  question,
  desk,
  field,
}: {
  question: Question;
  desk: FilingState;
  field: RefObject<HTMLTextAreaElement | null>;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const [typed, setTyped] = useState('');
  const settled = useSettled(typed.trim(), 200);
  const read = useQuery({
    queryKey: ['readDate', settled],
    queryFn: () => run(commands.readDate(settled)),
    enabled: settled !== '',
    retry: false,
  });
  const understood = settled === typed.trim() && read.data ? read.data.at_ms : null;
  return (
    <form
      className="flex flex-col gap-2.5"
      onSubmit={(event) => {
        event.preventDefault();
        if (understood !== null) desk.answer(question.id, { time: understood }, 'time');
      }}
    >
      <Field
        label={t('calls.outcome.anotherTime')}
        value={typed}
        onChange={setTyped}
        inputRef={field}
        after={<Kbd keys="t" />}
        placeholder={t('calls.outcome.timePlaceholder')}
        description={
          understood === null
            ? undefined
            : read.data?.moved_past_closed
              ? t('calls.outcome.understoodMoved', { when: format.near(understood) })
              : t('calls.outcome.understood', { when: format.near(understood) })
        }
        error={settled === typed.trim() && read.error ? errorMessage(read.error) : null}
      />
      {understood !== null && (
        <Button type="submit" look="primary" className="self-start" isDisabled={desk.pending !== null}>
          {t('calls.outcome.next')}
          <Kbd keys="Enter" onGreen />
        </Button>
      )}
    </form>
  );
}

/** Everything is answered: what would be filed, and who keeps what comes next. */
function Ready({
  outcome,
  desk,
  jot,
  keptBy,
  onFiled,
}: {
  outcome: Outcome;
  desk: FilingState;
  jot: Jot;
  keptBy: string | null;
  onFiled: (filed: Filed) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { volunteer } = useSession();
  const { data: volunteers = [] } = useVolunteers();
  const [keeper, setKeeper] = useState<string>(keptBy ?? volunteer.id);
  const [unsaved, setUnsaved] = useState<string | null>(null);
  const { next } = outcome;
  const isFiling = desk.pending !== null;
  const file = async () => {
    setUnsaved(null);
    try {
      // What was learned goes into the book with the call: it must be there first.
      await jot.flush();
    } catch (reason) {
      setUnsaved(errorMessage(reason));
      return;
    }
    const filed = await desk.file(keeper);
    if (filed) onFiled(filed);
  };
  useKeys([
    { keys: 'Enter', label: 'calls.key.file', enabled: !isFiling, run: () => void file() },
    { keys: 'mod+Enter', whileTyping: true, enabled: !isFiling, run: () => void file() },
  ]);
  return (
    <>
      <div>
        <SectionLabel className="mb-1.5">
          {next.kind === 'promise' ? t('calls.outcome.nextPromise') : t('calls.outcome.closes')}
        </SectionLabel>
        <div className="rounded-box border border-line bg-paper px-3.5 py-3">
          {next.kind === 'promise' ? (
            <>
              <p dir="auto" className="font-semibold [overflow-wrap:anywhere]">
                {next.what}
              </p>
              <p className="text-ink-2">
                {[
                  labelOf('promise_means', next.means, t),
                  format.near(next.due),
                  keeper === volunteer.id
                    ? t('calls.outcome.you')
                    : volunteers.find((each) => each.id === keeper)?.name,
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
            </>
          ) : (
            <>
              <p className="font-semibold">{labelOf('close_reason', next.reason, t)}</p>
              {next.words && (
                <p dir="auto" className="text-ink-2 [overflow-wrap:anywhere]">
                  {next.words}
                </p>
              )}
            </>
          )}
        </div>
      </div>
      {next.kind === 'promise' && volunteers.filter((each) => !each.left).length > 1 && (
        <Select
          label={t('calls.outcome.keeper')}
          value={keeper}
          onChange={setKeeper}
          options={volunteers
            .filter((each) => !each.left)
            .map((each) => ({
              value: each.id,
              label: each.id === volunteer.id ? t('calls.outcome.youNamed', { name: each.name }) : each.name,
            }))}
        />
      )}
      {unsaved && (
        <Notice>
          <span role="alert">{unsaved}</span>
        </Notice>
      )}
      <Button
        autoFocus
        look="primary"
        className="self-start"
        isDisabled={isFiling}
        onPress={() => void file()}
      >
        {t('calls.outcome.file')}
        <Kbd keys="Enter" onGreen />
      </Button>
    </>
  );
}
