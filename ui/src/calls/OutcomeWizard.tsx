import { Check } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import type { Answered, Filed, Question, QuestionOption, Voicemail } from '../ipc/bindings';
import { isolated } from '../shared/bidi';
import { Button } from '../shared/Button';
import { Kbd } from '../shared/Kbd';
import { useKeys } from '../shared/keys';
import { Notice, Skeleton } from '../shared/States';
import { useFormat, type Format } from '../shared/time';
import { Choices, type Choice } from './Choices';
import { ReadyToFile } from './ReadyToFile';
import { TimeAnswer } from './TimeAnswer';
import { useChoiceKeys } from './useChoiceKeys';
import type { FilingState } from './useFiling';
import type { Jot } from './useJot';
import { WordsAnswer } from './WordsAnswer';

export function labelOf(question: Question['id'], option: string, t: TFunction): string {
  return t(`calls.option.${question}.${option}` as 'calls.option.reached.spoke', { defaultValue: '' });
}

/** `today 15:00–17:00`, `Friday 17:00` */
export const spanOf = (from: number | null, due: number, format: Format): string =>
  from === null ? format.near(due) : format.between(from, due);

function choiceOf(
  question: Question,
  option: QuestionOption,
  voicemail: Voicemail,
  t: TFunction,
  format: Format,
): Choice {
  const label = option.what ?? (labelOf(question.id, option.id, t) || option.id);
  const wish =
    question.id === 'reached' && option.id === 'voicemail_left' && voicemail !== 'unknown'
      ? t(`voicemail.${voicemail}`)
      : undefined;
  return {
    key: option.key,
    id: option.id,
    label,
    detail: option.due === null ? wish : spanOf(option.from, option.due, format),
  };
}

/** What was answered, in the words that it was asked with. */
export function answerText({ question, answer }: Answered, t: TFunction, format: Format): string {
  if (answer === 'skip') return t('calls.outcome.nothing');
  if (answer.pick !== undefined) return labelOf(question, answer.pick, t) || answer.pick;
  if (answer.words !== undefined) return answer.words;
  if (answer.reach !== undefined) return answer.reach.shown || t('calls.option.wrong_which.none');
  if (answer.time !== undefined) return spanOf(answer.time.from, answer.time.due, format);
  return `${isolated(answer.promise.what)}, ${spanOf(answer.promise.from, answer.promise.due, format)}`;
}

