import type { ReactNode } from 'react';
import { Clamp } from './Clamp';
import { cx } from './cx';

export interface TimelineItem {
  id: string;
  /** What it was. */
  title: ReactNode;
  /** When it was. */
  when: string;
  /** Said in full, for a pointer that rests there. */
  whenExact?: string;
  body?: ReactNode;
  /** A filled dot: we owe something here. */
  tone?: 'late' | 'good' | 'plain';
  action?: ReactNode;
}

/** More than a few lines of anyone's words, in characters. */
const longBody = 360;

/** What happened, newest first, along one line. */
export function Timeline({ items, label }: { items: TimelineItem[]; label?: string }) {
  return (
    <ol aria-label={label} className="relative flex flex-col">
      {items.map((item, index) => (
        <li key={item.id} id={`at-${item.id}`} className="group relative flex gap-4 ps-1 pb-3 last:pb-0">
          {index < items.length - 1 && (
            <span aria-hidden className="absolute start-[0.53125rem] top-4 -bottom-1 w-px bg-line" />
          )}
          <span
            aria-hidden
            className={cx(
              'relative mt-1.25 size-2.5 shrink-0 rounded-full border',
              item.tone === 'late' && 'border-brick bg-brick',
              item.tone === 'good' && 'border-green bg-green',
              (!item.tone || item.tone === 'plain') && 'border-ink-3 bg-paper',
            )}
          />
          <div className="min-w-0 flex-1 text-ink-2 [overflow-wrap:anywhere] select-text">
            <strong className="font-semibold text-ink">{item.title}</strong>{' '}
            <time title={item.whenExact} className="tnum">
              {item.when}
            </time>
            {typeof item.body === 'string' && item.body.length > longBody ? (
              <Clamp lines={4}>{item.body}</Clamp>
            ) : (
              item.body && <>{typeof item.body === 'string' ? `, ${item.body}` : item.body}</>
            )}
          </div>
          {item.action}
        </li>
      ))}
    </ol>
  );
}
