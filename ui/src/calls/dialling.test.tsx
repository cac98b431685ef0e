import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { BeginCall, WhoItWas } from '../ipc/bindings';
import { brief, call, createDesk, mockNow, type Handlers } from '../ipc/mock';
import { expectAccessible } from '../test/axe';
import { renderApp } from '../test/render';

const press = (key: string) => fireEvent.keyDown(document.body, { key });
const desk = '#/call/p-rania/o-rania/call-1';
const before = '#/call/p-rania/o-rania';
const begun = { ...call, id: 'call-1' };

describe('the number of a call', () => {
  it('is a code to scan on Q, gone with the first answer, and there at the next call of who rings so', async () => {
    const { unmount } = renderApp(desk, createDesk(begun));
    await screen.findByText('0412 555 016');
    expect(screen.queryByRole('img', { name: /code to scan/ })).toBeNull();
    press('q');
    const code = await screen.findByRole('img', { name: 'The number as a code to scan' });
    expect(code.querySelector('path')!.getAttribute('d')).toBe(call.dialled!.qr.path);
    // Dark on light in either theme.
    expect(code.querySelector('rect')!.getAttribute('class')).toBe('fill-scan-paper');
    await expectAccessible();
    press('1');
    await screen.findByText(/What made you think of us/);
    expect(screen.queryByRole('img', { name: /code to scan/ })).toBeNull();
    unmount();
    renderApp(desk, createDesk(begun));
    await screen.findByRole('img', { name: 'The number as a code to scan' });
  });

  it('is copied by the shell, which takes it off the clipboard again', async () => {
    const copied: string[] = [];
    renderApp(desk, {
      ...createDesk(begun),
      copyNumber: ({ id }: { id: string }) => {
        copied.push(id);
        return null;
      },
    });
    await screen.findByText('0412 555 016');
    press('y');
    expect(await screen.findByText(/taken off the clipboard in a minute/)).toBeTruthy();
    expect(copied).toEqual(['call-1']);
  });

  it('is not there for whoever did not confirm whom they mean, and says the way out', async () => {
    renderApp(desk, createDesk({ ...begun, dialled: null }));
    expect(
      await screen.findByText(/The number is covered\. To ring, say that this call was never made/),
    ).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Dial' })).toBeNull();
  });
});

describe('before a call', () => {
  it('shows when they like to be rung and what their voicemail may hear, and lets the caller choose the script', async () => {
    const user = userEvent.setup();
    const began: BeginCall[] = [];
    renderApp(before, {
      ...createDesk(begun),
      beginCall: ({ begin }: { begin: BeginCall }) => {
        began.push(begin);
        return begun;
      },
    });
    const ready = (await screen.findByText('Ready to ring')).closest('section')!;
    expect(within(ready).getByText('mornings')).toBeTruthy();
    expect(within(ready).getByText('A voicemail may say who we are')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: /Script/ }));
    expect(screen.queryByRole('option', { name: 'The spring of 2024' })).toBeNull();
    await user.click(await screen.findByRole('option', { name: 'First call back' }));
    await user.click(screen.getByRole('button', { name: /Begin call/ }));
    await waitFor(() => expect(began[0]).toMatchObject({ script: 's-call-back', reach: 'k-1' }));
  });

  it('gives another number with Backspace, and asks about that one', async () => {
    const asked: string[] = [];
    const second = {
      ...brief.reaches[0]!,
      id: 'k-9',
      label: 'Office',
      ending: '100',
      best_times: 'after 14:00',
    };
    renderApp(before, {
      ...createDesk(begun),
      brief: () => ({ ...brief, reaches: [brief.reaches[0]!, second] }),
      dialGate: ({ reach }: { reach: string }) => {
        asked.push(reach);
        return { gate: 'open' };
      },
    });
    expect((await screen.findByRole('button', { name: /Office ending 100/ })).textContent).toContain(
      'after 14:00',
    );
    press('1');
    await screen.findByText('Ready to ring');
    press('Backspace');
    await waitFor(() => expect(screen.queryByText('Ready to ring')).toBeNull());
    press('2');
    await screen.findByText('Ready to ring');
    expect(asked).toEqual(['k-1', 'k-9']);
  });

  it('asks another question after a wrong answer, and rests after two', async () => {
    const confirmed: (string | null)[] = [];
    const confirm = (question: 'organisation' | 'place', answers: string[]) => ({
      gate: 'confirm' as const,
      question,
      choices: answers.map((label) => ({ key: `${question}:${label}`, label })),
      others: brief.others,
    });
    const gates: ReturnType<NonNullable<Handlers['dialGate']>>[] = [
      confirm('organisation', ['Haddad Interiors', 'Northside Physio']),
      confirm('place', ['Ascot', 'New Farm']),
      {
        gate: 'refused',
        why: 'Try again from 9:27; or let a colleague ring them.',
        until_ms: mockNow + 900_000,
      },
    ];
    renderApp(before, {
      ...createDesk(begun),
      dialGate: () => gates[Math.min(confirmed.length, 2)]!,
      beginCall: ({ begin }: { begin: BeginCall }) => {
        confirmed.push(begin.confirmed);
        throw { code: 'refused', message: 'That is not true of this Rania Haddad.' };
      },
    });
    await screen.findByText(/Where does the Rania Haddad that you mean work/);
    press('2');
    await screen.findByText(/Where does the Rania Haddad that you mean live/);
    expect(screen.getByRole('alert').textContent).toBe('That is not true of this Rania Haddad.');
    press('1');
    expect(await screen.findByText('Take a moment')).toBeTruthy();
    expect(screen.getByText(/let a colleague ring/)).toBeTruthy();
    expect(confirmed).toEqual(['organisation:Northside Physio', 'place:Ascot']);
    expect(screen.queryByText(/0412/)).toBeNull();
    await expectAccessible();
  });
});

describe('the wrong one on the line', () => {
  it('may be someone new of the same organisation', async () => {
    const user = userEvent.setup();
    const switched: WhoItWas[] = [];
    const answers = createDesk(begun);
    renderApp(desk, {
      ...answers,
      switchPerson: (args: never) => {
        switched.push((args as { to: WhoItWas }).to);
        return (answers.switchPerson as (args: never) => typeof call)(args);
      },
    });
    await screen.findByText('0412 555 016');
    press('w');
    await screen.findByRole('dialog', { name: 'Not who you meant' });
    const there = await screen.findByRole('button', { name: /Someone new at Haddad Interiors/ });
    press(there.getAttribute('aria-keyshortcuts')!);
    await user.click(await screen.findByRole('textbox', { name: 'Their name' }));
    await user.keyboard('Amir');
    expect(screen.getByRole('textbox', { name: 'Where they work' })).toHaveProperty(
      'value',
      'Haddad Interiors',
    );
    await user.click(screen.getByRole('button', { name: 'It is their call' }));
    await waitFor(() =>
      expect(switched).toEqual([{ new: { name: 'Amir', organisation: 'Haddad Interiors' } }]),
    );
  });
});
