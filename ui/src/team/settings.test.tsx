import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import type { Opening } from '../ipc/bindings';
import { scenarios, standards, volunteers, type Handlers } from '../ipc/mock';
import { expectAccessible } from '../test/axe';
import { renderApp } from '../test/render';

const open = (section: string, changed: Handlers = {}) => {
  renderApp(`#/settings/${section}`, changed);
  return userEvent.setup();
};

describe('settings', () => {
  it.each([
    ['association', 'Name and place'],
    ['hours', 'Opening hours'],
    ['closures', 'Closed days'],
    ['people', 'Volunteers'],
    ['availability', 'Who can when'],
    ['fields', 'Fields'],
    ['tags', 'Tags'],
    ['targets', 'Answering'],
    ['retry', 'Trying again'],
    ['ringing', 'Ringing and quiet hours'],
    ['computer', 'Start and look'],
    ['safety', 'Safety'],
    ['edits', 'What was done'],
  ])('can be reached by everyone: %s', async (section, title) => {
    open(section);
    expect(await screen.findByRole('heading', { level: 2, name: title })).toBeTruthy();
    await waitFor(() => expect(screen.queryByRole('status', { name: 'Loading' })).toBeNull());
    await expectAccessible();
  });

  it('saves a day that opens twice', async () => {
    const saved: Opening[][] = [];
    const user = open('hours', {
      saveOpenings: ({ openings }: { openings: Opening[] }) => {
        saved.push(openings);
        return null;
      },
    });
    const save = await screen.findByRole<HTMLButtonElement>('button', { name: 'Save' });
    expect(save.disabled).toBe(true);
    const closes = screen.getByRole('textbox', { name: 'Monday, time 1: closes' });
    await user.clear(closes);
    await user.type(closes, '12');
    await user.click(screen.getByRole('button', { name: 'Monday: open once more' }));
    await user.click(save);
    await waitFor(() => expect(saved).toHaveLength(1));
    expect(saved[0]!.filter((opening) => opening.weekday === 0)).toEqual([
      { weekday: 0, opens_minute: 540, closes_minute: 720 },
      { weekday: 0, opens_minute: 780, closes_minute: 960 },
    ]);
  });

  it('does not save times that overlap, and says so at the day', async () => {
    const user = open('hours');
    const opens = await screen.findByRole('textbox', { name: 'Wednesday, time 2: opens' });
    await user.clear(opens);
    await user.type(opens, '11');
    await user.tab();
    expect((await screen.findByRole('alert')).textContent).toBe('The two times overlap.');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Save' }).disabled).toBe(true);
  });

  it('keeps what was typed where saving is refused, and says why', async () => {
    const user = open('association', {
      saveAssociation: () => {
        throw { code: 'refused', message: 'Only a director changes this.' };
      },
    });
    const name = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Name of the association' });
    await user.clear(name);
    await user.type(name, 'Southside{Enter}');
    expect((await screen.findByRole('alert')).textContent).toBe('Only a director changes this.');
    expect(name.value).toBe('Southside');
  });

  it('lets a volunteer read the standards, and tells that only a director changes them', async () => {
    open('hours', scenarios.volunteer);
    expect(await screen.findByText(/Only a director changes this/)).toBeTruthy();
    expect(
      screen.getAllByRole<HTMLInputElement>('textbox').every((field) => field.matches('fieldset:disabled *')),
    ).toBe(true);
    expect(screen.queryByRole('button', { name: 'Save' })).toBeNull();
  });

  it('shows the closed days ahead by year, and what is past to whoever asks', async () => {
    const day = (id: string, name: string, from_day: string, to_day = from_day) => ({
      id,
      name,
      from_day,
      to_day,
    });
    const user = open('closures', {
      standards: () => ({
        ...standards,
        closures: [
          day('c-0', 'Easter', '2026-04-03', '2026-04-06'),
          day('c-1', 'Christmas break', '2026-12-24', '2027-01-02'),
          day('c-2', 'Australia Day', '2027-01-26'),
        ],
      }),
    });
    const ahead = await screen.findByRole('region', { name: '2026' });
    expect(within(ahead).getByText('Christmas break')).toBeTruthy();
    expect(within(screen.getByRole('region', { name: '2027' })).getByText('Tuesday 26 January')).toBeTruthy();
    expect(screen.queryByText('Easter')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Show 1 that is past' }));
    expect(screen.getByText('Easter')).toBeTruthy();
    await expectAccessible();
  });

  it('opens a closed day again, offers to take that back, and goes on to the next', async () => {
    const removed: string[] = [];
    const undoLast = vi.fn(() => null);
    let left = standards.closures;
    const user = open('closures', {
      undoLast,
      standards: () => ({ ...standards, closures: left }),
      removeClosure: ({ id }: { id: string }) => {
        removed.push(id);
        left = left.filter((each) => each.id !== id);
        return null;
      },
    });
    await user.click(await screen.findByRole('button', { name: 'Open again: Christmas break' }));
    await waitFor(() =>
      expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Open again: Australia Day' })),
    );
    expect(removed).toEqual(['c-1']);
    await user.click(await screen.findByRole('button', { name: 'Undo' }));
    expect(undoLast).toHaveBeenCalledOnce();
  });

  it('counts the tries without a gap when one is taken away', async () => {
    const saved: { result: string; attempt: number }[][] = [];
    const user = open('retry', {
      saveRetryRules: ({ rules }: { rules: { result: string; attempt: number }[] }) => {
        saved.push(rules);
        return null;
      },
    });
    await user.click(await screen.findByRole('button', { name: 'No answer: take away try 1' }));
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(saved).toHaveLength(1));
    expect(saved[0]!.filter((rule) => rule.result === 'no_answer').map((rule) => rule.attempt)).toEqual([
      1, 2,
    ]);
  });

  it('offers a try after every result that is tried again, and shows why a rule is refused', async () => {
    const why = 'The rule for no answer, attempt 3, comes before the one before it.';
    const user = open('retry', {
      standards: () => ({ ...standards, retry_rules: [] }),
      saveRetryRules: () => {
        throw { code: 'invalid', message: why };
      },
    });
    await screen.findByRole('heading', { name: 'No answer' });
    const adds = screen.getAllByRole('button', { name: 'Add a try' });
    expect(adds).toHaveLength(4);
    await user.click(adds[3]!);
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect((await screen.findByRole('alert')).textContent).toBe(why);
    expect(screen.getByText('1st time: again after')).toBeTruthy();
  });

  it('adds a volunteer with a PIN, and none that is too short', async () => {
    const added: unknown[] = [];
    const user = open('people', {
      addVolunteer: ({ volunteer }: { volunteer: unknown }) => {
        added.push(volunteer);
        return 'v-new';
      },
    });
    await user.click(await screen.findByRole('button', { name: 'Add a volunteer' }));
    const dialog = await screen.findByRole('dialog');
    await user.type(within(dialog).getByRole('textbox', { name: 'Name' }), 'Zoë');
    const pin = within(dialog).getByLabelText('PIN, if you want one');
    await user.type(pin, '12');
    expect(within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Add' }).disabled).toBe(true);
    await expectAccessible();
    await user.type(pin, '34');
    await user.click(within(dialog).getByRole('button', { name: 'Add' }));
    await waitFor(() => expect(added).toEqual([{ name: 'Zoë', role: 'volunteer', pin: '1234' }]));
  });

  it('shows a new recovery key until someone says that it is printed', async () => {
    const user = open('safety');
    await user.click(await screen.findByRole('button', { name: 'New recovery key' }));
    await user.click(await screen.findByRole('button', { name: 'Make a new one' }));
    const dialog = await screen.findByRole('dialog', { name: 'Print this key, and keep it safe' });
    await user.keyboard('{Escape}');
    expect(screen.getByRole('dialog', { name: 'Print this key, and keep it safe' })).toBeTruthy();
    const done = within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Go on to the book' });
    expect(done.disabled).toBe(true);
    await user.click(within(dialog).getByRole('checkbox'));
    await user.click(done);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });
});

describe('signing in', () => {
  const status = scenarios.signIn!.bookStatus!;

  it('takes a name without a PIN at once, and asks the others for theirs', async () => {
    const tried: unknown[] = [];
    let signedIn: (typeof volunteers)[number] | null = null;
    renderApp('#/today', {
      bookStatus: () => ({ ...status(undefined as never), signed_in: signedIn }),
      signIn: ({ id, pin }: { id: string; pin: string | null }) => {
        tried.push({ id, pin });
        if (id === 'v-mo' && pin !== '2468') {
          throw { code: 'refused', message: 'That is not the PIN of this volunteer.' };
        }
        signedIn = volunteers.find((each) => each.id === id)!;
        return signedIn;
      },
    });
    const user = userEvent.setup();
    expect(await screen.findByRole('heading', { name: 'Who is there?' })).toBeTruthy();
    await expectAccessible();
    await user.keyboard('2');
    const pin = await screen.findByLabelText<HTMLInputElement>('PIN');
    await user.type(pin, '1111{Enter}');
    expect(await screen.findByText('That is not the PIN of this volunteer.')).toBeTruthy();
    expect(pin.value).toBe('');
    await user.type(pin, '2468{Enter}');
    expect(await screen.findByRole('button', { name: /Signed in: Moana Ota/ })).toBeTruthy();
    expect(tried).toEqual([
      { id: 'v-mo', pin: '1111' },
      { id: 'v-mo', pin: '2468' },
    ]);
  });

  it('goes back to the names on Escape', async () => {
    renderApp('#/today', scenarios.signIn);
    const user = userEvent.setup();
    await screen.findByRole('heading', { name: 'Who is there?' });
    await user.keyboard('2');
    await screen.findByLabelText('PIN');
    await user.keyboard('{Escape}');
    expect(await screen.findByRole('heading', { name: 'Who is there?' })).toBeTruthy();
  });
});
