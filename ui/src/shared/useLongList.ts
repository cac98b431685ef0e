import { useCallback, useEffect, useMemo, useRef, useState, type RefObject } from 'react';

/** No browser lays out a box of a million rows: WebKit ends at 33,554,428 px. */
const tallest = 8_000_000;
/** What a list is taken for until it is measured. */
const leastView = 640;
const rootPx = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
/** Rows drawn beyond what is in sight. */
const beyond = 8;
/** When scrolling has stood still for so long, the bar goes to where the list stands. */
const restMs = 150;

interface Place {
  /** How far down the list is scrolled, in px of all its rows. */
  top: number;
  /** The same, in px of the box that stands for them. */
  scroll: number;
  view: number;
}

export interface LongList {
  scroller: RefObject<HTMLDivElement | null>;
  /** How tall the box is in which the rows stand. */
  heightPx: number;
  rowPx: number;
  /** The rows to draw: from the first, up to but without the last. */
  from: number;
  to: number;
  rowsInView: number;
  /** Where a row stands in the box. */
  yOf: (index: number) => number;
  /** Brings a row into sight by the shortest way, or to the top. */
  show: (index: number, where?: 'near' | 'top') => void;
}

/**
 * Rows of one height, however many. Where they are too many for a box of their height, the scroll bar stands for the whole
 * list, and a turn of the wheel for as many pixels as it always does.
 */
export function useLongList(count: number, rowRem: number): LongList {
  // Rows grow with the text that stands in them.
  const [remPx] = useState(rootPx);
  const rowPx = rowRem * remPx;
  const scroller = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<Place>({ top: 0, scroll: 0, view: leastView });
  const latest = useRef(place);
  const whole = count * rowPx;
  const heightPx = Math.min(whole, tallest);
  const isScaled = whole > tallest;

  const put = useCallback((next: Place) => {
    latest.current = next;
    setPlace(next);
  }, []);

  /** The list stands there, and the bar where that is of the whole. */
  const stand = useCallback(
    (top: number) => {
      const box = scroller.current;
      if (!box) return;
      const view = box.clientHeight || leastView;
      const most = Math.max(0, whole - view);
      const to = Math.max(0, Math.min(top, most));
      const scroll = isScaled && most > 0 ? Math.round((to / most) * Math.max(0, heightPx - view)) : to;
      put({ top: to, scroll, view });
      if (Math.abs(box.scrollTop - scroll) >= 1) box.scrollTop = scroll;
    },
    [whole, heightPx, isScaled, put],
  );

  useEffect(() => {
    const box = scroller.current;
    if (!box) return;
    let rest: ReturnType<typeof setTimeout> | undefined;
    const follow = () => {
      const { top, scroll, view: before } = latest.current;
      const view = box.clientHeight || leastView;
      const moved = box.scrollTop - scroll;
      if (moved === 0 && view === before) return;
      const most = Math.max(0, whole - view);
      if (!isScaled) {
        put({ top: Math.max(0, Math.min(box.scrollTop, most)), scroll: box.scrollTop, view });
        return;
      }
      clearTimeout(rest);
      const end = Math.max(1, heightPx - view);
      // A turn of the wheel moves by what it says; whoever drags the bar goes through the whole list.
      const to = Math.abs(moved) < 3 * view ? top + moved : (box.scrollTop / end) * most;
      put({ top: Math.max(0, Math.min(to, most)), scroll: box.scrollTop, view });
      // The box has an end where the list may have none yet.
      if (box.scrollTop <= 0 || box.scrollTop >= end) stand(to);
      else rest = setTimeout(() => stand(latest.current.top), restMs);
    };
    const resized = new ResizeObserver(() => {
      stand(latest.current.top);
    });
    resized.observe(box);
    box.addEventListener('scroll', follow, { passive: true });
    // A list that became shorter ends earlier.
    stand(latest.current.top);
    return () => {
      clearTimeout(rest);
      resized.disconnect();
      box.removeEventListener('scroll', follow);
    };
  }, [whole, heightPx, isScaled, put, stand]);

  const show = useCallback(
    (index: number, where: 'near' | 'top' = 'near') => {
      const { top, view } = latest.current;
      const row = index * rowPx;
      if (where === 'top') stand(row);
      else if (row < top) stand(row);
      else if (row + rowPx > top + view) stand(row + rowPx - view);
    },
    [rowPx, stand],
  );

  return useMemo(() => {
    const first = Math.floor(place.top / rowPx);
    const rowsInView = Math.ceil(place.view / rowPx);
    return {
      scroller,
      heightPx,
      rowPx,
      from: Math.max(0, Math.min(first - beyond, count)),
      to: Math.min(count, first + rowsInView + 1 + beyond),
      rowsInView,
      yOf: (index: number) => place.scroll + index * rowPx - place.top,
      show,
    };
  }, [place, heightPx, count, rowPx, show]);
}
