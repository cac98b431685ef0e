import { Copy, Plus, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Input, Label, TextField } from 'react-aria-components';
import { IconButton } from '../shared/Button';
import { Checkbox, inputLook } from '../shared/Field';
import { cx } from '../shared/cx';
import { faultOf, newRow, nextRow, readMinute, showMinute, type HoursRow, type Week } from './hours';

const weekdays = [0, 1, 2, 3, 4, 5, 6] as const;

/** Seven days, each open once, twice or not at all. Times are read as they are typed. */
export function HoursEditor({ week, onChange }: { week: Week; onChange: (week: Week) => void }) {
  const { t } = useTranslation();
  const setDay = (weekday: number, day: HoursRow[]) =>
    onChange(week.map((each, index) => (index === weekday ? day : each)));
  return (
    <ul className="flex flex-col">
      {weekdays.map((weekday) => {
        const day = week[weekday] ?? [];
        const name = t(`team.weekday.${weekday}`);
        const fault = faultOf(day);
        return (
          <li
            key={weekday}
            className="flex min-h-13.5 items-start gap-3 border-b border-line py-2 last:border-b-0"
          >
            <div className="flex h-9.5 w-32 shrink-0 items-center">
              <Checkbox
                isSelected={day.length > 0}
                onChange={(isOpen) =>
                  setDay(weekday, isOpen ? (firstOpen(week) ?? [newRow('9:00', '17:00')]) : [])
                }
              >
                {name}
              </Checkbox>
            </div>
            <div className="flex min-w-0 flex-1 flex-col gap-2">
              {day.length === 0 && (
                <span className="flex h-9.5 items-center text-ink-3">{t('team.hours.closed')}</span>
              )}
              {day.map((row, index) => (
                <div key={row.id} className="flex flex-wrap items-center gap-2">
                  <TimeField
                    label={t('team.hours.opens', { day: name, count: index + 1 })}
                    value={row.opens}
                    isInvalid={fault !== null}
                    onChange={(opens) =>
                      setDay(
                        weekday,
                        day.map((each) => (each.id === row.id ? { ...each, opens } : each)),
                      )
                    }
                  />
                  <span className="text-ink-3">{t('team.hours.to')}</span>
                  <TimeField
                    label={t('team.hours.closes', { day: name, count: index + 1 })}
                    value={row.closes}
                    isInvalid={fault !== null}
                    onChange={(closes) =>
                      setDay(
                        weekday,
                        day.map((each) => (each.id === row.id ? { ...each, closes } : each)),
                      )
                    }
                  />
                  {day.length > 1 && (
                    <IconButton
                      icon={X}
                      label={t('team.hours.remove', { day: name, count: index + 1 })}
                      onPress={() =>
                        setDay(
                          weekday,
                          day.filter((each) => each.id !== row.id),
                        )
                      }
                    />
                  )}
                </div>
              ))}
              {fault && (
                <p role="alert" className="text-small text-brick">
                  {t(`team.hours.${fault}`)}
                </p>
              )}
            </div>
            {day.length > 0 && (
              <div className="flex h-9.5 items-center">
                <IconButton
                  icon={Plus}
                  label={t('team.hours.add', { day: name })}
                  onPress={() => setDay(weekday, [...day, nextRow(day)])}
                />
                <IconButton
                  icon={Copy}
                  label={t('team.hours.copy', { day: name })}
                  onPress={() =>
                    onChange(
                      week.map((each, index) =>
                        index !== weekday && each.length > 0
                          ? day.map((row) => newRow(row.opens, row.closes))
                          : each,
                      ),
                    )
                  }
                />
              </div>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** A day that opens again opens as the others do. */
function firstOpen(week: Week): HoursRow[] | null {
  const like = week.find((day) => day.length > 0 && faultOf(day) === null);
  return like ? like.map((row) => newRow(row.opens, row.closes)) : null;
}

export function TimeField({
  label,
  showLabel = false,
  value,
  onChange,
  isInvalid = false,
}: {
  label: string;
  showLabel?: boolean;
  value: string;
  onChange: (value: string) => void;
  isInvalid?: boolean;
}) {
  return (
    <TextField
      value={value}
      onChange={onChange}
      isInvalid={isInvalid && readMinute(value) === null}
      onBlur={() => {
        // Read back as it was understood: `5pm` becomes `17:00`.
        const minute = readMinute(value);
        if (minute !== null) onChange(showMinute(minute));
      }}
      className="flex w-19 flex-col gap-1.5"
    >
      <Label className={showLabel ? 'text-small font-medium' : 'sr-only'}>{label}</Label>
      <Input dir="ltr" className={cx(inputLook, 'tnum h-9.5 text-center')} />
    </TextField>
  );
}
