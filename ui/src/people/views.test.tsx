import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { PeoplePage, PeopleQuery } from '../ipc/bindings';
import { personRow, type Handlers } from '../ipc/mock';
import { expectAccessible } from '../test/axe';
import { renderApp } from '../test/render';
import { setPeopleView, wholeView } from './view';

beforeEach(() => setPeopleView(wholeView));

/** The list, and what it was last asked for. */
function list(changed: Handlers = {}) {
  const people = vi.fn<(asked: { query: PeopleQuery }) => PeoplePage>(() => ({
    rows: [personRow(1)],
    more: false,
    near: false,
  }));
  renderApp('#/people', { firstPeople: people, ...changed });
  return () => people.mock.lastCall?.[0].query;
}

describe('what restricts the list', () => {
  it('is chosen from what people have, shown with how many, and taken off again', async () => {
    const user = userEvent.setup();
    const asked = list();
    await user.click(await screen.findByRole('button', { name: 'Tag' }));
    await user.click(await screen.findByRole('option', { name: 'mentor 214' }));
    await waitFor(() => expect(asked()).toMatchObject({ tag: 'mentor' }));
    await user.click(await screen.findByRole('button', { name: 'More filters' }));
    await user.click(screen.getByRole('button', { name: 'No touch' }));
    await user.click(await screen.findByRole('option', { name: 'for half a year' }));
    await user.click(screen.getByRole('button', { name: 'Has said' }));
    await user.click(await screen.findByRole('option', { name: 'yes to e-mail' }));
    await waitFor(() =>
      expect(asked()).toMatchObject({ tag: 'mentor', quiet_days: 180, said: 'may_email', place: '' }),
    );
    // What restricts is always in sight.
    expect(screen.queryByRole('button', { name: 'More filters' })).toBeNull();
    await expectAccessible();
    await user.click(screen.getByRole('button', { name: 'Clear Tag' }));
    await waitFor(() => expect(asked()).toMatchObject({ tag: '', quiet_days: 180 }));
  });

  it('has no list wait for its order', async () => {
    list({
      firstPeople: () => ({ rows: [personRow(1)], more: true, near: false }),
      orderPeople: (() => new Promise(() => {})) as never,
    });
    expect(await screen.findByText(personRow(1).name)).toBeTruthy();
    expect(screen.queryByText(/people/)).toBeNull();
  });
});

describe('a view', () => {
  it('is one press away by its name, and shows all that it was saved with', async () => {
    const user = userEvent.setup();
    const asked = list();
    await user.click(await screen.findByRole('button', { name: 'Views' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Lapsed, for a year' }));
    await waitFor(() => expect(asked()).toMatchObject({ standings: ['lapsed'], quiet_days: 365 }));
    await user.click(screen.getByRole('button', { name: 'Lapsed, for a year' }));
    const save = await screen.findByRole('menuitem', { name: 'Save this view…' });
    expect(save.getAttribute('aria-disabled')).toBe('true');
    await user.click(screen.getByRole('menuitem', { name: 'Everyone' }));
    expect(await screen.findByRole('button', { name: 'Views' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Clear Standing' })).toBeNull();
  });

  it('is saved under a name, and the reason is said where it cannot be', async () => {
    const user = userEvent.setup();
    let isFull = true;
    const saveView = vi.fn<(view: { name: string; query: PeopleQuery }) => string>(() => {
      if (isFull) throw { code: 'refused', message: 'There are 100 views already.' };
      return 'view-2';
    });
    list({ saveView });
    setPeopleView({ tag: 'mentor', words: ' perth ' });
    await user.click(await screen.findByRole('button', { name: 'Views' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Save this view…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Save this view' });
    await expectAccessible();
    await user.type(within(dialog).getByRole('textbox', { name: 'Name' }), 'Mentors in Perth{Enter}');
    expect(await within(dialog).findByText('There are 100 views already.')).toBeTruthy();
    isFull = false;
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('Saved as “Mentors in Perth”.')).toBeTruthy();
    expect(saveView.mock.lastCall?.[0]).toMatchObject({
      name: 'Mentors in Perth',
      query: { tag: 'mentor', words: 'perth' },
    });
  });

  it('goes away on request', async () => {
    const user = userEvent.setup();
    const removeView = vi.fn(() => null);
    list({ removeView });
    setPeopleView({ standings: ['lapsed'], quiet_days: 365 });
    await user.click(await screen.findByRole('button', { name: 'Lapsed, for a year' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Remove “Lapsed, for a year”' }));
    expect(await screen.findByText('“Lapsed, for a year” is removed.')).toBeTruthy();
    expect(removeView).toHaveBeenCalledExactlyOnceWith({ id: 'view-1' });
  });
});

describe('a slip of the finger', () => {
  it('is said, with whom it comes close to', async () => {
    list({ firstPeople: () => ({ rows: [personRow(12)], more: false, near: true }) });
    setPeopleView({ words: 'lukaas' });
    expect(await screen.findByText('Nobody is called so. 1 person comes close.')).toBeTruthy();
    expect(screen.getByText(personRow(12).name)).toBeTruthy();
  });

  it('is said of many before they are counted', async () => {
    list({
      firstPeople: () => ({ rows: [personRow(12)], more: true, near: true }),
      orderPeople: (() => new Promise(() => {})) as never,
    });
    setPeopleView({ words: 'lukaas' });
    expect(await screen.findByText('Nobody is called so. These come close.')).toBeTruthy();
  });
});
