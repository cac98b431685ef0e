import { use, type ReactNode } from 'react';
import { OverlayTriggerStateContext, Popover } from 'react-aria-components';
import { cx } from './cx';
import { useKeys } from './keys';

/**
 * What opens beside what was pressed: a menu, a list to choose from. While it is open no key is heard beneath it: in a
 * menu a letter is the beginning of an entry.
 */
export function Popup({ children, className }: { children: ReactNode; className?: string }) {
  // Being drawn says nothing: a closed list is drawn, too, out of sight, for its entries to be known.
  const trigger = use(OverlayTriggerStateContext);
  useKeys([], { barrier: true, enabled: trigger?.isOpen ?? false });
  return (
    <Popover
      className={cx(
        'overflow-auto rounded-box border border-line bg-surface p-1 shadow-raised rise',
        className,
      )}
    >
      {children}
    </Popover>
  );
}
