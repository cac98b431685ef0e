import { memo } from 'react';
import { cx } from '../shared/cx';
import { Avatar, PersonName } from '../shared/People';

export interface TodayRowProps {
  id: string;
  name: string;
  /** Beside the name, quieter: the organisation, or the place. */
  aside: string;
  reason: string;
  /** `21 days`, `by 12:00`, `from 11:00`. */
  when: string;
  tone: 'late' | 'soon' | 'plain' | 'quiet';
  keeper: { name: string; label: string } | null;
  isSelected: boolean;
  /** A hairline above, which the first of a group has not. */
  hasLine: boolean;
  onSelect: () => void;
  onOpen: () => void;
}

/** A person who waits, with the sentence that says why. */
export const TodayRow = memo(function TodayRow({
  id,
  name,
  aside,
  reason,
  when,
  tone,
  keeper,
  isSelected,
  hasLine,
  onSelect,
  onOpen,
}: TodayRowProps) {
  return (
    <button
      data-row={id}
      type="button"
      aria-current={isSelected || undefined}
      tabIndex={isSelected ? 0 : -1}
      onFocus={onSelect}
      onClick={onOpen}
      className={cx(
        'relative block w-full px-7 py-2.75 text-start -outline-offset-2',
        isSelected ? 'bg-selected' : 'hover:bg-sunken/60',
        hasLine && 'border-t border-line',
      )}
    >
      {isSelected && <span aria-hidden className="absolute inset-y-0 start-0 w-[3px] bg-green" />}
      <span className="flex min-h-6 items-start gap-2.5">
        <span className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-2">
          <PersonName name={name} className={cx('line-clamp-2 min-w-0', tone === 'quiet' && 'text-ink-2')} />
          {aside && (
            <span className="min-w-24 flex-1 basis-24 truncate text-small text-ink-3">
              <bdi>{aside}</bdi>
            </span>
          )}
        </span>
        <span
          className={cx(
            'tnum shrink-0 text-small leading-6 font-semibold',
            tone === 'late' && 'text-brick',
            tone === 'soon' && 'text-amber',
            tone === 'quiet' && 'text-ink-2',
          )}
        >
          {when}
        </span>
        {keeper && <Avatar name={keeper.name} label={keeper.label} />}
      </span>
      <span
        dir="auto"
        className={cx(
          'mt-0.75 line-clamp-3 [overflow-wrap:anywhere]',
          tone === 'quiet' ? 'text-ink-3' : 'text-ink-2',
          keeper ? 'pe-9' : 'pe-6',
        )}
      >
        {reason}
      </span>
    </button>
  );
});
