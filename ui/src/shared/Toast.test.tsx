import { act, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { expectAccessible } from '../test/axe';
import { showDone, showError, ToastPlace } from './Toast';

const wait = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));
const button = (name: string) => screen.getByRole('button', { name });

beforeEach(() => void vi.useFakeTimers());
afterEach(async () => {
  await wait(20_000);
  vi.useRealTimers();
});

describe('what is said in passing', () => {
  it('stands once, in the best place there is, and goes on where that place goes', async () => {
    const both = (hasRail: boolean) => (
      <>
        <nav>{hasRail && <ToastPlace at="rail" />}</nav>
        <main>
          <h1>Today</h1>
          <ToastPlace at="main" />
        </main>
      </>
    );
    const { rerender } = render(both(true));
    act(() => showDone('Saved.'));
    expect(within(screen.getByRole('navigation')).getByText('Saved.')).toBeTruthy();
    expect(screen.getAllByText('Saved.')).toHaveLength(1);
    vi.useRealTimers();
    await expectAccessible();
    vi.useFakeTimers();
    rerender(both(false));
    expect(within(screen.getByRole('main')).getByText('Saved.')).toBeTruthy();
  });

  it('gives its place to the next that is done, but an error stays beside it', async () => {
    render(<ToastPlace at="main" />);
    act(() => showError('The disk is full.'));
    act(() => showDone('Snoozed.'));
    act(() => showDone('Undone.'));
    expect(screen.queryByText('Snoozed.')).toBeNull();
    expect(screen.getByText('Undone.')).toBeTruthy();
    expect(screen.getByText('The disk is full.')).toBeTruthy();
    await wait(5_000);
    expect(screen.queryByText('Undone.')).toBeNull();
    expect(screen.getByText('The disk is full.')).toBeTruthy();
    await wait(5_000);
    expect(screen.queryByText('The disk is full.')).toBeNull();
  });

  it('waits for whoever is on it, and gives the keyboard back when it was acted on', async () => {
    const run = vi.fn();
    render(
      <>
        <button>Snooze</button>
        <ToastPlace at="main" />
      </>,
    );
    button('Snooze').focus();
    act(() => showDone('Undone.', { label: 'Do it again', run }));
    act(() => button('Do it again').focus());
    await wait(60_000);
    fireEvent.click(button('Do it again'));
    expect(run).toHaveBeenCalledOnce();
    expect(document.activeElement).toBe(button('Snooze'));
    await wait(1_000);
    expect(screen.queryByText('Undone.')).toBeNull();
  });

  it('lets the keyboard go on, and then goes', async () => {
    render(
      <>
        <ToastPlace at="main" />
        <button>Next</button>
      </>,
    );
    act(() => showDone('Undone.', { label: 'Do it again', run: vi.fn() }));
    act(() => button('Do it again').focus());
    await wait(60_000);
    act(() => button('Next').focus());
    expect(document.activeElement).toBe(button('Next'));
    await wait(7_000);
    expect(screen.queryByText('Undone.')).toBeNull();
  });

  it('can be sent away where it says what went wrong', async () => {
    render(<ToastPlace at="main" />);
    act(() => showError('The disk is full.'));
    fireEvent.click(button('Close'));
    await wait(1_000);
    expect(screen.queryByText('The disk is full.')).toBeNull();
  });
});
