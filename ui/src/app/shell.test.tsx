import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { events, type GoTo } from '../ipc/bindings';
import { answers, inbox, personRow, scenarios, today, volunteers, type Handlers } from '../ipc/mock';
import { fail } from '../ipc/mock/world';
import { expectAccessible } from '../test/axe';
import { renderApp } from '../test/render';
import { isTouchedBy } from './useBookEvents';

/** A shell that keeps where to go until it is asked. */
function goingTo() {
  let goTo: GoTo | null = null;
  return {
    answers: {
      takeGoTo: () => {
        const taken = goTo;
        goTo = null;
        return taken;
      },
    } as Handlers,
    ask: (to: GoTo) => {
      goTo = to;
      void events.goToAsked.emit();
    },
    isKept: () => goTo !== null,
  };
}

describe('the shell', () => {
  it('undoes with Ctrl+Z, and says what and for whom', async () => {
    const user = userEvent.setup();
    renderApp('#/today');
    await screen.findByRole('article', { name: 'Rania Haddad' });
    await user.keyboard('{Control>}z{/Control}');
    expect(await screen.findByText('Undone for Rania Haddad: a change.')).toBeTruthy();
  });

  it('undoes once where the key comes again before it is done', async () => {
    const user = userEvent.setup();
    let asked = 0;
    let finish: (undone: null) => void = () => {};
    renderApp('#/today', {
      undoLast: () => {
        asked += 1;
        return new Promise<null>((resolve) => (finish = resolve)) as never;
      },
    });
    await screen.findByRole('article', { name: 'Rania Haddad' });
    await user.keyboard('{Control>}zz{/Control}');
    await waitFor(() => expect(asked).toBe(1));
    finish(null);
    expect(await screen.findByText('There is nothing of yours to undo.')).toBeTruthy();
    expect(asked).toBe(1);
    await user.keyboard('{Control>}z{/Control}');
    await waitFor(() => expect(asked).toBe(2));
    finish(null);
  });

  it('says what could not be undone, and when there was nothing', async () => {
    const user = userEvent.setup();
    let nothing = false;
    renderApp('#/today', {
      undoLast: () =>
        nothing
          ? null
          : { edit: 'e', action: 'import', label: 'list.csv', reversed: 8, kept: 2, failed: 0, rows: [] },
    });
    await screen.findByRole('article', { name: 'Rania Haddad' });
    await user.keyboard('{Control>}z{/Control}');
    expect(
      await screen.findByText('Undone for list.csv: an import. 2 lines were changed since and stay.'),
    ).toBeTruthy();
    nothing = true;
    await user.keyboard('{Control>}z{/Control}');
    expect(await screen.findByText('There is nothing of yours to undo.')).toBeTruthy();
  });

  it('goes from the palette to whom was typed, also where Enter comes before the answer', async () => {
    const user = userEvent.setup();
    const waiting: (() => void)[] = [];
    renderApp('#/today', {
      firstPeople: ({ query }: { query: { words: string } }) =>
        new Promise((resolve) => {
          const rows = query.words === 'lu' ? [personRow(11), personRow(2)] : [personRow(2)];
          waiting.push(() => resolve({ rows, next: null }));
        }) as never,
    });
    await screen.findByRole('article', { name: 'Rania Haddad' });
    await user.keyboard('{Control>}k{/Control}');
    await user.type(await screen.findByRole('searchbox'), 'lu');
    await waitFor(() => expect(waiting).toHaveLength(1));
    waiting[0]!();
    await screen.findByRole('menuitem', { name: new RegExp(personRow(11).name) });
    await user.type(screen.getByRole('searchbox'), 'kas{Enter}');
    expect(screen.queryByRole('menuitem', { name: new RegExp(personRow(11).name) })).toBeNull();
    await waitFor(() => expect(window.location.hash).toBe('#/person/row-2'));
  });

  it('goes to nothing else while the palette fades', async () => {
    const user = userEvent.setup();
    const visited: string[] = [];
    const onVisit = () => visited.push(window.location.hash);
    renderApp('#/settings/hours', {
      firstPeople: () => ({ rows: [personRow(2)], more: false, near: false }),
    });
    await screen.findByRole('navigation', { name: 'Places' });
    await user.keyboard('{Control>}k{/Control}');
    const field = await screen.findByRole('searchbox');
    window.addEventListener('hashchange', onVisit);
    let fade = () => {};
    const faded = new Promise<void>((resolve) => (fade = resolve));
    Element.prototype.getAnimations = () => [
      { playState: 'running', finished: faded } as unknown as Animation,
    ];
    try {
      await user.type(field, 'lukas{Enter}');
      await waitFor(() => expect(visited).toEqual(['#/person/row-2']));
      fade();
      await waitFor(() => expect(screen.queryByRole('searchbox')).toBeNull());
      expect(visited).toEqual(['#/person/row-2']);
    } finally {
      window.removeEventListener('hashchange', onVisit);
      Reflect.deleteProperty(Element.prototype, 'getAnimations');
    }
  });

  it('goes to nobody who comes up later, where Enter found nobody', async () => {
    const user = userEvent.setup();
    let rows: ReturnType<typeof personRow>[] = [];
    renderApp('#/today', {
      firstPeople: () => ({ rows, more: false, near: false }),
    });
    await screen.findByRole('article', { name: 'Rania Haddad' });
    await user.keyboard('{Control>}k{/Control}');
    await user.type(await screen.findByRole('searchbox'), 'lukas{Enter}');
    await screen.findByText('Nothing goes by that name.');
    rows = [personRow(2)];
    await events.bookChanged.emit({ tables: ['person'] });
    await screen.findByRole('menuitem', { name: new RegExp(personRow(2).name) });
    expect(window.location.hash).toBe('#/today');
  });

  it('says in the palette why nobody can be looked for', async () => {
    const user = userEvent.setup();
    renderApp('#/today', { firstPeople: fail('book_busy', 'The book is busy. Try again.') });
    await screen.findByRole('article', { name: 'Rania Haddad' });
    await user.keyboard('{Control>}k{/Control}');
    await user.type(await screen.findByRole('searchbox'), 'lukas');
    expect(await screen.findByText('The book is busy. Try again.')).toBeTruthy();
    expect(screen.queryByText('Nothing goes by that name.')).toBeNull();
  });

  it('finds places, deeds and people in the palette', async () => {
    const user = userEvent.setup();
    renderApp('#/today');
    await screen.findByRole('article', { name: 'Rania Haddad' });
    await user.keyboard('{Control>}k{/Control}');
    const dialog = await screen.findByRole('dialog', { name: 'Do or find anything' });
    await expectAccessible();
    await user.type(within(dialog).getByPlaceholderText(/A place, a person/), 'priya');
    expect(await within(dialog).findByRole('menuitem', { name: /Priya Silva/ })).toBeTruthy();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(window.location.hash).toMatch(/^#\/person\/row-/));
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('lists the keys of where one stands behind ?, and hears none of them over a dialog', async () => {
    const user = userEvent.setup();
    renderApp('#/today');
    await screen.findByRole('article', { name: 'Rania Haddad' });
    await user.keyboard('?');
    const dialog = await screen.findByRole('dialog', { name: 'Keys' });
    expect(within(dialog).getByText('Begin call')).toBeTruthy();
    expect(within(dialog).getByText('Next person')).toBeTruthy();
    await expectAccessible();
    await user.keyboard('j');
    expect(window.location.hash).toBe('#/today');
  });

  it('asks anew when the book says that something changed', async () => {
    const asked = vi.fn(() => today);
    renderApp('#/today', { today: asked });
    await screen.findByRole('article', { name: 'Rania Haddad' });
    const before = asked.mock.calls.length;
    await events.bookChanged.emit({ tables: ['promise'] });
    await waitFor(() => expect(asked.mock.calls.length).toBeGreaterThan(before));
  });

  it('goes where a notification leads', async () => {
    const shell = goingTo();
    renderApp('#/people', shell.answers);
    await screen.findByText('10,000 people in the book.');
    shell.ask({ notice: { screen: 'brief', person: 'p-tom', promise: 'o-tom' } });
    expect(await screen.findByRole('article', { name: 'Tom Ashby' })).toBeTruthy();
    shell.ask({ notice: { screen: 'inbox' } });
    expect(await screen.findByRole('dialog', { name: 'Inbox' })).toBeTruthy();
  });

  it('goes where a notification led before anyone signed in, once they have', async () => {
    const user = userEvent.setup();
    const shell = goingTo();
    let isSignedIn = false;
    renderApp('#/today', {
      ...shell.answers,
      bookStatus: (args: never) => (isSignedIn ? answers.bookStatus! : scenarios.signIn!.bookStatus!)(args),
      signIn: () => {
        isSignedIn = true;
        return volunteers[0]!;
      },
    });
    await screen.findByRole('heading', { name: 'Who is there?' });
    shell.ask({ notice: { screen: 'brief', person: 'p-tom', promise: 'o-tom' } });
    await user.keyboard('1');
    expect(await screen.findByRole('article', { name: 'Tom Ashby' })).toBeTruthy();
    expect(shell.isKept(), 'it leads there once').toBe(false);
  });

  it('shows what to be reminded of, and dismisses it', async () => {
    const user = userEvent.setup();
    const dismissReminder = vi.fn(() => null);
    renderApp('#/today', { dismissReminder });
    await user.click(await screen.findByRole('button', { name: /^Inbox/ }));
    const dialog = await screen.findByRole('dialog', { name: 'Inbox' });
    await within(dialog).findByText('Rania Haddad');
    await expectAccessible();
    await user.click(within(dialog).getAllByRole('button', { name: 'Dismiss' })[0]!);
    await waitFor(() => expect(dismissReminder).toHaveBeenCalledWith({ id: inbox[0]!.id }));
  });

  it('tells a failed deed in the words of the core', async () => {
    const user = userEvent.setup();
    renderApp('#/today', {
      undoLast: () => {
        throw { code: 'disk_full', message: 'The disk is full. Free some space and try again.' };
      },
    });
    await screen.findByRole('article', { name: 'Rania Haddad' });
    await user.keyboard('{Control>}z{/Control}');
    expect(await screen.findByText('The disk is full. Free some space and try again.')).toBeTruthy();
  });
});

describe('what a change touches', () => {
  it.each([
    [['today', null], ['promise'], true],
    [['volunteers'], ['promise'], false],
    [['person', 'p-1'], ['fact'], true],
    [['person', 'p-1'], ['promise'], false],
    // A question that nobody listed is asked anew rather than left wrong.
    [['unheard-of'], ['promise'], true],
    // No tables named: anything may have changed.
    [['volunteers'], [], true],
  ])('%o by %o: %o', (key, tables, touched) => {
    expect(isTouchedBy(key, tables)).toBe(touched);
  });
});