/** The questions after a call, one at a time on the number keys, and then the filing itself. */
export function OutcomeWizard({
  desk,
  person,
  jot,
  keeper,
  voicemail,
  onFiled,
}: {
  desk: FilingState;
  /** Who was rung, and may be rung again. */
  person: string;
  /** What was learned is one text, during the call and after it. */
  jot: Jot;
  /** Who keeps the promise that the call was about. */
  keeper: string | null;
  /** What may be left on the number that was dialled. */
  voicemail: Voicemail;
  onFiled: (filed: Filed) => void;
}) {
  const { t } = useTranslation();
  const { filing, forOthers } = desk;
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
        const isBeside = target instanceof Element && target.closest('[data-beside]') !== null;
        if (target instanceof HTMLElement && (isElsewhere || isBeside)) target.blur();
        else if (canBack) desk.back();
      },
    },
  ]);

  if (!filing || !forOthers) {
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
    <div
      ref={heading}
      className="flex flex-col gap-3"
      onKeyDown={(event) => {
        const { target, nativeEvent } = event;
        if (event.key !== 'Backspace' || event.repeat || nativeEvent.isComposing || !canBack) return;
        // From an empty field there is nothing to rub out but the answer before.
        if (!(target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement)) return;
        if (target.value !== '' || target.closest('[data-beside]')) return;
        event.preventDefault();
        event.stopPropagation();
        desk.back();
      }}
    >
      {draft.answers.length > 0 && (
        <ol aria-label={t('calls.outcome.soFar')} className="flex flex-col text-small text-ink-2">
          {draft.answers.map((answered, index) => (
            <Given
              key={answered.question}
              answered={answered}
              learned={jot.learned}
              isDisabled={desk.pending !== null}
              onChange={() => desk.backTo(index)}
            />
          ))}
        </ol>
      )}
      {filing.asks_again && <Notice>{t('calls.outcome.asksAgain')}</Notice>}
      {desk.error && (
        <Notice>
          <span role="alert">{desk.error}</span> {t('calls.outcome.stillOpen')}
        </Notice>
      )}
      <div key={question?.id ?? 'file'} className="flex flex-col gap-3 rise">
        {question && (
          <Asking question={question} desk={desk} person={person} jot={jot} voicemail={voicemail} />
        )}
        {outcome && (
          <ReadyToFile
            outcome={outcome}
            desk={desk}
            forOthers={forOthers}
            jot={jot}
            keptBy={keeper}
            onFiled={onFiled}
          />
        )}
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

/** An answer that was given; pressed, it is asked again. */
function Given({
  answered,
  learned,
  isDisabled,
  onChange,
}: {
  answered: Answered;
  learned: string;
  isDisabled: boolean;
  onChange: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const isLearned = answered.question === 'learned' && learned.trim() !== '';
  const text = isLearned ? learned : answerText(answered, t, format);
  return (
    <li>
      <button
        type="button"
        disabled={isDisabled}
        aria-label={t('calls.outcome.change', {
          question: t(`calls.question.${answered.question}`),
          answer: text,
        })}
        onClick={onChange}
        className="group flex min-h-6 gap-1.5 rounded-small py-0.75 text-start hover:text-ink"
      >
        <Check aria-hidden size={13} strokeWidth={2} className="mt-0.75 shrink-0 text-green" />
        <span
          dir="auto"
          className="line-clamp-2 min-w-0 decoration-current/50 underline-offset-4 [overflow-wrap:anywhere] group-hover:underline"
        >
          {text}
        </span>
      </button>
    </li>
  );
}

function Asking({
  question,
  desk,
  person,
  jot,
  voicemail,
}: {
  question: Question;
  desk: FilingState;
  person: string;
  jot: Jot;
  voicemail: Voicemail;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const choices = question.options.map((option) => choiceOf(question, option, voicemail, t, format));
  const pick = (choice: Choice) => desk.answer(question.id, { pick: choice.id }, choice.id);
  const isIdle = desk.pending === null;
  useChoiceKeys(choices, pick, isIdle);
  const title = t(`calls.question.${question.id}`);
  const field = useRef<HTMLTextAreaElement | HTMLInputElement>(null);
  const isBesideChoices = choices.length > 0 && question.free !== null;
  useKeys([
    {
      keys: 't',
      label: question.free === 'time' ? 'calls.key.typeTime' : 'calls.key.type',
      enabled: isBesideChoices,
      run: () => field.current?.focus(),
    },
    {
      keys: 'Enter',
      enabled: isBesideChoices && question.may_skip && isIdle,
      run: () => desk.answer(question.id, 'skip', 'skip'),
    },
  ]);
  const proposal = question.id === 'next' ? (question.options[0]?.what ?? null) : null;
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
        <TimeAnswer
          label={
            proposal ? t('calls.outcome.otherTimeFor', { what: proposal }) : t('calls.outcome.anotherTime')
          }
          rings={question.rings ? person : null}
          isDisabled={!isIdle}
          field={field}
          onAnswer={(time) => desk.answer(question.id, { time }, 'time')}
        />
      ) : (
        question.free && (
          <WordsAnswer
            question={question}
            title={title}
            takesFocus={!isBesideChoices}
            field={field}
            isDisabled={!isIdle}
            onAnswer={(words) => desk.answer(question.id, words === '' ? 'skip' : { words }, 'words')}
            {...(question.id === 'learned' && {
              kept: { words: jot.learned, change: (learned: string) => jot.change({ learned }) },
            })}
          />
        )
      )}
    </>
  );
}
