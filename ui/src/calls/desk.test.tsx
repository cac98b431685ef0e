import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Call, Pick } from '../ipc/bindings';
import { call as begun, createDesk, mockNow, type Handlers } from '../ipc/mock';
import { expectAccessible } from '../test/axe';
import { renderApp } from '../test/render';

let calls = 0;
/** Each test rings anew: what a call left open comes back to that call alone. */
const newCall = (): Call => ({ ...begun, id: `call-${++calls}`, began_ms: mockNow - 134_000 });
let call = newCall();
beforeEach(() => {
  call = newCall();
});
const hash = () => `#/call/p-rania/o-rania/${call.id}`;
const press = (key: string) => fireEvent.keyDown(document.body, { key });

/** A fresh desk, and what was asked of it. */
function desk(changed: Handlers = {}) {
  const asked: string[] = [];
  const answers = createDesk(call);
  const listened = Object.fromEntries(
    Object.entries({ ...answers, ...changed }).map(([name, answer]) => [
      name,
      (args: never) => {
        asked.push(name);
        return (answer as (args: never) => unknown)(args);
      },
    ]),
  ) as Handlers;
  const count = (name: string) => asked.filter((each) => each === name).length;
  return { view: renderApp(hash(), listened), count };
}

describe('the call desk', () => {
  it('shows who, why, the words with what is known and what is to be asked, and the number', async () => {
    desk();
    expect(await screen.findByRole('heading', { level: 1, name: /Rania Haddad/ })).toBeTruthy();
    expect(screen.getByText('0412 555 016')).toBeTruthy();
    expect(screen.getByText('how long? ask her').className).toContain('text-amber');
    expect(screen.getByText('the second of November').className).toContain('bg-green-soft');
    expect(screen.getByRole('timer').textContent).toBe('2:14');
    await expectAccessible();
  });

  it('gives the number keys to the script while one talks, and to the outcome after End', async () => {
    const { count } = desk();
    await screen.findByRole('button', { name: /Yes, go ahead/ });
    press('1');
    expect(await screen.findByText(/What made you think of us/)).toBeTruthy();
    expect(count('answerScript')).toBe(1);
    expect(count('answerFiling')).toBe(0);
    press('e');
    expect(await screen.findByText('Did you reach them?')).toBeTruthy();
    press('1');
    expect(await screen.findByText('What happened?')).toBeTruthy();
    expect(count('answerScript')).toBe(1);
    expect(count('answerFiling')).toBe(1);
    await expectAccessible();
  });

  it('shows what will be asked after a call that they made, under its own keys', async () => {
    call = { ...call, inbound: true };
    desk();
    const shown = within(await screen.findByRole('list', { name: 'What happened?' }));
    expect(shown.getAllByRole('button').map((each) => each.textContent)).toEqual([
      '1We talked it through',
      '2They asked for another time',
      '3They do not want to be rung',
    ]);
    expect(screen.queryByText('Left a voicemail')).toBeNull();
  });

  it('hears no number between End and its answer', async () => {
    let end: (value: null) => void = () => {};
    const { count } = desk({ endCall: () => new Promise<null>((resolve) => (end = resolve)) as never });
    await screen.findByRole('button', { name: /Yes, go ahead/ });
    press('e');
    press('1');
    press('2');
    await waitFor(() => expect(count('endCall')).toBe(1));
    expect(count('answerScript')).toBe(0);
    end(null);
    expect(await screen.findByText('Did you reach them?')).toBeTruthy();
  });

  it('answers once where a key is pressed twice', async () => {
    const { count } = desk();
    await screen.findByRole('button', { name: /Yes, go ahead/ });
    press('1');
    press('1');
    await screen.findByText(/What made you think of us/);
    expect(count('answerScript')).toBe(1);
    press('e');
    await screen.findByText('Did you reach them?');
    press('2');
    press('2');
    press('3');
    expect(await screen.findByText('What is next?')).toBeTruthy();
    expect(count('answerFiling')).toBe(1);
  });

  it('types numbers into the notes, keeps them as they are typed, and gives the keys back on Escape', async () => {
    const user = userEvent.setup();
    const { count } = desk();
    await screen.findByRole('button', { name: /Yes, go ahead/ });
    press('n');
    const notes = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Notes as you talk' });
    expect(document.activeElement).toBe(notes);
    await user.type(notes, ' 123');
    expect(notes.value).toContain('123');
    expect(count('answerScript')).toBe(0);
    await waitFor(() => expect(count('jotCall')).toBe(1), { timeout: 2_000 });
    await user.keyboard('{Escape}');
    press('1');
    await screen.findByText(/What made you think of us/);
  });

  it('gives the call to who is on the line, and says that the other promise stays open', async () => {
    const { count } = desk();
    await screen.findByRole('button', { name: /Yes, go ahead/ });
    press('w');
    const dialog = await screen.findByRole('dialog', { name: 'Not who you meant' });
    expect(await within(dialog).findByText(/stays open: ring back within one business day/)).toBeTruthy();
    await expectAccessible();
    press('1');
    expect(await screen.findByRole('heading', { level: 1, name: /Karim Haddad/ })).toBeTruthy();
    expect(screen.getByText(/You had meant to ring Rania Haddad/)).toBeTruthy();
    // The 1 chose who it was; it did not answer the script beneath.
    expect(count('answerScript')).toBe(0);
    expect(count('switchPerson')).toBe(1);
  });

  it('offers the objections on the same keys, and steps back', async () => {
    const { count } = desk();
    await screen.findByRole('button', { name: /Yes, go ahead/ });
    press('o');
    expect(screen.getByRole('button', { name: /What does it cost/, expanded: undefined })).toBeTruthy();
    press('1');
    await screen.findByText(/What made you think of us/);
    expect(count('answerScript')).toBe(1);
    press('Backspace');
    expect(await screen.findByText('the second of November')).toBeTruthy();
    expect(count('scriptBack')).toBe(1);
  });

  it('gives the keys back to the script once an objection was chosen, though it stands where it stood', async () => {
    const picks: Pick[] = [];
    desk({
      answerScript: ({ pick }: { pick: Pick }) => {
        picks.push(pick);
        return { ...call.step, say: [{ kind: 'text', text: 'It costs nothing to come.' }] };
      },
    });
    await screen.findByRole('button', { name: /Yes, go ahead/ });
    press('o');
    press('1');
    await screen.findByText(/It costs nothing to come/);
    await screen.findByRole('button', { name: /Yes, go ahead/ });
    press('2');
    await waitFor(() => expect(picks).toEqual([{ objection: 'fees' }, { choice: 2 }]));
  });

  it('takes back the last answer with Ctrl+Z, and never what was done before the call', async () => {
    const { count } = desk({ undoLast: () => null, redoLast: () => null });
    const takeBack = (shiftKey = false) =>
      fireEvent.keyDown(document.body, { key: 'z', ctrlKey: true, shiftKey });
    await screen.findByRole('button', { name: /Yes, go ahead/ });
    press('1');
    await screen.findByText(/What made you think of us/);
    takeBack();
    expect(await screen.findByText('the second of November')).toBeTruthy();
    takeBack(true);
    press('e');
    await screen.findByText('Did you reach them?');
    press('1');
    await screen.findByText('What happened?');
    takeBack();
    expect(await screen.findByText('Did you reach them?')).toBeTruthy();
    takeBack();
    expect(count('undoLast') + count('redoLast')).toBe(0);
  });
});

