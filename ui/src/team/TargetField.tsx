import { useTranslation } from 'react-i18next';
import type { Target } from '../ipc/bindings';
import { Field, Select } from '../shared/Field';

const units = ['minutes', 'hours', 'days'] as const;

/** How soon, in business time: a number and its unit. */
export function TargetField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: Target;
  onChange: (target: Target) => void;
}) {
  const { t } = useTranslation();
  return (
    <div role="group" aria-label={label} className="flex items-center gap-2">
      <Field
        label={t('team.target.count', { label })}
        hideLabel
        inputMode="numeric"
        dir="ltr"
        className="tnum w-16"
        value={value.count === 0 ? '' : String(value.count)}
        onChange={(typed) => {
          const count = Math.min(999, Number(typed.replace(/\D/gu, '') || 0));
          onChange({ ...value, count });
        }}
      />
      <Select
        label={t('team.target.unit', { label })}
        hideLabel
        className="w-44"
        value={value.unit}
        onChange={(unit) => onChange({ unit, count: value.count })}
        options={units.map((unit) => ({
          value: unit,
          label: t(`team.target.${unit}`, { count: value.count }),
        }))}
      />
    </div>
  );
}
