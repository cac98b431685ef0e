import { parseDate, type CalendarDate } from '@internationalized/date';
import type { KeyboardEvent } from 'react';
import { DateField, DateInput, DateSegment, Label } from 'react-aria-components';

/** A calendar day as `YYYY-MM-DD`. */
export function DayField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (day: string) => void;
}) {
  // Enter sends the form, as from any other field of it.
  const onKeyDown = ({ key, currentTarget }: KeyboardEvent) => {
    if (key === 'Enter') currentTarget.closest('form')?.requestSubmit();
  };
  return (
    <div onKeyDownCapture={onKeyDown} className="contents">
      <DateField<CalendarDate>
        value={parseDate(value)}
        onChange={(date) => date && onChange(date.toString())}
        className="flex flex-col gap-1.5"
      >
        <Label className="text-small font-medium">{label}</Label>
        <DateInput className="flex h-[38px] items-center rounded-control border border-edge bg-surface px-3 focus-within:border-green focus-within:outline-2 focus-within:outline-green/40">
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
