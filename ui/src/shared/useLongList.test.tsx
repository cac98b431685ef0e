import { act, fireEvent, render, screen } from '@testing-library/react';
import { useLayoutEffect } from 'react';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useLongList, type LongList } from './useLongList';

const rowPx = 64;
const view = 640;
let list: LongList;

beforeAll(() => {
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { value: view, configurable: true });
});
afterAll(() => {
  Reflect.deleteProperty(HTMLElement.prototype, 'clientHeight');
});

const tell = (drawn: LongList) => {
  list = drawn;
};

function Rows({ count }: { count: number }) {
  const drawn = useLongList(count, rowPx / 16);
  const { scroller } = drawn;
  useLayoutEffect(() => tell(drawn), [drawn]);
  return <div data-testid="box" ref={scroller} />;
}

/** As a browser does it: no further than the box. */
function scrollTo(to: number) {
  const box = screen.getByTestId('box');
  const end = list.heightPx - view;
  act(() => {
    box.scrollTop = Math.max(0, Math.min(end, to));
    fireEvent.scroll(box);
  });
  return box;
}
/** The first row that is in sight, and how far it is above the upper edge. */
const firstInSight = () => {
  const box = screen.getByTestId('box');
  for (let index = list.from; index < list.to; index++) {
    const y = list.yOf(index) - box.scrollTop;
    if (y > -rowPx) return { index, y };
  }
  return null;
};
const lastInSight = () => {
  const box = screen.getByTestId('box');
  for (let index = list.to - 1; index >= list.from; index--)
    if (list.yOf(index) - box.scrollTop < view) return index;
  return null;
};

describe('a list of a million rows', () => {
  it('has a box that a browser can lay out, and goes to its last row', () => {
    render(<Rows count={1_000_000} />);
    expect(list.heightPx).toBeLessThan(33_000_000);
    act(() => list.show(999_999));
    expect(lastInSight()).toBe(999_999);
    const box = screen.getByTestId('box');
    expect(list.yOf(999_999) + rowPx).toBeLessThanOrEqual(list.heightPx);
    expect(box.scrollTop).toBe(list.heightPx - view);
  });

  it('shows every row that is asked for, wherever it stands', () => {
    render(<Rows count={1_000_000} />);
    for (const index of [0, 1, 9, 10, 4711, 500_000, 500_001, 500_011, 499_000, 999_999, 3]) {
      act(() => list.show(index));
      const first = firstInSight()!;
      const at = list.yOf(index) - screen.getByTestId('box').scrollTop;
      expect(at).toBeGreaterThanOrEqual(-0.5);
      expect(at + rowPx).toBeLessThanOrEqual(view + 0.5);
      expect(first.index).toBeLessThanOrEqual(index);
      act(() => list.show(index, 'top'));
      if (index <= 999_990) expect(firstInSight()!.index).toBe(index);
    }
  });

  it('moves by as much as the wheel says, and by the bar through the whole', () => {
    render(<Rows count={1_000_000} />);
    act(() => list.show(250_000, 'top'));
    const box = screen.getByTestId('box');
    scrollTo(box.scrollTop + 3 * rowPx);
    expect(firstInSight()).toMatchObject({ index: 250_003 });
    scrollTo(box.scrollTop - 5 * rowPx);
    expect(firstInSight()).toMatchObject({ index: 249_998 });
    scrollTo((list.heightPx - view) / 2);
    expect(Math.abs(firstInSight()!.index - 500_000)).toBeLessThan(20);
    scrollTo(0);
    expect(firstInSight()).toMatchObject({ index: 0 });
    scrollTo(list.heightPx);
    expect(lastInSight()).toBe(999_999);
  });

  it('leaves out no row, however long one turns the wheel', () => {
    render(<Rows count={1_000_000} />);
    act(() => list.show(999_980, 'top'));
    const box = screen.getByTestId('box');
    let before = firstInSight()!.index;
    for (let turn = 0; turn < 60; turn++) {
      scrollTo(box.scrollTop - 2 * rowPx);
      const { index } = firstInSight()!;
      expect(before - index).toBeGreaterThanOrEqual(1);
      expect(before - index).toBeLessThanOrEqual(3);
      before = index;
    }
  });
});

describe('a short list', () => {
  it('stands where the bar stands', () => {
    render(<Rows count={100} />);
    expect(list.heightPx).toBe(100 * rowPx);
    scrollTo(640);
    expect(firstInSight()).toMatchObject({ index: 10, y: 0 });
    act(() => list.show(99));
    expect(lastInSight()).toBe(99);
  });
});
