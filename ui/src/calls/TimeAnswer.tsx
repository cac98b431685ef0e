import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import { commands, type TypedDate } from '../ipc/bindings';
import { run } from '../ipc/error';
import { Button } from '../shared/Button';
import { Field } from '../shared/Field';
import { Kbd } from '../shared/Kbd';
import { errorMessage } from '../shared/States';
import { notThen, timeOf, useTheirTime } from '../promises/theirTime';
import { useFormat, type Format } from '../shared/time';
import { useSettled } from '../shared/useSettled';

/** `Tuesday 1 December, 15:00 to 17:00`: with the weekday, which is what a slip of the finger changes. */
export function readingOf(read: TypedDate, t: TFunction, format: Format): string {
  const day = format.longDay(read.due_ms);
  const [from, time] = [read.from_ms, format.time(read.due_ms)];
  if (from !== null) return t('calls.outcome.dayBetween', { day, from: format.time(from), time });
  return read.said === 'at'
    ? t('calls.outcome.dayAt', { day, time })
    : t('calls.outcome.dayBy', { day, time });
}

/** A day as one would say it; what was understood is shown before it counts. */
export function TimeAnswer({
  label,
  rings,
  field,
  isDisabled,
  onAnswer,
}: {
  label: string;
  /** Who is to be rung then. */
  rings: string | null;
  field: RefObject<HTMLTextAreaElement | HTMLInputElement | null>;
  isDisabled: boolean;
  onAnswer: (time: { from: number | null; due: number }) => void;
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
    // The same words mean another day tomorrow.
    staleTime: 0,
    gcTime: 0,
  });
  const isRead = settled === typed.trim();
  const understood = isRead && settled !== '' && read.data ? read.data : null;
  const { theirs, stands, error } = useTheirTime(rings, understood && timeOf(understood));
  const form = useRef<HTMLFormElement>(null);
  // What was understood stands below the field, which in a small window is at the very edge.
  useEffect(() => {
    if (settled !== '') form.current?.scrollIntoView({ block: 'nearest' });
  }, [settled, understood, stands, theirs, read.error]);
  return (
    <form
      ref={form}
      className="flex scroll-mb-5 flex-col gap-2.5"
      onSubmit={(event) => {
        event.preventDefault();
        if (understood && stands && !isDisabled)
          onAnswer({ from: understood.from_ms, due: understood.due_ms });
      }}
    >
      <Field
        label={label}
        value={typed}
        onChange={setTyped}
        inputRef={field}
        after={<Kbd keys="t" />}
        placeholder={t('calls.outcome.timePlaceholder')}
        description={
          understood && (
            <span aria-live="polite">
              {understood.moved_past_closed
                ? t('calls.outcome.understoodMoved', { when: readingOf(understood, t, format) })
                : t('calls.outcome.understood', { when: readingOf(understood, t, format) })}
              {theirs?.there && ` (${theirs.there})`}
            </span>
          )
        }
        error={
          isRead && settled !== '' && (read.error ?? error)
            ? errorMessage(read.error ?? error)
            : notThen(theirs, t, format)
        }
      />
      {understood && stands && (
        <Button type="submit" look="primary" className="self-start" isDisabled={isDisabled}>
          {t('calls.outcome.next')}
          <Kbd keys="Enter" onGreen />
        </Button>
      )}
    </form>
  );
}
