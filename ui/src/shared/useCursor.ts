import { useCallback, useEffect, useState, type RefObject } from 'react';
import { useKeys } from './keys';

/** `J` and `K` through a list, by id, so that the place is kept when the list changes under it. */
export function useCursor(
  ids: readonly string[],
  options: {
    selected: string | null;
    onSelect: (id: string) => void;
    onOpen: (id: string) => void;
    enabled?: boolean;
    /** The list is being asked for anew: whoever is not in it yet may be about to come. */
    isOld?: boolean;
  },
): void {
  const { selected, onSelect, onOpen, enabled = true, isOld = false } = options;
  // Where the chosen one stood, for when it goes: the next one takes its place.
  const [lastIndex, setLastIndex] = useState(0);
  const index = selected === null ? -1 : ids.indexOf(selected);
  if (index >= 0 && index !== lastIndex) setLastIndex(index);

  useEffect(() => {
    if (index >= 0 || ids.length === 0 || isOld) return;
    onSelect(ids[Math.min(lastIndex, ids.length - 1)]!);
  }, [index, ids, isOld, lastIndex, onSelect]);

  const move = useCallback(
    (by: number) => {
      const next = ids[Math.max(0, Math.min(ids.length - 1, (index < 0 ? 0 : index) + by))];
      if (next !== undefined) onSelect(next);
    },
    [ids, index, onSelect],
  );

  useListKeys({
    move,
    open: index >= 0 ? () => selected && onOpen(selected) : null,
    enabled: enabled && ids.length > 0,
  });
}

/** The keys of every list. Far is a page or an end: `Infinity`. */
export function useListKeys({
  move,
  open,
  pageRows = 8,
  enabled = true,
}: {
  move: (by: number) => void;
  /** `null`: there is nothing to open. */
  open: (() => void) | null;
  pageRows?: number;
  enabled?: boolean;
}): void {
  useKeys(
    [
      { keys: ['j', 'ArrowDown'], label: 'keys.next', run: () => move(1) },
      { keys: ['k', 'ArrowUp'], label: 'keys.previous', run: () => move(-1) },
      { keys: 'PageDown', run: () => move(pageRows) },
      { keys: 'PageUp', run: () => move(-pageRows) },
      { keys: 'Home', run: () => move(-Infinity) },
      { keys: 'End', run: () => move(Infinity) },
      { keys: 'Enter', label: 'keys.open', enabled: open !== null, run: () => open?.() },
    ],
    { enabled },
  );
}

/** Where the focus is in the list, it goes along with the chosen row; a row names itself in `data-row`. */
export function useFollowingFocus(list: RefObject<HTMLElement | null>, selected: string | null): void {
  useEffect(() => {
    const active = document.activeElement;
    if (
      !list.current ||
      !(active instanceof HTMLElement) ||
      !active.dataset.row ||
      !list.current.contains(active)
    )
      return;
    if (active.dataset.row === selected) return;
    const row = selected && list.current.querySelector<HTMLElement>(`[data-row="${CSS.escape(selected)}"]`);
    // A row that is not drawn yet cannot hold it; from nowhere, Enter still opens what is chosen.
    if (row) row.focus({ preventScroll: true });
    else active.blur();
  }, [list, selected]);
}
