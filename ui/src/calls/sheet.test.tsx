import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Brief, BriefOf } from '../ipc/bindings';
import { brief, call, createDesk, today, type Handlers } from '../ipc/mock';
import { expectAccessible } from '../test/axe';
import { renderApp } from '../test/render';

const print = vi.fn();
beforeEach(() => {
  print.mockClear();
  vi.stubGlobal('print', print);
  // There are no fonts here to wait for.
  Object.defineProperty(document, 'fonts', { configurable: true, value: { ready: Promise.resolve() } });
});
afterEach(() => vi.unstubAllGlobals());

const press = (key: string) => fireEvent.keyDown(document.body, { key });
const sheet = () => document.querySelector<HTMLElement>('[data-print-sheet]')!;

async function onToday(changed: Handlers = {}) {
  const asked: BriefOf[][] = [];
  renderApp('#/today', {
    briefs: ({ of }: { of: BriefOf[] }) => {
      asked.push(of);
      return of.map(() => brief);
    },
    ...changed,
  });
  await screen.findByRole('article', { name: 'Rania Haddad' });
  press('p');
  const dialog = await screen.findByRole('dialog', { name: 'Call sheets' });
  await waitFor(() => expect(sheet()).toBeTruthy());
  return { asked, dialog };
}

describe('call sheets', () => {
  it('say who, who not, why and since when, with blanks for what came of it, and no number', async () => {
    const user = userEvent.setup();
    const { dialog } = await onToday();
    const page = within(sheet()).getByRole('article', { hidden: true });
    for (const words of [
      'Rania Haddad',
      'Owner, Haddad Interiors',
      'Rania asked on 2 November how to join',
      'Not Rania Hadid of Northside Physio.',
      '20 days',
      'Wants a mentor in export',
      'Mobile ending 016, mornings',
      'A voicemail may say who we are',
      'Voicemail left',
      'What was said',
      'A note for the next caller',
    ]) {
      expect(page.textContent).toContain(words);
    }
    expect(page.textContent!.replace(/\D/g, '')).not.toContain('412555');
    expect(page.querySelector('svg')).toBeNull();
    await expectAccessible();
    await user.click(within(dialog).getByRole('button', { name: 'Print' }));
    await waitFor(() => expect(print).toHaveBeenCalledOnce());
  });

  it('say why there are none, and print no window in their place', async () => {
    const user = userEvent.setup();
    let tries = 0;
    renderApp('#/today', {
      briefs: () => {
        tries += 1;
        throw { code: 'book_busy', message: 'The book is busy. Try again.' };
      },
    });
    await screen.findByRole('article', { name: 'Rania Haddad' });
    press('p');
    expect((await screen.findByRole('alert')).textContent).toBe('The book is busy. Try again.');
    await user.click(screen.getByRole('button', { name: 'Print' }));
    await waitFor(() => expect(tries).toBe(2));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(print).not.toHaveBeenCalled();
  });

  it('are not printed once nobody waits for them any more', async () => {
    const user = userEvent.setup();
    let answer = () => {};
    renderApp('#/today', {
      briefs: () => new Promise((resolve) => (answer = () => resolve([brief]))) as never,
    });
    await screen.findByRole('article', { name: 'Rania Haddad' });
    press('p');
    await user.click(await screen.findByRole('button', { name: 'Print' }));
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    answer();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(print).not.toHaveBeenCalled();
  });

  it('are printed for everyone on the list in its order, one a page or as a list', async () => {
    const user = userEvent.setup();
    const { asked, dialog } = await onToday();
    const everyone = today.groups.flatMap((group) => group.items.map((item) => item.promise.id));
    await user.click(within(dialog).getByRole('button', { name: /Whose/ }));
    await user.click(await screen.findByRole('option', { name: /Everyone on this list/ }));
    await waitFor(() => expect(asked.at(-1)!.map((of) => of.promise)).toEqual(everyone));
    await waitFor(() => expect(sheet().querySelectorAll('article')).toHaveLength(everyone.length));
    await user.click(within(dialog).getByRole('button', { name: /How/ }));
    await user.click(await screen.findByRole('option', { name: /A list/ }));
    await waitFor(() => expect(sheet().querySelectorAll('ol > li')).toHaveLength(everyone.length));
  });

  it('cut ten thousand characters to what paper holds, and leave right-to-left words and markup as they are', async () => {
    const long: Brief = {
      ...brief,
      person: { ...brief.person, name: 'رانيا عبد الرحمن الحداد' },
      facts: [
        { ...brief.facts[0]!, words: 'é👩‍👩‍👧 '.repeat(2_500) },
        { ...brief.facts[1]!, words: '<script>alert(1)</script> & "quotes"' },
      ],
      note_for_next: 'x'.repeat(10_000),
    };
    await onToday({ briefs: ({ of }: { of: BriefOf[] }) => of.map(() => long) });
    const page = within(sheet()).getByRole('article', { hidden: true });
    expect(page.textContent).toContain('رانيا عبد الرحمن الحداد');
    expect(page.textContent).toContain('<script>alert(1)</script> & "quotes"');
    expect(page.textContent).toContain('(the rest stands in Wellmet)');
    expect(page.textContent!.length).toBeLessThan(4_000);
    // No letter is cut in half.
    expect(page.textContent).not.toMatch(/\p{Surrogate}/u);
  });

  it('carry the number and its code only from within a call that has begun', async () => {
    renderApp('#/call/p-rania/o-rania/call-1', createDesk({ ...call, id: 'call-1' }));
    await screen.findByRole('timer');
    press('p');
    await screen.findByRole('dialog', { name: 'Call sheet' });
    await waitFor(() => expect(sheet()).toBeTruthy());
    expect(sheet().textContent).toContain('0412 555 016');
    expect(sheet().querySelector('svg path')!.getAttribute('d')).toBe(call.dialled!.qr.path);
    expect(screen.getByText(/its number is on the sheet/)).toBeTruthy();
  });
});
