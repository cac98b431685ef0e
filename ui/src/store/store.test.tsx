import { screen, waitFor } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import type { NewBook } from '../ipc/bindings';
import { answers, scenarios, type Handlers } from '../ipc/mock';
import { expectAccessible } from '../test/axe';
import { renderApp } from '../test/render';
import { setPendingKey } from './pendingKey';

afterEach(() => setPendingKey(null));

const open = (scenario: string, changed: Handlers = {}): UserEvent => {
  renderApp('#/today', { ...scenarios[scenario], ...changed });
  return userEvent.setup();
};

/** Through the four steps, by keyboard. */
async function fill(user: UserEvent) {
  await user.type(await screen.findByRole('textbox', { name: 'Name of the association' }), 'Northside');
  await expectAccessible();
  await user.click(screen.getByRole('combobox', { name: 'Country' }));
  await user.clear(screen.getByRole('combobox', { name: 'Country' }));
  await user.type(screen.getByRole('combobox', { name: 'Country' }), 'Austral{ArrowDown}{Enter}');
  await user.click(screen.getByRole('button', { name: /Go on/ }));
  expect(await screen.findByRole('heading', { name: 'When is somebody there?' })).toBeTruthy();
  await expectAccessible();
  await user.click(screen.getByRole('button', { name: /Go on/ }));
  await user.type(await screen.findByRole('textbox', { name: 'Your name' }), 'Helen Barrow');
  await expectAccessible();
  await user.keyboard('{Enter}');
  expect(await screen.findByRole('heading', { name: 'What shall we begin with?' })).toBeTruthy();
  await expectAccessible();
}

describe('first run', () => {
  it('makes the book, and shows its key until someone has it on paper', async () => {
    const made: NewBook[] = [];
    const user = open('first', {
      bookStatus: (args: never) =>
        (made.length > 0 ? answers.bookStatus! : scenarios.first!.bookStatus!)(args),
      createBook: ({ book }: { book: NewBook }) => {
        made.push(book);
        return { recovery_key: 'AAAA-BBBB-CCCC', in_keyring: true };
      },
    });
    await fill(user);
    await user.click(screen.getByRole('radio', { name: /A sample association/ }));
    await user.click(screen.getByRole('button', { name: /Make the book/ }));
    expect(await screen.findByRole('heading', { name: 'Print this key, and keep it safe' })).toBeTruthy();
    await expectAccessible();
    expect(made).toEqual([
      {
        association: expect.objectContaining({
          name: 'Northside',
          country: 'AU',
          director: 'Helen Barrow',
          pin: null,
          openings: expect.arrayContaining([{ weekday: 0, opens_minute: 540, closes_minute: 1020 }]),
        }),
        passphrase: null,
        sample: true,
      },
    ]);
    const on = screen.getByRole<HTMLButtonElement>('button', { name: 'Go on to the book' });
    expect(on.disabled).toBe(true);
    await user.click(screen.getByRole('checkbox', { name: /I have printed it/ }));
    await user.click(on);
    expect(await screen.findByRole('article', { name: 'Rania Haddad' })).toBeTruthy();
    expect(screen.queryByText('BBBB')).toBeNull();
  }, 30_000);

  it('asks for a passphrase where no keyring answers, and takes it only twice the same', async () => {
    const made: NewBook[] = [];
    const user = open('first', {
      createBook: ({ book }: { book: NewBook }) => {
        made.push(book);
        if (!book.passphrase) throw { code: 'key_needed', message: 'No keyring answers.' };
        return { recovery_key: 'AAAA-BBBB', in_keyring: false };
      },
    });
    await fill(user);
    await user.click(screen.getByRole('button', { name: /Make the book/ }));
    const passphrase = await screen.findByLabelText('Passphrase');
    await expectAccessible();
    await user.type(passphrase, 'correct horse battery');
    await user.type(screen.getByLabelText('Once more'), 'correct horse{Enter}');
    expect((await screen.findByRole('alert')).textContent).toMatch(/not the same/);
    expect(made).toHaveLength(1);
    await user.type(screen.getByLabelText('Once more'), ' battery{Enter}');
    await waitFor(() => expect(made).toHaveLength(2));
    expect(made[1]!.passphrase).toBe('correct horse battery');
  }, 30_000);

  it('offers a passphrase where the keyring is locked', async () => {
    const user = open('first', {
      createBook: () => {
        throw {
          code: 'keyring_locked',
          message: 'The keyring is locked. Unlock it, or choose a passphrase.',
        };
      },
    });
    await fill(user);
    await user.click(screen.getByRole('button', { name: /Make the book/ }));
    expect((await screen.findByRole('alert')).textContent).toMatch(/keyring is locked/);
    await user.click(screen.getByRole('button', { name: 'Choose a passphrase' }));
    expect(await screen.findByLabelText('Passphrase')).toBeTruthy();
  }, 30_000);

  it('goes nowhere without a name, and says what is missing', async () => {
    const user = open('first');
    await screen.findByRole('textbox', { name: 'Name of the association' });
    await user.click(screen.getByRole('button', { name: /Go on/ }));
    expect((await screen.findByRole('alert')).textContent).toBe('The association needs a name.');
  });
});

describe('a book that does not open', () => {
  it.each([
    ['keyring', 'The keyring is locked'],
    ['busy', 'The book is open elsewhere'],
    ['newer', 'This book is newer than this Wellmet'],
    ['damaged', 'The book’s file is damaged'],
    ['readOnly', 'The book may not be written'],
    ['locked', 'The book is locked'],
  ])('says what happened and the way out: %s', async (scenario, title) => {
    open(scenario);
    expect(await screen.findByRole('heading', { name: title })).toBeTruthy();
    expect(screen.getAllByRole('button').length).toBeGreaterThan(0);
    await expectAccessible();
  });

  it('opens with the passphrase or with the printed key, and keeps what was typed of either', async () => {
    const tried: unknown[] = [];
    const user = open('locked', {
      unlockBook: (args: never) => {
        const { typed } = args as { typed: { recovery_key?: string } };
        tried.push(typed);
        if (!typed.recovery_key)
          throw { code: 'wrong_key', message: 'That passphrase does not open this book.' };
        return answers.bookStatus!(undefined as never);
      },
    });
    await user.type(await screen.findByLabelText('Passphrase'), 'not this one{Enter}');
    expect(await screen.findByText('That passphrase does not open this book.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Use the recovery key' }));
    await user.type(await screen.findByRole('textbox', { name: 'Recovery key' }), 'aaaa-bbbb{Enter}');
    expect(await screen.findByRole('article', { name: 'Rania Haddad' })).toBeTruthy();
    expect(tried).toEqual([{ passphrase: 'not this one' }, { recovery_key: 'aaaa-bbbb' }]);
  });

  it('restores the last backup, asking for a key only where one is needed', async () => {
    const tried: unknown[] = [];
    const user = open('damaged', {
      restoreLastBackup: ({ typed }: { typed: unknown }) => {
        tried.push(typed);
        if (!typed) throw { code: 'key_needed', message: 'The key is in no keyring that answers.' };
        return '/backups/friday';
      },
    });
    await user.click(await screen.findByRole('button', { name: 'Restore the last backup' }));
    await user.type(await screen.findByLabelText('Passphrase'), 'four words of ours{Enter}');
    await waitFor(() => expect(tried).toEqual([null, { passphrase: 'four words of ours' }]));
  });
});