describe('before a call', () => {
  const before = '#/call/p-rania/o-rania';

  it('hands out no number before whoever is meant has been confirmed', async () => {
    const began: unknown[] = [];
    renderApp(before, {
      ...createDesk(call),
      dialGate: () => ({
        gate: 'confirm',
        question: 'organisation',
        choices: [
          { key: 'a', label: 'Haddad Interiors' },
          { key: 'b', label: 'Northside Physio' },
        ],
        others: call.brief.others,
      }),
      beginCall: ({ begin }: { begin: unknown }) => {
        began.push(begin);
        return call;
      },
    });
    expect(await screen.findByText('Make sure whom you mean')).toBeTruthy();
    expect(screen.queryByText('0412 555 016')).toBeNull();
    expect(screen.queryByRole('button', { name: /Begin call/ })).toBeNull();
    await expectAccessible();
    press('Enter');
    press('c');
    expect(began).toEqual([]);
    press('1');
    await waitFor(() => expect(began).toHaveLength(1));
    expect(began[0]).toMatchObject({ confirmed: 'a', promise: 'o-rania', inbound: false });
    expect(await screen.findByText('0412 555 016')).toBeTruthy();
  });

  it('says why not now and from when, and lets one who rings us be answered', async () => {
    const user = userEvent.setup();
    const began: unknown[] = [];
    renderApp(before, {
      ...createDesk(call),
      dialGate: () => ({
        gate: 'not_now',
        not_now: { why: 'It is 7:12 in Perth.', from_ms: mockNow + 2 * 3_600_000, place: 'Perth' },
      }),
      beginCall: ({ begin }: { begin: unknown }) => {
        began.push(begin);
        return call;
      },
    });
    expect(await screen.findByText(/It is 7:12 in Perth/)).toBeTruthy();
    expect(screen.getByText(/from today 11:12/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: /Begin call/ })).toBeNull();
    await expectAccessible();
    await user.click(screen.getByRole('button', { name: 'They are ringing us' }));
    await waitFor(() => expect(began[0]).toMatchObject({ inbound: true }));
  });

  it('asks for a reason where nothing is promised', async () => {
    const user = userEvent.setup();
    const began: unknown[] = [];
    renderApp('#/call/p-rania', {
      ...createDesk(call),
      beginCall: ({ begin }: { begin: unknown }) => {
        began.push(begin);
        return call;
      },
    });
    const reason = await screen.findByRole('textbox', { name: 'Why do you ring?' });
    await user.click(await screen.findByRole('button', { name: /Begin call/ }));
    expect((await screen.findByRole('alert')).textContent).toMatch(/why you ring/);
    expect(began).toEqual([]);
    await user.type(reason, 'To ask how the move went');
    await user.click(screen.getByRole('button', { name: /Begin call/ }));
    await waitFor(() =>
      expect(began[0]).toMatchObject({ reason: 'To ask how the move went', promise: null }),
    );
  });

  it('brings back a call that was begun and not filed', async () => {
    const user = userEvent.setup();
    renderApp('#/today', {
      ...createDesk(call),
      unfinishedCalls: () => [
        { id: call.id, person: call.person, began_ms: mockNow - 3_600_000, by: 'Helen Barrow', ended: true },
      ],
    });
    await user.click(await screen.findByRole('button', { name: 'Say what came of it' }));
    expect(await screen.findByText('0412 555 016')).toBeTruthy();
  });
});
