import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type ReactNode } from 'react';
import type { PersonRow } from '../ipc/bindings';
import { useFollowingFocus } from '../shared/useCursor';
import { PeopleRow } from './PeopleRow';

const rowPx = 64;

/** As many people as have been asked for; the next page is asked for shortly before its first row is reached. */
export function PeopleList({
  people,
  total,
  selectedId,
  onSelect,
  onOpen,
  onNearEnd,
  after,
}: {
  people: PersonRow[];
  total: number | null;
  selectedId: string | null;
  onSelect: (id: string) => void;
  onOpen: (id: string) => void;
  onNearEnd?: () => void;
  after?: ReactNode;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- the virtualizer's functions are not memoised by anyone
  const virtualizer = useVirtualizer({
    count: people.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    getItemKey: (index) => people[index]!.id,
    overscan: 12,
  });
  const items = virtualizer.getVirtualItems();
  const lastDrawn = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (onNearEnd && lastDrawn >= people.length - 40) onNearEnd();
  }, [lastDrawn, people.length, onNearEnd]);

  const selectedIndex = selectedId === null ? -1 : people.findIndex((person) => person.id === selectedId);
  useEffect(() => {
    if (selectedIndex >= 0) virtualizer.scrollToIndex(selectedIndex, { align: 'auto' });
  }, [selectedIndex, virtualizer]);

  useFollowingFocus(scroller, selectedId);

  return (
    <div ref={scroller} className="h-full overflow-y-auto">
      <ul style={{ height: virtualizer.getTotalSize() }} className="relative">
        {items.map((item) => {
          const person = people[item.index]!;
          return (
            <li
              key={item.key}
              data-index={item.index}
              aria-setsize={total ?? -1}
              aria-posinset={item.index + 1}
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${item.start}px)`, height: rowPx }}
            >
              <PeopleRow
                person={person}
                isSelected={person.id === selectedId}
                onSelect={onSelect}
                onOpen={onOpen}
              />
            </li>
          );
        })}
      </ul>
      {after}
    </div>
  );
}
