import { useTranslation } from 'react-i18next';
import { Field } from '../shared/Field';

/** Whole minutes, as they were typed; `null` where they are none. */
export const minutesOf = (typed: string): number | null =>
  /^\d{1,3}$/u.test(typed.trim()) ? Number(typed) : null;

/** How long a call lasted. */
export function MinutesField({
  value,
  onChange,
  description,
  autoFocus,
}: {
  value: string;
  onChange: (typed: string) => void;
  description?: string;
  autoFocus?: boolean;
}) {
  const { t } = useTranslation();
  return (
    <Field
      label={t('calls.log.minutes')}
      inputMode="numeric"
      dir="ltr"
      autoFocus={autoFocus}
      value={value}
      onChange={onChange}
      error={minutesOf(value) === null ? t('calls.log.minutesError') : null}
      description={description}
    />
  );
}
