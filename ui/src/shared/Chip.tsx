import { ChevronDown, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button as AriaButton, ListBox, Dialog, DialogTrigger, type Selection } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { cx } from './cx';
import type { Option } from './Field';
import { Popup } from './Popup';
import { PopupOption } from './PopupOption';

const chipLook =
  'inline-flex h-8 items-center gap-1.5 rounded-full border px-3 text-small transition-colors duration-120';

/** A chip that opens something, and once that is chosen says what. */
export function PopupChip({
  label,
  words,
  onClear,
  className,
  children,
}: {
  label: string;
  /** What was chosen; nothing while it is off. */
  words: string | null;
  onClear: () => void;
  className?: string;
  children: (close: () => void) => ReactNode;
}) {
  const { t } = useTranslation();
  const on = words !== null;
  return (
    <span className="inline-flex items-center">
      <DialogTrigger>
        <AriaButton
          className={cx(
            chipLook,
            on
              ? 'rounded-e-none border-green/40 bg-green-soft font-medium text-green'
              : 'border-line bg-surface text-ink-2 hover:bg-sunken',
          )}
        >
          <span className="max-w-56 truncate">{on ? words : label}</span>
          {!on && <ChevronDown aria-hidden size={14} />}
        </AriaButton>
        <Popup className={className ?? 'max-h-80 min-w-52'}>
          <Dialog aria-label={label} className="outline-none">
            {({ close }) => children(close)}
          </Dialog>
        </Popup>
      </DialogTrigger>
      {on && (
        <AriaButton
          aria-label={t('common.clearFilter', { label })}
          onPress={onClear}
          className="flex h-8 items-center rounded-e-full border border-s-0 border-green/40 bg-green-soft ps-1 pe-2.5 text-green hover:text-ink"
        >
          <X aria-hidden size={14} />
        </AriaButton>
      )}
    </span>
  );
}

/** A filter that is off until something is chosen, and then says what. */
export function FilterChip<V extends string>({
  label,
  options,
  value,
  onChange,
  multiple = false,
}: {
  label: string;
  options: (Option<V> & { count?: string })[];
  value: V[];
  onChange: (value: V[]) => void;
  multiple?: boolean;
}) {
  const { t } = useTranslation();
  const chosen = options.filter((option) => value.includes(option.value));
  const words =
    chosen.length > 0 ? t('common.filterIs', { label, value: chosen.map((o) => o.label).join(', ') }) : null;
  return (
    <PopupChip label={label} words={words} onClear={() => onChange([])}>
      {(close) => (
        <ListBox
          aria-label={label}
          autoFocus="first"
          escapeKeyBehavior="none"
          selectionMode={multiple ? 'multiple' : 'single'}
          selectedKeys={value}
          onSelectionChange={(keys: Selection) => {
            onChange(keys === 'all' ? options.map((o) => o.value) : ([...keys] as V[]));
            if (!multiple) close();
          }}
          className="outline-none"
        >
          {options.map((option) => (
            <PopupOption key={option.value} id={option.value} label={option.label} aside={option.count} />
          ))}
        </ListBox>
      )}
    </PopupChip>
  );
}

/** On or off, and it says what it would be on for. */
export function ToggleChip({
  children,
  isOn,
  onChange,
}: {
  children: ReactNode;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
}) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      onClick={() => onChange(!isOn)}
      className={cx(
        'inline-flex h-7 shrink-0 items-center rounded-full border px-2.5 text-small transition-colors duration-120',
        isOn
          ? 'border-green/40 bg-green-soft font-medium text-green disabled:border-line disabled:bg-sunken disabled:text-ink-2'
          : 'border-line text-ink-2 enabled:hover:bg-sunken',
      )}
    >
      {children}
    </button>
  );
}

/** A word about someone: a standing, a state. Not to be pressed. */
export function Tag({
  children,
  tone = 'plain',
}: {
  children: ReactNode;
  tone?: 'plain' | 'green' | 'late';
}) {
  return (
    <span
      className={cx(
        'inline-flex h-5 items-center rounded-full px-2 text-label font-medium whitespace-nowrap',
        tone === 'plain' && 'bg-sunken text-ink-2',
        tone === 'green' && 'bg-green-soft text-green',
        tone === 'late' && 'bg-brick-soft text-brick',
      )}
    >
      {children}
    </span>
  );
}
