import { useEffect, useRef, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { LetterToWrite, Segment } from '../ipc/bindings';
import { cx } from '../shared/cx';
import { Checkbox } from '../shared/Field';
import { blanksOf, keyOf, type Blank, type Said } from './blanks';

const isFact = (blank: Blank) => blank.field?.startsWith('facts.') ?? false;

/** The words as they will be read, with what the book knows in green and each blank to be filled where it stands. */
export function Paper({
  letter,
  said,
  onSay,
}: {
  letter: LetterToWrite;
  said: Said;
  onSay: (said: Said) => void;
}) {
  const { t } = useTranslation();
  const facts = blanksOf(letter).filter((blank) => isFact(blank) && said[keyOf(blank)]?.value.trim());
  const say = (blank: Blank, value: string) =>
    onSay({
      ...said,
      [keyOf(blank)]: { value, remember: said[keyOf(blank)]?.remember ?? isFact(blank) },
    });
  const [first] = useState(() => blanksOf(letter).find((blank) => !said[keyOf(blank)]?.value.trim()));
  const begin = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  useEffect(() => {
    // The dialog takes the keyboard as it opens; then it is the first blank's.
    const frame = requestAnimationFrame(() => begin.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);
  const only = letter.body.length === 1 && letter.body[0]!.kind === 'blank';
  return (
    <div className="flex flex-col gap-4">
      <div dir="auto" className="rounded-control border border-line bg-paper">
        {letter.subject.length > 0 && (
          <p className="border-b border-line px-5 py-3 font-semibold">
            <span className="sr-only">{t('mail.subject')}: </span>
            <Words segments={letter.subject} said={said} onSay={say} first={first} begin={begin} />
          </p>
        )}
        <p className={cx('px-5 py-4 leading-[1.7] whitespace-pre-wrap select-text', only && 'flex')}>
          <Words segments={letter.body} said={said} onSay={say} first={first} begin={begin} isWhole={only} />
        </p>
      </div>
      {facts.map((blank) => (
        <Checkbox
          key={keyOf(blank)}
          isSelected={said[keyOf(blank)]!.remember}
          onChange={(remember) =>
            onSay({ ...said, [keyOf(blank)]: { value: said[keyOf(blank)]!.value, remember } })
          }
        >
          {t('mail.remember', { words: said[keyOf(blank)]!.value.trim(), name: letter.person.name })}
        </Checkbox>
      ))}
    </div>
  );
}

const blankLook =
  'rounded-small border bg-surface px-1.5 text-ink placeholder:text-amber focus:outline-2 focus:outline-offset-0 focus:outline-green/40';

function Words({
  segments,
  said,
  onSay,
  first,
  begin,
  isWhole = false,
}: {
  segments: Segment[];
  said: Said;
  onSay: (blank: Blank, value: string) => void;
  /** Where one begins to type. */
  first: Blank | undefined;
  begin: RefObject<(HTMLInputElement & HTMLTextAreaElement) | null>;
  isWhole?: boolean;
}) {
  const { t } = useTranslation();
  return segments.map((segment, index) => {
    if (segment.kind === 'text') return <span key={index}>{segment.text}</span>;
    if (segment.kind === 'filled') {
      return (
        <bdi key={index} className="rounded-small bg-green-soft box-decoration-clone px-1 py-px">
          {segment.value}
        </bdi>
      );
    }
    const value = said[keyOf(segment)]?.value ?? '';
    const look = cx(blankLook, value.trim() ? 'border-edge' : 'border-amber bg-amber-soft');
    const shared = {
      'aria-label': `${t('calls.script.blank')} ${segment.question}`,
      ref: segment === first ? begin : undefined,
      placeholder: segment.question,
      value,
    };
    return isWhole ? (
      <textarea
        key={index}
        {...shared}
        rows={9}
        onChange={(event) => onSay(segment, event.target.value)}
        className={cx(look, 'w-full resize-none py-1.5')}
      />
    ) : (
      <input
        key={index}
        {...shared}
        size={Math.min(48, Math.max(8, (value || segment.question).length + 1))}
        onChange={(event) => onSay(segment, event.target.value)}
        className={cx(look, 'max-w-full')}
      />
    );
  });
}
