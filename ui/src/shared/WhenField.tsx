import { fromAbsolute, type ZonedDateTime } from '@internationalized/date';
import { DateField, DateInput, DateSegment, FieldError, Label } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { cx } from './cx';
import { useFormat } from './time';

/** A day and an hour there: the likely ones to press, and any other to type. */
export function WhenField({
  label,
  valueMs,
  onChange,
  error,
}: {
  label: string;
  valueMs: number;
  onChange: (ms: number) => void;
  error?: string | null;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const monday = (8 - format.weekdayNumber(format.nowMs)) % 7 || 7;
  const likely = [
    { id: 'today', ms: format.atLocal(0, 17) },
    { id: 'tomorrow', ms: format.atLocal(1, 9) },
    { id: 'monday', ms: format.atLocal(monday, 9) },
    { id: 'week', ms: format.atLocal(7, 9) },
  ] as const;
  return (
    <div className="flex flex-col gap-2">
      <DateField<ZonedDateTime>
        value={fromAbsolute(valueMs, format.place.zone)}
        onChange={(value) => value && onChange(value.toDate().getTime())}
        granularity="minute"
        hourCycle={24}
        hideTimeZone
        isInvalid={Boolean(error)}
        className="flex flex-col gap-1.5"
      >
        <Label className="text-small font-medium">{label}</Label>
        <DateInput className="flex h-[38px] items-center rounded-control border border-edge bg-surface px-3 focus-within:border-green focus-within:outline-2 focus-within:outline-green/40 data-invalid:border-brick">
          {(segment) => (
            <DateSegment
              segment={segment}
              className="tnum rounded-[3px] px-px caret-transparent outline-none data-focused:bg-green data-focused:text-on-green data-placeholder:text-ink-3"
            />
          )}
        </DateInput>
        <FieldError className="text-small text-brick">{error}</FieldError>
      </DateField>
      <div className="flex flex-wrap gap-1.5">
        {likely
          .filter((each) => each.ms > format.nowMs)
          .map((each) => (
            <button
              key={each.id}
              type="button"
              aria-pressed={each.ms === valueMs}
              onClick={() => onChange(each.ms)}
              className={cx(
                'h-7 rounded-full border px-2.5 text-small transition-colors duration-120',
                each.ms === valueMs
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
