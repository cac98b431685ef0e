import { Pencil } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { cx } from './cx';
import { inputLook } from './Field';
import { errorMessage } from './States';

/** A value that turns into a field where it stands. Enter or leaving keeps it, Escape brings the old one back. */
export function Editable({
  label,
  value,
  onSave,
  placeholder,
  children,
  rows,
  className,
  inputClassName,
}: {
  label: string;
  value: string;
  /** Rejects with what is wrong; the words typed then stay. */
  onSave: (value: string) => Promise<unknown>;
  /** What stands there while it is empty. */
  placeholder?: string;
  /** Lines to write in, where the words may be long. */
  rows?: number;
  /** How the value is shown; the bare value otherwise. */
  children?: ReactNode;
  className?: string;
  inputClassName?: string;
}) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const shown = useRef<HTMLButtonElement>(null);
  const cancelled = useRef(false);

  const close = (refocus: boolean) => {
    setDraft(null);
    setError(null);
    if (refocus) requestAnimationFrame(() => shown.current?.focus());
  };
  const save = async (refocus: boolean) => {
    if (draft === null || isSaving) return;
    if (draft.trim() === value) return close(refocus);
    setSaving(true);
    try {
      await onSave(draft.trim());
      close(refocus);
    } catch (reason) {
      setError(errorMessage(reason) || t('error.unknown'));
    } finally {
      setSaving(false);
    }
  };

  if (draft === null) {
    return (
      <button
        ref={shown}
        type="button"
        onClick={() => {
          cancelled.current = false;
          setDraft(value);
        }}
        className={cx(
          'group relative -mx-1.5 inline-flex max-w-[calc(100%+0.75rem)] cursor-text items-baseline rounded-small px-1.5 text-start transition-colors duration-120 hover:bg-sunken',
          className,
        )}
      >
        <span className="sr-only">{t('common.edit', { label })}</span>
        <span dir="auto" className={cx('min-w-0 [overflow-wrap:anywhere]', !value && 'text-ink-3')}>
          {value ? (children ?? value) : placeholder}
        </span>
        <Pencil
          aria-hidden
          size={13}
          className="absolute start-full ms-1 shrink-0 self-center text-ink-3 opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100"
        />
      </button>
    );
  }
  const shared = {
    'aria-label': label,
    'aria-invalid': error ? true : undefined,
    dir: 'auto' as const,
    autoFocus: true,
    // Not disabled: that would take the keyboard away from words that were refused.
    readOnly: isSaving,
    value: draft,
    onFocus: (event: { currentTarget: HTMLInputElement | HTMLTextAreaElement }) =>
      event.currentTarget.select(),
    onBlur: () => {
      if (!cancelled.current) void save(false);
    },
    className: cx(inputLook, rows ? 'resize-none py-1.5' : 'h-8', 'px-2', inputClassName),
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    // An Enter that chooses how a syllable is written sends nothing yet.
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void save(true);
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      cancelled.current = true;
      close(true);
    }
  };
  return (
    <span className={cx('flex w-full flex-col gap-1', className)}>
      {rows ? (
        <textarea {...shared} rows={rows} onChange={(e) => setDraft(e.target.value)} onKeyDown={onKeyDown} />
      ) : (
        <input {...shared} onChange={(e) => setDraft(e.target.value)} onKeyDown={onKeyDown} />
      )}
      {error && (
        <span role="alert" className="text-small text-brick">
          {error}
        </span>
      )}
    </span>
  );
}
