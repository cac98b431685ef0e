import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { BeginCall, NewPerson } from '../ipc/bindings';
import { call, createDesk, person, type Handlers } from '../ipc/mock';
import { expectAccessible } from '../test/axe';
import { renderApp } from '../test/render';

async function ringing(changed: Handlers = {}) {
  const user = userEvent.setup();
  const began: BeginCall[] = [];
  const added: NewPerson[] = [];
  renderApp('#/today', {
    ...createDesk(),
    beginCall: ({ begin }: { begin: BeginCall }) => {
      began.push(begin);
      return { ...call, id: 'call-in', inbound: true, dialled: null };
    },
    createPerson: ({ person: made }: { person: NewPerson }) => {
      added.push(made);
      return 'p-new';
    },
    person: () => person,
    ...changed,
  });
  await screen.findByRole('article', { name: 'Rania Haddad' });
  await user.keyboard('i');
  const dialog = await screen.findByRole('dialog', { name: 'Someone is ringing us' });
  const field = within(dialog).getByRole('textbox', { name: 'Number or name' });
  // A real window puts the focus there itself; this one leaves it on the dialog.
  await user.click(field);
  return { user, began, added, field };
}

describe('someone is ringing us', () => {
  it('shows what they wait for first, and begins the call of whoever is chosen, on that', async () => {
    const { user, began } = await ringing();
    await user.keyboard('0412 555 016');
    const first = await screen.findByText('Waits for: asked how to join');
    expect(first.closest('button')!.textContent).toMatch(/asked how to join.*21 days.*Rania Haddad/);
    await expectAccessible();
    await user.keyboard('{ArrowDown}{Enter}');
    await waitFor(() => expect(began).toHaveLength(1));
    expect(began[0]).toMatchObject({ person: 'p-rania', reach: 'k-1', promise: 'o-rania', inbound: true });
    await waitFor(() => expect(window.location.hash).toBe('#/call/p-rania/o-rania/call-in'));
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('asserts nobody: Enter where the number stands begins nothing', async () => {
    const { user, began, added } = await ringing();
    await user.keyboard('0412 555 016');
    await screen.findByText('Waits for: asked how to join');
    await user.keyboard('{Enter}');
    expect([began, added]).toEqual([[], []]);
  });

  it('makes someone new with the number that they ring from, named later if need be', async () => {
    const { user, began, added } = await ringing({ candidates: () => [] });
    await user.keyboard('07 5550 1000');
    await screen.findByText('Nobody in the book');
    await user.keyboard('{ArrowDown}{Enter}');
    const name = await screen.findByRole('textbox', { name: 'Name' });
    expect(screen.getByText(/Left empty: “Caller ending 000”/)).toBeTruthy();
    await user.click(name);
    await user.keyboard('{Enter}');
    await waitFor(() => expect(began).toHaveLength(1));
    expect(added).toEqual([
      expect.objectContaining({ name: 'Caller ending 000', phone: '07 5550 1000', source: 'phone_call' }),
    ]);
    expect(began[0]).toMatchObject({ person: 'p-new', reach: 'k-1', promise: null, inbound: true });
  });

  it('says that nobody is found once the book has answered, and why where it cannot', async () => {
    let answer = () => {};
    const unasked = answer;
    const { user } = await ringing({
      candidates: ({ typed }: { typed: string }) => {
        if (typed === '0755501') throw { code: 'book_busy', message: 'The book is busy. Try again.' };
        return new Promise((resolve) => (answer = () => resolve([]))) as never;
      },
    });
    await user.keyboard('075');
    await waitFor(() => expect(answer).not.toBe(unasked));
    expect(screen.queryByText('Nobody in the book')).toBeNull();
    answer();
    await screen.findByText('Nobody in the book');
    await user.keyboard('5501');
    expect((await screen.findByRole('alert')).textContent).toBe('The book is busy. Try again.');
    expect(screen.queryByText('Nobody in the book')).toBeNull();
    // Whoever it is can still be taken in.
    await user.keyboard('{ArrowDown}{Enter}');
    await screen.findByRole('textbox', { name: 'Name' });
  });

  it('says why their call cannot begin, and keeps what was typed', async () => {
    const { user, field } = await ringing({
      beginCall: () => {
        throw {
          code: 'conflict',
          message: 'A call with Rania Haddad was begun by Moana Ota and is not filed.',
        };
      },
    });
    await user.keyboard('rania');
    await screen.findByText('Waits for: asked how to join');
    await user.keyboard('{ArrowDown}{Enter}');
    expect((await screen.findByRole('alert')).textContent).toMatch(/begun by Moana Ota/);
    expect(field).toHaveProperty('value', 'rania');
  });
});
