import { useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { Question } from '../ipc/bindings';
import { Button } from '../shared/Button';
import { Field } from '../shared/Field';
import { Kbd } from '../shared/Kbd';

/** An answer in words. Enter gives it; where it may be left out, an empty one goes on. */
export function WordsAnswer({
  question,
  title,
  takesFocus,
  field,
  isDisabled,
  kept,
  onAnswer,
}: {
  question: Question;
  title: string;
  /** There are no choices that want the keys. */
  takesFocus: boolean;
  field: RefObject<HTMLTextAreaElement | HTMLInputElement | null>;
  isDisabled: boolean;
  /** Words that live elsewhere already. */
  kept?: { words: string; change: (words: string) => void };
  onAnswer: (words: string) => void;
}) {
  const { t } = useTranslation();
  const [own, setOwn] = useState('');
  const words = kept?.words ?? own;
  const isSkip = words.trim() === '' && question.may_skip;
  const isLine = question.free === 'number' || !takesFocus;
  const answer = () => onAnswer(isSkip ? '' : words);
  return (
    <form
      className="flex flex-col gap-2.5"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isDisabled) answer();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
        if (!(event.target instanceof HTMLTextAreaElement)) return;
        event.preventDefault();
        if (!event.repeat && !isDisabled) answer();
      }}
    >
      <Field
        label={takesFocus ? title : t('calls.outcome.ownWords')}
        hideLabel={takesFocus}
        autoFocus={takesFocus}
        inputRef={field}
        {...(isLine
          ? { after: takesFocus ? undefined : <Kbd keys="t" /> }
          : { rows: question.free === 'lines' ? 3 : 2 })}
        {...(question.free === 'number' && { inputMode: 'tel', dir: 'ltr' as const })}
        value={words}
        onChange={kept?.change ?? setOwn}
        placeholder={t(`calls.placeholder.${question.id}` as 'calls.placeholder.learned', {
          defaultValue: '',
        })}
        description={question.free === 'lines' ? t('calls.outcome.linesHint') : undefined}
      />
      <Button type="submit" look="primary" className="self-start" isDisabled={isDisabled}>
        {isSkip ? t('calls.outcome.skip') : t('calls.outcome.next')}
        <Kbd keys="Enter" onGreen />
      </Button>
    </form>
  );
}
