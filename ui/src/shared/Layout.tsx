import { Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from './Button';
import { cx } from './cx';

/** Names a group. A real heading, so that a screen reader can go from one to the next. */
export function SectionLabel({
  children,
  count,
  add,
  level = 2,
  id,
  className,
}: {
  children: ReactNode;
  count?: ReactNode;
  /** Puts another into the group. */
  add?: { label: string; onPress: () => void } | false;
  level?: 2 | 3;
  id?: string;
  className?: string;
}) {
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <div
      className={cx(
        'flex justify-between gap-4 text-label font-semibold text-ink-3',
        add ? 'items-center' : 'items-baseline',
        className,
      )}
    >
      <Heading id={id}>{children}</Heading>
      {count !== undefined && <span className="tnum">{count}</span>}
      {add && <IconButton icon={Plus} label={add.label} onPress={add.onPress} className="-me-2" />}
    </div>
  );
}

/** What a screen is, and one honest sentence about it. */
export function ScreenHeader({
  title,
  sentence,
  aside,
  children,
  className,
}: {
  title: ReactNode;
  sentence?: ReactNode;
  /** Small, on the line of the title. */
  aside?: ReactNode;
  children?: ReactNode;
  className?: string;
}) {
  return (
    <header className={cx('flex flex-wrap items-start justify-between gap-x-6 gap-y-3', className)}>
      <div className="min-w-0 flex-auto">
        <div className="flex items-center justify-between gap-4">
          <h1 tabIndex={-1} className="min-w-0 text-title font-semibold tracking-[-0.012em]">
            {title}
          </h1>
          {aside}
        </div>
        {sentence && <p className="text-ink-2">{sentence}</p>}
      </div>
      {children && <div className="flex flex-wrap items-center gap-2.5">{children}</div>}
    </header>
  );
}

/** A value with its name, in a list of them. */
export function Row({
  label,
  children,
  action,
  className,
}: {
  label: ReactNode;
  children: ReactNode;
  action?: ReactNode;
  className?: string;
}) {
  return (
    <div className={cx('flex items-start gap-4 border-b border-line py-2.5 last:border-b-0', className)}>
      <dt className="w-28 shrink-0 text-ink-3">{label}</dt>
      <dd className="min-w-0 flex-1 [overflow-wrap:anywhere]">{children}</dd>
      {action}
    </div>
  );
}
