import type { ReactNode } from 'react';
import { Popover } from 'react-aria-components';
import { cx } from './cx';
import { useKeys } from './keys';

/** While it is there, no key is heard beneath it: in a menu a letter is the beginning of an entry. */
export function Barrier() {
  useKeys([], { barrier: true });
  return null;
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
      <Barrier />
      {children}
    </Popover>
  );
}
