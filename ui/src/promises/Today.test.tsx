import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { events } from '../ipc/bindings';
import { today } from '../ipc/mock';
import { navigate } from '../shared/route';
import { expectAccessible } from '../test/axe';
import { renderApp } from '../test/render';

const only = (...names: string[]) => ({
  ...today,
  groups: today.groups.map((group) => ({ ...group, items: names.includes(group.name) ? group.items : [] })),
});

describe('Today', () => {
  it('names the day there, says who waits, and reads the brief of the first', async () => {
    renderApp('#/today');
    expect(await screen.findByRole('heading', { level: 1, name: 'Monday 23 November' })).toBeTruthy();
    expect(
      await screen.findByText('Seven people are waiting for us. Two have waited too long.'),
    ).toBeTruthy();
    const brief = await screen.findByRole('article', { name: 'Rania Haddad' });
    const clause = within(brief).getByRole('link', { name: 'left a second message this morning at 8:40' });
    expect(clause.getAttribute('href')).toBe('#/person/p-rania/m-2');
    expect(within(brief).getByText('Not Rania Hadid of Northside Physio.')).toBeTruthy();
    expect(within(brief).getByText(/That number ends in 061; the right one ends in 016/)).toBeTruthy();
    await expectAccessible();
  });

  it('goes through the people with J and K, and the brief goes along', async () => {
    const user = userEvent.setup();
    renderApp('#/today');
    await screen.findByRole('article', { name: 'Rania Haddad' });
    await user.keyboard('j');
    expect(await screen.findByRole('article', { name: 'Tom Ashby' })).toBeTruthy();
    expect(window.location.hash).toBe('#/today/o-tom');
    await user.keyboard('k');
    expect(await screen.findByRole('article', { name: 'Rania Haddad' })).toBeTruthy();
    await user.keyboard('k');
    expect(window.location.hash).toBe('#/today/o-rania');
  });

  it('waits for someone who was not on the list yet when it is opened for them', async () => {
    let known = only('today');
    renderApp('#/today', { today: () => known });
    await screen.findByRole('article', { name: 'Ngozi Eze' });
    navigate({ name: 'people' });
    await screen.findByRole('heading', { level: 1, name: /People/ });
    known = today;
    await events.bookChanged.emit({ tables: ['promise'] });
    navigate({ name: 'today', promise: 'o-rania' });
    expect(await screen.findByRole('article', { name: 'Rania Haddad' })).toBeTruthy();
    expect(window.location.hash).toBe('#/today/o-rania');
  });

  it('begins the call with C, for this person and this promise', async () => {
    const user = userEvent.setup();
    renderApp('#/today/o-tom');
    await screen.findByRole('article', { name: 'Tom Ashby' });
    await user.keyboard('c');
    await waitFor(() => expect(window.location.hash).toBe('#/call/p-tom/o-tom'));
  });

  it('says with X that something is done which no call is for', async () => {
    const user = userEvent.setup();
    const keepPromise = vi.fn(() => null);
    renderApp('#/today/o-long', { keepPromise });
    await screen.findByRole('button', { name: /It is done/ });
    await expectAccessible();
    await user.keyboard('x');
    await waitFor(() => expect(keepPromise).toHaveBeenCalledWith({ id: 'o-long' }));
    expect(await screen.findByText('Done: ask her back.')).toBeTruthy();
    await user.keyboard('k');
    expect(screen.queryByRole('button', { name: /It is done/ })).toBeNull();
  });

  it('writes with C what is owed in writing, and rings only whoever asks for it', async () => {
    const user = userEvent.setup();
    renderApp('#/today/o-lukas', {
      today: () => ({ ...today, letters: [{ promise: 'o-lukas', kind: 'email' as const }] }),
    });
    const brief = within(await screen.findByRole('article', { name: 'Lukas Brandt' }));
    expect(brief.getByRole('button', { name: 'Write it' }).getAttribute('aria-keyshortcuts')).toBe('C');
    expect(brief.getByRole('button', { name: 'Begin call' }).hasAttribute('aria-keyshortcuts')).toBe(false);
    await expectAccessible();
    await user.keyboard('?');
    expect(
      within(await screen.findByRole('dialog', { name: 'Keys' })).getByText('Write the e-mail or letter'),
    ).toBeTruthy();
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await user.keyboard('c');
    expect(await screen.findByRole('dialog', { name: 'E-mail to Rania Haddad' })).toBeTruthy();
    expect(window.location.hash).toBe('#/today/o-lukas');
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await user.click(brief.getByRole('button', { name: 'Begin call' }));
    await waitFor(() => expect(window.location.hash).toBe('#/call/p-lukas/o-lukas'));
  });

  it('begins no call to someone who may not be rung now, and says why', async () => {
    const user = userEvent.setup();
    renderApp('#/today/o-mei');
    const brief = await screen.findByRole('article', { name: 'Mei Tanaka' });
    expect(within(brief).getByText(/It is 7:12 in Perth/)).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Begin call' }).disabled).toBe(true);
    await user.keyboard('c');
    expect(window.location.hash).toBe('#/today/o-mei');
  });

  it('hands over with H to the one who was chosen', async () => {
    const user = userEvent.setup();
    const handOver = vi.fn(() => null);
    renderApp('#/today', { handOver });
    await screen.findByRole('article', { name: 'Rania Haddad' });
    await user.keyboard('h');
    const dialog = await screen.findByRole('dialog', { name: 'Hand over' });
    expect(within(dialog).queryByRole('option', { name: 'Helen Barrow' })).toBeNull();
    await user.click(within(dialog).getByRole('option', { name: 'Joan Whitlam' }));
    await expectAccessible();
    await user.click(within(dialog).getByRole('button', { name: 'Hand over to Joan Whitlam' }));
    await waitFor(() => expect(handOver).toHaveBeenCalledWith({ id: 'o-rania', to: 'v-joan' }));
  });

  it('snoozes to a time there', async () => {
    const user = userEvent.setup();
    const snoozePromise = vi.fn(() => null);
    renderApp('#/today', { snoozePromise });
    await screen.findByRole('article', { name: 'Rania Haddad' });
    await user.keyboard('s');
    await user.click(await screen.findByRole('menuitem', { name: /Tomorrow morning/ }));
    await waitFor(() =>
      expect(snoozePromise).toHaveBeenCalledWith({
        id: 'o-rania',
        untilMs: Date.parse('2026-11-24T09:00:00+10:00'),
      }),
    );
  });

  it('never says that nobody waits while someone merely may not be rung', async () => {
    renderApp('#/today', { today: () => only('not_now') });
    expect(
      await screen.findByText('One person is waiting for us. Nobody may be rung at this hour.'),
    ).toBeTruthy();
    expect(screen.queryByText('Nobody is waiting')).toBeNull();
  });

  it('says so when nobody waits, and what to do when someone rings', async () => {
    renderApp('#/today', { today: () => only() });
    expect(await screen.findByText('Nobody is waiting')).toBeTruthy();
    await expectAccessible();
  });

  it('counts those who are only coming up as not waiting', async () => {
    renderApp('#/today', { today: () => only('coming') });
    expect(await screen.findByText('Nobody is due today. One person is coming up.')).toBeTruthy();
  });

  it('shows what went wrong in the words of the core, and asks again', async () => {
    const user = userEvent.setup();
    let fails = true;
    renderApp('#/today', {
      today: () => {
        if (fails) throw { code: 'book_damaged', message: 'The book’s file is not whole.' };
        return today;
      },
    });
    expect((await screen.findByRole('alert')).textContent).toContain('The book’s file is not whole.');
    await expectAccessible();
    fails = false;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('article', { name: 'Rania Haddad' })).toBeTruthy();
  });

  it('shows only mine, and says so', async () => {
    const user = userEvent.setup();
    renderApp('#/today');
    await screen.findByRole('button', { name: /Tom Ashby/ });
    await user.click(screen.getByRole('button', { name: 'Only mine' }));
    await waitFor(() => expect(screen.queryByRole('button', { name: /Tom Ashby/ })).toBeNull());
    expect(screen.getByRole('button', { name: 'Only mine', pressed: true })).toBeTruthy();
  });
});
