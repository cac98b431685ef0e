import { useTranslation } from 'react-i18next';
import type { Weekdays } from '../ipc/bindings';
import { ToggleChip } from '../shared/Chip';

const weekdays = [0, 1, 2, 3, 4, 5, 6] as const;
export const everyDay: Weekdays = 127;
export const hasDay = (days: Weekdays, weekday: number): boolean => (days & (1 << weekday)) !== 0;

/** A set of weekdays, each on or off. */
export function WeekdayChips({
  label,
  days,
  onChange,
}: {
  label: string;
  days: Weekdays;
  onChange: (days: Weekdays) => void;
}) {
  const { t } = useTranslation();
  return (
    <div role="group" aria-label={label} className="flex flex-wrap gap-1.5">
      {weekdays.map((weekday) => (
        <ToggleChip
          key={weekday}
          isOn={hasDay(days, weekday)}
          onChange={(isOn) => onChange(isOn ? days | (1 << weekday) : days & ~(1 << weekday))}
        >
          <span className="sr-only">{t(`team.weekday.${weekday}`)}</span>
          <span aria-hidden>{t(`plans.weekday.${weekday}`)}</span>
        </ToggleChip>
      ))}
    </div>
  );
}
