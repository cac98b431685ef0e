import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { expectAccessible } from '../test/axe';
import { renderApp } from '../test/render';

describe('the calendar of one’s own promises', () => {
  it('is kept in a file without names, unless they are wished for', async () => {
    const user = userEvent.setup();
    const keepCalendar = vi.fn(() => null);
    renderApp('#/settings/calendar', { keepCalendar, chooseExportFile: () => '/home/h/mine.ics' });
    const names = await screen.findByRole('checkbox', { name: 'With people’s names' });
    expect((names as HTMLInputElement).checked).toBe(false);
    await expectAccessible();
    await user.click(screen.getByRole('button', { name: 'Keep a file up to date' }));
    await waitFor(() =>
      expect(keepCalendar).toHaveBeenCalledWith({ path: '/home/h/mine.ics', names: false }),
    );
    await user.click(names);
    await user.click(screen.getByRole('button', { name: 'Keep a file up to date' }));
    await waitFor(() => expect(keepCalendar).toHaveBeenCalledWith({ path: '/home/h/mine.ics', names: true }));
  });

  it('says once that it cannot be kept, and why; and can be taken away', async () => {
    const user = userEvent.setup();
    const keepCalendar = vi.fn(() => null);
    const fault =
      'The calendar of promises is not up to date. The folder /gone is not there. Choose another one.';
    renderApp('#/settings/calendar', {
      keepCalendar,
      myCalendar: () => ({ file: { volunteer: 'v-helen', path: '/gone/mine.ics', names: true }, fault }),
    });
    expect(await screen.findByText('/gone/mine.ics')).toBeTruthy();
    expect(screen.getAllByText(fault).length).toBeGreaterThan(0);
    await user.click(screen.getByRole('button', { name: 'Take the file away' }));
    await waitFor(() => expect(keepCalendar).toHaveBeenCalledWith({ path: null, names: false }));
    expect(
      await screen.findByText('The file is gone. Your calendar shows nothing of it any more.'),
    ).toBeTruthy();
  });
});
