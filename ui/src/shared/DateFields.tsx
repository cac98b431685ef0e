import { fromAbsolute, parseDate, type CalendarDate, type ZonedDateTime } from '@internationalized/date';
import type { KeyboardEvent } from 'react';
import { DateField, DateInput, DateSegment, Label, type DateFieldProps } from 'react-aria-components';
import { useFormat } from './time';

/** A calendar day as `YYYY-MM-DD`; empty while none is given. */
export function DayField({
  label,
  hideLabel,
  autoFocus,
  value,
  onChange,
}: {
  label: string;
  hideLabel?: boolean;
  autoFocus?: boolean;
  value: string;
  onChange: (day: string) => void;
}) {
  return (
    <Parts<CalendarDate>
      label={label}
      hideLabel={hideLabel}
      autoFocus={autoFocus}
      value={value ? parseDate(value) : null}
      onChange={(date) => date && onChange(date.toString())}
    />
  );
}

/** A day and a time of it, in the association's zone. */
export function DateTimeField({
  label,
  hideLabel,
  valueMs,
  onChange,
}: {
  label: string;
  hideLabel?: boolean;
  valueMs: number;
  onChange: (ms: number) => void;
}) {
  const format = useFormat();
  return (
    <Parts<ZonedDateTime>
      label={label}
      hideLabel={hideLabel}
      value={fromAbsolute(valueMs, format.place.zone)}
      onChange={(value) => value && onChange(value.toDate().getTime())}
      granularity="minute"
      hourCycle={24}
      hideTimeZone
    />
  );
}

/** Day, month and year, one behind the other. */
function Parts<Value extends CalendarDate | ZonedDateTime>({
  label,
  hideLabel = false,
  ...field
}: DateFieldProps<Value> & { label: string; hideLabel?: boolean }) {
  // Enter sends the form, as from any other field of it.
  const onKeyDown = ({ key, currentTarget }: KeyboardEvent) => {
    if (key === 'Enter') currentTarget.closest('form')?.requestSubmit();
  };
  return (
    <div onKeyDownCapture={onKeyDown} className="contents">
      <DateField<Value> {...field} className="flex flex-col gap-1.5">
        <Label className={hideLabel ? 'sr-only' : 'text-small font-medium'}>{label}</Label>
        <DateInput className="flex h-9.5 items-center rounded-control border border-edge bg-surface px-3 focus-within:border-green focus-within:outline-2 focus-within:outline-green/40">
          {(segment) => (
            <DateSegment
              segment={segment}
              className="tnum rounded-[3px] px-px caret-transparent outline-none data-focused:bg-green data-focused:text-on-green data-placeholder:text-ink-3"
            />
          )}
        </DateInput>
      </DateField>
    </div>
  );
}
