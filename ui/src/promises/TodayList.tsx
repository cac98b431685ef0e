import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, type ReactNode } from 'react';
import { SectionLabel } from '../shared/Layout';
import { useFormat } from '../shared/time';
import { useFollowingFocus } from '../shared/useCursor';
import { TodayRow, type TodayRowProps } from './TodayRow';

export type TodayEntry = Omit<TodayRowProps, 'isSelected' | 'hasLine' | 'onSelect' | 'onOpen'>;

export interface TodayGroup {
  name: string;
  label: string;
  entries: TodayEntry[];
}

type Line =
  | { kind: 'header' }
  | { kind: 'group'; group: TodayGroup }
  | { kind: 'entry'; entry: TodayEntry; isFirst: boolean; position: number };

/** People who wait, in their groups. However many wait, only those in view are drawn. */
export function TodayList({
  header,
  groups,
  selectedId,
  onSelect,
  onOpen,
  after,
}: {
  header: ReactNode;
  groups: TodayGroup[];
  selectedId: string | null;
  onSelect: (id: string) => void;
  onOpen: (id: string) => void;
  after?: ReactNode;
}) {
  const format = useFormat();
  const scroller = useRef<HTMLDivElement>(null);
  const { lines, total } = useMemo(() => {
    const made: Line[] = [{ kind: 'header' }];
    let position = 0;
    for (const group of groups) {
      if (group.entries.length === 0) continue;
      made.push({ kind: 'group', group });
      group.entries.forEach((entry, index) =>
        made.push({ kind: 'entry', entry, isFirst: index === 0, position: ++position }),
      );
    }
    return { lines: made, total: position };
  }, [groups]);

  // The virtualizer hands out functions that the compiler cannot follow; it is not compiled here.
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (lines[index]?.kind === 'entry' ? 90 : 56),
    getItemKey: (index) => {
      const line = lines[index]!;
      return line.kind === 'entry' ? line.entry.id : line.kind === 'group' ? line.group.name : 'header';
    },
    overscan: 8,
  });

  const selectedLine = lines.findIndex((line) => line.kind === 'entry' && line.entry.id === selectedId);
  useEffect(() => {
    if (selectedLine < 1) return;
    virtualizer.scrollToIndex(selectedLine <= 2 ? 0 : selectedLine, { align: 'auto' });
    // Rows above it were of a guessed height: once they are measured, it may have moved out of sight.
    const frame = requestAnimationFrame(() => {
      const row = selectedId && scroller.current?.querySelector(`[data-row="${CSS.escape(selectedId)}"]`);
      if (row) row.scrollIntoView({ block: 'nearest' });
    });
    return () => cancelAnimationFrame(frame);
  }, [selectedLine, selectedId, virtualizer]);

  useFollowingFocus(scroller, selectedId);

  return (
    <div ref={scroller} className="h-full overflow-y-auto">
      <ul style={{ height: virtualizer.getTotalSize() }} className="relative">
        {virtualizer.getVirtualItems().map((item) => {
          const line = lines[item.index]!;
          return (
            <li
              key={item.key}
              ref={virtualizer.measureElement}
              data-index={item.index}
              aria-setsize={line.kind === 'entry' ? total : undefined}
              aria-posinset={line.kind === 'entry' ? line.position : undefined}
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${item.start}px)` }}
            >
              {line.kind === 'header' && <div className="px-7 pt-5.5 pb-3">{header}</div>}
              {line.kind === 'group' && (
                <SectionLabel className="px-7 pt-5 pb-1.5" count={format.count(line.group.entries.length)}>
                  {line.group.label}
                </SectionLabel>
              )}
              {line.kind === 'entry' && (
                <TodayRow
                  {...line.entry}
                  isSelected={line.entry.id === selectedId}
                  hasLine={!line.isFirst}
                  onSelect={() => onSelect(line.entry.id)}
                  onOpen={() => onOpen(line.entry.id)}
                />
              )}
            </li>
          );
        })}
      </ul>
      {after}
    </div>
  );
}
