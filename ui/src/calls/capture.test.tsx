import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { NewMessage } from '../ipc/bindings';
import { answers, type Handlers } from '../ipc/mock';
import { expectAccessible } from '../test/axe';
import { renderApp } from '../test/render';
import { askedFor, mergeCandidates } from './Capture';

async function open(changed: Handlers = {}) {
  const user = userEvent.setup();
  const saved: NewMessage[] = [];
  renderApp('#/today', {
    capture: ({ message }: { message: NewMessage }) => {
      saved.push(message);
      return (answers.capture as () => never)();
    },
    ...changed,
  });
  await screen.findByRole('article', { name: 'Rania Haddad' });
  await user.keyboard('v');
  await screen.findByRole('dialog', { name: 'Someone left a message' });
  const number = screen.getByRole('textbox', { name: 'Number' });
  // A real window puts the focus there itself; this one leaves it on the dialog.
  await user.click(number);
  return { user, saved };
}

describe('someone left a message', () => {
  it('is written down by keyboard alone, for who was chosen, and joins what they wait for', async () => {
    const { user, saved } = await open();
    await user.keyboard('0412 555 016');
    expect(await screen.findByText('Waits for: asked how to join')).toBeTruthy();
    await expectAccessible();
    await user.keyboard('{ArrowDown}{Enter}');
    const words = await screen.findByRole('textbox', { name: 'What they said' });
    await waitFor(() => expect(document.activeElement).toBe(words));
    expect(screen.getByText(/Joins what they wait for/)).toBeTruthy();
    await user.keyboard('Asks again{Enter}');
    expect(await screen.findByText(/3rd message of Rania Haddad, who has waited 21 days/)).toBeTruthy();
    expect(saved).toEqual([
      expect.objectContaining({
        from: { known: 'p-rania' },
        number: '0412 555 016',
        words: 'Asks again',
        source: 'voicemail',
        received_ms: null,
      }),
    ]);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('never asserts who it was: Enter from the number makes someone new', async () => {
    const { user, saved } = await open();
    await user.keyboard('0412 555 016');
    await screen.findByText('Waits for: asked how to join');
    await user.keyboard('{Enter}');
    await waitFor(() => expect(saved).toHaveLength(1));
    expect(saved[0]!.from).toMatchObject({ new: { name: 'Caller ending 016', phone: '0412 555 016' } });
  });

  it('saves once where Enter is pressed twice', async () => {
    let done: (value: never) => void = () => {};
    let count = 0;
    const { user } = await open({
      capture: () => {
        count += 1;
        return new Promise<never>((resolve) => (done = resolve)) as never;
      },
    });
    await user.keyboard('0412 555 016{Tab}Zoë{Enter}{Enter}');
    await waitFor(() => expect(count).toBe(1));
    done((answers.capture as () => never)());
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(count).toBe(1);
  });

  it('keeps every word where it cannot be saved, and after Escape', async () => {
    const { user } = await open({
      capture: () => {
        throw { code: 'disk_full', message: 'The disk is full.' };
      },
    });
    await user.keyboard('0412{Tab}Zoë');
    await user.type(screen.getByRole('textbox', { name: 'What they said' }), 'About the fees{Enter}');
    expect((await screen.findByRole('alert')).textContent).toBe('The disk is full.');
    const words = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'What they said' });
    expect(words().value).toBe('About the fees');
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await user.keyboard('v');
    await screen.findByRole('dialog');
    expect(words().value).toBe('About the fees');
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Name' }).value).toBe('Zoë');
    await user.clear(words());
    await user.clear(screen.getByRole('textbox', { name: 'Name' }));
    await user.clear(screen.getByRole('textbox', { name: 'Number' }));
  });

  it('asks whose message it is before it takes one of nobody', async () => {
    const { user, saved } = await open();
    await user.type(screen.getByRole('textbox', { name: 'What they said' }), 'Hello{Enter}');
    expect((await screen.findByRole('alert')).textContent).toMatch(/Whose message/);
    expect(saved).toEqual([]);
    await user.clear(screen.getByRole('textbox', { name: 'What they said' }));
  });
});

describe('what is asked of the book', () => {
  it.each([
    ['01', ''],
    ['041', '041'],
    ['R', ''],
    ['Ra', 'Ra'],
    ['  ', ''],
    ['+61 4', '+61 4'],
  ])('%j asks %j', (typed, asked) => {
    expect(askedFor(typed, { digits: 3, letters: 2 })).toBe(asked);
  });

  it('names nobody twice, and the owner of the very number first', () => {
    const of = (id: string, number_matches: boolean) => ({
      person: { id, name: id, organisation: null, standing: 'member' as const },
      number_matches,
      phone_endings: [],
      waits_for: null,
      waiting_since_ms: null,
      promise: null,
      reach: null,
    });
    const merged = mergeCandidates(
      [of('near', false), of('owner', true)],
      [of('named', false), of('near', false)],
    );
    expect(merged.map((each) => each.person.id)).toEqual(['owner', 'named', 'near']);
  });
});
