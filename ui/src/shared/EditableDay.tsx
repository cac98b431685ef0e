import { Pencil, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from './Button';
import { cx } from './cx';
import { DayField } from './DateFields';
import { errorMessage } from './States';

/** A day that turns into its fields where it stands. Enter or leaving keeps it, Escape brings the old one back. */
export function EditableDay({
  label,
  value,
  words,
  placeholder,
  onSave,
}: {
  label: string;
  /** `YYYY-MM-DD`, or empty. */
  value: string;
  /** The day as one says it. */
  words: string;
  placeholder: string;
  onSave: (value: string) => Promise<unknown>;
}) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const shown = useRef<HTMLButtonElement>(null);
  const isSaving = useRef(false);
  const close = (refocus: boolean) => {
    setDraft(null);
    setError(null);
    if (refocus) requestAnimationFrame(() => shown.current?.focus());
  };
  const save = async (day: string, refocus: boolean) => {
    if (isSaving.current) return;
    if (day === value) return close(refocus);
    isSaving.current = true;
    try {
      await onSave(day);
      close(refocus);
    } catch (reason) {
      setError(errorMessage(reason) || t('error.unknown'));
    } finally {
      isSaving.current = false;
    }
  };
  if (draft === null) {
    return (
      <button
        ref={shown}
        type="button"
        onClick={() => setDraft(value)}
        className="group relative -mx-1.5 inline-flex max-w-full cursor-text items-baseline rounded-small px-1.5 text-start transition-colors duration-120 hover:bg-sunken"
      >
        <span className="sr-only">{t('common.edit', { label })}</span>
        <span className={cx('min-w-0', !value && 'text-ink-3')}>{value ? words : placeholder}</span>
        <Pencil
          aria-hidden
          size={13}
          className="absolute start-full ms-1 shrink-0 self-center text-ink-3 opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100"
        />
      </button>
    );
  }
  return (
    <form
      className="flex flex-col gap-1"
      onSubmit={(event) => {
        event.preventDefault();
        void save(draft, true);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        close(true);
      }}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) void save(draft, false);
      }}
    >
      <span className="flex items-center gap-1">
        <DayField label={label} hideLabel autoFocus value={draft} onChange={setDraft} />
        {value && (
          <IconButton
            icon={X}
            label={t('common.clearFilter', { label })}
            onPress={() => void save('', true)}
          />
        )}
      </span>
      {error && (
        <span role="alert" className="text-small text-brick">
          {error}
        </span>
      )}
    </form>
  );
}
