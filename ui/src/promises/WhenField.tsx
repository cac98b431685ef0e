import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { commands, type TheirTime, type TimeToRing } from '../ipc/bindings';
import { run } from '../ipc/error';
import { cx } from '../shared/cx';
import { Field } from '../shared/Field';
import { errorMessage } from '../shared/States';
import { useFormat } from '../shared/time';
import { useSettled } from '../shared/useSettled';
import { dueBy, notThen, timeOf } from './theirTime';

/** By when: the likely times to press, or any other as one says it, read back in full before it counts. */
export function WhenField({
  label,
  value,
  onChange,
  theirs,
  error,
}: {
  label: string;
  /** `null` while what was typed is not a time. */
  value: TimeToRing | null;
  onChange: (value: TimeToRing | null) => void;
  /** What that is where they are, for a call. */
  theirs: TheirTime | null;
  error?: string | null;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const [typed, setTyped] = useState('');
  const words = useSettled(typed.trim(), 120);
  const read = useQuery({
    queryKey: ['readDate', words],
    queryFn: async () => {
      const date = await run(commands.readDate(words));
      onChange(timeOf(date));
      return date;
    },
    enabled: words !== '',
    retry: false,
    // The same words mean another day tomorrow.
    staleTime: 0,
    gcTime: 0,
  });
  const monday = (8 - format.weekdayNumber(format.nowMs)) % 7 || 7;
  const likely = [
    { id: 'today', ms: format.atLocal(0, 17) },
    { id: 'tomorrow', ms: format.atLocal(1, 9) },
    { id: 'monday', ms: format.atLocal(monday, 9) },
    { id: 'week', ms: format.atLocal(7, 9) },
  ] as const;
  const isUnread = typed.trim() !== '' && (read.error !== null || words !== typed.trim());
  return (
    <div className="flex flex-col gap-2">
      <Field
        label={label}
        value={typed}
        onChange={(next) => {
          setTyped(next);
          if (next.trim()) onChange(null);
        }}
        placeholder={t('when.placeholder')}
        error={
          error ??
          (words !== '' && words === typed.trim() && read.error ? errorMessage(read.error) : null) ??
          notThen(theirs, t, format)
        }
        description={
          value !== null &&
          !isUnread && (
            <span aria-live="polite">
              {value.from_ms === null
                ? t('when.means', { day: format.longDay(value.due_ms), time: format.time(value.due_ms) })
                : t('when.meansBetween', {
                    day: format.longDay(value.due_ms),
                    from: format.time(value.from_ms),
                    time: format.time(value.due_ms),
                  })}
              {theirs?.there && ` (${theirs.there})`}
            </span>
          )
        }
      />
      <div className="flex flex-wrap gap-1.5">
        {likely
          .filter((each) => each.ms > format.nowMs)
          .map((each) => (
            <button
              key={each.id}
              type="button"
              aria-pressed={each.ms === value?.due_ms && typed === ''}
              onClick={() => {
                setTyped('');
                onChange(dueBy(each.ms));
              }}
              className={cx(
                'h-7 rounded-full border px-2.5 text-small transition-colors duration-120',
                each.ms === value?.due_ms && typed === ''
                  ? 'border-green/40 bg-green-soft text-green'
                  : 'border-line text-ink-2 hover:bg-sunken',
              )}
            >
              {t(`when.${each.id}`, { time: format.time(each.ms) })}
            </button>
          ))}
      </div>
    </div>
  );
}
