import { use, type ReactNode } from 'react';
import { OverlayTriggerStateContext, Popover } from 'react-aria-components';
import { cx } from './cx';
import { useKeys } from './keys';

/** While it is there, no key is heard beneath it: in a menu a letter is the beginning of an entry. */
export function Barrier() {
  useKeys([], { barrier: true });
  return null;
}

/** A list to choose from is read, unseen, while it is closed: then it holds no key back. */
function BarrierWhileOpen() {
  return use(OverlayTriggerStateContext)?.isOpen ? <Barrier /> : null;
}

/** What opens beside what was pressed: a menu, a list to choose from. */
export function Popup({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <Popover
      className={cx(
        'overflow-auto rounded-box border border-line bg-surface p-1 shadow-raised rise',
        className,
      )}
    >
      <BarrierWhileOpen />
      {children}
    </Popover>
  );
}
