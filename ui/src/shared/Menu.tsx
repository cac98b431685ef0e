import type { LucideIcon } from 'lucide-react';
import type { ReactElement } from 'react';
import { Menu as AriaMenu, MenuItem as AriaMenuItem, MenuTrigger, Separator } from 'react-aria-components';
import { cx } from './cx';
import { Popup } from './Popup';

export interface MenuEntry {
  id: string;
  label: string;
  icon?: LucideIcon;
  description?: string;
  onAction: () => void;
  danger?: boolean;
  isDisabled?: boolean;
  /** A hairline above it. */
  separate?: boolean;
}

export function Menu({
  trigger,
  label,
  entries,
  ...open
}: {
  trigger: ReactElement;
  label: string;
  entries: MenuEntry[];
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
}) {
  return (
    <MenuTrigger {...open}>
      {trigger}
      <Popup className="min-w-52">
        <AriaMenu aria-label={label} className="outline-none">
          {entries.flatMap((entry) => [
            ...(entry.separate
              ? [<Separator key={`${entry.id}-line`} className="my-1 border-t border-line" />]
              : []),
            <AriaMenuItem
              key={entry.id}
              id={entry.id}
              textValue={entry.label}
              isDisabled={entry.isDisabled}
              onAction={entry.onAction}
              className={cx(
                'flex cursor-default items-center gap-2.5 rounded-control px-2.5 py-1.5 outline-none data-disabled:text-ink-3 data-focused:bg-sunken',
                entry.danger && 'text-brick',
              )}
            >
              {entry.icon && <entry.icon aria-hidden size={15} strokeWidth={1.75} className="shrink-0" />}
              <span className="min-w-0">
                <span dir="auto" className="block">
                  {entry.label}
                </span>
                {entry.description && (
                  <span className="block text-small text-ink-3">{entry.description}</span>
                )}
              </span>
            </AriaMenuItem>,
          ])}
        </AriaMenu>
      </Popup>
    </MenuTrigger>
  );
}
