import { fromAbsolute, type ZonedDateTime } from '@internationalized/date';
import { DateField, DateInput, DateSegment, Label } from 'react-aria-components';
import { useFormat } from './time';

/** A day and a time of it, in the association's zone. */
export function DateTimeField({
  label,
  hideLabel = false,
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
    <DateField<ZonedDateTime>
      value={fromAbsolute(valueMs, format.place.zone)}
      onChange={(value) => value && onChange(value.toDate().getTime())}
      granularity="minute"
      hourCycle={24}
      hideTimeZone
      className="flex flex-col gap-1.5"
    >
      <Label className={hideLabel ? 'sr-only' : 'text-small font-medium'}>{label}</Label>
      <DateInput className="flex h-[38px] items-center rounded-control border border-edge bg-surface px-3 focus-within:border-green focus-within:outline-2 focus-within:outline-green/40">
        {(segment) => (
          <DateSegment
            segment={segment}
            className="tnum rounded-[3px] px-px caret-transparent outline-none data-focused:bg-green data-focused:text-on-green data-placeholder:text-ink-3"
          />
        )}
      </DateInput>
    </DateField>
  );
}
